import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { convertOpenaiAgents, openaiAgentsAdapter } from '../../src/adapters/openai-agents/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { type Example, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { pausedTrace, span, state } from './python.ts'

const convert = (...contents: string[]) =>
  convertOpenaiAgents(contents.map((content, index) => ({ name: `${index}.json`, content })))

describe('a trace', () => {
  it('of a run that paused and was taken up again is one run', async () => {
    const { runs, report } = await convert(JSON.stringify(pausedTrace()))
    expect(validate(JSON.stringify(runs[0])).findings).toEqual([])
    expect(report.files[0]).toMatchObject({ role: 'trace', lines: { read: 14, mapped: 14 } })
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({
      id: 'trace_1',
      session_id: 'thread-1',
      agent_id: 'Releaser',
      runtime: 'openai-agents',
      model: 'gpt-5',
      status: 'completed',
      input_preview: 'Release it',
      output_preview: 'Done.',
      tools_available: ['publish'],
      metadata: { workflow_name: 'Release', trace: { team: 'build' } },
      // Not the sums that Python writes on spans around them.
      cost: { input_tokens: 200, output_tokens: 20, cache_read_tokens: 120 },
      policy_decisions: [{ verdict: 'allow', decider: { kind: 'guard', id: 'polite' }, basis: 'observed' }],
    })
    const steps = runs[0]!.steps.map(({ type, status, tool_name, model }) => [type, status, tool_name ?? model])
    expect(steps).toEqual([
      ['model_call', 'succeeded', 'gpt-5'],
      ['tool_call', 'succeeded', 'publish'],
      ['model_call', 'succeeded', 'gpt-5'],
      ['other', 'succeeded', 'mcp_list_tools'],
      ['model_call', 'succeeded', 'whisper'],
      ['model_call', 'succeeded', 'tts'],
      ['other', 'succeeded', 'note'],
    ])
    expect(JSON.stringify(runs)).not.toMatch(/AAAA|BBBB/)
  })

  it('a call that waited and then ran was approved, as is concluded', async () => {
    const { runs } = await convert(JSON.stringify(pausedTrace()))
    const call = runs[0]!.steps.find(({ tool_name }) => tool_name === 'publish')
    expect(call).toMatchObject({
      tool_call_id: 'c1',
      mcp_server: 'registry',
      model_call_id: 's3',
      output_preview: 'published',
    })
    expect(call?.approval).toMatchObject({ state: 'approved', basis: 'inferred' })
    expect(runs[0]!.approvals?.map(({ event, basis }) => [event, basis])).toEqual([
      ['requested', 'inferred'],
      ['approved', 'inferred'],
    ])
  })

  it('that ends while a call waits says neither that the call nor that the run went well', async () => {
    const { runs } = await convert(JSON.stringify(pausedTrace().slice(0, 5)))
    expect(runs[0]).toMatchObject({ status: 'unknown', ended_at: null })
    expect(runs[0]!.steps.at(-1)).toMatchObject({ tool_name: 'publish', status: 'unknown' })
  })

  it('reads a list, the body of an upload, one a line, and batches in several files alike', async () => {
    const items = pausedTrace()
    const lines = items.map((item) => JSON.stringify(item))
    const [once, ...others] = await Promise.all([
      convert(JSON.stringify(items)),
      convert(JSON.stringify({ data: items })),
      convert(lines.join('\n')),
      convert(lines.slice(0, 6).join('\n'), lines.slice(6).join('\n')),
      convert(JSON.stringify(items), JSON.stringify(items)),
    ])
    const stepsOf = ({ runs }: Awaited<ReturnType<typeof convert>>) =>
      runs.map((run) => [run.id, run.status, run.steps])
    for (const other of others) expect(stepsOf(other)).toEqual(stepsOf(once))
    expect(others.at(-1)?.report.files[1]?.skipped).toEqual([{ reason: 'repeated trace or span', lines: 14 }])
  })

  it('calls that no span shows are said to be unknown, or refused if the model was told so', async () => {
    const request = { type: 'function_call', name: 'publish', arguments: '{}' }
    const told = (call_id: string, output: string) => ({ type: 'function_call_output', call_id, output })
    const generation = (input: object[], output: object[]) => ({ type: 'generation', model: 'm', input, output })
    const { runs } = await convert(
      JSON.stringify([
        span('a', null, [0, 9], { type: 'agent', name: 'A' }),
        span(
          'g',
          'a',
          [1, 2],
          generation(
            [],
            [
              { ...request, call_id: 'c1' },
              { ...request, call_id: 'c2' },
              { ...request, call_id: 'c3' },
            ],
          ),
        ),
        span('h', 'a', [3, 4], generation([told('c1', 'Tool execution was not approved.'), told('c2', 'later')], [])),
      ]),
    )
    expect(
      runs[0]!.steps
        .filter(({ type }) => type === 'tool_call')
        .map(({ tool_call_id, status, output_preview, approval }) => [
          tool_call_id,
          status,
          output_preview,
          approval?.state,
        ]),
    ).toEqual([
      ['c1', 'denied', undefined, 'denied'],
      ['c2', 'unknown', 'later', undefined],
      ['c3', 'unknown', undefined, undefined],
    ])
  })

  it('spans that contain each other in a circle are still a run', async () => {
    const { runs } = await convert(
      JSON.stringify([
        span('a', 'b', [0, 9], { type: 'agent', name: 'A' }),
        span('b', 'a', [1, 8], { type: 'function', name: 'f', input: '{}', output: 'x' }),
      ]),
    )
    expect(validate(JSON.stringify(runs[0])).findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('is recognised by its content, and nothing else is', () => {
    const recognises = (value: unknown): boolean => {
      const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1)
      return openaiAgentsAdapter.recognises(readHead('x', new TextEncoder().encode(text)))
    }
    const long = 'x'.repeat(70_000)
    const item = span('a', null, [0, 1], { type: 'agent', name: 'A', long })
    for (const value of [
      pausedTrace(),
      { data: pausedTrace() },
      pausedTrace()
        .map((line) => JSON.stringify(line))
        .join('\n'),
      [item],
      { data: [item] },
      JSON.stringify(item),
      state(),
      state({ context: { long } }),
      JSON.stringify(state()),
    ])
      expect(recognises(value)).toBe(true)
    for (const value of [
      [],
      {},
      { object: 'trace' },
      { object: 'list', data: [] },
      { $schemaVersion: '1.0' },
      'text',
      null,
      { data: [{ object: 'model', id: 'x' }] },
    ])
      expect(recognises(value)).toBe(false)
  })

  const examples = (): Example[] => [
    { name: 'list.json', text: JSON.stringify(pausedTrace()) },
    {
      name: 'lines.jsonl',
      text: pausedTrace()
        .map((item) => JSON.stringify(item))
        .join('\n'),
    },
  ]
  standsHostileShapes(openaiAgentsAdapter, examples, 80)
  isDeterministic(openaiAgentsAdapter, examples)
  keepsSecretsOut(
    openaiAgentsAdapter,
    examples,
    /^(object|type|sdk_span_type|role|id|trace_id|parent_id|started_at|ended_at|call_id)$/,
  )
})
