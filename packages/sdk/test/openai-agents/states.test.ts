import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { convertOpenaiAgents, openaiAgentsAdapter } from '../../src/adapters/openai-agents/index.ts'
import type { Conversion } from '../../src/conversion/report.ts'
import { type Example, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { approvalItem, callItem, nestedState, outputItem, state } from './python.ts'

const convert = (...values: object[]): Promise<Conversion> =>
  convertOpenaiAgents(values.map((value, index) => ({ name: `${index}.json`, content: JSON.stringify(value) })))

const runOf = async (value: object): Promise<AgentRun> => {
  const { runs } = await convert(value)
  const errors = validate(JSON.stringify(runs[0])).findings.filter(({ severity }) => severity === 'error')
  expect(errors).toEqual([])
  return runs[0]!
}

/** State, basis and status of each call. */
const callsOf = ({ steps }: AgentRun): unknown[] =>
  steps
    .filter(({ type }) => type === 'tool_call' || type === 'handoff')
    .map(({ tool_call_id, status, approval }) => [tool_call_id, status, approval?.state, approval?.basis])

const decided = (decision: object, items: object[], members: object = {}): Record<string, unknown> =>
  state({
    context: {
      approvals: {},
      function_tool_approvals: [{ agent: { name: 'Releaser' }, tool_key: 'publish', decision }],
    },
    generated_items: items,
    ...members,
  })

const interrupted = (...ids: string[]): object => ({
  current_step: { type: 'next_step_interruption', data: { interruptions: ids.map(approvalItem) } },
})

describe('a run state', () => {
  it('that waits for an approval is a paused run whose call was asked about', async () => {
    const run = await runOf(state(interrupted('c1')))
    expect(run).toMatchObject({
      agent_id: 'Releaser',
      session_id: 'thread-1',
      status: 'paused',
      input_preview: 'Release it',
      cost: { input_tokens: 100, cache_read_tokens: 60, cache_write_tokens: 5, output_tokens: 10, reasoning_tokens: 3 },
      source: { format: 'openai-agents', format_version: '1.21', times: 'absent' },
      metadata: { trace_id: 'trace_0123456789abcdef0123456789abcdef', workflow_name: 'Release' },
    })
    expect(run.steps.map(({ type, status, model_call_id }) => [type, status, model_call_id])).toEqual([
      ['message', 'succeeded', undefined],
      ['model_call', 'succeeded', undefined],
      ['tool_call', 'pending', 'response-1'],
    ])
    expect(callsOf(run)).toEqual([['c1', 'pending', 'requested', 'observed']])
    expect(run.steps[2]!.side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
    // Python keeps no time, and an event has one.
    expect(run.approvals).toBeUndefined()
  })

  it('keeps what was decided about single calls, with the words that the model is told', async () => {
    const items = ['c1', 'c2', 'c3'].flatMap((id) => [callItem(id), approvalItem(id)])
    const run = await runOf(
      decided(
        { approved: ['c1', 'c3'], rejected: ['c2'], rejection_messages: { c2: 'not now' } },
        [...items, outputItem('c1', 'published'), outputItem('c2', 'not now')],
        interrupted('c3'),
      ),
    )
    expect(callsOf(run)).toEqual([
      ['c1', 'succeeded', 'approved', 'observed'],
      ['c2', 'denied', 'denied', 'observed'],
      ['c3', 'pending', 'approved', 'observed'],
    ])
    expect(run.steps.find(({ tool_call_id }) => tool_call_id === 'c2')).toMatchObject({ error: 'not now' })
  })

  it.each([
    ['1.21', 'denied'],
    ['1.15', 'auto_approved'],
  ])('%s: a decision about a call against the one about its tool gives %s', async ($schemaVersion, expected) => {
    const run = await runOf(decided({ approved: true, rejected: ['c1'] }, [callItem('c1')], { $schemaVersion }))
    expect(run.steps.find(({ tool_call_id }) => tool_call_id === 'c1')?.approval?.state).toBe(expected)
    expect(run.policies).toEqual([{ id: 'openai-agents:approved:publish' }])
  })

  it.each([
    ['approved', { approved: true, rejected: [] }, 'published', 'auto_approved', 'succeeded'],
    ['approved', { approved: true, rejected: [] }, 'Tool execution was not approved.', undefined, 'succeeded'],
    ['denied', { approved: false, rejected: true }, 'Tool execution was not approved.', 'denied', 'denied'],
    ['denied', { approved: false, rejected: true, sticky_rejection_message: 'never' }, 'never', 'denied', 'denied'],
    ['denied', { approved: false, rejected: true }, 'published', undefined, 'succeeded'],
  ])('a tool that is always %s: %o, result "%s" → %s', async (_verdict, decision, result, approval, status) => {
    const run = await runOf(decided(decision, [callItem('c1'), outputItem('c1', result)]))
    expect(callsOf(run)).toEqual([['c1', status, approval, approval && 'inferred']])
  })

  it('shows calls that are decided on and that no item shows', async () => {
    const run = await runOf(
      state({
        context: {
          approvals: {
            publish: { approved: true, rejected: ['x1'], rejection_messages: { x1: 'no' }, sticky_scope: 'scope' },
            drop: { approved: ['x4'], rejected: [] },
          },
          tool_invocations: {
            x2: { type: 'function_call', approval_scope: 'scope', executed: false, completed: false },
            x3: { type: 'function_call', approval_scope: 'scope', executed: true, completed: true },
          },
        },
        generated_items: [],
        model_responses: [],
      }),
    )
    expect(callsOf(run).sort()).toEqual([
      ['x1', 'denied', 'denied', 'observed'],
      ['x2', 'pending', 'auto_approved', 'inferred'],
      ['x3', 'succeeded', 'auto_approved', 'inferred'],
      ['x4', 'unknown', 'approved', 'observed'],
    ])
  })

  it('an agent that waits inside a call is a child run, bound by the handoff; tokens count once', async () => {
    const { runs } = await convert(nestedState())
    const [parent, child] = runs
    expect(runs).toHaveLength(2)
    const handoff = parent!.steps.find(({ type }) => type === 'handoff')
    expect(handoff).toMatchObject({ agent_id: 'Inner', tool_name: 'delegate', child_run_id: child!.id })
    expect(child).toMatchObject({
      parent_run_id: parent!.id,
      status: 'paused',
      provenance: { parents: [{ run_id: parent!.id, delegation_id: handoff!.delegation_id }] },
    })
    expect(callsOf(parent!)).toEqual([['o1', 'succeeded', undefined, undefined]])
    expect(callsOf(child!)).toEqual([['c1', 'pending', 'requested', 'observed']])
    expect(runs.map(({ cost }) => cost.input_tokens)).toEqual([100, 100])
  })

  it('counts requests that it has no response of', async () => {
    const usage = { requests: 3, input_tokens: 500, output_tokens: 50, input_tokens_details: [{ cached_tokens: 70 }] }
    const run = await runOf(state({ context: { usage } }))
    expect(run.cost).toMatchObject({ input_tokens: 500, output_tokens: 50, cache_read_tokens: 70, basis: 'reported' })
  })

  it.each([
    ['its last answer asks for nothing more', {}, 'completed'],
    [
      'an input guardrail was triggered',
      { input_guardrail_results: [{ guardrail: { type: 'input', name: 'g' }, output: { tripwireTriggered: true } }] },
      'failed',
    ],
    ['it cannot go on', { terminal_unrecoverable: true }, 'failed'],
    ['calls are open', { generated_items: [callItem('c1')] }, 'unknown'],
  ])('%s: %o → %s', async (_about, members, status) => {
    const answer = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Done.' }] }
    const run = await runOf(
      state({
        model_responses: [{ usage: {}, output: [answer], response_id: null }],
        generated_items: [{ type: 'message_output_item', agent: { name: 'Releaser' }, raw_item: answer }],
        ...members,
      }),
    )
    expect(run.status).toBe(status)
  })

  it('reads tools of the provider, of MCP servers, and what a hosted one asks for', async () => {
    const item = (type: string, raw_item: object): object => ({ type, agent: { name: 'Releaser' }, raw_item })
    const run = await runOf(
      state({
        model_responses: [],
        context: {
          hosted_mcp_approvals: [
            { identity: { type: 'request', request_id: 'm1' }, decision: { approved: ['m1'], rejected: [] } },
          ],
        },
        generated_items: [
          item('tool_call_item', { type: 'web_search_call', id: 'w1', status: 'completed', action: { query: 'x' } }),
          item('tool_call_item', {
            type: 'mcp_call',
            id: 'k1',
            name: 'read',
            server_label: 'docs',
            arguments: '{}',
            output: 'text',
          }),
          item('tool_call_item', {
            type: 'mcp_call',
            id: 'k2',
            name: 'read',
            server_label: 'docs',
            arguments: '{}',
            error: 'gone',
          }),
          item('mcp_approval_request_item', {
            type: 'mcp_approval_request',
            id: 'm1',
            name: 'write',
            server_label: 'docs',
            arguments: '{}',
          }),
          item('mcp_list_tools_item', { type: 'mcp_list_tools', id: 'l1', server_label: 'docs' }),
          item('compaction_item', { type: 'compaction', id: 'z1' }),
          item('tool_call_output_item', { type: 'function_call_output', call_id: 'lost', output: 'alone' }),
        ],
      }),
    )
    expect(
      run.steps.slice(1).map(({ type, tool_name, mcp_server, status }) => [type, tool_name, mcp_server, status]),
    ).toEqual([
      ['tool_call', 'web_search', undefined, 'succeeded'],
      ['tool_call', 'read', 'docs', 'succeeded'],
      ['tool_call', 'read', 'docs', 'failed'],
      ['other', 'mcp_list_tools', 'docs', 'succeeded'],
      ['compaction', undefined, undefined, 'succeeded'],
      ['tool_result', 'unknown', undefined, 'succeeded'],
      ['tool_call', 'write', 'docs', 'unknown'],
    ])
    expect(run.steps.at(-1)?.approval).toEqual({ state: 'approved', basis: 'observed' })
  })

  it('of several states of one run the latest counts, in whatever order they are given', async () => {
    const asked = state(interrupted('c1'))
    const answered = decided(
      { approved: ['c1'], rejected: [] },
      [callItem('c1'), approvalItem('c1')],
      interrupted('c1'),
    )
    for (const values of [
      [asked, answered],
      [answered, asked],
    ]) {
      const { runs, report } = await convert(...values)
      expect(runs).toHaveLength(1)
      expect(callsOf(runs[0]!)).toEqual([['c1', 'pending', 'approved', 'observed']])
      expect(report.files.map(({ lines }) => lines.mapped + lines.skipped)).toEqual([1, 1])
      expect(report.files.flatMap(({ skipped }) => skipped)).toEqual([{ reason: 'earlier state of a run', lines: 1 }])
    }
  })

  const examples = (): Example[] => [
    { name: 'pending.json', text: JSON.stringify(state(interrupted('c1'))) },
    { name: 'nested.json', text: JSON.stringify(nestedState()) },
    {
      name: 'decided.json',
      text: JSON.stringify(
        decided({ approved: true, rejected: ['c1'], rejection_messages: { c1: 'no' } }, [
          callItem('c1'),
          outputItem('c1', 'no'),
        ]),
      ),
    },
  ]
  standsHostileShapes(openaiAgentsAdapter, examples, 60)
  isDeterministic(openaiAgentsAdapter, examples)
  keepsSecretsOut(
    openaiAgentsAdapter,
    examples,
    /^(\$schemaVersion|type|role|status|id|call_id|response_id|approved|rejected)$/,
  )
})
