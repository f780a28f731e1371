import { describe, expect, it } from 'vitest'
import { sweAgentAdapter } from '../../src/adapters/swe-agent/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { expectSound, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { calling, examples, shelling } from './examples.ts'

const convert = async (document: unknown) =>
  (await sweAgentAdapter.convert([{ name: 'x.traj', content: JSON.stringify(document) }])).runs
const recognises = (text: string): boolean => sweAgentAdapter.recognises(readHead('x', new TextEncoder().encode(text)))

describe('a trajectory', () => {
  it('is one run, with its calls, how long they took, and the files of the patch', async () => {
    const [run] = await convert(calling)
    expect(run).toMatchObject({
      agent_id: 'swe-agent',
      runtime_version: '1.1.0',
      model: 'claude-x',
      task_id: 'repo__1',
      status: 'completed',
      started_at: null,
      input_preview: 'Fix a.py',
      output_preview: 'Done.',
      cost: { input_tokens: 900, output_tokens: 60, cost_usd: 0.05, price_basis: 'computed' },
    })
    expect(run?.steps.find(({ id }) => id === 'c1')).toMatchObject({
      type: 'tool_call',
      tool_name: 'bash',
      duration_ms: 250,
      output_preview: 'a.py',
      side_effects: [{ kind: 'exec' }],
    })
    expect(run?.artifacts?.map(({ name, action }) => [name, action])).toEqual([
      ['a.py', 'modified'],
      ['new.py', 'created'],
      ['old.py', 'deleted'],
    ])
  })

  it('leaves out demonstrations', async () => {
    const { report } = await sweAgentAdapter.convert([{ name: 'x', content: JSON.stringify(calling) }])
    expect(report.files[0]).toMatchObject({
      lines: { read: 7, mapped: 6, skipped: 1 },
      skipped: [{ reason: 'demonstration that was shown to the model', lines: 1 }],
    })
  })

  it('takes an action without a call of a function as a line for the shell', async () => {
    const [run] = await convert(shelling)
    expect(run).toMatchObject({ status: 'unknown', input_preview: 'Fix a.py' })
    expect(run?.steps.filter(({ type }) => type === 'tool_call')).toMatchObject([
      {
        tool_name: 'bash',
        input_preview: '{"command":"echo y > a.py"}',
        output_preview: 'ok',
        side_effects: [
          { kind: 'exec', target: 'echo y > a.py' },
          { kind: 'write', target_kind: 'file' },
        ],
      },
    ])
  })

  it.each([
    ['submitted (exit_cost)', 'failed', 'budget_exceeded'],
    ['exit_context', 'failed', 'context_overflow'],
    ['exit_error', 'failed', 'internal'],
    ['submitted', 'completed', undefined],
    ['something new', 'unknown', undefined],
  ])('exit status %s: %s', async (exit_status, status, errorType) => {
    const [run] = await convert({ ...calling, info: { exit_status } })
    expect([run?.status, run?.error_type]).toEqual([status, errorType])
  })
})

describe('hostile trajectories', () => {
  isDeterministic(sweAgentAdapter, examples)
  standsHostileShapes(sweAgentAdapter, examples, 150)
  keepsSecretsOut(sweAgentAdapter, examples, /^(?:role|agent|message_type|type|id|tool_call_ids|exit_status)$/)

  it('a document without a history is an error that says what was expected', async () => {
    const conversion = await sweAgentAdapter.convert([{ name: 'x', content: '{"info":{}}' }])
    expectSound(conversion, 'no history')
    expect(conversion.report.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'error' }])
  })

  it('is recognised by its content, and nothing else is', () => {
    for (const { text } of examples()) expect(recognises(text)).toBe(true)
    expect(recognises(JSON.stringify({ ...calling, note: 'x'.repeat(100_000) }))).toBe(true)
    expect(recognises('{"history":[{"role":"user","content":"x"}]}')).toBe(false)
    expect(recognises('{"trajectory":[{"step":1}]}')).toBe(false)
    expect(recognises('not json')).toBe(false)
  })
})
