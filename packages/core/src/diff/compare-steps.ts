import type { AgentRun, Difference, StepCounts, StepDifference } from '@agent-run/types'
import { compareNamed } from './difference.ts'
import { countInSteps } from './members.ts'
import { pairSteps, type Row } from './pair-steps.ts'
import { type Frame, frameOf, isTalk, mention, StepView } from './step-view.ts'
import type { Suppression } from './suppression.ts'

/** How the steps of two runs correspond. */
export interface StepComparison {
  /** The first steps that differ; `undefined`: all agree. */
  readonly divergence: StepDifference | undefined
  readonly steps: readonly StepDifference[]
  readonly counts: StepCounts
  readonly isExact: boolean
}

/**
 * Lays the steps of two runs side by side and says in what they differ.
 * @param most differences that are listed; the others are counted
 */
export const compareSteps = (
  before: AgentRun,
  after: AgentRun,
  suppressed: Suppression,
  most: number,
): StepComparison => {
  const frames = { before: frameOf(before), after: frameOf(after) }
  const old = viewsOf(before, frames.before)
  const fresh = viewsOf(after, frames.after)
  countTalk(before, after, suppressed)
  const { rows, isExact } = pairSteps(old, fresh)
  const counts = { same: 0, changed: 0, added: 0, removed: 0 }
  const steps: StepDifference[] = []
  let divergence: StepDifference | undefined
  // How far each run is.
  let [atOld, atFresh] = [0, 0]
  for (const row of rows) {
    const found = compareRow(row, suppressed)
    counts[found?.change ?? 'same']++
    const isDivergence = found !== undefined && divergence === undefined && !isMereCall(row)
    if (found && (steps.length < most || isDivergence)) {
      const difference = differenceOf(found, row, frames)
      if (steps.length < most) steps.push(difference)
      if (isDivergence) divergence = divergenceOf(difference, nextAct(old, atOld), nextAct(fresh, atFresh), frames)
    }
    if (row.before) atOld++
    if (row.after) atFresh++
  }
  suppressed.add('limit', counts.changed + counts.added + counts.removed - steps.length)
  return { divergence: divergence ?? steps[0], steps, counts, isExact }
}

/** Whether a row is one request to a model more or less, which by itself does nothing. */
const isMereCall = ({ before, after }: Row): boolean =>
  (before === undefined || after === undefined) && isCall(before ?? after)

const isCall = (view: StepView | undefined): boolean =>
  view?.step.type === 'model_call' && (view.step.status ?? 'succeeded') === 'succeeded'

/** The next step of a run that is more than a request to a model. */
const nextAct = (views: readonly StepView[], from: number): StepView | undefined => {
  for (let at = from; at < views.length; at++) if (!isCall(views[at])) return views[at]
  return undefined
}

const viewsOf = ({ steps }: AgentRun, frame: Frame): StepView[] =>
  steps.flatMap((step, index) => (isTalk(step) ? [] : [new StepView(step, index, frame)]))

/** Words of models are not compared one by one; how many steps of them only one run has is counted. */
const countTalk = (before: AgentRun, after: AgentRun, suppressed: Suppression): void => {
  const [old, fresh] = [before, after].map(
    ({ steps }) => new Set(steps.filter(isTalk).map((step) => step.output_preview)),
  )
  suppressed.add('texts', [...fresh!].filter((text) => !old!.has(text)).length)
}

interface Frames {
  readonly before: Frame
  readonly after: Frame
}

/** What a row says, before it is put into words. */
interface Found {
  readonly change: StepDifference['change']
  readonly differences: readonly Difference[]
}

const compareRow = ({ before, after }: Row, suppressed: Suppression): Found | undefined => {
  if (before === undefined) return { change: 'added', differences: [] }
  if (after === undefined) return { change: 'removed', differences: [] }
  countInSteps(before.step, after.step, after.index, suppressed)
  const differences = compareViews(before, after, suppressed)
  return differences.length === 0 ? undefined : { change: 'changed', differences }
}

const differenceOf = ({ change, differences }: Found, { before, after }: Row, frames: Frames): StepDifference => ({
  change,
  ...(before === undefined ? {} : { before: mention(before, frames.before) }),
  ...(after === undefined ? {} : { after: mention(after, frames.after) }),
  ...(differences.length === 0 ? {} : { differences: [...differences] }),
})

/** Members that say something only where both records have them. */
const ONLY_IF_RECORDED = new Set(['input_preview', 'permission'])

const compareViews = (before: StepView, after: StepView, suppressed: Suppression): Difference[] => {
  const isErased = before.isErased || after.isErased
  const differences = compareNamed(before.settings, after.settings).flatMap((difference) =>
    difference.name === 'model' ? modelDifference(before, after) : [difference],
  )
  const kept = differences.filter(({ name, change }) => {
    if (isErased && (name === 'input_preview' || name === 'side_effects')) return false
    return change === 'changed' || !ONLY_IF_RECORDED.has(name)
  })
  if (isErased) suppressed.add('erased', differences.length - kept.length, after.index)
  if (before.step.model !== after.step.model && !kept.some(({ name }) => name === 'model'))
    suppressed.add('configuration', 1, after.index)
  return kept
}

/** A step whose model is its run's does not tell it; beside one of another model it does. */
const modelDifference = ({ step: before }: StepView, { step: after }: StepView): Difference[] => {
  const settings = (model: string | undefined): Map<string, string> =>
    new Map(model === undefined ? [] : [['model', model]])
  return compareNamed(settings(before.model), settings(after.model))
}

/** What each run did where they part: beside a step that only one of them has, what the other did next. */
const divergenceOf = (
  difference: StepDifference,
  before: StepView | undefined,
  after: StepView | undefined,
  frames: Frames,
): StepDifference => ({
  ...(before === undefined ? {} : { before: mention(before, frames.before) }),
  ...(after === undefined ? {} : { after: mention(after, frames.after) }),
  ...difference,
})
