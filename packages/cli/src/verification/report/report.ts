import type { Level } from '@agent-run/core'

/** Numbers about outcomes; they add up. */
export interface Tally {
  records: number
  /** Records that are as was asked for. */
  ok: number
  proofs: number
  proofsOk: number
  /** Places where an input is broken. */
  problems: number
  /** Inputs that could not be read at all. */
  unusable: number
  warnings: number
  levels: Record<Level, number>
}

/** What came of some outcomes in a row, written down. Small, whatever the size of the input. */
export interface Report {
  /** The outcomes as text; line numbers are marked (`placed`) and count from the beginning of the part. */
  readonly text: string
  /** How many outcomes `text` holds. */
  readonly outcomes: number
  /** The outcome in full, if it is one. */
  readonly full: string | undefined
  readonly tally: Tally
  /** Codes of what is not in order. */
  readonly codes: readonly string[]
  /** Whether a record was of the run that `--journal` is of. */
  readonly journalUsed: boolean
}

/** Nothing yet. */
export const emptyTally = (): Tally => ({
  records: 0,
  ok: 0,
  proofs: 0,
  proofsOk: 0,
  problems: 0,
  unusable: 0,
  warnings: 0,
  levels: { none: 0, recorded: 0, sealed: 0, accountable: 0 },
})

/** Adds one tally to another. */
export function addTally(sum: Tally, { levels, ...numbers }: Tally): void {
  for (const [name, number] of Object.entries(numbers)) sum[name as keyof typeof numbers] += number
  for (const [level, number] of Object.entries(levels)) sum.levels[level as Level] += number
}

/** No text made safe to print holds this character. */
const MARK = '\0'

/** A line number in a text that is made before anybody knows how many lines are above it. */
export const markedLine = (line: number): string => (line === 0 ? '0' : `${MARK}${line}${MARK}`)

/** The text with its line numbers counted on from the lines above it. */
export const placed = (text: string, linesAbove: number): string =>
  text.replaceAll(MARKED, (_, line: string) => String(Number(line) + linesAbove))

const MARKED = new RegExp(`${MARK}(\\d+)${MARK}`, 'g')
