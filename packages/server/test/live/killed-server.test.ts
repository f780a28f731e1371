import { expect, it } from 'vitest'
import { surviveKills } from './killed-server.ts'

it('a journal and its events survive a server that is killed', async () => {
  const { kills } = await surviveKills(2, 30)
  expect(kills).toBeGreaterThan(0)
})
