import type { RunPage } from '@agent-run/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { quickStart, startServer, type TestServer } from './start-app.ts'

let server: TestServer
let headers: Record<string, string>

beforeAll(async () => {
  server = await startServer()
  headers = { 'x-api-key': await server.key(), 'content-type': 'application/json' }
})
afterAll(() => server.stop())

const post = async (run: object): Promise<void> => {
  const answer = await server.app.inject({ method: 'POST', url: '/api/v1/runs', headers, payload: JSON.stringify(run) })
  expect(answer.statusCode).toBe(201)
}
const ask = (query: string) => server.app.inject({ url: `/api/v1/runs${query}`, headers })
const list = async (query: string): Promise<RunPage> => {
  const answer = await ask(query)
  expect(answer.statusCode).toBe(200)
  return answer.json()
}
const ids = ({ runs }: RunPage): string[] => runs.map(({ id }) => id)

describe('GET /runs', () => {
  test('newest first by instant, whatever the offset (AR-HTTP-040, AR-HTTP-046)', async () => {
    const times = [
      '2026-03-01T10:00:00Z',
      '2026-03-01T12:30:00+02:00',
      '2026-03-01T09:59:59.5-01:00',
      '2026-03-01T11:00:00.000000001Z',
    ]
    for (const [index, started_at] of times.entries())
      await post({ ...quickStart(`time-${index}`), started_at, session_id: 'time' })
    expect(ids(await list('?session_id=time'))).toEqual(['time-3', 'time-2', 'time-1', 'time-0'])
    const since = (time: string): string => encodeURIComponent(time)
    expect(ids(await list(`?session_id=time&since=${since('2026-03-01T12:30:00+02:00')}`))).toEqual([
      'time-3',
      'time-2',
      'time-1',
    ])
    expect(ids(await list(`?session_id=time&until=${since('2026-03-01T05:30:00-05:00')}`))).toEqual(['time-0'])
  })

  test('pages give each run once, also while others arrive (AR-HTTP-041)', async () => {
    for (let index = 0; index < 7; index++) await post({ ...quickStart(`page-${index}`), session_id: 'page' })
    const seen: string[] = []
    let page = await list('?session_id=page&limit=2')
    for (;;) {
      seen.push(...ids(page))
      await post({ ...quickStart(), session_id: 'page', started_at: '2027-01-01T00:00:00Z' })
      if (page.next === undefined) break
      page = await list(`?session_id=page&limit=3&cursor=${page.next}`)
    }
    expect([...new Set(seen)]).toHaveLength(seen.length)
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, index) => `page-${index}`))
  })

  test.each([
    'limit=0',
    'limit=201',
    'limit=-1',
    'limit=abc',
    'limit=',
    'limit=1.0',
    'limit=1e2',
    'limit=%2B1',
    'limit=99999999999999999999',
  ])('%s is refused (AR-HTTP-042)', async (query) => {
    const answer = await ask(`?${query}`)
    expect(answer.json()).toMatchObject({ status: 400, code: 'query.limit', errors: [{ parameter: 'limit' }] })
  })

  test.each([
    ['agentid=x', 'query.unknown_parameter', 'agentid'],
    ['offset=3', 'query.unknown_parameter', 'offset'],
    ['=x', 'query.unknown_parameter', ''],
    ['agent_id=a&agent_id=b', 'query.invalid_value', 'agent_id'],
    ['limit=1&limit=2', 'query.invalid_value', 'limit'],
    ['cursor=a&cursor=b', 'query.invalid_value', 'cursor'],
    ['status=done', 'query.invalid_value', 'status'],
    ['since=yesterday', 'query.invalid_value', 'since'],
    ['since=2026-02-30T00:00:00Z', 'query.invalid_value', 'since'],
    ['has_error=1', 'query.invalid_value', 'has_error'],
    ['level=gold', 'query.invalid_value', 'level'],
    ['agent_id=', 'query.invalid_value', 'agent_id'],
    ['cursor=', 'query.cursor', 'cursor'],
    ['cursor=abc', 'query.cursor', 'cursor'],
    [`cursor=${'A'.repeat(5000)}`, 'query.cursor', 'cursor'],
  ])('%s is refused by name (AR-HTTP-043, AR-HTTP-044, AR-HTTP-045)', async (query, code, parameter) => {
    const answer = await ask(`?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code, errors: [{ parameter }] })
  })

  test('percent-encoding that is none, in a query', async () => {
    expect((await ask('?agent_id=%zz')).json()).toMatchObject({ status: 400, code: 'http.malformed' })
  })

  test('a cursor is good for its query only, and for what the server gave (AR-HTTP-045)', async () => {
    const { next = '' } = await list('?session_id=page&limit=1')
    expect(next).not.toBe('')
    for (const query of [
      `?limit=1&cursor=${next}`,
      `?session_id=time&cursor=${next}`,
      `?session_id=page&cursor=${next}x`,
      `?session_id=page&cursor=${next.slice(0, -1)}`,
    ])
      expect((await ask(query)).json()).toMatchObject({ status: 400, code: 'query.cursor' })
    expect((await ask(`?limit=2&session_id=page&cursor=${next}`)).statusCode).toBe(200)
  })

  test('the filters select exactly the runs with that value (AR-HTTP-047)', async () => {
    const values = {
      agent_id: 'f-agent',
      status: 'failed',
      outcome: 'partial',
      task_id: 'f-task',
      session_id: 'f-session',
      turn_id: 'f-turn',
      parent_run_id: 'f-parent',
      model: 'f-model',
    }
    await post({ ...quickStart('f-1'), ...values, tags: ['red', 'blue & green'], provenance: { run_hash: 'f-hash' } })
    await post({ ...quickStart('f-2'), tags: ['red'] })
    for (const [name, value] of Object.entries({ ...values, run_hash: 'f-hash' }))
      expect(ids(await list(`?${name}=${value}`))).toEqual(['f-1'])
    expect(ids(await list('?tag=red')).sort()).toEqual(['f-1', 'f-2'])
    expect(ids(await list('?tag=red&tag=blue+%26%20green'))).toEqual(['f-1'])
    expect(ids(await list('?tag=red&agent_id=f-agent&status=completed'))).toEqual([])
    expect(ids(await list("?agent_id=f-agent'%20OR%201=1--"))).toEqual([])
  })

  test('what wrote files, and beside it what could have (AR-HTTP-120)', async () => {
    const step = (id: string, kind: string) => ({
      id,
      type: 'tool_call',
      started_at: null,
      status: 'succeeded',
      tool_name: 't',
      side_effects: [{ kind, target_kind: kind === 'write' ? 'file' : 'command', target: 'x' }],
    })
    const run = (id: string, ...kinds: string[]) => ({
      ...quickStart(id),
      session_id: 'w',
      steps: kinds.map((kind, index) => step(`s${index}`, kind)),
    })
    await post(run('w-1', 'write'))
    await post(run('w-2', 'write', 'exec'))
    await post(run('w-3', 'exec'))
    await post(run('w-4', 'network'))
    const page = await list('?side_effect=write&session_id=w')
    expect([ids(page).sort(), page.also_executed]).toEqual([['w-1', 'w-2'], 1])
    expect(await list('?side_effect=exec&session_id=w')).not.toHaveProperty('also_executed')
  })
})
