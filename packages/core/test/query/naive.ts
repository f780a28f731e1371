// What the filters mean, written a second time from spec/query.md and nothing else: slow, one question at a time, with no
// facts and no index.
import { createHash } from 'node:crypto'
import type { AgentRun, Step } from '@agent-run/types'

const didRun = (step: Step): boolean => !['denied', 'skipped', 'pending', 'cancelled'].includes(step.status ?? '')

const isWrong = (step: Step): boolean =>
  ['failed', 'timeout'].includes(step.status ?? '') ||
  step.type === 'error' ||
  (step.error ?? undefined) !== undefined ||
  step.error_type !== undefined ||
  (step.status === undefined && step.success === false)

const sideEffect = (run: AgentRun, wanted: string): boolean =>
  run.steps.filter(didRun).some(({ side_effects = [] }) =>
    side_effects.some(({ kind, target_kind }) => {
      if (wanted === 'write') return target_kind === 'file' && ['write', 'delete'].includes(kind)
      const exact = `${kind}:${target_kind ?? 'unknown'}`
      return wanted === exact || wanted === kind
    }),
  )

const blocked = (run: AgentRun): boolean =>
  (run.policy_decisions ?? []).some(
    ({ verdict, enforcement, boundary, step_id }) =>
      verdict === 'block' &&
      enforcement === 'blocked' &&
      (boundary === 'tool_call' || (boundary === undefined && step_id !== undefined)),
  )

const approval = (run: AgentRun, wanted: string): boolean => {
  const events = run.approvals ?? []
  const denied = run.steps.filter((step) => step.status === 'denied' || step.approval?.state === 'denied')
  if (wanted === 'denied:person')
    return events.some(({ event, actor }) => event === 'denied' && (!actor || actor.kind === 'human'))
  if (wanted === 'denied:policy')
    return (
      blocked(run) ||
      denied.some((step) => step.approval?.decision_id !== undefined || step.approval?.policy_id !== undefined)
    )
  if (wanted === 'denied' && (denied.length > 0 || blocked(run))) return true
  return run.steps.some((step) => step.approval?.state === wanted) || events.some(({ event }) => event === wanted)
}

const since = (run: AgentRun, bound: string): boolean =>
  run.started_at !== null && Date.parse(run.started_at) >= Date.parse(bound)
const until = (run: AgentRun, bound: string): boolean =>
  run.started_at !== null && Date.parse(run.started_at) < Date.parse(bound)

const meanings: Readonly<Record<string, (run: AgentRun, value: string) => boolean>> = {
  agent_id: (run, value) => run.agent_id === value,
  status: (run, value) => run.status === value,
  outcome: (run, value) => run.outcome === value,
  since,
  until,
  task_id: (run, value) => run.task_id === value,
  session_id: (run, value) => run.session_id === value,
  turn_id: (run, value) => run.turn_id === value || run.steps.some((step) => step.turn_id === value),
  parent_run_id: (run, value) => run.parent_run_id === value,
  tag: (run, value) => (run.tags ?? []).includes(value),
  model: (run, value) => run.model === value,
  tool: (run, value) => run.steps.some((step) => didRun(step) && step.tool_name === value),
  mcp_server: (run, value) => run.steps.some((step) => didRun(step) && step.mcp_server === value),
  mcp_mounted: (run, value) =>
    (run.inventory?.mcp_servers ?? []).some((server) => server.name === value) ||
    (run.inventory?.tools ?? []).some((tool) => tool.mcp_server === value),
  side_effect: sideEffect,
  target: (run, value) =>
    run.steps.filter(didRun).some((step) => (step.side_effects ?? []).some(({ target }) => target === value)),
  approval,
  artifact: (run, value) =>
    (run.artifacts ?? []).some((artifact) => artifact.name === value || artifact.content?.digest === value),
  run_hash: (run, value) => run.provenance.run_hash === value,
  has_error: (run, value) =>
    String(
      ['failed', 'timeout'].includes(run.status) ||
        (run.error ?? undefined) !== undefined ||
        run.error_type !== undefined ||
        run.steps.some((step) => didRun(step) && isWrong(step)),
    ) === value,
  level: (_, value) => value === 'recorded',
}

/** Whether a run meets all of some filters. */
export const naiveMatch = (run: AgentRun, parameters: readonly (readonly [string, string])[]): boolean =>
  parameters.every(([name, value]) => meanings[name]?.(run, value) === true)

/** The value of a fact, the long way. */
export const naiveFactValue = (value: string): string =>
  Buffer.byteLength(value) > 512 || value.includes('\0')
    ? `sha256:${createHash('sha256').update(value).digest('hex')}`
    : value
