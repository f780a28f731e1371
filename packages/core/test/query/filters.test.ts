import { createHash } from 'node:crypto'
import type { AgentRun } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeApproval,
  describeArtifact,
  describeDecision,
  describeRun,
  describeStep,
  factValue,
  matchesRun,
  type RunFilter,
  readRunFilter,
  runParameters,
} from '../../src/query/index.ts'
import { naiveFactValue, naiveMatch } from './naive.ts'
import { anyRun, name, run, step } from './runs.ts'

type Parameters = readonly (readonly [string, string])[]

const filterOf = (parameters: Parameters): RunFilter => {
  const read = readRunFilter(parameters)
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.filter
}
const matches = (given: AgentRun, ...parameters: [string, string][]): boolean =>
  matchesRun(describeRun(given), filterOf(parameters))

const times = ['2026-11-20T14:00:00Z', '2026-11-20T13:00:00.25+01:00', '2025-01-01T00:00:00Z']
const effects = ['write', 'delete', 'exec', 'write:file', 'write:database', 'delete:unknown', 'acme:rollout', 'read']

/** Filters that a run may meet: of closed vocabularies any value, else names as runs have them. */
const anyParameters: fc.Arbitrary<Parameters> = fc
  .uniqueArray(fc.constantFrom(...runParameters), { maxLength: 3 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map(({ name: parameter, kind, values }) =>
        (values
          ? fc.constantFrom(...values)
          : kind === undefined
            ? fc.constantFrom(...times)
            : parameter === 'side_effect'
              ? fc.constantFrom(...effects)
              : name
        ).map((value): [string, string] => [parameter, value]),
      ),
    ),
  )

describe('filters', () => {
  it('select what spec/query.md says, whatever runs and filters there are', () => {
    fc.assert(
      fc.property(anyRun, anyParameters, (given, parameters) => {
        expect(matchesRun(describeRun(given), filterOf(parameters))).toBe(naiveMatch(given, parameters))
      }),
      { numRuns: 3000 },
    )
  })

  it('each match some runs and miss others, so that the property above is not empty', () => {
    const runs = fc.sample(anyRun, { numRuns: 400, seed: 7 }).map((each) => describeRun(each))
    for (const { name: parameter, values, kind } of runParameters) {
      if (parameter === 'level' || parameter === 'run_hash') continue
      const possible =
        values ?? (kind === undefined ? times : parameter === 'side_effect' ? effects : ['a', 'b', '__proto__'])
      const hits = possible.map(
        (value) => runs.filter((each) => matchesRun(each, filterOf([[parameter, value]]))).length,
      )
      expect(Math.max(...hits), parameter).toBeGreaterThan(0)
      expect(Math.min(...hits), parameter).toBeLessThan(runs.length)
    }
  })

  it('take write for files: written or deleted, by steps that ran', () => {
    const wrote = (kind: string, target_kind: string | undefined, status: 'succeeded' | 'denied' = 'succeeded') =>
      run({ steps: [step({ status, side_effects: [{ kind, ...(target_kind ? { target_kind } : {}) }] })] })
    expect(matches(wrote('write', 'file'), ['side_effect', 'write'])).toBe(true)
    expect(matches(wrote('delete', 'file'), ['side_effect', 'write'])).toBe(true)
    expect(matches(wrote('write', 'database'), ['side_effect', 'write'])).toBe(false)
    expect(matches(wrote('write', undefined), ['side_effect', 'write'])).toBe(false)
    expect(matches(wrote('write', undefined), ['side_effect', 'write:unknown'])).toBe(true)
    expect(matches(wrote('write', 'database'), ['side_effect', 'write:database'])).toBe(true)
    expect(matches(wrote('delete', 'file'), ['side_effect', 'write:file'])).toBe(false)
    expect(matches(wrote('write', 'file', 'denied'), ['side_effect', 'write'])).toBe(false)
  })

  it('want all of repeated tags', () => {
    expect(matches(run({ tags: ['a', 'b'] }), ['tag', 'a'], ['tag', 'b'])).toBe(true)
    expect(matches(run({ tags: ['a'] }), ['tag', 'a'], ['tag', 'b'])).toBe(false)
  })

  it('compare instants, not texts; the beginning counts, the end does not', () => {
    const given = run({ started_at: '2026-11-20T15:00:00.000000001+01:00' })
    expect(matches(given, ['since', '2026-11-20T14:00:00Z'])).toBe(true)
    expect(matches(given, ['since', '2026-11-20T14:00:00.000000001Z'])).toBe(true)
    expect(matches(given, ['since', '2026-11-20T14:00:00.000000002Z'])).toBe(false)
    expect(matches(given, ['until', '2026-11-20T14:00:00.000000001Z'])).toBe(false)
    expect(matches(given, ['until', '2026-11-20T14:00:00.000000002Z'])).toBe(true)
  })

  it('take the reception for the time of a run whose start is unknown', () => {
    const description = describeRun(run({ started_at: null }))
    const filter = filterOf([['since', '2026-01-01T00:00:00Z']])
    expect(matchesRun(description, filter)).toBe(false)
    const received = { ...description, summary: { ...description.summary, received_at: '2026-11-20T14:00:00.000Z' } }
    expect(matchesRun(received, filter)).toBe(true)
  })
})

describe('describeRun', () => {
  it('gives each fact once, with the first step it rests on', () => {
    fc.assert(
      fc.property(anyRun, (given) => {
        const { facts } = describeRun(given)
        const keys = facts.map(({ kind, value }) => `${kind} ${value}`)
        expect(new Set(keys).size).toBe(keys.length)
        for (const { kind, value, step: index } of facts) {
          if (index === undefined) continue
          const first = given.steps.findIndex((each) =>
            describeStep(each).some((fact) => fact.kind === kind && fact.value === value),
          )
          expect(index).toBe(first)
        }
      }),
    )
  })

  it('says of a run what its parts say one after the other, as a live run grows', () => {
    fc.assert(
      fc.property(anyRun, (given) => {
        const all = new Set(describeRun(given, { live: true }).facts.map(({ kind, value }) => `${kind} ${value}`))
        const { steps, approvals = [], policy_decisions = [], artifacts = [], ...head } = given
        const { approvals: _, policy_decisions: __, artifacts: ___, ...start } = { ...head, steps: [] } as AgentRun
        const parts = [
          ...describeRun(start, { live: true }).facts,
          ...steps.flatMap(describeStep),
          ...approvals.flatMap(describeApproval),
          ...policy_decisions.flatMap(describeDecision),
          ...artifacts.flatMap(describeArtifact),
        ]
        expect(new Set(parts.map(({ kind, value }) => `${kind} ${value}`))).toEqual(all)
      }),
    )
  })

  it('does not say of a live run that it has no error', () => {
    const values = (live: boolean) =>
      describeRun(run(), { live })
        .facts.filter(({ kind }) => kind === 'has_error')
        .map(({ value }) => value)
    expect(values(true)).toEqual([])
    expect(values(false)).toEqual(['false'])
  })

  it('keeps summaries small whatever a record holds', () => {
    const long = 'x'.repeat(100_000)
    const steps = Array.from({ length: 300 }, (_, i) => step({ id: `s${i}`, side_effects: [{ kind: `k${i}` }] }))
    const { summary } = describeRun(
      run({
        agent_name: long,
        model: `${'y'.repeat(510)}\u{1f600}z`,
        tags: Array.from({ length: 5000 }, () => long),
        steps,
      }),
    )
    expect(JSON.stringify(summary).length).toBeLessThan(50_000)
    expect(summary.model?.isWellFormed()).toBe(true)
    expect(summary.agent_name).toMatch(/^x{511}…$/)
  })

  it('counts steps by effect, names of setters too, and only those that ran', () => {
    const { summary } = describeRun(
      run({
        steps: [
          step({ side_effects: [{ kind: 'write' }, { kind: 'write' }, { kind: 'exec' }] }),
          step({ id: 's2', side_effects: [{ kind: '__proto__' }] }),
          step({ id: 's3', status: 'denied', side_effects: [{ kind: 'exec' }] }),
        ],
      }),
    )
    expect(Object.entries(summary.effects ?? {})).toEqual([
      ['write', 1],
      ['exec', 1],
      ['__proto__', 1],
    ])
  })

  it('leaves out of a summary what is null or absent, and says that a start is unknown', () => {
    const { summary } = describeRun(run({ started_at: null, model: null, outcome: null }))
    expect(summary).toEqual({
      id: 'run-1',
      agent_id: 'release-bot',
      status: 'completed',
      started_at: null,
      ended_at: '2026-11-20T14:01:00Z',
      live: false,
      sealed: false,
      level: 'recorded',
      steps_count: 0,
      run_hash: '0'.repeat(64),
      cost: { input_tokens: 10, output_tokens: 2 },
    })
  })
})

describe('factValue', () => {
  it('is the value, or its digest where it is too long for an index or has a U+0000', () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'grapheme', maxLength: 400 })), (value) => {
        expect(factValue(value)).toBe(naiveFactValue(value))
      }),
    )
    expect(factValue('a'.repeat(512))).toBe('a'.repeat(512))
    expect(factValue('a'.repeat(513))).toBe(`sha256:${createHash('sha256').update('a'.repeat(513)).digest('hex')}`)
  })
})

describe('readRunFilter', () => {
  const codes = (...parameters: [string, string][]): (readonly [string, string])[] => {
    const read = readRunFilter(parameters)
    return read.ok ? [] : read.findings.map(({ code, path }) => [code, path])
  }

  it.each([
    ['status', 'sucess'],
    ['outcome', 'succeeded'],
    ['since', '2026-11-20'],
    ['since', '2026-02-30T00:00:00Z'],
    ['until', 'yesterday'],
    ['has_error', 'yes'],
    ['level', 'trusted'],
    ['approval', 'event'],
    ['approval', 'denied:agent'],
    ['side_effect', 'Write'],
    ['side_effect', 'write:'],
    ['agent_id', ''],
  ])('refuses %s=%s', (parameter, value) => {
    expect(codes([parameter, value])).toEqual([['query.invalid_value', parameter]])
  })

  it('refuses what stands twice, tags aside, and what there is not', () => {
    expect(codes(['model', 'a'], ['model', 'a'])).toEqual([['query.invalid_value', 'model']])
    expect(codes(['tag', 'a'], ['tag', 'a'])).toEqual([])
    for (const strange of ['limit', 'foo', '__proto__', 'constructor', 'record_hash', 'baseline', ''])
      expect(codes([strange, 'x'])).toEqual([['query.unknown_parameter', strange]])
  })

  it('says what was probably meant, and quotes no value', () => {
    const read = readRunFilter([
      ['side_efect', 'write'],
      ['status', 'complete'],
      ['status', '\u001b[31m'],
    ])
    expect(read.ok).toBe(false)
    if (read.ok) return
    expect(read.findings.map(({ suggestion }) => suggestion)).toEqual(['side_effect', 'completed', undefined])
    expect(JSON.stringify(read.findings)).not.toContain('31m')
  })

  it('reads every parameter it lists', () => {
    for (const { name: parameter, kind, values } of runParameters) {
      const value = values?.[0] ?? (kind === undefined ? '2026-11-20T14:00:00Z' : 'read')
      expect(readRunFilter([[parameter, value]]).ok, parameter).toBe(true)
    }
  })
})
