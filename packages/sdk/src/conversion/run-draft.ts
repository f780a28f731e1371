import type { AgentRun, ApprovalEvent, ContentRef, PolicyDecision, Step } from '@agent-run/types'
import type { Place } from '../effects/index.ts'
import type { Previewer } from '../preview/index.ts'
import { portableId, takeId } from './identity.ts'
import type { StepDraft } from './step-draft.ts'
import { type Moment, millisecondsOf } from './time.ts'

/** Members of a run that an adapter sets as it finds them; the others follow from the steps, or are given at the end. */
export type RunMembers = Omit<
  Partial<AgentRun>,
  | 'id'
  | 'spec_version'
  | 'steps'
  | 'approvals'
  | 'policy_decisions'
  | 'artifacts'
  | 'cost'
  | 'provenance'
  | 'source'
  | 'status'
  | 'started_at'
  | 'ended_at'
  | 'duration_ms'
  | 'error'
  | 'error_type'
>

/** A file or other thing that the work left behind. */
export interface ArtifactDraft {
  /** Default: numbered in the run. */
  id?: string
  readonly name: string
  readonly kind: string
  action: 'created' | 'modified' | 'deleted'
  stepId: string
  content: ContentRef | undefined
}

/** Types of steps that are a call under an id. */
const calls: ReadonlySet<Step['type']> = new Set<Step['type']>(['tool_call', 'tool_result', 'handoff'])

/**
 * A run under construction. Steps may be added before it is known when they end; what has no time of its own takes the
 * place where it stands in the source.
 */
export class RunDraft {
  readonly id: string
  readonly previewer: Previewer
  /** Texts must have gone through the previewer. */
  readonly members: RunMembers = {}
  /** Where paths in arguments of calls are relative to. */
  place: Place = { root: undefined, cwd: undefined }
  readonly drafts: StepDraft[] = []
  readonly approvals: ApprovalEvent[] = []
  /** Ids that approvals have. */
  readonly approvalIds: Set<string> = new Set()
  readonly decisions: PolicyDecision[] = []
  /** By name. */
  readonly artifacts: Map<string, ArtifactDraft> = new Map()
  start: Moment | undefined
  end: Moment | undefined
  firstLine: number = Number.POSITIVE_INFINITY
  lastLine = 0
  /** Lines that this run says something of. */
  lines = 0
  /** Steps whose recorded times contradict each other. */
  contradictions = 0

  #clock: number = Number.NEGATIVE_INFINITY
  #index = 0
  readonly #ids = new Set<string>()
  readonly #callIds = new Set<string>()

  /**
   * @param id derived from the source, so that importing twice gives the same one; made portable here
   * @param start when the run began: steps without a time stand after it
   */
  constructor(id: string, previewer: Previewer, start?: Moment) {
    this.id = portableId(id)
    this.previewer = previewer
    this.start = start
    this.#tick(start)
  }

  /** Books a line (or an entry of a document) on this run. */
  book(line: number): void {
    this.lines++
    this.firstLine = Math.min(this.firstLine, line)
    this.lastLine = Math.max(this.lastLine, line)
  }

  /** Adds a step, which stays open until `settle`. Its id is made portable, and unique in the run. */
  add(step: Step, line: number, start: Moment | undefined): StepDraft {
    step.id = takeId(step.id, this.#ids, portableId)
    // A second call under the same id is another call (AR-STEP-011): the source repeats itself, or the id is no id.
    if (step.tool_call_id !== undefined && calls.has(step.type) && step.retry_of === undefined) {
      if (this.#callIds.has(step.tool_call_id)) delete step.tool_call_id
      else this.#callIds.add(step.tool_call_id)
    }
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

  /** A step became final. Where it would end before it began, its beginning is left unknown: one of the two is wrong. */
  settle(draft: StepDraft, line: number, end: Moment | undefined): void {
    this.#tick(end)
    draft.final = end?.ms ?? this.#clock
    draft.finalLine = line
    draft.step.ended_at = end?.text ?? null
    const { started_at: started } = draft.step
    if (!end || started === null) return
    const begun = millisecondsOf(started)
    if (begun > end.ms) {
      draft.step.started_at = null
      this.contradictions++
    } else if (draft.step.type !== 'message') draft.step.duration_ms = end.ms - begun
  }

  /**
   * A call waited until it was allowed: it began then, not when it was asked for. A permission that comes after the end
   * of the call leaves its beginning unknown: one of the two times is wrong.
   */
  postpone(draft: StepDraft, allowed: Moment): void {
    const { step } = draft
    if (step.started_at === null || millisecondsOf(step.started_at) >= allowed.ms) return
    const end = step.ended_at ? millisecondsOf(step.ended_at) : undefined
    delete step.duration_ms
    if (end !== undefined && end < allowed.ms) {
      step.started_at = null
      this.contradictions++
      return
    }
    step.started_at = allowed.text
    draft.begun = allowed.ms
    if (end !== undefined) step.duration_ms = end - allowed.ms
  }

  /** Adds a step that is over at once, such as a message. */
  addMoment(step: Step, line: number, at: Moment | undefined): StepDraft {
    const draft = this.add(step, line, at)
    this.settle(draft, line, at)
    return draft
  }

  /** Takes a step back. */
  remove(draft: StepDraft): void {
    const at = this.drafts.indexOf(draft)
    if (at >= 0) this.drafts.splice(at, 1)
  }

  #tick(moment: Moment | undefined): void {
    if (moment) this.#clock = Math.max(this.#clock, moment.ms)
  }
}
