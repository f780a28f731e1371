import { expect, it } from 'vitest'
import { killAndLook } from './kill.ts'

it('leaves a journal that folds and resumes, at 200 points', async () => {
  const seed = Number(process.env.AGENT_RUN_SEED ?? Math.floor(Math.random() * 1e9))
  console.info(`seed of the kill points: ${seed}; AGENT_RUN_SEED repeats them`)
  const outcomes = await killAndLook(200, seed)
  console.info(outcomes)
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(200)
  expect(Math.min(outcomes.resumed ?? 0, outcomes.interrupted ?? 0)).toBeGreaterThan(20)
})
