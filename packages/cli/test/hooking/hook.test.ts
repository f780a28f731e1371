import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { eventLine, type HookEvent } from '../../src/hooking/event-line.ts'
import { agentRun, folderWith } from '../binary.ts'
import { folderWithKey } from '../sealing/signed.ts'
import { FakeClaudeCode } from './fake-claude-code.ts'
import { command, eventualFaults, eventually, faults, finish, linesOf, recordsIn, stepWith, withKey } from './hooked.ts'

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
