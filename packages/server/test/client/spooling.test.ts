import { expect, it } from 'vitest'
import { killAndCount } from './spooling.ts'

it('what was kept is on the server once, whoever is killed', async () => {
  const seed = Math.floor(Math.random() * 1e9)
  const { kept } = await killAndCount(2, seed)
  expect(kept).toBeGreaterThan(1)
})
