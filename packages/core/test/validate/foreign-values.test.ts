import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { isAgentRun, validate } from '../../src/validate/index.ts'

const base = {
  id: 'r',
  agent_id: 'a',
  status: 'running',
  started_at: null,
  steps: [],
  cost: { input_tokens: 0, output_tokens: 0 },
  provenance: { run_hash: 'x' },
}
const options = { semantics: false } as const
const fault = (value: unknown) => {
  const { ok, findings, value: returned, checked } = validate(value as object, options)
  expect({ ok, returned, checked }).toEqual({ ok: false, returned: undefined, checked: 'value' })
  expect(findings).toHaveLength(1)
  return findings[0]!
}

describe('a value that no JSON parser makes', () => {
  const cyclic: Record<string, unknown> = { ...base }
  cyclic.metadata = { deep: [cyclic] }
  const tree = { ...base, cost: { ...base.cost, by_model: [] as unknown[] } }
  tree.cost.by_model.push(tree.cost)
  const throwing = {
    ...base,
    get model(): string {
      throw new Error('no')
    },
  }
  const { proxy: revoked, revoke } = Proxy.revocable({}, {})
  revoke()

  it.each<[string, unknown, string, string]>([
    ['a cycle', cyclic, '/metadata/deep/0', 'found an object that contains itself, expected a JSON value'],
    [
      'a cycle along the schema',
      tree,
      '/cost/by_model/0',
      'found an object that contains itself, expected a JSON value',
    ],
    ['a getter that throws', throwing, '/model', 'found a value that cannot be read, expected a JSON value'],
    ['a revoked proxy', revoked, '', 'found a value that cannot be read, expected a JSON value'],
    ['a Map', new Map(), '', 'found an object of a class, such as a Map or a Date, expected a JSON value'],
    [
      'a Date',
      { ...base, started_at: new Date(0) },
      '/started_at',
      'found an object of a class, such as a Map or a Date, expected a JSON value',
    ],
    [
      'a class instance',
      { ...base, metadata: new (class Mine {})() },
      '/metadata',
      'found an object of a class, such as a Map or a Date, expected a JSON value',
    ],
    ['undefined', { ...base, model: undefined }, '/model', 'found undefined, expected a JSON value'],
    ['a function', { ...base, metadata: { f: () => 1 } }, '/metadata/f', 'found a function, expected a JSON value'],
    ['a bigint', { ...base, metadata: { n: 1n } }, '/metadata/n', 'found a bigint, expected a JSON value'],
    ['NaN', { ...base, duration_ms: Number.NaN }, '/duration_ms', 'found NaN, expected a JSON value'],
    ['a hole', { ...base, tags: new Array(2) }, '/tags/0', 'found undefined, expected a JSON value'],
  ])('is refused: %s', (_, value, path, message) => {
    expect(fault(value)).toEqual({ code: 'json.value', severity: 'error', path, message, requirement: 'AR-BYTES-003' })
  })

  it('is refused where the bytes would be', () => {
    expect(fault({ ...base, duration_ms: 2 ** 53 })).toMatchObject({ code: 'json.number_range', path: '/duration_ms' })
    expect(fault({ ...base, duration_ms: Number.POSITIVE_INFINITY })).toMatchObject({ code: 'json.number_range' })
    expect(fault({ ...base, model: '\ud800' })).toMatchObject({ code: 'json.lone_surrogate', path: '/model' })
    expect(fault({ ...base, metadata: { '\udc00': 1 } })).toMatchObject({
      code: 'json.lone_surrogate',
      path: '/metadata',
    })
  })

  const nested = (depth: number, innermost: unknown = 1): unknown => {
    let value = innermost
    for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { x: value }
    return value
  }

  it('is as deep as the bytes may be', () => {
    for (const [depth, ok] of [
      [128, true],
      [129, false],
    ] as const) {
      const value = { ...base, metadata: { x: nested(depth - 2) } }
      expect(validate(value, options).ok).toBe(ok)
      expect(validate(JSON.stringify(value), options).ok).toBe(ok)
    }
    expect(fault({ ...base, metadata: nested(200_000) })).toMatchObject({
      code: 'json.depth',
      requirement: 'AR-BYTES-007',
    })
  })

  it('may share objects, but not so often that nothing could hold it', () => {
    const shared = { a: [1] }
    expect(validate({ ...base, metadata: { x: shared, y: shared, z: [shared] } }, options).ok).toBe(true)
    let bomb: unknown = [1]
    for (let i = 0; i < 60; i++) bomb = [bomb, bomb]
    expect(fault({ ...base, metadata: { bomb } })).toMatchObject({ code: 'json.value' })
    const deep = nested(100)
    expect(fault({ ...base, metadata: { here: deep, there: nested(40, deep) } })).toMatchObject({ code: 'json.depth' })
  })

  it('is fine from another realm or without a prototype', () => {
    expect(validate(runInNewContext(`(${JSON.stringify(base)})`), options)).toMatchObject({ ok: true })
    expect(validate(Object.assign(Object.create(null), base), options).ok).toBe(true)
  })

  it('may be no object at all', () => {
    for (const value of [null, 5, true, [], new Proxy([], {})]) {
      expect(validate(value as object, options).findings).toMatchObject([{ code: 'schema.type', path: '' }])
    }
    expect(fault(undefined)).toMatchObject({ code: 'json.value', path: '' })
    expect(fault(Symbol('x'))).toMatchObject({ message: 'found a symbol, expected a JSON value' })
  })

  it('may change its mind while it is read', () => {
    let reads = 0
    const fickle = { ...base }
    Object.defineProperty(fickle, 'model', {
      enumerable: true,
      get: () => {
        if (++reads > 1) throw new Error('no more')
        return 'm'
      },
    })
    expect(validate(fickle, options)).toMatchObject({ ok: false, findings: [{ code: 'json.value', path: '' }] })
  })

  it('is no AgentRun', () => {
    for (const value of [throwing, revoked, tree, new Map(), () => 1]) expect(isAgentRun(value)).toBe(false)
  })
})
