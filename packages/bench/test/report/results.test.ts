import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { digest, parseTrust, validate, verify, verifyBundle } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { readReport, reportOf, terminalReport, writeReports } from '../../src/report/index.ts'
import { proofOf } from '../../src/report/proof.ts'
import { schemaFaults } from '../../src/schema/schema-faults.ts'
import { benchRun, judge, recordOf, report, storedRun, temporary, trial } from './reports.ts'

const cli = fileURLToPath(new URL('../../../cli/bin/agent-run.mjs', import.meta.url))
const bench = fileURLToPath(new URL('../../bin/agent-run-bench.mjs', import.meta.url))

const start = (program: string, words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

const textIn = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

const twoTrials = [{ scenario: 'sweep' }, { scenario: 'sell', pass: false }]

describe('the report of a bench run', () => {
  it('follows its schema and adds up', () => {
    const trials = [
      trial({ scenario: 'a', repeat: 1, cost: 0.25 }),
      trial({ scenario: 'a', repeat: 2, cost: null, pass: false, score: 50 }),
      trial({ scenario: 'b', repeat: 1, cost: null, calls: null, wall: 5000 }),
    ]
    const whole = report(trials)
    expect(schemaFaults('bench-report.json', whole)).toEqual([])
    expect(whole.totals).toEqual({
      trials: 3,
      passed: 2,
      scenarios: 2,
      scenarios_passed: 1,
      mean_score: 87.5,
      cost_usd_total: 0.25,
      cost_known: 1,
      mean_wall_ms: 3000,
      tool_calls_total: 6,
      tool_calls_known: 2,
      violations: 0,
    })
    expect(whole.scenarios.map(({ scenario, title, totals }) => [scenario, title, totals.mean_score])).toEqual([
      ['a', 'Title of a', 75],
      ['b', 'Title of b', 100],
    ])
  })

  it('knows no cost where none is known', () => {
    const { totals } = report([trial({ scenario: 'a', cost: null, calls: null })])
    expect(totals).not.toHaveProperty('cost_usd_total')
    expect(totals).not.toHaveProperty('tool_calls_total')
    expect(report([]).totals).toMatchObject({ trials: 0, scenarios: 0, cost_known: 0 })
    expect(schemaFaults('bench-report.json', report([]))).toEqual([])
  })
})

describe('a results folder', () => {
  it('has the report in three forms, a bundle, a sealed record and a trust file', async () => {
    const run = await storedRun(twoTrials)
    await writeReports(run)
    expect(readReport(run.out)).toEqual({ report: reportOf(run), folder: run.out })
    expect(textIn(run.out, 'report.md')).toContain('1 of 2 scenarios passed')
    expect(textIn(run.out, 'report.html')).toContain('1 of 2 scenarios passed')
    const record: AgentRun = JSON.parse(textIn(run.out, 'report.run.json'))
    expect(validate(textIn(run.out, 'report.run.json'))).toMatchObject({ ok: true, findings: [] })
    expect(record).toMatchObject({ id: run.id, agent_id: 'agent-run-bench', status: 'completed', outcome: 'failed' })
    expect(record.artifacts?.map(({ id, content }) => [id, content?.digest])).toEqual(
      ['report.json', 'bundle.jsonl'].map((name) => [name, digest(readFileSync(join(run.out, name)))]),
    )
    expect(record.evidence?.map(({ kind, result, step_id, ref }) => [kind, result, step_id, ref])).toEqual([
      ['eval', 'pass', 'sweep.1', run.trials[0]?.files[1]?.digest],
      ['eval', 'fail', 'sell.1', run.trials[1]?.files[1]?.digest],
    ])
    expect(record.steps.map(({ id, status, error }) => [id, status, error])).toEqual([
      ['sweep.1', 'succeeded', undefined],
      ['sell.1', 'failed', 'it is done: found no call'],
    ])
  })

  it('has a record that reaches the highest level by the trust file beside it', async () => {
    const run = await storedRun(twoTrials)
    await writeReports(run)
    const parsed = parseTrust(textIn(run.out, 'trust.json'))
    if (!('trust' in parsed)) throw new Error('no trust file')
    expect(parsed.findings).toEqual([])
    const verdict = verify(readFileSync(join(run.out, 'report.run.json')), {
      trust: parsed.trust,
      level: 'accountable',
    })
    expect(verdict).toMatchObject({ ok: true, level: 'accountable' })
    const { verdicts } = verifyBundle(readFileSync(join(run.out, 'bundle.jsonl')), { trust: parsed.trust })
    expect(verdicts.map(({ checks }) => checks.find(({ check }) => check === 'evals')?.result)).toEqual([
      'pass',
      'pass',
    ])
  })

  it('names a key once, whatever it was used for', async () => {
    const since = '2026-11-20T14:02:11.480Z'
    const run = await storedRun([{ scenario: 'sweep' }], {
      keys: [
        { did: judge.did, role: 'evaluator', own: true, since },
        { did: judge.did, role: 'approver', own: true, since },
      ],
    })
    await writeReports(run)
    expect(JSON.parse(textIn(run.out, 'trust.json')).keys).toEqual([
      { key: judge.did, identity: 'judge, own key', roles: ['evaluator', 'runtime', 'approver'] },
    ])
  })

  it('counts no evaluation that a runtime gave itself', async () => {
    const own = { pass: true, score: 100, benchmark_id: 'chores/sell', run_id: 'child' }
    const run = await storedRun([{ scenario: 'sell', pass: false, score: 0 }])
    const [first] = run.trials
    if (first === undefined) throw new Error('no trial')
    const path = 'trials/sell.1/related/1.json'
    const octets = Buffer.from(JSON.stringify(recordOf('child', { eval: own } as Partial<AgentRun>)))
    mkdirSync(join(run.out, 'trials/sell.1/related'))
    writeFileSync(join(run.out, path), octets)
    const files = [
      ...first.files,
      { path, role: 'related_record' as const, digest: digest(octets), size: octets.length },
    ]
    await writeReports({ ...run, trials: [{ ...first, files }] })
    const lines = textIn(run.out, 'bundle.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ id, eval: evaluation }) => [id, evaluation?.pass])).toEqual([
      ['run-sell-1', false],
      ['child', undefined],
    ])
  })

  it('reads nothing outside of itself, whatever a trial says', async () => {
    const run = await storedRun([{ scenario: 'sweep' }])
    const [first] = run.trials
    if (first === undefined) throw new Error('no trial')
    const files = first.files.map((file) => ({ ...file, path: `../results/../../${file.path}` }))
    await expect(writeReports({ ...run, trials: [{ ...first, files }] })).rejects.toThrow('leads out')
  })
})

describe('the commands that check it', () => {
  const commandsIn = (text: string): readonly (readonly string[])[] =>
    text.split('\n').flatMap((line) => {
      const found = /agent-run (verify .+)$/.exec(line)?.[1]
      return found === undefined ? [] : [found.split(' ')]
    })

  it.each([
    ['every record is sealed', ['sealed', 'sealed'] as const, 1],
    ['none is', ['unsealed', 'unsealed'] as const, 2],
    ['one is', ['sealed', 'unsealed'] as const, 2],
  ])('are green as they stand, if %s', async (_, sealings, number) => {
    const run = await storedRun(twoTrials.map((sketch, index) => ({ ...sketch, sealing: sealings[index] ?? 'sealed' })))
    await writeReports(run)
    const commands = commandsIn(terminalReport(run, { color: false, width: 100 }))
    expect(commands).toHaveLength(number)
    for (const command of commands) expect(start(cli, command)).toMatchObject({ status: 0 })
  })

  it('say so where they are not, and are not', async () => {
    const run = await storedRun([{ scenario: 'sweep', sealing: 'broken' }, { scenario: 'sell' }])
    await writeReports(run)
    const text = terminalReport(run, { color: false, width: 120 })
    expect(text).toContain('it ends with 1: 1 record does not hold, and it says why')
    expect(commandsIn(text).map((command) => start(cli, command).status)).toEqual([1])
  })

  it('check the record of the bench run where no runtime left one', async () => {
    const run = benchRun([trial({ scenario: 'sweep', pass: false })], { out: temporary() })
    await writeReports(run)
    const commands = commandsIn(terminalReport(run, { color: false, width: 100 }))
    expect(commands.map((command) => [command.at(-1), start(cli, command).status])).toEqual([
      [join(run.out, 'report.run.json'), 0],
    ])
  })

  it('leave a bundle that the leaderboard of the CLI counts', async () => {
    const run = await storedRun(twoTrials)
    await writeReports(run)
    const { stdout } = start(cli, ['query', 'leaderboard', '--format', 'json', join(run.out, 'bundle.jsonl')])
    expect(JSON.parse(stdout).groups).toMatchObject([
      { benchmark_id: 'chores/sweep', group: 'tester', runs: 1, passed: 1, cost_usd_total: 0.02 },
      { benchmark_id: 'chores/sell', group: 'tester', runs: 1, passed: 0 },
    ])
  })
})

describe('what was changed since', () => {
  it.each(['report.json', 'bundle.jsonl'])('is found: %s', async (name) => {
    const run = await storedRun(twoTrials)
    await writeReports(run)
    expect(proofOf(run.out)?.problems).toEqual([])
    writeFileSync(join(run.out, name), textIn(run.out, name).replace('"score":', '"score" :'))
    expect(proofOf(run.out)?.problems).toEqual([`${name} is not the one that report.run.json names`])
    const shown = start(bench, ['report', run.out, '--format', 'line'])
    expect(shown.status).toBe(1)
    expect(shown.stderr).toContain(`${name} is not the one that report.run.json names`)
  })

  it('is found: a record of the bench run that another key sealed, or that says something else', async () => {
    const run = await storedRun(twoTrials)
    await writeReports(run)
    const record = textIn(run.out, 'report.run.json')
    writeFileSync(join(run.out, 'report.run.json'), record.replace('"outcome": "failed"', '"outcome": "success"'))
    expect(proofOf(run.out)?.problems[0]).toContain('is not sealed by the key of trust.json')
    const other = await storedRun(twoTrials)
    await writeReports(other)
    writeFileSync(join(other.out, 'trust.json'), '{"agent_run_trust":"1.0","keys":[]}')
    expect(proofOf(other.out)?.problems[0]).toContain('is not sealed by the key of trust.json')
    writeFileSync(join(other.out, 'trust.json'), '{}')
    expect(proofOf(other.out)?.problems).toEqual(['trust.json is no trust file'])
  })

  it('cannot be found where something is missing, and that is said', async () => {
    const folder = temporary()
    writeFileSync(join(folder, 'report.json'), JSON.stringify(report([trial({ scenario: 'sweep' })])))
    expect(proofOf(folder)).toBeUndefined()
    expect(start(bench, ['report', folder, '--format', 'line'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('nothing can be checked'),
    })
    expect(start(bench, ['report', join(folder, 'report.json'), '--format', 'json'])).toMatchObject({
      status: 0,
      stderr: '',
    })
  })
})

describe('what is no report', () => {
  it.each([
    ['nothing', undefined, 'cannot be read (ENOENT)'],
    ['no JSON', '{"a":1,"a":2}', 'is no JSON'],
    ['something else', '{"runs":[]}', 'is no report of a bench run'],
    ['a report with faults', '{"report":"1","trials":[{"pass":1}]}', 'is no report that this version understands'],
  ])('is refused: %s', (_, content, message) => {
    const file = join(temporary(), 'report.json')
    if (content !== undefined) writeFileSync(file, content)
    const shown = start(bench, ['report', file])
    expect(shown).toMatchObject({ status: 2, stdout: '' })
    expect(shown.stderr).toContain(message)
  })

  it('is a folder without results', () => {
    expect(start(bench, ['report', temporary()])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('is no results folder: it has no report.json'),
    })
  })
})
