import type { Step } from '@agent-run/types'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import { finishCall, startCall } from './calls.ts'
import { readCompaction } from './compaction.ts'
import { noteBreak, noteStop } from './denials.ts'
import type { Entry } from './entry.ts'
import { addErrorAnswer, addModelCall, addRetry } from './model-calls.ts'
import { addConfigChange, addWords, changeTools, mailOf, noteAttachment, toolsOf } from './notes.ts'
import { textKey } from './text-key.ts'
import { type CallDraft, Turn, type TurnKind } from './turn.ts'
import { readUserText, textsOf } from './user-text.ts'

/** What became of a line: it is part of a turn, it is left out for a reason, it is unreadable, or that is seen later. */
export type Booking = Turn | { readonly skipped: string } | { readonly malformed: string } | undefined

/** Reasons for leaving out a line, in the words of the report. */
const reasons = {
  added: 'text that the client added to the conversation',
  local: 'command of the user in the client, and its output',
  placeholder: 'placeholder answer of the client',
  context: 'context that the client added',
  notice: 'notice of the client',
  repeatedResult: 'repeated result of a call',
  unknownResult: 'result that names no call',
  outside: 'outside any turn',
} as const

/** What a conversation shares with the file it stands in. */
export interface ConversationContext {
  readonly previewer: Previewer
  /** Permission mode in force, as far as the session said. */
  mode: string | undefined
  /** Books a line whose fate was open. */
  readonly book: (line: number, booking: NonNullable<Booking>) => void
  /** Takes the file checkpoint that was made for a prompt. */
  readonly checkpointFor: (uuid: string | undefined) => Turn['checkpoints']
}

/** Marks that only a prompt has which the user sent while nothing was going on. */
const submitted = ['permissionMode', 'thinkingMetadata', 'todos', 'promptSource'] as const

/**
 * One conversation with a model – of a session or of a sub-agent – read line by line and cut into turns.
 * It keeps steps under construction and forgets the lines.
 */
export class Conversation {
  readonly turns: Turn[] = []
  readonly #context: ConversationContext
  #turn: Turn | undefined
  /** Calls without a result, by id. */
  readonly #pending = new Map<string, { readonly call: CallDraft; readonly turn: Turn }>()
  /** Every call, by id, with its turn. */
  readonly #calls = new Map<string, Turn>()
  /** A command that may turn out to be a prompt. */
  #held: { readonly entry: Entry; readonly text: string } | undefined
  /** Prompts that came while a call was running: the next line shows whether the turn went on. */
  #parked: { readonly entry: Entry; readonly text: string }[] = []
  /** Time of the last line that a model call may answer. */
  #asked: Moment | undefined
  #compaction: { readonly turn: Turn; readonly draft: StepDraft } | undefined
  #humanTurn: Turn | undefined
  #tools: readonly string[] | undefined

  constructor(context: ConversationContext) {
    this.#context = context
  }

  /** Reads a line of type user, assistant, system or attachment. */
  add(entry: Entry): Booking {
    if (entry.type === 'user') return this.#user(entry)
    if (entry.type === 'assistant') return this.#assistant(entry)
    if (entry.type === 'system') return this.#system(entry)
    return this.#attachment(entry)
  }

  /** No more lines. */
  finish(): void {
    this.#dropHeld()
    this.#settleParked(false)
  }

  #user(entry: Entry): Booking {
    const message = asObject(entry.json.message)
    if (!message) return { malformed: 'user line without a message' }
    const { content } = message
    if (entry.json.isCompactSummary === true) return this.#summary(content)
    const results = (asArray(content) ?? []).flatMap((block) => {
      const object = asObject(block)
      return object?.type === 'tool_result' ? [object] : []
    })
    if (results.length > 0) return this.#results(entry, results, content)
    const text = readUserText(content, entry.json)
    if (!text) return { malformed: 'user line without content' }
    switch (text.kind) {
      case 'added':
        return { skipped: reasons.added }
      case 'local':
        this.#dropHeld()
        this.#yield()
        return { skipped: reasons.local }
      case 'command':
        this.#dropHeld()
        this.#yield()
        this.#held = { entry, text: text.text }
        return undefined
      case 'interruption':
        return this.#interrupt(entry, text.duringCall)
      case 'notification':
        return this.#notification(entry, text.text, text.callId)
      default:
        return this.#prompt(entry, text.text)
    }
  }

  #results(entry: Entry, results: readonly Json[], content: unknown): Booking {
    this.#dropHeld()
    const ids = results.map((block) => asString(block.tool_use_id))
    this.#settleParked(ids.some((id) => id !== undefined && this.#pending.has(id)))
    let booked: Turn | undefined
    let repeated = false
    for (const [index, block] of results.entries()) {
      const id = ids[index]
      const key = id ?? this.#callWithoutId(entry)
      const found = key === undefined ? undefined : this.#pending.get(key)
      if (found && key !== undefined) {
        this.#pending.delete(key)
        finishCall(found.turn, found.call, block, entry)
        booked = found.turn
      } else if (id !== undefined && this.#calls.has(id)) repeated = true
      else if (id !== undefined) booked = this.#resultAlone(entry, id, block)
    }
    if (!booked) return { skipped: repeated ? reasons.repeatedResult : reasons.unknownResult }
    if (booked === this.#turn) booked.phase = 'waiting'
    this.#asked = entry.time
    const text = textsOf(content) ? readUserText(content, entry.json) : undefined
    if (text?.kind === 'interruption') this.#interrupt(entry, text.duringCall)
    else if (text?.kind === 'prompt' && text.text !== '') this.#message(booked, entry, text.text, 'user')
    return booked
  }

  /** A result without an id belongs to the call in the line that it names, if that is one. */
  #callWithoutId(entry: Entry): string | undefined {
    const source = asString(entry.json.sourceToolAssistantUUID) ?? entry.parentUuid
    const open = [...this.#pending].filter(([, { call }]) => call.callId === undefined && call.lineUuid === source)
    return open.length === 1 ? open[0]![0] : undefined
  }

  /** A result whose call was not recorded. */
  #resultAlone(entry: Entry, id: string, block: Json): Turn {
    const turn = this.#turn ?? this.#open('fragment', entry, undefined)
    this.#calls.set(id, turn)
    const call = startCall(turn, {
      id,
      name: undefined,
      input: undefined,
      entry,
      index: 0,
      modelCallId: undefined,
    })
    finishCall(turn, call, block, entry)
    return turn
  }

  #prompt(entry: Entry, text: string): Booking {
    this.#dropHeld()
    const turn = this.#turn
    if (!turn || !this.#works(turn)) return this.#open('prompt', entry, text)
    const promptId = asString(entry.json.promptId)
    if (promptId && turn.promptId) {
      return promptId === turn.promptId ? this.#message(turn, entry, text, 'user') : this.#open('prompt', entry, text)
    }
    if (this.#openCalls(turn) > 0) {
      this.#parked.push({ entry, text })
      return undefined
    }
    const alone = turn.drafts.length === 0 || submitted.some((mark) => mark in entry.json)
    return alone ? this.#open('prompt', entry, text) : this.#message(turn, entry, text, 'user')
  }

  /** A notification of background work: part of the turn that is going on, else it starts one. */
  #notification(entry: Entry, text: string, callId: string | undefined): Booking {
    this.#dropHeld()
    this.#settleParked(false)
    const source = callId === undefined ? undefined : this.#calls.get(callId)
    const turn = this.#turn
    if (turn && this.#works(turn)) return this.#message(turn, entry, text, 'system')
    const opened = this.#open('event', entry, text)
    opened.follows = source ?? this.#humanTurn
    return opened
  }

  #message(turn: Turn, entry: Entry, text: string, role: NonNullable<Step['role']>): Turn {
    addWords(turn, entry, text, role)
    this.#asked = entry.time
    return turn
  }

  #interrupt(entry: Entry, duringCall: boolean): Booking {
    this.#settleParked(false)
    const turn = this.#turn
    if (!turn) return { skipped: reasons.outside }
    turn.phase = 'ended'
    turn.interrupted = true
    turn.end = entry.time
    const interrupted = asString(entry.json.interruptedMessageId)
    if (interrupted) noteBreak(turn, interrupted)
    if (duringCall) noteStop(turn)
    return turn
  }

  #assistant(entry: Entry): Booking {
    const message = asObject(entry.json.message)
    if (!message) return { malformed: 'assistant line without a message' }
    this.#settleParked(false)
    if (message.model === '<synthetic>' || entry.json.isApiErrorMessage === true) {
      if (entry.json.isApiErrorMessage !== true && asString(entry.json.error) === undefined) {
        // The client answered for the model: whatever was going on did not go on.
        if (this.#turn && this.#works(this.#turn)) this.#turn.superseded = true
        return { skipped: reasons.placeholder }
      }
      const turn = this.#takeHeld() ?? this.#turn ?? this.#open('fragment', entry, undefined)
      addErrorAnswer(turn, entry, message)
      return turn
    }
    const turn = this.#takeHeld() ?? this.#turn ?? this.#open('fragment', entry, undefined)
    turn.tools ??= this.#tools
    const calls = addModelCall(turn, entry, message, this.#asked, (id) => this.#calls.has(id))
    for (const call of calls) {
      const key = call.callId ?? `${entry.line}.${call.draft.index}`
      this.#pending.set(key, { call, turn })
      this.#calls.set(key, turn)
    }
    return turn
  }

  #system(entry: Entry): Booking {
    const subtype = asString(entry.json.subtype)
    const turn = this.#turn
    switch (subtype) {
      case 'compact_boundary':
      case 'microcompact_boundary':
        return this.#compact(entry)
      case 'turn_duration':
      case 'stop_hook_summary':
        if (!turn) return { skipped: reasons.notice }
        if (!turn.interrupted && this.#openCalls(turn) === 0) {
          turn.phase = 'ended'
          turn.end = entry.time ?? turn.end
        }
        return turn
      case 'api_error':
        if (!turn) return { skipped: reasons.notice }
        addRetry(turn, entry)
        return turn
      case 'model_refusal_fallback':
        return turn
          ? addConfigChange(turn, entry, asString(entry.json.originalModel), asString(entry.json.fallbackModel))
          : { skipped: reasons.notice }
      case 'local_command':
        this.#yield()
        return { skipped: reasons.local }
      default:
        return { skipped: reasons.notice }
    }
  }

  /** The permission mode was changed. */
  changeMode(entry: Entry, mode: string): Booking {
    const before = this.#context.mode
    this.#context.mode = mode
    const turn = this.#turn
    if (turn && before !== undefined && before !== mode && this.#works(turn))
      return addConfigChange(turn, entry, before, mode)
    return { skipped: 'permission mode, repeated or between turns' }
  }

  #attachment(entry: Entry): Booking {
    const attachment = asObject(entry.json.attachment)
    const turn = this.#turn
    if (attachment?.type === 'prompt_snapshot') this.#tools = toolsOf(attachment) ?? this.#tools
    if (attachment?.type === 'deferred_tools_delta' && this.#tools) {
      this.#tools = changeTools(this.#tools, attachment)
      if (turn) turn.tools = this.#tools
      return turn ?? { skipped: reasons.context }
    }
    if (attachment?.type === 'teammate_mailbox') {
      const text = mailOf(attachment)
      return turn && text ? this.#message(turn, entry, text, 'system') : { skipped: reasons.outside }
    }
    if (attachment?.type === 'queued_command') {
      const text = textsOf(attachment.prompt)?.join('\n').trim()
      if (!turn || text === undefined) return { skipped: reasons.outside }
      const machine = attachment.commandMode === 'task-notification' || text.startsWith('<task-notification>')
      return this.#message(turn, entry, text, machine ? 'system' : 'user')
    }
    return turn && attachment && noteAttachment(turn, attachment, entry.time) ? turn : { skipped: reasons.context }
  }

  #compact(entry: Entry): Booking {
    this.#settleParked(false)
    const current = this.#turn && this.#works(this.#turn) ? this.#turn : undefined
    if (!current) this.#yield()
    const turn = current ?? new Turn('compaction', entry, this.#context.previewer)
    const draft = readCompaction(turn, entry)
    this.#compaction = { turn, draft }
    if (!current) {
      turn.trigger = asObject(entry.json.compactMetadata)?.trigger === 'manual' ? 'manual' : 'event'
      turn.follows = turn.trigger === 'event' ? this.#humanTurn : undefined
      turn.mode = this.#context.mode
      turn.phase = 'ended'
      turn.end = entry.time
      this.turns.push(turn)
    } else this.#asked = entry.time
    return turn
  }

  #summary(content: unknown): Booking {
    const text = textsOf(content)?.join('\n')
    if (!this.#compaction || text === undefined) return { skipped: 'summary of a compaction that is not in the source' }
    const { turn, draft } = this.#compaction
    draft.step.output_preview ??= this.#context.previewer.text(text)
    return turn
  }

  #open(kind: Exclude<TurnKind, 'compaction'>, entry: Entry, text: string | undefined): Turn {
    const { previewer } = this.#context
    if (this.#turn) this.#turn.yielded = true
    const turn = new Turn(kind, entry, previewer)
    const source = asString(entry.json.promptSource)
    this.#context.mode = asString(entry.json.permissionMode) ?? this.#context.mode
    turn.mode = this.#context.mode
    turn.tools = this.#tools
    turn.checkpoints = this.#context.checkpointFor(entry.uuid)
    if (text !== undefined && text !== '') {
      turn.input = previewer.text(text)
      turn.promptKey = textKey(text)
    }
    if (kind === 'event') turn.trigger = 'event'
    else if (kind === 'prompt' && source !== 'sdk' && source !== 'system') {
      const sender = asString(asObject(entry.json.origin)?.kind) ?? ''
      const byAgent = /^(?:peer|coordinator|teammate)$/.test(sender) || text?.startsWith('<teammate-message ')
      turn.trigger = byAgent ? 'agent' : 'manual'
    }
    if (kind === 'prompt') this.#humanTurn = turn
    this.#turn = turn
    this.#asked = entry.time
    this.turns.push(turn)
    return turn
  }

  /** True if a further prompt would reach the agent in the middle of this turn. */
  #works(turn: Turn): boolean {
    return !turn.superseded && (turn.working || this.#openCalls(turn) > 0) && !turn.interrupted
  }

  #openCalls(turn: Turn): number {
    let open = 0
    for (const pending of this.#pending.values()) if (pending.turn === turn && !pending.call.resolved) open++
    return open
  }

  /** Something shows that the user had the word again. */
  #yield(): void {
    if (this.#turn) this.#turn.yielded = true
  }

  #dropHeld(): void {
    if (this.#held) this.#context.book(this.#held.entry.line, { skipped: reasons.local })
    this.#held = undefined
  }

  /** The model answers to a command: it was a prompt, unless the answer belongs to a turn that was going on. */
  #takeHeld(): Turn | undefined {
    const held = this.#held
    if (!held) return undefined
    if (this.#turn && this.#works(this.#turn)) {
      this.#dropHeld()
      return undefined
    }
    this.#held = undefined
    const turn = this.#open('prompt', held.entry, held.text)
    this.#context.book(held.entry.line, turn)
    return turn
  }

  /** Decides about prompts that came while a call was running. */
  #settleParked(goesOn: boolean): void {
    const parked = this.#parked
    if (parked.length === 0) return
    this.#parked = []
    for (const { entry, text } of parked) {
      const turn =
        goesOn && this.#turn ? this.#message(this.#turn, entry, text, 'user') : this.#open('prompt', entry, text)
      this.#context.book(entry.line, turn)
    }
  }
}
