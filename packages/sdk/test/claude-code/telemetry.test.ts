import { validate } from '@agent-run/core/validate'
import type { AgentRun } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { callOf, convert, stepsOf, type TranscriptBuilder, transcript } from './transcript-builder.ts'

const session = '11111111-2222-4333-8444-555555555555'
const ms = (second: number): number => Date.UTC(2026, 10, 20, 14, 0, second)
const at = (second: number): string => new Date(ms(second)).toISOString()
type Attributes = Record<string, string | number>

/** A log record as the OTLP exporter writes it. */
const record = (second: number, name: string, attributes: Attributes): unknown => ({
  timeUnixNano: `${ms(second)}000000`,
  body: { stringValue: `claude_code.${name}` },
  attributes: Object.entries({ 'session.id': session, 'event.name': name, ...attributes }).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  })),
})
/** A request with records, one line of a log. */
const request = (...logRecords: readonly unknown[]): unknown => ({
  resourceLogs: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'claude-code' } }] },
      scopeLogs: [{ logRecords }],
    },
  ],
})
/** The same as a single exported record. */
const exported = (second: number, name: string, attributes: Attributes): unknown => ({
  timestamp: ms(second) * 1000,
  body: `claude_code.${name}`,
  attributes: { 'session.id': session, ...attributes },
})

async function heard(source: TranscriptBuilder, lines: readonly unknown[]): Promise<AgentRun> {
  const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const { runs, report } = await convert(source, { name: 'otel.jsonl', content })
  expect(runs).toHaveLength(1)
  expect(validate(JSON.stringify(runs[0]), { reading: 'strict' }).findings).toEqual([])
  expect(report.files[1]?.role).toBe('events')
  for (const { lines: counted } of report.files)
    expect(counted.mapped + counted.skipped + counted.malformed).toBe(counted.read)
  return runs[0]!
}

const oneCall = (): TranscriptBuilder =>
  transcript()
    .prompt('Clean up')
    .use('m1', 'toolu_1', 'Bash', { command: 'rm -rf dist' })
    .result('toolu_1', 'done')
    .say('m2', 'Done')
const refused = (): TranscriptBuilder =>
  transcript()
    .prompt('Clean up')
    .use('m1', 'toolu_1', 'Bash', { command: 'rm -rf dist' })
    .result('toolu_1', "The user doesn't want to proceed with this tool use.", {}, { is_error: true })
const bash = { tool_name: 'Bash', tool_use_id: 'toolu_1' }

describe('a telemetry log beside the transcript', () => {
  it.each([
    ['request', request],
    ['record', (line: unknown) => line],
  ])('shows that a person allowed a call (%s)', async (kind, wrap) => {
    const event = kind === 'request' ? record : exported
    const run = await heard(oneCall(), [
      wrap(event(2, 'tool_decision', { ...bash, decision: 'accept', source: 'user_temporary' })),
      wrap(event(3, 'tool_result', { ...bash, success: 'true', duration_ms: '900' })),
    ])
    expect(run.approvals).toMatchObject([
      { event: 'approved', at: at(2), actor: { kind: 'human' }, basis: 'observed', step_id: 'toolu_1' },
    ])
    expect(callOf(run, 'toolu_1')).toMatchObject({
      approval: { state: 'approved', basis: 'observed' },
      started_at: '2026-11-20T14:00:02.100Z',
    })
  })

  it.each([
    ['config', 'not_required', 'rule'],
    ['hook', 'not_required', 'hook'],
    ['user_permanent', 'auto_approved', 'rule'],
  ])('shows that %s allowed a call', async (source, state, kind) => {
    const run = await heard(oneCall(), [request(record(2, 'tool_decision', { ...bash, decision: 'accept', source }))])
    expect(callOf(run, 'toolu_1').approval).toMatchObject({ state, basis: 'observed' })
    expect(run.policy_decisions).toMatchObject([
      { verdict: 'allow', enforcement: 'executed', decider: { kind }, basis: 'observed', at: at(2) },
    ])
    expect(run.approvals).toBeUndefined()
  })

  it('makes a refusal that was concluded an observed one', async () => {
    const run = await heard(refused(), [
      request(record(3, 'tool_decision', { ...bash, decision: 'reject', source: 'user_reject' })),
    ])
    expect(run.approvals).toMatchObject([{ event: 'denied', basis: 'observed', at: at(3), actor: { kind: 'human' } }])
    expect(callOf(run, 'toolu_1').approval).toMatchObject({ state: 'denied', basis: 'observed' })
  })

  it.each(['config', 'hook'])('knows that %s refused, whatever the sentence in the transcript', async (source) => {
    const run = await heard(refused(), [request(record(3, 'tool_decision', { ...bash, decision: 'reject', source }))])
    expect(run.approvals).toBeUndefined()
    expect(run.policy_decisions).toMatchObject([{ verdict: 'block', enforcement: 'blocked', basis: 'observed' }])
  })

  it('tells a question that was closed', async () => {
    const source = transcript()
      .prompt('Clean up')
      .use('m1', 'toolu_1', 'Bash', { command: 'rm -rf dist' })
      .result('toolu_1', '[Request interrupted by user for tool use]', {}, { is_error: true })
    const run = await heard(source, [
      request(record(3, 'tool_decision', { ...bash, decision: 'reject', source: 'user_abort' })),
    ])
    expect(run.approvals).toMatchObject([{ event: 'cancelled', basis: 'observed' }])
    expect(callOf(run, 'toolu_1').approval?.state).toBe('cancelled')
  })

  it('matches by order where versions name no call, as a conclusion, and only if the numbers agree', async () => {
    const two = (): TranscriptBuilder =>
      transcript()
        .prompt('Clean up')
        .use('m1', 'toolu_1', 'Bash', { command: 'a' })
        .result('toolu_1', 'done')
        .use('m2', 'toolu_2', 'Bash', { command: 'b' })
        .result('toolu_2', 'done')
        .say('m3', 'Done')
    const decision = (second: number, source: string): unknown =>
      request(record(second, 'tool_decision', { tool_name: 'Bash', decision: 'accept', source }))
    const run = await heard(two(), [decision(4, 'config'), decision(2, 'user_temporary')])
    expect(callOf(run, 'toolu_1').approval).toMatchObject({ state: 'approved', basis: 'inferred' })
    expect(callOf(run, 'toolu_2').approval).toMatchObject({ state: 'not_required', basis: 'inferred' })
    const fewer = await heard(two(), [decision(4, 'config')])
    expect(fewer.steps.every(({ approval }) => approval === undefined)).toBe(true)
  })

  it('takes price, tokens and duration of a request, once', async () => {
    const usage = { model: 'claude-sonnet-4-5', input_tokens: 3, cache_read_tokens: 1000, cache_creation_tokens: 100 }
    const run = await heard(transcript().prompt('Hello').say('m1', 'Hi'), [
      request(record(2, 'api_request', { ...usage, output_tokens: 250, cost_usd: '0.0125', duration_ms: 700 })),
    ])
    expect(stepsOf(run, 'model_call')).toMatchObject([
      {
        started_at: '2026-11-20T14:00:01.300Z',
        duration_ms: 700,
        cost: { input_tokens: 1103, output_tokens: 250, cost_usd: 0.0125, price_basis: 'reported', basis: 'reported' },
      },
    ])
    expect(run.cost).toMatchObject({ output_tokens: 250, cost_usd: 0.0125, price_basis: 'reported' })
  })

  it('finds the answer of a request by its id', async () => {
    const run = await heard(transcript().prompt('Hello').say('m1', 'Hi'), [
      exported(2, 'api_request', { request_id: 'req_m1', input_tokens: 1, output_tokens: 2, cost_usd: 0.5 }),
    ])
    expect(run.cost.cost_usd).toBe(0.5)
  })

  it('adds requests that failed, and joins them with the lines that tell of them', async () => {
    const failed = { model: 'claude-sonnet-4-5', error: 'Overloaded', status_code: '529', attempt: 1, duration_ms: 200 }
    const added = await heard(transcript().prompt('Hello').say('m1', 'Hi'), [request(record(1, 'api_error', failed))])
    expect(stepsOf(added, 'model_call')).toMatchObject([
      { status: 'failed', attempt: 1, error: 'Overloaded', model: 'claude-sonnet-4-5' },
      { status: 'succeeded' },
    ])
    const source = transcript().prompt('Hello').add('system', { subtype: 'api_error', retryAttempt: 1 }).say('m1', 'Hi')
    const joined = await heard(source, [request(record(2, 'api_error', failed))])
    expect(stepsOf(joined, 'model_call').map(({ status, model }) => [status, model])).toEqual([
      ['failed', 'claude-sonnet-4-5'],
      ['succeeded', 'claude-sonnet-4-5'],
    ])
  })

  it('passes over telemetry of others and of other sessions', async () => {
    const other = record(2, 'tool_decision', { ...bash, 'session.id': 'other', decision: 'accept', source: 'config' })
    const lines = [
      request(other),
      request(record(2, 'user_prompt', { prompt_length: 3 })),
      { resourceLogs: [{ scopeLogs: 3 }] },
    ]
    const content = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    const { runs, report } = await convert(oneCall(), { name: 'otel.jsonl', content })
    expect(runs[0]?.policy_decisions).toBeUndefined()
    expect(report.files[1]?.lines).toEqual({ read: 3, mapped: 0, skipped: 3, malformed: 0 })
  })

  it('says together with hooks who was asked and what was answered', async () => {
    const hooks = [
      {
        at: at(2),
        hook_event_name: 'PreToolUse',
        session_id: session,
        tool_name: 'Bash',
        tool_use_id: 'toolu_1',
        tool_input: {},
      },
      { at: at(2), hook_event_name: 'PermissionRequest', session_id: session, tool_name: 'Bash', tool_input: {} },
    ]
    const lines = [
      ...hooks,
      request(record(3, 'tool_decision', { ...bash, decision: 'accept', source: 'user_permanent' })),
    ]
    const { runs } = await convert(oneCall(), {
      name: 'mixed.jsonl',
      content: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    })
    expect(runs[0]?.approvals?.map(({ event, basis }) => [event, basis])).toEqual([
      ['requested', 'observed'],
      ['approved', 'observed'],
    ])
    expect(callOf(runs[0]!, 'toolu_1').approval?.state).toBe('approved')
  })
})
