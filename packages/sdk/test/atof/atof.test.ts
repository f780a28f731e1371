import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { atifAdapter } from '../../src/adapters/atif/index.ts'
import { atofAdapter } from '../../src/adapters/atof/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import {
  type Example,
  expectSound,
  isDeterministic,
  keepsSecretsOut,
  standsHostileShapes,
} from '../conversion/hostile.ts'

const shared = tool('shared')
const at = (second: number): string => `2026-11-20T15:00:${String(second).padStart(2, '0')}Z`
const scope = (
  phase: string,
  uuid: string,
  parent: string | null,
  category: string,
  second: number,
  data: unknown,
  more: object = {},
): object => ({
  kind: 'scope',
  scope_category: phase,
  atof_version: '0.1',
  category,
  category_profile: null,
  uuid,
  parent_uuid: parent,
  data,
  timestamp: at(second),
  name: `${category}-${uuid}`,
  ...more,
})
const stream = [
  scope('start', 'a', null, 'agent', 0, { input: 'Add' }),
  {
    kind: 'mark',
    atof_version: '0.1',
    category: 'guardrail',
    uuid: 'm',
    parent_uuid: 'a',
    timestamp: at(0),
    name: 'check',
    data: { check: 'safe', passed: false },
  },
  scope(
    'start',
    'l',
    'a',
    'llm',
    1,
    { messages: [{ role: 'user', content: 'Add' }] },
    { category_profile: { model_name: 'gpt-x' } },
  ),
  scope('end', 'l', 'a', 'llm', 2, {
    content: 'I add',
    tool_calls: [{ id: 'c', name: 'plus', arguments: { a: 1 } }],
    usage: { prompt_tokens: 30, completion_tokens: 4 },
  }),
  scope('start', 't', 'a', 'tool', 3, { a: 1 }, { category_profile: { tool_call_id: 'c' }, name: 'plus' }),
  scope('end', 't', 'a', 'tool', 4, { result: 2 }),
  scope('start', 'b', 'a', 'agent', 5, { input: 'Check' }, { name: 'checker' }),
  scope('start', 'r', 'b', 'retriever', 6, { query: 'x' }),
  scope('end', 'r', 'b', 'retriever', 7, { documents: [] }),
  scope('end', 'b', 'a', 'agent', 8, { response: 'Fine' }),
  {
    kind: 'mark',
    atof_version: '0.1',
    uuid: 'n',
    parent_uuid: 'a',
    timestamp: 1795273209000000,
    name: 'note',
    data: { role: 'user', content: 'Hurry' },
  },
  scope('end', 'a', null, 'agent', 10, { response: 'It is 2' }),
]
const old = [
  {
    kind: 'ScopeStart',
    schema_version: '0.2',
    uuid: 'x',
    parent_uuid: null,
    timestamp: at(0),
    name: 'agent',
    scope_type: 'agent',
    flags: [],
    profile: null,
    input: { q: 'Hi' },
  },
  {
    kind: 'ScopeStart',
    schema_version: '0.2',
    uuid: 'y',
    parent_uuid: 'x',
    timestamp: at(1),
    name: 'm',
    scope_type: 'llm',
    flags: [],
    profile: { $schema: 'default/llm.v1', model_name: 'm' },
    input: { messages: [] },
  },
  {
    kind: 'ScopeEnd',
    schema_version: '0.2',
    uuid: 'y',
    parent_uuid: 'x',
    timestamp: at(2),
    name: 'm',
    scope_type: 'llm',
    flags: [],
    status: 'error',
    error: { message: 'overloaded' },
    output: null,
  },
  {
    kind: 'ScopeEnd',
    schema_version: '0.2',
    uuid: 'x',
    parent_uuid: null,
    timestamp: at(3),
    name: 'agent',
    scope_type: 'agent',
    flags: [],
    status: 'error',
    error: { message: 'gave up' },
    output: null,
  },
]
const lines = (events: readonly object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('')
const examples = (): Example[] => [
  { name: 'stream.jsonl', text: lines(stream) },
  { name: 'old.jsonl', text: lines(old) },
]
const convert = async (events: readonly object[]) =>
  (await atofAdapter.convert([{ name: 'x.jsonl', content: lines(events) }])).runs

describe('a stream', () => {
  it('is one run for each scope at the top', async () => {
    const [run] = await convert(stream)
    expect(run).toMatchObject({
      id: 'a',
      agent_id: 'agent-a',
      status: 'completed',
      input_preview: 'Add',
      output_preview: 'It is 2',
      model: 'gpt-x',
      cost: { input_tokens: 30, output_tokens: 4 },
      policy_decisions: [{ verdict: 'block', decider: { kind: 'guard', id: 'safe' }, basis: 'observed' }],
      source: { format_version: '0.1', range: { first: 1, last: 12 }, times: 'recorded' },
    })
    expect(run?.policy_decisions?.[0]).not.toHaveProperty('enforcement')
    expect(run?.steps.map(({ id, type, parent_step_id }) => [id, type, parent_step_id])).toEqual([
      ['l.input-1', 'message', undefined],
      ['l', 'model_call', undefined],
      ['l.answer', 'message', undefined],
      ['t', 'tool_call', undefined],
      ['r', 'other', 'b'],
      ['b', 'handoff', undefined],
      ['n', 'message', undefined],
    ])
    expect(run?.steps.find(({ id }) => id === 't')).toMatchObject({
      tool_call_id: 'c',
      model_call_id: 'l',
      output_preview: '2',
    })
  })

  it('of version 0.2 says what failed', async () => {
    const [run] = await convert(old)
    expect(run).toMatchObject({
      status: 'failed',
      error: 'gave up',
      steps: [{ type: 'model_call', status: 'failed', error: 'overloaded' }],
    })
  })

  it.skipIf(!shared).each(['exmp01', 'exmp02', 'exmp03'])(
    '%s: says what the trajectory made from it says',
    async (name) => {
      const read = (file: string) => ({
        name: file,
        content: readFileSync(join(shared ?? '', 'samples', 'atif', file)),
      })
      const [events] = (await atofAdapter.convert([read(`${name}_atof.jsonl`)])).runs
      const [trajectory] = (await atifAdapter.convert([read(`${name}_atif.json`)])).runs
      const calls = (run: typeof events) =>
        run?.steps
          .filter(({ type }) => type === 'tool_call' || type === 'model_call')
          .map(({ type, model, tool_name, tool_call_id, started_at, ended_at, output_preview }) => ({
            type,
            model,
            tool_name,
            tool_call_id,
            started_at,
            ended_at,
            output_preview,
          }))
      expect(events).toMatchObject({ id: trajectory?.id, agent_id: trajectory?.agent_id, status: trajectory?.status })
      expect([events?.input_preview, events?.output_preview]).toEqual([
        trajectory?.input_preview,
        trajectory?.output_preview,
      ])
      expect(calls(events)).toEqual(calls(trajectory))
    },
  )
})

describe('hostile streams', () => {
  isDeterministic(atofAdapter, examples)
  standsHostileShapes(atofAdapter, examples, 250)
  keepsSecretsOut(
    atofAdapter,
    examples,
    /^(?:kind|scope_category|category|scope_type|uuid|parent_uuid|timestamp|atof_version|schema_version|role|id|tool_call_id|status)$/,
  )

  it('scopes that hold each other are all converted', async () => {
    const conversion = await atofAdapter.convert([
      {
        name: 'x',
        content: lines([
          scope('start', 'a', 'b', 'tool', 0, {}),
          scope('start', 'b', 'a', 'tool', 1, {}),
          scope('end', 'z', 'a', 'tool', 1, {}),
        ]),
      },
    ])
    expectSound(conversion, 'cycle')
    expect(conversion.report.totals.tool_calls).toBeGreaterThan(0)
  })

  it('is recognised by its content, and nothing else is', () => {
    const recognises = (text: string): boolean => atofAdapter.recognises(readHead('x', new TextEncoder().encode(text)))
    for (const { text } of examples()) expect(recognises(text)).toBe(true)
    expect(recognises('{"kind":"mark","name":"x"}\n')).toBe(false)
    expect(recognises('not json')).toBe(false)
  })
})
