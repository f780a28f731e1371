import { logChoose } from './fisher.ts'

/** What two runs have of one scenario: scores, costs or times of its trials. Nobody knows them better than by chance if both sides are alike. */
export interface Stratum {
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** What a permutation test says. */
export interface Permutation {
  readonly p: number
  /** Every arrangement was looked at; otherwise a sample of them. */
  readonly exact: boolean
  /** The smallest p that so many values can give, whatever they are. */
  readonly least: number
}

/** Arrangements that are all looked at, and how many are drawn where there are more. */
const MOST = 50_000
const DRAWN = 20_000

/** Differences that differ by no more than this part of the largest are alike: sums of floating-point numbers are not exact. */
const TOLERANCE = 1e-9

/**
 * Permutation test, two-sided, of the mean difference of strata: how often a difference at least as great comes out if, in
 * each stratum, it is left to chance which value belongs to which side. With one stratum it compares two means; with one
 * value a side in each it is the sign-flip test of pairs. Every stratum counts the same.
 *
 * Up to 50,000 arrangements are all looked at. Of more, 20,000 are drawn, always the same ones for the same numbers, and
 * the one that was found counts as one of them, so that p is never 0 (Phipson and Smyth, 2010).
 */
export const permutationTest = (strata: readonly Stratum[]): Permutation => {
  const usable = strata.filter(({ before, after }) => before.length > 0 && after.length > 0)
  const logCount = usable.reduce(
    (sum, { before, after }) => sum + logChoose(before.length + after.length, after.length),
    0,
  )
  if (usable.length === 0) return { p: 1, exact: true, least: 1 }
  const scale = Math.max(...usable.flatMap(({ before, after }) => [...before, ...after]).map(Math.abs), 0)
  const found = Math.abs(usable.reduce((sum, stratum) => sum + differenceOf(stratum), 0))
  const least = leastP(usable, logCount)
  const isAsGreat = (difference: number): boolean => Math.abs(difference) >= found - TOLERANCE * scale
  if (logCount <= Math.log(MOST) + TOLERANCE) {
    let asGreat = 0
    let all = 0
    for (const difference of arrangements(usable)) {
      all++
      if (isAsGreat(difference)) asGreat++
    }
    return { p: asGreat / all, exact: true, least }
  }
  const random = generator()
  let asGreat = 1
  for (let draw = 0; draw < DRAWN; draw++)
    if (isAsGreat(usable.reduce((sum, stratum) => sum + drawnDifference(stratum, random), 0))) asGreat++
  return { p: asGreat / (DRAWN + 1), exact: false, least: Math.max(least, 1 / (DRAWN + 1)) }
}

/** The arrangement that was found and, where the sides can change places, its mirror. */
const leastP = (strata: readonly Stratum[], logCount: number): number => {
  const canMirror = strata.every(({ before, after }) => before.length === after.length)
  return Math.min(1, (canMirror ? 2 : 1) * Math.exp(-logCount))
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

const differenceOf = ({ before, after }: Stratum): number => total(after) / after.length - total(before) / before.length

/** Difference of the means if the values of the later side add up to `sumAfter`. */
const differenceFor = ({ before, after }: Stratum, sumAll: number, sumAfter: number): number =>
  sumAfter / after.length - (sumAll - sumAfter) / before.length

/** The summed difference of every arrangement. */
function* arrangements(strata: readonly Stratum[], start = 0, sum = 0): Generator<number> {
  const stratum = strata[start]
  if (stratum === undefined) {
    yield sum
    return
  }
  const values = [...stratum.before, ...stratum.after]
  const sumAll = total(values)
  for (const sumAfter of subsetSums(values, stratum.after.length))
    yield* arrangements(strata, start + 1, sum + differenceFor(stratum, sumAll, sumAfter))
}

/** The sum of every choice of so many values. */
function* subsetSums(values: readonly number[], size: number, from = 0, sum = 0): Generator<number> {
  if (size === 0) {
    yield sum
    return
  }
  for (let at = from; at <= values.length - size; at++)
    yield* subsetSums(values, size - 1, at + 1, sum + (values[at] as number))
}

const drawnDifference = (stratum: Stratum, random: () => number): number => {
  const values = [...stratum.before, ...stratum.after]
  const sumAll = total(values)
  let sumAfter = 0
  for (let at = 0; at < stratum.after.length; at++) {
    const other = at + Math.floor(random() * (values.length - at))
    ;[values[at], values[other]] = [values[other] as number, values[at] as number]
    sumAfter += values[at] as number
  }
  return differenceFor(stratum, sumAll, sumAfter)
}

/** Numbers from 0 up to 1, always the same: mulberry32. */
const generator = (): (() => number) => {
  let state = 0x2545f491
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
