import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/finding.ts'
import { readJson } from '../../src/read/index.ts'

const refuse = (input: Uint8Array | string, maxDepth?: number): Finding => {
  const result = readJson(input, maxDepth === undefined ? {} : { maxDepth })
  if (result.ok) throw new Error('was accepted')
  return result.finding
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('the place of a fault', () => {
  it.each([
    ['{"a":1,\n "b":[true,{"c":1,"c":2}]}', 'json.duplicate_name', '/b/1/c', 2, 19],
    ['{"a/b":{"~":1e400}}', 'json.number_range', '/a~1b/~0', 1, 13],
    ['["x",\r\n"y\\ud800"]', 'json.lone_surrogate', '/1', 2, 3],
    ['{"ok":1,\n"\\ud800":2}', 'json.lone_surrogate', '', 2, 2],
    ['[[1,2],\n[3,}]', 'json.syntax', '/1/1', 2, 4],
    ['{"a":{"b" 1}}', 'json.syntax', '/a/b', 1, 11],
    ['{"a":1}\n{"a":2}', 'json.trailing', '', 2, 1],
    ['{"🚀🚀":tru}', 'json.syntax', '/🚀🚀', 1, 9],
  ])('%j', (text, code, path, line, column) => {
    for (const input of [text, utf8(text)]) {
      expect(refuse(input)).toMatchObject({ code, path, position: { line, column } })
    }
  })

  it('is the first one', () => {
    expect(refuse('{"n":1e400,"a":1,"a":2,,}').code).toBe('json.number_range')
    expect(refuse('{"a":1,"a":2,"n":1e400,,}').code).toBe('json.duplicate_name')
    expect(refuse('{"a":1,,"a":2,"n":1e400}').code).toBe('json.syntax')
  })

  it('is the second name where one is repeated', () => {
    const text = '{"same": 1, "other": 2, "\\u0073ame": 3}'
    expect(refuse(text).position?.offset).toBe(text.indexOf('"\\u0073'))
  })

  it('counts UTF-16 code units of the text and bytes of what is not text', () => {
    const bytes = new Uint8Array([...utf8('{"é🚀":\n"'), 0xff, 0x22, 0x7d])
    const finding = refuse(bytes)
    expect(finding.position).toEqual({ offset: 9, line: 2, column: 2 })
    expect(finding.message).toBe('found bytes that are not UTF-8 at byte offset 12, expected UTF-8')
  })
})

describe('messages', () => {
  it.each([
    ['', 'found no text, expected one JSON value'],
    ['\n', 'found only white space, expected one JSON value'],
    ['{"a":1', 'found the end of the text in the middle of an object, expected "," or "}"'],
    ['["a', `found the end of the text in the middle of a string, expected a closing '"'`],
    ['[1,', 'found the end of the text in the middle of an array, expected a value'],
    ['[1e', 'found the end of the text in the middle of a number, expected a digit'],
    ['[tru', 'found the end of the text in the middle of a literal, expected a value'],
    ['[1,]', 'found "]", expected a value'],
    ["{'a':1}", 'found a single quote, expected a member name or "}"'],
    ['[1 // one\n]', 'found a comment, expected "," or "]"'],
    ['[NaN]', 'found NaN, which is not JSON, expected a value'],
    ['[truely]', 'found a bare word, expected a value'],
    ['[01]', 'found a malformed number, expected one such as 12, -0.5 or 1e3'],
    ['["\u0007"]', 'found U+0007 in a string, expected it to be escaped'],
    ['{} {}', 'found "{" after the value, expected only white space'],
    ['\ufeff{}', 'found a byte order mark, expected the text to begin at once'],
  ])('%j: %s', (text, message) => {
    expect(refuse(text).message).toBe(message)
  })

  it('names a UTF-16 file', () => {
    expect(refuse(new Uint8Array([0xff, 0xfe, 0x7b, 0])).message).toBe('found a UTF-16 byte order mark, expected UTF-8')
  })

  it('never repeat the text', () => {
    const secret = 'hunter2'
    const texts = ['"S"x', '["S" "S"]', 'S', '{"S":S}', '{"S":1,"S":2}', '["S\n"]', '["S\\q"]', '["S', '["S\\ud800"]']
    for (const text of texts) expect(refuse(text.replaceAll('S', secret)).message).not.toContain(secret)
  })

  it('never contain control or bidirectional characters', () => {
    for (const c of ['\u001b', '\u202e', '\u0000', '\u009b', '\u2066']) {
      for (const text of [c, `[${c}]`, `{${c}}`, `{"a":1${c}}`, `{}${c}`]) {
        expect(refuse(text).message).toMatch(/^[\x20-\x7e]+$/)
      }
    }
  })
})

describe('depth', () => {
  it.each(['[', '{"a":', '[{"a":'])('survives a bomb of %s', (opening) => {
    const open = opening.repeat(100_000)
    const closed =
      open +
      '1' +
      [...opening]
        .reverse()
        .join('')
        .replaceAll('[', ']')
        .replaceAll('{', '}')
        .replace(/[^\]}]/g, '')
        .repeat(100_000)
    for (const text of [open, closed]) {
      for (const input of [text, utf8(text)]) {
        const finding = refuse(input)
        expect(finding.code).toBe('json.depth')
        expect(finding.path.split('/')).toHaveLength(129)
      }
    }
  })

  it('can be set', () => {
    expect(refuse('[[[]]]', 2)).toMatchObject({ code: 'json.depth', path: '/0/0', position: { offset: 2 } })
    expect(readJson('[[[]]]', { maxDepth: 3 }).ok).toBe(true)
    const deep = '['.repeat(1000) + ']'.repeat(1000)
    expect(readJson(deep, { maxDepth: 1000 }).ok).toBe(true)
    expect(refuse(`[${deep}]`, 1000).code).toBe('json.depth')
  })

  it.each([0, -1, 1.5, 1001, Number.NaN, Number.POSITIVE_INFINITY])('cannot be %s', (maxDepth) => {
    expect(() => readJson('{}', { maxDepth })).toThrow(RangeError)
  })
})

describe('text that was decoded already', () => {
  it.each(['"\ud800"', '{"\udc00":1}', '["\ud83d \ude00"]', '["\\ud83d\ude00"]', '["\ud83d\\ude00"]'])(
    'refuses a raw half of a surrogate pair in %j',
    (text) => {
      expect(refuse(text).code).toBe('json.lone_surrogate')
    },
  )

  it('accepts what merely resembles one in UTF-8', () => {
    const text = '["\ufffd","，","🚀","\uffff"]'
    expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text), text })
  })

  it('reads texts of every length', () => {
    // Short ones share memory, long ones get their own; a word of four bytes ends anywhere.
    for (const length of [...Array(40).keys(), 87_000, 87_400, 300_000]) {
      for (const c of ['a', 'é', '語']) {
        const text = JSON.stringify({ [c.repeat(length)]: 1, b: `"${c.repeat(length)}` })
        expect(readJson(text).ok).toBe(true)
        expect(refuse(`${text.slice(0, -1)},"b":"${c.repeat(length)}"}`).code).toBe('json.duplicate_name')
      }
    }
  })
})

it('keeps __proto__ as a member of its own', () => {
  const result = readJson('{"__proto__":{"polluted":true}}')
  const value = result.ok ? (result.value as Record<string, unknown>) : {}
  expect(Object.keys(value)).toEqual(['__proto__'])
  expect(value.polluted).toBeUndefined()
})

it('is not deceived by members that others put on Object.prototype', () => {
  Object.defineProperty(Object.prototype, 'polluted', {
    value: 1,
    writable: true,
    enumerable: true,
    configurable: true,
  })
  try {
    // The one name that is dropped and the one that is inherited would cancel each other out.
    expect(refuse('{"a":1,"a":2}').code).toBe('json.duplicate_name')
    expect(readJson('{"a":1,"b":{"a":2}}').ok).toBe(true)
  } finally {
    delete (Object.prototype as Record<string, unknown>).polluted
  }
})

it('does not change its input and reads a part of a buffer only', () => {
  const whole = utf8('xx{"a":"é"}yy')
  const before = [...whole]
  expect(readJson(whole.subarray(2, -2))).toEqual({ ok: true, value: { a: 'é' }, text: '{"a":"é"}' })
  expect([...whole]).toEqual(before)
})

it('reads the shortest texts anywhere in a buffer', () => {
  for (const text of ['7', '{}', '""', '[]', '-0', '"a"', 'null', '[""]', '{"":1}', '{"a":1}', '{"a":12}']) {
    for (let shift = 0; shift < 8; shift++) {
      const bytes = utf8(`${' '.repeat(shift)}${text}\n{}`).subarray(shift, shift + text.length)
      expect(readJson(bytes)).toEqual({ ok: true, value: JSON.parse(text), text })
    }
  }
})

it.each([undefined, null, 7, {}, [123, 125], new ArrayBuffer(2)])(
  'throws on an input that is no input: %j',
  (input) => {
    expect(() => readJson(input as never)).toThrow(TypeError)
  },
)
