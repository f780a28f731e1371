import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { watchFolder } from '../../src/emitter/watch.ts'
import { bin, callConformance, conformance, emptyFolder, runOutOfTime } from '../command.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const example = (path: string): string => join(root, 'examples', path)
const emitter = (args: readonly string[]) => callConformance(['emitter', ...args])
const node = (program: string): readonly string[] => [process.execPath, '--input-type=module', '-e', program]
const listening = (args: readonly string[], command: readonly string[]) =>
  ['emitter', '--listen', '127.0.0.1:0', '--format', 'line', ...args, '--', ...command] as const
const listen = (args: readonly string[], command: readonly string[]) => callConformance(listening(args, command))

/** A program that sends a minimal record and does something else. */
const sends = (more: string, before = '') =>
  node(`
  ${before}
  const { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key } = process.env
  const record = ${readFileSync(example('records/minimal.json'), 'utf8')}
  const post = (body, headers = {}) => fetch(url + '/api/v1/runs', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json', 'x-api-key': key, ...headers } })
  await post(record)
  ${more}
`)

describe('files', () => {
  it('are judged, alone and in folders, lines and journals among them', async () => {
    const folder = emptyFolder()
    mkdirSync(join(folder, 'in'))
    copyFileSync(example('records/sealed.json'), join(folder, 'in', 'sealed.json'))
    copyFileSync(example('proof/journal.jsonl'), join(folder, 'in', 'run.journal'))
    writeFileSync(join(folder, 'notes.txt'), 'not looked at')
    const report = join(folder, 'report.json.out')
    const { stdout, stderr } = await conformance(['emitter', folder, '--format', 'line', '--report', report])
    expect(stderr).toBe('')
    expect(stdout).not.toContain(': fail:')
    const { cases, role, subject } = JSON.parse(readFileSync(report, 'utf8'))
    expect([role, subject.capabilities.includes('journal'), subject.capabilities.includes('seal')]).toEqual([
      'emitter',
      true,
      true,
    ])
    const fold = cases.find(({ id }: { id: string }) => id === 'emitter/journal.fold')
    expect(fold.status).toBe('pass')
  })

  it('with a fault are named with the place', async () => {
    const folder = emptyFolder()
    const good = readFileSync(example('records/minimal.json'), 'utf8')
    const lines = [good, good.replace(/"status": "[a-z]+"/, '"status": "sucess"')].map((text) =>
      JSON.stringify(JSON.parse(text)),
    )
    writeFileSync(join(folder, 'runs.jsonl'), lines.join('\n'))
    const { code, stdout } = await emitter([folder, '--format', 'line'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/emitter\/schema\.status: fail: AR-RUN-004 .*runs\.jsonl:2 at \/status: .*; found sucess$/m)
  })

  it.each([
    ['several words', 'sent to ada@example.org'],
    ['a long word', 'k'.repeat(41)],
    ['a word in another script', '\u0441ompleted'],
  ])('whose fault is %s where one of a few was expected are told without it', async (_what, status) => {
    const file = join(emptyFolder(), 'run.json')
    const record = JSON.parse(readFileSync(example('records/minimal.json'), 'utf8'))
    writeFileSync(file, JSON.stringify({ ...record, status }))
    const { code, stdout } = await emitter([file, '--format', 'line'])
    expect([code, stdout]).toEqual([1, expect.stringContaining('at /status: expected one of')])
    expect(stdout).toContain('; found another value')
    expect(stdout).not.toContain(status)
  })

  it('with a hash of another form are told the right one', async () => {
    const file = join(emptyFolder(), 'run.json')
    const record = JSON.parse(readFileSync(example('records/minimal.json'), 'utf8'))
    const provenance = { ...record.provenance, run_hash: `sha256:${record.provenance.run_hash}` }
    writeFileSync(file, JSON.stringify({ ...record, provenance }))
    const { stdout } = await emitter([file, '--format', 'line', '--only', 'emitter/run_hash.form'])
    expect(stdout).toContain(`expected ${record.provenance.run_hash}, found another form`)
  })

  it('that are more than there is memory for are refused, with the bound', async () => {
    const folder = emptyFolder()
    const file = join(folder, 'one.json')
    writeFileSync(file, '')
    truncateSync(file, 64 * 1024 * 1024 + 1)
    const { code, stdout, stderr } = await emitter([file])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/one\.json is larger than 64 MiB\n$/)
  })

  it('of a folder that are JSON and no records are passed over, and judged where they are named', async () => {
    const folder = emptyFolder()
    copyFileSync(example('records/minimal.json'), join(folder, 'run.json'))
    const manifest = join(folder, 'package.json')
    writeFileSync(manifest, '{"name": "mine", "version": "1.0.0"}')
    writeFileSync(join(folder, 'list.json'), '[1, 2]')
    const whole = await emitter([folder, '--format', 'line'])
    expect([whole.code, whole.stderr]).toEqual([0, expect.stringContaining('passed over 2 JSON files')])
    expect(whole.stderr).toContain('package.json')
    const alone = await emitter([manifest, '--format', 'line'])
    expect([alone.code, alone.stderr]).toEqual([1, ''])
    expect(alone.stdout).toContain('emitter/schema.minimum: fail: AR-RUN-002')
  })

  it('of a folder are judged where they have anything of a record, or are no JSON at all', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'part.json'), '{"status": "completed"}')
    writeFileSync(join(folder, 'torn.json'), '{"id": "r1", ')
    const { code, stdout, stderr } = await emitter([folder, '--format', 'line'])
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/schema\.minimum: fail: .*part\.json/)
    expect(stdout).toMatch(/json\.syntax: fail: .*torn\.json/)
  })

  it('that do not show what is asked for leave it untested', async () => {
    const args = [example('records/minimal.json'), '--format', 'line', '--capabilities', 'client,journal']
    const { code, stdout } = await emitter(args)
    expect(code).toBe(2)
    expect(stdout).toMatch(/emitter\/journal\.fold: untestable: AR-JRNL-\d+ no record gave occasion/)
    expect(stdout).toMatch(/scenarios\/rate_limited\/\w+: untestable: AR-HTTP-\d+ this scenario was not chosen/)
    expect(stdout).toContain('verdict: untested')
  })

  it('without a version of the standard reach no level, and are looked at without one', async () => {
    const folder = emptyFolder()
    const { spec_version: _version, ...record } = JSON.parse(readFileSync(example('records/minimal.json'), 'utf8'))
    const file = join(folder, 'old.json')
    writeFileSync(file, JSON.stringify({ ...record, provenance: { run_hash: '...' } }))
    const free = await emitter([file, '--format', 'line'])
    expect([free.code, free.stdout]).toEqual([0, expect.stringContaining('verdict: pass')])
    const asked = await emitter([file, '--format', 'line', '--level', 'recorded'])
    expect(asked.code).toBe(1)
    expect(asked.stdout).toMatch(/level\.recorded: fail: AR-LEVEL-001 .*no spec_version: it is a record of 0\.1/)
  })

  it('are counted in every report, under the name that is given', async () => {
    const folder = emptyFolder()
    const file = (name: string): string => join(folder, name)
    const record = example('records/minimal.json')
    const names = ['--subject-name', 'my runtime', '--subject-version', '4.2']
    const reports = ['report', 'markdown', 'html'].flatMap((name) => [`--${name}`, file(name)])
    const { stdout } = await emitter([record, '--format', 'pretty', ...names, ...reports])
    const { subject } = JSON.parse(readFileSync(file('report'), 'utf8'))
    expect([subject.name, subject.version, subject.seen]).toEqual([
      'my runtime',
      '4.2',
      { records: 1, journals: 0, steps: 1, scenarios_known: 29, scenarios_chosen: 0, scenarios_played: 0 },
    ])
    expect(stdout).toMatch(/^my runtime 4\.2\n/)
    for (const text of [stdout, readFileSync(file('markdown'), 'utf8')])
      expect(text).toContain('saw 1 record, 1 step, 0 of 29 scenarios')
    expect(readFileSync(file('html'), 'utf8')).toContain('1 record, 1 step, 0 of 29 scenarios')
    expect(stdout.replace(/\s+/g, ' ')).toContain(' · showed approvals, core, effects')
    expect(stdout).toContain('no occasion: ')
    expect(stdout).not.toContain('declare')
  })

  it('of a sealed record that reaches too little are told', async () => {
    const { code, stdout } = await emitter([example('records/minimal.json'), '--format', 'line', '--level', 'sealed'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/emitter\/level\.sealed: fail: AR-LEVEL-002 .*reaches recorded/)
  })

  it.each([
    ['nothing', [], /give files or folders/],
    ['a file that is not there', ['/no/such/file.json'], /cannot be read: ENOENT/],
    ['a level that is none', ['x.json', '--level', 'gold'], /is no level of a emitter|is no level of an emitter/],
    [
      'a scenario that is none',
      ['--listen', '127.0.0.1:0', '--scenarios', 'dance', '--', 'true'],
      /no scenario "dance"/,
    ],
    ['scenarios without a command', ['x.json', '--scenarios', 'all'], /--scenarios needs --listen/],
    ['a capability that is none', ['x.json', '--capabilities', 'dance'], /no capability "dance"/],
    ['a name that is none', ['x.json', '--subject-name', ' '], /at most 100 characters/],
    ['an address for everybody', ['--listen', '0.0.0.0:0', '--', 'true'], /reached from other machines/],
    ['an address that is none', ['--listen', 'nowhere', '--', 'true'], /host:port/],
    [
      'a trust file that is none',
      [example('records/minimal.json'), '--trust', example('records/minimal.json')],
      /is no trust file/,
    ],
  ])('%s: exit 2, in one line', async (_what, args, said) => {
    const { code, stderr } = await emitter(args)
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1])
    expect(stderr).toMatch(said)
  })

  it('without a record: exit 2', async () => {
    const { code, stderr } = await emitter([emptyFolder()])
    expect([code, stderr]).toEqual([2, expect.stringContaining('no record')])
  })
})

describe('a watched folder', () => {
  it('is judged as files appear, and again when the command has ended', async () => {
    const folder = emptyFolder()
    const program = `
      const { copyFileSync } = await import('node:fs')
      copyFileSync(${JSON.stringify(example('records/minimal.json'))}, process.env.AGENT_RUN_OUTPUT + '/one.json')`
    const { stderr, stdout } = await emitter(['--watch', folder, '--format', 'line', '--', ...node(program)])
    expect(stderr).toMatch(/one\.json {2}recorded/)
    expect(stdout).toContain('verdict:')
  })

  it('tells of a file while the command still works', async () => {
    const folder = emptyFolder()
    copyFileSync(example('records/minimal.json'), join(folder, 'one.json'))
    const line = await new Promise<string>((tell) => {
      let isTold: () => void
      const until = new Promise<void>((resolve) => {
        isTold = resolve
      })
      void watchFolder(folder, until, (said) => {
        isTold()
        tell(said)
      })
    })
    expect(line).toMatch(/one\.json {2}recorded$/)
  })

  it('is left after the time that was given', async () => {
    const folder = emptyFolder()
    copyFileSync(example('records/minimal.json'), join(folder, 'one.json'))
    const { stdout } = await emitter(['--watch', folder, '--for', '0.5', '--format', 'line'])
    expect(stdout).toContain('verdict:')
  })
})

describe('a command', () => {
  it('that sends a record is judged by it, once', async () => {
    const { code, stdout, stderr } = await conformance(listening([], sends('')))
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).not.toContain(': fail:')
  })

  it('that sends nothing: exit 2, with the end of what it said, escaped', async () => {
    const { code, stderr } = await listen([], node(`console.error('\\u001b[31mno idea\\u202e'); process.exit(3)`))
    expect(code).toBe(2)
    expect(stderr).toContain('no record came')
    expect(stderr).toContain('\\u{1b}[31mno idea\\u{202e}')
    expect(stderr).not.toContain('\u001b')
  })

  it('that does not know the key is told as such', async () => {
    const { code, stderr } = await listen(
      [],
      node(`
      const { AGENT_RUN_SERVER_URL: url } = process.env
      for (const key of ['mine', '']) await fetch(url + '/api/v1/runs', { method: 'POST', body: '{}', headers: { 'x-api-key': key } })`),
    )
    expect([code, stderr]).toEqual([2, expect.stringContaining('2 requests without the key were answered 401')])
  })

  it('that never ends is ended, and judged by what it sent', async () => {
    const file = join(emptyFolder(), 'deaf')
    const program = sends(`
      process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)
      const { writeFileSync } = await import('node:fs')
      writeFileSync(${JSON.stringify(file)}, '')`)
    const { stdout, stderr } = await runOutOfTime(() => listen(['--timeout', '4'], program), file)
    expect(stderr).toContain('did not end in time')
    expect(stdout).toContain('verdict:')
  })

  it('that sends garbage and much of it is judged, without its words', async () => {
    const more = `
      console.log('secret-word', process.env.AGENT_RUN_KEY)
      await post('nope'); await post('x'.repeat(11 << 20)).catch(() => {})
      await post({ ...record, id: '\\u001b[2Jevil\\u202e', status: 'secret-word' })
      process.exit(7)`
    const { code, stdout, stderr } = await listen([], sends(more))
    expect(code).toBe(1)
    expect(stdout).toContain('emitter/json.syntax: fail')
    expect(stdout).toContain('emitter/schema.status: fail')
    for (const unwanted of ['\u001b', '\u202e', 'cx_']) expect(stdout + stderr).not.toContain(unwanted)
    expect(stdout).not.toContain('secret-word')
    expect(stderr).toContain('exit code 7')
  })

  it('may leave scenarios out', async () => {
    const { code, stderr } = await listen(['--scenarios', 'plain_calls,sealed'], node('process.exit(64)'))
    expect([code, stderr]).toEqual([2, expect.stringContaining('no record came')])
  })

  it('that plays one scenario is held to that one', async () => {
    const report = join(emptyFolder(), 'report.json')
    const runtime = [process.execPath, example('emitter/node-runtime.mjs')]
    const { code, stdout } = await listen(['--scenarios', 'plain_calls', '--report', report], runtime)
    expect([code, stdout]).toEqual([0, expect.stringContaining('verdict: pass')])
    const { cases, subject } = JSON.parse(readFileSync(report, 'utf8'))
    expect([subject.name, subject.seen.scenarios_chosen, subject.seen.scenarios_played]).toEqual(['node-runtime', 1, 1])
    const other = cases.filter(({ id }: { id: string }) => id.startsWith('scenarios/denied_by_person/'))
    expect(other.length).toBeGreaterThan(0)
    for (const each of other)
      expect(each).toMatchObject({ status: 'not_applicable', messages: ['this scenario was not chosen'] })
  })

  it('that plays a scenario is not green for another one that is asked for by its capability', async () => {
    const runtime = [process.execPath, example('emitter/node-runtime.mjs')]
    const args = ['--scenarios', 'plain_calls,record_refused', '--capabilities', 'client']
    const { code, stdout } = await listen(args, runtime)
    expect([code, stdout]).toEqual([2, expect.stringContaining('verdict: untested')])
    expect(stdout).toMatch(/scenarios\/rate_limited\/\w+: untestable: AR-HTTP-\d+ this scenario was not chosen/)
    expect(stdout).not.toContain('AR-HTTP-021')
  })

  it('that names no runtime is not called by the agent of the script', async () => {
    const report = join(emptyFolder(), 'report.json')
    await listen(['--scenarios', 'plain_calls', '--report', report], sends(''))
    const { subject } = JSON.parse(readFileSync(report, 'utf8'))
    expect([subject.name, subject.version]).toEqual([null, null])
  })

  it('that breaks in a scenario makes it untestable', async () => {
    const { code, stdout } = await listen(
      ['--scenarios', 'plain_calls', '--only', 'scenarios'],
      sends('process.exit(1)'),
    )
    expect(code).toBe(2)
    expect(stdout).toMatch(
      /scenarios\/plain_calls\/completed: pass|plain_calls\/one_step_for_the_tool_call: untestable/,
    )
    expect(stdout).not.toContain(': fail:')
  })

  it('that sends what is refused again and again fails', async () => {
    const { code, stdout } = await listen(
      ['--scenarios', 'record_refused', '--only', 'scenarios'],
      sends('for (let n = 0; n < 20; n++) await post(record)'),
    )
    expect(stdout).toContain('scenarios/record_refused/gives_up: fail')
    expect(code).not.toBe(0)
  })
})

describe('the stub server by itself', () => {
  it('says where it is, and judges what it was given', async () => {
    const child = spawn(process.execPath, [bin, 'emitter', '--listen', '127.0.0.1:0', '--format', 'line'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [said, out] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    for await (const part of child.stderr.setEncoding('utf8')) {
      said += part
      if (said.includes('listens')) break
    }
    const [, url] = /AGENT_RUN_SERVER_URL=(\S+)/.exec(said) ?? []
    const [, key] = /AGENT_RUN_KEY=(\S+)/.exec(said) ?? []
    const body = readFileSync(example('records/sealed.json'))
    const headers = { 'content-type': 'application/json', 'x-api-key': key ?? '' }
    expect((await fetch(`${url}/api/v1/runs`, { method: 'POST', body, headers })).status).toBe(201)
    child.kill('SIGINT')
    await once(child, 'close')
    expect(out).toContain('verdict:')
    expect(out).not.toContain(key)
  })
})

describe('the runtimes of the examples', () => {
  it('the one in Node reaches accountable, with all scored sentences', async () => {
    const report = join(emptyFolder(), 'report.json')
    const runtime = example('emitter/node-runtime.mjs')
    const args = ['--scenarios', 'all', '--level', 'accountable', '--report', report]
    const { code, stdout, stderr } = await listen(args, [process.execPath, runtime])
    expect([code, stdout]).toEqual([0, expect.stringContaining('verdict: pass')])
    expect(stderr).toBe('')
    const { counts, subject } = JSON.parse(readFileSync(report, 'utf8'))
    expect([counts.fail, counts.untestable, subject.name]).toEqual([0, 0, 'node-runtime'])
  })

  it.skipIf(!tool('python3'))('the one in Python reaches recorded', async () => {
    const runtime = example('emitter/python_runtime.py')
    const scenarios = process.env['AGENT_RUN_LONG']
      ? 'all'
      : 'plain_calls,denied_by_policy,cost_unknown,rate_limited,sealed'
    const { code, stdout } = await listen(['--scenarios', scenarios, '--level', 'recorded'], ['python3', runtime])
    expect([code, stdout]).toEqual([0, expect.stringContaining('verdict: pass')])
  })
})
