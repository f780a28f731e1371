import type { BatchResult } from '@agent-run/types'
import { expect, it } from 'vitest'
import { createClient } from '../../src/client/index.ts'
import { receiptOf, record } from './record.ts'
import { type Answer, type Asked, problem, type Reply, scripted } from './scripted-server.ts'

const clientOf = (url: string) => createClient({ url, wait: async () => undefined, random: () => 0 })
const linesOf = ({ body }: Asked): string[] => body.toString().split('\n').slice(0, -1)
const all = async (results: AsyncIterable<BatchResult>): Promise<BatchResult[]> => {
  const found: BatchResult[] = []
  for await (const result of results) found.push(result)
  return found
}
const ndjson = (results: readonly object[]): Answer => ({
  headers: { 'content-type': 'application/x-ndjson' },
  body: results.map((result) => `${JSON.stringify(result)}\n`).join(''),
})
/** Takes every line that can be read. */
const take: Reply = (asked) =>
  ndjson(
    linesOf(asked).map((text, index) => {
      try {
        return { line: index + 1, status: 201, receipt: receiptOf(JSON.parse(text)) }
      } catch {
        return { line: index + 1, status: 400, problem: { type: 'x', title: 't', status: 400, code: 'body.malformed' } }
      }
    }),
  )
const records = (count: number) => Array.from({ length: count }, (_, index) => record(`r-${index}`))
const unzipped = { lines: 1000 }

it('sends records in batches, packed, and numbers the results over all of them', async () => {
  const { url, asked } = await scripted(take)
  const results = await all(clientOf(url).postRuns(records(25), { lines: 10 }))
  expect(asked.map((each) => linesOf(each).length)).toEqual([10, 10, 5])
  expect(asked.every(({ headers }) => headers['content-encoding'] === 'gzip')).toBe(true)
  expect(results.map(({ line }) => line)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  expect(results.map(({ receipt }) => receipt?.id)).toEqual(records(25).map(({ id }) => id))
})

it('keeps below a number of octets, and sends a longer record alone', async () => {
  const { url, asked } = await scripted(take)
  const long = record('long', { tags: ['x'.repeat(3000)] })
  await all(clientOf(url).postRuns([...records(3), long, ...records(1)], { octets: 1500 }))
  expect(asked.map((each) => linesOf(each).length)).toEqual([3, 1, 1])
})

it('takes records as texts of any layout, and a bad one hurts nobody', async () => {
  const { url } = await scripted(take)
  const given = [JSON.stringify(record('a'), null, 2), '{"id":', new TextEncoder().encode(JSON.stringify(record('b')))]
  const results = await all(clientOf(url).postRuns(given))
  expect(results.map(({ status }) => status)).toEqual([201, 400, 201])
  await expect(all(clientOf(url).postRuns(['{"id":\n']))).rejects.toThrow(TypeError)
  await expect(all(clientOf(url).postRuns(['']))).rejects.toThrow(TypeError)
})

it('sends again what has no result when the answer breaks off, and nothing else', async () => {
  const { url, asked } = await scripted((each, response) => {
    const [first] = linesOf(each)
    const result = { line: 1, status: 201, receipt: receiptOf(JSON.parse(first ?? '')) }
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).write(`${JSON.stringify(result)}\n{"li`)
    setTimeout(() => response.socket?.destroy(), 20)
    return undefined
  }, take)
  const results = await all(clientOf(url).postRuns(records(3), unzipped))
  expect(results.map(({ line, receipt }) => [line, receipt?.id])).toEqual([
    [1, 'r-0'],
    [2, 'r-1'],
    [3, 'r-2'],
  ])
  expect(asked.map((each) => linesOf(each).length)).toEqual([3, 2])
})

it('sends a line again that could not be stored just now', async () => {
  const full = problem(507, 'store.full').body as object
  const { url, asked } = await scripted(
    (each) =>
      ndjson(
        linesOf(each).map((text, index) =>
          index === 1
            ? { line: 2, status: 507, problem: full }
            : { line: index + 1, status: 201, receipt: receiptOf(JSON.parse(text)) },
        ),
      ),
    take,
  )
  const results = await all(clientOf(url).postRuns(records(3)))
  expect(results.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(asked.map((each) => linesOf(each).length)).toEqual([3, 2])
})

it('does not believe results about something else', async () => {
  const wrong: Reply = (each) =>
    ndjson(linesOf(each).map((_, index) => ({ line: index + 1, status: 201, receipt: receiptOf(record('other')) })))
  const { url } = await scripted(wrong)
  await expect(all(clientOf(url).postRuns(records(1)))).rejects.toMatchObject({ code: 'client.digest' })
  const shuffled = await scripted(ndjson([{ line: 2, status: 201 }]))
  await expect(all(clientOf(shuffled.url).postRuns(records(2)))).rejects.toMatchObject({ code: 'client.answer' })
})
