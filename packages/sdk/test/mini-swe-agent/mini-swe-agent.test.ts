import { describe, expect, it } from 'vitest'
import { miniSweAgentAdapter } from '../../src/adapters/mini-swe-agent/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import {
  type Example,
  expectSound,
  isDeterministic,
  keepsSecretsOut,
  standsHostileShapes,
} from '../conversion/hostile.ts'

const done = 'echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT'
const block = (command: string): string => `I run it.\n\n\`\`\`mswea_bash_command\n${command}\n\`\`\``

/** Version 1: a bare list of messages. */
const bare = [
  { role: 'system', content: `To finish: ${done}` },
  { role: 'user', content: 'Fix it' },
  { role: 'assistant', content: block('false') },
  { role: 'user', content: '<returncode>1</returncode>\n<output>\nbad\n</output>' },
  { role: 'assistant', content: 'No block here' },
  { role: 'user', content: 'Please provide exactly one block' },
  { role: 'assistant', content: block(done) },
  { role: 'user', content: '' },
]

/** Version 2: with what the provider said, times and costs. */
const whole = {
  trajectory_format: 'mini-swe-agent-1.1',
  info: {
    exit_status: 'Submitted',
    submission: '--- a/x.py\n+++ b/x.py\n',
    mini_version: '2.0.0',
    model_stats: { instance_cost: 0.02, api_calls: 1 },
    config: { model: { model_name: 'anthropic/claude-x' } },
  },
  messages: [
    { role: 'system', content: 'Work' },
    { role: 'user', content: 'Fix it' },
    {
      role: 'assistant',
      content: 'Look',
      tool_calls: [{ id: 'c1', function: { name: 'bash', arguments: '{"command":"ls"}' } }],
      extra: {
        timestamp: 1795273200.5,
        cost: 0.02,
        actions: [{ command: 'ls', tool_call_id: 'c1' }],
        response: {
          id: 'r1',
          model: 'claude-x-1',
          usage: { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 60 } },
        },
      },
    },
    {
      role: 'tool',
      tool_call_id: 'c1',
      content: 'x.py',
      extra: { returncode: 0, raw_output: 'x.py', timestamp: 1795273201 },
    },
    { role: 'exit', content: '', extra: { exit_status: 'Submitted', submission: '' } },
  ],
}

const examples = (): Example[] => [
  { name: 'bare.traj.json', text: JSON.stringify(bare) },
  { name: 'whole.traj.json', text: JSON.stringify(whole) },
]
const convert = async (document: unknown) =>
  (await miniSweAgentAdapter.convert([{ name: 'x.json', content: JSON.stringify(document) }])).runs
const recognises = (text: string): boolean =>
  miniSweAgentAdapter.recognises(readHead('x', new TextEncoder().encode(text)))

describe('a trajectory', () => {
  it('of version 1 is read from its text: the one code block is a command, the answer says how it ended', async () => {
    const [run] = await convert(bare)
    expect(run).toMatchObject({
      agent_id: 'mini-swe-agent',
      status: 'completed',
      input_preview: 'Fix it',
      started_at: null,
    })
    expect(run?.steps.filter(({ type }) => type === 'tool_call')).toMatchObject([
      { tool_name: 'bash', status: 'failed', exit_code: 1, output_preview: 'bad' },
      { tool_name: 'bash', status: 'succeeded' },
    ])
    expect(run?.steps.filter(({ role }) => role === 'user').map((step) => step.input_preview)).toEqual([
      'Fix it',
      'Please provide exactly one block',
    ])
  })

  it('of version 2 has usage, times and prices', async () => {
    const [run] = await convert(whole)
    expect(run).toMatchObject({
      status: 'completed',
      model: 'anthropic/claude-x',
      runtime_version: '2.0.0',
      source: { format_version: 'mini-swe-agent-1.1' },
      cost: { input_tokens: 100, output_tokens: 7, cache_read_tokens: 60, cost_usd: 0.02, price_basis: 'computed' },
      artifacts: [{ name: 'x.py', action: 'modified' }],
    })
    expect(run?.steps.find(({ type }) => type === 'model_call')).toMatchObject({
      response_id: 'r1',
      model: 'claude-x-1',
    })
    expect(run?.steps.find(({ tool_call_id }) => tool_call_id === 'c1')).toMatchObject({
      exit_code: 0,
      output_preview: 'x.py',
    })
  })

  it.each([
    ['LimitsExceeded', 'failed'],
    ['TimeoutError', 'timeout'],
    ['KeyboardInterrupt', 'cancelled'],
    ['RuntimeError', 'failed'],
    ['Something', 'unknown'],
  ])('exit status %s: %s', async (exit_status, status) => {
    expect((await convert({ ...whole, info: { exit_status } }))[0]?.status).toBe(status)
  })
})

describe('hostile trajectories', () => {
  isDeterministic(miniSweAgentAdapter, examples)
  standsHostileShapes(miniSweAgentAdapter, examples, 200)
  keepsSecretsOut(miniSweAgentAdapter, examples, /^(?:role|id|tool_call_id|trajectory_format|exit_status)$/)

  it('an empty list is an error that says what was expected', async () => {
    const conversion = await miniSweAgentAdapter.convert([{ name: 'x', content: '[]' }])
    expectSound(conversion, 'empty')
    expect(conversion.report.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'error' }])
  })

  it('is recognised by its content, and nothing else is', () => {
    for (const { text } of examples()) expect(recognises(text)).toBe(true)
    expect(recognises(JSON.stringify({ ...whole, note: 'x'.repeat(100_000) }))).toBe(true)
    expect(recognises('[{"role":"user","content":"Hello"}]')).toBe(false)
    expect(recognises('not json')).toBe(false)
  })
})
