import { checkSignature, createSigner, documentHash, recordHash, sealRun, validate, verify } from '@agent-run/core'
import type { AgentRun, BenchCriterion, EvalResult, Trust } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { builtInRules } from '../../src/judge/built-in-rules.ts'
import { convergenceOf } from '../../src/judge/metrics.ts'
import { has, judged, makeCall, makeRun, makeStep, streamOf, type TrialParts } from './trial.ts'

const evaluator = createSigner(new Uint8Array(32).fill(5))
const runtime = createSigner(new Uint8Array(32).fill(1))
const model = { id: 's-9', type: 'model_call', status: 'succeeded', started_at: '2026-11-20T14:00:00Z' } as const

describe('rules that always hold', () => {
  const passing = { criteria: [has('a')], stdout: 'a' }
  const embedded = (evaluation: Partial<EvalResult>): AgentRun => ({
    ...makeRun(),
    eval: { pass: true, score: 100, ...evaluation },
  })

  it('are met by an honest runtime', async () => {
    const { pass, score, violations, criteria } = await judged(passing)
    expect({ pass, score, violations }).toEqual({ pass: true, score: 100, violations: [] })
    expect(criteria.slice(1)).toEqual(
      ['runtime.reported', 'runtime.ended', 'runtime.output', 'runtime.inside', 'runtime.own_eval'].map((name) => ({
        name,
        pass: true,
        score: 100,
        label: expect.any(String),
        metadata: { kind: 'runtime', required: true, weight: 0 },
      })),
    )
    expect(builtInRules).toHaveLength(5)
  })

  it.each<[string, TrialParts, string, number]>([
    ['runtime.reported', { run: undefined }, 'no record arrived', 100],
    [
      'runtime.reported',
      { run: undefined, evidence: { refused: [{ via: 'file', name: 'run.json\u001b[2J', reason: 'is no JSON' }] } },
      'no valid record arrived; run.json\\u001b[2J: is no JSON',
      100,
    ],
    [
      'runtime.reported',
      { run: undefined, children: [makeRun(), makeRun({ id: 'run-2' })] },
      'found 2 records and could not tell which is the run; expected one',
      100,
    ],
    [
      'runtime.ended',
      { evidence: { ending: { how: 'timed_out', wallMs: 1, leftBehind: false } } },
      'was still running after 60 s and was stopped',
      100,
    ],
    [
      'runtime.ended',
      { evidence: { ending: { how: 'signal', signal: 'SIGSEGV', wallMs: 1, leftBehind: false } } },
      'was ended by SIGSEGV; expected it to end by itself',
      100,
    ],
    [
      'runtime.ended',
      { evidence: { ending: { how: 'over_limit', wallMs: 1, leftBehind: false } } },
      'was stopped at a limit; expected it to end by itself',
      100,
    ],
    [
      'runtime.ended',
      { evidence: { ending: { how: 'stopped', wallMs: 1, leftBehind: false } } },
      'was stopped together with the bench',
      100,
    ],
    [
      'runtime.ended',
      { evidence: { ending: { how: 'not_started', problem: 'ENOENT', wallMs: 0, leftBehind: false } } },
      'could not be started (ENOENT)',
      100,
    ],
    [
      'runtime.ended',
      { evidence: { ending: { how: 'exited', exitCode: 0, wallMs: 1, leftBehind: true } } },
      'left processes running; expected none when it ends',
      100,
    ],
    [
      'runtime.output',
      { evidence: { reached: [{ limit: 'output_bytes', allowed: 1e6, found: 2e6 }] } },
      'reached 2,000,000 of output_bytes; expected at most 1,000,000',
      100,
    ],
    ['runtime.inside', { evidence: { outside: ['home/.bashrc'] } }, 'wrote outside of its folders: home/.bashrc', 0],
    ['runtime.own_eval', { evidence: { sentEvals: 2 } }, 'sent 2 evals of its own; expected none', 0],
    [
      'runtime.own_eval',
      { run: embedded({ evaluator: 'me' }) },
      'run run-1 brings an eval of its own; expected none',
      0,
    ],
    [
      'runtime.own_eval',
      { run: embedded({ evaluator: 'Agent-Run bench 9.9.9' }) },
      'run run-1 brings an eval that claims to be from the bench; expected none',
      0,
    ],
    [
      'runtime.own_eval',
      { children: [{ ...embedded({}), id: 'run-2' }] },
      'run run-2 brings an eval of its own; expected none',
      0,
    ],
    [
      'runtime.own_eval',
      { run: makeRun({ evidence: [{ kind: 'eval', name: 'agent-run bench 0.9.0', result: 'pass' }] }) },
      'run run-1 claims that the bench has judged it; expected no such evidence',
      0,
    ],
  ])('%s is broken: %#', async (name, parts, message, score) => {
    const result = await judged({ ...passing, ...parts })
    expect(result).toMatchObject({ pass: false, score, violations: [{ rule: name, message }] })
    expect(result.eval).toMatchObject({ pass: false, score, actual_outcome: `not met: ${name}` })
    expect(validate(result.eval, { schema: 'eval' }).findings).toEqual([])
  })

  it('take evidence of tests for what it is', async () => {
    const run = makeRun({
      evidence: [
        { kind: 'test', name: 'agent-run bench', result: 'pass' },
        { kind: 'eval', name: 'self-review' },
      ],
    })
    expect((await judged({ ...passing, run })).pass).toBe(true)
  })

  it('do not count a record whose seal is broken', async () => {
    const sealed = await sealRun(makeRun({ steps: [makeStep(0)] }), { at: '2026-11-20T14:00:10Z', signer: runtime })
    const [step] = sealed.steps
    const changed = { ...sealed, steps: [{ ...step, status: 'failed' } as typeof step & object] }
    const { violations, pass } = await judged({ ...passing, run: changed }, { signer: evaluator })
    expect(pass).toBe(false)
    expect(violations).toEqual([
      { rule: 'runtime.reported', message: 'the record does not hold: the check steps failed' },
    ])
  })
})

describe('the eval', () => {
  const trust: Trust = {
    agent_run_trust: '1.0',
    keys: [{ key: evaluator.did, identity: 'bench', roles: ['evaluator'] }],
  }
  const evalsOf = (run: AgentRun, evaluation: EvalResult) =>
    verify(run, { trust, evals: [evaluation], level: 'recorded' }).checks.find(({ check }) => check === 'evals')

  it('says what was judged, names the record and is signed', async () => {
    const run = makeRun({ cost: { input_tokens: 10, output_tokens: 5, cost_usd: 0.1 }, steps: [makeStep(0), model] })
    const { eval: evaluation } = await judged(
      {
        criteria: [has('a'), has('b')],
        stdout: 'a',
        run,
        scenario: { task_type: 'release', title: 'Releases the beta.' },
      },
      { signer: evaluator, regressionFrom: ({ score }) => (score < 90 ? 'run-0' : undefined) },
    )
    expect(evaluation).toMatchObject({
      pass: false,
      score: 50,
      task_type: 'release',
      eval_layer: 'outcome',
      expected_outcome: 'Releases the beta: 7 rules met',
      actual_outcome: 'not met: says b',
      detail: 'says b: stdout lacks "b".',
      regression_from: 'run-0',
      benchmark_id: 'demo/first',
      evaluator: 'agent-run bench 0.9.0',
      run_id: 'run-1',
      document_hash: documentHash(run),
      at: '2026-11-20T15:00:00.000Z',
      signed_by: evaluator.did,
      metadata: { pack_version: '1.2.0', seed: 7, repeat: 1 },
    })
    expect(evaluation).not.toHaveProperty('record_hash')
    expect(checkSignature('eval', evaluation)).toBe('pass')
    expect(evalsOf(run, evaluation)?.result).toBe('pass')
  })

  it('names a sealed record by its hash, and no other', async () => {
    const sealed = await sealRun(makeRun(), { at: '2026-11-20T14:00:10Z', signer: runtime })
    const { eval: evaluation } = await judged({ run: sealed }, { signer: evaluator })
    expect(evaluation.record_hash).toBe(recordHash(sealed))
    expect(evalsOf(sealed, evaluation)?.result).toBe('pass')
    const embedded = { ...sealed, eval: evaluation }
    expect(verify(embedded, { trust }).checks.find(({ check }) => check === 'evals')?.result).toBe('pass')
    const other = await sealRun(makeRun({ id: 'run-2' }), { at: '2026-11-20T14:00:10Z', signer: runtime })
    expect(
      verify({ ...other, eval: evaluation }, { trust }).checks.find(({ check }) => check === 'evals')?.result,
    ).not.toBe('pass')
    expect(checkSignature('eval', { ...evaluation, score: 100, pass: true, detail: 'better' })).toBe('fail')
  })

  it('is not signed where there is no record to name', async () => {
    const { eval: evaluation } = await judged({ run: undefined }, { signer: evaluator })
    expect(evaluation).not.toHaveProperty('signature')
    expect(evaluation).not.toHaveProperty('run_id')
    expect(validate(evaluation, { schema: 'eval' }).ok).toBe(true)
  })

  it('quotes nothing that stands in a record or an output', async () => {
    const secret = 'sk-live-0123456789'
    const run = makeRun({ intent: secret, steps: [makeStep(0, { input_preview: secret, error: secret })] })
    const criteria: BenchCriterion[] = [
      has('b'),
      { name: 'json', kind: 'json', of: 'stdout', schema: { const: 1 } },
      { name: 'steps', kind: 'steps', max: 0 },
      { name: 'calls', kind: 'calls', max: 0 },
      { name: 'record', kind: 'record', level: 'accountable' },
    ]
    const evidence = {
      ledger: [makeCall(0, { arguments: { token: secret }, error: secret })],
      stdout: streamOf(`"${secret}"`),
    }
    const result = await judged({ criteria, run, evidence })
    expect(result.criteria.filter(({ pass }) => pass === false)).toHaveLength(5)
    expect(JSON.stringify(result)).not.toContain(secret)
  })
})

describe('metrics', () => {
  const cost = (input: number | null, output: number | null, usd?: number): AgentRun['cost'] => ({
    input_tokens: input,
    output_tokens: output,
    ...(usd === undefined ? {} : { cost_usd: usd }),
  })

  it('are those of the registry, over the tree of runs', async () => {
    const run = makeRun({
      cost: cost(100, 10, 0.1),
      steps: [
        makeStep(0, { status: 'failed' }),
        makeStep(1, { retry_of: 's-0', attempt: 2 }),
        makeStep(2, { status: 'denied' }),
        model,
      ],
    })
    const child = makeRun({ id: 'run-2', cost: cost(50, 5, 0.2), steps: [makeStep(3)] })
    const { metrics } = await judged({ run, children: [child, child], evidence: { ledger: [makeCall(0)] } })
    expect(metrics).toEqual({
      cost_usd: 0.3,
      duration_ms: 10_000,
      tool_calls: 4,
      retries: 1,
      convergence: 0.5,
      total_tokens: 165,
      steps: 5,
      runs: 2,
      wall_ms: 11_000,
      ledger_calls: 1,
    })
  })

  it('leave out what is not known', async () => {
    const known = makeRun({ cost: cost(1, 1, 0.1) })
    const { metrics } = await judged({ run: known, children: [makeRun({ id: 'run-2' })] })
    expect(metrics).not.toHaveProperty('cost_usd')
    expect(metrics).not.toHaveProperty('total_tokens')
    expect(metrics).not.toHaveProperty('convergence')
    expect((await judged({ run: undefined })).metrics).toEqual({ wall_ms: 11_000, ledger_calls: 0 })
  })

  const converge = (...steps: Parameters<typeof makeStep>[1][]): number | undefined =>
    convergenceOf([makeRun({ steps: steps.map((step, index) => makeStep(index, step)) })])

  it.each([
    [1, [{}, {}]],
    [0.5, [{}, { status: 'failed' }]],
    [0.5, [{}, { status: 'timeout' }]],
    [1, [{}, { status: 'denied' }]],
    [1, [{}, { status: 'skipped' }]],
    [0.5, [{}, { fallback_from: 's-0' }]],
    [0.5, [{ input_preview: 'x' }, { input_preview: 'x' }]],
    [1, [{ input_preview: 'x' }, { input_preview: 'y' }, { input_preview: 'x' }]],
    [1, [{ input_preview: 'x' }, { input_preview: 'x', tool_name: 'check' }]],
    [0.6667, [{}, {}, { type: 'error', error_type: 'internal' }]],
    [1, [{ type: 'model_call' }, { type: 'model_call' }]],
    [undefined, []],
  ] as const)('convergence %s', (value, steps) => {
    expect(converge(...(steps as never[]))).toBe(value)
  })
})

describe('cost and time', () => {
  const priced = (usd: number | undefined, more: object = {}): AgentRun =>
    makeRun({ cost: { input_tokens: 90, output_tokens: 10, ...(usd === undefined ? {} : { cost_usd: usd }), ...more } })
  const outcome = async (criterion: Partial<BenchCriterion>, parts: TrialParts) =>
    (await judged({ criteria: [{ name: 'rule', kind: 'cost', ...criterion }], ...parts })).criteria[0]

  it.each<[Partial<BenchCriterion>, TrialParts, boolean, string]>([
    [{ max_usd: 0.5 }, { run: priced(0.5) }, true, 'cost 0.5 US dollars'],
    [{ max_usd: 0.4 }, { run: priced(0.5) }, false, 'cost 0.5 US dollars; expected at most 0.4'],
    [{ max_usd: 0.3 }, { run: priced(0.1), children: [{ ...priced(0.2), id: 'run-2' }] }, true, 'cost 0.3 US dollars'],
    [{ max_usd: 0.5 }, { run: priced(undefined) }, false, 'the cost in US dollars is unknown; expected at most 0.5'],
    [
      { max_usd: 0.5 },
      { run: priced(0), children: [makeRun({ id: 'run-2' })] },
      false,
      'the cost in US dollars is unknown; expected at most 0.5',
    ],
    [{ max_usd: 0.5 }, { run: undefined }, false, 'the cost in US dollars is unknown; expected at most 0.5'],
    [
      { max_usd: 0.5 },
      { run: priced(0.4, { basis: 'lower_bound' }) },
      false,
      'the cost in US dollars is unknown: at least 0.4; expected at most 0.5',
    ],
    [{ max_total_tokens: 100 }, { run: priced(0) }, true, 'cost 100 tokens'],
    [{ max_total_tokens: 99, max_usd: 1 }, { run: priced(0) }, false, 'cost 100 tokens; expected at most 99'],
    [{ max_output_tokens: 9 }, { run: priced(0) }, false, 'cost 10 output tokens; expected at most 9'],
    [
      { max_total_tokens: 9 },
      { run: makeRun({ steps: [model], cost: cost0 }) },
      false,
      'the cost in tokens is unknown; expected at most 9',
    ],
    [{ max_total_tokens: 9 }, { run: makeRun({ cost: cost0 }) }, true, 'cost 0 tokens'],
    // An answer from a cache, one that failed and a step of another kind cost nothing.
    ...[{ cache_hit: true }, { status: 'failed' as const }, { type: 'tool_call' as const, tool_name: 'x' }].map(
      (other) =>
        [
          { max_total_tokens: 9 },
          { run: makeRun({ steps: [{ ...model, ...other }], cost: cost0 }) },
          true,
          'cost 0 tokens',
        ] as [object, object, boolean, string],
    ),
    [{ kind: 'time', max_ms: 11_000 }, {}, true, 'took 11 s'],
    [{ kind: 'time', max_ms: 10_500 }, {}, false, 'took 11 s; expected at most 10.5 s'],
  ])('%j %#', async (criterion, parts, pass, label) => {
    expect(await outcome(criterion, parts)).toMatchObject({ pass, label })
  })
})

const cost0: AgentRun['cost'] = { input_tokens: 0, output_tokens: 0 }
