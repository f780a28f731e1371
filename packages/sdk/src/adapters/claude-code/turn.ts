import type { ApprovalEvent, Checkpoint, ContentRef, Cost, PolicyDecision, Step } from '@agent-run/types'
import type { Entry } from './entry.ts'
import { portableId } from './identity.ts'
import { asString, type Json } from './json.ts'
import type { Moment } from './time.ts'
import type { ToolUse } from './tools.ts'

/** A step under construction, with what decides its place. */
export interface StepDraft {
  readonly step: Step
  /** Line where it begins, and its place among the steps of that line. */
  readonly line: number
  readonly index: number
  /** Milliseconds; where its own time is unknown, the latest time before it. */
  begun: number
  /** The same for its end; undefined while it is open. */
  final: number | undefined
  finalLine: number
}

/** A call of a model under construction: the lines of one answer. */
export interface ModelCallDraft {
  readonly draft: StepDraft
  cost: Cost
  lastLine: number
  /** `uuid` of its first line, the same in every copy of a history. */
  readonly lineUuid: string | undefined
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

/** A file that successful calls left behind. */
export interface FileDraft {
  readonly name: string
  created: boolean
  stepId: string
  content: ContentRef | undefined
}

/** What begins a turn. */
export type TurnKind = 'prompt' | 'event' | 'fragment' | 'compaction'

/** A turn under construction: one piece of work, later one run. */
export class Turn {
  kind: TurnKind
  readonly id: string
  readonly sessionId: string | undefined
  readonly agentId: string | undefined
  readonly promptId: string | undefined
  readonly parentUuid: string | undefined
  readonly cwd: string | undefined
  readonly branch: string | undefined
  readonly version: string | undefined
  readonly start: Moment | undefined
  readonly firstLine: number
  lastLine: number
  /** Lines that this turn says something of. */
  lines = 0

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
  tools: string[] | undefined
  granted: string[] = []
  checkpoints: Checkpoint[] = []

  readonly drafts: StepDraft[] = []
  readonly modelCalls: Map<string, ModelCallDraft> = new Map()
  readonly calls: CallDraft[] = []
  readonly delegations: Delegation[] = []
  readonly compactions: { readonly draft: StepDraft; readonly after: string | undefined }[] = []
  readonly approvals: ApprovalEvent[] = []
  readonly decisions: PolicyDecision[] = []
  readonly files: Map<string, FileDraft> = new Map()

  phase: TurnPhase = 'waiting'
  /** When the source says that the turn ended. */
  end: Moment | undefined
  /** The model gave a reason for stopping that ends a turn. */
  stopped = false
  /** Something later in the source shows that the agent had yielded. */
  yielded = false
  /** A later line took the place of this turn before it was answered. */
  superseded = false
  /** The user interrupted it. */
  interrupted = false
  failure: { readonly error: string; readonly type: NonNullable<Step['error_type']> } | undefined
  /** Steps whose recorded times contradict each other. */
  contradictions = 0

  #clock: number
  #index = 0
  readonly #ids = new Set<string>()

  constructor(kind: TurnKind, id: string, entry: Entry, json: Json = entry.json) {
    this.kind = kind
    this.id = id
    this.sessionId = entry.sessionId
    this.agentId = entry.agentId
    this.promptId = asString(json.promptId)
    this.parentUuid = entry.parentUuid
    this.cwd = asString(json.cwd)
    this.branch = asString(json.gitBranch)
    this.version = asString(json.version)
    this.start = entry.time
    this.firstLine = entry.line
    this.lastLine = entry.line
    this.#clock = entry.time?.ms ?? Number.NEGATIVE_INFINITY
  }

  /** Books a line on this turn. */
  book(line: number): void {
    this.lines++
    this.lastLine = Math.max(this.lastLine, line)
  }

  /** Adds a step. It stays open until `settle`. Its id is made unique in the turn. */
  add(step: Step, line: number, start: Moment | undefined): StepDraft {
    let id = portableId(step.id)
    for (let copy = 2; this.#ids.has(id); copy++) id = portableId(`${step.id}~${copy}`)
    this.#ids.add(id)
    step.id = id
    this.#tick(start)
    const draft: StepDraft = {
      step,
      line,
      index: this.#index++,
      begun: start?.ms ?? this.#clock,
      final: undefined,
      finalLine: line,
    }
    this.drafts.push(draft)
    return draft
  }

  /** A step became final. */
  settle(draft: StepDraft, line: number, end: Moment | undefined): void {
    this.#tick(end)
    draft.final = end?.ms ?? this.#clock
    draft.finalLine = line
    draft.step.ended_at = end?.text ?? null
    const { started_at: started } = draft.step
    if (!end || started === null) return
    const begun = Date.parse(started)
    if (begun > end.ms) {
      // One of the two times is wrong; which one, nothing says.
      draft.step.started_at = null
      this.contradictions++
    } else if (draft.step.type !== 'message') draft.step.duration_ms = end.ms - begun
  }

  /** Takes a step back. */
  remove(draft: StepDraft): void {
    const at = this.drafts.indexOf(draft)
    if (at >= 0) this.drafts.splice(at, 1)
  }

  /** True while the agent is at work: it has not had its last word. */
  get working(): boolean {
    return this.phase === 'waiting'
  }

  #tick(moment: Moment | undefined): void {
    if (moment) this.#clock = Math.max(this.#clock, moment.ms)
  }
}
