import { createJournalWriter, createSigner, digest } from '@agent-run/core'
import { afterEach, describe, expect, it } from 'vitest'
import { listen, type Stub, type StubOptions } from '../../src/emitter/stub/listen.ts'
import { loadSchemas } from '../../src/http/schemas.ts'
import { foldJournal } from '../../src/record/index.ts'

const schemas = loadSchemas()
let stub: Stub | undefined

afterEach(async () => {
  await stub?.stop()
  stub = undefined
})

const start = async (options: Partial<StubOptions> = {}): Promise<Stub> => {
  stub = await listen({ host: '127.0.0.1', port: 0, schemas, fold: foldJournal, ...options })
  return stub
}

const record = (id: string, members: object = {}) => ({
  id,
  agent_id: 'a',
  status: 'completed',
  started_at: '2026-11-20T14:02:11Z',
  steps: [],
  cost: { input_tokens: 1, output_tokens: 1 },
  provenance: { run_hash: '...' },
  ...members,
})

interface Sending {
  readonly method?: string
  readonly body?: unknown
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly key?: string | null
}

const send = async (path: string, { method = 'GET', body, type = 'application/json', headers, key }: Sending = {}) => {
  const { url, key: own } = stub!
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(key === null ? {} : { 'x-api-key': key ?? own }),
      ...(body === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  expect(answer.headers.get('x-agent-run-protocol')).toBe('1.0.0')
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    value: /[/+]json$/.test(answer.headers.get('content-type') ?? '') && text !== '' ? JSON.parse(text) : undefined,
  }
}
const post = (body: unknown, more: Sending = {}) => send('/api/v1/runs', { method: 'POST', body, ...more })

describe('the stub server', () => {
  it('says what it is, without a key', async () => {
    await start()
    const { status, value } = await send('/.well-known/agent-run', { key: null })
    expect(status).toBe(200)
    expect(schemas.faults('server-info.json', value)).toEqual([])
  })

  it('refuses and counts requests without its key', async () => {
    const { strangers } = await start()
    expect(strangers).toBe(0)
    for (const key of [null, 'another']) {
      const { status, value, headers } = await post(record('r'), { key })
      expect([status, value.code, headers.get('content-type')]).toEqual([
        401,
        'key.refused',
        'application/problem+json',
      ])
    }
    expect(stub!.strangers).toBe(2)
    expect(stub!.shelf.runs.size).toBe(0)
    expect((await post(record('r'), { key: null, headers: { authorization: `Bearer ${stub!.key}` } })).status).toBe(201)
  })

  it('takes a record once and gives it back', async () => {
    await start()
    const first = await post(record('a/b', { x_own: 1 }))
    expect([first.status, schemas.faults('run-receipt.json', first.value)]).toEqual([201, []])
    expect((await post(record('a/b', { x_own: 1 }))).status).toBe(200)
    expect((await post(record('a/b', { x_own: 2 }))).value.code).toBe('run.exists')
    const read = await send('/api/v1/runs/a%2Fb')
    expect(read.value).toEqual(record('a/b', { x_own: 1 }))
    expect(read.headers.get('etag')).toBe(`"${digest(read.text)}"`)
    expect((await send('/api/v1/runs/a%2Fb', { headers: { 'if-none-match': read.headers.get('etag')! } })).status).toBe(
      304,
    )
    expect((await send('/api/v1/runs/nobody')).value.code).toBe('run.unknown')
    expect(stub!.shelf.received.length).toBe(2)
  })

  it.each([
    ['no JSON', 'nope', 400, 'body.malformed'],
    ['half a record', { id: 'x' }, 422, 'record.invalid'],
    ['a list', [], 422, 'record.invalid'],
    ['an id of dots', record('..'), 422, 'run.id'],
  ])('refuses %s, and keeps it for judging', async (_what, body, status, code) => {
    await start()
    const answer = await post(body)
    expect([answer.status, answer.value.code]).toEqual([status, code])
    expect(stub!.shelf.runs.size).toBe(0)
    expect(stub!.shelf.received.length).toBe(1)
  })

  it('refuses what is too large, of another type, packed otherwise or nowhere', async () => {
    await start()
    const large = await post(`"${'x'.repeat(11 * 1024 * 1024)}"`)
    expect([large.status, large.value.limit]).toEqual([413, 10 * 1024 * 1024])
    expect((await post(record('r'), { type: 'text/plain' })).status).toBe(415)
    expect((await post(record('r'), { headers: { 'content-encoding': 'br' } })).status).toBe(415)
    expect((await send('/api/v1/nothing')).status).toBe(404)
    const lacking = await send('/api/v1/runs/r/events', { method: 'PATCH', body: {} })
    expect([lacking.status, lacking.headers.get('allow')]).toEqual([405, 'GET, POST'])
    // Not taken, and judged all the same: the record of another media type.
    expect([stub!.shelf.runs.size, stub!.shelf.received.length]).toEqual([0, 1])
    const told = stub!.shelf.refused.map(({ check, message }) => check ?? /\d{3}/.exec(message)?.[0])
    expect(told).toEqual(['413', '415', '415', '405'])
  })

  it('takes lines of records', async () => {
    await start()
    const body = `${JSON.stringify(record('one'))}\nnope\n${JSON.stringify(record('two'))}\n`
    const { text } = await send('/api/v1/runs:batch', { method: 'POST', body, type: 'application/x-ndjson' })
    const results = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results.map(({ line, status }) => [line, status])).toEqual([
      [1, 201],
      [2, 400],
      [3, 201],
    ])
    expect(results.flatMap((each) => schemas.faults('batch-result.json', each))).toEqual([])
  })

  it('answers the same request with the same Idempotency-Key alike', async () => {
    await start()
    const headers = { 'idempotency-key': 'k-1' }
    expect((await post(record('r'), { headers })).status).toBe(201)
    expect((await post(record('r'), { headers })).status).toBe(201)
    expect((await post(record('s'), { headers })).value.code).toBe('idempotency.reused')
  })

  it('changes a record that is not sealed', async () => {
    await start()
    await post(record('r', { status: 'running' }))
    const path = '/api/v1/runs/r'
    const etag = (await send(path)).headers.get('etag')!
    const patch = { method: 'PATCH', body: { status: 'failed' }, type: 'application/merge-patch+json' }
    expect((await send(path, patch)).status).toBe(428)
    expect((await send(path, { ...patch, headers: { 'if-match': '"sha256:0"' } })).status).toBe(412)
    expect((await send(path, { ...patch, headers: { 'if-match': etag } })).value.status).toBe('failed')
    expect(stub!.shelf.received.length).toBe(2)
  })

  it('takes judgements about what it has', async () => {
    await start()
    await post(record('r'))
    const put = (body: object) => send('/api/v1/runs/r/eval', { method: 'PUT', body })
    expect((await put({ pass: true, score: 101 })).status).toBe(422)
    expect((await put({ pass: true, score: 90, run_id: 'another' })).status).toBe(422)
    expect((await put({ pass: true, score: 90, run_id: 'r' })).value.eval.score).toBe(90)
    expect((await send('/api/v1/runs/r/evals')).value.evals.length).toBe(1)
  })
})

/** Lines of a journal with a request for an approval. */
const journal = (): readonly string[] => {
  const writer = createJournalWriter()
  const nonce = '0'.repeat(32)
  const signer = createSigner(new Uint8Array(32).fill(1))
  const at = '2026-11-20T14:02:11Z'
  const run = { id: 'live', spec_version: '1.0', agent_id: 'a', started_at: at, provenance: { run_hash: '', nonce } }
  const lines = [
    ['run.started', { ...run, provenance: { ...run.provenance, signed_by: signer.did } }],
    ['step.started', { id: 's-1', type: 'tool_call', tool_name: 'deploy', status: 'pending', started_at: null }],
    [
      'approval',
      {
        approval_id: 'ap-1',
        event: 'requested',
        run_id: 'live',
        step_id: 's-1',
        at,
        action_hash: `sha256:${'1'.repeat(64)}`,
      },
    ],
  ] as const
  return lines.flatMap(([type, data]) => writer.append(type, at, data))
}

describe('a live run', () => {
  const events = (lines: readonly string[]) =>
    send('/api/v1/runs/live/events', {
      method: 'POST',
      body: lines.map((line) => `${line}\n`).join(''),
      type: 'application/x-ndjson',
    })

  it('is told line by line, each of them once', async () => {
    await start()
    const lines = journal()
    const first = await events(lines.slice(0, 2))
    expect([first.status, first.value.seq, first.value.status]).toEqual([200, 1, 'running'])
    expect(schemas.faults('journal-ack.json', first.value)).toEqual([])
    expect((await events(lines.slice(0, 2))).value.head).toBe(first.value.head)
    expect((await events(lines)).value.seq).toBe(2)
    expect((await send('/api/v1/runs/live/events')).text).toBe(lines.map((line) => `${line}\n`).join(''))
    expect((await send('/api/v1/runs/live/events?after=1')).text).toBe(`${lines[2]}\n`)
    expect((await send('/api/v1/runs/live')).value.id).toBe('live')
    expect((await post(record('live'))).status).toBe(409)
  })

  it('does not take lines that do not follow', async () => {
    await start()
    const lines = journal()
    await events(lines.slice(0, 1))
    const gap = await events(lines.slice(2))
    expect([gap.status, gap.value.code, gap.value.expected.seq]).toEqual([409, 'journal.fork', 0])
    expect((await events([lines[0]!.replace('"a"', '"b"')])).status).toBe(409)
    expect((await events(['nope'])).status).toBe(400)
  })

  it('is answered by the people of a scenario, who sign', async () => {
    await start({ decisions: [{ tool: 'deploy', decision: 'approved', person: 'somebody', reason: 'ok' }] })
    await events(journal())
    const { value } = await send('/api/v1/approvals?run_id=live')
    expect(schemas.faults('approval-page.json', value)).toEqual([])
    const [{ state, decisions }] = value.approvals
    expect([state, decisions[0].event, decisions[0].reason]).toEqual(['approved', 'approved', 'ok'])
    expect(decisions[0].signature).toMatch(/^[A-Za-z0-9+/]{86}==$/)
    const again = { method: 'POST', body: decisions[0] }
    expect((await send('/api/v1/runs/live/approvals/ap-1', again)).status).toBe(200)
    const other = { method: 'POST', body: { ...decisions[0], event: 'denied', signature: `${'A'.repeat(86)}==` } }
    expect((await send('/api/v1/runs/live/approvals/ap-1', other)).status).toBe(409)
  })
})

describe('what goes wrong by a scenario', () => {
  it('goes wrong as often as it says, and then no more', async () => {
    await start({
      mishaps: [
        { answer: { status: 503, code: 'server.busy', retry_after: 7 }, times: 2 },
        { cut: 'before_storing' },
        { cut: 'after_storing' },
      ],
    })
    for (const _ of [1, 2]) {
      const busy = await post(record('r'))
      expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '7'])
    }
    expect(stub!.shelf.runs.size).toBe(0)
    await expect(post(record('r'))).rejects.toThrow()
    expect(stub!.shelf.runs.size).toBe(0)
    await expect(post(record('r'))).rejects.toThrow()
    expect(stub!.shelf.runs.size).toBe(1)
    expect((await post(record('r'))).status).toBe(200)
    expect(stub!.writes.map(({ status }) => status)).toEqual([503, 503, undefined, undefined, 200])
  })

  it('goes wrong for ever where it says so', async () => {
    await start({ mishaps: [{ answer: { status: 422, code: 'record.invalid' }, times: 0 }] })
    for (const _ of [1, 2, 3]) expect((await post(record('r'))).status).toBe(422)
    expect(stub!.shelf.runs.size).toBe(0)
  })
})

it('thousands of requests and megabytes of nonsense leave it answering', async () => {
  await start()
  await Promise.all(
    Array.from({ length: 50 }, async (_, worker) => {
      for (let n = 0; n < 50; n++) await post(record(`r-${worker}-${n % 5}`))
    }),
  )
  await Promise.all([1, 2, 3, 4].map(() => post('x'.repeat(9 * 1024 * 1024))))
  expect(stub!.requests).toBe(2504)
  expect(stub!.writes.length).toBeLessThanOrEqual(2000)
  expect(stub!.shelf.runs.size).toBe(250)
  expect((await post(record('last'))).status).toBe(201)
})
