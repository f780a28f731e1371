import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Alignment, align } from '../../src/diff/align.ts'

const EFFORT = 30_000_000

/** Length of a longest common subsequence, by the table everybody knows. */
const longestCommon = (a: readonly number[], b: readonly number[]): number => {
  let previous = new Array<number>(b.length + 1).fill(0)
  for (const item of a) {
    const row = [0]
    for (const [j, other] of b.entries())
      row.push(item === other ? previous[j]! + 1 : Math.max(previous[j + 1]!, row[j]!))
    previous = row
  }
  return previous[b.length]!
}

const expectSound = ({ pairs }: Alignment, a: readonly number[], b: readonly number[]): void => {
  let [lastA, lastB] = [-1, -1]
  for (const [i, j] of pairs) {
    expect(a[i]).toBe(b[j])
    expect(i).toBeGreaterThan(lastA)
    expect(j).toBeGreaterThan(lastB)
    ;[lastA, lastB] = [i, j]
  }
}

const items = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 })

describe('align', () => {
  it('pairs equal items in order, and as many as can be', () => {
    fc.assert(
      fc.property(items, items, (a, b) => {
        const alignment = align(a, b, { left: EFFORT })
        expectSound(alignment, a, b)
        expect(alignment.isExact).toBe(true)
        expect(alignment.pairs.length).toBe(longestCommon(a, b))
      }),
      { numRuns: 1000 },
    )
  })

  it('stays sound where it has no time, and says so', () => {
    fc.assert(
      fc.property(items, items, (a, b) => {
        const alignment = align(a, b, { left: 0 })
        expectSound(alignment, a, b)
        if (alignment.isExact) expect(alignment.pairs.length).toBe(longestCommon(a, b))
      }),
    )
  })

  it('ends in bounded time for 20,000 items whatever they are', () => {
    const count = 20_000
    const of = (item: (index: number) => number): number[] => Array.from({ length: count }, (_, i) => item(i))
    let seed = 1
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed
    }
    const cases: [number[], number[]][] = [
      [of((i) => i), of((i) => i + 1)],
      [of((i) => i), of((i) => count - i)],
      [of((i) => i), of((i) => -i - 1)],
      [of(() => 0), of((i) => i % 2)],
      [of(() => random() % 2), of(() => random() % 2)],
      [of(() => random() % 5000), of(() => random() % 5000)],
      [of((i) => (i % 2 ? i : 0)), of((i) => (i % 3 ? i : 0))],
    ]
    for (const [a, b] of cases) {
      const effort = { left: EFFORT }
      expectSound(align(a, b, effort), a, b)
      // What was begun before the effort was spent is finished, and that is little.
      expect(effort.left).toBeGreaterThan(-2 * count)
    }
  })

  it('finds what moved by one, and what occurs once, also where it falls back', () => {
    const a = Array.from({ length: 20_000 }, (_, i) => i)
    expect(align(a, a.slice(1), { left: EFFORT })).toMatchObject({ isExact: true, pairs: { length: 19_999 } })
    const every = a.map((i) => (i % 3 === 0 ? i : -i - 1))
    const fallen = align(a, every, { left: EFFORT })
    expect(fallen.isExact).toBe(false)
    expect(fallen.pairs.length).toBe(Math.ceil(20_000 / 3))
    // Two letters in disorder have nothing to be split at, and very much in common.
    let seed = 7
    const letter = (): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % 2
    }
    const [b, c] = [a.map(letter), a.map(letter)]
    const letters = align(b, c, { left: EFFORT })
    expectSound(letters, b, c)
    expect(letters.pairs.length).toBeGreaterThan(14_000)
  })
})
