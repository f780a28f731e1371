/** One row of a table: what was done, to what, how it ended, what allowed it. Texts are not yet safe to print. */
export interface Row {
  readonly kind: string
  readonly target: string
  /** How often and by whom; stays when the target is cut. */
  readonly suffix: string
  readonly result: string
  readonly allowed: string
  readonly tone: 'plain' | 'bad' | 'never'
}

/** A part of a receipt, in words that are not yet safe to print: the renderer escapes them for its medium. */
export interface Section {
  readonly title: string
  /** Said beside the title. */
  readonly remark?: string
  /** Heading of the last column of `rows`; without one that column is left out. */
  readonly allowedTitle?: string
  readonly rows?: readonly Row[]
  /** Each on a line of its own. */
  readonly lines?: readonly string[]
}

/** How many names a list shows before the rest is counted. */
export const LIMIT = 200

/** The first names of a list; what is left out is said. */
export function limited<T>(items: readonly T[], all: boolean, more: (count: number) => T): T[] {
  return all || items.length <= LIMIT ? [...items] : [...items.slice(0, LIMIT), more(items.length - LIMIT)]
}

/** The beginning of a longer text on one line. */
export function excerpt(text: string, length: number): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const characters = Array.from(line.slice(0, 2 * length + 2))
  return characters.length <= length
    ? line
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
}

/** "3×" behind what happened more than once. */
export const times = (name: string, number: number): string => (number > 1 ? `${name} (${number}×)` : name)
