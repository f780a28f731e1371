import {
  cut,
  displayWidth,
  duration,
  harmlessLines,
  lineOf,
  pad,
  type Style,
  styleOf,
  visible,
  wrap,
} from '@agent-run/core/text'
import type { BenchReport } from '@agent-run/types'
import type { Proof } from './proof.ts'
import { type Row, type View, viewOf } from './view.ts'
import { callsOf, costOf, count, faultWords, headlineOf, passesOf, scoreOf, standingOf, timeOf } from './words.ts'

/** How a report is written to a terminal. */
export interface TerminalOptions {
  readonly color: boolean
  /** Columns of the terminal. */
  readonly width: number
}

/** Where the results are, as the reader would name them, and what checks them. Absent: they are in no folder. */
export interface Place {
  readonly folder: string
  readonly proof?: Proof
}

interface Pen {
  readonly style: Style
  readonly width: number
}

/** Faults of a scenario that are shown, and agents in the heading. */
const FAULTS = 12
const AGENTS = 4

/** The report for a person at a terminal: what was run, how each scenario did and why not, what it comes to, what to do with it. */
export const renderTerminal = (report: BenchReport, place: Place | undefined, options: TerminalOptions): string => {
  const view = viewOf(report)
  const pen: Pen = { style: styleOf(options.color), width: Math.min(Math.max(options.width, 30), 110) }
  const blocks = [heading(view, pen), scenarios(view, pen), summary(view, pen), whatNow(view, place, pen)]
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  return harmlessLines(`${lines.join('\n')}\n`)
}

const heading = (view: View, { style, width }: Pen): readonly string[] => {
  const { pack, title, command, agents, seed, repeats, only } = view
  const more = agents.length > AGENTS ? [`and ${agents.length - AGENTS} more`] : []
  const about = [
    `seed ${seed}`,
    ...(repeats > 1 ? [`${repeats} repeats`] : []),
    ...(only.length > 0 ? [`only ${only.join(', ')}`] : []),
  ]
  const name = title === '' ? pack : `${pack}  ${title}`
  return [
    ...(displayWidth(name) <= width
      ? [`${style.bold(pack)}${title === '' ? '' : `  ${style.dim(title)}`}`]
      : [...wrap(pack, width).map(style.bold), ...wrap(title, width).map(style.dim)]),
    ...wrap(cut(command, width * 3), width),
    ...wrap([...agents.slice(0, AGENTS), ...more, ...about].join(' · '), width).map(style.dim),
  ]
}

/** Columns of the table, each filled up to its longest entry. */
interface Columns {
  readonly name: number
  readonly cells: readonly number[]
}

const cellsOf = (row: Row): readonly string[] => [
  scoreOf(row.amounts.score),
  passesOf(row),
  costOf(row.amounts, row.trials),
  timeOf(row.amounts),
  callsOf(row.amounts, row.trials),
]

const scenarios = (view: View, pen: Pen): readonly string[] => {
  const { rows } = view
  const cells = rows.map(cellsOf)
  const columns: Columns = {
    name: Math.max(0, ...rows.map(({ scenario }) => displayWidth(scenario))),
    cells: [0, 1, 2, 3, 4].map((column) => Math.max(0, ...cells.map((row) => displayWidth(row[column] ?? '')))),
  }
  const whole = 4 + columns.name + columns.cells.reduce((sum, width) => sum + width + 3, 0)
  const fits = whole <= pen.width
  return rows.flatMap((row, index) => [
    ...(fits ? [wideRow(row, cells[index] ?? [], columns, pen)] : narrowRow(row, cells[index] ?? [], pen)),
    ...reasons(row, pen),
  ])
}

const mark = ({ pass, passed }: Row, style: Style): string =>
  pass ? style.green('✓') : passed > 0 ? style.yellow('~') : style.red('✗')

/** Numbers end below each other, words begin below each other. */
const wideRow = (row: Row, cells: readonly string[], columns: Columns, { style }: Pen): string => {
  const [score = '', passes = '', ...rest] = cells
  const [scoreWidth = 0, passesWidth = 0, ...widths] = columns.cells
  const gap = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text)))
  const last = rest.map((cell, column) => `${gap(cell, widths[column] ?? 0)}${style.dim(cell)}`)
  return [
    `${mark(row, style)} ${pad(row.scenario, columns.name)}`,
    `${gap(score, scoreWidth)}${style.bold(score)}`,
    pad(passes, passesWidth),
    ...last,
  ].join('   ')
}

const narrowRow = (row: Row, cells: readonly string[], { style, width }: Pen): readonly string[] => [
  ...wrap(row.scenario, width - 2).map((line, index) => `${index === 0 ? mark(row, style) : ' '} ${style.bold(line)}`),
  ...wrap(cells.join(' · '), width - 2).map((line) => `  ${style.dim(line)}`),
]

const reasons = (
  { violations, faults, hints, pass, trials, regressionFrom }: Row,
  { style, width }: Pen,
): readonly string[] => {
  const shown = pass ? faults.filter(({ required }) => !required) : faults
  const lines = (sign: string, paint: (text: string) => string, name: string, why: string): readonly string[] => {
    const text = why === '' ? name : `${name}: ${why}`
    return wrap(text, Math.max(20, width - 6)).map((line, index) => {
      if (index > 0) return `      ${line}`
      const named = line.startsWith(name) ? `${paint(name)}${line.slice(name.length)}` : line
      return `    ${paint(sign)} ${named}`
    })
  }
  const more = shown.length - FAULTS
  return [
    ...violations.flatMap((each) => {
      const { name, why } = faultWords(each, trials)
      return lines('!', style.red, name, why)
    }),
    ...shown.slice(0, FAULTS).flatMap((each) => {
      const { name, why } = faultWords(each, trials)
      return lines('–', each.required ? style.yellow : style.dim, name, why)
    }),
    ...(more > 0 ? [style.dim(`      and ${more} more`)] : []),
    ...hints.flatMap((hint) => indented(hint, 6, width).map(style.dim)),
    ...(regressionFrom === undefined ? [] : lines('↓', style.yellow, 'worse than in the baseline', regressionFrom)),
  ]
}

const indented = (text: string, indent: number, width: number): readonly string[] =>
  wrap(text, Math.max(20, width - indent)).map((line) => ' '.repeat(indent) + line)

const summary = (view: View, { style, width }: Pen): readonly string[] => {
  const { trials, passed, amounts, violations, rows, repeats, durationMs } = view
  const [sign, paint] = {
    pass: ['✓', style.green] as const,
    fail: ['✗', style.red] as const,
    part: ['…', style.yellow] as const,
  }[standingOf(view)]
  const head = `${sign} ${headlineOf(view)}`
  const score = `score ${scoreOf(amounts.score)}`
  const facts = [
    ...(repeats > 1 && rows.length > 0 ? [`${passed} of ${count(trials, 'trial')} passed`] : []),
    costOf(amounts, trials).replace(/\((.+)\)$/, '(known of $1)'),
    callsOf(amounts, trials).replace(/\((.+)\)$/, '(known of $1)'),
    duration(durationMs),
  ]
  return [
    ...(displayWidth(head) + 3 + displayWidth(score) <= width
      ? [`${style.bold(paint(head))}   ${style.bold(score)}`]
      : [...wrap(head, width).map((line) => style.bold(paint(line))), `  ${style.bold(score)}`]),
    ...(trials === 0 ? [] : wrap(facts.join(' · '), width - 2).map((line) => `  ${line}`)),
    ...(violations === 0
      ? []
      : wrap(`${count(violations, 'trial')} broke a rule that always holds, marked with !`, width - 2).map(
          (line) => `  ${style.red(line)}`,
        )),
  ]
}

/** A command is one line, however long: it is there to be copied. */
const whatNow = (view: View, place: Place | undefined, { style, width }: Pen): readonly string[] => {
  if (place === undefined || view.trials === 0) return []
  const { folder, proof } = place
  const entry = (name: string, lines: readonly string[]): readonly string[] =>
    width < 60
      ? [style.dim(name), ...lines.map((line) => `  ${line}`)]
      : lines.map((line, index) => `${style.dim(pad(index === 0 ? name : '', 9))}${line}`)
  return [
    ...entry('results', [shellLine([folder])]),
    ...(proof === undefined
      ? []
      : [
          ...entry('check', proof.commands.map(shellLine)),
          ...proof.remarks.flatMap((remark) =>
            wrap(remark, width < 60 ? width - 2 : width - 9).map(
              (line) => `${width < 60 ? '  ' : ' '.repeat(9)}${style.dim(line)}`,
            ),
          ),
        ]),
    ...(view.trials < view.planned ? entry('resume', [`agent-run bench run --resume ${shellLine([folder])}`]) : []),
    ...entry('compare', [`agent-run bench compare ${shellLine([folder])} OTHER`]),
  ]
}

/** Names of folders come from elsewhere, too. */
const shellLine = (words: readonly string[]): string => visible(lineOf(words))
