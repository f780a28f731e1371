// What versions from 0.169 on write: items that are done in the place of events, tokens behind each answer, and calls that a
// script of the model makes while it runs.
import { validate } from '@agent-run/core/validate'
import { describe, expect, it } from 'vitest'
import { convert, convertOne, idAt, rollout } from './rollout-builder.ts'

const turn = () =>
  rollout()
    .meta('s', { cli_version: '0.169.0', source: 'exec', history_mode: 'paginated' })
    .event('task_started', { turn_id: idAt(2) })
    .line('world_state', { full: true, state: {} })
    .prompt('Sort')
    .context({ approval_policy: 'never' })
const ms = (second: number): number => Date.UTC(2026, 10, 20, 14, 0, second)
const done = (item: object) => ({ item, started_at_ms: ms(20), completed_at_ms: ms(21) })
const command = (id: string, more: object = {}) =>
  done({
    type: 'CommandExecution',
    id,
    command: ['/bin/bash', '-lc', 'rm old.txt'],
    cwd: 'file:///srv/books',
    source: 'unified_exec_startup',
    status: 'failed',
    aggregated_output: 'no\n',
    exit_code: 3,
    ...more,
  })
const mcp = (id: string, more: object = {}) =>
  done({
    type: 'McpToolCall',
    id,
    server: 'shelf',
    tool: 'put_book',
    arguments: { id: 4 },
    status: 'completed',
    ...more,
  })
const refusal = 'MCP tool call requires approval, but approval policy is never'
const patch = (id: string) =>
  done({
    type: 'FileChange',
    id,
    changes: { '/srv/books/a.txt': { type: 'add', content: 'a\n' } },
    status: 'completed',
    stdout: 'Success. Updated the following files:\nA a.txt\n',
    stderr: '',
  })
const tokens = (response: string) => ({
  response_id: response,
  usage: {
    input_tokens: 100,
    cached_input_tokens: 40,
    cache_write_input_tokens: 0,
    output_tokens: 10,
    total_tokens: 110,
  },
})

describe('calls that a script of the model makes', () => {
  const scripted = () =>
    turn()
      .item('custom_tool_call', {
        status: 'completed',
        call_id: 'c1',
        name: 'exec',
        input: 'await tools.exec_command()',
      })
      .line('token_usage_record', tokens('resp_1'))
      .event('item_completed', command('exec-1'))
      .event('item_completed', mcp('exec-2', { result: { content: [{ type: 'text', text: 'put' }] } }))
      .event('item_completed', mcp('exec-3', { status: 'failed', error: { message: refusal } }))
      .event('item_completed', patch('exec-4'))
      .item('custom_tool_call_output', { call_id: 'c1', output: [{ type: 'input_text', text: 'Script completed\n' }] })

  it('are steps within it, with what they did and when', async () => {
    const run = await convertOne(scripted())
    const step = (id: string) => run.steps.find((each) => each.id === id)
    expect(step('exec-1')).toMatchObject({
      tool_name: 'exec_command',
      parent_step_id: 'c1',
      model_call_id: step('c1')?.model_call_id,
      status: 'failed',
      exit_code: 3,
      started_at: new Date(ms(20)).toISOString(),
      ended_at: new Date(ms(21)).toISOString(),
      side_effects: [
        { kind: 'exec', target: 'rm old.txt' },
        { kind: 'delete', target: 'old.txt' },
      ],
    })
    expect(step('exec-2')).toMatchObject({ tool_name: 'put_book', mcp_server: 'shelf', status: 'succeeded' })
    expect(step('exec-3')).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
    expect(step('exec-4')).toMatchObject({
      tool_name: 'apply_patch',
      status: 'succeeded',
      side_effects: [{ kind: 'write', target: 'a.txt', basis: 'observed' }],
    })
    expect(run.artifacts).toMatchObject([{ name: 'a.txt', action: 'created', content: { size: 2 } }])
    expect(run.policy_decisions).toMatchObject([
      { step_id: 'exec-3', policy: { id: 'approval_policy:never' }, enforcement: 'blocked', reasons: [refusal] },
    ])
    expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
  })

  it('every line is accounted for', async () => {
    const { report } = await convert(scripted())
    const reasons = report.files[0]?.skipped.map(({ reason }) => reason)
    expect(reasons?.filter((reason) => reason.includes('does not know'))).toEqual([])
  })
})

describe('what an item that is done says of a call', () => {
  const one = async (call: { name: string; args: object }, item: object, output: unknown) =>
    (
      await convertOne(turn().call('c', call.name, call.args).event('item_completed', item).result('c', output))
    ).steps.find(({ id }) => id === 'c')

  it.each([
    [
      'a tool that failed',
      { status: 'failed', result: { content: [{ type: 'text', text: 'no shelf' }], isError: true } },
      'failed',
    ],
    ['a call that was refused', { status: 'failed', error: { message: refusal } }, 'denied'],
    ['a tool that answered', { result: { content: [] } }, 'succeeded'],
  ])('%s', async (_what, more, status) => {
    const step = await one({ name: 'mcp__shelf__put_book', args: { id: 4 } }, mcp('c', more), [
      { type: 'input_text', text: 'Wall time: 0.01 seconds\nOutput:' },
      { type: 'input_text', text: 'x' },
    ])
    expect(step).toMatchObject({ status, mcp_server: 'shelf' })
    if (status === 'failed') expect(step?.error).toBe('no shelf')
  })

  it('a patch in a command line is a command that changed these files', async () => {
    const lines = "apply_patch <<'E'\n*** Begin Patch\n*** Add File: a.txt\n+a\n*** End Patch\nE"
    const report = 'Wall time: 0.0 seconds\nOutput:\nExit code: 0\nWall time: 0 seconds\nOutput:\nSuccess.\n'
    expect(await one({ name: 'exec_command', args: { cmd: lines } }, patch('c'), report)).toMatchObject({
      status: 'succeeded',
      exit_code: 0,
      side_effects: [
        { kind: 'exec', basis: 'inferred' },
        { kind: 'write', target: 'a.txt', basis: 'observed' },
      ],
    })
  })

  it.each(['multi_agent_v1', 'collaboration'])(
    'a sub-agent that is started in the namespace %s is linked',
    async (namespace) => {
      const child = idAt(20, '00000000000c')
      const parent = turn()
        .item('function_call', { name: 'spawn_agent', namespace, arguments: '{"message":"Count"}', call_id: 'c' })
        .result('c', JSON.stringify({ agent_id: child, nickname: 'Ada' }))
        .event('task_complete', { turn_id: idAt(2) })
      const spawned = rollout(30)
        .meta(child, { source: { subagent: { thread_spawn: { parent_thread_id: 's', depth: 1 } } } })
        .event('task_started', { turn_id: idAt(31) })
        .prompt('Count')
        .event('task_complete', { turn_id: idAt(31), last_agent_message: '12' })
      const { runs, report } = await convert(parent, spawned)
      expect(runs[0]?.steps.find(({ id }) => id === 'c')).toMatchObject({ type: 'handoff', child_run_id: runs[1]?.id })
      expect(report.findings).toEqual([])
    },
  )

  it('the tool of a namespace is called as its server is', async () => {
    const run = await convertOne(
      turn().item('function_call', { name: 'put_book', namespace: 'mcp__shelf', arguments: '{}', call_id: 'c' }),
    )
    expect(run.steps.find(({ id }) => id === 'c')).toMatchObject({
      tool_name: 'mcp__shelf__put_book',
      mcp_server: 'shelf',
    })
  })
})

describe('tokens behind each answer', () => {
  it('count once, though totals repeat them, and end the answer before its calls', async () => {
    const run = await convertOne(
      turn()
        .call('c', 'exec_command', { cmd: 'ls' })
        .line('token_usage_record', tokens('resp_1'))
        .result('c', 'Process exited with code 0\nOutput:\n')
        .tokens(100, 10)
        .say('Done')
        .line('token_usage_record', tokens('resp_2'))
        .tokens(200, 20, [100, 10]),
    )
    expect(run.cost).toMatchObject({ input_tokens: 200, output_tokens: 20, cache_read_tokens: 80, basis: 'reported' })
    expect(run.cost).not.toHaveProperty('cache_write_tokens')
    const answers = run.steps.filter(({ type }) => type === 'model_call')
    expect(answers.map(({ response_id }) => response_id)).toEqual(['resp_1', 'resp_2'])
    const ids = run.steps.map(({ id }) => id)
    expect(ids.indexOf(answers[0]!.id)).toBeLessThan(ids.indexOf('c'))
  })
})
