import { expect, it } from 'vitest'
import { killAndLook } from './kill.ts'

it('leaves a journal that folds and resumes, wherever it is killed', async () => {
  const outcomes = await killAndLook(8, 7)
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(8)
})
