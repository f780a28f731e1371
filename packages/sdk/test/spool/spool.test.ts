import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AgentRunError, canonicalize, digest } from '@agent-run/core'
import type { JournalAck } from '@agent-run/types'
import { afterEach, describe, expect, it } from 'vitest'
import { nodeFileSystem } from '../../src/journal-file/index.ts'
import { createSpool, type Spool, type SpoolOptions } from '../../src/spool/index.ts'
import { record } from '../client/record.ts'
import { temporaryFolder } from '../recorder/setup.ts'
import { createFakeServer, down, type FakeServer, refused } from './fake-client.ts'

const open: Spool[] = []
afterEach(() => {
  for (const spool of open.splice(0)) spool.close()
})

/** A spool that does not come back by itself unless `wait` says so. */
const setUp = (options: Partial<SpoolOptions> = {}, server: FakeServer = createFakeServer()) => {
  const faults: AgentRunError[] = []
  const directory = options.directory ?? join(temporaryFolder(), 'outbox')
  const spool = createSpool({
    client: server.client,
    directory,
    onFault: (fault) => void faults.push(fault),
    wait: (_, signal) => new Promise((resolve) => void signal.addEventListener('abort', () => resolve())),
    ...options,
  })
  open.push(spool)
  return { spool, server, faults, directory }
}
const filesOf = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{15}-/.test(name)) : []

describe('a record', () => {
  it('is on the disk, for its owner only, before anything is sent, and gone when the server has it', async () => {
    const { spool, server, directory } = setUp()
    const kept = spool.add(record())
    expect(server.asked).toBe(0)
    const [name = ''] = filesOf(directory)
    expect(readFileSync(join(directory, name), 'utf8')).toBe(canonicalize(record()))
    expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(await kept.settled).toEqual({ state: 'acknowledged', digest: digest(canonicalize(record())) })
    expect(kept.digest).toBe(digest(canonicalize(record())))
    expect([filesOf(directory), server.stored, spool.state(kept)]).toEqual([[], ['r-1'], 'acknowledged'])
  })

  it('waits while the server is away, and is sent in its turn when it is back', async () => {
    const { spool, server, faults, directory } = setUp()
    server.fail = () => down
    const kept = [1, 2, 3].map((n) => spool.add(record(`r-${n}`)))
    expect(await Promise.all(kept.map(({ settled }) => settled))).toEqual(
      Array(3).fill({ state: 'waiting', error: down }),
    )
    expect(await spool.flush()).toEqual({ acknowledged: [], refused: [], waiting: 3, error: down })
    server.fail = () => undefined
    const { acknowledged, waiting } = await spool.flush()
    expect(acknowledged).toEqual(kept.map((each) => each.digest))
    expect([waiting, server.stored, filesOf(directory), faults]).toEqual([0, ['r-1', 'r-2', 'r-3'], [], []])
  })

  it('comes back by itself, later and later', async () => {
    const server = createFakeServer()
    const waits: number[] = []
    server.fail = () => (server.asked < 4 ? down : undefined)
    const { spool } = setUp({ random: () => 1, wait: async (time) => void waits.push(time) }, server)
    spool.add(record())
    while (server.stored.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(waits).toEqual([1000, 2000, 4000])
  })

  it('that an earlier process left is sent by the next one, and a half-written one by nobody', async () => {
    const first = setUp()
    first.server.fail = () => down
    await first.spool.add(record()).settled
    first.spool.close()
    writeFileSync(join(first.directory, '000000000000001-000000-ab.json.ab'), '{"id":"to')
    const { server, spool } = setUp({ directory: first.directory })
    await spool.flush()
    expect(server.stored).toEqual(['r-1'])
    await spool.add(record('r-2')).settled
    expect(filesOf(first.directory)).toEqual([])
  })

  it('that the server has already counts as sent', async () => {
    const { spool, server } = setUp()
    await spool.add(record()).settled
    expect(await spool.add(record()).settled).toMatchObject({ state: 'acknowledged' })
    expect(server.stored).toEqual(['r-1'])
  })

  it.each([
    [401, 'key.refused'],
    [403, 'key.scope'],
    [404, 'http.not_found'],
    [429, 'rate.limited'],
    [507, 'store.full'],
  ])('is not to blame for a %i', async (status, code) => {
    const { spool, server, faults } = setUp()
    server.fail = () => refused(status, code)
    expect(await spool.add(record()).settled).toMatchObject({ state: 'waiting', error: { code } })
    expect(faults).toEqual([])
  })
})

describe('a record of a run that the server knows by its journal', () => {
  const journal = new TextEncoder().encode('{"seq":0,"data":{"id":"r-1"}}\n{"seq":1,"data":{}}\n')
  const head = digest('{"seq":1,"data":{}}')
  const knowing = (append: () => Promise<JournalAck>, journalOf: SpoolOptions['journalOf']) => {
    const server = createFakeServer()
    server.fail = () => refused(409, 'run.exists')
    return setUp({ client: { ...server.client, appendEvents: append }, ...(journalOf && { journalOf }) }, server)
  }

  it('is sent as its journal, also if that does not arrive at first', async () => {
    const sent: string[] = []
    let isAway = true
    const append = async () => {
      if (isAway) throw down
      sent.push('journal')
      return { run_id: 'r-1', seq: 1, head, status: 'interrupted' } as JournalAck
    }
    const { spool, directory, faults } = knowing(append, (content) =>
      new TextDecoder().decode(content) === canonicalize(record()) ? journal : undefined,
    )
    const kept = spool.add(record())
    expect(await kept.settled).toEqual({ state: 'waiting', error: down })
    expect(spool.refusal(kept)).toBeUndefined()
    isAway = false
    expect((await spool.flush()).acknowledged).toEqual([kept.digest])
    expect([sent, filesOf(directory), faults]).toEqual([['journal'], [], []])
  })

  it.each([
    ['the server has the journal of another run', () => journal],
    ['nobody has its journal', undefined],
    [
      'its journal cannot be read',
      () => {
        throw new Error('EIO')
      },
    ],
  ])('is set aside because its id is taken, if %s', async (_, journalOf) => {
    const { spool } = knowing(() => Promise.reject(refused(409, 'journal.fork')), journalOf)
    const kept = spool.add(record())
    expect(await kept.settled).toMatchObject({ state: 'refused', error: { code: 'run.exists' } })
    expect(spool.refusal(kept)).toEqual({ code: 'run.exists', path: join(spool.path, 'refused', kept.name) })
  })
})

describe('a poisonous record', () => {
  it('is set aside with its Problem, told to whoever waits, and keeps nobody else from being sent', async () => {
    const { spool, server, faults, directory } = setUp()
    server.fail = ({ id }) => (id === 'bad' ? refused(422, 'record.invalid') : undefined)
    const kept = [record('r-1'), record('bad'), record('r-2')].map((each) => spool.add(each))
    const [, bad] = await Promise.all(kept.map(({ settled }) => settled))
    expect(bad).toMatchObject({ state: 'refused', error: { code: 'record.invalid' } })
    expect(spool.state(kept[1]!)).toBe('refused')
    expect(server.stored).toEqual(['r-1', 'r-2'])
    expect(faults).toEqual([])
    const aside = join(directory, 'refused')
    const [content = '', why = ''] = readdirSync(aside).sort()
    expect(readFileSync(join(aside, content), 'utf8')).toBe(canonicalize(record('bad')))
    expect(why).toBe(`${content}.problem.json`)
    expect(JSON.parse(readFileSync(join(aside, why), 'utf8'))).toMatchObject({
      code: 'record.invalid',
      status: 422,
      problem: { code: 'record.invalid' },
    })
    expect(await spool.flush()).toMatchObject({ waiting: 0, acknowledged: [] })
  })

  it('is reported when nobody waits for it any more', async () => {
    const { spool, server, faults } = setUp()
    server.fail = () => down
    const kept = spool.add(record('bad'))
    await kept.settled
    server.fail = () => refused(409, 'run.exists')
    expect((await spool.flush()).refused).toEqual(faults)
    expect(faults.map(({ code }) => code)).toEqual(['run.exists'])
    expect(spool.state(kept)).toBe('refused')
  })

  it('that the server stumbles over waits alone', async () => {
    const { spool, server } = setUp()
    server.fail = ({ id }) => (id === 'bad' ? refused(500, 'server.fault') : undefined)
    const kept = [record('bad'), record('r-2')].map((each) => spool.add(each))
    expect((await Promise.all(kept.map(({ settled }) => settled))).map(({ state }) => state)).toEqual([
      'waiting',
      'acknowledged',
    ])
  })

  it('is also one that is too old', async () => {
    let now = Date.UTC(2026, 10, 20)
    const { spool, server, faults, directory } = setUp({ clock: () => now, age: 1000 })
    server.fail = () => down
    await spool.add(record()).settled
    now += 2000
    server.fail = () => undefined
    await spool.flush()
    expect(faults.map(({ code }) => code)).toEqual(['spool.expired'])
    expect([server.stored, readdirSync(join(directory, 'refused')).length]).toEqual([[], 2])
  })
})

describe('what cannot be kept', () => {
  it('because there is no room is refused, and nothing is removed for it', async () => {
    const size = canonicalize(record()).length
    const { spool, server, directory } = setUp({ octets: size * 2 })
    server.fail = () => down
    spool.add(record('r-1'))
    spool.add(record('r-2'))
    expect(() => spool.add(record('r-3'))).toThrow(expect.objectContaining({ code: 'spool.full' }))
    expect(filesOf(directory).length).toBe(2)
  })

  it('because the disk fails throws', () => {
    const files = {
      ...nodeFileSystem,
      write: () => {
        throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      },
    }
    const { spool } = setUp({ files })
    expect(() => spool.add(record())).toThrow(expect.objectContaining({ code: 'spool.unwritable' }))
    expect(() => spool.add({ id: 1n } as never)).toThrow(TypeError)
  })
})

describe('two spools in one folder', () => {
  it('send everything once, in order, and both know what was acknowledged', async () => {
    const server = createFakeServer()
    const one = setUp({ wait: undefined as never }, server)
    const other = setUp({ wait: undefined as never, directory: one.directory }, server)
    const kept = Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).spool.add(record(`r-${n}`)))
    const settled = await Promise.all(kept.map((each) => each.settled))
    expect(settled).toEqual(kept.map((each) => ({ state: 'acknowledged', digest: each.digest })))
    expect([...server.stored].sort()).toEqual(Array.from({ length: 20 }, (_, n) => `r-${n}`).sort())
    expect(filesOf(one.directory)).toEqual([])
  })

  it('are not stopped by the lock of a process that cannot be seen', async () => {
    const { spool, server, directory } = setUp()
    server.fail = () => down
    await spool.add(record()).settled
    const lock = { pid: 1, boot: 'another start', namespace: 'x' }
    writeFileSync(join(directory, 'sender.lock'), `${JSON.stringify(lock)}\n`)
    server.fail = () => undefined
    expect((await spool.flush()).acknowledged.length).toBe(1)
    expect(existsSync(join(directory, 'sender.lock'))).toBe(true)
  })
})
