import { type Style, visible } from '@agent-run/core/text'

/** Lines around a change that are shown. */
const around = 3

/** The difference of two texts in the unified format, safe to print; empty if there is none. */
export function lineDiff(before: string, after: string, name: string, style: Style): string {
  if (before === after) return ''
  const [a, b] = [before, after].map((text) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))) as [
    string[],
    string[],
  ]
  const rows = align(a, b)
  const changed = rows.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]))
  const shown: string[] = [style.bold(`--- ${visible(name)}`), style.bold(`+++ ${visible(name)}`)]
  let last = -1
  for (const [index, { sign, text, line }] of rows.entries()) {
    if (!changed.some((at) => Math.abs(at - index) <= around)) continue
    if (index !== last + 1 || last === -1) shown.push(style.cyan(`@@ line ${line} @@`))
    last = index
    const row = `${sign}${visible(text)}`
    shown.push(sign === '+' ? style.green(row) : sign === '-' ? style.red(row) : row)
  }
  return `${shown.join('\n')}\n`
}

interface Row {
  readonly sign: ' ' | '+' | '-'
  readonly text: string
  /** Number of the line in the old text, from 1. */
  readonly line: number
}

/** The lines of both, those in common once: the longest common subsequence between what is the same at both ends. */
function align(a: readonly string[], b: readonly string[]): Row[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const left = a.slice(head, a.length - tail)
  const right = b.slice(head, b.length - tail)
  const longest = lengths(left, right)
  const rows: Row[] = a.slice(0, head).map((text, index) => ({ sign: ' ', text, line: index + 1 }))
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    const line = head + i + 1
    if (i < left.length && j < right.length && left[i] === right[j]) {
      rows.push({ sign: ' ', text: left[i++] as string, line })
      j++
    } else if (i < left.length && (j >= right.length || at(longest, i + 1, j) >= at(longest, i, j + 1)))
      rows.push({ sign: '-', text: left[i++] as string, line })
    else rows.push({ sign: '+', text: right[j++] as string, line })
  }
  const rest = a
    .slice(a.length - tail)
    .map((text, index): Row => ({ sign: ' ', text, line: a.length - tail + index + 1 }))
  return [...rows, ...rest]
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0

/** How many lines two texts have in common from two places on. */
function lengths(left: readonly string[], right: readonly string[]): number[][] {
  const table = left.map(() => new Array<number>(right.length + 1).fill(0))
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      (table[i] as number[])[j] =
        left[i] === right[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1))
  return table
}
