import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRun } from '../../../../bench/perf/corpus.mjs'
import { type JsonValue, locate, pointerOf, type Span, tokensOf } from '../../src/read/index.ts'

/** Every place of a value: its pointer, its last token and what stands there. */
function* places(value: JsonValue, tokens: (string | number)[] = []): Generator<[string, string | number, JsonValue]> {
  yield [pointerOf(tokens), tokens.at(-1) ?? '', value]
  if (value === null || typeof value !== 'object') return
  const children = Array.isArray(value) ? value.entries() : Object.entries(value)
  for (const [token, child] of children) yield* places(child, [...tokens, token])
}

const textAt = (text: string, { start, end }: Span): string => text.slice(start, end)

const checkEveryPlace = (value: JsonValue, text: string): void => {
  const all = [...places(value)]
  const found = locate(text, [...all.map(([pointer]) => pointer), '/no/such/place', '/0/no', '/-1', 'none'])
  expect([...found.keys()].sort()).toEqual(all.map(([pointer]) => pointer).sort())
  for (const [pointer, token, child] of all) {
    const { key, value: span } = found.get(pointer)!
    const spelled = textAt(text, span)
    expect(spelled).toBe(spelled.trim())
    expect(JSON.stringify(JSON.parse(spelled))).toBe(JSON.stringify(child))
    if (typeof token === 'string' && pointer !== '') expect(JSON.parse(textAt(text, key!))).toBe(token)
    else expect(key).toBeUndefined()
  }
}

const escapeAll = (text: string): string =>
  text.replace(/[a-z]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

describe('locate', () => {
  it('finds every place of any value, however it is spaced', () => {
    // Integer-like names come first in an object but may stand anywhere in a text: here both agree.
    const space = fc.constantFrom(undefined, 2, '\t', ' \r\n')
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), space, (value, indent) => {
        const parsed: JsonValue = JSON.parse(JSON.stringify(value))
        checkEveryPlace(parsed, JSON.stringify(parsed, null, indent))
      }),
      { numRuns: 1000 },
    )
  })

  it('finds every place of a record', () => {
    const run: JsonValue = JSON.parse(JSON.stringify(makeRun(3, 12)))
    checkEveryPlace(run, JSON.stringify(run))
    checkEveryPlace(run, JSON.stringify(run, null, 2))
  })

  it('resolves escapes in names and steps over those in values', () => {
    const value = { name: 'v"]}', 'a/b': { '~': 1 }, '': [','], '"\\': '\\' }
    const text = JSON.stringify(value)
    checkEveryPlace(value, text)
    const escaped = `{${escapeAll('"name"')}:"v\\"]}\\\\"}`
    const { key, value: span } = locate(escaped, ['/name']).get('/name')!
    expect([textAt(escaped, key!), textAt(escaped, span)]).toEqual(['"\\u006e\\u0061\\u006d\\u0065"', '"v\\"]}\\\\"'])
  })

  it('takes array indices as they are written, and nothing else', () => {
    const text = '[10,{"0":20,"01":30}]'
    const found = locate(text, ['/0', '/00', '/+0', '/1/0', '/1/01', '/2', '/-'])
    expect([...found].map(([pointer, { value }]) => [pointer, textAt(text, value)])).toEqual([
      ['/0', '10'],
      ['/1/0', '20'],
      ['/1/01', '30'],
    ])
  })

  it('needs no stack for deep texts and no time for many pointers', () => {
    const depth = 100_000
    const text = `${'['.repeat(depth)}1${']'.repeat(depth)}`
    const pointer = '/0'.repeat(depth)
    expect(locate(text, [pointer]).get(pointer)?.value).toEqual({ start: depth, end: depth + 1 })
    const list = JSON.stringify(Array.from({ length: 20_000 }, (_, i) => i))
    expect(
      locate(
        list,
        Array.from({ length: 20_000 }, (_, i) => `/${i}`),
      ).size,
    ).toBe(20_000)
  })

  it('ends on text that is no JSON', () => {
    for (const text of ['', '{', '"', '{"a', '[1,,]', '}}}', ']', '{"a"}', '\\"', '@', '{"a":"\\']) {
      expect(locate(text, ['', '/a', '/0']).size).toBeLessThanOrEqual(3)
    }
  })
})

describe('JSON Pointers', () => {
  it('are taken apart as they were put together', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('~', '/', '~1', '~01', ''))), (tokens) => {
        expect(tokensOf(pointerOf(tokens))).toEqual(tokens)
      }),
    )
    expect(pointerOf(['a/b', 'm~n', 0])).toBe('/a~1b/m~0n/0')
    expect(tokensOf('no pointer')).toBeUndefined()
  })
})
