import type { Checkpoint } from '@agent-run/types'
import type { Ledger } from '../../conversion/ledger.ts'
import type { Previewer } from '../../preview/index.ts'
import { type Booking, Conversation, type ConversationContext } from './conversation.ts'
import { type Entry, readCopiedEntry, readEntry } from './entry.ts'
import { asObject, asString, type Json } from './json.ts'
import { readTime } from './time.ts'
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
  }),
)

/** Most sessions of one file that a report names. */
const mostSessions = 100

/** Types of lines that belong to a conversation. */
const conversational = new Set(['user', 'assistant', 'system', 'attachment'])

/** One file of a session, read line by line: conversations with their turns, and an account of every line. */
export class Transcript {
  readonly name: string
  readonly ledger: Ledger
  /** Ids of sessions that the lines name, in order; at most 100. */
  readonly sessionIds: Set<string> = new Set()
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

  /** Reads one line that is an object. */
  add(json: Json, line: number): void {
    const entry = readEntry(json, line)
    if (entry.sessionId && this.sessionIds.size < mostSessions) this.sessionIds.add(entry.sessionId)
    this.#book(line, this.#route(entry))
  }

  /** No more lines: books what was kept open. Turns book their own lines when it is known which of them stay. */
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
        return { skipped: bookkeeping.get(entry.type) ?? 'kind of line that this adapter does not know' }
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
    const data = asObject(entry.json.data)
    if (data?.type !== 'agent_progress') return { skipped: 'progress of a hook or a command' }
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

  #book(line: number, booking: Booking): void {
    if (booking === undefined) return
    if (booking instanceof Turn) booking.book(line)
    else if ('skipped' in booking) this.ledger.skipped(booking.skipped)
    else this.ledger.malformed(line, booking.malformed)
  }
}
