import { expect, it } from 'vitest'
import { crashAgainAndAgain } from './crash.ts'

it('loses nothing that was acknowledged when it is killed fifty times', { timeout: 1_200_000 }, async () => {
  const report = await crashAgainAndAgain(50, 5_000)
  console.log(`kill -9: ${JSON.stringify(report)}`)
  expect(report.duplicates).toBe(0)
  expect(report.kills).toBeGreaterThanOrEqual(50)
  expect(report.acknowledged).toBeGreaterThanOrEqual(5_000)
  expect(report.found).toBeGreaterThanOrEqual(report.acknowledged)
})
