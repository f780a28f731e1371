import { describe, expect, it } from 'vitest'
import { atifAdapter } from '../../src/adapters/atif/index.ts'
import { plain, rich } from './examples.ts'

const convert = (...documents: readonly unknown[]) =>
  atifAdapter.convert(
    documents.map((document, index) => ({ name: `${index}.json`, content: JSON.stringify(document) })),
  )

describe('a trajectory', () => {
  it('is one run whose steps say which turn they belong to', async () => {
    const [run] = (await convert(rich)).runs
    expect(run).toMatchObject({
      id: 'trajectory-7',
      session_id: 'session-7',
      agent_id: 'librarian',
      agent_version: '2.1.0',
      model: 'gpt-5',
      status: 'completed',
      input_preview: 'Sort these.',
      output_preview: 'There are no maps.',
      tools_available: ['bash', 'ask_expert'],
      source: { format: 'atif', format_version: 'ATIF-v1.7', times: 'mixed' },
    })
    expect(run).not.toHaveProperty('turn_id')
    expect(run?.steps.map(({ id, turn_id }) => [id, turn_id?.at(-1)])).toEqual(
      [
        ['step-1', undefined],
        ['step-2', '1'],
        ['step-3.model', '1'],
        ['step-3.reasoning', '1'],
        ['step-3.message', '1'],
        ['call-1', '1'],
        ['call-2', '1'],
        ['step-4.result-1', '1'],
        ['call-2~1.result', '1'],
        ['step-5', '2'],
        ['step-6.model', '2'],
        ['step-6.message', '2'],
      ].sort((a, b) => order(run, a[0]) - order(run, b[0])),
    )
  })

  it('binds results to calls, and counts usage once, with its parts', async () => {
    const [run] = (await convert(rich)).runs
    expect(run?.steps.find(({ id }) => id === 'call-1')).toMatchObject({
      type: 'tool_call',
      tool_name: 'bash',
      tool_call_id: 'call-1',
      model_call_id: 'step-3.model',
      status: 'succeeded',
      input_preview: '{"command":"ls books > list.txt"}',
      output_preview: 'a\nb',
    })
    expect(run?.steps.find(({ id }) => id === 'step-3.model')).toMatchObject({
      model: 'gpt-5-mini',
      started_at: null,
      ended_at: '2026-11-20T15:00:05.000Z',
      cost: {
        input_tokens: 1200,
        cache_read_tokens: 1000,
        cache_write_tokens: 100,
        output_tokens: 40,
        reasoning_tokens: 12,
        total_tokens: 1240,
        cost_usd: 0.01,
        price_basis: 'reported',
        basis: 'reported',
      },
      metadata: { atif: { reasoning_effort: 'high', metrics: { region: 'eu' } } },
    })
    expect(run?.cost).toMatchObject({ input_tokens: 2400, output_tokens: 80, cost_usd: 0.02 })
  })

  it('makes a sub-agent a child run that is bound by hand-over and return', async () => {
    const [run, child] = (await convert(rich)).runs
    const [handoff, back] = run?.steps.filter(({ type }) => type.startsWith('handoff')) ?? []
    expect(handoff).toMatchObject({
      id: 'call-2',
      child_run_id: 'expert-1',
      agent_id: 'expert',
      tool_call_id: 'call-2',
    })
    expect(back).toMatchObject({ type: 'handoff_result', child_run_id: 'expert-1', output_preview: 'By author.' })
    expect(child).toMatchObject({
      id: 'expert-1',
      agent_id: 'expert',
      trigger: 'agent',
      parent_run_id: 'trajectory-7',
      turn_id: handoff?.turn_id,
      provenance: { parents: [{ run_id: 'trajectory-7', delegation_id: handoff?.delegation_id }] },
    })
    expect(child?.steps.every((step) => step.turn_id === undefined)).toBe(true)
  })

  it('binds a sub-agent in a file of its own by its id, its path, or, before 1.7, its session', async () => {
    const child = { ...plain, session_id: 'child-session', steps: plain.steps.slice(1) }
    const caller = (ref: object) => ({
      ...plain,
      steps: [
        { step_id: 1, source: 'user', message: 'Go' },
        {
          step_id: 2,
          source: 'agent',
          message: '',
          tool_calls: [{ tool_call_id: 'c', function_name: 'spawn', arguments: {} }],
          observation: { results: [{ source_call_id: 'c', content: 'ok', subagent_trajectory_ref: [ref] }] },
        },
      ],
    })
    for (const ref of [{ session_id: 'child-session' }, { session_id: 'other', trajectory_path: 'runs/1.json' }]) {
      const { runs, report } = await convert(caller(ref), child)
      expect(runs.map(({ id, parent_run_id }) => [id, parent_run_id])).toEqual([
        ['session-8', undefined],
        ['child-session', 'session-8'],
      ])
      expect(report.totals.sub_agents).toBe(1)
    }
    const alone = await convert(caller({ trajectory_id: 'child-session' }))
    expect(alone.runs[0]?.steps.find(({ type }) => type === 'handoff')).toMatchObject({ child_run_id: 'child-session' })
  })

  it('leaves out copied context, keeps sums where steps have none, and takes times without a zone as UTC', async () => {
    const { runs, report } = await convert(plain)
    expect(report.files[0]).toMatchObject({
      lines: { read: 3, mapped: 2, skipped: 1 },
      skipped: [{ reason: 'step copied from an earlier trajectory', lines: 1 }],
    })
    expect(runs[0]).toMatchObject({
      id: 'session-8',
      status: 'unknown',
      started_at: '2026-11-20T15:00:00.000Z',
      source: { times: 'inferred' },
      cost: { input_tokens: 500, output_tokens: 20, cost_usd: 0.5, price_basis: 'reported' },
    })
    expect(runs[0]?.steps.map(({ type, role }) => [type, role])).toEqual([
      ['message', 'user'],
      ['model_call', undefined],
      ['message', 'assistant'],
      ['message', 'tool'],
    ])
  })

  it('an embedded trajectory that nothing refers to stands alone, and the report says so', async () => {
    const steps = rich.steps.map((step) => (step.step_id === 3 ? { ...step, observation: undefined } : step))
    const { runs, report } = await convert({ ...rich, steps })
    expect(runs.map(({ id, parent_run_id }) => [id, parent_run_id])).toEqual([
      ['trajectory-7', undefined],
      ['expert-1', undefined],
    ])
    expect(report.findings).toMatchObject([{ code: 'convert.unlinked_subagent', path: '/files/0' }])
  })

  it('zeros that mean "not counted" are unknown', async () => {
    const steps = [
      { step_id: 1, source: 'agent', message: 'Hi', metrics: { prompt_tokens: 0, completion_tokens: 0, cost_usd: 0 } },
    ]
    const [run] = (await convert({ ...plain, steps, final_metrics: { total_prompt_tokens: 0 } })).runs
    expect(run?.cost).toEqual({ input_tokens: null, output_tokens: null, basis: 'unknown' })
  })
})

const order = (run: { steps: readonly { id: string }[] } | undefined, id: string | undefined): number =>
  run?.steps.findIndex((step) => step.id === id) ?? -1
