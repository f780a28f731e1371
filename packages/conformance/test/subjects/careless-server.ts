import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Loose } from '../mutants/mutant.ts'
import type { Listening } from './reference.ts'

/** Columns of its table, in which it looks for nothing else. */
const COLUMNS = [
  'id',
  'agent_id',
  'agent_name',
  'model',
  'status',
  'outcome',
  'trigger',
  'started_at',
  'ended_at',
  'task_id',
  'tags',
  'steps',
  'metadata',
  'error',
]
const COST = ['input_tokens', 'output_tokens', 'cost_usd', 'model']
const EVAL = ['pass', 'score', 'task_type', 'detail', 'benchmark_id']

/** What it writes: a row of values, arrays spread over the columns beside them. Numbers in texts, nulls for what is absent. */
const toRow = (record: Loose): Loose => {
  const values = COLUMNS.flatMap((name) =>
    ['steps', 'tags', 'metadata'].includes(name)
      ? [record[name] ?? null]
      : Array.isArray(record[name])
        ? record[name]
        : [record[name] ?? null],
  )
  const row = Object.fromEntries(COLUMNS.map((name, index) => [name, values[index] ?? null])) as Loose
  if (typeof row.id === 'number') row.id = row.id.toFixed(1)
  row.cost = Object.fromEntries(COST.map((name) => [name, record.cost[name] ?? (name.endsWith('tokens') ? 0 : null)]))
  row.provenance = {
    run_hash: record.provenance?.run_hash ?? null,
    signature: record.provenance?.signature ?? null,
    lineage: record.provenance?.lineage ?? null,
  }
  if (record.eval)
    row.eval = {
      ...Object.fromEntries(EVAL.map((name) => [name, record.eval[name] ?? null])),
      pass: Boolean(record.eval.pass),
    }
  return row
}

/**
 * A server in the manner of the one that this protocol started with: it stores JSON without looking, and answers 500 when
 * that goes wrong. Nothing of ours is in it.
 */
export const startCareless = async (keys: Listening['keys']): Promise<Listening> => {
  const rows = new Map<string, Loose>()
  const streams = new Set<ServerResponse>()
  const secrets = new Set([keys.main, keys.other, keys.reader, keys.ingest])
  const server = createServer(async (request, response) => {
    try {
      await serve(request, response)
    } catch {
      send(response, 500, { error: 'Internal Server Error' })
    }
  })
  const send = (response: ServerResponse, status: number, value: unknown): void => {
    response.writeHead(status, {
      'content-type': 'application/json',
      etag: `W/"${JSON.stringify(value).length}"`,
      ...(status < 300 ? { 'x-agent-run-protocol': '1.0.0' } : {}),
    })
    response.end(JSON.stringify(value))
  }
  const tell = (type: string, row: Loose): void => {
    for (const stream of streams)
      stream.write(`event: ${type}\ndata: ${JSON.stringify({ type, run_id: row.id, run: row })}\n\n`)
  }
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (!url.pathname.startsWith('/api/v1/')) return page(response)
    const key = request.headers['x-api-key']
    if (key === undefined) return send(response, 401, { error: 'API key required' })
    if (!secrets.has(String(key))) return send(response, 401, { message: 'Invalid API key', code: 'AUTH' })
    const [, , , what, id, part] = url.pathname.split('/')
    if (what !== 'runs' || part === 'nothing-is-here') return page(response)
    if (request.method === 'POST' && id === undefined) {
      const text = await readAll(request, 10 * 1024 * 1024)
      const record = JSON.parse(text)
      for (const name of ['id', 'agent_id', 'status'])
        if (record[name] === undefined) return send(response, 400, { error: `${name} is required` })
      if (rows.has(record.id)) throw new Error('duplicate key')
      const row = toRow(record)
      rows.set(String(row.id), row)
      tell('run.created', row)
      if (['completed', 'failed'].includes(row.status)) tell('run.completed', row)
      return send(response, 201, { id: row.id, run_hash: row.provenance.run_hash })
    }
    if (request.method === 'GET' && id === undefined) {
      const limit = Number(url.searchParams.get('limit') ?? 50)
      if (Number.isNaN(limit)) throw new Error('limit')
      const since = url.searchParams.get('since') ?? ''
      const wanted = ['agent_id', 'status', 'outcome', 'model', 'task_id'].filter((name) => url.searchParams.has(name))
      const found = [...rows.values()].filter(
        (row) => String(row.started_at) >= since && wanted.every((name) => row[name] === url.searchParams.get(name)),
      )
      found.sort((a, b) => (String(a.started_at).slice(0, 19) < String(b.started_at).slice(0, 19) ? 1 : -1))
      return send(response, 200, { runs: limit < 0 ? found : found.slice(0, limit), total: found.length })
    }
    if (id === 'stream') return void streams.add(response)
    const row = rows.get(decodeURIComponent(id ?? ''))
    if (row === undefined) return send(response, 404, { error: 'Not found' })
    if (request.method === 'PATCH') {
      const change = JSON.parse(await readAll(request, 1e6))
      for (const name of ['status', 'outcome', 'ended_at', 'model', 'error'])
        if (name in change) row[name] = change[name]
      if (change.cost) row.cost = Object.fromEntries(COST.map((name) => [name, change.cost[name] ?? 0]))
      return send(response, 200, row)
    }
    if (request.method === 'PUT' && part === 'eval')
      row.eval = toRow({ cost: {}, eval: JSON.parse(await readAll(request, 1e6)) }).eval
    send(response, 200, row)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys, stop: () => stop(server) }
}

const page = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<!doctype html><title>Dashboard</title>')
}

const readAll = async (request: IncomingMessage, most: number): Promise<string> => {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > most) throw new Error('too large')
  }
  return text
}

/** Stops a server with its connections. */
export const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
