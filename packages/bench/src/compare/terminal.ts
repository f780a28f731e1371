import { displayWidth, harmlessLines, pad, type Style, styleOf, wrap } from '@agent-run/core/text'
import type { BenchComparison } from '@agent-run/types'
import type { TerminalOptions } from '../report/terminal.ts'
import { type ChangeView, type ComparedRow, type ComparisonView, comparisonView } from './view.ts'

interface Pen {
  readonly style: Style
  readonly width: number
}

/** A comparison for a person at a terminal: what differs and how sure that is, the whole, and what it comes to. */
export const renderTerminal = (comparison: BenchComparison, { color, width }: TerminalOptions): string => {
  const view = comparisonView(comparison)
  const pen: Pen = { style: styleOf(color), width: Math.min(Math.max(width, 30), 110) }
  const blocks = [sides(view, pen), notes(view, pen), rows(view, pen), whole(view, pen), verdict(view, pen)]
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index === 0 ? block : ['', ...block]))
  return harmlessLines(`${lines.join('\n')}\n`)
}

const indented = (text: string, indent: number, width: number): readonly string[] =>
  wrap(text, Math.max(16, width - indent)).map((line) => ' '.repeat(indent) + line)

const sides = ({ sides: each }: ComparisonView, { style, width }: Pen): readonly string[] =>
  each.flatMap(({ label, name, about }) => [
    ...wrap(`${pad(label, 7)} ${name}`, width).map((line, index) =>
      index === 0 ? style.dim(line.slice(0, 8)) + style.bold(line.slice(8)) : line,
    ),
    ...indented(about, 8, width).map(style.dim),
  ])

const notes = ({ notes: each }: ComparisonView, { style, width }: Pen): readonly string[] =>
  each.flatMap((note) => wrap(note, width - 2).map((line, index) => `${index === 0 ? style.yellow('!') : ' '} ${line}`))

const signOf = ({ mark }: ComparedRow, style: Style): string =>
  ({ worse: style.red('✗'), unsure: style.yellow('~'), better: style.green('✓'), aside: style.dim('·') })[mark]

const rows = ({ rows: each, same }: ComparisonView, pen: Pen): readonly string[] => {
  const { style, width } = pen
  return [
    ...each.flatMap((row) => [
      ...wrap(`${row.name}  ${row.word}`, width - 2).map(
        (line, index) => `${index === 0 ? signOf(row, style) : ' '} ${index === 0 ? style.bold(line) : line}`,
      ),
      ...row.changes.flatMap((change) => changeLines(change, pen)),
      ...(row.regressionFrom === undefined
        ? []
        : indented(`did better: ${row.regressionFrom}`, 4, width).map(style.dim)),
    ]),
    ...(same.length === 0
      ? []
      : wrap(`as before: ${same.join(', ')}`, width - 2).map((line, index) =>
          style.dim(`${index === 0 ? '=' : ' '} ${line}`),
        )),
  ]
}

const changeLines = (
  { measure, before, after, verdict, confidence }: ChangeView,
  { style, width }: Pen,
): readonly string[] => {
  const paint = verdict === 'worse' ? style.red : verdict === 'better' ? style.green : (text: string) => text
  const values = `${pad(measure, 15)}  ${before} → ${after}`
  if (confidence === '') return [`    ${paint(values)}`]
  return 4 + displayWidth(values) + 3 + displayWidth(confidence) <= width
    ? [`    ${paint(values)}   ${style.dim(confidence)}`]
    : [`    ${paint(values)}`, ...indented(confidence, 6, width).map(style.dim)]
}

const whole = ({ whole: each }: ComparisonView, pen: Pen): readonly string[] =>
  each.length === 0 ? [] : [pen.style.bold('The whole'), ...each.flatMap((change) => changeLines(change, pen))]

const verdict = ({ headline, pass, rule }: ComparisonView, { style, width }: Pen): readonly string[] => [
  style.bold(pass ? style.green(`✓ ${headline}`) : style.red(`✗ ${headline}`)),
  ...indented(rule, 2, width).map(style.dim),
]
