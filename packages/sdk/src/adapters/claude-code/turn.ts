import type { Checkpoint, Cost, Step } from '@agent-run/types'
import { asString } from '../../conversion/json.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Previewer } from '../../preview/index.ts'
import type { Entry } from './entry.ts'
import { turnId } from './identity.ts'
import type { Ruling } from './testimony.ts'
import type { ToolUse } from './tools.ts'

/** A call of a model under construction: the lines of one answer. */
export interface ModelCallDraft {
  readonly draft: StepDraft
  cost: Cost
  lastLine: number
  /** `uuid` of its first line, the same in every copy of a history. */
  readonly lineUuid: string | undefined
  readonly requestId: string | undefined
}

/** A call of a tool under construction. */
export interface CallDraft {
  readonly draft: StepDraft
  readonly use: ToolUse
  readonly name: string
  /** Id of the call as the model gave it. */
  readonly callId: string | undefined
  /** `uuid` of the line of the call. */
  readonly lineUuid: string | undefined
  /** For a delegation: key of its prompt. */
  readonly promptKey: string | undefined
  /** True once a result was found. */
  resolved: boolean
  /** It was interrupted while it ran: whoever was asked before had allowed it. */
  brokenOff: boolean
  /** What the transcript says of decisions that hooks made about it. */
  readonly rulings: Ruling[]
}

/** Work handed to a sub-agent. */
export interface Delegation {
  readonly call: CallDraft
  readonly turn: Turn
  agentId: string | undefined
  /** The source says that it was finished (`completed`), failed, or goes on in the background. */
  ended: 'completed' | 'failed' | 'background' | undefined
  result: StepDraft | undefined
}

/** How a turn came to its end, as far as the source shows. */
export type TurnPhase =
  /** A prompt or a result was sent, the model is to answer. */
  | 'waiting'
  /** The model's last word was to the user. */
  | 'answered'
  /** The source says that the turn is over. */
  | 'ended'

/** What begins a turn. */
export type TurnKind = 'prompt' | 'event' | 'fragment' | 'compaction'

/** A turn under construction: one piece of work, later one run. */
export class Turn extends RunDraft {
  kind: TurnKind
  readonly sessionId: string | undefined
  readonly agentId: string | undefined
  readonly promptId: string | undefined
  readonly parentUuid: string | undefined
  readonly cwd: string | undefined
  readonly branch: string | undefined
  readonly version: string | undefined

  input: string | undefined
  /** Key of the prompt, by which a sub-agent is found (see `textKey`). */
  promptKey: string | undefined
  output: string | undefined
  mode: string | undefined
  effort: string | undefined
  agentType: string | undefined
  trigger: 'manual' | 'agent' | 'event' | undefined
  /** Turn that this one follows from: its work sent the notification that began this one. */
  follows: Turn | undefined
  tools: readonly string[] | undefined
  granted: string[] = []
  checkpoints: Checkpoint[] = []

  readonly modelCalls: Map<string, ModelCallDraft> = new Map()
  readonly calls: CallDraft[] = []
  readonly delegations: Delegation[] = []
  readonly compactions: { readonly draft: StepDraft; readonly after: string | undefined }[] = []
  /** The request that failed last and is about to be tried again. */
  retried: Step | undefined

  phase: TurnPhase = 'waiting'
  /** The model gave a reason for stopping that ends a turn. */
  stopped = false
  /** Something later in the source shows that the agent had yielded. */
  yielded = false
  /** A later line took the place of this turn before it was answered. */
  superseded = false
  /** The user interrupted it. */
  interrupted = false
  failure: { readonly error: string; readonly type: NonNullable<Step['error_type']> } | undefined

  constructor(kind: TurnKind, entry: Entry, previewer: Previewer) {
    super(turnId(entry.sessionId, entry.agentId, entry.uuid ?? `line-${entry.line}`), previewer, entry.time)
    const { json } = entry
    this.kind = kind
    this.sessionId = entry.sessionId
    this.agentId = entry.agentId
    this.promptId = asString(json.promptId)
    this.parentUuid = entry.parentUuid
    this.cwd = asString(json.cwd)
    this.branch = asString(json.gitBranch)
    this.version = asString(json.version)
    this.firstLine = entry.line
    this.lastLine = entry.line
  }

  /** True while the agent is at work: it has not had its last word. */
  get working(): boolean {
    return this.phase === 'waiting'
  }
}
