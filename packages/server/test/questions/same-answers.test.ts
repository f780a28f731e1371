// One meaning everywhere: every question is put to files and to a server with the same runs, and the answers are compared.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createLastGoodFinder,
  createVerifier,
  describeRun,
  diffRuns,
  readRunFilter,
  runParameters,
} from '@agent-run/core'
import { type Client, createClient } from '@agent-run/sdk/client'
import type { AgentRun, RunSummary } from '@agent-run/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expandArguments } from '../../../cli/src/input/expand.ts'
import type { Archive } from '../../../cli/src/querying/archive.ts'
import { createFileArchive } from '../../../cli/src/querying/file-archive.ts'
import type { Parameters } from '../../../cli/src/querying/filters.ts'
import { RunReader } from '../../../cli/src/querying/read-runs.ts'
import { createServerArchive } from '../../../cli/src/querying/server-archive.ts'
import { agentRun, folderWith } from '../../../cli/test/binary.ts'
import { runs as archived } from '../../../cli/test/querying/archive.ts'
import { startServer, type TestServer } from '../http/start-app.ts'

const example = (name: string): AgentRun =>
  JSON.parse(readFileSync(new URL(`../../../../examples/records/${name}.json`, import.meta.url), 'utf8')) as AgentRun

const runs: readonly AgentRun[] = [
  ...(archived as unknown as AgentRun[]),
  example('full'),
  example('sealed'),
  { ...example('minimal'), id: 'without start', started_at: null, steps: [] },
]

let server: TestServer
let client: Client
let key: string
let url: string
let files: Archive
let remote: Archive
let folder: string

beforeAll(async () => {
  server = await startServer()
  ;({ url } = await server.listen())
  key = await server.key({ scopes: ['runs:read', 'runs:write'] })
  client = createClient({ url, key })
  for (const each of runs) await client.postRun(each)
  folder = folderWith({ 'runs.jsonl': runs.map((each) => `${JSON.stringify(each)}\n`).join('') })
  const reading = { maxSize: 1e8, quiet: true, verify: createVerifier({ level: 'none' }) }
  files = createFileArchive(new RunReader(expandArguments([join(folder, 'runs.jsonl')]), reading))
  remote = createServerArchive(client)
})
afterAll(() => server.stop())

/** What only one of them can know: when a run was received; its order, where nothing else says when it was. */
const common = (items: readonly RunSummary[]): unknown[] =>
  items.filter(({ started_at }) => started_at !== null).map(({ received_at: _, ...summary }) => summary)

const unknownStart = (items: readonly RunSummary[]): string[] =>
  items.filter(({ started_at }) => started_at === null).map(({ id }) => id)

/** Every filter with every value that some run has, and every value that there is. */
const filters = (): Parameters => {
  const facts = runs.flatMap((each) => describeRun(each).facts)
  return runParameters.flatMap(({ name, kind, values = [] }): Parameters => {
    const found = kind === undefined ? [...times] : facts.filter((fact) => fact.kind === kind).map(({ value }) => value)
    const usable = found.filter((value) => readRunFilter([[name, value]]).ok)
    return [...new Set([...usable, ...values, ...(kind === undefined || values.length > 0 ? [] : ['none of them'])])]
      .filter((value) => readRunFilter([[name, value]]).ok)
      .map((value) => [name, value])
  })
}
const times = [
  '2025-01-01T00:00:00Z',
  '2026-11-20T15:02:18+01:00',
  '2026-11-20T14:02:18Z',
  '2026-11-20T14:02:18.000000001Z',
]

const expectSame = async (parameters: Parameters): Promise<number> => {
  const read = readRunFilter(parameters)
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  const query = { parameters, filter: read.filter, limit: Number.POSITIVE_INFINITY }
  const [here, there] = await Promise.all([files.runs(query), remote.runs(query)])
  const named = JSON.stringify(parameters)
  expect(common(there.items), named).toEqual(common(here.items))
  const isTimed = parameters.some(([name]) => name === 'since' || name === 'until')
  if (!isTimed) expect(unknownStart(there.items), named).toEqual(unknownStart(here.items))
  if (!isTimed) expect(there.alsoExecuted, named).toBe(here.alsoExecuted)
  return here.items.length
}

describe('files and a server answer alike', () => {
  it('to every filter, with every value', async () => {
    let found = 0
    for (const parameter of filters()) found += await expectSame([parameter])
    expect(found).toBeGreaterThan(100)
  })

  it('to filters together', async () => {
    expect(await expectSame([])).toBe(runs.length)
    const all = filters()
    let found = 0
    for (const [index, first] of all.entries()) {
      const second = all[(index * 7 + 3) % all.length] as (typeof all)[number]
      if (first[0] !== second[0]) found += await expectSame([first, second])
    }
    expect(found).toBeGreaterThan(5)
  })

  it('about artifacts', async () => {
    const digests = runs.flatMap(({ artifacts = [] }) => artifacts.flatMap(({ content }) => content?.digest ?? []))
    const questions: Parameters[] = [
      [['turn_id', 't-8']],
      [['turn_id', 'none']],
      ...runs.map(({ id }): Parameters => [['run_id', id]]),
      ...digests.map((digest): Parameters => [['digest', digest]]),
      [
        ['turn_id', 't-8'],
        ['run_id', 'run-8.1'],
      ],
    ]
    let found = 0
    for (const parameters of questions) {
      const [here, there] = await both('artifacts', parameters)
      expect(there, JSON.stringify(parameters)).toEqual(here)
      found += here.length
    }
    expect(found).toBeGreaterThan(4)
  })

  it('about approvals', async () => {
    const questions: Parameters[] = [
      [],
      ...['requested', 'approved', 'denied', 'expired'].map((state): Parameters => [['state', state]]),
      ...['Bash', 'write_file', 'none'].map((tool): Parameters => [['tool', tool]]),
      ...runs.map(({ id }): Parameters => [['run_id', id]]),
    ]
    for (const parameters of questions) {
      const [here, there] = await both('approvals', parameters)
      expect(there, JSON.stringify(parameters)).toEqual(here)
    }
    expect((await both('approvals', []))[0].length).toBeGreaterThan(1)
  })

  it('about MCP servers and leaderboards', async () => {
    const [here, there] = await both('mcpServers', [])
    expect(there).toEqual(here)
    for (const by of ['agent_id', 'model', 'runtime'] as const) {
      const query = { parameters: [], limit: 100, by }
      const [ours, theirs] = await Promise.all([files.leaderboard(query), remote.leaderboard(query)])
      expect(theirs.items).toEqual(ours.items)
      expect(ours.items.length).toBeGreaterThan(0)
    }
  })

  it('about the differences of every two runs, and from the last good one', async () => {
    const bare = ({ before, after, ...diff }: { before?: RunSummary; after?: RunSummary }): unknown => ({
      ...diff,
      before: before && common([before]),
      after: after && common([after]),
    })
    for (const before of runs)
      for (const after of runs)
        expect(bare(await client.diff(after.id, before.id))).toEqual(bare(withLevels(diffRuns(before, after))))
    const criteria: (string | undefined)[] = []
    for (const after of runs.filter(({ started_at }) => started_at !== null)) {
      const finder = createLastGoodFinder<ReturnType<typeof describeRun> & { readonly run: AgentRun }>(
        describeRun(after),
      )
      for (const each of runs) finder.offer({ ...describeRun(each), run: each })
      const good = finder.found()
      const { against, criterion } = await client.diff(after.id, 'last_good')
      expect([after.id, against, criterion]).toEqual([after.id, good?.run.run.id ?? null, good?.criterion])
      criteria.push(criterion)
    }
    expect(criteria).toContain('task')
    expect(criteria).toContain(undefined)
  })
})

/** The level is the archive's own finding. */
const withLevels = <T extends { before: RunSummary; after: RunSummary }>(diff: T): T => {
  const level = (id: string): RunSummary['level'] => {
    const record = runs.find((each) => each.id === id)
    return record?.provenance.record_hash === undefined ? 'recorded' : createVerifier({ level: 'none' })(record).level
  }
  return {
    ...diff,
    before: { ...diff.before, level: level(diff.before.id) },
    after: { ...diff.after, level: level(diff.after.id) },
  }
}

const both = async (
  question: 'artifacts' | 'approvals' | 'mcpServers',
  parameters: Parameters,
): Promise<[readonly object[], readonly object[]]> => {
  const query = { parameters, limit: 1000 }
  const [here, there] = await Promise.all([files[question](query), remote[question](query)])
  return [here.items, there.items]
}

describe('the command', () => {
  const ask = (args: readonly string[], env: Record<string, string> = {}) => agentRun(args, { cwd: folder, env })

  it('says the same with --server, evidence included', async () => {
    for (const question of [
      ['--side-effect', 'write'],
      ['--approval', 'denied'],
      ['--mcp-server', 'github'],
      ['artifacts', '--turn', 't-8'],
    ])
      for (const format of ['pretty', 'line']) {
        const here = await ask(['query', ...question, 'runs.jsonl', '--format', format])
        const there = await ask(['query', ...question, '--server', url, '--format', format], { AGENT_RUN_KEY: key })
        expect(there).toEqual(here)
      }
    const here = await ask(['diff', 'run-8', '--against', 'last_good', 'runs.jsonl', '--format', 'pretty'])
    const there = await ask(['diff', 'run-8', '--against', 'last_good', '--server', url, '--format', 'pretty'], {
      AGENT_RUN_KEY: key,
    })
    expect(here.code).toBe(1)
    expect(there).toEqual(here)
  })

  it('takes the key from a file or the environment, and shows it nowhere', async () => {
    writeFileSync(join(folder, 'key'), `${key}\n`)
    expect((await ask(['query', '--server', url, '--server-key', 'key', '--status', 'failed'])).code).toBe(0)
    const named = await ask(['query', '--status', 'failed'], { AGENT_RUN_KEY: key, AGENT_RUN_SERVER_URL: url })
    expect([named.code, named.stdout]).toEqual([0, expect.stringContaining('run-8')])
    const refused = await ask(['query', '--server', url, '--verbose'], { AGENT_RUN_KEY: `${key}x` })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('key.refused')
    expect(refused.stderr).toContain('--server-key or AGENT_RUN_KEY')
    expect(refused.stderr).not.toContain(key)
    const nobody = await ask(['query', '--server', 'http://127.0.0.1:1', '--quiet'], { AGENT_RUN_KEY: key })
    expect([nobody.code, nobody.stdout]).toEqual([2, ''])
    expect(nobody.stderr).not.toContain(key)
  })
})
