import { describe, expect, it } from 'vitest'
import { checkSemantics } from '../../src/semantics/check.ts'

type Step = Record<string, unknown>

const record = (steps: Step[], over: object = {}) => ({
  spec_version: '1.0',
  id: 'run-1',
  session_id: 'sess-1',
  status: 'completed',
  started_at: '2026-11-20T10:00:00Z',
  ended_at: null,
  steps,
  cost: { input_tokens: null, output_tokens: null },
  ...over,
})

const list = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const time = (index: number) => new Date(Date.UTC(2026, 10, 20, 10) + index * 1000).toISOString()

/** Shapes of long runs, good and bad, each of which would be slow if a rule looked at pairs. */
const shapes: Record<string, (count: number) => unknown> = {
  'a long good run': (count) =>
    record(
      list(count, (index) => ({
        id: `s-${index}`,
        type: index % 3 === 0 ? 'model_call' : 'tool_call',
        tool_name: 'Bash',
        tool_call_id: `c-${index}`,
        seq: index,
        status: 'succeeded',
        started_at: time(index),
        ended_at: time(index + 1),
        ...(index % 3 === 0 ? {} : { model_call_id: `s-${index - (index % 3)}` }),
        ...(index === 0 ? {} : { caused_by: [`s-${index - 1}`], parent_step_id: `s-${index >> 1}` }),
        side_effects: [{ kind: 'read', artifact_id: `a-${index}` }],
        artifact_ids: [`a-${index}`],
        approval: { state: 'auto_approved', approval_id: 'ap-1' },
      })),
      {
        artifacts: list(count, (index) => ({ id: `a-${index}`, step_id: `s-${index}` })),
        policy_decisions: list(count, (index) => ({ id: `pd-${index}`, step_id: `s-${index}` })),
        approvals: [{ approval_id: 'ap-1', event: 'approved', grant: { scope: 'always', tool_name: 'Bash' } }],
      },
    ),
  'one chain of attempts of one call': (count) =>
    record(
      list(count, (index) => ({
        id: `s-${index}`,
        type: 'tool_call',
        tool_call_id: 'c-1',
        retry_of: `s-${index + 1}`,
      })),
    ),
  'one cycle through every step': (count) =>
    record(
      list(count, (index) => ({
        id: `s-${index}`,
        caused_by: [`s-${(index + 1) % count}`, `s-${(index * 7) % count}`],
      })),
    ),
  'all the same': (count) =>
    record(
      list(count, () => ({
        id: 's-1',
        type: 'model_call',
        seq: 0,
        tool_call_id: 'c-1',
        response_id: 'm-1',
        cost: { input_tokens: 1, output_tokens: 1 },
        artifact_ids: ['a-1'],
        approval: { state: 'approved', approval_id: 'ap-1' },
      })),
      {
        approvals: list(count, () => ({ approval_id: 'ap-1', event: 'requested', step_id: 's-2', at: time(0) })),
        artifacts: list(count, () => ({ id: 'a-2', step_id: 's-1' })),
      },
    ),
  'nothing resolves': (count) =>
    record(
      list(count, (index) => ({ id: `step-number-${index}`, retry_of: `step-numbre-${index}`, caused_by: ['x', 'y'] })),
    ),
  'one approval with many grants, used by many steps': (count) =>
    record(
      list(count, (index) => ({
        id: `s-${index}`,
        tool_name: 'Bash',
        approval: { state: 'auto_approved', approval_id: 'ap-1' },
      })),
      {
        approvals: list(count, (index) => ({
          approval_id: 'ap-1',
          event: 'approved',
          grant: { scope: 'always', tool_name: `t-${index}` },
        })),
      },
    ),
  'one step with everything': (count) =>
    record(
      [
        {
          id: 's-1',
          tool_name: 'Bash',
          tool_hash: 'sha256:0',
          caused_by: list(count, (index) => `s-${index}`),
          artifact_ids: list(count, (index) => `a-${index}`),
          side_effects: list(count, () => ({ kind: 'none' })),
          cost: { input_tokens: 1, by_model: list(count, () => ({ model: 'm', input_tokens: 1 })) },
        },
      ],
      {
        inventory: { tools: list(count, () => ({ name: 'Bash', schema_hash: 'sha256:0' })) },
        artifacts: list(count, (index) => ({ id: `a-${index}`, step_id: 's-1' })),
      },
    ),
}

/** A copy that counts how often a member is read, at any depth. */
const counted = (value: unknown): { readonly value: unknown; readonly reads: () => number } => {
  let reads = 0
  const copies = new WeakMap<object, object>()
  const wrap = (inner: unknown): unknown => {
    if (typeof inner !== 'object' || inner === null) return inner
    const known = copies.get(inner)
    if (known) return known
    const copy = new Proxy(inner, {
      get: (target, name) => {
        reads++
        return wrap(Reflect.get(target, name))
      },
    })
    copies.set(inner, copy)
    return copy
  }
  return { value: wrap(value), reads: () => reads }
}

const readsOf = (value: unknown): number => {
  const { value: copy, reads } = counted(value)
  checkSemantics(copy, 100)
  return reads()
}

describe('checkSemantics', () => {
  for (const [name, make] of Object.entries(shapes)) {
    it(`reads ten times as much of a run ten times as long: ${name}`, () => {
      const small = readsOf(make(1000))
      const large = readsOf(make(10_000))
      expect(small).toBeGreaterThan(1000)
      expect(large / small).toBeLessThan(10.5)
      expect(large / small).toBeGreaterThan(9.5)
    })
  }

  it('reads fifty thousand steps as it reads a thousand', () => {
    const make = shapes['a long good run']!
    expect(readsOf(make(50_000)) / readsOf(make(1000))).toBeLessThan(51)
  })

  it('finds nothing in the long good run', () => {
    expect(checkSemantics(shapes['a long good run']?.(50_000))).toEqual([])
  })
})
