import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fisherExact, leastFisher } from '../../src/compare/fisher.ts'
import { permutationTest, type Stratum } from '../../src/compare/permutation.ts'

const fisher = (a: number, b: number, c: number, d: number): number =>
  fisherExact({ passed: a, trials: a + b }, { passed: c, trials: c + d })

describe('Fisher’s exact test', () => {
  it.each([
    // Fisher, The Design of Experiments (1935): the lady tasting tea, two-sided.
    ['tea, all right', [4, 0, 0, 4], 0.028571],
    ['tea, three right', [3, 1, 1, 3], 0.485714],
    // Fisher, Statistical Methods for Research Workers: convictions of twins of criminals; R's fisher.test gives 0.0005367.
    ['twins', [2, 15, 10, 3], 0.0005367],
    // The example of the encyclopaedias: studying, by sex.
    ['studying', [1, 9, 11, 3], 0.002759],
    ['nothing differs', [2, 2, 2, 2], 1],
    ['all passed', [5, 0, 3, 0], 1],
  ] as const)('%s', (_, [a, b, c, d], expected) => {
    expect(fisher(a, b, c, d)).toBeCloseTo(expected, 6)
  })

  it('is what counting all arrangements gives', () => {
    const side = fc.record({ trials: fc.integer({ min: 1, max: 6 }), passed: fc.nat(6) })
    fc.assert(
      fc.property(side, side, (one, other) => {
        const a = Math.min(one.passed, one.trials)
        const c = Math.min(other.passed, other.trials)
        expect(fisherExact({ ...one, passed: a }, { ...other, passed: c })).toBeCloseTo(
          countedFisher(one.trials, other.trials, a, a + c),
          9,
        )
      }),
    )
  })

  it('needs four repeats a side to be sure', () => {
    expect(leastFisher(3, 3)).toBeCloseTo(0.1, 9)
    expect(leastFisher(4, 4)).toBeCloseTo(2 / 70, 9)
    expect(leastFisher(1, 1)).toBe(1)
  })

  it('holds for many trials', () => {
    expect(fisher(900, 100, 850, 150)).toBeCloseTo(0.00089508754, 9)
  })
})

/** Every choice of trials that pass, one by one: a table is as likely as many choices give it. */
const countedFisher = (one: number, other: number, found: number, passed: number): number => {
  const counts = new Map<number, number>()
  for (let choice = 0; choice < 2 ** (one + other); choice++) {
    if (bits(choice) !== passed) continue
    const inOne = bits(choice & (2 ** one - 1))
    counts.set(inOne, (counts.get(inOne) ?? 0) + 1)
  }
  const all = [...counts.values()]
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
  return sum(all.filter((count) => count <= (counts.get(found) ?? 0))) / sum(all)
}

const bits = (number: number): number => number.toString(2).replaceAll('0', '').length

describe('the permutation test', () => {
  it('gives what Fisher found for Darwin’s maize', () => {
    // Differences of 15 pairs in eighths of an inch; The Design of Experiments §21: 1,726 of 32,768 arrangements.
    const differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    const strata = differences.map((difference): Stratum => ({ before: [0], after: [difference] }))
    const { p, exact, least } = permutationTest(strata)
    expect({ p, exact }).toEqual({ p: 1726 / 32_768, exact: true })
    expect(least).toBeCloseTo(2 / 32_768, 12)
  })

  it('is what shuffling all labels gives, with one stratum or several', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 3 })
    const stratum = fc.record({ before: values, after: values })
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 1, maxLength: 2 }), (strata) => {
        expect(permutationTest(strata).p).toBeCloseTo(shuffled(strata), 9)
      }),
    )
  })

  it('never gives less than what it says is the least', () => {
    const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(fc.record({ before: values, after: values }), { minLength: 1, maxLength: 3 }), (strata) => {
        const { p, least } = permutationTest(strata)
        expect(p).toBeGreaterThanOrEqual(least - 1e-12)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is Fisher’s test where sides are equally large and values are passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(6), fc.nat(6), (trials, one, other) => {
        const passes = (passed: number): number[] =>
          Array.from({ length: trials }, (_, index) => (index < passed ? 1 : 0))
        const [a, c] = [Math.min(one, trials), Math.min(other, trials)]
        expect(permutationTest([{ before: passes(a), after: passes(c) }]).p).toBeCloseTo(
          fisher(a, trials - a, c, trials - c),
          9,
        )
      }),
    )
  })

  it('draws where there is too much to look at, close to the truth, and the same each time', () => {
    // 184,756 arrangements: more than are all looked at, few enough to count them here.
    const before = [12, 15, 11, 18, 14, 16, 13, 17, 15, 12]
    const after = [14, 17, 15, 16, 19, 18, 13, 20, 16, 15]
    const drawn = permutationTest([{ before, after }])
    expect(drawn.exact).toBe(false)
    expect(Math.abs(drawn.p - shuffled([{ before, after }]))).toBeLessThan(0.01)
    expect(permutationTest([{ before, after }])).toEqual(drawn)
  })

  it('is never surer than it can be', () => {
    const far: Stratum = { before: Array(30).fill(0), after: Array(30).fill(100) }
    expect(permutationTest([far]).p).toBe(1 / 20_001)
    expect(permutationTest([])).toEqual({ p: 1, exact: true, least: 1 })
    expect(permutationTest([{ before: [], after: [1] }]).p).toBe(1)
  })

  it('takes no noise of floating-point sums for a difference', () => {
    expect(permutationTest([{ before: [0.1, 0.2, 0.3], after: [0.3, 0.2, 0.1] }]).p).toBe(1)
  })
})

/** Share of label assignments whose summed difference of means is at least as great. */
const shuffled = (strata: readonly Stratum[]): number => {
  const differences = strata.map(({ before, after }) => {
    const values = [...before, ...after]
    const each: number[] = []
    for (let choice = 0; choice < 2 ** values.length; choice++) {
      if (bits(choice) !== after.length) continue
      const sums = [0, 0]
      values.forEach((value, index) => {
        sums[(choice >> index) & 1] = (sums[(choice >> index) & 1] as number) + value
      })
      each.push((sums[1] as number) / after.length - (sums[0] as number) / before.length)
    }
    return each
  })
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const found = Math.abs(strata.reduce((sum, { before, after }) => sum + mean(after) - mean(before), 0))
  const sums = differences.reduce((all, each) => all.flatMap((sum) => each.map((one) => sum + one)), [0])
  return sums.filter((sum) => Math.abs(sum) >= found - 1e-9).length / sums.length
}
