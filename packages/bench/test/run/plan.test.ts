import type { BenchPack } from '@agent-run/types'
import { expect, it } from 'vitest'
import { limitsOf, usualLimits } from '../../src/run/limits.ts'
import { planTrials } from '../../src/run/plan.ts'

const criteria = [{ name: 'a', kind: 'file', path: 'a', state: 'present' }] as const
const scenario = (id: string) => ({ id, title: id, prompt: 'do it', criteria: [...criteria] })
const pack: BenchPack = {
  pack: '1',
  id: 'p',
  title: 'P',
  version: '1.0.0',
  limits: { duration_ms: 5, output_bytes: 6 },
  scenarios: [...'abcdefgh'].map((letter) => scenario(`${letter}-one`)),
}
const plan = (seed: string, repeats = 2, only: readonly string[] = []) => planTrials(pack, { only, repeats, seed })

it('gives the same seed the same order and the same seeds of trials', () => {
  expect(plan('x')).toEqual(plan('x'))
  expect(plan('x').map(({ seed }) => seed)).not.toEqual(plan('y').map(({ seed }) => seed))
  expect(plan('x').map(({ name }) => name)).not.toEqual(plan('y').map(({ name }) => name))
})

it('makes one round after the other, each with every scenario once', () => {
  const trials = plan('x', 3)
  expect(trials.map(({ repeat }) => repeat)).toEqual([1, 2, 3].flatMap((repeat) => Array(8).fill(repeat)))
  for (const round of [1, 2, 3])
    expect(new Set(trials.filter(({ repeat }) => repeat === round).map((trial) => trial.scenario.id)).size).toBe(8)
})

it('gives every trial a seed of its own, from 0 to 2147483647, whatever else is run', () => {
  const seeds = plan('x', 50).map(({ seed }) => seed)
  expect(new Set(seeds).size).toBe(400)
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true)
  expect(plan('x', 1, ['c-one'])[0]?.seed).toBe(plan('x', 4).find(({ name }) => name === 'c-one.1')?.seed)
})

it('refuses a scenario that is not there, and says which was meant', () => {
  expect(() => plan('x', 1, ['a-oen'])).toThrow('the pack has no scenario "a-oen" – did you mean a-one?')
  expect(() => plan('x', 1, ['zzzzzzzz'])).toThrow(/there are a-one, b-one/)
})

it('takes limits of the scenario before those of the pack before the usual ones', () => {
  const own = { ...scenario('z'), limits: { duration_ms: 1, metadata: { a: 1 } } }
  expect(limitsOf(pack, own)).toEqual({ ...usualLimits, duration_ms: 1, output_bytes: 6 })
})
