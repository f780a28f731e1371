import { cut, cutMiddle, displayWidth, markdownText, pad, type Style, visible } from '@agent-run/core/text'
import { clean } from '../../receipt/pretty-receipt.ts'

/** A table with texts as recorded, not yet safe to print. */
export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

/** A column. The last one takes what is left. */
export interface Column {
  readonly title: string
  /** Numbers stand to the right. */
  readonly right?: true
  /** What may be cut in the middle, such as a path or an id. */
  readonly name?: true
  /** An id is never cut: where it finds no room it stands whole on a line of its own, below its row. */
  readonly id?: true
  /** The higher, the earlier it gives way where there is not room enough. */
  readonly gives?: number
  /** How a person sees it. */
  readonly short?: (text: string) => string
}

const GAP = 2

const NARROWEST = 12

/** A table for a terminal, columns as wide as they need; those that matter less give way first. */
export function tableText(table: Table, style: Style, width: number): string {
  const cells = shortCells(table.columns, table.rows).map((row) => row.map(clean))
  const ids = [...table.columns.keys()].filter((at) => table.columns[at]?.id)
  const whole = gridText(table.columns, cells, style, width)
  if (whole !== undefined || ids.length === 0) return `${(whole ?? []).join('\n')}\n`
  const others = <T>(list: readonly T[]): T[] => list.filter((_, at) => !ids.includes(at))
  const [head = '', ...lines] = gridText(others(table.columns), cells.map(others), style, width) ?? []
  const below = (row: readonly string[]): string[] =>
    ids.map((at) => style.dim(`    ${table.columns[at]?.title} ${row[at]}`))
  return `${[head, ...lines.flatMap((line, at) => [line, ...below(cells[at] as string[])])].join('\n')}\n`
}

/** The lines of a table, its head first; undefined if an id finds no room. */
const gridText = (
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  style: Style,
  width: number,
): string[] | undefined => {
  const widths = columns.map(({ title }, at) =>
    cells.reduce((most, row) => Math.max(most, displayWidth(row[at] ?? '')), displayWidth(title)),
  )
  let over = sum(widths) + GAP * (columns.length - 1) - width
  const order = [...columns.keys()].sort((a, b) => (columns[b]?.gives ?? 0) - (columns[a]?.gives ?? 0))
  for (const at of order) {
    if (columns[at]?.id) continue
    const given = Math.min(Math.max(0, over), Math.max(0, (widths[at] as number) - NARROWEST))
    widths[at] = (widths[at] as number) - given
    over -= given
  }
  if (over > 0 && columns.some(({ id }) => id)) return undefined
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, at) => {
        const room = widths[at] as number
        const shown = columns[at]?.name ? cutMiddle(text, room) : cut(text, room)
        return columns[at]?.right ? ' '.repeat(Math.max(0, room - displayWidth(shown))) + shown : pad(shown, room)
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  const head = style.dim(line(columns.map(({ title }) => title)))
  return [head, ...cells.map(line)]
}

const shortCells = (columns: readonly Column[], rows: Table['rows']): string[][] =>
  rows.map((row) => row.map((text, at) => columns[at]?.short?.(text) ?? text))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)

/** The rows alone, one a line, cells set apart by tabs: for programs that cut. */
export const tableLines = ({ rows }: Table): string => rows.map((row) => `${row.map(visible).join('\t')}\n`).join('')

/** A table in Markdown. */
export function tableMarkdown({ columns, rows }: Table): string {
  const lines = [
    columns.map(({ title }) => title),
    columns.map(() => '---'),
    ...shortCells(columns, rows).map((row) => row.map(inMarkdown)),
  ]
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}

/** Text of a record for Markdown. */
export const inMarkdown = (text: string): string => markdownText(clean(text))
