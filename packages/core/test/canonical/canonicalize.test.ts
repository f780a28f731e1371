import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { canonicalize } from '../../src/canonical/index.ts'
import { serialize } from '../../src/canonical/serialize.ts'
import { counted, vectorFiles, vectors } from '../vectors.ts'

describe('vectors', () => {
  it('are those that the manifest promises', () => {
    expect(counted('canonical')).toEqual(vectorFiles('canonical').manifest)
  })

  const values = vectors<{ name: string; input_text: string; expect: string }>('canonical', 'values.json')
  it.each(values)('$name', ({ input_text, expect: expected }) => {
    const value: unknown = JSON.parse(input_text)
    expect(canonicalize(value)).toBe(expected)
    expect(serialize(value)).toBe(expected)
    expect(canonicalize(JSON.parse(expected))).toBe(expected)
  })

  const numbers = vectors<{ name: string; ieee754_hex: string; expect: string }>('canonical', 'numbers.json')
  it.each(numbers)('number $ieee754_hex: $name', ({ ieee754_hex, expect: expected }) => {
    const value = Buffer.from(ieee754_hex, 'hex').readDoubleBE()
    expect(canonicalize(value)).toBe(expected)
    expect(canonicalize([value, { n: value }])).toBe(`[${expected},{"n":${expected}}]`)
  })

  const shared = tool('shared')
  const folder = shared === undefined ? '' : join(shared, 'vectors/jcs')
  it.skipIf(!tool('shared'))('of the reference implementation', () => {
    const names = readdirSync(join(folder, 'input'))
    expect(names.length).toBeGreaterThanOrEqual(6)
    for (const name of names) {
      const value: unknown = JSON.parse(readFileSync(join(folder, 'input', name), 'utf8'))
      const bytes = Buffer.from(canonicalize(value))
      const hex = readFileSync(join(folder, 'outhex', name.replace('.json', '.txt')), 'utf8')
      expect(bytes.toString('hex'), name).toBe(hex.replace(/\s/g, ''))
    }
  })
})

describe('what is not JSON is refused', () => {
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  class Thing {
    id = 1
  }
  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['NaN', Number.NaN],
    ['infinity', Number.NEGATIVE_INFINITY],
    ['1e400, which is infinity once parsed', JSON.parse('1e400')],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['an object of a class', new Thing()],
    ['a boxed string', Object('text')],
    ['a hole', Object.assign([], { 2: 1 })],
    ['a cycle', cyclic],
    ['a high surrogate', '\ud800'],
    ['a low surrogate', 'x\udc00'],
    ['surrogates in the wrong order', '\udc00\ud800'],
    ['a regular expression', /x/],
  ])('%s', (_name, value) => {
    for (const place of [value, [value], { a: value }, { b: 1, a: [{ d: 1, c: value }] }]) {
      expect(() => canonicalize(place)).toThrow(TypeError)
    }
  })

  it('also in a member name', () => {
    expect(() => canonicalize({ '\ud800': 1 })).toThrow(TypeError)
    expect(() => canonicalize({ b: { '\udc00': 1 }, a: 2 })).toThrow(TypeError)
  })

  it('without quoting it', () => {
    expect(() => canonicalize({ password: 'hunter2\ud800' })).toThrow(/found half a surrogate pair/)
    expect(() => canonicalize({ password: 'hunter2\ud800' })).not.toThrow(/hunter2/)
  })
})

describe('depth', () => {
  const nest = (depth: number): unknown => {
    let value: unknown = 1
    for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { b: 0, a: value }
    return value
  }

  it('of every record and of what is built around one is taken', () => {
    expect(canonicalize(JSON.parse(canonicalize(nest(200))))).toBe(canonicalize(nest(200)))
  })

  it('is bounded before the stack is', () => {
    for (const depth of [600, 100_000]) expect(() => canonicalize(nest(depth))).toThrow(TypeError)
  })
})

describe('toJSON is never called', () => {
  const toJSON = (): never => {
    throw new Error('was called')
  }

  it('as a member', () => {
    expect(canonicalize({ toJSON: 'text', a: 1 })).toBe('{"a":1,"toJSON":"text"}')
    expect(() => canonicalize({ toJSON })).toThrow(TypeError)
  })

  it('of an array', () => {
    expect(canonicalize([Object.assign([1], { toJSON })])).toBe('[[1]]')
  })

  it.each([
    ['Object', Object.prototype],
    ['Array', Array.prototype],
    ['String', String.prototype],
    ['Number', Number.prototype],
  ])('on the prototype of %s', (_name, prototype) => {
    Object.defineProperty(prototype, 'toJSON', { value: toJSON, configurable: true })
    try {
      expect(canonicalize({ b: [1, 'x'], a: { d: 1, c: [] } })).toBe('{"a":{"c":[],"d":1},"b":[1,"x"]}')
      expect(canonicalize({ b: { d: 1 }, a: 'x' })).toBe('{"a":"x","b":{"d":1}}')
    } finally {
      delete (prototype as { toJSON?: unknown }).toJSON
    }
  })
})

describe('properties', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, child]) => [name, shuffled(child)]),
    )
  }
  const json = fc.jsonValue({ maxDepth: 5, noUnicodeString: false })

  it('the quick way and the exact way agree', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', '1', '10', '9', 'toJSON', '\ufb33', '😀', '\\ud8'))
    const leaf = fc.oneof(fc.double(), fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null))
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('tree')), fc.dictionary(name, tie('tree'))),
    }))
    const attempt = (make: () => string): string => {
      try {
        return make()
      } catch (error) {
        return (error as Error).message
      }
    }
    fc.assert(
      fc.property(tree, (value) => {
        expect(attempt(() => canonicalize(value))).toBe(attempt(() => serialize(value)))
      }),
      { numRuns: 3000 },
    )
  })

  it('the order of members does not matter, and the value does not change', () => {
    fc.assert(
      fc.property(json, (value) => {
        const before = JSON.stringify(value)
        const canonical = canonicalize(value)
        expect(canonicalize(shuffled(value))).toBe(canonical)
        expect(JSON.stringify(value)).toBe(before)
        expect(canonicalize(JSON.parse(canonical))).toBe(canonical)
      }),
      { numRuns: 1000 },
    )
  })
})

it('takes plain objects from other realms and without a prototype', () => {
  expect(canonicalize(runInNewContext('({ b: [1, { d: 2, c: 3 }], a: null })'))).toBe(
    '{"a":null,"b":[1,{"c":3,"d":2}]}',
  )
  expect(canonicalize(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}')
  expect(() => canonicalize(runInNewContext('new Date(0)'))).toThrow(TypeError)
})
