import { describe, expect, it } from 'vitest'
import { callOf, convertOne, transcript } from './transcript-builder.ts'

const rejected =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). STOP what you are doing and wait for the user to tell you how to proceed."

const denied = (content: string, members: Record<string, unknown> = {}) =>
  convertOne(
    transcript()
      .prompt('Go')
      .use('m1', 't1', 'Bash', { command: 'rm -rf build' })
      .result('t1', content, members, { is_error: true }),
  )

describe('refused calls', () => {
  it('by the user are steps that did not run, with an approval event', async () => {
    const run = await denied(rejected)
    expect(callOf(run, 't1')).toMatchObject({
      status: 'denied',
      error_type: 'permission_denied',
      approval: { state: 'denied', approval_id: 'approval-t1', basis: 'inferred' },
      side_effects: [
        { kind: 'exec', basis: 'declared' },
        { kind: 'delete', target: 'build', basis: 'declared' },
      ],
    })
    expect(run.approvals).toEqual([
      {
        approval_id: 'approval-t1',
        event: 'denied',
        step_id: 't1',
        tool_call_id: 't1',
        at: '2026-11-20T14:00:03.000Z',
        actor: { kind: 'human' },
        basis: 'inferred',
        run_id: run.id,
      },
    ])
    expect(run).not.toHaveProperty('policy_decisions')
  })

  it('end the run where the user stopped it with them', async () => {
    const run = await convertOne(
      transcript()
        .prompt('Go')
        .use('m1', 't1', 'Bash', { command: 'rm -rf build' })
        .result('t1', rejected, {}, { is_error: true })
        .prompt([{ type: 'text', text: '[Request interrupted by user for tool use]' }]),
    )
    expect(run.status).toBe('cancelled')
    expect(run.approvals?.map(({ stops_run }) => stops_run)).toEqual([true])
  })

  it('keep what the user said with the refusal', async () => {
    const run = await denied(`${rejected.slice(0, 60)} To tell you how to proceed, the user said:\nuse trash instead`, {
      toolDenialKind: 'user-rejected',
    })
    expect(run.approvals?.[0]?.reason).toBe('use trash instead')
  })

  it.each([
    [
      'a hook',
      'PreToolUse:Bash hook error: [guard.sh]: no deletions',
      { toolDenialKind: 'permission-rule' },
      { decider: { kind: 'hook', id: 'PreToolUse:Bash' }, verdict: 'block', matched: 'rule' },
    ],
    [
      'a hook of an older version',
      'PreToolUse:Bash hook error: [guard.sh]: no deletions',
      {},
      { decider: { kind: 'hook', id: 'PreToolUse:Bash' }, verdict: 'block' },
    ],
    [
      'a rule',
      'Permission to use Bash with command rm -rf build has been denied.',
      {},
      { decider: { kind: 'rule' }, verdict: 'block', matched: 'rule' },
    ],
    [
      'a rule, in other words',
      'not today',
      { toolDenialKind: 'permission-rule' },
      { decider: { kind: 'rule' }, verdict: 'block', reasons: ['not today'] },
    ],
    [
      'a classifier',
      'Permission for this action was denied by the Claude Code auto mode classifier. Reason: risky',
      { toolDenialKind: 'automode-blocked' },
      { decider: { kind: 'classifier' }, verdict: 'block', matched: 'rule' },
    ],
    [
      'a classifier that failed',
      'cannot be reached',
      { toolDenialKind: 'automode-unavailable' },
      { decider: { kind: 'classifier' }, verdict: 'block', matched: 'error' },
    ],
    [
      'the lack of somebody to ask',
      "Claude requested permissions to use Bash, but you haven't granted it yet.",
      {},
      { decider: { kind: 'policy' }, verdict: 'require_approval', matched: 'default' },
    ],
  ])('by %s carry a policy decision', async (_who, content, members, expected) => {
    const run = await denied(content, members)
    expect(run.policy_decisions).toMatchObject([
      {
        id: 'decision-t1',
        step_id: 't1',
        boundary: 'tool_call',
        enforcement: 'blocked',
        basis: 'inferred',
        ...expected,
      },
    ])
    expect(callOf(run, 't1')).toMatchObject({
      status: 'denied',
      approval: { state: 'denied', decision_id: 'decision-t1' },
    })
    expect(run).not.toHaveProperty('approvals')
  })

  it('by nobody known only say that they were refused', async () => {
    const run = await denied('no', { toolDenialKind: 'something-new' })
    expect(callOf(run, 't1')).toMatchObject({ status: 'denied', approval: { state: 'denied', basis: 'inferred' } })
    expect(run).not.toHaveProperty('policy_decisions')
  })

  it('without a time make no event, since an event needs one', async () => {
    const source = transcript()
      .prompt('Go')
      .use('m1', 't1', 'Bash', { command: 'ls' })
      .result('t1', rejected, { timestamp: 'yesterday' }, { is_error: true })
    const run = await convertOne(source)
    expect(callOf(run, 't1')).toMatchObject({
      status: 'denied',
      ended_at: null,
      approval: { state: 'denied', basis: 'inferred' },
    })
    expect(run).not.toHaveProperty('approvals')
  })

  it('are no failures that only sound like one', async () => {
    const run = await denied("Exit code 1\nThe user doesn't want to proceed with this tool use.")
    expect(callOf(run, 't1')).toMatchObject({ status: 'failed', exit_code: 1 })
    expect(callOf(run, 't1')).not.toHaveProperty('approval')
  })
})
