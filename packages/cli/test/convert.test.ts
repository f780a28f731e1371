import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../scripts/test/tools.mjs'
import { exportFormats, formatsFor, importFormats } from '../src/conversion/formats.ts'
import { fileNameFor } from '../src/records/file-name.ts'
import { agentRun, bin, folderWith, timeless } from './binary.ts'
import { smallRun } from './records.ts'
import { transcript } from './transcript.ts'

interface Run {
  readonly id: string
  readonly session_id: string
  readonly steps: readonly { readonly type: string }[]
}

const lines = (text: string): Run[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Run)

describe('convert --from claude-code', () => {
  it('writes valid records one a line, and the account to standard error', async () => {
    const cwd = folderWith({ 'one.jsonl': transcript('one'), 'two.jsonl': transcript('two') })
    const { code, stdout, stderr } = await agentRun(['convert', '--from', 'claude-code', 'one.jsonl', 'two.jsonl'], {
      cwd,
    })
    expect(code).toBe(0)
    expect(lines(stdout).map(({ session_id }) => session_id)).toEqual(['one', 'two'])
    const calls = lines(stdout).flatMap(({ steps }) => steps.filter(({ type }) => type === 'tool_call'))
    expect(calls).toHaveLength(4)
    expect(stderr).toMatch(/^2 files → 2 runs, \d+ steps: 6 model calls, 4 tool calls\n/)
    expect(stderr).toContain(
      '\n  lines   12 read = 12 mapped + 0 skipped + 0 malformed\n  tokens  in 90 (30 from cache) · out 120\n',
    )
    const checked = await agentRun(['validate', '-', '--fail-on', 'warning'], { input: stdout })
    expect({ ...checked, stderr: timeless(checked.stderr) }).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 file (2 records): no findings   (TIME)\n',
    })
  })

  it('writes a JSON array, one file, or one file for each record', async () => {
    const cwd = folderWith({ 'one.jsonl': transcript('one'), 'two.jsonl.gz': gzipSync(transcript('two')) })
    const convert = ['convert', '--from', 'claude-code', '.', '-q']
    const array = await agentRun([...convert, '--format', 'json'], { cwd })
    expect((JSON.parse(array.stdout) as Run[]).map(({ session_id }) => session_id)).toEqual(['one', 'two'])
    expect(array.stderr).toBe('')
    expect(await agentRun([...convert, '--output', 'runs.ndjson'], { cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
    expect(lines(readFileSync(join(cwd, 'runs.ndjson'), 'utf8'))).toEqual(JSON.parse(array.stdout))
    expect((await agentRun([...convert, '--output-dir', 'out/runs'], { cwd })).code).toBe(0)
    const files = readdirSync(join(cwd, 'out/runs'))
    expect(files).toHaveLength(2)
    expect((await agentRun(['validate', 'out/runs', '--fail-on', 'warning'], { cwd })).code).toBe(0)
    const both = await agentRun([...convert, '-o', 'x', '--output-dir', 'y'], { cwd })
    expect(both).toEqual({ code: 2, stdout: '', stderr: 'agent-run: --output and --output-dir exclude each other\n' })
  })

  it('writes the full report, in which every line is accounted for', async () => {
    const cwd = folderWith({
      'one.jsonl': `${transcript('one')}{"type":"summary","summary":"x","leafUuid":"y"}\nnot json\n`,
    })
    const { code, stderr } = await agentRun(
      ['convert', '--from', 'claude-code', 'one.jsonl', '--report', 'report.json'],
      { cwd },
    )
    expect(code).toBe(0)
    expect(stderr).toContain('one.jsonl: warning: ')
    expect(stderr).toMatch(/ 1 skipped \+ 1 malformed\n {2}skipped 1 [a-z ]+\n {2}tokens /)
    const [report] = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).reports
    const { read, mapped, skipped, malformed } = report.files[0].lines
    expect([read, malformed]).toEqual([8, 1])
    expect(mapped + skipped + malformed).toBe(read)
  })

  it('finds the sub-agents that lie beside a transcript', async () => {
    const cwd = folderWith({
      'one.jsonl': transcript('one'),
      'one/subagents/agent-x.jsonl': transcript('one'),
      'one/other.jsonl': transcript('three'),
    })
    await agentRun(['convert', '--from', 'claude-code', 'one.jsonl', '--report', 'report.json', '-q'], { cwd })
    const [report] = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).reports
    expect(report.files.map(({ name }: { name: string }) => name)).toEqual(['one.jsonl', 'one/subagents/agent-x.jsonl'])
  })

  it('says what a file looks like that is no transcript, and ends with 2', async () => {
    const looks = async (content: string | Buffer): Promise<string> => {
      const cwd = folderWith({ 'x.jsonl': content })
      const { code, stdout, stderr } = await agentRun(['convert', '--from', 'claude-code', 'x.jsonl'], { cwd })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('[convert.no_turns]\n')
      return /looks like (.*)/.exec(stderr)?.[1] ?? stderr
    }
    expect(await looks('{"timestamp":"2026-01-01T00:00:00Z","type":"session_meta","payload":{"id":"x"}}\n')).toBe(
      'a Codex rollout (--from codex)',
    )
    expect(await looks(JSON.stringify(smallRun()))).toBe(
      'agent-run records, which need no conversion (agent-run validate checks them, --to writes another format)',
    )
    expect(await looks('{"schema_version": "ATIF-v1.7", "steps": []}')).toBe('an ATIF trajectory (--from atif)')
    expect(await looks('{"some": "thing"}\n')).toBe('JSON of another kind')
    expect(await looks('just text\n')).toBe('text that is not JSON')
    expect(await looks('<html></html>')).toBe('HTML or XML')
    expect(await looks(Buffer.from([1, 0, 2]))).toBe('binary data')
    expect(await looks('')).toBe('an empty file')
  })

  it('converts what can be read, and ends with 2 if something cannot', async () => {
    const cwd = folderWith({ 'one.jsonl': transcript('one'), 'empty/x.txt': '' })
    const { code, stdout, stderr } = await agentRun(
      ['convert', '--from', 'claude-code', 'missing.jsonl', 'one.jsonl', 'empty'],
      { cwd },
    )
    expect(code).toBe(2)
    expect(lines(stdout)).toHaveLength(1)
    expect(stderr).toContain('agent-run: missing.jsonl: no such file or directory\n')
    expect(stderr).toContain('agent-run: empty: the directory holds no ')
  })

  it('reads a transcript on standard input', async () => {
    const { code, stdout } = await agentRun(['convert', '--from', 'claude-code', '-', '-q'], {
      input: transcript('one'),
    })
    expect(code).toBe(0)
    expect(lines(stdout)).toHaveLength(1)
  })

  it('replaces secrets unless told otherwise', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`
    const input = transcript('one', `use ${secret} please`)
    expect((await agentRun(['convert', '--from', 'claude-code', '-', '-q'], { input })).stdout).not.toContain(secret)
    expect(
      (await agentRun(['convert', '--from', 'claude-code', '-', '-q', '--no-redact'], { input })).stdout,
    ).toContain(secret)
  })

  it('refuses a format it does not know', async () => {
    const { code, stderr } = await agentRun(['convert', '--from', 'codec', 'x'])
    expect(code).toBe(2)
    expect(stderr).toContain(
      "option '--from <format>' argument 'codec' is invalid. Allowed choices are claude-code, codex,",
    )
  })
})

describe('convert without --from', () => {
  const record = (runId: string): string =>
    JSON.stringify({ runId, agentId: 'bot', toolCalls: [{ toolCallId: 'c', tool: 'Bash' }], finalStatus: 'succeeded' })

  it('tells formats apart by content, in a folder too, and says what it passed over', async () => {
    const cwd = folderWith({ 'a.jsonl': transcript('one'), 'b.json': record('r1'), 'package.json': '{"name":"x"}' })
    const { code, stdout, stderr } = await agentRun(['convert', '.'], { cwd })
    expect(code).toBe(0)
    expect(lines(stdout)).toHaveLength(2)
    expect(stderr).toMatch(
      /^1 file passed over, of no format that is converted, such as package.json\n2 files \(claude-code, run-record\) → 2 runs, /,
    )
  })

  it('a file that is named and of no known format is a failure, the others are converted all the same', async () => {
    const cwd = folderWith({ 'b.json': record('r1'), 'package.json': '{"name":"x"}' })
    const { code, stdout, stderr } = await agentRun(['convert', 'b.json', 'package.json'], { cwd })
    expect(code).toBe(2)
    expect(lines(stdout)).toHaveLength(1)
    expect(stderr).toContain('package.json: of no format that is converted: this looks like JSON of another kind\n')
  })

  it('a run that occurs in two files is written once', async () => {
    const cwd = folderWith({ 'b.json': record('r1'), 'c.json': record('r1') })
    const { code, stdout, stderr } = await agentRun(['convert', '.'], { cwd })
    expect(code).toBe(0)
    expect(lines(stdout)).toHaveLength(1)
    expect(stderr).toContain(
      '2 files (run-record) → 1 run, 1 step: 0 model calls, 1 tool call, 1 run left out that occurred before\n',
    )
  })

  it('attaches what a guard said to the calls it is about, and refuses it alone', async () => {
    const verdict = JSON.stringify({ tool_call_id: 'c', blocked: false, reasons: ['policy:x'], scan_id: 's', ts: 1e9 })
    const cwd = folderWith({ 'b.json': record('r1'), 'audit.jsonl': `${verdict}\n` })
    const { code, stdout } = await agentRun(['convert', 'b.json', 'audit.jsonl', '-q'], { cwd })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).policy_decisions).toMatchObject([{ step_id: 'c', verdict: 'allow' }])
    const alone = await agentRun(['convert', 'audit.jsonl'], { cwd })
    expect(alone).toMatchObject({ code: 2, stdout: '' })
    expect(alone.stderr).toContain('[convert.nothing_to_attach_to]')
  })

  it('never replaces what it converts, nor its records by the report', async () => {
    const run = smallRun({ id: 'run_1' })
    const cwd = folderWith({ 'runs/run_1.json': JSON.stringify(run) })
    const refused = await agentRun(['convert', 'runs', '--to', 'atif', '--output-dir', 'runs'], { cwd })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('runs/run_1.json is read by this command; give --output-dir another folder')
    expect(JSON.parse(readFileSync(join(cwd, 'runs/run_1.json'), 'utf8'))).toEqual(run)
    const same = await agentRun(['convert', 'runs', '--to', 'atif', '-o', 'out.json', '--report', './out.json'], {
      cwd,
    })
    expect([same.code, same.stderr]).toEqual([
      2,
      'agent-run: --report and the records would go to the same place; give --report another file\n',
    ])
  })

  it('says of a file of a known format that nothing in it could be read', async () => {
    const cwd = folderWith({ 'a.json': '{"schema_version":"ATIF-v1.7","steps":[}' })
    const { code, stderr } = await agentRun(['convert', 'a.json'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^a\.json: begins like an ATIF trajectory, but nothing of it could be read\n/)
  })

  it.skipIf(!tool('posix'))('reads a pipe that has a name', () => {
    const cwd = folderWith({ 'one.jsonl': transcript('one') })
    const pipe = ['convert', '/dev/fd/3', '-q']
    const script = '"$0" "$@" 3< <(cat one.jsonl)'
    const { status, stdout } = spawnSync('bash', ['-c', script, process.execPath, bin, ...pipe], {
      cwd,
      encoding: 'utf8',
    })
    expect(status).toBe(0)
    expect(lines(stdout).map(({ session_id }) => session_id)).toEqual(['one'])
  })

  it('computes prices when asked, and leaves what is unknown unknown', async () => {
    const cwd = folderWith({ 'a.jsonl': transcript('one') })
    const priced = await agentRun(['convert', 'a.jsonl', '--prices', '-q'], { cwd })
    const { cost } = JSON.parse(priced.stdout)
    expect(cost).toMatchObject({ price_basis: 'computed' })
    expect(cost.cost_usd).toBeGreaterThan(0)
    const plain = await agentRun(['convert', 'a.jsonl', '-q'], { cwd })
    expect(JSON.parse(plain.stdout).cost.cost_usd).toBeUndefined()
  })
})

it('names files after ids, which may be anything', () => {
  const taken = new Set<string>()
  expect(
    ['a/b', '../../etc/passwd', 'A_B', '.hidden', '', '\0', 'x'.repeat(300), 'con:1'].map((id) =>
      fileNameFor(id, taken),
    ),
  ).toEqual([
    'a_b.json',
    '_.._etc_passwd.json',
    'A_B-2.json',
    'hidden.json',
    'run.json',
    '_.json',
    `${'x'.repeat(100)}.json`,
    'con_1.json',
  ])
})

describe.skipIf(!tool('shared'))('with the real recordings', () => {
  const samples = join(tool('shared') ?? '', 'samples')

  it('the documented pipe finds only valid runs', () => {
    const glob = join(samples, 'claude-code/v2.1.38-39/*.jsonl')
    const pipe = `"${process.execPath}" "${bin}" convert --from claude-code ${glob} -q | "${process.execPath}" "${bin}" validate -`
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', pipe], { encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    expect(timeless(stderr)).toMatch(/^1 file \(\d+ records\): no findings {3}\(TIME\)\n$/)
  })

  it('every run of the samples that is over can be sealed, and verifies as sealed', async () => {
    const cwd = folderWith({})
    const all = await agentRun(['convert', samples, '-q', '-o', 'all.jsonl'], { cwd })
    expect(all).toMatchObject({ code: 0, stdout: '' })
    const over = readFileSync(join(cwd, 'all.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .filter((line) => !['pending', 'running', 'paused'].includes((JSON.parse(line) as { status: string }).status))
    expect(over.length).toBeGreaterThan(80)
    const made = await agentRun(['keygen', '--no-passphrase', '-o', 'k.key', '--identity', 'a@example.org'], { cwd })
    expect(made.code).toBe(0)
    const sealed = await agentRun(['seal', '-', '--key', 'k.key'], { cwd, input: `${over.join('\n')}\n` })
    expect(sealed.code).toBe(0)
    const verified = await agentRun(['verify', '-', '--level', 'sealed', '--format', 'line'], { input: sealed.stdout })
    expect(verified).toMatchObject({ code: 0 })
    expect(verified.stdout.match(/: ok: /g)).toHaveLength(over.length)
  })

  it('every recording becomes valid records', async () => {
    const { stdout } = await agentRun(['convert', '--from', 'claude-code', join(samples, 'claude-code'), '-q'])
    expect(lines(stdout).length).toBeGreaterThan(10)
    expect((await agentRun(['validate', '-'], { input: stdout })).code).toBe(0)
  })

  it.each([
    ['codex/v0.50-0.53/codex_050_legacy.jsonl', 'codex'],
    ['copilot-cli/small.jsonl', 'copilot-cli'],
    ['kimi-cli/small.jsonl', 'kimi-cli'],
    ['atif/exmp01_atif.json', 'atif'],
    ['inspect-ai/log_formats.json', 'inspect'],
    ['langfuse/crewai-2025-07-11.trace.json', 'langfuse'],
    ['openai-agents-runstate/minimal-v1_17.json', 'openai-agents'],
    ['otel-genai/otel_genai_tool_execution_span.json', 'otel-genai'],
    ['vercel-ai-sdk/ai-generateText.json', 'otel-genai'],
    ['swe-agent/function_calling_simple.traj', 'swe-agent'],
  ])('%s is recognised as %s, and no Claude Code transcript', async (file, format) => {
    const { code, stderr } = await agentRun(['convert', '--from', 'claude-code', join(samples, file)])
    expect(code).toBe(2)
    expect(stderr).toMatch(new RegExp(`not recognised as claude-code: this looks like .* \\(--from ${format}\\)\\n`))
    expect((await agentRun(['convert', join(samples, file)])).stderr).toContain(`1 file (${format}) → `)
  })

  it('adapters and exporters are those that the command names', async () => {
    const [{ adapters, attachers }, { exporters }] = await Promise.all([
      import('@agent-run/sdk/adapters'),
      import('@agent-run/sdk/exporters'),
    ])
    expect([...adapters, ...attachers].map(({ format }) => format).sort()).toEqual([...importFormats].sort())
    expect(exporters.map(({ format }) => format).sort()).toEqual([...exportFormats].sort())
    for (const format of importFormats) {
      const alone = await formatsFor(format)
      expect([...alone.adapters, ...alone.attachers].map((each) => each.format)).toContain(format)
      expect(alone.attachers).toEqual(attachers)
      expect(alone.adapters.every((adapter) => adapters.includes(adapter))).toBe(true)
    }
    expect(await formatsFor()).toMatchObject({ adapters, attachers })
  })
})
