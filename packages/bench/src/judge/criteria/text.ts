import type { BenchCriterion } from '@agent-run/types'
import { judgeContent } from '../content-rules.ts'
import type { Content } from '../folder-view.ts'
import { judgeInTime } from '../judge-in-time.ts'
import { type JudgedTrial, streamText } from '../judged-trial.ts'
import { missed, type Outcome } from '../outcome.ts'
import { shown } from '../words.ts'

/** `text`: what stands in the answer, in an output stream or in a file. */
export async function judgeText(criterion: BenchCriterion, trial: JudgedTrial): Promise<Outcome> {
  const { place, content } = await textOf(criterion, trial)
  if ('problem' in content) return missed(`${place} ${content.problem}; expected a text`, 'not_found')
  return judgeInTime(() => judgeContent(criterion, [content.value], place))
}

/** The text that a criterion is about, and what to call it. */
export async function textOf(
  { of, path = '' }: Pick<BenchCriterion, 'of' | 'path'>,
  { evidence, workspace, answer }: JudgedTrial,
): Promise<{ readonly place: string; readonly content: Content<string> }> {
  if (of === undefined) return { place: shown(path), content: await workspace.text(path) }
  if (of === 'output') return { place: 'the answer', content: await answer() }
  return { place: of, content: { value: streamText(evidence[of].octets) } }
}
