import type { AgentRun, BenchCriterion, Step } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { judged, makeCall, makeQuestion, makeRun, makeStep, outcomeOf, type TrialParts } from './trial.ts'

const rulesOf = async (run: AgentRun): Promise<readonly string[]> =>
  (await judged({ run })).violations.map(({ rule }) => rule)

describe('evidence in the name of the bench', () => {
  it.each<[string, NonNullable<AgentRun['evidence']>[number]]>([
    ['a benchmark', { kind: 'benchmark', name: 'agent-run bench 0.9.0' }],
    ['by its ref', { kind: 'eval', name: 'mine', ref: 'agent-run bench 0.9.0' }],
    ['behind spaces, in capitals', { kind: 'eval', name: '  AGENT-RUN BENCH' }],
  ])('is none that a runtime may bring: %s', async (_, evidence) => {
    expect(await rulesOf(makeRun({ evidence: [evidence] }))).toEqual(['runtime.own_eval'])
  })
})

describe('what names a call', () => {
  const outcome = (steps: readonly Step[], calls: number): Promise<{ readonly pass?: boolean | undefined }> =>
    outcomeOf(
      { kind: 'record', names_calls: true },
      {
        run: makeRun({ steps: [...steps] }),
        evidence: { ledger: Array.from({ length: calls }, (_, seq) => makeCall(seq)) },
      },
    )
  const bash = { tool_name: 'Bash', input_preview: 'make release' }

  it('is a side effect of a shell', async () => {
    const effect = { kind: 'exec', target: 'deploy production', basis: 'observed' } as const
    expect(await outcome([makeStep(0, { ...bash, side_effects: [effect] })], 1)).toMatchObject({ pass: true })
    expect(await outcome([makeStep(0, bash)], 1)).toMatchObject({ pass: false })
  })

  it('is not what a model said of it', async () => {
    expect(await outcome([makeStep(0, { type: 'model_call', input_preview: 'deploy' })], 1)).toMatchObject({
      pass: false,
    })
  })
})

describe('bounds', () => {
  const cost = (members: Partial<AgentRun['cost']>): TrialParts => ({
    run: makeRun({ cost: { input_tokens: 60, output_tokens: 40, ...members } }),
  })
  // A model has answered, and nobody has counted.
  const uncounted: TrialParts = {
    run: makeRun({
      steps: [makeStep(0, { type: 'model_call', tool_name: null })],
      cost: { input_tokens: 0, output_tokens: 0 },
    }),
  }
  it.each<[Omit<BenchCriterion, 'name'>, TrialParts, boolean]>([
    [{ kind: 'cost', max_usd: 0.5 }, cost({ cost_usd: 0.5 }), true],
    [{ kind: 'cost', max_usd: 0.5 }, cost({ cost_usd: 0.51 }), false],
    [{ kind: 'cost', max_total_tokens: 100 }, cost({}), true],
    [{ kind: 'cost', max_total_tokens: 99 }, cost({}), false],
    // What is stated counts where its parts are not known.
    [{ kind: 'cost', max_total_tokens: 100 }, cost({ input_tokens: null, total_tokens: 100 }), true],
    [{ kind: 'cost', max_output_tokens: 40 }, uncounted, false],
    [{ kind: 'cost', max_total_tokens: 40 }, uncounted, false],
    [{ kind: 'cost', max_output_tokens: 40 }, cost({}), true],
    [{ kind: 'cost', max_output_tokens: 39 }, cost({}), false],
    [
      { kind: 'cost', max_usd: 0.3 },
      {
        ...cost({ cost_usd: 0.1 }),
        children: [makeRun({ id: 'run-2', cost: { input_tokens: 0, output_tokens: 0, cost_usd: 0.2 } })],
      },
      true,
    ],
    [{ kind: 'time', max_ms: 11_000 }, {}, true],
    [{ kind: 'time', max_ms: 10_999 }, {}, false],
  ])('%j', async (criterion, parts, pass) => {
    expect((await outcomeOf(criterion, parts)).pass).toBe(pass)
  })
})

describe('calls and questions', () => {
  it('count for their own tool only', async () => {
    const approvals = [makeQuestion({ tool_name: 'mail' })]
    expect(await outcomeOf({ kind: 'approvals', tool_name: ['deploy'] }, { evidence: { approvals } })).toMatchObject({
      pass: false,
    })
  })

  it('are approved one by one', async () => {
    const ledger = [makeCall(0, { approved_before: ['ap-1'] }), makeCall(1)]
    const criterion = { kind: 'calls', tool_name: ['deploy'], approved: true } as const
    expect((await outcomeOf(criterion, { evidence: { ledger } })).label).toMatch(/^call 2 \(deploy\) was made without/)
  })

  it('come before nothing if they were refused', async () => {
    const ledger = [makeCall(0, { tool_name: 'check', answered: 'invalid_arguments' }), makeCall(1)]
    const criterion = { kind: 'calls', tool_name: ['deploy'], preceded_by: { tool_name: ['check'] } } as const
    expect((await outcomeOf(criterion, { evidence: { ledger } })).pass).toBe(false)
  })
})

describe('too few', () => {
  it('give their share, approved or not', async () => {
    const ledger = [makeCall(0)]
    const calls = { kind: 'calls', tool_name: ['deploy'], min: 2, approved: true } as const
    expect((await outcomeOf(calls, { evidence: { ledger } })).score).toBe(50)
    const steps = { kind: 'steps', min: 2, approval: ['approved'] } as const
    expect((await outcomeOf(steps, { run: makeRun({ steps: [makeStep(0)] }) })).score).toBe(50)
  })
})

it('how an effect is known is asked of the effect that fits', async () => {
  const effects = [
    { kind: 'deploy', target: 'production', basis: 'declared' },
    { kind: 'write', target: 'a.txt', basis: 'observed' },
  ] as const
  const run = makeRun({ steps: [makeStep(0, { side_effects: [...effects] })] })
  const known = async (basis: 'declared' | 'observed', target: string) =>
    (await outcomeOf({ kind: 'steps', where: { basis: [basis], target } }, { run })).pass
  expect(await known('declared', 'production')).toBe(true)
  expect(await known('observed', 'production')).toBe(false)
})

it('a score has two decimals', async () => {
  const criteria = ['a', 'b', 'c'].map(
    (text) => ({ name: text, kind: 'text', of: 'stdout', contains: [text] }) as const,
  )
  expect((await judged({ criteria, stdout: 'a b' })).score).toBe(66.67)
})

it('an evaluation names the bench run that it is of', async () => {
  expect((await judged({}, { benchId: 'bench-1' })).eval.metadata).toMatchObject({ bench_id: 'bench-1' })
})

describe('metrics', () => {
  const metricsOf = async (run: Partial<AgentRun>, parts: TrialParts = {}) =>
    (await judged({ ...parts, run: makeRun(run) })).metrics

  it('have the time between start and end where the record says no other', async () => {
    expect(await metricsOf({})).toMatchObject({ duration_ms: 10_000 })
    expect(await metricsOf({ duration_ms: 7 })).toMatchObject({ duration_ms: 7 })
    expect(await metricsOf({ ended_at: null })).not.toHaveProperty('duration_ms')
  })

  it('count calls that reached a tool', async () => {
    const ledger = [makeCall(0), makeCall(1, { answered: 'error' }), makeCall(2, { answered: 'unknown_tool' })]
    expect(await metricsOf({}, { evidence: { ledger } })).toMatchObject({ ledger_calls: 2, wall_ms: 11_000, runs: 1 })
  })

  it.each<[string, readonly Partial<Step>[], number]>([
    ['the same call again', [{ input_preview: 'a' }, { input_preview: 'a' }], 0.5],
    ['another one', [{ input_preview: 'a' }, { input_preview: 'b' }], 1],
    [
      'one of another server',
      [
        { input_preview: 'a', mcp_server: 'x' },
        { input_preview: 'a', mcp_server: 'y' },
      ],
      1,
    ],
    ['what is not shown', [{}, {}], 1],
    ['a failure', [{ status: 'failed' }, {}, {}], 0.6667],
    ['an error', [{ type: 'error', error_type: 'internal' }, {}], 0.5],
    ['a fallback', [{}, { fallback_from: 's-0', input_preview: 'b' }], 0.5],
    ['a retry', [{}, { attempt: 2, input_preview: 'b' }], 0.5],
    ['no work', [{ type: 'model_call' }], 1],
  ])('tell a detour: %s', async (_, steps, convergence) => {
    const made = steps.map((members, index) => makeStep(index, members))
    expect(await metricsOf({ steps: made })).toMatchObject({ convergence })
  })

  it('say nothing of what there is not', async () => {
    expect(await metricsOf({})).not.toHaveProperty('convergence')
    expect(await metricsOf({})).not.toHaveProperty('cost_usd')
    expect(await metricsOf({})).not.toHaveProperty('total_tokens')
  })
})
