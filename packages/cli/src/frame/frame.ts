import { displayWidth, visible } from '@agent-run/core/text'
import type { LineIndex } from './line-index.ts'
import type { Stretch } from './mask.ts'

/** One line of a code frame, safe to print. */
export interface FrameLine {
  /** Number of the line in the input. */
  readonly number: number
  readonly text: string
}

/** The lines around a finding, and what to underline in the last of them. */
export interface Frame {
  readonly lines: readonly FrameLine[]
  /** Columns before the caret and under it. */
  readonly caret: { readonly before: number; readonly width: number }
}

/** What a frame is made from. */
export interface FrameInput {
  readonly text: string
  readonly lines: LineIndex
  /** What the finding is about, in offsets of the text. */
  readonly flagged: Stretch
  /** Stretches that must not be shown, in order. */
  readonly hidden: readonly Stretch[]
  /** Number of the input's line that the text begins in. */
  readonly firstLine: number
  /** Columns there are for the source. */
  readonly width: number
}

/** Lines shown before the flagged one. */
const CONTEXT = 2

/** What stands for a private string, and for anything else that is private. */
const MASKED_STRING = '"…"'
const MASKED_WORD = '…'

/**
 * The code frame of a finding: up to two lines of context, then the flagged line, long lines cut around the place,
 * private stretches masked, everything unsafe escaped.
 */
export function frameOf(input: FrameInput): Frame {
  const { line } = input.lines.placeOf(input.flagged.start)
  const lines: FrameLine[] = []
  for (let number = Math.max(1, line - CONTEXT); number < line; number++) {
    const { start, end } = input.lines.boundsOf(number)
    const shown = render(input, start, Math.min(end, start + 4 * input.width))
    lines.push({ number: number + input.firstLine - 1, text: cutAround(shown.cells, 0, input.width).text })
  }
  const bounds = input.lines.boundsOf(line)
  // A flagged line may be megabytes long: only what can be seen is rendered.
  const around = 2 * input.width
  const start = Math.max(bounds.start, input.flagged.start - around)
  const end = Math.min(
    bounds.end,
    Math.max(input.flagged.start, Math.min(input.flagged.end, input.flagged.start + around)) + around,
  )
  const shown = render(input, start, end)
  const cells = [...(start > bounds.start ? ['…'] : []), ...shown.cells, ...(end < bounds.end ? ['…'] : [])]
  const shift = start > bounds.start ? 1 : 0
  const first = shown.first + shift
  const window = cutAround(cells, first, input.width)
  const flaggedCells = cells.slice(first, Math.max(first + 1, shown.last + shift))
  const before = displayWidth(window.lead + cells.slice(window.from, first).join(''))
  const room = Math.max(1, displayWidth(window.text) - before)
  lines.push({ number: line + input.firstLine - 1, text: window.text })
  return { lines, caret: { before, width: Math.max(1, Math.min(room, displayWidth(flaggedCells.join('')))) } }
}

/** A stretch of the text as it is shown, in cells: each is one character or one escape or one mask. */
const render = (
  { text, hidden, flagged }: FrameInput,
  start: number,
  end: number,
): { cells: string[]; first: number; last: number } => {
  const cells: string[] = []
  let first = 0
  let last = 0
  let mask = firstEndingAfter(hidden, start)
  for (let at = start; at < end; ) {
    if (at <= flagged.start) first = cells.length
    const next = hidden[mask]
    if (next && at >= next.start) {
      cells.push(text[next.start] === '"' ? MASKED_STRING : MASKED_WORD)
      at = next.end
      mask++
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) as number)
      cells.push(character === '\t' ? ' ' : visible(character))
      at += character.length
    }
    if (at <= flagged.end) last = cells.length
    // A mask that reaches beyond what is flagged is underlined whole.
    else if (last <= first) last = first + 1
  }
  if (flagged.start >= end) first = cells.length
  return { cells, first, last: Math.max(last, first) }
}

const firstEndingAfter = (stretches: readonly Stretch[], offset: number): number => {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle] as Stretch).end > offset) high = middle
    else low = middle + 1
  }
  return low
}

/** The cells that fit into `width`, chosen so that the cell at `first` is well in sight. */
const cutAround = (
  cells: readonly string[],
  first: number,
  width: number,
): { text: string; from: number; lead: string } => {
  const whole = cells.join('')
  if (displayWidth(whole) <= width) return { text: whole, from: 0, lead: '' }
  const keepBefore = Math.floor(width / 3)
  let from = first
  for (let used = 0; from > 0; from--) {
    used += displayWidth(cells[from - 1] as string)
    if (used > keepBefore) break
  }
  const lead = from > 0 ? '…' : ''
  let text = lead
  let to = from
  while (to < cells.length && displayWidth(text + (cells[to] as string)) < width) text += cells[to++]
  return { text: to < cells.length ? `${text}…` : text, from, lead }
}
