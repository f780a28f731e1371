import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/bytes/json.ts'
import { compareResult } from '../../src/verifier/compare.ts'
import { slugs, type Vector } from '../../src/verifier/vector.ts'

const vector = (compare: Vector['compare'], expected: Json, asked = 'accountable'): Vector => ({
  id: 'vectors/made/up',
  requirement: 'AR-VERD-001',
  capability: 'recorded',
  op: 'made/up',
  input: { options: { level: asked } },
  compare,
  expect: expected,
})

describe('values', () => {
  it('are compared in canonical form', () => {
    expect(compareResult(vector('value', { a: 1, b: [null] }), { b: [null], a: 1.0 }, 'sealed')).toEqual([])
  })

  it.each<[Json, Json, string]>([
    [true, 'true', 'expected true, found true'],
    ['json.bom', null, 'expected json.bom, found null'],
    [{ a: [1, 2] }, { a: [1, 3] }, '/a/1: expected 2, found 3'],
    [{ a: 1 }, { a: 1, '\u001b[31m': 2 }, 'expected {"a":1}, found an object of 2 members'],
    [{ 'a/b': 'x' }, {}, '/a~1b: expected x, found nothing'],
    ['{"a":1}', '{"a":2}', String.raw`expected "{\"a\":1}", found "{\"a\":2}"`],
    [
      'x '.repeat(80),
      `${'x '.repeat(79)}y `,
      'expected another text of 160 characters, different from character 159 on',
    ],
    ['\u202eé\n', '\u202e', String.raw`expected "\u202e\u00e9\n", found a text of 1 characters`],
    ['Zm9v', 'Zm9v=', 'expected "Zm9v", found "Zm9v="'],
    ['sha256:00', 'AWS_SECRET=hunter2 ', 'expected sha256:00, found "AWS_SECRET=hunter2 "'],
  ])('%j, found %j', (expected, found, message) => {
    expect(compareResult(vector('value', expected), found, 'sealed')).toEqual([message])
  })
})

describe('findings', () => {
  const wanted = vector('findings', [
    { code: 'time.order', path: '/ended_at' },
    { code: 'run.null_member', path: '' },
  ])
  const [first, second] = wanted.expect as unknown as [Json, Json]

  it('are compared as a set, whatever else they say', () => {
    const found = [second, { ...(first as object), message: 'x' }, second] as Json
    expect(compareResult(wanted, found, 'recorded')).toEqual([])
  })

  it('are all expected, and nothing else is', () => {
    expect(compareResult(wanted, [{ code: 'time.order', path: '/x' }], 'recorded')).toEqual([
      'expected the finding time.order at /ended_at',
      'expected the finding run.null_member at the whole record',
      'found time.order at /x, which is not expected',
    ])
    expect(compareResult(wanted, { code: 'x' }, 'recorded')).toEqual([
      'expected a list of findings, found an object of 1 members',
    ])
    expect(compareResult(wanted, [1], 'recorded')).toEqual(['expected of each finding a code and a path'])
  })

  it('are told up to a handful', () => {
    const found = Array.from({ length: 50 }, (_, index) => ({ code: 'a.b', path: `/${index}` }))
    expect(compareResult(vector('findings', []), found, 'recorded')).toHaveLength(7)
  })
})

describe('verdicts', () => {
  const checks = [
    { check: 'schema', result: 'pass' },
    { check: 'semantics', result: 'pass' },
    { check: 'steps', result: 'pass' },
    { check: 'approvals', result: 'unknown', code: 'approvals.claimed', path: '/steps/1/approval' },
  ]
  const expected = {
    ok: false,
    level: 'sealed',
    by: 'recorder@example.org',
    completeness: { state: 'sealed' },
    time: { basis: 'asserted' },
    checks,
    missing: ['level.approval_claimed', 'level.signer'],
  }
  const whole = {
    ...expected,
    asked: 'accountable',
    self_asserted: false,
    edges: [],
    checks: checks.map((check) => ({ ...check, detail: 'x', compared: 1 })),
    missing: [{ code: 'level.signer' }, 'level.approval_claimed', { code: 'level.signer' }],
  }
  const judge = (found: Json, level: 'recorded' | 'sealed' | 'accountable', asked?: string) =>
    compareResult(vector('verdict', expected, asked), found, level)
  const withCheck = (check: string, members: object): Json => ({
    ...whole,
    checks: whole.checks.map((each) => (each.check === check ? { ...each, ...members } : each)),
  })

  it('may say more than is compared', () => {
    expect(judge(whole, 'accountable')).toEqual([])
    expect(judge({ ...whole, checks: whole.checks.toReversed() }, 'accountable')).toEqual([])
  })

  it('are compared part by part', () => {
    expect(judge(withCheck('approvals', { result: 'pass' }), 'accountable')).toEqual([
      'check approvals: expected unknown approvals.claimed at /steps/1/approval, found pass',
    ])
    expect(judge(withCheck('approvals', { path: '' }), 'accountable')).toEqual([
      'check approvals: expected unknown approvals.claimed at /steps/1/approval, found unknown approvals.claimed at the whole record',
    ])
    const other = {
      ...whole,
      ok: true,
      level: 'accountable',
      first_failure: 'steps',
      edges: [{ path: '/x', state: 'open' }],
    }
    expect(judge(other, 'accountable')).toEqual([
      'ok: expected false, found true',
      'level: expected sealed, found accountable',
      'first_failure: expected nothing, found steps',
      'edge 1: expected nothing, found an object of 2 members',
    ])
    expect(judge({ ...whole, missing: ['level.signer'] }, 'accountable')).toEqual([
      'missing: expected ["level.approval_claimed","level.signer"], found a list of 1',
    ])
    expect(judge('sealed', 'accountable')).toEqual(['expected a verdict, found sealed'])
    expect(judge({}, 'sealed')).toContain('check schema: expected pass, found none')
  })

  it('are compared only so far as the level judges', () => {
    const above = {
      ...whole,
      by: 'x',
      level: 'accountable',
      ok: true,
      time: 1,
      missing: [],
      edges: [1],
      first_failure: 'signer',
    }
    expect(judge(above, 'sealed')).toEqual([])
    expect(judge(above, 'sealed', 'sealed')).toEqual(['ok: expected false, found true'])
    expect(judge(withCheck('steps', { result: 'fail' }), 'sealed')).toEqual(['check steps: expected pass, found fail'])
    expect(judge(withCheck('steps', { result: 'fail' }), 'recorded')).toEqual([])
    expect(judge({ ...whole, level: 'recorded' }, 'sealed')).toEqual(['level: expected sealed, found recorded'])
    expect(judge({ ...whole, level: 'recorded' }, 'recorded')).toEqual([])
    expect(judge({ ...whole, level: 'none' }, 'recorded')).toEqual(['level: expected recorded_or_higher, found none'])
    expect(judge({ ...whole, first_failure: 'schema' }, 'recorded')).toEqual([
      'first_failure: expected nothing, found schema',
    ])
  })
})

describe('slugs', () => {
  it('are unique and plain', () => {
    expect(slugs(['2^53', '-2^53', "'a' and  b", 'U+FEFF'])).toEqual(['2-53', '2-53-2', 'a-and-b', 'u-feff'])
  })
})
