import { expect, it } from 'vitest'
import { killAndLook } from './kill.ts'

it('leaves a journal that folds and resumes, wherever it is killed', async () => {
  const seed = Math.floor(Math.random() * 1e9)
  console.info(`seed of the kill points: ${seed}`)
  const outcomes = await killAndLook(10, seed)
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(10)
})
