import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { members } from '../../src/generated/members.ts'
import { checkSemantics } from '../../src/semantics/check.ts'
import { caseFiles } from './cases.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const records = caseFiles.flatMap(({ valid, invalid }) => [...valid, ...invalid.map(({ record }) => record)]) as Json[]

/** Every name that means something to a rule, so that any value comes to stand in every place that is looked at. */
const names = [...new Set(records.flatMap((record) => namesOf(record)))]

function namesOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(namesOf)
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, held]) => [name, ...namesOf(held)])
}

const word = fc.constantFrom(
  ...['s-1', 's-2', 'run-1', '1.0', '1.7', 'model_call', 'tool_call', 'error', 'completed', 'running', 'denied'],
  ...['approved', 'requested', 'auto_approved', 'blocked', 'block', 'none', 'session', 'computed', '__proto__', ''],
  ...['2026-11-20T10:00:00Z', '2026-02-30T10:00:00Z', '2026-11-20T10:00:00.000000001+23:59', '\ud800', '\u202e'],
)

const { value: anything } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(word, fc.double({ noNaN: true }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 12 }) as fc.Arbitrary<Json>,
  ),
}))

/** Replaces the value at the place that a path of numbers leads to, as far as it leads. */
const replaced = (value: Json, [turn, ...path]: readonly number[], by: Json): Json => {
  if (turn === undefined || value === null || typeof value !== 'object') return by
  const keys = Object.keys(value)
  if (keys.length === 0) return by
  const key = keys[turn % keys.length]!
  const changed = replaced((value as { [name: string]: Json })[key]!, path, by)
  return Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }
}

const expectFindings = (value: unknown) => {
  for (const { code, path, message } of checkSemantics(value)) {
    expect(code).toMatch(/^[a-z]+\.[a-z_]+$/)
    expect(path).toMatch(/^(\/[a-z0-9_]+)*$/)
    expect(message).toMatch(/; expected ./)
    expect(message).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
    expect(message.length).toBeLessThan(400)
  }
}

describe('checkSemantics', () => {
  it('never throws, whatever JSON it is given', () => {
    fc.assert(fc.property(fc.jsonValue(), expectFindings), { numRuns: 300 })
    fc.assert(fc.property(anything, expectFindings), { numRuns: 2000 })
  })

  it('never throws for a record in which one value was replaced by any other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...records), fc.array(fc.nat(), { maxLength: 6 }), anything, (record, path, by) =>
        expectFindings(replaced(record, path, by)),
      ),
      { numRuns: 4000 },
    )
  })

  it('never throws for anything that is no JSON object', () => {
    for (const value of [undefined, null, true, 0, '', 'text', [], [[]], () => 1, Symbol('run')])
      expect(checkSemantics(value)).toEqual([])
  })

  it('does not take the members of Object.prototype for members of the record', () => {
    const run = JSON.parse(
      '{"__proto__":{"status":"completed"},"id":"run-1","spec_version":"1.0","steps":[{"id":"__proto__","retry_of":"constructor"}]}',
    )
    expect(checkSemantics(run).map(({ code }) => code)).toEqual(['reference.unresolved'])
  })

  it('is not led into the depths by a cost that is split again and again', () => {
    let cost: Json = { input_tokens: 1, output_tokens: 1 }
    for (let depth = 0; depth < 50_000; depth++)
      cost = { input_tokens: 1, output_tokens: 1, model: 'm', by_model: [cost] }
    expect(checkSemantics({ spec_version: '1.0', steps: [], cost }).map(({ path }) => path)).toEqual([
      '/cost/by_model/0/by_model',
    ])
  })

  it('takes long lists in every place', () => {
    const many = Array.from({ length: 200_000 }, () => ({}))
    const run = {
      steps: [{ id: 's-1', caused_by: many, side_effects: many, cost: { by_model: many } }],
      approvals: many,
    }
    expect(checkSemantics(run, 5)).toHaveLength(5)
  })

  it('knows the members of every kind of object that it walks into', () => {
    for (const { objects, lists } of Object.values(members))
      for (const [, kind] of [...objects, ...lists]) expect(members).toHaveProperty([kind])
  })
})
