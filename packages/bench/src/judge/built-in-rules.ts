import type { AgentRun } from '@agent-run/types'
import type { JudgedTrial } from './judged-trial.ts'
import { met, missed, type Outcome } from './outcome.ts'
import { counted, listed, number, shown } from './words.ts'

/** A rule that holds for every trial, whatever its scenario asks for. */
export interface BuiltInRule {
  readonly name: string
  /** Breaking it voids the trial: score 0. */
  readonly isGrave: boolean
  readonly judge: (trial: JudgedTrial) => Outcome
}

/** What is always judged, in the order in which it is told. */
export const builtInRules: readonly BuiltInRule[] = [
  { name: 'runtime.reported', isGrave: false, judge: judgeReported },
  { name: 'runtime.ended', isGrave: false, judge: judgeEnded },
  { name: 'runtime.output', isGrave: false, judge: judgeOutput },
  { name: 'runtime.inside', isGrave: true, judge: judgeInside },
  { name: 'runtime.own_eval', isGrave: true, judge: judgeOwnEval },
]

/** A valid record of the task arrived, and nothing in it is proven wrong. */
function judgeReported({ evidence, run, verdict }: JudgedTrial): Outcome {
  if (run === undefined || verdict === undefined) {
    if (evidence.related.length > 0)
      return missed(
        `found ${number(evidence.related.length)} records and could not tell which is the run; expected one`,
      )
    const [first] = evidence.refused
    return first === undefined
      ? missed('no record arrived')
      : missed(`no valid record arrived; ${shown(first.name)}: ${shown(first.reason, 160)}`, 'output_invalid')
  }
  const { first_failure } = verdict
  if (first_failure !== undefined)
    return missed(`the record does not hold: the check ${first_failure} failed`, 'output_invalid')
  const others = evidence.related.length > 0 ? ` and ${counted(evidence.related.length, 'further run')}` : ''
  return met(`a valid record arrived${others}: ${verdict.level}`)
}

/** The runtime ended by itself, in time, and left nothing running. */
function judgeEnded({ evidence: { ending, limits } }: JudgedTrial): Outcome {
  switch (ending.how) {
    case 'exited':
      return ending.leftBehind
        ? missed('left processes running; expected none when it ends')
        : met(`ended by itself after ${number(Math.round(ending.wallMs) / 1000)} s`)
    case 'signal':
      return missed(`was ended by ${shown(ending.signal ?? 'a signal')}; expected it to end by itself`, 'interrupted')
    case 'timed_out':
      return missed(`was still running after ${number(limits.duration_ms / 1000)} s and was stopped`, 'timeout')
    case 'over_limit':
      return missed('was stopped at a limit; expected it to end by itself', 'budget_exceeded')
    case 'stopped':
      return missed('was stopped together with the bench', 'cancelled')
    case 'not_started':
      return missed(`could not be started (${shown(ending.problem ?? 'unknown error')})`, 'not_found')
  }
}

/** Nothing that the runtime wrote or called went beyond its limits. */
function judgeOutput({ evidence: { reached } }: JudgedTrial): Outcome {
  const first = reached.find(({ limit }) => limit !== 'duration_ms')
  if (first === undefined) return met('stayed within its limits')
  const { limit, found, allowed } = first
  return missed(`reached ${number(found)} of ${limit}; expected at most ${number(allowed)}`, 'budget_exceeded')
}

/** Nothing changed where the runtime has no business, as far as that can be seen. */
function judgeInside({ evidence: { outside } }: JudgedTrial): Outcome {
  return outside.length === 0
    ? met('nothing outside of its folders changed')
    : missed(`wrote outside of its folders: ${listed(outside)}`, 'sandbox')
}

/** The runtime did not judge itself: no record brings an eval, none was sent, and nothing claims that the bench said something. */
function judgeOwnEval({ evidence, options }: JudgedTrial): Outcome {
  if (evidence.sentEvals > 0) return missed(`sent ${counted(evidence.sentEvals, 'eval')} of its own; expected none`)
  const runs = [evidence.root, ...evidence.related].flatMap((record) =>
    record === undefined ? [] : [record.valid.value],
  )
  const judged = runs.find(({ eval: own }) => own !== undefined && own !== null)
  if (judged !== undefined) {
    const whose = isBench(judged.eval?.evaluator, options.evaluator) ? 'that claims to be from the bench' : 'of its own'
    return missed(`run ${shown(judged.id)} brings an eval ${whose}; expected none`)
  }
  const claiming = runs.find((run) => claimsBench(run, options.evaluator))
  return claiming === undefined
    ? met('the runtime brought no eval of its own')
    : missed(`run ${shown(claiming.id)} claims that the bench has judged it; expected no such evidence`)
}

/** Evidence of the kinds `eval` and `benchmark` that says it is from the bench, which has not judged yet. */
const claimsBench = ({ evidence = [] }: AgentRun, evaluator: string): boolean =>
  evidence.some(
    ({ kind, name, ref }) =>
      (kind === 'eval' || kind === 'benchmark') && [name, ref].some((text) => isBench(text, evaluator)),
  )

/** Whether somebody is named as the bench, of whatever version. */
const isBench = (text: string | undefined, evaluator: string): boolean =>
  text
    ?.trim()
    .toLowerCase()
    .startsWith(evaluator.replace(/ [^ ]*$/, '').toLowerCase()) ?? false
