import { expect, it } from 'vitest'
import { seed } from '../seed.ts'
import { killAndCount } from './spooling.ts'

it('what was kept is on the server once, whoever is killed', async () => {
  const { kept } = await killAndCount(2, seed)
  expect(kept).toBeGreaterThan(1)
})
