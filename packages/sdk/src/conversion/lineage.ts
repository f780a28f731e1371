import { stepLeaf } from '@agent-run/core'
import type { AgentRun, ParentRef, Step } from '@agent-run/types'

/** The run that delegated another one, and by which step. Both are final. */
export interface ParentRun {
  readonly run: AgentRun
  readonly handoff: Step
}

/** The checkable link to the parent, and what 0.1 readers look for. */
export function lineageOf(parent: ParentRun | undefined): {
  parents?: ParentRef[]
  parent_run_hash?: string
  lineage?: string[]
} {
  if (!parent) return {}
  const { run, handoff } = parent
  return {
    parents: [
      {
        run_id: run.id,
        ...(handoff.delegation_id ? { delegation_id: handoff.delegation_id } : {}),
        handoff_leaf: stepLeaf(handoff),
      },
    ],
    parent_run_hash: run.provenance.run_hash,
    lineage: [...(run.provenance.lineage ?? []), run.provenance.run_hash].slice(-32),
  }
}

/** Units of which one may have been delegated by another: what each stands below. */
export type Descent<Unit> = ReadonlyMap<Unit, { readonly parent: Unit }>

/**
 * Finishes runs, each before those it delegated to. A unit whose hand-over is not in the run of its parent becomes none.
 *
 * @param handoffOf id of the step of its parent that a unit answers
 */
export function finishFamilies<Unit>(
  units: readonly Unit[],
  descent: Descent<Unit>,
  handoffOf: (child: Unit) => string | undefined,
  finish: (unit: Unit, parent: ParentRun | undefined) => AgentRun,
): AgentRun[] {
  const runs: AgentRun[] = []
  const children = new Map<Unit, Unit[]>()
  for (const [child, { parent }] of descent) children.set(parent, [...(children.get(parent) ?? []), child])
  const waiting = units
    .filter((unit) => !descent.has(unit))
    .map((unit) => ({ unit, parent: undefined as ParentRun | undefined }))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const run = finish(next.unit, next.parent)
    runs.push(run)
    const steps = new Map(run.steps.map((step) => [step.id, step]))
    const below = (children.get(next.unit) ?? []).flatMap((unit) => {
      const handoff = steps.get(handoffOf(unit) ?? '')
      return handoff ? [{ unit, parent: { run, handoff } }] : []
    })
    waiting.unshift(...below)
  }
  return runs
}

/** Whether a unit, or another one of what it is part of, stands above the parent that it would get, or is it. */
export function isAbove<Unit>(
  child: Unit,
  parent: Unit,
  descent: Descent<Unit>,
  isSame: (a: Unit, b: Unit) => boolean,
): boolean {
  for (let above: Unit | undefined = parent; above !== undefined; above = descent.get(above)?.parent)
    if (above === child || isSame(above, child)) return true
  return false
}
