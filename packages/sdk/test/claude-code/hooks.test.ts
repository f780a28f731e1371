import { validate } from '@agent-run/core/validate'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { callOf, convert, type TranscriptBuilder, transcript } from './transcript-builder.ts'

type HookLine = Record<string, unknown>
const session = '11111111-2222-4333-8444-555555555555'
const at = (second: number): string => new Date(Date.UTC(2026, 10, 20, 14, 0, second)).toISOString()

/** A line as the command `agent-run hook claude-code` writes it. */
const hook = (second: number, event: string, members: HookLine = {}): HookLine => ({
  at: at(second),
  hook_event_name: event,
  session_id: session,
  permission_mode: 'default',
  tool_name: 'Bash',
  ...members,
})
const input = { command: 'rm -rf dist' }
const id = { tool_use_id: 'toolu_1' }

/** One call of Bash: the line of the call at 14:00:02, its result at 14:00:03. */
const oneCall = (): TranscriptBuilder =>
  transcript().prompt('Clean up').use('m1', 'toolu_1', 'Bash', input).result('toolu_1', 'done').say('m2', 'Done')
const refusedCall = (text: string): TranscriptBuilder =>
  transcript().prompt('Clean up').use('m1', 'toolu_1', 'Bash', input).result('toolu_1', text, {}, { is_error: true })
const userSaysNo = "The user doesn't want to proceed with this tool use. The tool use was rejected."

async function heard(source: TranscriptBuilder, lines: readonly HookLine[]): Promise<AgentRun> {
  const log = { name: 'session.hooks.jsonl', content: lines.map((line) => `${JSON.stringify(line)}\n`).join('') }
  const { runs, report } = await convert(log, source)
  expect(runs).toHaveLength(1)
  expect(validate(JSON.stringify(runs[0]), { reading: 'strict' }).findings).toEqual([])
  expect(report.files[0]?.role).toBe('hooks')
  for (const { lines: counted } of report.files)
    expect(counted.mapped + counted.skipped + counted.malformed).toBe(counted.read)
  return runs[0]!
}

const events = (run: AgentRun): unknown[] =>
  (run.approvals ?? []).map(({ event, at: time, actor, basis, step_id }) => [event, time, actor?.kind, basis, step_id])

describe('a log of hooks beside the transcript', () => {
  it('shows that a person was asked and said yes', async () => {
    const run = await heard(oneCall(), [
      hook(2, 'PreToolUse', { ...id, tool_input: input }),
      hook(2, 'PermissionRequest', { tool_input: input }),
      hook(3, 'PostToolUse', { ...id, duration_ms: 400 }),
    ])
    expect(events(run)).toEqual([
      ['requested', at(2), undefined, 'observed', 'toolu_1'],
      ['approved', '2026-11-20T14:00:02.600Z', 'human', 'observed', 'toolu_1'],
    ])
    expect(callOf(run, 'toolu_1')).toMatchObject({
      status: 'succeeded',
      started_at: '2026-11-20T14:00:02.600Z',
      duration_ms: 400,
      approval: { state: 'approved', approval_id: 'approval-toolu_1', basis: 'observed' },
    })
  })

  it('leaves the beginning of a call unknown where nobody saw how long it ran', async () => {
    const run = await heard(oneCall(), [
      hook(2, 'PreToolUse', { ...id, tool_input: input }),
      hook(2, 'PermissionRequest', { tool_input: input }),
      hook(3, 'PostToolUse', id),
    ])
    expect(events(run).map((event) => (event as unknown[])[1])).toEqual([at(2), at(3)])
    expect(callOf(run, 'toolu_1').started_at).toBeNull()
  })

  it('finds the call of a question by its arguments, whole or as a digest, and reads lines without times', async () => {
    const raw = (event: string, members: HookLine): HookLine => ({
      hook_event_name: event,
      session_id: session,
      tool_name: 'Bash',
      ...members,
    })
    const run = await heard(
      transcript()
        .prompt('Clean up')
        .use('m1', 'toolu_0', 'Bash', { command: 'ls' })
        .use('m1', 'toolu_1', 'Bash', input)
        .result('toolu_0', 'a b')
        .result('toolu_1', 'done')
        .say('m2', 'Done'),
      [
        raw('PreToolUse', { tool_use_id: 'toolu_1', tool_input: input }),
        raw('PreToolUse', { tool_use_id: 'toolu_0', tool_input: { command: 'ls' } }),
        raw('PermissionRequest', { tool_input: input }),
        raw('PostToolUse', { tool_use_id: 'toolu_0', tool_response: {} }),
        raw('PostToolUse', { tool_use_id: 'toolu_1', tool_response: {} }),
      ],
    )
    expect(callOf(run, 'toolu_1').approval?.state).toBe('approved')
    expect(callOf(run, 'toolu_0').approval).toEqual({
      state: 'not_required',
      policy_id: 'permission-settings',
      basis: 'observed',
    })
  })

  it('says not required only where a question would have been seen', async () => {
    const silent = await heard(oneCall(), [
      hook(2, 'PreToolUse', { ...id, tool_input: input }),
      hook(3, 'PostToolUse', id),
    ])
    expect(callOf(silent, 'toolu_1').approval).toBeUndefined()
    const watched = await heard(oneCall(), [
      hook(0, 'SessionStart', { recording: ['PreToolUse', 'PermissionRequest', 'PostToolUse'] }),
      hook(2, 'PreToolUse', { ...id, tool_input: input, permission_mode: 'bypassPermissions' }),
      hook(3, 'PostToolUse', id),
    ])
    expect(callOf(watched, 'toolu_1').approval).toMatchObject({
      state: 'not_required',
      policy_id: 'permission-mode:bypassPermissions',
    })
  })

  it('shows that a person was asked and said no', async () => {
    const run = await heard(refusedCall(userSaysNo), [
      hook(2, 'PreToolUse', { ...id, tool_input: input }),
      hook(2, 'PermissionRequest', { tool_input: input }),
    ])
    expect(events(run)).toEqual([
      ['requested', at(2), undefined, 'observed', 'toolu_1'],
      ['denied', at(3), 'human', 'inferred', 'toolu_1'],
    ])
    expect(callOf(run, 'toolu_1')).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
  })

  it('keeps a question that nobody has answered yet', async () => {
    const open = transcript().prompt('Clean up').use('m1', 'toolu_1', 'Bash', input)
    const run = await heard(open, [
      hook(2, 'PreToolUse', { ...id, tool_input: input }),
      hook(2, 'PermissionRequest', { tool_input: input }),
    ])
    expect(events(run)).toEqual([['requested', at(2), undefined, 'observed', 'toolu_1']])
    expect(callOf(run, 'toolu_1').approval).toEqual({
      state: 'requested',
      approval_id: 'approval-toolu_1',
      basis: 'observed',
    })
  })

  it('takes the decision of a policy that the hook asked', async () => {
    const policy = { id: 'team', version: '3', digest: `sha256:${'a'.repeat(64)}` }
    const decision = { verdict: 'block', matched: 'rule', rule_ids: ['no-rm'], policy, reason: 'deletes too much' }
    const run = await heard(refusedCall('PreToolUse:Bash hook error: deletes too much'), [
      hook(2, 'PreToolUse', { ...id, tool_input: input, decision, answered: 'deny' }),
    ])
    expect(run.policy_decisions).toEqual([
      {
        id: 'decision-toolu_1',
        at: at(2),
        step_id: 'toolu_1',
        tool_call_id: 'toolu_1',
        boundary: 'tool_call',
        policy,
        decider: { kind: 'hook', id: 'PreToolUse' },
        verdict: 'block',
        matched: 'rule',
        rule_ids: ['no-rm'],
        reasons: ['deletes too much'],
        enforcement: 'blocked',
        basis: 'observed',
      },
    ])
    expect(callOf(run, 'toolu_1').approval).toEqual({
      state: 'denied',
      decision_id: 'decision-toolu_1',
      basis: 'observed',
    })
    const shadow = await heard(oneCall(), [hook(2, 'PreToolUse', { ...id, tool_input: input, decision })])
    expect(shadow.policy_decisions).toMatchObject([{ verdict: 'block', enforcement: 'none' }])
    expect(callOf(shadow, 'toolu_1').approval).toBeUndefined()
  })

  it('tells a hook that allowed from a person who did', async () => {
    const allowed = { permissionDecision: 'allow', permissionDecisionReason: 'in the list' }
    const before = await heard(oneCall(), [
      hook(2, 'PreToolUse', { ...id, tool_input: input, hookSpecificOutput: allowed }),
      hook(3, 'PostToolUse', id),
    ])
    expect(before.policy_decisions).toMatchObject([
      { decider: { kind: 'hook' }, verdict: 'allow', enforcement: 'executed', reasons: ['in the list'] },
    ])
    expect(callOf(before, 'toolu_1').approval).toMatchObject({ state: 'not_required', decision_id: 'decision-toolu_1' })
    const instead = await heard(oneCall(), [
      hook(2, 'PreToolUse', { ...id, tool_input: input }),
      hook(2, 'PermissionRequest', {
        tool_input: input,
        output: { hookSpecificOutput: { decision: { behavior: 'allow' } } },
      }),
      hook(3, 'PostToolUse', id),
    ])
    expect(events(instead)).toEqual([['requested', at(2), undefined, 'observed', 'toolu_1']])
    expect(callOf(instead, 'toolu_1').approval).toMatchObject({
      state: 'auto_approved',
      decision_id: 'decision-toolu_1',
    })
  })

  it('knows the refusal of the automatic mode', async () => {
    const run = await heard(refusedCall('Permission for this action was denied by the classifier'), [
      hook(2, 'PreToolUse', { ...id, tool_input: input, permission_mode: 'auto' }),
      hook(3, 'PermissionDenied', { ...id, reason: 'deletes files' }),
    ])
    expect(run.policy_decisions).toMatchObject([
      { decider: { kind: 'classifier' }, verdict: 'block', enforcement: 'blocked', basis: 'observed', at: at(3) },
    ])
    expect(run.approvals).toBeUndefined()
  })

  it('believes the transcript where a hook log contradicts it', async () => {
    const run = await heard(oneCall(), [
      hook(2, 'PreToolUse', { ...id, tool_input: input, answered: 'deny' }),
      hook(3, 'PermissionDenied', { ...id, reason: 'no' }),
    ])
    expect(callOf(run, 'toolu_1')).toMatchObject({ status: 'succeeded' })
    expect(callOf(run, 'toolu_1').approval).toBeUndefined()
    expect(run.policy_decisions?.every(({ enforcement }) => enforcement === 'none')).toBe(true)
  })

  it('sorts by time, counts a hook that is installed twice once, and books what belongs to no call', async () => {
    const lines = [
      hook(3, 'PostToolUse', { ...id, duration_ms: 400 }),
      hook(2, 'PermissionRequest', { tool_input: input }),
      hook(1, 'PreToolUse', { ...id, tool_input: input }),
      hook(1, 'PreToolUse', { ...id, tool_input: input }),
      hook(1, 'PreToolUse', { tool_use_id: 'toolu_elsewhere', tool_input: {} }),
      hook(5, 'SessionEnd', { reason: 'exit' }),
    ]
    const content = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"at":"2026-`
    const { runs, report } = await convert({ name: 'x.jsonl', content }, oneCall())
    expect(callOf(runs[0]!, 'toolu_1').approval?.state).toBe('approved')
    expect(report.files[0]).toMatchObject({
      role: 'hooks',
      session_ids: [session],
      lines: { read: 7, mapped: 4, skipped: 2, malformed: 1 },
    })
  })

  it('alone is no run', async () => {
    const { runs, report } = await convert({
      name: 'x.jsonl',
      content: `${JSON.stringify(hook(1, 'PreToolUse', id))}\n`,
    })
    expect(runs).toEqual([])
    expect(report.findings.map(({ code }) => code)).toEqual(['convert.no_turns'])
  })

  it('quotes no secret of a hook', async () => {
    const secret = `ghp_${'aB3dE6gH9j'.repeat(4)}`
    const decision = {
      verdict: 'allow',
      rule_ids: [`rule ${secret}`],
      policy: { id: secret },
      reason: `because ${secret}`,
    }
    const { runs, report } = await convert(
      {
        name: 'x.jsonl',
        content: `${JSON.stringify(hook(2, 'PreToolUse', { ...id, permission_mode: secret, tool_input: input, decision, answered: 'allow' }))}\n`,
      },
      oneCall(),
    )
    expect(JSON.stringify([runs, report])).not.toContain(secret)
  })
})

describe('hooks that the transcript itself tells of', () => {
  it('are decisions', async () => {
    const source = transcript()
      .prompt('Clean up')
      .use('m1', 'toolu_1', 'Bash', input)
      .add('attachment', {
        attachment: {
          type: 'hook_permission_decision',
          decision: 'allow',
          toolUseID: 'toolu_1',
          hookEvent: 'PermissionRequest',
        },
      })
      .result('toolu_1', 'done')
      .say('m2', 'Done')
    const { runs } = await convert(source)
    expect(runs[0]?.policy_decisions).toMatchObject([
      {
        decider: { kind: 'hook', id: 'PermissionRequest' },
        verdict: 'allow',
        enforcement: 'executed',
        basis: 'observed',
      },
    ])
    expect(callOf(runs[0]!, 'toolu_1').approval?.state).toBe('auto_approved')
  })

  it('are read from what a hook printed, and from what the client says of a hook that blocked', async () => {
    const printed = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'allow' } }
    const attachment = { toolUseID: 'toolu_1', hookEvent: 'PreToolUse', hookName: 'PreToolUse:Bash' }
    const allowed = transcript()
      .prompt('Clean up')
      .use('m1', 'toolu_1', 'Bash', input)
      .add('attachment', { attachment: { ...attachment, type: 'hook_success', stdout: JSON.stringify(printed) } })
      .add('attachment', { attachment: { ...attachment, type: 'hook_success', stdout: 'all fine' } })
      .result('toolu_1', 'done')
      .say('m2', 'Done')
    const { runs } = await convert(allowed)
    expect(callOf(runs[0]!, 'toolu_1').approval).toMatchObject({ state: 'not_required', basis: 'observed' })
    const blocked = transcript()
      .prompt('Clean up')
      .use('m1', 'toolu_1', 'Bash', input)
      .add('attachment', {
        attachment: {
          ...attachment,
          type: 'hook_blocking_error',
          blockingError: { blockingError: 'not today', command: 'x' },
        },
      })
      .result('toolu_1', 'PreToolUse:Bash hook error: not today', {}, { is_error: true })
    const refused = await convert(blocked)
    expect(refused.runs[0]?.policy_decisions).toMatchObject([
      {
        decider: { kind: 'hook' },
        verdict: 'block',
        enforcement: 'blocked',
        reasons: ['not today'],
        basis: 'observed',
      },
    ])
  })
})

describe('newer lines', () => {
  it('tell of tools that are loaded late, and of what other agents of a team wrote', async () => {
    const source = transcript()
      .prompt('<teammate-message teammate_id="lead">Look at the cart</teammate-message>')
      .add('attachment', { attachment: { type: 'prompt_snapshot', tools: [{ name: 'Bash' }, { name: 'Old' }] } })
      .add('attachment', {
        attachment: { type: 'deferred_tools_delta', addedNames: ['mcp__github__search', 3], removedNames: ['Old'] },
      })
      .add('attachment', {
        attachment: { type: 'teammate_mailbox', messages: [{ from: 'reviewer', text: 'wait' }, null] },
      })
      .say('m1', 'Done')
    const { runs } = await convert(source)
    expect(runs[0]).toMatchObject({ trigger: 'agent', tools_available: ['Bash', 'mcp__github__search'] })
    expect(
      runs[0]?.steps.filter(({ type }) => type === 'message').map(({ role, input_preview }) => [role, input_preview]),
    ).toEqual([
      ['system', 'reviewer: wait\nunknown: '],
      ['assistant', undefined],
    ])
  })
})
