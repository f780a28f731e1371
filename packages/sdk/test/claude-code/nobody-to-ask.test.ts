// What newer versions write where nobody sits at a terminal, as seen with 2.1.197: refusals that read like failures, and
// interruptions that read like refusals.
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { callOf, convert, convertOne, transcript } from './transcript-builder.ts'

const headless = { version: '2.1.197', entrypoint: 'sdk-cli' }
const rejected =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). STOP what you are doing and wait for the user to tell you how to proceed."

const failing = (tool: string, content: string, shared: Record<string, unknown> = headless): Promise<AgentRun> =>
  convertOne(
    transcript(shared)
      .prompt('Go')
      .use('m1', 't1', tool, tool === 'Bash' ? { command: 'touch b' } : { file_path: '/home/ada/shop/b' })
      .result('t1', content, { toolUseResult: `Error: ${content}` }, { is_error: true }),
  )

describe('a call that needed an approval when nobody was there', () => {
  it.each([
    ['Bash', 'This command requires approval'],
    ['Bash', 'This Bash command contains multiple operations. The following parts require approval: touch b, rm -rf b'],
    [
      'Bash',
      "touch in '/srv/b' was blocked. For security, Claude Code may only create or modify files in the allowed working directories for this session: '/srv/a'.",
    ],
    [
      'Bash',
      "Dangerous rm operation detected: '/'\n\nThis requires explicit approval and cannot be auto-allowed by permission rules.",
    ],
    ['Bash', "find with '-delete' executes commands – cannot be auto-allowed by a prefix rule"],
    ['Bash', 'Contains command_substitution'],
    ['Write', "Claude requested permissions to write to /srv/b, but you haven't granted it yet."],
    ['Write', 'Claude requested permissions to edit /srv/.git/config which is a sensitive file.'],
    ['Write', 'Cannot write to /srv/b while in plan mode.'],
    [
      'Bash',
      "Permission to use Bash has been denied because Claude Code is running in don't ask mode. IMPORTANT: stop.",
    ],
  ])('%s: "%s" is a refusal, and nothing ran', async (tool, sentence) => {
    const run = await failing(tool, sentence)
    const step = callOf(run, 't1')
    expect(step).toMatchObject({ status: 'denied', error_type: 'permission_denied', approval: { state: 'denied' } })
    expect(step.side_effects?.map(({ basis }) => basis)).not.toContain('inferred')
    expect(run.policy_decisions).toMatchObject([
      { decider: { kind: 'policy' }, verdict: 'require_approval', enforcement: 'blocked', reasons: [sentence] },
    ])
  })

  it.each([
    ['what a command printed that ran', 'Bash', 'Exit code 1\nThis command requires approval', headless],
    ['an error of another tool', 'mcp__shop__order', 'This order requires approval', headless],
    ['a version that wrote no exit codes', 'Bash', 'push requires approval', { ...headless, version: '2.0.28' }],
  ])('%s is none', async (_what, tool, sentence, shared) => {
    expect(callOf(await failing(tool, sentence, shared), 't1').status).toBe('failed')
  })

  it('a rule that stands in an error of the tool is a rule', async () => {
    const sentence =
      '<tool_use_error>File is in a directory that is denied by your permission settings.</tool_use_error>'
    const run = await failing('Read', sentence)
    expect(callOf(run, 't1').status).toBe('denied')
    expect(run.policy_decisions).toMatchObject([{ decider: { kind: 'rule' } }])
  })

  it('a refusal by our own hook is one, though the transcript alone cannot say by which decision', async () => {
    const run = await failing('Bash', 'agent-run policy: nothing is pushed')
    expect(callOf(run, 't1')).toMatchObject({ status: 'denied', approval: { state: 'denied', basis: 'inferred' } })
    expect(run).not.toHaveProperty('policy_decisions')
  })
})

describe('a call that was interrupted while it ran', () => {
  const running = (shared: Record<string, unknown>) =>
    transcript(shared)
      .prompt('Go')
      .use('m1', 't1', 'Bash', { command: 'make all' })
      .result('t1', rejected, { toolUseResult: 'User rejected tool use' }, { is_error: true })
  const words = [{ type: 'text', text: '[Request interrupted by user for tool use]' }]

  it('without a terminal is cancelled: there was no dialog to refuse', async () => {
    const run = await convertOne(running(headless).prompt(words))
    expect(run.status).toBe('cancelled')
    expect(callOf(run, 't1')).toMatchObject({
      status: 'cancelled',
      error_type: 'cancelled',
      side_effects: [{ kind: 'exec', basis: 'inferred' }],
    })
    expect(run).not.toHaveProperty('approvals')
  })

  it('is told from a refused dialog by the answer that the interruption names', async () => {
    const terminal = { version: '2.1.197', entrypoint: 'cli' }
    const broken = await convertOne(running(terminal).prompt(words, { interruptedMessageId: 'm1' }))
    expect(callOf(broken, 't1').status).toBe('cancelled')
    expect(broken).not.toHaveProperty('approvals')
    const refused = await convertOne(running(terminal).prompt(words))
    expect(callOf(refused, 't1').status).toBe('denied')
    expect(refused.approvals).toMatchObject([{ event: 'denied', stops_run: true }])
  })

  const at = (second: number): string => new Date(Date.UTC(2026, 10, 20, 14, 0, second)).toISOString()
  const line = (name: string, members: object): string =>
    `${JSON.stringify({
      at: at(2),
      session_id: '11111111-2222-4333-8444-555555555555',
      hook_event_name: name,
      tool_name: 'Bash',
      tool_input: { command: 'make all' },
      ...members,
    })}\n`
  const begun = line('PreToolUse', { tool_use_id: 't1', recording: ['PermissionRequest'] })

  it('after a dialog that was seen had been allowed', async () => {
    const source = running({ version: '2.1.197', entrypoint: 'cli' }).prompt(words, { interruptedMessageId: 'm1' })
    const { runs } = await convert(source, { name: 'hooks.jsonl', content: begun + line('PermissionRequest', {}) })
    expect(callOf(runs[0]!, 't1')).toMatchObject({
      status: 'cancelled',
      approval: { state: 'approved', basis: 'inferred' },
    })
    expect(runs[0]?.approvals).toMatchObject([
      { event: 'requested', basis: 'observed' },
      { event: 'approved', basis: 'inferred' },
    ])
  })

  it('where hooks would have seen a dialog and saw none', async () => {
    const { runs } = await convert(running({}).prompt(words), { name: 'hooks.jsonl', content: begun })
    expect(callOf(runs[0]!, 't1').status).toBe('cancelled')
    expect(runs[0]).not.toHaveProperty('approvals')
  })
})

describe('what a policy of ours decided, and the client wrote as an error of the tool', () => {
  const decided = (verdict: string, answered: string): string =>
    `${JSON.stringify({
      at: '2026-11-20T14:00:02.000Z',
      session_id: '11111111-2222-4333-8444-555555555555',
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_use_id: 't1',
      tool_input: { command: 'git push' },
      decision: { policy: { id: 'shop', version: '3' }, verdict, matched: 'rule', rule_ids: ['pushes'], reason: 'no' },
      answered,
    })}\n`
  const source = (text: string, attachment?: object) => {
    const made = transcript(headless).prompt('Go').use('m1', 't1', 'Bash', { command: 'git push' })
    if (attachment) made.add('attachment', { attachment })
    return made.result('t1', text, { toolUseResult: `Error: ${text}` }, { is_error: text !== 'done' })
  }

  it('blocked the call', async () => {
    const log = { name: 'hooks.jsonl', content: decided('block', 'deny') }
    const { runs } = await convert(source('nothing is pushed here'), log)
    expect(callOf(runs[0]!, 't1')).toMatchObject({
      status: 'denied',
      error_type: 'permission_denied',
      approval: { state: 'denied', basis: 'observed' },
    })
    expect(callOf(runs[0]!, 't1').side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
    expect(runs[0]?.policy_decisions).toMatchObject([
      { policy: { id: 'shop' }, verdict: 'block', enforcement: 'blocked', rule_ids: ['pushes'] },
    ])
  })

  it('names the policy that it rests on, also where the transcript repeats the answer without it', async () => {
    const answer = { permissionDecision: 'allow', permissionDecisionReason: 'agent-run policy: no' }
    const printed = JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', ...answer } })
    const attachment = { type: 'hook_success', hookEvent: 'PreToolUse', toolUseID: 't1', content: '', stdout: printed }
    const log = { name: 'hooks.jsonl', content: decided('allow', 'allow') }
    const { runs } = await convert(source('done', attachment), log)
    expect(runs[0]?.policy_decisions).toMatchObject([
      { policy: { id: 'shop', version: '3' }, rule_ids: ['pushes'], verdict: 'allow', enforcement: 'executed' },
    ])
  })
})
