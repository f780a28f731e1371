import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AgentRun, EvalResult } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import {
  leaderboardOf,
  type Per,
  readEntries,
  renderLeaderboard,
  serverLeaderboard,
  unevenScenarios,
} from '../../src/leaderboard/index.ts'
import { writeReports } from '../../src/report/index.ts'
import { schemaFaults } from '../../src/schema/schema-faults.ts'
import { recordOf, report, type Sketch, storedRun, temporary, trial } from '../report/reports.ts'

/** A folder with a report of these trials, and nothing else. */
const folderWith = (sketches: readonly Sketch[], folder = temporary()): string => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report(sketches.map(trial))))
  return folder
}

const ranked = (paths: readonly string[], by: 'agent_id' | 'model' | 'runtime' = 'agent_id', per: Per = 'pack') =>
  leaderboardOf(
    readEntries(paths).entries.map(({ evaluation }) => evaluation),
    by,
    per,
  )

const judged = (benchmark: string, pass: boolean): EvalResult => ({
  pass,
  score: pass ? 100 : 0,
  benchmark_id: benchmark,
})

describe('a leaderboard', () => {
  it('ranks by passes, then by score, for each pack, each scenario, or at all', () => {
    const folder = folderWith([
      { scenario: 'a', more: { model: 'old' }, score: 90 },
      { scenario: 'b', pass: false, more: { model: 'old' } },
      { scenario: 'a', more: { model: 'new' }, cost: 2 },
      { scenario: 'b', more: { model: 'new' }, score: 96 },
    ])
    const board = ranked([folder], 'model')
    expect(board.groups).toMatchObject([
      { benchmark_id: 'chores', group: 'new', runs: 2, passed: 2, mean_score: 98, cost_usd_total: 2.01 },
      { benchmark_id: 'chores', group: 'old', runs: 2, passed: 1, mean_score: 57.5, mean_duration_ms: 2000 },
    ])
    expect(schemaFaults('leaderboard.json', board)).toEqual([])
    expect(
      ranked([folder], 'model', 'scenario').groups.map(({ benchmark_id, group }) => `${benchmark_id} ${group}`),
    ).toEqual(['chores/a new', 'chores/b new', 'chores/a old', 'chores/b old'])
    expect(ranked([folder], 'runtime', 'all').groups).toMatchObject([{ group: 'fixture', runs: 4, passed: 3 }])
  })

  it('says who has run fewer scenarios than the others', () => {
    const { entries } = readEntries([
      folderWith([
        { scenario: 'a', more: { model: 'old' } },
        { scenario: 'a', more: { model: 'new' } },
        { scenario: 'b', more: { model: 'new' } },
      ]),
    ])
    const evaluations = entries.map(({ evaluation }) => evaluation)
    expect(unevenScenarios(evaluations, 'model', 'pack')).toEqual([
      'chores: not all have run the same scenarios: old 1 of 2',
    ])
    expect(unevenScenarios(evaluations, 'model', 'all')).toHaveLength(1)
    expect(unevenScenarios(evaluations, 'model', 'scenario')).toEqual([])
    expect(unevenScenarios(evaluations, 'agent_id', 'pack')).toEqual([])
  })

  it('takes a cost that is not known for unknown, not for nothing', () => {
    const board = ranked([
      folderWith([
        { scenario: 'a', cost: null },
        { scenario: 'b', cost: 0.5 },
      ]),
    ])
    expect(board.groups).toMatchObject([{ cost_usd_total: 0.5, cost_known: 1, runs: 2 }])
    const none = ranked([folderWith([{ scenario: 'a', cost: null }])])
    expect(none.groups[0]).not.toHaveProperty('cost_usd_total')
    expect(renderLeaderboard('pretty', none, { color: false, width: 80 })).toContain('unknown')
    expect(renderLeaderboard('line', none, { color: false, width: 80 })).toContain('cost unknown')
  })

  it('counts a trial that left no record for the agent that the others name', () => {
    const silent = { run_id: undefined, agent_id: undefined, model: undefined, runtime: undefined } as never
    const one = folderWith([{ scenario: 'a' }, { scenario: 'b', pass: false, score: 0, more: silent }])
    expect(ranked([one]).groups).toMatchObject([{ group: 'tester', runs: 2, passed: 1 }])
    const two = folderWith([
      { scenario: 'a' },
      { scenario: 'c', more: { agent_id: 'other' } },
      { scenario: 'b', pass: false, more: silent },
    ])
    expect(ranked([two]).groups.map(({ group }) => group)).toEqual(['other', 'tester', undefined])
  })

  it('counts each of the repeats, and a run once that comes from two inputs', async () => {
    const run = await storedRun([
      { scenario: 'a' },
      { scenario: 'b', pass: false },
      { scenario: 'c', sealing: 'unsealed' },
    ])
    await writeReports(run)
    const bundle = join(run.out, 'bundle.jsonl')
    expect(ranked([bundle]).groups).toMatchObject([{ group: 'tester', runs: 3, passed: 2, cost_usd_total: 0.06 }])
    expect(ranked([bundle, run.out, bundle]).groups).toMatchObject([{ runs: 3, passed: 2 }])
    const same = { record_hash: `sha256:${'1'.repeat(64)}` }
    const twins = folderWith([
      { scenario: 'a', repeat: 1, more: same },
      { scenario: 'a', repeat: 2, more: same },
    ])
    expect(ranked([twins]).groups).toMatchObject([{ runs: 2 }])
  })

  it('reads folders of results, records, and lines of them, and says what it left out', () => {
    const parent = temporary()
    folderWith([{ scenario: 'a' }], join(parent, 'monday'))
    folderWith([{ scenario: 'a' }], join(parent, 'tuesday'))
    mkdirSync(join(parent, 'notes'))
    expect(ranked([parent]).groups).toMatchObject([{ runs: 2 }])

    const record = join(parent, 'one.json')
    writeFileSync(record, JSON.stringify(recordOf('r1', { eval: judged('x/y', true) } as Partial<AgentRun>), null, 2))
    const lines = join(parent, 'many.jsonl')
    writeFileSync(
      lines,
      [recordOf('r2', { eval: judged('x/z', false) } as Partial<AgentRun>), recordOf('r3'), { no: 'record' }]
        .map((value) => `${JSON.stringify(value)}\n`)
        .join('\n'),
    )
    const { entries, remarks } = readEntries([record, lines])
    expect(entries.map(({ evaluation }) => evaluation.benchmarkId)).toEqual(['x/y', 'x/z'])
    expect(remarks).toEqual([
      `${lines}: 1 of 3 lines are no valid record and were left out`,
      `${lines}: 1 of 3 records have no evaluation`,
    ])
  })

  it('refuses what holds no results', () => {
    const folder = temporary()
    expect(() => readEntries([folder])).toThrow('holds no results of the bench')
    expect(() => readEntries([join(folder, 'nowhere')])).toThrow('cannot be read (ENOENT)')
    writeFileSync(join(folder, 'x.jsonl'), '{}\n')
    expect(() => readEntries([join(folder, 'x.jsonl')])).toThrow('holds no valid record')
  })
})

const board = {
  by: 'agent_id' as const,
  groups: [
    {
      benchmark_id: 'chores',
      group: 'careful',
      runs: 3,
      passed: 3,
      mean_score: 98.25,
      cost_usd_total: 1.5,
      cost_known: 2,
      mean_duration_ms: 61_000,
      duration_known: 3,
    },
    {
      benchmark_id: 'chores',
      group: 'hasty',
      runs: 3,
      passed: 2,
      mean_score: 70,
      cost_known: 0,
      mean_duration_ms: 900,
      duration_known: 3,
    },
  ],
}

describe('the forms of a leaderboard', () => {
  it.each([
    [
      'pretty',
      80,
      `chores
    agent_id   passed           score                cost       time
  1 careful    3 of 3   100 %    98.3   $1.50 (1 unknown)   1 m 01 s
  2 hasty      2 of 3    66 %      70             unknown     900 ms
`,
    ],
    [
      'pretty',
      40,
      `chores
  1 careful
    3 of 3 (100 %) · score 98.3 · cost
    $1.50 (1 unknown) · time 1 m 01 s
  2 hasty
    2 of 3 (66 %) · score 70 · cost
    unknown · time 900 ms
`,
    ],
    [
      'markdown',
      80,
      `### chores

| | agent\\_id | passed | score | cost | time |
|--:|---|--:|--:|--:|--:|
| 1 | careful | 3 of 3 (100 %) | 98.3 | \\$1.50 (1 unknown) | 1 m 01 s |
| 2 | hasty | 2 of 3 (66 %) | 70 | unknown | 900 ms |
`,
    ],
    [
      'line',
      80,
      `chores: 1: careful: passed 3 of 3 (100 %), score 98.3, cost $1.50 (1 unknown), time 1 m 01 s
chores: 2: hasty: passed 2 of 3 (66 %), score 70, cost unknown, time 900 ms
`,
    ],
  ] as const)('%s, %d columns', (format, width, expected) => {
    expect(renderLeaderboard(format, board, { color: false, width })).toBe(expected)
  })

  it('JSON is the leaderboard itself', () => {
    expect(JSON.parse(renderLeaderboard('json', board, { color: true, width: 10 }))).toEqual(board)
  })

  it('say so where there is nothing', () => {
    const none = { by: 'model' as const, groups: [] }
    expect(renderLeaderboard('pretty', none, { color: false, width: 80 })).toBe('no evaluated runs\n')
    expect(renderLeaderboard('markdown', none, { color: false, width: 80 })).toBe('No evaluated runs.\n')
    expect(renderLeaderboard('line', none, { color: false, width: 80 })).toBe('')
  })
})

describe('the leaderboard of a server', () => {
  const asked: string[] = []
  const serve = async (status: number, body: object) => {
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers['x-api-key'] ?? request.headers.authorization}`)
      response.writeHead(status, { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' })
      response.end(JSON.stringify(body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
  }

  it('is what it answers', async () => {
    const { url, close } = await serve(200, board)
    expect(await serverLeaderboard({ url, key: 'k' }, 'model')).toEqual(board)
    expect(asked[0]).toMatch(/^\/api\/v1\/evals\/leaderboard\?by=model&limit=200 .*k$/)
    close()
  })

  it('is an error in words where it refuses', async () => {
    const { url, close } = await serve(403, {
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      code: 'auth.scope',
    })
    await expect(serverLeaderboard({ url }, 'model')).rejects.toThrow(/^the server: /)
    close()
    await expect(serverLeaderboard({ url: 'nonsense' }, 'model')).rejects.toMatchObject({ name: 'Failure' })
  })
})

describe('agent-run-bench leaderboard', () => {
  const bench = fileURLToPath(new URL('../../bin/agent-run-bench.mjs', import.meta.url))
  const start = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bench, 'leaderboard', ...words], {
      encoding: 'utf8',
    })
    return { status, stdout, stderr }
  }

  it('ends with 0 where something is shown, 1 where nothing is, 2 where it could not be done', () => {
    expect(start(folderWith([{ scenario: 'a' }]), '-f', 'line')).toEqual({
      status: 0,
      stdout: 'chores: 1: tester: passed 1 of 1 (100 %), score 100, cost $0.010, time 2.0 s\n',
      stderr: '',
    })
    expect(start(folderWith([]))).toMatchObject({ status: 1, stdout: 'no evaluated runs\n' })
    expect(start()).toMatchObject({ status: 2, stderr: expect.stringContaining('which results?') })
    expect(start('x', '--server', 'http://127.0.0.1:1')).toMatchObject({ status: 2 })
    expect(start('--per', 'pack', '--server', 'http://127.0.0.1:1')).toMatchObject({ status: 2 })
  })
})
