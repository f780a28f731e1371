import type { CaseOutcome, Report } from '../suite/index.ts'
import { type Style, styleOf } from './style.ts'
import { count, duration, harmlessLines, plainSentence } from './text.ts'
import {
  type CapabilitySum,
  type Finding,
  headlineOf,
  type Obstacle,
  ratioOf,
  seenOf,
  standingOf,
  type View,
  viewOf,
  wordsOf,
} from './view.ts'
import { columns, pad, wrap } from './wrap.ts'

/** How a report is written to a terminal. */
export interface TerminalOptions {
  readonly color: boolean
  /** Columns of the terminal. */
  readonly width: number
}

/** Findings that are shown in full; those behind them get a line each. */
const IN_FULL = 40

/** Cases of a finding that are shown, and messages of each. */
const CASES = 3
const MESSAGES = 3

/** A longer command line is named, not shown, in characters. */
const LONGEST_COMMAND = 1500

/** Ids that are listed behind each other. */
const LISTED = 12

/** Things to look at that are listed below each other. */
const DETAILS = 30

/** The report for a person at a terminal: the verdict, what fails and how to see it again, then everything else. */
export const renderTerminal = (report: Report, { color, width }: TerminalOptions): string => {
  const view = viewOf(report)
  const pen: Pen = { style: styleOf(color), width: Math.min(Math.max(width, 40), 120) }
  const blocks = [
    heading(view, pen),
    capabilities(view, pen),
    findings('Not kept', view.failures, '✗', pen),
    findings('Warnings', view.warnings, '!', pen),
    untested(view, pen),
    known(view, pen),
    problems(view, pen),
  ].filter((lines) => lines.length > 0)
  const lines = blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  const closing = lines.length > 24 ? ['', ...verdict(view, pen), ...whereMoreIs(view, pen)] : []
  return harmlessLines(`${[...lines, ...closing].join('\n')}\n`)
}

interface Pen {
  readonly style: Style
  readonly width: number
}

const heading = (view: View, pen: Pen): readonly string[] => {
  const { subject, role, profile, level, seed, suite, only } = view.report
  const name = [subject.name, subject.version].filter((part) => part !== null).join(' ')
  const seen = seenOf(view.report)
  const about = [
    ...(name === '' ? [] : [subject.address]),
    role,
    `profile ${profile}${level === null ? '' : `, level ${level}`}`,
    ...(subject.capabilities.length > 0 ? [`${wordsOf(role).has} ${listed(subject.capabilities)}`] : []),
    `seed ${seed}`,
    `${suite.name} ${suite.version}`,
    ...(only.length > 0 ? [`only ${listed(only)}`] : []),
  ]
  return [
    ...wrap(name === '' ? subject.address : name, pen.width).map(pen.style.bold),
    ...wrap(about.join(' · '), pen.width).map(pen.style.dim),
    ...(seen === '' ? [] : wrap(seen, pen.width)),
    '',
    ...verdict(view, pen),
  ]
}

const verdict = (view: View, { style, width }: Pen): readonly string[] => {
  const [mark, paint] = {
    pass: ['✓', style.green] as const,
    held: ['~', style.yellow] as const,
    fail: ['✗', style.red] as const,
    untested: ['?', style.yellow] as const,
  }[standingOf(view)]
  const head = `${mark} ${headlineOf(view)}`
  const rest = `${ratioOf(view)} · ${duration(view.milliseconds)}`
  const fits = columns(head) + 3 + columns(rest) <= width
  return fits
    ? [`${style.bold(paint(head))}   ${rest}`]
    : [...wrap(head, width).map((line) => style.bold(paint(line))), ...wrap(rest, width - 2).map((line) => `  ${line}`)]
}

const whereMoreIs = ({ failures, warnings }: View, { style, width }: Pen): readonly string[] =>
  [...failures, ...warnings].some(({ cases }) => cases.length > CASES)
    ? indented('every case: --format line · every case with its command line: --report FILE', 2, width).map(style.dim)
    : []

const capabilities = (view: View, pen: Pen): readonly string[] => {
  const { style, width } = pen
  const names = Math.max(...view.capabilities.map(({ name }) => columns(name)), 0)
  const digits = Math.max(...view.capabilities.map(({ scored }) => String(scored).length), 0)
  const rows = view.capabilities.flatMap((sum) => {
    const full = sum.kept === sum.scored
    const numbers = `${String(sum.kept).padStart(digits)} of ${String(sum.scored).padStart(digits)}`
    const row = `  ${pad(sum.name, names)}  ${bar(sum, style)}  ${full ? style.green(numbers) : numbers}`
    const parts = shortfall(sum)
    if (parts.length === 0) return [row]
    const fits = names + CELLS + numbers.length + 9 + columns(parts.map(({ text }) => text).join(' · ')) <= width
    const painted = parts.map(({ text, color }) => style[color](text))
    return fits ? [`${row}   ${painted.join(' · ')}`] : [row, ...painted.map((part) => `    ${part}`)]
  })
  const undeclared = view.undeclared.map(({ name, requirements }) => `${name} (${requirements})`).join(', ')
  const last =
    undeclared === ''
      ? []
      : wrap(`${wordsOf(view.report.role).lacks}: ${undeclared}`, width - 2).map((line) => `  ${style.dim(line)}`)
  return [...rows, ...last]
}

const CELLS = 20

const bar = ({ kept, scored }: CapabilitySum, style: Style): string => {
  // A bar is full only if everything is kept.
  const cells = kept === scored ? CELLS : Math.min(CELLS - 1, Math.round((kept / scored) * CELLS))
  const paint = kept === scored ? style.green : style.yellow
  return paint('━'.repeat(cells)) + style.dim('─'.repeat(CELLS - cells))
}

const shortfall = ({ failed, warned, untestable }: CapabilitySum) =>
  [
    { number: failed, text: `${failed} not kept`, color: 'red' },
    { number: warned, text: count(warned, 'warning'), color: 'yellow' },
    { number: untestable, text: `${untestable} not tested`, color: 'yellow' },
  ].filter(({ number }) => number > 0) as readonly { readonly text: string; readonly color: 'red' | 'yellow' }[]

const findings = (title: string, list: readonly Finding[], mark: string, pen: Pen): readonly string[] => {
  if (list.length === 0) return []
  const rest = list.slice(IN_FULL)
  return [
    section(title, list.length, pen),
    ...list.slice(0, IN_FULL).flatMap((finding) => ['', ...inFull(finding, mark, pen)]),
    ...(rest.length === 0 ? [] : ['', ...rest.flatMap((finding) => inShort(finding, mark, pen))]),
  ]
}

const section = (title: string, number: number, { style }: Pen): string =>
  `${style.bold(title)} ${style.dim(String(number))}`

const inFull = ({ requirement, cases }: Finding, mark: string, pen: Pen): readonly string[] => {
  const { style, width } = pen
  const paint = mark === '✗' ? style.red : style.yellow
  const { requirement: id, strength, capability, spec, text } = requirement
  const rest = cases.length - CASES
  return [
    ...labelled(`${paint(mark)} ${style.bold(id)}  `, columns(id) + 4, `${strength} · ${capability} · ${spec}`, width),
    ...indented(plainSentence(text), 2, width),
    ...cases.slice(0, CASES).flatMap((each) => caseLines(each, pen)),
    ...(rest > 0 ? [`    ${style.dim(`and ${count(rest, 'more case')}`)}`] : []),
    ...command(cases[0]?.reproduce, style),
    ...command(cases[0]?.replay, style),
  ]
}

/** A label and what stands behind it, which goes on below it where it is too long. */
const labelled = (label: string, taken: number, text: string, width: number): readonly string[] => {
  const [first = '', ...others] = wrap(text, Math.max(width - taken, 20))
  return [label + first, ...others.map((line) => ' '.repeat(taken) + line)]
}

const caseLines = ({ id, messages }: CaseOutcome, { style, width }: Pen): readonly string[] => {
  const rest = messages.length - MESSAGES
  const [first = '', ...others] = messages.slice(0, MESSAGES)
  const fits = columns(id) + columns(first) + 6 <= width
  return [
    ...(fits
      ? [`    ${style.cyan(id)}  ${first}`]
      : [...indented(id, 4, width).map(style.cyan), ...indented(first, 6, width)]),
    ...others.flatMap((message) => indented(message, 6, width)),
    ...(rest > 0 ? [`      ${style.dim(`and ${rest} more`)}`] : []),
  ]
}

/** Of the simplest case, and not wrapped: it is there to be copied. */
const command = (reproduce: string | undefined, style: Style): readonly string[] => {
  if (reproduce === undefined) return []
  return reproduce.length > LONGEST_COMMAND
    ? [`    ${style.dim(`$ a command line of ${reproduce.length} characters: it stands in the JSON report`)}`]
    : [`    ${style.dim('$')} ${reproduce}`]
}

const inShort = ({ requirement, cases }: Finding, mark: string, { style, width }: Pen): readonly string[] => {
  const { requirement: id, strength, capability } = requirement
  const first = cases[0]?.messages[0] ?? ''
  const [line = '', ...others] = wrap(
    `${strength} · ${capability} · ${count(cases.length, 'case')}: ${first}`,
    width - id.length - 4,
  )
  return [
    `${(mark === '✗' ? style.red : style.yellow)(mark)} ${style.bold(id)}  ${line}${others.length > 0 ? ' …' : ''}`,
  ]
}

const untested = (view: View, pen: Pen): readonly string[] => {
  if (view.obstacles.length === 0) return []
  const requirements = new Set(view.obstacles.flatMap((each) => each.requirements)).size
  return [
    section('Not tested', requirements, pen),
    ...view.obstacles.slice(0, LISTED).flatMap((each) => obstacleLines(each, pen)),
    ...moreObstacles(view, pen),
  ]
}

const moreObstacles = ({ obstacles }: View, { style }: Pen): readonly string[] =>
  obstacles.length > LISTED
    ? ['', style.dim(`and ${obstacles.length - LISTED} more reasons: the JSON report has them`)]
    : []

const obstacleLines = (
  { reason, advice, cases, requirements, details }: Obstacle,
  { style, width }: Pen,
): readonly string[] => {
  const [first = '', ...others] = wrap(
    `${reason} – ${count(requirements.length, 'requirement')}, ${count(cases, 'case')}`,
    width - 2,
  )
  return [
    '',
    `${style.yellow('?')} ${first}`,
    ...others.map((line) => `  ${line}`),
    ...(advice === undefined ? [] : indented(`→ ${advice}`, 2, width).map(style.bold)),
    ...(details.length === 0
      ? indented(listed(requirements), 2, width).map(style.dim)
      : [...details.slice(0, DETAILS), ...(details.length > DETAILS ? [`and ${details.length - DETAILS} more`] : [])]
          .flatMap((detail) => indented(detail, 2, width))
          .map(style.dim)),
  ]
}

const known = (view: View, pen: Pen): readonly string[] =>
  view.known.length === 0
    ? []
    : [
        section('Known, in the baseline', view.known.length, pen),
        ...indented(listed(view.known.map(({ requirement }) => requirement.requirement)), 2, pen.width).map(
          pen.style.dim,
        ),
      ]

const problems = (view: View, pen: Pen): readonly string[] =>
  view.problems.length === 0
    ? []
    : [
        section('The baseline is out of date', view.problems.length, pen),
        ...view.problems.slice(0, IN_FULL).flatMap((problem) => {
          const [first = '', ...others] = wrap(problem, pen.width - 2)
          return [`${pen.style.red('✗')} ${first}`, ...others.map((line) => `  ${line}`)]
        }),
        ...(view.problems.length > IN_FULL ? [`  and ${view.problems.length - IN_FULL} more`] : []),
      ]

const indented = (text: string, by: number, width: number): readonly string[] =>
  wrap(text, width - by).map((line) => ' '.repeat(by) + line)

const listed = (names: readonly string[]): string =>
  names.length > LISTED ? `${names.slice(0, LISTED).join(', ')} and ${names.length - LISTED} more` : names.join(', ')
