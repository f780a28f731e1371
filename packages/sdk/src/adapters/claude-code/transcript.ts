import type { Checkpoint } from '@agent-run/types'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { Ledger } from '../../conversion/ledger.ts'
import type { LineFate } from '../../conversion/read-input.ts'
import { readTime } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import { type Booking, Conversation, type ConversationContext } from './conversation.ts'
import { type Entry, readCopiedEntry, readEntry } from './entry.ts'
import { Turn } from './turn.ts'

/** A sub-agent's conversation that stands beside or inside another one. */
export interface SideConversation {
  readonly conversation: Conversation
  readonly agentId: string | undefined
  /** Call that it belongs to, where the line says so. */
  readonly callId: string | undefined
  /** Lines of progress copy what the sub-agent's own transcript says as well. */
  readonly copied: boolean
}

/** Types of lines that keep the client's state and say nothing of what the agent did. */
const bookkeeping: ReadonlyMap<string, string> = new Map(
  Object.entries({
    summary: 'title of the session',
    'ai-title': 'title of the session',
    'custom-title': 'title of the session',
    'agent-name': 'title of the session',
    'last-prompt': 'state of the client',
    mode: 'state of the client',
    'queue-operation': 'queue of prompts',
    'file-history-delta': 'copies of files for going back',
    'bridge-session': 'state of the client',
    'atis-latch': 'state of the client',
    'cost-state': 'sums over the session',
    'frame-link': 'state of the client',
    'pr-link': 'pull request of the session',
    'worktree-state': 'state of the client',
    'attribution-snapshot': 'state of the client',
    'content-replacement': 'state of the client',
    tag: 'state of the client',
    'agent-color': 'title of the session',
    'agent-setting': 'state of the client',
    agent_metadata: 'state of the client',
    saved_hook_context: 'state of the client',
    'task-summary': 'title of the session',
    'speculation-accept': 'state of the client',
  }),
)

/** Types of lines that belong to a conversation. */
const conversational = new Set(['user', 'assistant', 'system', 'attachment'])

/** Reason for leaving out lines of progress that copy nothing. */
const progress = 'progress of a hook or a command'

/** How lines of progress that copy nothing begin to tell so. */
const hookProgress = ',"type":"progress","data":{"type":"'

/**
 * Tells lines of progress, which can be more than half of a transcript, without reading them whole. Quotation marks inside
 * a text would be escaped, and the first brace after that of the line itself is that of `data`: so this is the line's own
 * type, and nothing inside it.
 */
export function skipAtGlance(text: string): string | undefined {
  const data = text.indexOf('{', 1)
  const at = data - hookProgress.length + '{"type":"'.length
  if (at < 1 || !text.startsWith(hookProgress, at) || !text.endsWith('}')) return undefined
  const kind = data + '{"type":"'.length
  return text.startsWith('hook_progress"', kind) || text.startsWith('bash_progress"', kind) ? progress : undefined
}

/** One file of a session, read line by line: conversations with their turns, and an account of every line. */
export class Transcript {
  readonly name: string
  readonly ledger: Ledger
  readonly sides: Map<string, SideConversation> = new Map()
  /** SHA-256 of the file, once it was read. */
  digest: string | undefined
  readonly #previewer: Previewer
  readonly #mains = new Map<string, Conversation>()
  readonly #seen = new Set<string>()
  /** Side conversation of each line that names no agent. */
  readonly #sideOf = new Map<string, string>()
  readonly #checkpoints = new Map<string, { checkpoint: Checkpoint; line: number }>()
  #lastMain: Conversation | undefined

  constructor(name: string, ledger: Ledger, previewer: Previewer) {
    this.name = name
    this.ledger = ledger
    this.#previewer = previewer
  }

  /** The conversations of people with the agent in this file, one for each session. */
  get mains(): readonly Conversation[] {
    return [...this.#mains.values()]
  }

  /** Turns of people with the agent in this file. */
  get turns(): Turn[] {
    return this.mains.flatMap((main) => main.turns)
  }

  /** True if the file holds nothing but sub-agents: then it is their own transcript. */
  get isSide(): boolean {
    return this.turns.length === 0 && [...this.sides.values()].some(({ conversation }) => conversation.turns.length > 0)
  }

  /** Reads one line that is an object. Turns book their lines when it is known which of them stay. */
  add(json: Json, line: number): LineFate {
    const known = typeof json.type === 'string' ? bookkeeping.get(json.type) : undefined
    if (known !== undefined) return { skipped: known }
    if (json.type === 'progress' && asObject(json.data)?.type !== 'agent_progress') return { skipped: progress }
    const booking = this.#route(readEntry(json, line))
    if (booking instanceof Turn) booking.book(line)
    return booking === undefined || booking instanceof Turn ? 'later' : booking
  }

  /** No more lines: books what was kept open. */
  finish(): void {
    for (const main of this.#mains.values()) main.finish()
    for (const { conversation } of this.sides.values()) conversation.finish()
    this.ledger.skipped('copies of files for going back', this.#checkpoints.size)
    this.#checkpoints.clear()
    this.#seen.clear()
    this.#sideOf.clear()
  }

  #route(entry: Entry): Booking {
    if (conversational.has(entry.type)) {
      if (entry.uuid && this.#seen.has(entry.uuid)) return { skipped: 'repeated line' }
      const booking = this.#conversation(entry).add(entry)
      if (entry.uuid && !(booking && 'malformed' in booking)) this.#seen.add(entry.uuid)
      return booking
    }
    switch (entry.type) {
      case 'progress':
        return this.#progress(entry)
      case 'file-history-snapshot':
        return this.#snapshot(entry)
      case 'permission-mode': {
        const mode = asString(entry.json.permissionMode)
        return mode ? this.#main(entry).changeMode(entry, mode) : { skipped: 'state of the client' }
      }
      default:
        return { skipped: 'kind of line that this adapter does not know' }
    }
  }

  #conversation(entry: Entry): Conversation {
    if (entry.json.isSidechain !== true) return this.#main(entry)
    const key = entry.agentId ?? this.#rootOf(entry)
    return this.#side(`side ${key}`, entry.agentId, undefined, false)
  }

  /** The first line of the branch that a line without agent id stands in. */
  #rootOf(entry: Entry): string {
    const root = (entry.parentUuid && this.#sideOf.get(entry.parentUuid)) ?? entry.uuid ?? `line-${entry.line}`
    if (entry.uuid) this.#sideOf.set(entry.uuid, root)
    return root
  }

  #main(entry: Entry): Conversation {
    if (entry.sessionId === undefined && this.#lastMain) return this.#lastMain
    const key = entry.sessionId ?? ''
    const main = this.#mains.get(key) ?? new Conversation(this.#context())
    this.#mains.set(key, main)
    this.#lastMain = main
    return main
  }

  #side(key: string, agentId: string | undefined, callId: string | undefined, copied: boolean): Conversation {
    const known = this.sides.get(key)
    if (known) return known.conversation
    const conversation = new Conversation(this.#context())
    this.sides.set(key, { conversation, agentId, callId, copied })
    return conversation
  }

  #context(): ConversationContext {
    return {
      previewer: this.#previewer,
      mode: undefined,
      book: (line, booking) => this.#book(line, booking),
      checkpointFor: (uuid) => {
        const found = uuid === undefined ? undefined : this.#checkpoints.get(uuid)
        if (!found || uuid === undefined) return []
        this.#checkpoints.delete(uuid)
        this.ledger.mapped()
        return [found.checkpoint]
      },
    }
  }

  #progress(entry: Entry): Booking {
    const copied = readCopiedEntry(entry)
    const callId = asString(entry.json.parentToolUseID)
    if (!copied || !conversational.has(copied.type)) return { skipped: 'progress of a sub-agent' }
    if (copied.uuid && this.#seen.has(`copy ${copied.uuid}`)) return { skipped: 'repeated line' }
    if (copied.uuid) this.#seen.add(`copy ${copied.uuid}`)
    return this.#side(`copy ${copied.agentId ?? ''} ${callId ?? ''}`, copied.agentId, callId, true).add(copied)
  }

  /** A copy of files from before a prompt: a state one can go back to. */
  #snapshot(entry: Entry): Booking {
    const id = asString(entry.json.messageId)
    if (!id || entry.json.isSnapshotUpdate === true || this.#checkpoints.has(id))
      return { skipped: 'copies of files for going back' }
    const at = readTime(asObject(entry.json.snapshot)?.timestamp)
    this.#checkpoints.set(id, {
      checkpoint: { when: 'before', kind: 'file_history', ref: id, ...(at ? { at: at.text } : {}) },
      line: entry.line,
    })
    return undefined
  }

  /** Books a line whose fate was open. */
  #book(line: number, booking: NonNullable<Booking>): void {
    if (booking instanceof Turn) booking.book(line)
    else if ('skipped' in booking) this.ledger.skipped(booking.skipped)
    else this.ledger.malformed(line, booking.malformed)
  }
}
