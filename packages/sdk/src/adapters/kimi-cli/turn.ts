import type { Cost, ModelConfig, Tool } from '@agent-run/types'
import { asCount, type Json } from '../../conversion/json.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import { tokenCostBeside } from '../../conversion/usage.ts'
import type { Previewer } from '../../preview/index.ts'

/** What one log is about, as far as it says so itself. */
export interface Log {
  /** Id that the runs are named after. */
  id: string
  protocol: string | undefined
  agentId: string | undefined
  profile: string | undefined
  isSubAgent: boolean
  cwd: string | undefined
  model: string | undefined
  provider: string | undefined
  effort: string | undefined
  mode: string | undefined
  tools: readonly string[] | undefined
  /** Definitions of tools as they were sent last, by name. */
  definitions: ReadonlyMap<string, Tool>
}

/** A call of a tool. */
export interface Call {
  readonly draft: StepDraft
  readonly name: string
  input: unknown
  open: boolean
}

/** A request to the model that is under way. */
export interface Request {
  readonly draft: StepDraft
  /** Step of the turn that it is for, `0.1`. */
  readonly turnStep: string | undefined
  readonly start: Moment | undefined
  last: Moment | undefined
}

/** A decision about a call that was written before the call itself. */
export interface Decision {
  readonly line: number
  readonly name: string | undefined
  readonly outcome: 'approved' | 'denied' | 'cancelled'
  readonly at: Moment | undefined
  readonly reason: string | undefined
  readonly session: boolean
  readonly rule: string | undefined
  readonly requestId: string | undefined
  readonly requestedAt: Moment | undefined
}

/** Work handed to a sub-agent, which has a log of its own or not. */
export interface Delegation {
  readonly call: Call
  readonly at: Moment | undefined
  readonly prompt: string | undefined
  agentId: string | undefined
  ended: { readonly failed: boolean; readonly result: StepDraft } | undefined
}

/** A turn under construction. */
export class Turn {
  readonly run: RunDraft
  /** As it is now. */
  readonly log: Log
  /** The model and the mode that the turn began with. */
  readonly begun: { readonly model: string | undefined; readonly mode: string | undefined }
  phase: 'open' | 'completed' | 'cancelled' | 'failed' = 'open'
  superseded = false
  prompt: string | undefined
  /** The last step of the model ended the turn. */
  answered = false
  error: string | undefined
  lastText: string | undefined
  asked: Moment | undefined
  request: Request | undefined
  lastUsage: string | undefined
  readonly calls: Map<string, Call> = new Map()
  readonly decisions: Map<string, Decision> = new Map()
  readonly delegations: Delegation[] = []
  compaction: StepDraft | undefined
  /** Lines that are booked when it is known whether the turn is a copy. */
  booked = 0

  constructor(id: string, log: Log, line: number, at: Moment | undefined, previewer: Previewer) {
    this.log = { ...log }
    this.begun = { model: log.model, mode: log.mode }
    this.run = new RunDraft(id, previewer)
    this.run.start = at
    this.run.place = { root: log.cwd, cwd: log.cwd }
    this.asked = at
    this.book(line)
  }

  /** Books a line on the turn. */
  book(line: number): void {
    this.run.book(line)
    this.booked++
  }

  /** Settings of the model, where any are known. */
  get config(): ModelConfig | undefined {
    return this.log.effort === undefined
      ? undefined
      : { reasoning_effort: this.run.previewer.text(this.log.effort, 64) }
  }
}

/** Tokens as a record says them, from either spelling of the log. */
export function readUsage(usage: Json | undefined): Cost | undefined {
  const count = (...names: readonly string[]): number | undefined =>
    names.map((name) => asCount(usage?.[name])).find((value) => value !== undefined)
  return tokenCostBeside({
    input: count('inputOther', 'input_other'),
    output: count('output'),
    cacheRead: count('inputCacheRead', 'input_cache_read'),
    cacheWrite: count('inputCacheCreation', 'input_cache_creation'),
  })
}
