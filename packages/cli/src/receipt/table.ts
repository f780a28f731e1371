import { cut, cutMiddle, displayWidth, pad, type Style, wrap } from '@agent-run/core/text'
import type { Row } from './section.ts'

/** A table of a receipt, with texts that are safe to print. */
export interface TableInput {
  readonly title: string
  readonly remark: string | undefined
  /** Heading of the last column; undefined: there is none. */
  readonly allowedTitle: string | undefined
  readonly rows: readonly Row[]
  readonly style: Style
  readonly width: number
  /** Whether names are shown whole, however long they are. */
  readonly all: boolean
}

const GAP = 2
const WIDEST_KIND = 18
const WIDEST_RESULT = 26

/** What was done to what, how it ended, what allowed it: columns as wide as they need and the terminal admits. */
export function tableText({ title, remark, allowedTitle, rows, style, width, all }: TableInput): string {
  const widest = (texts: readonly string[], most: number): number =>
    Math.min(
      most,
      texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0),
    )
  const kind = widest(
    rows.map((row) => row.kind),
    WIDEST_KIND,
  )
  const result = widest(
    rows.map((row) => row.result),
    WIDEST_RESULT,
  )
  const room = width - 2 - (kind > 0 ? kind + GAP : 0) - (result > 0 ? result + GAP : 0)
  const wanted = widest(
    rows.map((row) => row.target + row.suffix),
    room,
  )
  const reasons = widest(
    rows.map((row) => row.allowed),
    room,
  )
  // What allowed it gets what names leave over, but never less than two fifths.
  const allowed = allowedTitle
    ? Math.max(allowedTitle.length, Math.min(reasons, Math.max(Math.floor(room * 0.4), room - GAP - wanted)))
    : 0
  const most = room - (allowed > 0 ? allowed + GAP : 0)
  const before = 2 + (kind > 0 ? kind + GAP : 0)
  const after = GAP + (result > 0 ? result + GAP : 0)
  const plainTitle = remark === undefined ? title : `${title}  (${remark})`
  // The heading of the last column stands above it, whatever the title says before it.
  const least = allowed > 0 ? displayWidth(plainTitle) + GAP - before - after : 0
  const target = Math.min(Math.max(wanted, least), most)
  const left = before + target + after

  const paintedTitle = style.bold(title) + (remark === undefined ? '' : `  ${style.dim(`(${remark})`)}`)
  const head = allowedTitle
    ? `${paintedTitle}${' '.repeat(Math.max(2, left - displayWidth(plainTitle)))}${style.bold(allowedTitle)}`
    : paintedTitle
  const lines = rows.map((row) => {
    const paint = row.tone === 'bad' ? style.red : row.tone === 'never' ? style.yellow : (same: string): string => same
    const columns = [
      ...(kind > 0 ? [{ lines: [cut(row.kind, kind)], width: kind, paint: style.dim }] : []),
      { lines: nameLines(row, target, all), width: target, paint: (same: string): string => same },
      ...(result > 0 ? [{ lines: wrap(row.result, result), width: result, paint }] : []),
      ...(allowed > 0
        ? [{ lines: wrap(row.allowed, allowed), width: allowed, paint: (same: string): string => same }]
        : []),
    ]
    const height = Math.max(...columns.map((column) => column.lines.length))
    return Array.from({ length: height }, (_, line) => {
      const cells = columns.map((column) => column.paint(pad(column.lines[line] ?? '', column.width)))
      return `  ${cells.join(' '.repeat(GAP))}`.trimEnd()
    }).join('\n')
  })
  return `${head}\n${lines.join('\n')}\n`
}

/** Lines that one name may take before it is cut. */
const NAME_LINES = 3

/** Room in which a command is told apart by its beginning. */
const COMMAND_ROOM = 56

/** A name in a column: a path is wrapped and keeps its end, a command keeps its beginning; how often is never cut off. */
const nameLines = ({ target, suffix }: Row, width: number, all: boolean): string[] => {
  if (displayWidth(target + suffix) <= width) return [target + suffix]
  if (all) return wrap(target + suffix, width)
  const isCommand = target.includes(' ')
  const most = isCommand ? (width < COMMAND_ROOM ? 2 : 1) : NAME_LINES
  const lines = wrap(target + suffix, width)
  if (lines.length <= most) return lines
  if (!isCommand) return [cutMiddle(target, width - displayWidth(suffix)) + suffix]
  const kept = lines.slice(0, most - 1)
  const rest = target.slice(kept.join(' ').length).trimStart()
  return [...kept, cut(rest, width - displayWidth(suffix)) + suffix]
}
