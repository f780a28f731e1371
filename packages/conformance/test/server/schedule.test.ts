import { expect, it } from 'vitest'
import { serverCases } from '../../src/server/cases.ts'
import { playAll } from '../../src/server/schedule.ts'

it('plays reading cases first, then writing, then deleting ones; asking too often comes last', async () => {
  const cases = serverCases()
  const begun: string[] = []
  const ended: string[] = []
  let large = 0
  let most = 0
  let now = 0
  const results = await playAll(cases, async (each) => {
    const isLarge = JSON.stringify(each).includes('"beyond"')
    if (isLarge) expect(++large).toBe(1)
    most = Math.max(most, ++now)
    begun.push(each.id)
    await new Promise((resolve) => setImmediate(resolve))
    ended.push(each.id)
    now--
    if (isLarge) large--
    return each.id
  })
  expect(results).toEqual(cases.map(({ id }) => id))
  expect(most).toBeGreaterThan(2)
  expect(most).toBeLessThan(8)

  const methodsOf = (id: string): readonly string[] => {
    const found = cases.find((each) => each.id === id)
    return found !== undefined && 'exchanges' in found ? found.exchanges.map(({ request }) => request.method) : []
  }
  const firstWrite = begun.findIndex((id) => methodsOf(id).includes('POST'))
  const lastRead = ended.findLastIndex(
    (id) => methodsOf(id).length > 0 && methodsOf(id).every((name) => name === 'GET'),
  )
  const firstDelete = begun.findIndex((id) => methodsOf(id).includes('DELETE'))
  const lastWrite = ended.findLastIndex((id) => methodsOf(id).includes('POST') && !methodsOf(id).includes('DELETE'))
  expect(lastRead).toBeLessThan(firstWrite)
  expect(lastWrite).toBeLessThan(firstDelete)
  expect(begun.at(-1)).toBe('http/code/rate_limit_without_retry_after')
  expect(begun[0]).toBe('http/code/stream_without_heartbeat')
})
