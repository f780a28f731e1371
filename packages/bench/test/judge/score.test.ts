import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreOf } from '../../src/judge/score.ts'
import { has, judged } from './trial.ts'

describe('the score', () => {
  it.each([
    [[has('a'), has('b')], 50, false],
    [[has('a'), has('b', { required: false })], 50, true],
    [[has('a', { weight: 3 }), has('b')], 75, false],
    [[has('a'), has('b', { weight: 0 })], 100, false],
    [[has('a'), has('b', { weight: 0, required: false })], 100, true],
    [[has('a', { weight: 0 }), has('b', { weight: 0 })], 50, false],
    [[has('a', { contains: ['a', 'b', 'c'] })], 33.33, false],
    [[has('a', { weight: 1e308 }), has('b', { weight: 1e308 })], 50, false],
    [[has('a', { weight: 1e9 }), has('b', { weight: 1e-9, required: false })], 99.99, true],
  ])('%#: %j', async (criteria, score, pass) => {
    expect(await judged({ criteria, stdout: 'a' })).toMatchObject({ score, pass })
  })

  it('has to be reached, where the scenario asks for that', async () => {
    const criteria = [has('a', { required: false }), has('b', { required: false })]
    expect(await judged({ criteria, stdout: 'a', scenario: { pass_score: 50 } })).toMatchObject({ pass: true })
    expect(await judged({ criteria, stdout: 'a', scenario: { pass_score: 51 } })).toMatchObject({
      pass: false,
      eval: { actual_outcome: 'score not reached; not met, and not required: says b' },
    })
  })

  const judgedCriterion = fc.record({
    criterion: fc.record(
      {
        name: fc.constant('x'),
        kind: fc.constant('text'),
        weight: fc.oneof(
          fc.constantFrom(0, 1, 1e308, 5e-324),
          fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        ),
        required: fc.boolean(),
      },
      { requiredKeys: ['name', 'kind'] },
    ),
    outcome: fc.record({
      score: fc.oneof(fc.constantFrom(0, 99.99, 100), fc.double({ min: 0, max: 100, noNaN: true })),
      label: fc.constant('x'),
    }),
  })
  const settings = fc.record({
    passScore: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined }),
    isBroken: fc.boolean(),
    isVoid: fc.boolean(),
  })

  it('lies between 0 and 100, never passes what is required and not met, and grows with each criterion', () => {
    fc.assert(
      fc.property(
        fc.array(judgedCriterion, { maxLength: 8 }),
        settings,
        fc.nat(),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (all, given, at, better) => {
          const { pass, score } = scoreOf(all, given)
          expect(score >= 0 && score <= 100).toBe(true)
          const fails = all.some(({ criterion, outcome }) => criterion.required !== false && outcome.score < 100)
          if (pass) expect(fails || given.isBroken || score < (given.passScore ?? 0)).toBe(false)
          if (given.isVoid) expect(score).toBe(0)
          const improved = all.map((each, index) =>
            index === at % Math.max(1, all.length)
              ? { ...each, outcome: { ...each.outcome, score: Math.max(each.outcome.score, better) } }
              : each,
          )
          const after = scoreOf(improved, given)
          expect(after.score).toBeGreaterThanOrEqual(score)
          if (pass) expect(after.pass).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
