import { markdownText as md } from '@agent-run/core/text'
import type { BenchComparison } from '@agent-run/types'
import { markdownCell } from '../report/words.ts'
import { type ChangeView, comparisonView } from './view.ts'

const MARKS = { worse: '❌', unsure: '⚠️', better: '✅', aside: '➖' } as const

/** A comparison as Markdown, for a comment on a change: nothing in it that came from elsewhere is markup. */
export const renderMarkdown = (comparison: BenchComparison): string => {
  const { headline, pass, sides, notes, rows, same, whole, rule } = comparisonView(comparison)
  const cells = ({ measure, before, after, confidence }: ChangeView): string =>
    [measure, `${before} → ${after}`, confidence].map(markdownCell).join(' | ')
  const changed = rows.flatMap(({ name, mark, word, changes }) =>
    changes.length === 0
      ? [`| ${MARKS[mark]} ${md(name)} | ${md(word)} | | |`]
      : changes.map((change, index) => `| ${index === 0 ? `${MARKS[mark]} ${md(name)}` : ''} | ${cells(change)} |`),
  )
  const blocks = [
    `## ${pass ? '✅' : '❌'} ${md(headline)}`,
    sides.map(({ label, name, about }) => `- ${label}: **${md(name)}** ${md(about)}`).join('\n'),
    notes.map((note) => `> ⚠️ ${md(note)}`).join('\n>\n'),
    [
      '| scenario | measure | before → after | how sure |',
      '|---|---|---|---|',
      ...changed,
      ...whole.map((change) => `| **the whole** | ${cells(change)} |`),
    ].join('\n'),
    same.length === 0 ? '' : `As before: ${same.map(md).join(', ')}`,
    md(rule),
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
