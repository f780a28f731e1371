import { runHash } from '@agent-run/core'
import type { AgentRun, ApprovalEvent, Artifact, Cost, Source, SourceRange, Step } from '@agent-run/types'
import type { PriceList } from '../prices/price-list.ts'
import type { AdapterAbout } from './adapter.ts'
import { addCosts, isKnown, unknownCost } from './cost.ts'
import { lineageOf, type ParentRun } from './lineage.ts'
import type { ArtifactDraft, RunDraft } from './run-draft.ts'
import { orderSteps } from './step-draft.ts'
import { millisecondsOf } from './time.ts'
import { adapterVersion } from './version.ts'

/** How a run ended and where it came from. */
export interface Ending {
  /** What the source does not show is `unknown`, never guessed to have gone well. */
  readonly status: AgentRun['status']
  /** Through the previewer. */
  readonly error?: string | undefined
  readonly errorType?: AgentRun['error_type'] | undefined
  /** Cost of the whole run, where the source says only that; otherwise the sum of its model calls. */
  readonly cost?: Cost | undefined
  readonly parent?: ParentRun | undefined
  readonly about: AdapterAbout
  readonly formatVersion?: string | undefined
  /** SHA-256 of the input. */
  readonly digest?: string | undefined
  /** Absent: lines, from the first to the last that was booked on the run, if any was. */
  readonly range?: SourceRange | undefined
  /** Default: `absent` if no time is known, `recorded` if every beginning and end is, else `mixed`. */
  readonly times?: Source['times'] | undefined
  readonly prices?: PriceList | undefined
}

/** Makes the record of a run: valid, with its steps in order, its cost added up and its fingerprint. The draft is used up. */
export function finishRun(draft: RunDraft, ending: Ending): AgentRun {
  closeOpen(draft, ending.status)
  nameCallsOnce(draft)
  const { members, previewer } = draft
  countOnce(draft)
  // A price of the whole that the source states is not to be contradicted by computed ones of its parts.
  priceCalls(draft, typeof ending.cost?.cost_usd === 'number' ? undefined : ending.prices)
  const cost =
    ending.cost ??
    addCosts(
      draft.drafts.flatMap(({ step }) =>
        step.type === 'model_call' && (step.cost || step.status !== 'failed') ? [step.cost ?? unknownCost] : [],
      ),
    )
  const steps = orderSteps(draft.drafts)
  const start = earliest(draft)
  const end = endOf(draft, ending.status, start)
  const { agent_id = 'unknown', session_id, turn_id, ...others } = members
  const firstModel = steps.find((step) => step.type === 'model_call' && step.model && !step.parent_step_id)?.model
  const run: AgentRun = {
    id: draft.id,
    spec_version: '1.0',
    ...(session_id ? { session_id } : {}),
    ...(turn_id ? { turn_id } : {}),
    ...(ending.parent ? { parent_run_id: ending.parent.run.id } : {}),
    agent_id,
    ...(firstModel && !others.model ? { model: firstModel } : {}),
    ...others,
    status: ending.status,
    started_at: start === undefined ? null : new Date(start).toISOString(),
    ended_at: end === undefined ? null : new Date(end).toISOString(),
    ...(end !== undefined && start !== undefined ? { duration_ms: end - start } : {}),
    ...(ending.error ? { error: previewer.text(ending.error, 1000) } : {}),
    ...(ending.errorType ? { error_type: ending.errorType } : {}),
    steps,
    ...listOf('approvals', draft.approvals.map((event) => inRun(event, draft.id, session_id)).sort(byTime)),
    ...listOf('policy_decisions', [...draft.decisions].sort(byTime)),
    ...listOf('artifacts', artifactsOf(draft, steps)),
    cost,
    provenance: { run_hash: '' },
    source: {
      format: ending.about.format,
      ...(ending.formatVersion ? { format_version: previewer.text(ending.formatVersion, 256) } : {}),
      adapter: ending.about.adapter,
      adapter_version: adapterVersion,
      ...(ending.digest ? { digest: ending.digest } : {}),
      ...rangeOf(draft, ending.range),
      times: ending.times ?? timesOf(start, steps),
    },
  }
  run.provenance = { run_hash: runHash(run), ...lineageOf(ending.parent) }
  return run
}

const listOf = <Name extends string, Item>(name: Name, items: readonly Item[]): { [K in Name]?: Item[] } =>
  items.length > 0 ? ({ [name]: items } as { [K in Name]?: Item[] }) : {}

/** An event of an approval, with the run it is in; a grant for the session names it (AR-APPR-009). */
const inRun = (event: ApprovalEvent, runId: string, sessionId: string | null | undefined): ApprovalEvent => ({
  ...event,
  ...(event.grant?.scope === 'session' && sessionId ? { grant: { ...event.grant, session_id: sessionId } } : {}),
  run_id: runId,
})

const byTime = (a: { readonly at: string }, b: { readonly at: string }): number => Date.parse(a.at) - Date.parse(b.at)

/** One call is one step (AR-STEP-011): of several steps that a source gives the same id of a call, one keeps it. */
function nameCallsOnce({ drafts }: RunDraft): void {
  const named = new Map<string, Step>()
  for (const { step } of drafts) {
    const id = step.tool_call_id
    const isCall = step.type === 'tool_call' || step.type === 'tool_result' || step.type === 'handoff'
    if (id === undefined || !isCall || step.retry_of !== undefined) continue
    const other = named.get(id)
    if (other === undefined || (other.type === 'tool_result' && step.type !== 'tool_result')) named.set(id, step)
    const loser = other === undefined ? undefined : named.get(id) === other ? step : other
    if (loser) delete loser.tool_call_id
  }
}

/** Steps without an end: what is known of the run says what can be known of them. */
function closeOpen({ drafts }: RunDraft, status: AgentRun['status']): void {
  const isOver = !['unknown', 'running', 'pending', 'paused'].includes(status)
  for (const draft of drafts) {
    if (draft.final !== undefined) continue
    const { step } = draft
    step.status ??= isOver ? 'interrupted' : 'unknown'
    step.ended_at = null
    for (const effect of step.side_effects ?? []) effect.basis = 'declared'
    draft.finalLine = Number.POSITIVE_INFINITY
  }
}

/** Some sources write one response several times: its usage counts on the first (AR-COST-008). */
function countOnce({ drafts }: RunDraft): void {
  const counted = new Set<string>()
  for (const { step } of drafts) {
    if (step.type !== 'model_call' || step.response_id === undefined || !step.cost || !isKnown(step.cost)) continue
    if (counted.has(step.response_id)) delete step.cost
    else counted.add(step.response_id)
  }
}

function priceCalls({ drafts, members }: RunDraft, prices: PriceList | undefined): void {
  if (prices === undefined) return
  const provider = typeof members.provider === 'string' ? { provider: members.provider } : {}
  for (const { step } of drafts)
    if (step.cost !== undefined) step.cost = prices.price({ cost: step.cost, at: step.started_at, ...provider })
}

/** A step cannot start before its run: where times disagree, the earliest counts. */
function earliest({ start, drafts }: RunDraft): number | undefined {
  const begun = drafts.flatMap(({ step }) => (step.started_at === null ? [] : [millisecondsOf(step.started_at)]))
  return [...(start ? [start.ms] : []), ...begun].reduce<number | undefined>(
    (first, ms) => (first === undefined || ms < first ? ms : first),
    undefined,
  )
}

/** When the run ended, if it is known that it did: the source says so, or its last step is the last that is known. */
function endOf({ end, drafts }: RunDraft, status: AgentRun['status'], start: number | undefined): number | undefined {
  if (['unknown', 'interrupted', 'running', 'pending', 'paused'].includes(status) && end === undefined) return undefined
  const last = drafts.reduce<number | undefined>((latest, { step }) => {
    const ms = step.ended_at ? millisecondsOf(step.ended_at) : undefined
    return ms !== undefined && (latest === undefined || ms > latest) ? ms : latest
  }, end?.ms)
  return last !== undefined && start !== undefined && last < start ? undefined : last
}

/** Gives each artifact an id, and the steps that made it that id. */
function artifactsOf({ artifacts, previewer }: RunDraft, steps: readonly Step[]): Artifact[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  return [...artifacts.values()].map((artifact: ArtifactDraft, index): Artifact => {
    const { id = `artifact-${index + 1}`, name, kind, action, stepId, content } = artifact
    const step = byId.get(stepId)
    if (step && !step.artifact_ids?.includes(id)) step.artifact_ids = [...(step.artifact_ids ?? []), id]
    return {
      id,
      name: previewer.text(name, 1024),
      kind,
      action,
      ...(step ? { step_id: stepId } : {}),
      ...(content ? { content } : {}),
    }
  })
}

function rangeOf({ firstLine, lastLine, lines }: RunDraft, range: SourceRange | undefined): { range?: SourceRange } {
  if (range) return { range }
  return lines > 0 ? { range: { unit: 'lines', first: firstLine, last: lastLine } } : {}
}

function timesOf(start: number | undefined, steps: readonly Step[]): NonNullable<Source['times']> {
  if (start === undefined && steps.every((step) => step.started_at === null && !step.ended_at)) return 'absent'
  return steps.every((step) => step.started_at !== null && step.ended_at) ? 'recorded' : 'mixed'
}
