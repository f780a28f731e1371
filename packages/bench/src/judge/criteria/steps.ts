import type { BenchCriterion } from '@agent-run/types'
import { judgeInTime } from '../judge-in-time.ts'
import type { JudgedTrial } from '../judged-trial.ts'
import { met, missed, type Outcome, partly } from '../outcome.ts'
import { compileSelector, type PlacedStep, stepsOf, withoutPredecessor } from '../step-selection.ts'
import { counted, either, range, shown } from '../words.ts'

/** `steps`: what the record says that was done, child runs included. */
export function judgeSteps(criterion: BenchCriterion, { runs, evidence }: JudgedTrial): Outcome {
  if (runs.length === 0) return missed('there is no record; expected its steps')
  return judgeInTime(() => {
    const steps = stepsOf(runs)
    const isCounted = compileSelector(criterion.where)
    const found = steps.filter(({ step }) => isCounted(step))
    const number = judgeNumber(found.length, 'step', criterion, criterion.where?.tool_name)
    if (number.score < 100) return number
    const { approval, preceded_by } = criterion
    if (approval !== undefined) {
      const other = found.find(({ step }) => !approval.some((state) => state === step.approval?.state))
      if (other !== undefined) return missed(`${named(other)} ${approvalOf(other)}; expected ${either(approval)}`)
      const claimed = found.filter(({ step }) => step.approval?.state === 'approved').length
      const given = evidence.approvals.filter(({ decision }) => decision === 'approved').length
      // Nobody but the bench approves anything in a trial.
      if (claimed > given)
        return missed(
          `found ${counted(claimed, 'step')} with an approval; the bench gave ${counted(given, 'approval')}`,
        )
    }
    if (preceded_by !== undefined) {
      const isBefore = compileSelector(preceded_by)
      const [first] = withoutPredecessor(
        found,
        steps.filter(({ step }) => isBefore(step)),
      )
      if (first !== undefined) return missed(`${named(first)} comes without the step that is expected before it`)
    }
    return number
  })
}

/**
 * Whether as many were found as were asked for: `min` is 1 unless `min` or `max` is given. Of too few each one counts.
 * @param tools names of the tools that it is about, for the sentence
 */
export function judgeNumber(
  found: number,
  noun: string,
  { min, max }: Pick<BenchCriterion, 'min' | 'max'>,
  tools: readonly string[] = [],
): Outcome {
  const least = min ?? (max === undefined ? 1 : 0)
  const words = `found ${counted(found, noun)}${tools.length === 0 ? '' : ` of ${either(tools.map((tool) => shown(tool)))}`}`
  const expected = `${words}; expected ${range(least, max)}`
  if (found < least) return partly(found / least, expected)
  return max !== undefined && found > max ? missed(expected) : met(words)
}

const named = ({ step, index, run }: PlacedStep): string => {
  const of = typeof step.tool_name === 'string' ? ` (${shown(step.tool_name)})` : ''
  return `step ${index + 1}${of} of run ${shown(run.id)}`
}

const approvalOf = ({ step }: PlacedStep): string =>
  step.approval?.state === undefined ? 'says no approval state' : `has the approval state ${step.approval.state}`
