import { isPlain } from '../semantics/quote.ts'

/** More candidates than this are not searched, and no longer word is compared: a suggestion is not worth the time. */
const MOST_CANDIDATES = 5000
const LONGEST_WORD = 64

/**
 * The candidate that was probably meant: at most two characters away (one, for a word of up to four characters),
 * the first of the nearest. Only candidates that can be shown as they are.
 */
export const nearest = (word: string, candidates: Iterable<string>): string | undefined => {
  if (word.length > LONGEST_WORD) return undefined
  let best: string | undefined
  let bestDistance = word.length > 4 ? 3 : 2
  let count = 0
  for (const candidate of candidates) {
    if (++count > MOST_CANDIDATES) break
    if (Math.abs(candidate.length - word.length) >= bestDistance || candidate === word) continue
    const distance = distanceBelow(word, candidate, bestDistance)
    if (distance >= bestDistance || !isPlain(candidate)) continue
    best = candidate
    bestDistance = distance
    if (distance === 1) break
  }
  return best
}

/** Levenshtein distance with neighbours swapped counted once; `limit` stands for that many or more. */
const distanceBelow = (a: string, b: string, limit: number): number => {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let smallest = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (!same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
      smallest = Math.min(smallest, cost)
    }
    if (smallest >= limit) return limit
    before = previous
    previous = row
  }
  return Math.min(limit, previous[b.length]!)
}
