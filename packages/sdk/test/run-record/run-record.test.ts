import { describe, expect, it } from 'vitest'
import { convertRunRecord, runRecordAdapter } from '../../src/adapters/run-record/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { type Example, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'

const record = {
  runId: 'run_2291',
  turnId: 'turn_8',
  agentId: 'builder',
  model: 'openai/gpt-5',
  promptVersion: 'p@3',
  toolsAvailable: ['fs.write', 'shell'],
  toolCalls: [
    { toolCallId: 'call_1', tool: 'fs.write', sideEffect: 'write', status: 'succeeded', approvalState: 'not_required' },
    { toolCallId: 'call_2', tool: 'shell', sideEffect: 'exec', status: 'denied', approvalState: 'denied', cost: 3 },
    { toolCallId: 'call_3', tool: 'shell', sideEffect: 'exec', status: 'odd' },
  ],
  artifacts: ['src/a.ts', { name: 'change', kind: 'pull_request', url: 'https://example.org/pr/1' }],
  finalStatus: 'rolled_back',
  owner: 'platform',
}

const examples = (): Example[] => [
  { name: 'one.json', text: JSON.stringify(record) },
  { name: 'many.jsonl', text: `${JSON.stringify(record)}\n${JSON.stringify({ ...record, runId: 'run_2292' })}\n` },
]

const convert = async (value: object) => {
  const { runs } = await convertRunRecord([{ name: 'x.json', content: JSON.stringify(value) }])
  return runs[0]!
}

describe('the camelCase run record', () => {
  it('converts without loss: every member has a place', async () => {
    const run = await convert(record)
    expect(run).toMatchObject({
      id: 'run_2291',
      turn_id: 'turn_8',
      agent_id: 'builder',
      provider: 'openai',
      model: 'gpt-5',
      prompt_version: 'p@3',
      tools_available: ['fs.write', 'shell'],
      status: 'completed',
      outcome: 'rolled_back',
      started_at: null,
      cost: { input_tokens: null, output_tokens: null, basis: 'unknown' },
      metadata: { owner: 'platform' },
    })
    expect(
      run.steps.map(({ tool_call_id, tool_name, status, side_effects, approval, metadata }) => [
        tool_call_id,
        tool_name,
        status,
        side_effects,
        approval?.state,
        metadata,
      ]),
    ).toEqual([
      ['call_1', 'fs.write', 'succeeded', [{ kind: 'write', basis: 'declared' }], 'not_required', undefined],
      ['call_2', 'shell', 'denied', [{ kind: 'exec', basis: 'declared' }], 'denied', { cost: 3 }],
      ['call_3', 'shell', 'unknown', [{ kind: 'exec', basis: 'declared' }], undefined, { status: 'odd' }],
    ])
    expect(run.artifacts).toEqual([
      { id: 'artifact-1', name: 'src/a.ts', kind: 'file', action: 'created' },
      {
        id: 'artifact-2',
        name: 'change',
        kind: 'pull_request',
        action: 'created',
        metadata: { url: 'https://example.org/pr/1' },
      },
    ])
  })

  it.each([
    ['succeeded', 'completed', 'success'],
    ['failed', 'failed', 'failed'],
    ['paused', 'paused', undefined],
    ['escalated', 'completed', 'escalated'],
    ['rolled back', 'completed', 'rolled_back'],
    ['on holiday', 'unknown', undefined],
  ])('a final status %s is %s with outcome %s', async (finalStatus, status, outcome) => {
    const run = await convert({ ...record, finalStatus })
    expect([run.status, run.outcome]).toEqual([status, outcome])
    expect(run.metadata?.final_status).toBe(status === 'unknown' ? finalStatus : undefined)
  })

  it('reads one record, a list of them, and one a line; a record that stands twice counts once', async () => {
    const other = { ...record, runId: 'run_2292' }
    for (const content of [
      JSON.stringify([record, other, record]),
      [record, other, record].map((value) => JSON.stringify(value)).join('\n'),
    ]) {
      const { runs, report } = await convertRunRecord([{ name: 'x', content }])
      expect(runs.map(({ id }) => id)).toEqual(['run_2291', 'run_2292'])
      expect(report.files[0]!.lines).toEqual({ read: 3, mapped: 2, skipped: 1, malformed: 0 })
    }
  })

  it('keeps an id that is no portable one', async () => {
    const run = await convert({ ...record, runId: 'a/b c' })
    expect(run.id).toMatch(/^a_b_c-[0-9a-f]{12}$/)
    expect(run.metadata).toMatchObject({ run_id: 'a/b c' })
  })

  it('is recognised by its content, and nothing else is', () => {
    const recognises = (text: string): boolean =>
      runRecordAdapter.recognises(readHead('x', new TextEncoder().encode(text)))
    expect(recognises(JSON.stringify(record))).toBe(true)
    expect(recognises(JSON.stringify([record], null, 2))).toBe(true)
    expect(recognises(JSON.stringify({ id: 'a', agent_id: 'b', steps: [] }))).toBe(false)
    expect(recognises(JSON.stringify({ runId: 'a' }))).toBe(false)
  })

  isDeterministic(runRecordAdapter, examples)
  standsHostileShapes(runRecordAdapter, examples, 200)
  keepsSecretsOut(runRecordAdapter, examples, /^(runId|toolCallId|status|finalStatus|approvalState|sideEffect|kind)$/)
})
