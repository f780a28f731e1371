import { sortInstant } from '@agent-run/core'
import type { AgentRun, BenchStepSelector, SideEffect, Step } from '@agent-run/types'
import { fitsTool } from '../matching/tool-names.ts'
import { compileExpression } from './content-rules.ts'

/** A step, and where it stands. */
export interface PlacedStep {
  readonly run: AgentRun
  /** Place among the steps of its run. */
  readonly index: number
  readonly step: Step
}

/** The steps of all runs, run by run. */
export const stepsOf = (runs: readonly AgentRun[]): PlacedStep[] =>
  runs.flatMap((run) => run.steps.map((step, index) => ({ run, index, step })))

/** Makes a test for steps. `effect`, `target`, `basis` and `reversible` have to fit one and the same side effect. */
export function compileSelector(selector: BenchStepSelector = {}): (step: Step) => boolean {
  const { type, tool_name, mcp_server, status, effect, target, basis, approval, reversible, error_type } = selector
  const expression = target === undefined ? undefined : compileExpression(target)
  const fitsEffect = (each: SideEffect): boolean =>
    isOneOf(effect, each.kind) &&
    isOneOf(basis, each.basis) &&
    isOneOf(reversible, each.reversible) &&
    (expression === undefined || (each.target !== undefined && expression.test(each.target)))
  const asksForEffect = [effect, target, basis, reversible].some((member) => member !== undefined)
  return (step) =>
    isOneOf(type, step.type) &&
    isOneOf(status, statusOf(step)) &&
    isOneOf(approval, step.approval?.state) &&
    isOneOf(error_type, step.error_type) &&
    isTool(tool_name, step.tool_name) &&
    isTool(mcp_server, step.mcp_server) &&
    (!asksForEffect || (step.side_effects ?? []).some(fitsEffect))
}

/** How a step ended; a 0.1 record says it by `success`. */
export const statusOf = ({ status, success }: Step): Step['status'] => {
  if (status !== undefined || typeof success !== 'boolean') return status
  return success ? 'succeeded' : 'failed'
}

const isOneOf = (values: readonly string[] | undefined, value: string | undefined): boolean =>
  values === undefined || (value !== undefined && values.includes(value))

const isTool = (names: readonly string[] | undefined, name: string | null | undefined): boolean =>
  names === undefined || (typeof name === 'string' && fitsTool(names, name))

/**
 * Of the steps, those that nothing of `before` comes before. In one run the earlier of two steps stands first; where their times are
 * known it also has to have ended when the later one starts. Steps of two runs are compared by their times alone.
 */
export function withoutPredecessor(steps: readonly PlacedStep[], before: readonly PlacedStep[]): PlacedStep[] {
  const beforeByRun = groupByRun(before)
  const firstEnds = Array.from(beforeByRun, ([run, list]) => ({ run, end: smallest(list.map(endOf)) }))
  const missing: PlacedStep[] = []
  for (const [run, own] of groupByRun(steps)) {
    const elsewhere = smallest(firstEnds.filter((other) => other.run !== run).map(({ end }) => end))
    const earlier = beforeByRun.get(run) ?? []
    let seen = 0
    let hasUnknown = false
    let first: string | undefined
    for (const placed of own) {
      for (let next = earlier[seen]; next !== undefined && next.index < placed.index; next = earlier[++seen]) {
        const end = endOf(next)
        hasUnknown ||= end === undefined
        first = smallest([first, end])
      }
      const start = instantOf(placed.step.started_at)
      const isBefore = (end: string | undefined): boolean => start !== undefined && end !== undefined && end <= start
      if (!(start === undefined ? seen > 0 : hasUnknown || isBefore(first) || isBefore(elsewhere))) missing.push(placed)
    }
  }
  return missing
}

const groupByRun = (steps: readonly PlacedStep[]): Map<AgentRun, PlacedStep[]> => {
  const groups = new Map<AgentRun, PlacedStep[]>()
  for (const placed of steps) {
    const group = groups.get(placed.run)
    if (group === undefined) groups.set(placed.run, [placed])
    else group.push(placed)
  }
  return groups
}

const endOf = ({ step }: PlacedStep): string | undefined => instantOf(step.ended_at) ?? instantOf(step.started_at)

const instantOf = (time: string | null | undefined): string | undefined =>
  typeof time === 'string' ? sortInstant(time) : undefined

const smallest = (times: readonly (string | undefined)[]): string | undefined =>
  times.reduce((least, time) => (time !== undefined && (least === undefined || time < least) ? time : least), undefined)
