import { describe, expect, it } from 'vitest'
import { convertOne, idAt, rollout } from './rollout-builder.ts'

const turn = () =>
  rollout()
    .meta('s')
    .event('task_started', { turn_id: idAt(2) })
    .prompt('Sort')
    .context()
const one = async (name: string, args: unknown, output: unknown) =>
  (await convertOne(turn().call('c', name, args).tokens(9, 1).result('c', output))).steps.find(({ id }) => id === 'c')

describe('results of calls', () => {
  it.each([
    ['text', 'Exit code: 0\nWall time: 0.1 seconds\nOutput:\nok\n', 'succeeded', 0],
    ['text of a failure', 'Exit code: 3\nWall time: 0.1 seconds\nOutput:\nno\n', 'failed', 3],
    ['a process that is over', 'Chunk ID: a\nWall time: 1 seconds\nProcess exited with code 1\nOutput:\n', 'failed', 1],
    ['a process that goes on', 'Chunk ID: a\nProcess running with session ID 7\nOutput:\n', 'succeeded', undefined],
    ['JSON in a text', '{"output":"ok","metadata":{"exit_code":0,"duration_seconds":1}}', 'succeeded', 0],
    ['an object', { content: 'Exit code: 0\nOutput:\nok', success: true }, 'succeeded', 0],
    ['blocks', [{ type: 'input_text', text: 'Exit code: 2\nOutput:\n' }], 'failed', 2],
    ['nothing that says how it ended', 'ok', 'unknown', undefined],
    ['an exit code in the output only', 'Output:\nExit code: 9\n', 'unknown', undefined],
    ['too long', 'Exit code: 124\nOutput:\ncommand timed out after 1000 milliseconds', 'timeout', 124],
    ['aborted', 'aborted by user after 2.1s', 'cancelled', undefined],
    ['arguments that were refused', 'failed to parse function arguments: missing field', 'failed', undefined],
  ])('%s', async (_name, output, status, exitCode) => {
    expect(await one('shell_command', { command: 'make' }, output)).toMatchObject({
      status,
      ...(exitCode === undefined ? {} : { exit_code: exitCode }),
    })
  })

  it.each([
    ['exec command rejected by user', 'approvals', { event: 'denied', actor: { kind: 'human' } }],
    ['patch rejected by user', 'approvals', { event: 'denied', actor: { kind: 'human' } }],
    [
      'approval policy is Never; reject command',
      'policy_decisions',
      { decider: { kind: 'policy' }, policy: { id: 'approval_policy:on-request' } },
    ],
    [
      '`rm -rf /` rejected: policy forbids commands starting with `rm`',
      'policy_decisions',
      { decider: { kind: 'policy' } },
    ],
    ['This action was rejected due to unacceptable risk.', 'policy_decisions', { decider: { kind: 'classifier' } }],
    ['Command blocked by PreToolUse hook: no', 'policy_decisions', { decider: { kind: 'hook' } }],
  ] as const)('%s: nothing ran, and who refused it is inferred', async (output, list, entry) => {
    const run = await convertOne(turn().call('c', 'shell_command', { command: 'rm -rf /' }).result('c', output))
    const step = run.steps.find(({ id }) => id === 'c')
    expect(step).toMatchObject({ status: 'denied', approval: { state: 'denied', basis: 'inferred' } })
    expect(step?.side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
    expect(run[list]).toMatchObject([{ ...entry, basis: 'inferred' }])
  })

  it('a sentence of refusal inside an output is no refusal', async () => {
    const step = await one(
      'shell_command',
      { command: 'cat log' },
      'Exit code: 0\nOutput:\nexec command rejected by user\n',
    )
    expect(step?.status).toBe('succeeded')
  })

  it('a request for more permissions is inferred from the arguments; that the call ran does not say who allowed it', async () => {
    const run = await convertOne(
      turn()
        .call('c', 'shell_command', { command: 'make', with_escalated_permissions: true, justification: 'Needs root' })
        .result('c', 'Exit code: 0\nOutput:\n'),
    )
    expect(run.approvals).toMatchObject([
      { event: 'requested', reason: 'Needs root', actor: { kind: 'agent' }, basis: 'inferred' },
    ])
    expect(run.steps.find(({ id }) => id === 'c')).toMatchObject({
      permission: 'with_escalated_permissions',
      status: 'succeeded',
    })
    expect(run.steps.find(({ id }) => id === 'c')?.approval).toBeUndefined()
  })
})

describe('patches', () => {
  const patch =
    '*** Begin Patch\n*** Add File: a.txt\n+one\n+two\n*** Update File: b.txt\n@@\n-x\n+y\n*** Delete File: c.txt\n*** End Patch'
  const files = [
    ['a.txt', 'created', 8],
    ['b.txt', 'modified', undefined],
    ['c.txt', 'deleted', undefined],
  ]

  it.each([
    [
      'a custom tool',
      (builder = turn()) => builder.item('custom_tool_call', { call_id: 'c', name: 'apply_patch', input: patch }),
    ],
    ['a function', (builder = turn()) => builder.call('c', 'apply_patch', { input: patch })],
    ['a command', (builder = turn()) => builder.call('c', 'shell', { command: ['apply_patch', patch] })],
    [
      'a here-document',
      (builder = turn()) =>
        builder.call('c', 'shell', { command: ['bash', '-lc', `apply_patch <<'EOF'\n${patch}\nEOF`] }),
    ],
  ])('of %s become effects, and artifacts once they are applied', async (_name, begin) => {
    const run = await convertOne(begin().result('c', '{"output":"Success.","metadata":{"exit_code":0}}'))
    expect(run.artifacts?.map(({ name, action, content }) => [name, action, content?.size])).toEqual(files)
    expect(run.steps.find(({ id }) => id === 'c')?.side_effects).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'write', target: 'a.txt' }),
        expect.objectContaining({ kind: 'delete', target: 'c.txt' }),
      ]),
    )
  })

  it('that failed leave nothing behind', async () => {
    const run = await convertOne(
      turn()
        .item('custom_tool_call', { call_id: 'c', name: 'apply_patch', input: patch })
        .result('c', 'apply_patch verification failed: no b.txt'),
    )
    expect(run.artifacts).toBeUndefined()
    expect(run.steps.find(({ id }) => id === 'c')?.status).toBe('failed')
  })

  it('that the client saw applied are observed', async () => {
    const run = await convertOne(
      turn()
        .item('custom_tool_call', { call_id: 'c', name: 'apply_patch', input: 'x' })
        .event('patch_apply_end', {
          call_id: 'c',
          success: true,
          changes: { '/srv/books/z.txt': { type: 'update', unified_diff: '' } },
        })
        .result('c', '{"output":"ok","metadata":{"exit_code":0}}'),
    )
    expect(run.steps.find(({ id }) => id === 'c')?.side_effects).toMatchObject([
      { kind: 'write', target: 'z.txt', basis: 'observed' },
    ])
    expect(run.artifacts).toMatchObject([{ name: 'z.txt', action: 'modified' }])
  })
})

describe('usage', () => {
  const costs = async (builder: ReturnType<typeof turn>) => (await convertOne(builder)).cost

  it('counts what is written twice once', async () => {
    expect(await costs(turn().say('a').tokens(10, 1).say('b').tokens(30, 3, [20, 2]))).toMatchObject({
      input_tokens: 30,
      output_tokens: 3,
      total_tokens: 33,
      basis: 'reported',
    })
  })

  it('goes on where totals begin again', async () => {
    expect(await costs(turn().say('a').tokens(10, 1).say('b').tokens(4, 1))).toMatchObject({
      input_tokens: 14,
      output_tokens: 2,
    })
  })

  it('is unknown where it was not counted, never zero', async () => {
    expect(await costs(turn().say('a').event('token_count', { info: null }))).toEqual({
      input_tokens: null,
      output_tokens: null,
      basis: 'unknown',
    })
  })

  it('of a request that shows nothing else stands on a step of its own', async () => {
    const run = await convertOne(turn().line('compacted', { message: 'Sum' }).tokens(7, 2))
    expect(run.steps.map(({ type }) => type)).toEqual(['compaction', 'model_call'])
    expect(run.cost).toMatchObject({ input_tokens: 7, output_tokens: 2 })
  })
})
