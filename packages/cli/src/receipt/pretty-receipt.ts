import { cut, displayWidth, pad, type Style, visible, wrap } from '@agent-run/core/text'
import type { Facts } from './facts.ts'
import { idWords, marks, statusWords, whenWords, whoWords, whyWords } from './headline.ts'
import { checkMarks, proofRemarks } from './proof-words.ts'
import { excerpt, type Section } from './section.ts'
import { sectionsOf } from './sections.ts'
import { tableText } from './table.ts'

/** How a receipt is laid out. */
export interface PrettyOptions {
  readonly style: Style
  /** Columns there are. */
  readonly width: number
  /** Whether long lists are shown whole. */
  readonly all: boolean
}

/** Columns of the titles on the left. */
const LABEL = 20

/** A receipt for a terminal. */
export function prettyReceipt(facts: Facts, options: PrettyOptions): string {
  const { style, width } = options
  const blocks = sectionsOf(facts, options.all).map(
    (section, index, all) =>
      (section.rows && index > 0 && !all[index - 1]?.rows ? '\n' : '') + sectionText(section, options),
  )
  const rungs = facts.proof.rungs.map(({ result, detail }) => {
    const colour = { pass: style.green, fail: style.red, unknown: style.yellow, absent: style.dim, skipped: style.dim }[
      result
    ]
    return { plain: `${checkMarks[result]} ${clean(detail)}`, colour }
  })
  const proof = labelled('Proof', flow(rungs, width - LABEL), style)
  const remarks = proofRemarks(facts).flatMap((remark) => wrap(clean(remark), width - LABEL))
  const last = remarks.map((line) => `${' '.repeat(LABEL)}${style.dim(line)}\n`).join('')
  return `${headText(facts, options)}\n${blocks.join('')}\n${proof}${last}`
}

/** Text of a record on one line: line ends are shown, everything unsafe is escaped. */
export function clean(text: string): string {
  return visible(text.replace(/[^\S\n]*\r?\n\s*/g, ' ⏎ ').replaceAll('\t', ' '))
}

/** Columns of the first line that are left for agent and model, whatever the status says. */
const MODEL_ROOM = 30

const headText = (facts: Facts, { style, width }: PrettyOptions): string => {
  const { verdict } = facts
  const colour = { good: style.green, bad: style.red, open: style.cyan, unclear: style.yellow }[verdict.tone]
  const status = cut(`${marks[verdict.tone]} ${clean(statusWords(verdict))}`, width - MODEL_ROOM)
  const [who = '', ...more] = wrap(clean(whoWords(verdict)), width - displayWidth(status) - 3)
  const lines = [`${colour(style.bold(status))}   ${style.bold(who)}`]
  const indent = ' '.repeat(displayWidth(status) + 3)
  for (const line of more) lines.push(indent + style.bold(line))
  const add = (text: string, paint: (text: string) => string = (same) => same): void => {
    for (const line of wrap(clean(text), width - 2)) lines.push(`  ${paint(line)}`)
  }
  add(whenWords(facts))
  const why = whyWords(facts)
  for (const line of why) add(line, verdict.tone === 'bad' ? style.red : style.yellow)
  if (verdict.asked !== undefined) add(`asked     “${excerpt(verdict.asked, 2 * width - 30)}”`)
  if (verdict.answered !== undefined) add(`answered  “${excerpt(verdict.answered, 2 * width - 30)}”`)
  if (verdict.intent !== undefined) add(`intent    “${excerpt(verdict.intent, 2 * width - 30)}”`)
  add(idWords(verdict), style.dim)
  return `${lines.join('\n')}\n`
}

const sectionText = (section: Section, options: PrettyOptions): string => {
  const { style, width } = options
  if (!section.rows) {
    const lines = (section.lines ?? []).flatMap((line) => hanging(clean(line), width - LABEL))
    return labelled(section.title, lines, style)
  }
  const rows = section.rows.map((row) => ({
    ...row,
    kind: clean(row.kind),
    target: clean(row.target),
    suffix: clean(row.suffix),
    result: clean(row.result),
    allowed: clean(row.allowed),
  }))
  const remark = section.remark === undefined ? undefined : clean(section.remark)
  const table = tableText({ ...options, title: section.title, remark, allowedTitle: section.allowedTitle, rows })
  const more = (section.lines ?? []).map((line) => `  ${style.dim(clean(line))}\n`).join('')
  return `${table}${more}\n`
}

/** A title on the left, lines on the right. */
const labelled = (title: string, lines: readonly string[], style: Style): string =>
  lines
    .map((line, index) => `${index === 0 ? style.bold(pad(title, LABEL)) : ' '.repeat(LABEL)}${line}`.trimEnd())
    .join('\n') + '\n'

/** Wrapped, what goes on set in by two. */
const hanging = (text: string, width: number): string[] => {
  const [first = '', ...rest] = wrap(text, width)
  if (rest.length === 0) return [first]
  const others = wrap(text.slice(first.length).trimStart(), width - 2)
  return [first, ...others.map((line) => `  ${line}`)]
}

/** Short pieces on as few lines as possible, none of them broken. */
const flow = (pieces: readonly { plain: string; colour: (text: string) => string }[], width: number): string[] => {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const { plain, colour } of pieces) {
    const size = displayWidth(plain)
    if (used > 0 && used + 3 + size > width) {
      lines.push(line)
      line = ''
      used = 0
    }
    line += (used > 0 ? '   ' : '') + colour(plain)
    used += size + (used > 0 ? 3 : 0)
  }
  return [...lines, line]
}
