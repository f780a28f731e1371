import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { judgeDeposits } from '../../src/emitter/judging.ts'
import { gapsOf } from '../../src/emitter/play.ts'
import { scenarioOutcomes } from '../../src/emitter/run-emitter.ts'
import { loadScenarios } from '../../src/emitter/scenario.ts'
import { Shelf } from '../../src/emitter/stub/shelf.ts'
import { loadSchemas } from '../../src/http/schemas.ts'
import { loadProfile } from '../../src/suite/index.ts'
import { callConformance, emptyFolder, runOutOfTime } from '../command.ts'

const example = (path: string): string => fileURLToPath(new URL(`../../../../examples/${path}`, import.meta.url))
const readExample = (path: string) => JSON.parse(readFileSync(example(path), 'utf8'))
const minimal = readExample('records/minimal.json')
const emitter = (args: readonly string[]) => callConformance(['emitter', '--format', 'line', ...args])

/** Runs a program that sends a right record first, and then does more. */
const listen = (more: string, args: readonly string[] = []) => {
  const program = `
    const { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key, AGENT_RUN_OUTPUT: output, AGENT_RUN_SCENARIO: scenario } = process.env
    const record = ${JSON.stringify(minimal)}
    const send = (path, body, method = 'POST', type = 'application/json') => fetch(url + '/api/' + path, { method, body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': type, 'x-api-key': key } })
    if (scenario === undefined) await send('v1/runs', record)
    ${more}`
  return emitter(['--listen', '127.0.0.1:0', ...args, '--', process.execPath, '--input-type=module', '-e', program])
}

const run = `v1/runs/${minimal.id}`

describe('what the stub server refuses', () => {
  it.each([
    [
      'lines that are none',
      `await send('v1/runs/other/events', '{"seq":0,"prev":"bad","type":"nonsense"}\\n', 'POST', 'application/x-ndjson')`,
      /emitter\/journal\.line: fail: AR-JRNL-001 request 2 /,
    ],
    [
      'lines of something else',
      `await send('v1/runs/other/events', 'not json\\n', 'POST', 'application/x-ndjson')`,
      /emitter\/journal\.line: fail: AR-JRNL-001 /,
    ],
    [
      'a journal without its first line',
      `await send('v1/runs/other/events', JSON.stringify({ seq: 3, prev: 'sha256:' + '0'.repeat(64), at: '2026-11-20T14:02:11Z', type: 'run.updated', data: {} }) + '\\n', 'POST', 'application/x-ndjson')`,
      /emitter\/journal\.start: fail: AR-JRNL-004 /,
    ],
    [
      'a patch to a status that there is not',
      `await send('${run}', { status: 'nonsense' }, 'PATCH', 'application/merge-patch+json')`,
      /emitter\/schema\.status: fail: AR-RUN-004 /,
    ],
    [
      'a patch that is no JSON',
      `await send('${run}', '{"broken', 'PATCH', 'application/merge-patch+json')`,
      /emitter\/json\.syntax: fail: AR-BYTES-003 /,
    ],
    [
      'a judgement of another form',
      `await send('${run}/eval', { pass: 'maybe', score: 99 }, 'PUT')`,
      /emitter\/schema\.eval: fail: AR-EVAL-001 /,
    ],
    [
      'a judgement of another run',
      `await send('${run}/eval', { pass: true, score: 1, run_id: 'another' }, 'PUT')`,
      /emitter\/eval\.other_run: fail: AR-EVAL-002 /,
    ],
    [
      'a broken record of another media type',
      `await send('v1/runs', '{"broken', 'POST', 'text/plain')`,
      /emitter\/json\.syntax: fail: AR-BYTES-003 /,
    ],
    [
      'broken JSON for a path that there is not',
      `await send('v1/nowhere', '{"broken')`,
      /emitter\/json\.syntax: fail: AR-BYTES-003 /,
    ],
  ])('is a finding: %s', async (_what, more, said) => {
    const { code, stdout } = await listen(more)
    expect([code, stdout]).toEqual([1, expect.stringMatching(said)])
    for (const payload of ['not json', 'maybe', '"broken']) expect(stdout).not.toContain(payload)
  })

  it.each([
    ['for a path that there is not', `await send('v1/nowhere', { id: 1 })`, 'answered 404'],
    ['for another version of the protocol', `await send('v2/runs', record)`, 'no path of the protocol'],
    ['of another media type', `await send('v1/runs', record, 'POST', 'text/plain')`, 'answered 415'],
    [
      'under the Idempotency-Key of another one',
      `for (const id of ['one', 'two']) await fetch(url + '/api/v1/runs', { method: 'POST', body: JSON.stringify({ ...record, id }), headers: { 'content-type': 'application/json', 'x-api-key': key, 'idempotency-key': 'k' } })`,
      'answered 422',
    ],
  ])('leaves it untested: a value %s', async (_what, more, said) => {
    const { code, stdout } = await listen(more)
    expect([code, stdout]).toEqual([2, expect.stringMatching(`emitter/level.recorded: untestable: .*${said}`)])
  })

  it('says nothing where it is read', async () => {
    const { code, stdout } = await listen(`await send('v1/nowhere', undefined, 'GET').catch(() => {})`)
    expect([code, stdout]).toEqual([0, expect.stringContaining('verdict: pass')])
  })
})

describe('a command that breaks', () => {
  it.each([
    ['an exit code', 'process.exit(1)', 'the command ended with exit code 1'],
    ['that of a scenario without one', 'process.exit(64)', 'the command ended with exit code 64'],
    ['a signal', `process.kill(process.pid, 'SIGKILL')`, 'the command ended with SIGKILL'],
  ])('with %s is untested, and the reports say so', async (_what, more, said) => {
    const report = join(emptyFolder(), 'report.json')
    expectUntested(await listen(more, ['--report', report]), report, said)
  })

  it('without end is untested, and the reports say so', async () => {
    const folder = emptyFolder()
    const [report, file] = [join(folder, 'report.json'), join(folder, 'sent')]
    const more = `setInterval(() => {}, 1000); (await import('node:fs')).writeFileSync(${JSON.stringify(file)}, '')`
    const ended = await runOutOfTime(() => listen(more, ['--timeout', '5', '--report', report]), file)
    expectUntested(ended, report, 'the command did not end in time')
  })

  const expectUntested = ({ code }: { readonly code: number | null }, report: string, said: string): void => {
    const { verdict, cases } = JSON.parse(readFileSync(report, 'utf8'))
    expect([code, verdict]).toEqual([2, 'untested'])
    const level = cases.find(({ id }: { id: string }) => id === 'emitter/level.recorded')
    expect([level.status, level.messages[0]]).toEqual(['untestable', expect.stringContaining(said)])
  }

  it('while its folder is watched is untested', async () => {
    const folder = emptyFolder()
    copyFileSync(example('records/minimal.json'), join(folder, 'run.json'))
    const { code, stdout } = await emitter(['--watch', folder, '--', process.execPath, '-e', 'process.exit(3)'])
    expect([code, stdout]).toEqual([2, expect.stringContaining('the command ended with exit code 3')])
  })

  it('before it sends anything in a scenario is untested there', async () => {
    const { code, stdout } = await listen(
      `if (scenario === 'plain_calls') await send('v1/runs', record); else process.exit(1)`,
      ['--scenarios', 'plain_calls,server_busy'],
    )
    expect([code, stdout]).toEqual([1, expect.stringMatching(/scenarios\/server_busy\/\w+: untestable: .*exit code 1/)])
    expect(stdout).not.toMatch(/scenarios\/server_busy\/\w+: not_applicable/)
  })

  it('is not excused from sending where it sends in another scenario', () => {
    const scenario = loadScenarios().find(({ name }) => name === 'server_busy')!
    const played = {
      deposits: [],
      writes: [],
      stored: 0,
      evals: [],
      exit: 0,
      ending: { exit: 0, signal: null, timedOut: false, tail: '' },
      strangers: 0,
      gaps: [],
    }
    const statuses = (sends: boolean) =>
      new Set(scenarioOutcomes(scenario, played, loadSchemas(), 0, sends).map(({ status }) => status))
    expect([...statuses(false)]).toEqual(['not_applicable'])
    expect([...statuses(true)]).toEqual(['untestable'])
  })

  it('shows no key in what it said at last, however it is written', async () => {
    const more = `
      console.log('plain', key); console.log('packed', Buffer.from(key).toString('base64')); console.log('piece', key.slice(5, 40))
      process.exit(1)`
    const { stderr } = await listen(more)
    for (const word of ['plain', 'packed', 'piece']) expect(stderr).toMatch(new RegExp(`${word} ‹key›\\S{0,4}$`, 'm'))
  })
})

it('records beyond what is looked at leave it untested', () => {
  const shelf = new Shelf()
  for (let n = 0; n < 5_002; n++) shelf.keep(Buffer.from(`{"id":"r${n}"}`), 'POST')
  const gaps = gapsOf({ shelf })
  expect(gaps).toEqual(['2 records were more than is looked at'])
  const profile = loadProfile('1.0').roles.emitter
  const deposit = { kind: 'record', origin: 'it', octets: Buffer.from(JSON.stringify(minimal)) } as const
  const { outcomes } = judgeDeposits(
    [[deposit]],
    { profile, trust: undefined, level: undefined, asked: new Set() },
    gaps,
  )
  expect(outcomes.find(({ id }) => id === 'emitter/level.recorded')).toMatchObject({
    status: 'untestable',
    messages: gaps,
  })
})

describe('a run that was sealed', () => {
  const sealed = readExample('records/sealed.json')
  const { record_hash: _hash, signature: _signature, ...provenance } = sealed.provenance
  const judge = async (later: object) => {
    const folder = emptyFolder()
    writeFileSync(join(folder, '1.json'), JSON.stringify(sealed))
    writeFileSync(join(folder, '2.json'), JSON.stringify(later))
    return emitter([folder, '--level', 'sealed', '--only', 'emitter/versions.*', '--only', 'emitter/level.*'])
  }

  it('and is finished later with another content and no seal fails', async () => {
    const { code, stdout } = await judge({ ...sealed, status: 'failed', provenance })
    expect(code).toBe(1)
    expect(stdout).toMatch(/versions\.seal_changed: fail: AR-SEAL-016 .*another content and no seal/)
    expect(stdout).toMatch(/level\.sealed: fail: AR-LEVEL-002 .*2\.json reaches recorded/)
  })

  it('and is given away again with its seal passes', async () => {
    expect((await judge({ ...sealed })).code).toBe(0)
  })
})

describe('what would wait for ever', () => {
  const maker = 'mkfifo'
  const canMake = spawnSync(maker, ['--version']).status === 0
  const fifo = (): string => {
    const path = join(emptyFolder(), 'pipe')
    spawnSync(maker, [path])
    return path
  }

  it.skipIf(!canMake)('a FIFO as an input is turned down', async () => {
    const { code, stderr } = await emitter([fifo()])
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no plain file')])
  })

  it.skipIf(!canMake)('a FIFO as a trust file is turned down', async () => {
    const { code, stderr } = await emitter([example('records/minimal.json'), '--trust', fifo()])
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no plain file')])
  })

  it.skipIf(!canMake)('a FIFO in place of the output folder is turned down', async () => {
    const { code, stderr } = await listen(`
      const { rmSync } = await import('node:fs')
      const { spawnSync } = await import('node:child_process')
      rmSync(output, { recursive: true }); spawnSync('mkfifo', [output])`)
    expect([code, stderr]).toEqual([2, expect.stringContaining('is no plain file')])
  })
})

it.each([
  ['--for with files', [example('records/minimal.json'), '--for', '3'], '--for is for'],
  ['--allow-remote with files', [example('records/minimal.json'), '--allow-remote'], '--allow-remote needs --listen'],
  ['an input without a name', [''], 'the name of a file or folder is empty'],
  ['a command without a name', ['--listen', '127.0.0.1:0', '--', ''], 'the name of the command is empty'],
  [
    'an address of another machine',
    ['--listen', '203.0.113.7:0', '--allow-remote', '--', 'true'],
    'cannot listen on 203.0.113.7:0: EADDRNOTAVAIL',
  ],
])('%s: exit 2, in one line', async (_what, args, said) => {
  const { code, stderr } = await emitter(args)
  expect([code, stderr.trim().split('\n').length, stderr]).toEqual([2, 1, expect.stringContaining(said)])
  expect(stderr).not.toContain('should not have happened')
})
