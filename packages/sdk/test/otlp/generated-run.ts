import { runHash } from '@agent-run/core'
import type { AgentRun, ApprovalEvent, Step } from '@agent-run/types'
import fc from 'fast-check'

/** Words without secrets: letters, spaces, signs that JSON and OTLP must carry, characters outside the first plane. */
const words = fc.string({
  unit: fc.constantFrom('a', 'Z', '7', ' ', '"', '\\', '\n', 'é', '漢', '🙂', '\u0000', '<'),
  maxLength: 24,
})
const id = fc.string({
  unit: fc.constantFrom('a', 'b', 'C', '1', '-', '_', '.', '/', 'é'),
  minLength: 1,
  maxLength: 12,
})
const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const time = fc
  .record({
    ms: fc.integer({ min: Date.UTC(1999, 0), max: Date.UTC(2090, 0) }),
    spelling: fc.constantFrom(
      (ms: number) => new Date(ms).toISOString(),
      (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`,
      (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}.123456789+00:00`,
    ),
  })
  .map(({ ms, spelling }) => spelling(ms))
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined })
/** Any JSON that a record may hold: numbers within the exact range, no lone surrogates. */
const json = fc
  .jsonValue({ maxDepth: 3 })
  .map(
    (value) =>
      JSON.parse(
        JSON.stringify(value, (_, member: unknown) =>
          typeof member === 'number' && Math.abs(member) > Number.MAX_SAFE_INTEGER ? 0.1 : member,
        ),
      ) as unknown,
  )
const metadata = fc.dictionary(fc.oneof(words, fc.constantFrom('__proto__', 'constructor', 'step.id')), json, {
  maxKeys: 3,
})

const without = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

const cost = fc
  .record({ input: fc.nat(1e9), output: fc.nat(1e6), price: maybe(fc.double({ min: 0, max: 10, noNaN: true })) })
  .map(({ input, output, price }) =>
    without({
      input_tokens: input,
      output_tokens: output,
      total_tokens: input + output,
      basis: 'reported' as const,
      cost_usd: price,
    }),
  )

const stepMembers = fc.record({
  type: fc.constantFrom<Step['type']>(
    'model_call',
    'tool_call',
    'message',
    'reasoning',
    'input_request',
    'compaction',
    'config_change',
    'other',
  ),
  status: fc.constantFrom<NonNullable<Step['status']>>(
    'succeeded',
    'failed',
    'timeout',
    'skipped',
    'unknown',
    'interrupted',
  ),
  started_at: fc.option(time),
  input_preview: maybe(fc.oneof(words, fc.constant(null))),
  output_preview: maybe(fc.oneof(words, fc.constant(null))),
  span_id: maybe(hex(16)),
  error: maybe(words),
  error_type: maybe(fc.constantFrom('timeout', 'tool_failed', 'otel:some.thing')),
  exit_code: maybe(fc.integer({ min: 0, max: 255 })),
  metadata: maybe(metadata),
  cost,
  effect: maybe(words),
  tool: id,
})

const makeStep = (members: typeof stepMembers extends fc.Arbitrary<infer T> ? T : never, index: number): Step => {
  const { type, cost: used, effect, tool, ...rest } = members
  const isCall = type === 'tool_call'
  return without({
    id: `s-${index}`,
    seq: index,
    type,
    ended_at: null,
    ...rest,
    role: type === 'message' ? 'assistant' : undefined,
    cost: type === 'model_call' ? used : undefined,
    model: type === 'model_call' ? 'some-model' : undefined,
    tool_name: isCall ? tool : undefined,
    tool_call_id: isCall ? `call-${index}` : undefined,
    side_effects:
      effect === undefined || !isCall
        ? undefined
        : [
            {
              kind: 'write',
              target_kind: 'file',
              target: effect,
              basis: rest.status === 'skipped' ? 'declared' : 'inferred',
            },
          ],
  }) as Step
}

/** Valid records of many shapes, not sealed. */
export const generatedRun: fc.Arbitrary<AgentRun> = fc
  .record({
    run: fc.record({
      id,
      session_id: maybe(id),
      agent_id: id,
      agent_name: maybe(fc.option(words)),
      agent_version: maybe(id),
      model: maybe(fc.option(id)),
      provider: maybe(id),
      tags: maybe(fc.array(id, { maxLength: 3 })),
      status: fc.constantFrom<AgentRun['status']>('completed', 'failed', 'cancelled', 'unknown'),
      outcome: maybe(fc.constantFrom<AgentRun['outcome']>('success', 'failed', null)),
      trigger: maybe(fc.constantFrom<AgentRun['trigger']>('manual', 'cron', null)),
      started_at: fc.option(time),
      input_preview: maybe(words),
      output_preview: maybe(words),
      error: maybe(fc.option(words)),
      metadata: maybe(metadata),
      model_config: maybe(fc.record({ temperature: fc.double({ min: 0, max: 2, noNaN: true }), max_tokens: fc.nat() })),
      links: maybe(fc.record({ trace_id: hex(32), span_id: hex(16) })),
      'vendor:extra': maybe(json),
    }),
    steps: fc.array(stepMembers, { maxLength: 6 }),
    config: maybe(hex(64)),
    isDecided: fc.boolean(),
  })
  .map(({ run, steps: members, config, isDecided }) => {
    const steps = members.map(makeStep)
    const calls = steps.filter(({ type }) => type === 'tool_call')
    const approvals = isDecided
      ? calls.map(
          (step): ApprovalEvent => ({
            approval_id: `approval-${step.id}`,
            event: 'approved',
            step_id: step.id,
            at: '2026-01-01T00:00:00Z',
            actor: { kind: 'human', id: 'u-1' },
            basis: 'observed',
          }),
        )
      : []
    for (const step of calls) if (isDecided) step.approval = { state: 'approved', approval_id: `approval-${step.id}` }
    const record = without({
      ...run,
      spec_version: '1.0',
      ended_at: null,
      steps,
      ...(approvals.length > 0 ? { approvals } : {}),
      cost: { input_tokens: null, output_tokens: null },
      provenance: { run_hash: '', ...(config === undefined ? {} : { config_hash: config }) },
    }) as AgentRun
    return { ...record, provenance: { ...record.provenance, run_hash: runHash(record) } }
  })
