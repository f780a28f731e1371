import { isObject, listOf, objectOf, textOf } from '../../semantics/object.ts'
import type { Failure } from '../outcome.ts'
import { type Approvals, hasRun } from './gather.ts'
import { deniedRan, type Judgement } from './judge.ts'

/** One approval for two steps (AR-APPR-028). */
export const replayed = ({ steps, events }: Approvals): Failure | undefined => {
  const failure = (path: string): Failure => ({
    code: 'approvals.replayed',
    path,
    detail: 'one approval approves two steps',
    expected: 'one step for one approval_id',
    found: 'a second one',
  })
  const used = new Set<string>()
  for (const { approvalId, path, isAuto } of steps) {
    if (isAuto || approvalId === undefined) continue
    if (used.has(approvalId)) return failure(path)
    used.add(approvalId)
  }
  const named = new Map<string, string>()
  for (const { value, path, isCopied } of events) {
    const id = textOf(value, 'approval_id')
    const stepId = textOf(value, 'step_id')
    if (value.event !== 'approved' || isCopied || id === undefined || stepId === undefined) continue
    if ((named.get(id) ?? stepId) !== stepId) return failure(path)
    named.set(id, stepId)
  }
  return undefined
}

/** The first step that ran although a signed decision denies it, and no later one allows it (AR-APPR-038). */
export const ranDenied = ({ context, denials }: Approvals, judgements: readonly Judgement[]): Failure | undefined => {
  const judged = new Map(judgements.map((each) => [each.step.path, each]))
  const steps = listOf(context.run, 'steps')
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]
    if (!isObject(step) || !denials.has(textOf(step, 'id')) || !hasRun(step)) continue
    if (objectOf(step, 'approval')?.state === 'denied') continue
    const path = `/steps/${index}`
    const judgement = judged.get(path)
    // What rests on a decision was judged with it.
    if (judgement?.isFounded && judgement.failure?.code !== 'approvals.denied_ran') continue
    return deniedRan(path)
  }
  return undefined
}
