import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { AgentRun, Step } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { eventLine, type HookEvent } from '../../src/hooking/event-line.ts'
import { agentRun, bin, folderWith } from '../binary.ts'
import { folderWithKey } from '../sealing/signed.ts'
import { until } from '../waiting.ts'
import { FakeClaudeCode } from './fake-claude-code.ts'

const command = (...options: string[]): string => `'${process.execPath}' '${bin}' hook claude-code ${options.join(' ')}`
const withKey = command('--key', '"$CLAUDE_PROJECT_DIR/ci.key"', '--sees-requests')

const recordsIn = (directory: string): AgentRun[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((name) => name.endsWith('.json'))
        .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as AgentRun)
    : []

/** Waits until the process that makes the records has made so many. */
const eventually = async (directory: string, count: number): Promise<AgentRun[]> => {
  await until(
    () => recordsIn(directory).length >= count,
    () => `no ${count} records: ${faults(directory)}`,
  )
  return recordsIn(directory)
}

const eventualFaults = async (directory: string): Promise<string> => {
  await until(() => faults(directory).endsWith('\n'))
  return faults(directory)
}

const faults = (directory: string): string =>
  existsSync(join(directory, 'claude-code', 'hook.log'))
    ? readFileSync(join(directory, 'claude-code', 'hook.log'), 'utf8')
    : ''

const linesOf = (directory: string, session: string): Record<string, unknown>[] =>
  readFileSync(join(directory, 'claude-code', `${session}.hooks.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const stepWith = (run: AgentRun | undefined, text: string): Step | undefined =>
  run?.steps.find(({ input_preview }) => input_preview?.includes(text))

/** Everything is over: nothing is waited for. */
const finish = (cwd: string, ...options: string[]) =>
  agentRun(['hook', 'claude-code', '--finish', '--directory', '.agent-run', ...options], { cwd })

describe('a live session', () => {
  it('becomes sealed records with approvals that were observed', async () => {
    const cwd = await folderWithKey()
    const directory = join(cwd, '.agent-run')
    const claude = new FakeClaudeCode(cwd, withKey)
    await claude.hook('SessionStart', { source: 'startup' })
    const turn = await claude.prompt('Write the notes and test them.')
    const write = { name: 'Write', input: { file_path: join(cwd, 'notes.md'), content: 'notes\n' } }
    await claude.call({ ...write, permission: 'asked' })
    await claude.call(
      { name: 'Bash', input: { command: 'npm test' } },
      { name: 'Bash', input: { command: 'npm publish' }, permission: 'rejected' },
      { name: 'Bash', input: { command: 'false' }, failed: true, output: 'Exit code 1' },
    )
    await claude.stop()
    const [run] = await eventually(directory, 1)
    expect(run).toMatchObject({ id: turn, status: 'completed' })
    expect(stepWith(run, 'notes.md')?.approval).toMatchObject({ state: 'approved', basis: 'observed' })
    expect(stepWith(run, 'npm test')?.approval).toMatchObject({ state: 'not_required', basis: 'observed' })
    expect(stepWith(run, 'npm publish')).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
    expect(run?.approvals?.filter(({ basis }) => basis === 'observed').map(({ event }) => event)).toEqual([
      ...['requested', 'approved', 'requested'],
    ])
    const verified = await agentRun(['verify', directory, '--trust', 'trust.json'], { cwd })
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('sealed by ci@example.org') })
    expect(claude.answers.every(({ code, stdout, stderr }) => code === 0 && stdout === '' && stderr === '')).toBe(true)
    expect(faults(directory)).toBe('')
    expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toContain('*')
  })

  it('keeps no payload and no secret in its log, which only its owner can read', async () => {
    const cwd = folderWith()
    const claude = new FakeClaudeCode(cwd, command())
    const secret = 'ghp_0123456789abcdefghij0123456789abcdef'
    await claude.hook('Notification', { message: `use ${secret} now\u001b[2J`, api_key: 'hunter2hunter2' })
    await claude.hook('PreToolUse', { tool_name: 'Bash', tool_use_id: 't1', tool_input: { command: 'unmistakable' } })
    const path = join(cwd, '.agent-run', 'claude-code', `${claude.session}.hooks.jsonl`)
    const text = readFileSync(path, 'utf8')
    for (const kept of ['ghp_', 'hunter2', 'unmistakable', '\u001b']) expect(text).not.toContain(kept)
    expect(linesOf(join(cwd, '.agent-run'), claude.session)[1]).toMatchObject({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      tool_name: 'Bash',
      tool_input: {
        digest: 'sha256:e54501a00abd21fbfb5fe77b2b624c1d2759e23c9cda096e2cf7de390753b887',
        size: 26,
      },
    })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(join(cwd, '.agent-run')).mode & 0o777).toBe(0o700)
  })

  it('loses no line to calls that run beside each other', async () => {
    const cwd = folderWith()
    const claude = new FakeClaudeCode(cwd, command())
    const members = { tool_name: 'Read', tool_input: { file_path: 'x'.repeat(5000) } }
    const ids = Array.from({ length: 12 }, (_, index) => `t${index}`)
    await Promise.all(ids.map((id) => claude.hook('PreToolUse', { ...members, tool_use_id: id })))
    const seen = linesOf(join(cwd, '.agent-run'), claude.session).map((line) => line.tool_use_id)
    expect(new Set(seen)).toEqual(new Set(ids))
    expect(seen).toHaveLength(12)
  })

  it('writes a turn once, however many processes try', async () => {
    const cwd = await folderWithKey()
    const claude = new FakeClaudeCode(cwd, command())
    await claude.prompt('Review it.')
    await claude.delegate('Look at everything.')
    claude.answer([{ type: 'text', text: 'Reviewed.' }], 'end_turn')
    await claude.hook('Notification', { message: 'idle' })
    claude.end()
    const all = await Promise.all([1, 2, 3].map(() => finish(cwd, '--key', 'ci.key')))
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(all.flatMap(({ stdout }) => stdout.split('\n').filter(Boolean))).toHaveLength(2)
    const [parent, child] = recordsIn(join(cwd, '.agent-run')).sort((a) => (a.agent_id === 'claude-code' ? -1 : 1))
    const result = parent?.steps.find(({ type }) => type === 'handoff_result')
    expect(result?.child_record_hash).toBe(child?.provenance.record_hash)
    const files = readdirSync(join(cwd, '.agent-run')).filter((name) => name.endsWith('.json'))
    const paths = files.map((name) => join(cwd, '.agent-run', name))
    const other = (run: AgentRun | undefined): string => join(cwd, '.agent-run', `${run?.id}.json`)
    const args = ['verify', other(parent), '--related', other(child), '--trust', 'trust.json', '--format', 'json']
    const verified = await agentRun(args, { cwd })
    expect(verified.code).toBe(0)
    expect(verified.stdout).toMatch(/"check": ?"lineage",\s*"result": ?"pass"/)
    const before = readFileSync(paths[0] as string)
    expect((await finish(cwd, '--key', 'ci.key')).stderr).toBe('0 records written; 2 were there before\n')
    expect(readFileSync(paths[0] as string).equals(before)).toBe(true)
  })

  it('leaves a turn alone that another hook sends back to work, and old versions do not end in writing', async () => {
    const cwd = await folderWithKey()
    const directory = join(cwd, '.agent-run')
    const claude = new FakeClaudeCode(cwd, command())
    const first = await claude.prompt('One.')
    claude.answer([{ type: 'text', text: 'Done.' }], 'end_turn')
    await claude.hook('Notification', { message: 'x' })
    expect((await finish(cwd, '--key', 'ci.key')).stderr).toBe('0 records written; 1 may still go on\n')
    claude.line('system', { subtype: 'stop_hook_summary', hookErrors: ['not yet'], preventedContinuation: false })
    expect((await finish(cwd, '--key', 'ci.key')).stderr).toBe('0 records written; 1 may still go on\n')
    claude.line('user', { isMeta: true, message: { role: 'user', content: 'Stop hook feedback: run the tests' } })
    await claude.call({ name: 'Bash', input: { command: 'npm test' } })
    claude.answer([{ type: 'text', text: 'Tested.' }], 'end_turn')
    await claude.prompt('Two.')
    expect((await finish(cwd, '--key', 'ci.key')).stderr).toContain('1 record written and sealed')
    const [run] = recordsIn(directory)
    expect(run?.id).toBe(first)
    expect(stepWith(run, 'npm test')).toBeDefined()
    await claude.hook('SessionEnd', { reason: 'prompt_input_exit' })
    expect(await eventually(directory, 2)).toHaveLength(2)
  })

  it('outlives the death of everything that was started', async () => {
    const cwd = await folderWithKey()
    const directory = join(cwd, '.agent-run')
    const claude = new FakeClaudeCode(cwd, `${withKey} & sleep 0.03; kill -9 $!; wait`)
    await claude.prompt('One.')
    for (let n = 0; n < 6; n++) await claude.call({ name: 'Bash', input: { command: `echo ${n}` } })
    claude.answer([{ type: 'text', text: 'Done.' }], 'end_turn')
    claude.end()
    const { code, stdout } = await agentRun(
      ['hook', 'claude-code', '--finish', claude.transcript, '--directory', directory, '--key', 'ci.key'],
      { cwd },
    )
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect((await agentRun(['verify', stdout.trim(), '--trust', 'trust.json'], { cwd })).code).toBe(0)
    expect(readdirSync(directory).filter((name) => name.includes('.tmp'))).toEqual([])
  })

  it('says once that records are not sealed', async () => {
    const cwd = folderWith()
    const directory = join(cwd, '.agent-run')
    const claude = new FakeClaudeCode(cwd, command())
    await claude.prompt('One.')
    await claude.stop()
    const said = await eventualFaults(directory)
    expect(said).toMatch(/^\S+Z records are not sealed: the hook has no --key\n$/)
    await claude.prompt('Two.')
    claude.answer([{ type: 'text', text: 'Done.' }], 'end_turn')
    claude.end()
    // What the hook would start, started here, to know when it is over.
    await agentRun(['hook', 'claude-code', '--finish', claude.session, '--after', 'Stop', '--directory', directory])
    expect(recordsIn(directory)).toHaveLength(2)
    expect(faults(directory)).toBe(said)
    expect(recordsIn(directory).every(({ provenance }) => provenance.record_hash === undefined)).toBe(true)
  })
})

describe('whatever it is given', () => {
  const inputs: readonly (readonly [string, string | Buffer])[] = [
    ['nothing', ''],
    ['no JSON', '{"session_id": "x", '],
    ['a list', '[1]'],
    ['no session', '{"hook_event_name": "Stop"}'],
    ['numbers for names', '{"session_id": 7, "hook_event_name": {}}'],
    ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x7b])],
    [
      'deep nesting',
      `{"session_id":"x","hook_event_name":"Stop","tool_input":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
    ],
  ]
  it.each(inputs)('%s: it answers nothing, ends with 0, and writes down why', async (_, input) => {
    const cwd = folderWith()
    const claude = new FakeClaudeCode(cwd, command())
    expect(await claude.raw(input)).toEqual({ code: 0, stdout: '', stderr: '' })
    const directory = join(cwd, '.agent-run')
    expect(await eventualFaults(directory)).toMatch(/^\S+Z [^\n]+\n$/)
  })

  it('a session that is called like a path stays in its folder', async () => {
    const cwd = folderWith()
    const claude = new FakeClaudeCode(cwd, command(), { session: '../../../evil' })
    await claude.raw(JSON.stringify({ session_id: '../../../evil', hook_event_name: 'Notification', __proto__x: 1 }))
    expect(existsSync(join(cwd, '..', 'evil.hooks.jsonl'))).toBe(false)
    expect(readdirSync(join(cwd, '.agent-run', 'claude-code'))).toEqual([
      expect.stringMatching(/^session-[0-9a-f]{32}\.hooks\.jsonl$/),
    ])
  })

  it.skipIf(!tool('linux'))('a file system that makes no folders is not waited for', async () => {
    const claude = new FakeClaudeCode(folderWith(), command('--directory', '/proc/agent-run-nope'))
    expect(await claude.hook('Notification')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('a log that is a link is not written through', async () => {
    const cwd = folderWith({ 'elsewhere.txt': 'mine\n', '.agent-run/claude-code/x': '' })
    const claude = new FakeClaudeCode(cwd, command())
    symlinkSync(join(cwd, 'elsewhere.txt'), join(cwd, '.agent-run', 'claude-code', `${claude.session}.hooks.jsonl`))
    expect(await claude.hook('Notification')).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(readFileSync(join(cwd, 'elsewhere.txt'), 'utf8')).toBe('mine\n')
  })

  it('a folder that cannot be written keeps nobody waiting', async () => {
    const cwd = folderWith({ '.agent-run': 'a file' })
    const claude = new FakeClaudeCode(cwd, command())
    expect(await claude.hook('Stop')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it('a file in the way of a record is left alone', async () => {
    const cwd = await folderWithKey()
    const claude = new FakeClaudeCode(cwd, command())
    const turn = await claude.prompt('One.')
    await claude.hook('Notification')
    claude.answer([{ type: 'text', text: 'Done.' }], 'end_turn')
    claude.end()
    writeFileSync(join(cwd, '.agent-run', `${turn}.json`), 'mine')
    const { code, stderr } = await finish(cwd, '--key', 'ci.key')
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('is something else') })
    expect(readFileSync(join(cwd, '.agent-run', `${turn}.json`), 'utf8')).toBe('mine')
  })
})

describe('with a policy', () => {
  const policy = {
    policy: 'repo',
    default: 'allow',
    rules: [
      {
        id: 'no-publish',
        decision: 'deny',
        tools: ['Bash'],
        arguments: { command: '*publish*' },
        reason: 'not from here',
      },
      { id: 'reads', decision: 'allow', tools: ['Read'] },
      { id: 'issues', decision: 'deny', servers: ['git__hub'], tools: ['create_*'] },
    ],
  }
  const judged = async (tool: string, input: object, file: object | string = policy) => {
    const cwd = folderWith({ 'policy.json': file })
    const claude = new FakeClaudeCode(cwd, command('--policy', 'policy.json'))
    const { code, stdout } = await claude.hook('PreToolUse', { tool_name: tool, tool_use_id: 't1', tool_input: input })
    const [line] = linesOf(join(cwd, '.agent-run'), claude.session)
    return { code, answer: stdout === '' ? undefined : JSON.parse(stdout).hookSpecificOutput, line }
  }

  it('refuses, and writes down by which rule', async () => {
    const { answer, line } = await judged('Bash', { command: 'npm publish' })
    expect(answer).toEqual({
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: 'agent-run policy: not from here',
    })
    expect(line).toMatchObject({
      answered: 'deny',
      decision: { verdict: 'block', rule_ids: ['no-publish'], policy: { id: 'repo' } },
    })
  })

  it('allows by a rule, and has no opinion by default', async () => {
    expect((await judged('Read', { file_path: 'x' })).answer).toMatchObject({ permissionDecision: 'allow' })
    const { answer, line } = await judged('Bash', { command: 'ls' })
    expect(answer).toBeUndefined()
    expect(line).toMatchObject({ decision: { verdict: 'allow', matched: 'default' } })
  })

  it('reads the absolute paths of Claude Code as places in the project', async () => {
    const rules = [
      { id: 'notes', decision: 'allow', tools: ['Write'], arguments: { file_path: { within: 'notes' } } },
      { id: 'plans', decision: 'ask', tools: ['Write'], arguments: { file_path: { within: 'plans' } } },
    ]
    const cwd = folderWith({ 'policy.json': { policy: 'places', default: 'allow', rules } })
    const answerTo = async (path: string, members: object = {}) => {
      const claude = new FakeClaudeCode(cwd, command('--policy', 'policy.json'))
      const call = { tool_name: 'Write', tool_use_id: 't1', tool_input: { file_path: path }, ...members }
      const { stdout } = await claude.hook('PreToolUse', call)
      return stdout === '' ? undefined : JSON.parse(stdout).hookSpecificOutput.permissionDecision
    }
    expect(await answerTo(join(cwd, 'notes/a.md'))).toBe('allow')
    expect(await answerTo(join(cwd, 'plans/a.md'))).toBe('ask')
    expect(await answerTo(join(cwd, 'other/a.md'))).toBeUndefined()
    expect(await answerTo('plans/a.md')).toBe('ask')
    expect(await answerTo(join(cwd, 'plans/a.md'), { cwd: join(cwd, 'plans') })).toBe('ask')
  })

  it('takes every reading of a name that has several', async () => {
    expect((await judged('mcp__git__hub__create_issue', {})).answer).toMatchObject({ permissionDecision: 'deny' })
  })

  it.each([
    ['broken', '{"policy": '],
    ['of a stranger', { rules: 'all' }],
  ])('has a person asked if it is %s', async (_, file) => {
    const { code, answer, line } = await judged('Read', {}, file)
    expect(code).toBe(0)
    expect(answer).toMatchObject({ permissionDecision: 'ask' })
    expect(line).toMatchObject({ decision: { verdict: 'require_approval', matched: 'error' } })
  })

  it.each([
    ['is of no session', '{"hook_event_name":"PreToolUse","tool_name":"Bash"}'],
    ['has no name', '{"session_id":"s","tool_name":"Bash"}'],
    ['is cut off', '{"hook_event_name":"PreToolUse","session_id":"s"'],
    ['is nothing', ''],
  ])('has a person asked about an event that %s', async (_, input) => {
    const cwd = folderWith({ 'policy.json': policy })
    const { code, stdout } = await agentRun(['hook', 'claude-code', '--policy', 'policy.json'], { cwd, input })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).hookSpecificOutput).toMatchObject({
      hookEventName: 'PreToolUse',
      permissionDecision: 'ask',
    })
    expect(faults(join(cwd, '.agent-run'))).toContain('a person was asked')
    expect((await agentRun(['hook', 'claude-code'], { cwd, input })).stdout).toBe('')
  })

  it('says nothing about an event of another kind that is of no session', async () => {
    const cwd = folderWith({ 'policy.json': policy })
    const input = '{"hook_event_name":"Stop"}'
    const { code, stdout } = await agentRun(['hook', 'claude-code', '--policy', 'policy.json'], { cwd, input })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  })

  it.skipIf(!tool('linux'))('refuses by its exit code where nothing can be said', () => {
    const cwd = folderWith({ 'policy.json': policy })
    const full = openSync('/dev/full', 'w')
    const input = '{"hook_event_name":"PreToolUse","session_id":"s","tool_name":"Read"}'
    const args = [bin, 'hook', 'claude-code', '--policy', 'policy.json']
    const { status } = spawnSync(process.execPath, args, { cwd, input, stdio: ['pipe', full, 'pipe'] })
    closeSync(full)
    expect(status).toBe(2)
  })

  it('stands in the record as a decision', async () => {
    const cwd = await folderWithKey({ 'policy.json': policy })
    const claude = new FakeClaudeCode(cwd, `${withKey} --policy "$CLAUDE_PROJECT_DIR/policy.json"`)
    await claude.prompt('Publish it.')
    await claude.call({ name: 'Bash', input: { command: 'npm publish' } })
    await claude.stop()
    const [run] = await eventually(join(cwd, '.agent-run'), 1)
    expect(run?.policy_decisions).toMatchObject([
      { verdict: 'block', enforcement: 'blocked', basis: 'observed', rule_ids: ['no-publish'], policy: { id: 'repo' } },
    ])
    expect(stepWith(run, 'npm publish')).toMatchObject({
      status: 'denied',
      approval: { state: 'denied', basis: 'observed' },
    })
  })
})

it('writes a line of a call whose arguments are nested too deeply to be written as JSON', () => {
  const depth = 200_000
  const event: HookEvent = JSON.parse(
    `{"hook_event_name":"PreToolUse","tool_input":${'['.repeat(depth)}${']'.repeat(depth)}}`,
  )
  expect(JSON.parse(eventLine(event, '2026-01-01T00:00:00.000Z', { answered: 'deny' }, (_, text) => text))).toEqual({
    at: '2026-01-01T00:00:00.000Z',
    hook_event_name: 'PreToolUse',
    tool_input: { problem: 'nested too deeply' },
    answered: 'deny',
  })
})
