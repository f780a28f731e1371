import { expect, it } from 'vitest'
import { operations } from '../document.ts'
import { fuzz } from './fuzz-server.ts'

it('answers whatever 300 requests ask in the words of the document, and never fails', async () => {
  const tally = await fuzz(300, 20_261_121)
  expect(tally.size).toBe(operations.length)
})
