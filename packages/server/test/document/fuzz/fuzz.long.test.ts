import { expect, it } from 'vitest'
import { seed } from '../../seed.ts'
import { operations } from '../document.ts'
import { fuzz } from './fuzz-server.ts'

it('answers whatever 10,000 requests ask in the words of the document, and never fails', async () => {
  const tally = await fuzz(10_000, seed)
  // Requests that are all refused, or all right, would show nothing.
  for (const { id } of operations) {
    const statuses = [...(tally.get(id)?.keys() ?? [])]
    expect(
      statuses.some((status) => status < 400),
      `${id} was done at least once`,
    ).toBe(true)
    expect(
      statuses.some((status) => status >= 400),
      `${id} was refused at least once`,
    ).toBe(true)
  }
  let all = 0
  for (const statuses of tally.values()) for (const number of statuses.values()) all += number
  expect(all).toBe(10_000)
})
