import type { Context } from './context.ts'
import type { StepPlace } from './places.ts'
import type { Report } from './rule.ts'

interface Edge {
  readonly member: string
  readonly to: StepPlace
}

/**
 * Reports the reference that closes each cycle of steps. Depth first with a stack of its own, since a chain of
 * attempts or causes can be as long as the run; every reference is followed once. (AR-STEP-005)
 */
export const checkCycles = ({ steps, stepsById }: Context, report: Report): void => {
  // No cycle leads through a step that names no other.
  if (!steps.some((step) => step.isLinked)) return
  const finished = new Set<StepPlace>()
  const open = new Set<StepPlace>()
  for (const root of steps) {
    if (!root.isLinked || finished.has(root)) continue
    const stack = [{ step: root, edges: edgesOf(root, stepsById) }]
    open.add(root)
    while (stack.length > 0) {
      const { step, edges } = stack[stack.length - 1]!
      const edge = edges.pop()
      if (!edge) {
        stack.pop()
        open.delete(step)
        finished.add(step)
      } else if (open.has(edge.to)) {
        report(
          `${step.path}/${edge.member}`,
          edge.to === step
            ? 'the step names itself; expected another step'
            : 'the references lead back to the step they come from; expected no cycle',
        )
      } else if (edge.to.isLinked && !finished.has(edge.to)) {
        open.add(edge.to)
        stack.push({ step: edge.to, edges: edgesOf(edge.to, stepsById) })
      }
    }
  }
}

/** What a step names among those that may form no cycle, last first. */
const edgesOf = (step: StepPlace, stepsById: Context['stepsById']): Edge[] => {
  const edges: Edge[] = []
  const add = (member: string, id: unknown) => {
    const to = typeof id === 'string' ? stepsById.get(id) : undefined
    if (to) edges.push({ member, to })
  }
  add('parent_step_id', step.parentStepId)
  add('retry_of', step.retryOf)
  add('fallback_from', step.fallbackFrom)
  for (let index = 0; index < step.causedBy.length; index++) add(`caused_by/${index}`, step.causedBy[index])
  return edges.reverse()
}
