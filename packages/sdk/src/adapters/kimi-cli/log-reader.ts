import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { Ledger, LineFate } from '../../conversion/ledger.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import { closeDecisions } from './calls.ts'
import { readMessage } from './legacy.ts'
import { endRequest } from './model-steps.ts'
import { type Log, Turn } from './turn.ts'
import { momentOf, readRecord } from './wire.ts'

/** Reads the records of one log into turns. */
export class LogReader {
  readonly log: Log
  turns: Turn[] = []
  /** The turn under way. */
  turn: Turn | undefined
  /** Requests for an approval that wait for an answer, by their id. */
  readonly requests: Map<
    string,
    { readonly callId: string; readonly at: Moment | undefined; readonly name: string | undefined }
  > = new Map()
  readonly previewer: Previewer
  readonly #ledger: Ledger
  #copied = 0
  #started = 0

  constructor(previewer: Previewer, ledger: Ledger) {
    this.previewer = previewer
    this.#ledger = ledger
    this.log = {
      id: 'kimi',
      protocol: undefined,
      agentId: undefined,
      profile: undefined,
      isSubAgent: false,
      cwd: undefined,
      model: undefined,
      provider: undefined,
      effort: undefined,
      mode: undefined,
      tools: undefined,
      definitions: new Map(),
    }
  }

  visit(json: Json, line: number): LineFate {
    const agent = asString(json.agentId)
    this.log.agentId ??= agent
    if (json.type === 'metadata') {
      this.log.protocol = asString(json.protocol_version)
      this.#name(momentOf(json.created_at))
      return 'mapped'
    }
    if (asString(json.type) !== undefined) {
      this.#name(momentOf(json.time))
      return readRecord(this, json, line)
    }
    if (asObject(json.message)) {
      this.#name(momentOf(typeof json.timestamp === 'number' ? json.timestamp * 1000 : undefined))
      return readMessage(this, json, line)
    }
    return { malformed: 'record without a type' }
  }

  /** A log is named after the moment it was created, which it says itself. */
  #name(created: Moment | undefined): void {
    if (created && this.log.id === 'kimi') this.log.id = `kimi-${created.ms}`
  }

  /** Nothing follows: lines are booked, now that it is known which turns were copied. */
  finish(): void {
    this.#leave()
    for (const turn of this.turns) this.#ledger.mapped(turn.booked)
    this.#ledger.skipped('copied from another session', this.#copied)
  }

  /** Begins a turn; one under way was not finished. */
  begin(line: number, at: Moment | undefined, prompt: string | undefined, origin: Json | undefined): Turn {
    this.#leave()
    if (this.turn) this.turn.superseded = true
    const turn = new Turn(`${this.log.id}.${this.#started++}`, this.log, line, at, this.previewer)
    this.turn = turn
    this.turns.push(turn)
    turn.prompt = prompt
    if (prompt?.trim()) turn.run.members.input_preview = this.previewer.text(prompt.trim())
    const kind = asString(origin?.kind)
    if (kind === 'system_trigger' && origin?.name === 'subagent') this.log.isSubAgent = turn.log.isSubAgent = true
    if (turn.log.isSubAgent) turn.run.members.trigger = 'agent'
    else if (kind?.startsWith('cron')) turn.run.members.trigger = 'cron'
    else if (kind === 'system_trigger' || kind === 'task' || kind === 'hook_result') turn.run.members.trigger = 'event'
    else if (prompt !== undefined) turn.run.members.trigger = 'manual'
    return turn
  }

  /** The turn that a record is part of; one without a prompt begins if there is none. The line is booked on it. */
  current(line: number, at: Moment | undefined): Turn {
    if (this.turn?.phase !== 'open') return this.begin(line, at, undefined, undefined)
    this.turn.book(line)
    return this.turn
  }

  /** The turn ended. Of several records that say so the first counts. */
  end(line: number, at: Moment | undefined, reason: string, error?: string): LineFate {
    const { turn } = this
    if (turn?.phase !== 'open') return { skipped: 'end of a turn that is over' }
    turn.book(line)
    turn.phase = reason === 'cancelled' ? 'cancelled' : reason === 'failed' ? 'failed' : 'completed'
    turn.error = error
    endRequest(
      turn,
      line,
      turn.phase === 'completed'
        ? { at }
        : { at, cancelled: turn.phase === 'cancelled', failed: turn.phase === 'failed' },
    )
    turn.run.end = at
    return 'later'
  }

  /** A setting changed: a step inside a turn, what the next turn begins with otherwise. */
  change(line: number, at: Moment | undefined, what: 'mode' | 'model', value: string | undefined): LineFate {
    const before = this.log[what]
    this.log[what] = value ?? before
    const { turn } = this
    if (value === undefined || value === before || turn?.phase !== 'open' || turn.answered) return 'mapped'
    turn.book(line)
    turn.log[what] = value
    turn.run.addMoment(
      {
        id: `line-${line}`,
        type: 'config_change',
        status: 'succeeded',
        started_at: at?.text ?? null,
        output_preview: this.previewer.text(`${what}: ${value}`, 500),
        source_ref: `line ${line}`,
      },
      line,
      at,
    )
    return 'later'
  }

  /** What stands before is a copy of another session's history. */
  fork(): LineFate {
    this.#leave()
    this.#copied += this.turns.reduce((sum, { booked }) => sum + booked, 0)
    this.turns = []
    this.turn = undefined
    return { skipped: 'state of the session' }
  }

  #leave(): void {
    if (!this.turn) return
    if (this.turn.phase === 'open' && this.turn.request)
      endRequest(this.turn, this.turn.run.lastLine, { at: this.turn.request.last })
    closeDecisions(this.turn)
  }
}
