import { harmlessLines, lineOf } from '@agent-run/core/text'
import type { BenchComparison } from '@agent-run/types'
import { comparisonView } from './view.ts'

/** A comparison in lines for `grep`, build logs and annotations: one a difference, one a note, one for the whole. */
export const renderLine = (comparison: BenchComparison): string => {
  const { packId: pack, headline, rows, notes, whole } = comparisonView(comparison)
  const severities = { worse: 'error', unsure: 'warning', better: 'note', aside: 'note' } as const
  const lines = rows.flatMap(({ name, mark, word, changes }) => {
    const place = lineOf([`${pack}/${name}`])
    const details = changes.map(
      ({ measure, before, after, confidence }) =>
        `${measure} ${before} → ${after}${confidence === '' ? '' : `, ${confidence}`}`,
    )
    return `${place}: ${severities[mark]}: ${[word, ...details].join('; ')}`
  })
  const sums = whole.map(({ measure, before, after }) => `${measure} ${before} → ${after}`)
  return harmlessLines(
    `${[...notes.map((note) => `${lineOf([pack])}: warning: ${note}`), ...lines, `${lineOf([pack])}: ${headline}: ${sums.join(', ')}`].join('\n')}\n`,
  )
}
