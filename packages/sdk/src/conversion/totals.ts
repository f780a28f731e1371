import type { AgentRun, Step } from '@agent-run/types'
import { addCosts, isKnown } from './cost.ts'
import type { ConversionTotals } from './report.ts'

/** Steps that are calls of tools: ordinary ones, questions to the user, and hand-overs to sub-agents. */
const calls = new Set(['tool_call', 'input_request', 'handoff'])

/** Adds up what a conversion found. */
export function addUpTotals(runs: readonly AgentRun[], subAgents: number): ConversionTotals {
  const byType: Record<string, number> = {}
  let steps = 0
  let results = 0
  let denials = 0
  const answers = new Set<string>()
  for (const run of runs) {
    steps += run.steps.length
    const handoffs = new Set(run.steps.filter(({ type }) => type === 'handoff').map(({ id }) => id))
    for (const step of run.steps) {
      byType[step.type] = (byType[step.type] ?? 0) + 1
      if (step.status === 'denied') denials++
      if (isAnswer(step, handoffs)) answers.add(step.response_id ?? `${run.id} ${step.id}`)
      const ended = step.status !== 'interrupted' && step.status !== 'unknown'
      const ordinary = step.type === 'tool_call' || step.type === 'input_request' || step.type === 'handoff_result'
      if ((ordinary && ended) || (step.type === 'handoff' && (step.status === 'denied' || step.status === 'failed')))
        results++
    }
  }
  const cost = addCosts(runs.map((run) => run.cost))
  return {
    runs: runs.length,
    steps,
    steps_by_type: Object.fromEntries(Object.entries(byType).sort(([a], [b]) => (a < b ? -1 : 1))),
    tool_calls: Object.entries(byType).reduce((sum, [type, count]) => sum + (calls.has(type) ? count : 0), 0),
    tool_results: results,
    denials,
    sub_agents: subAgents,
    model_calls: answers.size,
    input_tokens: cost.input_tokens,
    output_tokens: cost.output_tokens,
    cache_read_tokens: cost.cache_read_tokens ?? null,
    cache_write_tokens: cost.cache_write_tokens ?? null,
  }
}

/** A model answered; a copy of an answer that is counted in the sub-agent's own record is none. */
const isAnswer = (step: Step, handoffs: ReadonlySet<string>): boolean =>
  step.type === 'model_call' &&
  step.status !== 'failed' &&
  ((step.cost !== undefined && isKnown(step.cost)) || !handoffs.has(step.parent_step_id ?? ''))
