import { readFileSync } from 'node:fs'
import {
  canonicalize,
  createSigner,
  digest,
  protect,
  requestHash,
  runHash,
  sealRun,
  signObject,
  verifyStepProof,
} from '@agent-run/core'
import { type Client, createClient, createRecorder } from '@agent-run/sdk'
import type { AgentRun, ApprovalEvent } from '@agent-run/types'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer, type TestServer } from '../http/start-app.ts'
import { temporaryFolder } from './server-process.ts'

const serverKey = createSigner(new Uint8Array(32).fill(1))
const signer = createSigner(new Uint8Array(32).fill(2))
let server: TestServer
let url: string
let client: Client
beforeAll(async () => {
  server = await startServer({ serverKey })
  ;({ url } = await server.listen())
  client = createClient({ url, key: await server.key({ scopes: ['admin'] }) })
})
afterAll(() => server.stop())

const record = (id: string, more: Partial<AgentRun> = {}): AgentRun => {
  const run = { agent_id: 'a', model: 'm', ...more }
  return {
    spec_version: '1.0',
    id,
    ...run,
    status: 'completed',
    started_at: '2026-11-20T14:02:11Z',
    ended_at: '2026-11-20T14:09:03Z',
    steps: [],
    cost: { input_tokens: 1, output_tokens: 1 },
    ...more,
    provenance: { run_hash: runHash(run), ...more.provenance },
  }
}
const all = async <T>(list: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = []
  for await (const item of list) items.push(item)
  return items
}
const call = (id: string) => ({ id, type: 'tool_call' as const, tool_name: 'Bash', started_at: '2026-11-20T14:03:00Z' })

/** Method of the client for each operation of the document; those of people who run servers have none. */
const methods: Readonly<Record<string, keyof Client | undefined>> = {
  getServerInfo: 'info',
  getHealth: undefined,
  getReadiness: undefined,
  getMetrics: undefined,
  postRun: 'postRun',
  postRunBatch: 'postRuns',
  getRun: 'getRun',
  listRuns: 'listRuns',
  patchRun: 'patchRun',
  eraseRun: 'erase',
  appendEvents: 'appendEvents',
  getEvents: 'readEvents',
  listSteps: 'steps',
  getProvenance: 'provenance',
  verifyRun: 'verify',
  proveStep: 'proof',
  putEval: 'putEval',
  listEvals: 'evals',
  decideApproval: 'decide',
  listApprovals: 'approvals',
  diffRun: 'diff',
  listArtifacts: 'artifacts',
  listMcpServers: 'mcpServers',
  getLeaderboard: 'leaderboard',
  streamRuns: 'stream',
}

it('every operation of the document has a method', () => {
  const document = readFileSync(new URL('../../../../schemas/openapi.yaml', import.meta.url), 'utf8')
  const operations = [...document.matchAll(/^ +operationId: (\w+)$/gm)].map(([, name]) => name)
  expect(operations.sort()).toEqual(Object.keys(methods).sort())
  for (const method of Object.values(methods)) if (method !== undefined) expect(client[method]).toBeTypeOf('function')
})

it('info, without a key', async () => {
  const info = await createClient({ url }).info()
  expect(info).toMatchObject({ protocol: ['1.0.0'], server_key: serverKey.did })
})

it('postRun and getRun, under every id there may be', async () => {
  for (const id of ['stream', 'a/b?c', '%2F', 'ü 💡', '...', 'runs:batch']) {
    const receipt = await client.postRun(record(id))
    expect(receipt).toMatchObject({ id, etag: digest(canonicalize(record(id))) })
    expect(await client.readRun(id)).toMatchObject({ run: record(id), etag: receipt.etag })
  }
  await expect(client.getRun('nobody')).rejects.toMatchObject({ code: 'run.unknown', status: 404 })
  await expect(client.postRun('{"id":')).rejects.toMatchObject({ code: 'body.malformed', status: 400 })
  await expect(client.postRun({ ...record('bad'), status: 'done' } as never)).rejects.toMatchObject({
    code: 'record.invalid',
    message: expect.stringContaining('/status'),
  })
})

it('postRun with one idempotency key', async () => {
  const options = { idempotencyKey: 'the-same' }
  expect(await client.postRun(record('key'), options)).toEqual(await client.postRun(record('key'), options))
  await expect(client.postRun(record('other'), options)).rejects.toMatchObject({ code: 'idempotency.reused' })
})

it('postRuns and listRuns, page by page', async () => {
  const records = Array.from({ length: 25 }, (_, n) =>
    record(`list-${n}`, { task_id: 'list', tags: ['x', `n${n % 2}`] }),
  )
  const results = await all(client.postRuns([...records, '{"id":1}'], { lines: 10 }))
  expect(results.map(({ status }) => status)).toEqual([...Array(25).fill(201), 422])
  expect(results.at(-1)).toMatchObject({ line: 26, problem: { code: 'record.invalid' } })
  const found = await all(client.listRuns({ task_id: 'list', limit: 7 }))
  expect(found.map(({ id }) => id).sort()).toEqual(records.map(({ id }) => id).sort())
  expect((await all(client.listRuns({ task_id: 'list', limit: 7 }).pages())).map(({ runs }) => runs.length)).toEqual([
    7, 7, 7, 4,
  ])
  expect((await all(client.listRuns({ tag: ['x', 'n1'] }))).length).toBe(12)
  await expect(all(client.listRuns({ colour: 'red' } as never))).rejects.toMatchObject({
    code: 'query.unknown_parameter',
  })
})

it('patchRun', async () => {
  const { etag } = await client.postRun(record('patch', { status: 'running' } as never))
  const patched = await client.patchRun('patch', { status: 'completed', model: 'n' }, etag)
  expect(patched.run).toMatchObject({ status: 'completed', model: 'n' })
  expect(patched.etag).toBe(digest(patched.octets))
  await expect(client.patchRun('patch', { tags: [] }, etag)).rejects.toMatchObject({ code: 'precondition.failed' })
})

it('putEval, evals and leaderboard', async () => {
  await client.postRun(record('eval'))
  const judged = (score: number) => ({ pass: score > 50, score, benchmark_id: 'b/1' })
  for (const score of [10, 90]) await client.putEval('eval', judged(score))
  expect((await all(client.evals('eval', { limit: 1 }))).map(({ score }) => score)).toEqual([10, 90])
  const { groups } = await client.leaderboard({ benchmark_id: 'b/1', by: 'model' })
  expect(groups).toMatchObject([{ group: 'm', runs: 1, passed: 1 }])
})

it('verify, proof, provenance, steps of a sealed run', async () => {
  const steps = [1, 2, 3].map((n) => ({ ...call(`s${n}`), status: 'succeeded' as const }))
  const sealed = await sealRun(record('sealed', { steps, provenance: { run_hash: '', nonce: '0'.repeat(32) } }), {
    signer,
    at: '2026-11-20T14:10:00Z',
  })
  const receipt = await client.postRun(sealed)
  expect(receipt.received?.signed_by).toBe(serverKey.did)
  expect((await client.verify('sealed')).level).toBe('sealed')
  const proof = await client.proof('sealed', 's2')
  expect(verifyStepProof(proof)).toMatchObject({ ok: true })
  expect(proof.record.provenance).toEqual(sealed.provenance)
  expect((await client.provenance('sealed')).statements.length).toBe(1)
  expect((await all(client.steps('sealed', { limit: 2 }))).map(({ id }) => id)).toEqual(['s1', 's2', 's3'])
})

/** What a run asks, once the server knows it. */
const requestIn = async (run_id: string): Promise<ApprovalEvent> => {
  for (;;) {
    const [entry] = await all(client.approvals({ run_id }))
    if (entry?.request !== undefined) return entry.request
  }
}

it('appendEvents, readEvents and decide, with a run that waits for its approval', async () => {
  const approver = createSigner(new Uint8Array(32).fill(3))
  const directory = temporaryFolder()
  const run = createRecorder(
    { agent_id: 'a', id: 'asks' },
    {
      directory,
      server: client,
      live: true,
      signer,
      async ask({ event }) {
        const request = await requestIn('asks')
        const { approval_id, run_id, step_id, action_hash } = request
        const decision = { approval_id, run_id, step_id, action_hash, request_hash: requestHash(request) }
        const said = {
          event: 'approved' as const,
          at: new Date().toISOString(),
          actor: { kind: 'human' as const, id: 'u' },
        }
        const signed = (await signObject('approval', { ...decision, ...said }, approver)) as ApprovalEvent
        expect(event.approval_id).toBe(approval_id)
        expect(await client.decide('asks', approval_id, signed)).toMatchObject({ state: 'approved' })
        const [entry] = await all(client.approvals({ run_id: 'asks', state: 'approved' }))
        return { event: entry?.decisions.at(-1) as ApprovalEvent }
      },
    },
  )
  await run.toolCall({ tool_name: 'Bash', arguments: { command: 'npm publish' } }, () => 'published')
  const ended = await run.end({ outcome: 'success' })
  expect(await run.flush()).toEqual({ digest: digest(canonicalize(ended)) })
  const journal = readFileSync(run.journalPath ?? '', 'utf8')
  const lines = await all(client.readEvents('asks'))
  const text = lines.map((line) => `${Buffer.from(line)}\n`).join('')
  expect(text).toBe(journal)
  const seqs = (await all(client.readEvents('asks', { after: 3 }))).flatMap(
    (line) => JSON.parse(`${Buffer.from(line)}`).seq ?? [],
  )
  expect(seqs[0]).toBe(4)
  const ack = await client.appendEvents('asks', lines)
  expect(ack).toMatchObject({ run_id: 'asks', record_hash: ended.provenance.record_hash })
  await expect(client.appendEvents('asks', ['{"seq":'])).rejects.toMatchObject({ status: expect.any(Number) })
})

it('diff, artifacts and mcpServers', async () => {
  const artifacts = [{ id: 'a-1', name: 'x.txt', action: 'created' as const }]
  await client.postRun(record('left', { turn_id: 't', artifacts }))
  await client.postRun(record('right', { turn_id: 't', model: 'n', steps: [{ ...call('s1'), mcp_server: 'github' }] }))
  expect(await client.diff('right', 'left')).toMatchObject({ run_id: 'right', against: 'left', same: false })
  expect((await all(client.artifacts({ turn_id: 't' }))).map(({ run_id }) => run_id)).toEqual(['left'])
  expect((await all(client.mcpServers())).map(({ name }) => name)).toEqual(['github'])
})

it('erase', async () => {
  const secret = protect(record('private', { input_preview: 'a secret' }), {
    random: (length) => new Uint8Array(length).fill(7),
  })
  await client.postRun(secret as AgentRun)
  expect(await client.erase('private', 'private')).toMatchObject({ scope: 'private' })
  expect(await client.getRun('private')).not.toHaveProperty('input_preview')
  await client.erase('private', 'record')
  await expect(client.getRun('private')).rejects.toMatchObject({ code: 'run.erased', status: 410 })
})

it('stream, resumed by another client', async () => {
  const controller = new AbortController()
  const seen: string[] = []
  let last = ''
  for await (const { event_id, run_id, type } of client.stream({
    signal: controller.signal,
    onOpen: () => void client.postRun(record('heard-1')),
  })) {
    seen.push(`${run_id} ${type}`)
    last = event_id
    if (type === 'run.completed') break
  }
  await client.postRun(record('heard-2'))
  for await (const { run_id, type } of client.stream({ after: last })) {
    seen.push(`${run_id} ${type}`)
    if (type === 'run.completed') break
  }
  expect(seen).toEqual(['heard-1 run.created', 'heard-1 run.completed', 'heard-2 run.created', 'heard-2 run.completed'])
})

it('a key that may only send learns nothing else', async () => {
  const sending = createClient({ url, key: await server.key({ scopes: ['runs:write'] }) })
  await sending.postRun(record('ingest'))
  await expect(sending.getRun('ingest')).rejects.toMatchObject({ code: 'key.scope', status: 403 })
  const wrong = createClient({ url, key: 'ark_12345678_wrong' })
  await expect(wrong.getRun('ingest')).rejects.toMatchObject({ code: 'key.refused', status: 401 })
})
