import { expect, it } from 'vitest'
import { seed } from '../seed.ts'
import { killAndCount } from './spooling.ts'

it('what was kept is on the server once, whoever is killed, thirty times', async () => {
  const { kept, acknowledged } = await killAndCount(30, seed)
  console.info(
    `seed ${seed}: ${kept} kept and found once, ${acknowledged} seen acknowledged by the process that kept them`,
  )
  expect(kept).toBeGreaterThan(100)
})
