import type { CaseOutcome, Report } from '../suite/index.ts'
import { capital, count, cut, duration, plainSentence } from './text.ts'
import { type Finding, headlineOf, ratioOf, seenOf, standingOf, type View, viewOf, wordsOf } from './view.ts'

/** Rows of a table, and cases whose command line is shown. */
const ROWS = 60
const COMMANDS = 20

/** A longer command line stands in the JSON report only, in characters. */
const LONGEST_COMMAND = 2000

/** Longest message in a cell, in characters. */
const LONGEST_MESSAGE = 200

/**
 * A summary for the page of a job or a pull request. Nothing that a subject says is markup in it: no link, no image, no
 * mention, no table cell.
 */
export const renderMarkdown = (report: Report): string => {
  const view = viewOf(report)
  const blocks = [
    heading(view),
    capabilityTable(view),
    findingTable('Not kept', view.failures),
    findingTable('Warnings', view.warnings),
    obstacleTable(view),
    lists(view),
    commands(view),
    footer(view),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const heading = (view: View): string => {
  const { subject } = view.report
  const mark = { pass: '✅', held: '🟡', fail: '❌', untested: '❔' }[standingOf(view)]
  const seen = seenOf(view.report)
  const name = [subject.name ?? subject.address, subject.version].filter((part) => part !== null).join(' ')
  return `### ${mark} ${quoted(name)}: ${text(headlineOf(view))}\n\n**${ratioOf(view)}**${seen === '' ? '' : ` · ${text(seen)}`}`
}

const capabilityTable = ({ capabilities, undeclared, report }: View): string => {
  const rows = capabilities.map(
    ({ name, kept, scored, failed, warned, untestable }) =>
      `| ${text(name)} | ${kept} of ${scored} | ${failed || ''} | ${warned || ''} | ${untestable || ''} |`,
  )
  const table = ['| capability | kept | not kept | warnings | not tested |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  )
  const names = undeclared.map(({ name, requirements }) => `${text(name)} (${requirements})`).join(', ')
  return `${rows.length === 0 ? '' : table}${names === '' ? '' : `\n\n${capital(wordsOf(report.role).lacks)}: ${names}`}`
}

const findingTable = (title: string, findings: readonly Finding[]): string => {
  if (findings.length === 0) return ''
  const rows = findings.slice(0, ROWS).map(({ requirement, cases }) => {
    const { requirement: id, strength, spec, text: sentence } = requirement
    const [first] = cases
    const what =
      first === undefined ? '' : `${quoted(first.id)} ${quoted(cut(first.messages.join('; '), LONGEST_MESSAGE))}`
    const others = cases.length > 1 ? ` (and ${cases.length - 1} more)` : ''
    return `| ${text(id)} | ${strength} | ${text(plainSentence(sentence))} (${text(spec)}) | ${what}${others} |`
  })
  return [
    `#### ${title} (${findings.length})`,
    '',
    '| sentence | | it says | what was found |',
    '|---|---|---|---|',
    ...rows,
    ...rest(findings.length),
  ].join('\n')
}

const obstacleTable = ({ obstacles }: View): string => {
  if (obstacles.length === 0) return ''
  const rows = obstacles
    .slice(0, ROWS)
    .map(
      ({ reason, advice, requirements, cases }) =>
        `| ${quoted(cut(reason, LONGEST_MESSAGE))} | ${text(advice ?? '')} | ${count(requirements.length, 'requirement')}, ${count(cases, 'case')} |`,
    )
  return [
    '#### Not tested',
    '',
    '| because | what to do | |',
    '|---|---|---|',
    ...rows,
    ...rest(obstacles.length),
  ].join('\n')
}

const rest = (length: number): readonly string[] =>
  length > ROWS ? ['', `and ${length - ROWS} more, which stand in the JSON report`] : []

const lists = ({ known, problems }: View): string => {
  const lines = [
    ...(known.length === 0 ? [] : [`Known, in the baseline: ${count(known.length, 'requirement')}`]),
    ...problems.slice(0, ROWS).map((problem) => `- ❌ baseline: ${quoted(problem)}`),
    ...rest(problems.length),
  ]
  return lines.join('\n')
}

const commands = ({ failures }: View): string => {
  const shown = failures
    .flatMap(({ cases }) => cases.slice(0, 1))
    .filter(({ reproduce }) => reproduce !== undefined && reproduce.length <= LONGEST_COMMAND)
    .slice(0, COMMANDS)
  if (shown.length === 0) return ''
  return ['<details><summary>Reproduce</summary>', '', ...shown.flatMap(fenced), '</details>'].join('\n')
}

const fenced = ({ id, requirement, reproduce = '', replay }: CaseOutcome): readonly string[] => {
  const lines = [reproduce, ...(replay === undefined ? [] : [replay])]
  const longest = Math.max(2, ...Array.from(lines.join(' ').matchAll(/`+/g), ([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${text(requirement)} ${quoted(id)}`, '', `${fence}sh`, ...lines, fence, '']
}

const footer = (view: View): string => {
  const { suite, profile, role, seed, subject } = view.report
  const parts = [
    text(`${suite.name} ${suite.version}`),
    text(`profile ${profile}`),
    role,
    quoted(subject.address),
    `seed ${quoted(seed)}`,
    duration(view.milliseconds),
  ]
  return `<sub>${parts.join(' · ')}</sub>`
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }

/** Tidy text for one line or one cell: nothing in it is markup, a link, a mention, an emoji or a reference to an issue. */
const text = (tidy: string): string =>
  tidy
    .replace(/[\\`*_{}[\]()<>|~$&!]/g, (character) => entities[character] ?? `\\${character}`)
    .replace(/^(\s*)([-+=]|\d+(?=[.)\\]))/, (_, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
    )
    .replace(/#/g, '&#35;')
    .replace(/@/g, '&#64;')
    .replace(/:/g, '&#58;')
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}&#46;`)

/** Text of a subject. In `<code>` GitHub looks for no mention and no reference either. */
const quoted = (tidy: string): string => (tidy === '' ? '' : `<code>${text(tidy)}</code>`)
