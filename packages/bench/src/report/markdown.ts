import { duration, markdownText as md } from '@agent-run/core/text'
import type { BenchReport } from '@agent-run/types'
import { type Row, type View, viewOf } from './view.ts'
import {
  callsOf,
  costOf,
  faultWords,
  headlineOf,
  markdownCell,
  passesOf,
  scoreOf,
  standingOf,
  timeOf,
} from './words.ts'

const MARKS = { pass: '✅', fail: '❌', part: '⚠️' } as const

/** The report as Markdown, for a job summary or a comment: nothing in it that came from elsewhere is markup. */
export const renderMarkdown = (report: BenchReport): string => {
  const view = viewOf(report)
  const blocks = [heading(view), table(view), reasons(view), facts(view)].filter((block) => block !== '')
  return `${blocks.join('\n\n')}\n`
}

const heading = (view: View): string => {
  const { pack, title, amounts } = view
  return `## ${MARKS[standingOf(view)]} ${md(pack)}: ${md(headlineOf(view))}, score ${scoreOf(amounts.score)}${title === '' ? '' : `\n\n${md(title)}`}`
}

const table = ({ rows }: View): string => {
  if (rows.length === 0) return ''
  const lines = rows.map((row) => {
    const mark = row.pass ? MARKS.pass : row.passed > 0 ? MARKS.part : MARKS.fail
    const cells = [
      scoreOf(row.amounts.score),
      passesOf(row),
      costOf(row.amounts, row.trials),
      timeOf(row.amounts),
      callsOf(row.amounts, row.trials),
    ]
    return `| ${mark} ${md(row.scenario)} | ${cells.map(markdownCell).join(' | ')} |`
  })
  return ['| scenario | score | passed | cost | time | tool calls |', '|---|--:|---|--:|--:|--:|', ...lines].join('\n')
}

const reasons = ({ rows }: View): string => {
  const worth = rows.filter(
    ({ faults, violations, regressionFrom }) => faults.length + violations.length > 0 || regressionFrom !== undefined,
  )
  return worth.map(reasonsOf).join('\n\n')
}

const reasonsOf = (row: Row): string => {
  const { scenario, faults, violations, hints, regressionFrom, trials } = row
  const line = (sign: string) => (fault: Row['faults'][number]) => {
    const { name, why } = faultWords(fault, trials)
    return `- ${sign}**${md(name)}**${why === '' ? '' : `: ${md(why)}`}`
  }
  return [
    `**${md(scenario)}**`,
    '',
    ...violations.map(line('⛔ ')),
    ...faults.map(line('')),
    ...hints.map((hint) => `- ${md(hint)}`),
    ...(regressionFrom === undefined ? [] : [`- ↓ worse than in the baseline: ${md(regressionFrom)}`]),
  ].join('\n')
}

const facts = (view: View): string => {
  const { command, agents, seed, repeats, amounts, trials, durationMs, digest, software, endedAt } = view
  const rows = [
    ['Runtime', command],
    ...(agents.length === 0 ? [] : [['Agents', agents.join(', ')]]),
    ['Seed and repeats', `${seed}, ${repeats}`],
    ['Cost', costOf(amounts, trials)],
    ['Time', duration(durationMs)],
    ['Pack', digest],
    ['Judged by', `${software}, ${endedAt}`],
  ]
  return rows.map(([name = '', value = '']) => `- ${name}: ${md(value)}`).join('\n')
}
