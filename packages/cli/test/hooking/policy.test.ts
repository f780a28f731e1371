import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { agentRun, bin, folderWith } from '../binary.ts'
import { folderWithKey } from '../sealing/signed.ts'
import { FakeClaudeCode } from './fake-claude-code.ts'
import { command, eventually, faults, linesOf, stepWith, withKey } from './hooked.ts'

describe('a hook with a policy', () => {
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
