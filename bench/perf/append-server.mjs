// L1 for the server: what a live run costs as it grows, one durable request a step: 2,000 steps beside 500. Linear is 4.
// The obvious way, the whole document with every step, is measured at a fourth of the size: it is quadratic.
import { strictEqual } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJournalWriter, createSigner } from '@agent-run/core'
import { createApp, createKeyText, hashOfKey, openStore, prefixOf } from '@agent-run/server'
import { corpus, random } from './corpus.mjs'
import { median, summarise } from './interleave.mjs'

const bar = 5
const FEW = 500
const MANY = 2000
const HEAD_EVERY = 16
const at = '2026-11-20T15:00:00Z'
const source = corpus.large(1).steps.filter(({ type }) => type === 'tool_call')
const stepAt = (n) => ({ ...source[n % source.length], id: `s-${n}`, parent_step_id: undefined, caused_by: undefined })
const clean = (object) => JSON.parse(JSON.stringify(object))
const body = (lines) => lines.map((line) => `${line}\n`).join('')

/** The requests of a run: its beginning, then one a step, with a signed head now and then. */
const requestsOf = async (id, count) => {
  const signer = createSigner(new Uint8Array(32).fill(7))
  const writer = createJournalWriter({ signer })
  const provenance = { nonce: '0'.repeat(32), signed_by: signer.did }
  const requests = [
    body(writer.append('run.started', at, { id, spec_version: '1.0', agent_id: 'bench', started_at: at, provenance })),
  ]
  for (let n = 0; n < count; n++) {
    const step = clean(stepAt(n))
    const { id: stepId, type, tool_name, started_at } = step
    const lines = writer.append('step.started', at, { id: stepId, type, tool_name, started_at })
    lines.push(...writer.append('step.ended', at, step))
    if (n % HEAD_EVERY === 0) lines.push(...(await writer.signHead(at)))
    requests.push(body(lines))
  }
  return requests
}

const startServer = async (folder) => {
  const store = await openStore(`sqlite:${join(folder, 'bench.db')}`)
  const key = createKeyText(randomBytes)
  const scopes = ['runs:read', 'runs:write']
  const made = { prefix: prefixOf(key), hash: hashOfKey(key), tenant: 'bench', name: 'bench', scopes, createdAt: at }
  await store.keys.create({ ...made, expiresAt: undefined })
  const app = await createApp({ store })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${app.server.address().port}/api/v1/runs`
  const send = async (method, path, type, payload, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      body: payload,
      headers: { 'x-api-key': key, ...(type && { 'content-type': type }), ...headers },
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return answer.headers.get('etag')
  }
  return {
    send,
    url,
    key,
    async stop() {
      await app.close()
      await store.close()
    },
  }
}

let runs = 0

/** Milliseconds that it takes to send so many steps, each durable before the next. */
const append = async ({ send, url, key }, count) => {
  const id = `append-${++runs}`
  const requests = await requestsOf(id, count)
  const start = performance.now()
  for (const request of requests) await send('POST', `/${id}/events`, 'application/x-ndjson', request)
  const time = performance.now() - start
  const run = await (await fetch(`${url}/${id}`, { headers: { 'x-api-key': key } })).json()
  strictEqual(run.steps.length, count)
  return time
}

/** The same by sending all steps with every step. */
const rewrite = async ({ send }, count) => {
  const id = `rewrite-${++runs}`
  const run = {
    id,
    agent_id: 'bench',
    status: 'running',
    started_at: at,
    steps: [],
    cost: { input_tokens: null, output_tokens: null },
    provenance: { run_hash: '-' },
  }
  await send('POST', '', 'application/json', JSON.stringify(run))
  let etag = await send('GET', `/${id}`)
  const start = performance.now()
  for (let n = 0; n < count; n++) {
    run.steps.push(clean(stepAt(n)))
    const patch = JSON.stringify({ steps: run.steps })
    etag = await send('PATCH', `/${id}`, 'application/merge-patch+json', patch, { 'if-match': etag })
  }
  return performance.now() - start
}

const measure = async (way, server, few, many, rounds, next) => {
  const times = []
  await way(server, few) // warms up
  for (let round = 0; round < rounds; round++) {
    const time = {}
    for (const count of next() < 0.5 ? [few, many] : [many, few]) time[count] = await way(server, count)
    times.push(time[many] / time[few])
  }
  return times
}

/** @returns the row of L1 for the server */
export async function run({ rounds = 15, log = () => {} } = {}) {
  log('L1: appending steps to the server')
  const next = random(13)
  const folder = mkdtempSync(join(tmpdir(), 'agent-run-bench-'))
  const server = await startServer(folder)
  try {
    const { middle, spread } = summarise(
      await measure(append, server, FEW, MANY, Math.min(Math.max(rounds, 9), 9), next),
      (growth) => growth,
    )
    const peer = median(await measure(rewrite, server, FEW / 4, MANY / 4, 3, next))
    return [
      {
        id: 'L1',
        name: 'sending 2,000 steps live, over 500',
        ratio: middle,
        spread,
        bar,
        peers: [{ name: 'patching the document (500 over 125)', ratio: peer }],
      },
    ]
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
