import type { Context, StepPlace } from './context.ts'
import { listOf, textOf } from './object.ts'
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
  const finished = new Set<StepPlace>()
  const open = new Set<StepPlace>()
  for (const root of steps) {
    if (finished.has(root)) continue
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
      } else if (!finished.has(edge.to)) {
        open.add(edge.to)
        stack.push({ step: edge.to, edges: edgesOf(edge.to, stepsById) })
      }
    }
  }
}

/** What a step names among those that may form no cycle, last first. */
const edgesOf = ({ value }: StepPlace, stepsById: Context['stepsById']): Edge[] => {
  const edges: Edge[] = []
  const add = (member: string, id: unknown) => {
    const to = typeof id === 'string' ? stepsById.get(id) : undefined
    if (to) edges.push({ member, to })
  }
  for (const member of ['parent_step_id', 'retry_of', 'fallback_from']) add(member, textOf(value, member))
  const causes = listOf(value, 'caused_by')
  for (let index = 0; index < causes.length; index++) add(`caused_by/${index}`, causes[index])
  return edges.reverse()
}
