import {
  displayWidth,
  dollars,
  duration,
  harmlessLines,
  lineOf,
  markdownText as md,
  pad,
  styleOf,
  visible,
  wrap,
} from '@agent-run/core/text'
import type { Leaderboard, LeaderboardGroup } from '@agent-run/types'
import { groupBy } from '../report/group.ts'
import { renderJson } from '../report/json.ts'
import type { TerminalOptions } from '../report/terminal.ts'
import { markdownCell } from '../report/words.ts'

/** How a leaderboard can be shown. */
export type LeaderboardFormat = 'pretty' | 'json' | 'markdown' | 'line'

/** Names of the formats. */
export const leaderboardFormats: readonly LeaderboardFormat[] = ['pretty', 'json', 'markdown', 'line']

/** A leaderboard in a format. */
export const renderLeaderboard = (
  format: LeaderboardFormat,
  leaderboard: Leaderboard,
  terminal: TerminalOptions,
): string => {
  if (format === 'json') return renderJson(leaderboard)
  if (format === 'markdown') return renderMarkdown(leaderboard)
  return format === 'line' ? renderLine(leaderboard) : renderTerminal(leaderboard, terminal)
}

/** Columns of a name. */
const NAME = 60

const HEADS = ['passed', '', 'score', 'cost', 'time'] as const

interface Row {
  readonly name: string
  readonly cells: readonly string[]
}

const rowOf = (group: LeaderboardGroup): Row => {
  const { runs, passed, mean_score, cost_usd_total, cost_known, mean_duration_ms } = group
  const unknown = runs - cost_known
  return {
    name: nameOf(group.group),
    cells: [
      `${passed} of ${runs}`,
      `${Math.floor((100 * passed) / runs)} %`,
      mean_score === undefined ? '–' : String(Number(mean_score.toFixed(1))),
      cost_usd_total === undefined
        ? 'unknown'
        : `${dollars(cost_usd_total)}${unknown === 0 ? '' : ` (${unknown} unknown)`}`,
      mean_duration_ms === undefined ? 'unknown' : duration(mean_duration_ms),
    ],
  }
}

const nameOf = (text: string | undefined): string =>
  text === undefined
    ? '(not named)'
    : visible(
        Array.from(text.slice(0, 2 * NAME))
          .slice(0, NAME)
          .join(''),
      )

/** Groups of each benchmark, benchmarks by name. */
const sections = ({ groups }: Leaderboard): readonly (readonly [string, readonly Row[]])[] =>
  Array.from(
    groupBy(groups, ({ benchmark_id }) => benchmark_id ?? ''),
    ([name, each]) => [visible(name.slice(0, 200)), each.map(rowOf)] as const,
  ).toSorted(([a], [b]) => (a < b ? -1 : 1))

const renderTerminal = (leaderboard: Leaderboard, { color, width }: TerminalOptions): string => {
  const style = styleOf(color)
  const parts = sections(leaderboard)
  if (parts.length === 0) return 'no evaluated runs\n'
  const rows = parts.flatMap(([, each]) => each)
  const names = Math.max(displayWidth(leaderboard.by), ...rows.map(({ name }) => displayWidth(name)))
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...rows.map(({ cells }) => displayWidth(cells[column] ?? ''))),
  )
  const fits = names + 5 + widths.reduce((sum, each) => sum + each + 3, 0) <= width
  const right = (text: string, column: number): string =>
    ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(text))) + text
  const lines = parts.flatMap(([title, each], index) => [
    ...(index === 0 ? [] : ['']),
    ...(title === '' ? [] : [style.bold(title)]),
    ...(fits
      ? [
          style.dim(
            ['    ', pad(leaderboard.by, names), ...HEADS.map((head, column) => `   ${right(head, column)}`)]
              .join('')
              .trimEnd(),
          ),
        ]
      : []),
    ...each.flatMap(({ name, cells }, rank) => {
      const place = style.dim(`${String(rank + 1).padStart(3)} `)
      if (fits)
        return [
          `${place}${style.bold(pad(name, names))}${cells.map((cell, column) => `   ${right(cell, column)}`).join('')}`,
        ]
      const words = [`${cells[0]} (${cells[1]})`, `score ${cells[2]}`, `cost ${cells[3]}`, `time ${cells[4]}`].join(
        ' · ',
      )
      return [`${place}${style.bold(name)}`, ...wrap(words, Math.max(20, width - 4)).map((line) => `    ${line}`)]
    }),
  ])
  return harmlessLines(`${lines.join('\n')}\n`)
}

const renderMarkdown = (leaderboard: Leaderboard): string => {
  const parts = sections(leaderboard).map(([title, rows]) => {
    const lines = rows.map(
      ({ name, cells: [passed = '', share = '', ...rest] }, rank) =>
        `| ${[String(rank + 1), md(name), ...[`${passed} (${share})`, ...rest].map(markdownCell)].join(' | ')} |`,
    )
    return `${title === '' ? '' : `### ${md(title)}\n\n`}| | ${md(leaderboard.by)} | passed | score | cost | time |\n|--:|---|--:|--:|--:|--:|\n${lines.join('\n')}`
  })
  return `${parts.length === 0 ? 'No evaluated runs.' : parts.join('\n\n')}\n`
}

const renderLine = (leaderboard: Leaderboard): string => {
  const lines = sections(leaderboard).flatMap(([title, rows]) =>
    rows.map(({ name, cells: [passed, share, score, cost, time] }, rank) =>
      [
        `${title === '' ? '' : `${lineOf([title])}: `}${rank + 1}: ${lineOf([name])}`,
        `passed ${passed} (${share}), score ${score}, cost ${cost}, time ${time}`,
      ].join(': '),
    ),
  )
  return harmlessLines(lines.map((line) => `${line}\n`).join(''))
}
