import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { Ledger, LineFate } from '../../conversion/ledger.ts'
import type { Previewer } from '../../preview/index.ts'
import { closeAnswer } from './answers.ts'
import { readCompaction } from './compaction.ts'
import { applyContext } from './context.ts'
import { readAnswerTokens, readEvent } from './events.ts'
import { readItem } from './items.ts'
import { type RolloutLine, readLine } from './line.ts'
import { isCopiedHeader, readSession, type Session, timeOfId, unknownSession } from './session.ts'
import { Turn } from './turn.ts'
import { UsageMeter } from './usage.ts'

/** Reason under which lines are counted that were copied from another session. */
const copied: LineFate = { skipped: 'copied from another session' }

/** Reads the lines of one file into turns. */
export class Rollout {
  readonly turns: Turn[] = []
  readonly meter: UsageMeter = new UsageMeter()
  readonly previewer: Previewer
  /** The turn that the next line is part of, if nothing begins another one. */
  turn: Turn | undefined
  /** A message to the model that an event may show to be the prompt of the user. */
  pending: { readonly line: RolloutLine; readonly text: string } | undefined
  /** The line before, if it was the prompt of the user as an event. */
  promptLine = 0
  #session: Session | undefined
  #context: RolloutLine | undefined
  /** The file holds a history that was copied from another session; whether it goes on, and the time of the last line. */
  #copying: { goesOn: boolean; until: number | undefined } | undefined
  readonly #ledger: Ledger
  readonly #sessionIds: Set<string>

  constructor(previewer: Previewer, ledger: Ledger, sessionIds: Set<string>) {
    this.previewer = previewer
    this.#ledger = ledger
    this.#sessionIds = sessionIds
  }

  visit(json: Json, number: number): LineFate {
    const line = readLine(json, number)
    if (typeof line === 'string') return { malformed: line }
    if (line.type === 'session_meta') return this.#readHeader(line)
    if (this.#isCopied(line)) {
      // The totals of the copy are where those of this session begin.
      if (line.payload.type === 'token_count') this.meter.read(asObject(line.payload.info))
      if (line.type === 'token_usage_record') this.meter.readAnswer(asObject(line.payload.usage))
      return copied
    }
    switch (line.type) {
      case 'response_item':
        return readItem(this, line)
      case 'event_msg':
        return readEvent(this, line)
      case 'turn_context':
        return this.#readContext(line)
      case 'compacted':
        return readCompaction(this, line)
      case 'token_usage_record':
        return readAnswerTokens(this, line)
      case 'world_state':
        return { skipped: 'context given to the model' }
      default:
        return { skipped: 'kind of line that this adapter does not know' }
    }
  }

  /** Nothing follows. */
  finish(): void {
    this.flush(undefined)
    if (this.turn) closeAnswer(this.turn, undefined, undefined)
  }

  /** Begins a turn; one under way was not finished. */
  begin(line: RolloutLine, sourceId?: string): Turn {
    if (this.turn) {
      closeAnswer(this.turn, undefined, undefined)
      this.turn.superseded = true
    }
    this.#session ??= unknownSession()
    const turn = new Turn(this.#session, line, this.previewer, sourceId)
    this.turn = turn
    this.turns.push(turn)
    if (this.#context) applyContext(turn, this.#context)
    this.#context = undefined
    return turn
  }

  /** The turn that a line is part of; one without a prompt begins if there is none. */
  current(line: RolloutLine): Turn {
    const { turn } = this
    return turn && (turn.phase === 'open' || turn.phase === 'answered') ? turn : this.begin(line)
  }

  /** Decides on a message to the model that no event showed to be a prompt. */
  flush(next: RolloutLine | undefined): void {
    const { pending, turn } = this
    this.pending = undefined
    if (!pending) return
    // In a marked turn the first message after the mark is the prompt, even if no event says so.
    if (next && turn?.marked && turn.phase === 'open' && !turn.prompted && turn.run.firstLine < pending.line.number) {
      turn.book(pending.line)
      this.#ledger.mapped()
      setPrompt(turn, pending.text)
    } else this.#ledger.skipped('context given to the model')
  }

  /** The pending message turned out to be the prompt that an event shows. */
  claim(turn: Turn): void {
    if (!this.pending) return
    turn.book(this.pending.line)
    this.#ledger.mapped()
    this.pending = undefined
  }

  #readHeader(line: RolloutLine): LineFate {
    this.flush(undefined)
    const next = readSession(line)
    const own = this.#session
    this.#sessionIds.add(next.id)
    if (own && isCopiedHeader(own, next)) {
      this.#copying = { goesOn: true, until: line.time?.ms }
      return copied
    }
    if (this.turn) {
      closeAnswer(this.turn, undefined, undefined)
      this.turn.superseded = true
      this.turn = undefined
    }
    if (own?.id === next.id) next.turns = own.turns
    this.#session = next
    const isFork = next.forkedFrom !== undefined && own?.id !== next.id
    this.#copying = isFork ? { goesOn: true, until: line.time?.ms } : undefined
    return 'mapped'
  }

  /**
   * Whether a line belongs to a copied history. Ids of turns hold their time: a turn that is older than the session was
   * copied. Lines without one are told by the gap before them: a copy is written at once, a person takes longer.
   */
  #isCopied({ type, payload, time }: RolloutLine): boolean {
    const copying = this.#copying
    if (!copying) return false
    const kind = asString(payload.type)
    const begins = type === 'turn_context' || kind === 'task_started' || kind === 'turn_started'
    const turnTime = begins ? timeOfId(asString(payload.turn_id)) : undefined
    const ownTime = timeOfId(this.#session?.id)
    if (turnTime !== undefined && ownTime !== undefined) copying.goesOn = turnTime < ownTime
    else if (time && copying.until !== undefined && time.ms - copying.until > 1000) copying.goesOn = false
    if (time) copying.until = time.ms
    return copying.goesOn
  }

  #readContext(line: RolloutLine): LineFate {
    this.flush(line)
    const { turn } = this
    if (turn && (turn.phase === 'open' || turn.phase === 'answered')) return applyContext(turn, line)
    this.#context = line
    return 'mapped'
  }
}

/** Takes a text for what the user asked. */
export function setPrompt(turn: Turn, text: string | undefined): void {
  turn.prompted = true
  if (text?.trim()) turn.run.members.input_preview = turn.run.previewer.text(text.trim())
}
