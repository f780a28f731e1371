import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { managedAgentsAdapter } from '../../src/adapters/managed-agents/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { type Example, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'

type Event = readonly [type: string, more?: object]

/** Events a second apart, with ids `e0`, `e1` …; the ids of calls are given. */
const lines = (...events: readonly Event[]): string =>
  events
    .map(([type, more], index) => {
      const processed_at = new Date(Date.UTC(2026, 10, 20, 14, 0, index)).toISOString()
      return `${JSON.stringify({ id: `e${index}`, processed_at, type, ...more })}\n`
    })
    .join('')

const text = (words: string) => ({ content: [{ type: 'text', text: words }] })
const idle = (type: string, more: object = {}): Event => ['session.status_idle', { stop_reason: { type, ...more } }]
const usage = { input_tokens: 2, output_tokens: 3, cache_read_input_tokens: 10, cache_creation_input_tokens: 5 }

const session = `${JSON.stringify([
  'client.beta.sessions.create',
  {
    type: 'session',
    id: 'sesn_1',
    agent: {
      id: 'agent_1',
      name: 'Librarian',
      version: 3,
      model: { id: 'claude-sonnet-5' },
      mcp_servers: [{ name: 'shelf', type: 'url', url: 'https://user:pw@shelf.example.org/mcp?key=1' }],
      tools: [
        { type: 'agent_toolset_20260401', default_config: { permission_policy: { type: 'always_allow' } } },
        {
          type: 'mcp_toolset',
          mcp_server_name: 'shelf',
          default_config: { permission_policy: { type: 'always_ask' } },
        },
      ],
    },
  },
])}\n`

const rich = (): string =>
  session +
  `${JSON.stringify(['client.beta.sessions.events.send', ['sesn_1', { events: [{ type: 'user.message', ...text('Sort the books') }] }]])}\n` +
  lines(
    ['session.status_running'],
    ['user.message', text('Sort the books')],
    ['span.model_request_start', { id: 'm1' }],
    ['agent.thinking'],
    ['agent.message', text('I look.')],
    [
      'agent.tool_use',
      { id: 't1', name: 'write', input: { file_path: '/srv/a.txt', content: 'a' }, evaluated_permission: 'allow' },
    ],
    [
      'agent.mcp_tool_use',
      { id: 't2', name: 'get_book', mcp_server_name: 'shelf', input: { id: 4 }, evaluated_permission: 'ask' },
    ],
    ['agent.tool_use', { id: 't3', name: 'bash', input: { command: 'rm -rf /' }, evaluated_permission: 'deny' }],
    ['agent.custom_tool_use', { id: 't4', name: 'ring', input: {} }],
    ['span.model_request_end', { model_request_start_id: 'm1', model_usage: usage, is_error: false }],
    ['agent.tool_result', { tool_use_id: 't1', ...text('ok') }],
    ['agent.tool_result', { tool_use_id: 't3', ...text('denied'), is_error: true }],
    idle('requires_action', { event_ids: ['t2', 't4'] }),
    ['user.tool_confirmation', { tool_use_id: 't2', result: 'allow' }],
    ['user.custom_tool_result', { custom_tool_use_id: 't4', ...text('rang') }],
    ['session.status_running'],
    [
      'agent.mcp_tool_result',
      {
        mcp_tool_use_id: 't2',
        content: [{ type: 'search_result', title: 'Dune', source: 'x', content: [{ type: 'text', text: 'Spice' }] }],
      },
    ],
    ['session.thread_created', { agent_name: 'Counter', session_thread_id: 'sthr_2' }],
    ['agent.tool_use', { id: 't5', name: 'read', input: { file_path: '/srv/a.txt' }, session_thread_id: 'sthr_2' }],
    [
      'agent.thread_message_received',
      { from_session_thread_id: 'sthr_2', from_agent_name: 'Counter', ...text('There are 12.') },
    ],
    ['user.message', text('Hurry')],
    ['agent.thread_context_compacted'],
    [
      'session.error',
      { error: { type: 'model_overloaded_error', message: 'busy', retry_status: { type: 'retrying' } } },
    ],
    ['system.message', text('Be brief.')],
    ['span.outcome_evaluation_end', { outcome_id: 'outc_1', result: 'satisfied', explanation: 'Good.', usage }],
    ['agent.message', text('Sorted.')],
    idle('end_turn'),
    ['user.message', text('Burn them')],
    ['user.interrupt'],
    idle('end_turn'),
    ['agent.tool_result', { tool_use_id: 'lost', ...text('x') }],
    ['session.status_terminated'],
  )

const convert = async (content: string) => managedAgentsAdapter.convert([{ name: 'events.jsonl', content }])
const one = async (...events: readonly Event[]) =>
  (await convert(lines(['user.message', text('Go')], ...events))).runs[0]!

const examples = (): Example[] => [{ name: 'events.jsonl', text: rich() }]

describe('Managed Agents events', () => {
  it('a session: agent, servers, policies, decisions and confirmations', async () => {
    const { runs, report } = await convert(rich())
    for (const run of runs) expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
    expect(runs.map(({ input_preview, status }) => [input_preview, status])).toEqual([
      ['Sort the books', 'completed'],
      ['Burn them', 'cancelled'],
      [undefined, 'failed'],
    ])
    const run = runs[0]!
    expect(run).toMatchObject({
      id: 'e1',
      session_id: 'sesn_1',
      agent_id: 'agent_1',
      agent_name: 'Librarian',
      agent_version: '3',
      model: 'claude-sonnet-5',
      policies: [{ id: 'always_allow' }, { id: 'always_ask' }],
      inventory: { mcp_servers: [{ name: 'shelf', url: 'https://shelf.example.org/mcp' }] },
      artifacts: [{ name: '/srv/a.txt', action: 'modified', content: { size: 1 } }],
      output_preview: 'Sorted.',
    })
    expect(
      run.policy_decisions?.map(({ step_id, verdict, enforcement, policy }) => [
        step_id,
        verdict,
        enforcement,
        policy?.id,
      ]),
    ).toEqual([
      ['t1', 'allow', 'executed', 'always_allow'],
      ['t2', 'require_approval', 'asked', 'always_ask'],
      ['t3', 'block', 'blocked', 'always_allow'],
    ])
    expect(run.approvals?.map(({ step_id, event, basis }) => [step_id, event, basis])).toEqual([
      ['t2', 'requested', 'observed'],
      ['t2', 'approved', 'observed'],
    ])
    expect(
      run.steps
        .filter(({ type }) => type === 'tool_call')
        .map(({ id, status, approval }) => [id, status, approval?.state]),
    ).toEqual([
      ['t1', 'succeeded', 'not_required'],
      ['t3', 'denied', 'denied'],
      ['t4', 'succeeded', undefined],
      ['t2', 'succeeded', 'approved'],
      ['t5', 'interrupted', undefined],
    ])
    expect(run.cost).toMatchObject({
      input_tokens: 34,
      output_tokens: 6,
      cache_read_tokens: 20,
      cache_write_tokens: 10,
    })
    expect(report.files[0]?.session_ids).toEqual(['sesn_1'])
  })

  it('a denied confirmation: the call did not run', async () => {
    const run = await one(
      ['agent.tool_use', { id: 't', name: 'bash', input: { command: 'rm x' }, evaluated_permission: 'ask' }],
      idle('requires_action', { event_ids: ['t'] }),
      ['user.tool_confirmation', { tool_use_id: 't', result: 'deny', deny_message: 'Not that' }],
      ['agent.tool_result', { tool_use_id: 't', ...text('denied by the user'), is_error: true }],
      idle('end_turn'),
    )
    expect(run.approvals?.[1]).toMatchObject({
      event: 'denied',
      reason: 'Not that',
      actor: { kind: 'unknown', name: 'user' },
    })
    expect(run.steps[0]).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
    expect(run.steps[0]?.side_effects?.every(({ basis }) => basis === 'declared')).toBe(true)
  })

  it.each([
    ['end_turn', 'completed', undefined],
    ['requires_action', 'paused', undefined],
    ['retries_exhausted', 'failed', 'provider_error'],
    ['budget_reached', 'failed', 'budget_exceeded'],
  ])('a session that rests for %s is %s', async (reason, status, errorType) => {
    const run = await one(idle(reason))
    expect([run.status, run.error_type]).toEqual([status, errorType])
  })

  it('reads a page of events, and passes over what was written before', async () => {
    const events = lines(['user.message', text('Go')], ['agent.message', text('Done')], idle('end_turn'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    const { runs, report } = await convert(`${JSON.stringify({ data: events })}\n${JSON.stringify(events[1])}\n`)
    expect(runs).toMatchObject([{ input_preview: 'Go', status: 'completed', output_preview: 'Done' }])
    expect(report.files[0]).toMatchObject({
      lines: { read: 2, mapped: 1 },
      skipped: [{ reason: 'event that was written before' }],
    })
  })

  it('is recognised by its content, and nothing else is', () => {
    const recognises = (content: string): boolean =>
      managedAgentsAdapter.recognises(readHead('x', new TextEncoder().encode(content)))
    expect(recognises(rich())).toBe(true)
    expect(recognises(lines(['agent.message', text('x')]))).toBe(true)
    expect(recognises('["client.beta.messages.create",{}]\n')).toBe(false)
    expect(recognises('{"type":"user.message","data":{"content":"x"}}\n')).toBe(false)
  })

  isDeterministic(managedAgentsAdapter, examples)
  standsHostileShapes(managedAgentsAdapter, examples, 200)
  keepsSecretsOut(
    managedAgentsAdapter,
    examples,
    /^(?:type|id|processed_at|result|evaluated_permission|.*_id)$|^client\.|^(?:sesn|t\d)/,
  )
})
