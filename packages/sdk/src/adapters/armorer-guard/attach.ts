import type { AgentRun, PolicyDecision, Step } from '@agent-run/types'
import { takeId } from '../../conversion/identity.ts'
import type { Previewer } from '../../preview/index.ts'
import type { Verdict } from './verdict.ts'

/** How long before a call may begin, and after it has ended, a verdict about it may stand in the log. */
const tolerance = 5000

/** The run with the decisions that verdicts about its calls were; the same if there are none. `taken` gets the verdicts. */
export function attachVerdicts(
  run: AgentRun,
  verdicts: readonly Verdict[],
  previewer: Previewer,
  taken: Set<Verdict>,
): AgentRun {
  const decisions: PolicyDecision[] = []
  const ids = new Set(run.policy_decisions?.map(({ id }) => id))
  const calls = indexCalls(run)
  for (const verdict of verdicts) {
    if (taken.has(verdict)) continue
    const found = findCall(calls, verdict)
    const at = verdict.at?.text ?? found?.step.started_at ?? undefined
    // A decision says when it was made.
    if (!found || at === undefined) continue
    taken.add(verdict)
    decisions.push(decisionOf(verdict, found, at, previewer, ids))
  }
  if (decisions.length === 0) return run
  const all = [...(run.policy_decisions ?? []), ...decisions].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return { ...run, policy_decisions: all }
}

interface FoundCall {
  readonly step: Step
  /** By the id of the call; otherwise by its tool and its time. */
  readonly byId: boolean
}

/** The calls of a run by what verdicts name: their ids, and their tools, with and without the server. */
interface Calls {
  readonly byId: ReadonlyMap<string, readonly Step[]>
  readonly byTool: ReadonlyMap<string, readonly Step[]>
}

function indexCalls({ steps }: AgentRun): Calls {
  const byId = new Map<string, Step[]>()
  const byTool = new Map<string, Step[]>()
  const add = (index: Map<string, Step[]>, key: string, step: Step): void => {
    const known = index.get(key)
    if (known) known.push(step)
    else index.set(key, [step])
  }
  for (const step of steps) {
    const { tool_call_id: id, tool_name: name, type } = step
    if (id !== undefined) add(byId, id, step)
    if (typeof name !== 'string' || (id === undefined && type !== 'tool_call')) continue
    add(byTool, name, step)
    for (let at = name.indexOf('__'); at >= 0; at = name.indexOf('__', at + 1)) add(byTool, name.slice(at + 2), step)
  }
  return { byId, byTool }
}

function findCall(calls: Calls, { callIds, tool, at }: Verdict): FoundCall | undefined {
  const isSame = (step: Step): boolean =>
    tool === undefined || step.tool_name === tool || (step.tool_name?.endsWith(`__${tool}`) ?? false)
  const byId = [...new Set(callIds)].flatMap((id) => calls.byId.get(id) ?? []).filter(isSame)
  if (byId.length === 1) return { step: byId[0]!, byId: true }
  if (tool === undefined || at === undefined) return undefined
  const near = (calls.byTool.get(tool) ?? []).filter((step) => {
    const start = step.started_at ? Date.parse(step.started_at) : undefined
    const end = step.ended_at ? Date.parse(step.ended_at) : start
    return start !== undefined && end !== undefined && at.ms >= start - tolerance && at.ms <= end + tolerance
  })
  // Two calls of one tool at once cannot be told apart.
  return near.length === 1 ? { step: near[0]!, byId: false } : undefined
}

const didNotRun = new Set<Step['status']>(['denied', 'skipped', 'failed', 'cancelled'])

function decisionOf(
  verdict: Verdict,
  { step, byId }: FoundCall,
  at: string,
  previewer: Previewer,
  ids: Set<string>,
): PolicyDecision {
  const id = takeId(`guard-${step.id}`, ids)
  const text = (value: string): string => previewer.text(value, 256)
  return {
    id,
    at,
    step_id: step.id,
    ...(step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}),
    boundary: verdict.boundary,
    decider: { kind: 'guard', id: 'armorer-guard', ...(verdict.version ? { version: text(verdict.version) } : {}) },
    verdict: verdict.verdict,
    ...(verdict.reasons.length > 0 ? { matched: 'rule', rule_ids: verdict.reasons.map(text) } : { matched: 'default' }),
    ...(verdict.confidence === undefined ? {} : { confidence: verdict.confidence }),
    // A verdict is no decision: nothing was kept back unless the guard says so, and the run shows no such call at work.
    enforcement: verdict.blocked && didNotRun.has(step.status) ? 'blocked' : 'none',
    basis: byId ? 'observed' : 'inferred',
    ...(verdict.scanId ? { external_id: text(verdict.scanId) } : {}),
  }
}
