import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalize, createSigner, digest, verify } from '@agent-run/core'
import { createClient, createRecorder, type RecorderOptions, reopenRecorder } from '@agent-run/sdk'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { drawing, seed } from '../seed.ts'
import { afterTest, type ServerProcess, startHere, startServer, temporaryFolder } from './server-process.ts'
import { type Mishap, unreliable } from './unreliable.ts'

const signer = createSigner(new Uint8Array(32).fill(7))
/** The server answers, however slow the machine is. */
const answerWithin = 100_000
const digestOf = (record: AgentRun): string => digest(canonicalize(record))

/** Works a little. */
const work = async (options: RecorderOptions, calls = 5) => {
  const run = createRecorder({ agent_id: 'sender', input: 'do it' }, options)
  for (let n = 0; n < calls; n++) {
    await run.toolCall({ tool_name: 'Bash', arguments: { command: `echo ${n} > file-${n}` } }, async () => `done ${n}`)
  }
  return { run, record: await run.end({ outcome: 'success' }) }
}
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /^\d{15}-/.test(name.split('/').at(-1) ?? ''))

describe.each([
  ['its record', {}],
  ['its record, sealed', { signer }],
  ['its journal', { live: true }],
  ['its journal, sealed', { live: true, signer }],
])('a recorder sends %s', (_, options) => {
  it('and the server has what was recorded, by digest', async () => {
    const { url, key } = await startHere()
    const directory = temporaryFolder()
    const faults: unknown[] = []
    const { run, record } = await work({
      ...options,
      directory,
      answerWithin,
      server: { url, key },
      onFault: (fault) => void faults.push(fault),
    })
    expect(faults).toEqual([])
    expect(await run.flush()).toEqual({ digest: digestOf(record) })
    const read = await createClient({ url, key }).readRun(record.id)
    expect(read.run).toEqual(record)
    expect(read.etag).toBe(digestOf(record))
    expect(filesIn(join(directory))).toEqual([])
    if ('signer' in options) expect(verify(read.octets)).toMatchObject({ ok: true, level: 'sealed' })
  })

  it('also when the server is away, and comes back', async () => {
    const server = await startHere()
    await server.kill()
    const directory = temporaryFolder()
    const faults: string[] = []
    const { run, record } = await work({
      ...options,
      directory,
      answerWithin,
      server,
      onFault: ({ code }) => void faults.push(code),
    })
    expect(faults).toEqual(['recorder.transport_failed'])
    expect(await run.flush()).toEqual({})
    expect(filesIn(directory).length).toBe(1)
    await server.start()
    expect(await run.flush()).toEqual({ digest: digestOf(record) })
    expect((await createClient(server).readRun(record.id)).etag).toBe(digestOf(record))
    expect(filesIn(directory)).toEqual([])
  })
})

const mishaps: readonly Mishap[] = ['none', 'none', 'lost', 'answer lost', 'answer cut', 'late', 'error', 'twice']

it.each([false, true])('on a bad way nothing is lost and nothing comes twice (live: %s)', async (live) => {
  const draw = drawing(seed)
  const { url, key } = await startHere()
  let requests = 0
  // The first is lost always: by chance alone all six could go well, and nothing would have been tried.
  const way = await unreliable(url, () =>
    requests++ === 0 ? 'lost' : (mishaps[Math.floor(draw() * mishaps.length)] ?? 'none'),
  )
  const directory = temporaryFolder()
  const client = createClient({ url: way.url, key, retry: { attempts: 3, firstWait: 1 } })
  const done = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      work({ directory, answerWithin, server: client, live, ...(n % 2 ? { signer } : {}) }, 4),
    ),
  )
  for (const { run, record } of done) {
    let digest: string | undefined
    for (let tries = 0; digest === undefined && tries < 50; tries++) ({ digest } = await run.flush())
    expect(digest, `seed ${seed}`).toBe(digestOf(record))
  }
  const direct = createClient({ url, key })
  const found: string[] = []
  for await (const { id } of direct.listRuns()) found.push(id)
  expect(found.sort(), `seed ${seed}`).toEqual(done.map(({ record }) => record.id).sort())
  for (const { record } of done) expect((await direct.readRun(record.id)).etag).toBe(digestOf(record))
  expect(filesIn(directory)).toEqual([])
  expect([...way.happened.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(done.length)
})

it('a server that is killed while runs go on gets all of them', async () => {
  const server = await startServer()
  const directory = temporaryFolder()
  const client = createClient({ ...server, retry: { attempts: 1 } })
  const run = createRecorder(
    { agent_id: 'sender' },
    { directory, answerWithin, server: client, live: true, signer, headEvery: 2 },
  )
  for (let n = 0; n < 12; n++) {
    await run.toolCall({ tool_name: 'Bash', arguments: { n } }, () => 'done')
    if (n === 3) while ((await client.getRun(run.id).catch(() => undefined)) === undefined);
    if (n === 4) await server.kill()
    if (n === 8) await server.start()
  }
  const record = await run.end({ outcome: 'success' })
  let digest: string | undefined
  for (let tries = 0; digest === undefined && tries < 50; tries++) ({ digest } = await run.flush())
  expect(digest).toBe(digestOf(record))
  expect((await client.readRun(run.id)).etag).toBe(digestOf(record))
  expect(verify((await client.readRun(run.id)).octets)).toMatchObject({ ok: true, level: 'sealed' })
})

it('an agent that is reopened goes on sending its journal', async () => {
  const server = await startHere()
  const access = { url: server.url, key: server.key }
  const options = { directory: temporaryFolder(), answerWithin, server: access, live: true, signer }
  const first = createRecorder({ agent_id: 'sender' }, options)
  await first.toolCall({ tool_name: 'Bash', arguments: { n: 1 } }, () => 'done')
  const client = createClient(server)
  while ((await client.getRun(first.id).catch(() => undefined))?.status !== 'running');
  first.abandon()
  const { recorder } = reopenRecorder(first.journalPath ?? '', options)
  const record = await recorder.end({ status: 'interrupted' })
  expect(await recorder.flush()).toEqual({ digest: digestOf(record) })
  expect((await client.readRun(first.id)).etag).toBe(digestOf(record))
})

/** A run that was recorded live by a process that was killed in the middle of it. */
const cutShort = async (server: ServerProcess): Promise<string> => {
  const directory = temporaryFolder()
  const agent = fileURLToPath(new URL('live-killed-agent.mjs', import.meta.url))
  const child = spawn(process.execPath, [agent, directory, server.url, server.key], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
  expect(await createClient(server).getRun('cut-short')).toMatchObject({ status: 'running' })
  return directory
}

it.each([true, false])(
  'a live run that was killed is completed by whoever reopens it (server away: %s)',
  async (away) => {
    const server = await startHere()
    const directory = await cutShort(server)
    if (away) await server.kill()
    const faults: string[] = []
    const { recorder } = reopenRecorder(join(directory, 'cut-short.journal'), {
      server,
      answerWithin,
      onFault: ({ code }) => void faults.push(code),
    })
    const record = await recorder.end({ status: 'interrupted' })
    expect(faults).toEqual(away ? ['recorder.transport_failed'] : [])
    if (away) {
      await server.start()
      // Not the process that ended the run, but the next one that records into the folder.
      const next = createClient({ ...server, retry: { attempts: 1 } })
      await (await work({ directory, answerWithin, server: next }, 1)).run.flush()
    }
    expect(await recorder.flush()).toEqual({ digest: digestOf(record) })
    const client = createClient(server)
    const read = await client.readRun('cut-short')
    expect([read.etag, read.run]).toEqual([digestOf(record), record])
    expect(record.steps.map(({ status }) => status)).toEqual(['succeeded', 'interrupted'])
    const open: string[] = []
    for await (const { id } of client.listRuns({ status: 'running' })) open.push(id)
    expect(open.filter((id) => id === 'cut-short')).toEqual([])
    expect(filesIn(directory)).toEqual([])
  },
)

it('a record whose id another run has is refused all the same, and flush says so', async () => {
  const server = await startHere()
  await cutShort(server)
  const directory = temporaryFolder()
  const options = { directory, answerWithin, server: { url: server.url, key: server.key } }
  const run = createRecorder({ agent_id: 'another', id: 'cut-short' }, options)
  await run.end({ outcome: 'success' })
  const said = await run.flush()
  expect(said).toEqual({
    refused: { code: 'run.exists', path: expect.stringMatching(/refused\/\d{15}-\d+-\w+\.json$/) },
  })
  expect(JSON.parse(readFileSync(said.refused?.path ?? '', 'utf8'))).toMatchObject({ agent_id: 'another' })
  expect(await run.flush()).toEqual(said)
  expect(await createClient(server).getRun('cut-short')).toMatchObject({ status: 'running', agent_id: 'victim' })
})

it('records of a process that was killed are sent by the next one', async () => {
  const server = await startHere()
  await server.kill()
  const directory = temporaryFolder()
  const agent = fileURLToPath(new URL('killed-agent.mjs', import.meta.url))
  const child = spawn(process.execPath, [agent, directory, server.url, server.key, '10'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  await once(child, 'close')
  const kept = said.trim().split('\n')
  expect([child.signalCode, kept.length]).toEqual(['SIGKILL', 10])
  await server.start()
  const { run } = await work({ directory, answerWithin, server: { url: server.url, key: server.key } })
  await run.flush()
  const client = createClient(server)
  for (const line of kept) {
    const [id = '', digest] = line.split(' ')
    expect((await client.readRun(id)).etag).toBe(digest)
  }
  expect(filesIn(directory)).toEqual([])
})

it('no tool call waits for the server, not even for one that never answers', async () => {
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterTest(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const faults: string[] = []
  const { record, run } = await work(
    {
      directory: temporaryFolder(),
      server: { url },
      live: true,
      answerWithin: 50,
      onFault: ({ code }) => void faults.push(code),
    },
    50,
  )
  expect(record.steps.length).toBe(50)
  expect(await run.flush()).toEqual({})
  expect(new Set(faults)).toEqual(new Set(['recorder.transport_failed']))
})

it.each([false, true])('a record whose process dies while it ends is sent by the next one (live: %s)', async (live) => {
  const server = await startHere()
  const directory = temporaryFolder()
  const agent = fileURLToPath(new URL('dying-agent.mjs', import.meta.url))
  const child = spawn(process.execPath, [agent, directory, server.url, server.key, String(live)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
  expect(filesIn(directory).length).toBe(1)
  const { run } = await work({ directory, answerWithin, server: { url: server.url, key: server.key } })
  await run.flush()
  const { octets } = await createClient(server).readRun('dies')
  expect(verify(octets)).toMatchObject({ ok: true, level: 'sealed' })
  expect(filesIn(directory)).toEqual([])
})
