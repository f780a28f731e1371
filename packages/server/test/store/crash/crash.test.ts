import { expect, it } from 'vitest'
import { crashAgainAndAgain } from './crash.ts'

it('loses nothing that was acknowledged when it is killed', async () => {
  const report = await crashAgainAndAgain(4, 200)
  console.log(`kill -9: ${JSON.stringify(report)}`)
  expect(report.duplicates).toBe(0)
  expect(report.acknowledged).toBeGreaterThanOrEqual(200)
  expect(report.found).toBeGreaterThanOrEqual(report.acknowledged)
})

it('loses nothing when two processes that write to one file are killed', async () => {
  const report = await crashAgainAndAgain(4, 100, 2)
  console.log(`kill -9, two processes on one file: ${JSON.stringify(report)}`)
  expect(report.duplicates).toBe(0)
  expect(report.found).toBeGreaterThanOrEqual(report.acknowledged)
})
