import type { BenchCriterion } from '@agent-run/types'
import type { JudgedTrial } from '../judged-trial.ts'
import type { Outcome } from '../outcome.ts'
import { judgeCost, judgeTime } from './bounds.ts'
import { judgeApprovals, judgeCalls } from './calls.ts'
import { judgeCommand } from './command.ts'
import { judgeFile } from './file.ts'
import { judgeJson } from './json.ts'
import { judgeRecord } from './record.ts'
import { judgeSteps } from './steps.ts'
import { judgeText } from './text.ts'
import { judgeTree } from './tree.ts'

type JudgeKind = (criterion: BenchCriterion, trial: JudgedTrial) => Outcome | Promise<Outcome>

const kinds: Readonly<Record<BenchCriterion['kind'], JudgeKind>> = {
  file: judgeFile,
  tree: judgeTree,
  json: judgeJson,
  command: judgeCommand,
  text: judgeText,
  steps: judgeSteps,
  calls: judgeCalls,
  approvals: judgeApprovals,
  cost: judgeCost,
  time: judgeTime,
  record: judgeRecord,
}

/** Judges a trial by one criterion of a pack that was found right. */
export const judgeCriterion = async (criterion: BenchCriterion, trial: JudgedTrial): Promise<Outcome> =>
  kinds[criterion.kind](criterion, trial)
