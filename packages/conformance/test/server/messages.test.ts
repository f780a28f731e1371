import { execFileSync } from 'node:child_process'
import { expect, describe as group, it } from 'vitest'
import { curlLine } from '../../src/http/curl.ts'
import { jsonFault } from '../../src/http/json-fault.ts'
import { createRedactor, tidyMessages } from '../../src/http/redact.ts'
import { describe, describeHeader, printable, show } from '../../src/http/show.ts'

const key = 'ark_4f2a9c01_Qm9iJ3Mgc2VjcmV0IGtleSE'

group('no key is left in a text', () => {
  const redact = createRedactor({ main: key, other: "it's/other secret" })

  it.each([
    ['as it is', `the header Location is "${key}"`, 'the header Location is "‹key›"'],
    ['cut off', `is "${key.slice(0, 20)}…`, 'is "‹key›…'],
    ['in the middle', `…${key.slice(9, 30)}…`, '…‹key›…'],
    ['twice', `${key}${key}`, '‹key›‹key›'],
    ['with another tail', `${key.slice(0, -12)}0123456789ab`, '‹key›0123456789ab'],
    ['in base64', Buffer.from(key).toString('base64'), '‹key›'],
    ['in hexadecimal', Buffer.from(key).toString('hex'), '‹key›'],
    ['percent-encoded', 'it%27s%2Fother%20secret', '‹key›'],
    ['of another role', "x it's/other secret y", 'x ‹key› y'],
  ])('%s', (_what, text, clean) => {
    expect(redact(text)).toBe(clean)
  })

  it('and nothing else is taken out', () => {
    expect(redact('answered 201, expected 200: ark_ is a beginning')).toBe(
      'answered 201, expected 200: ark_ is a beginning',
    )
  })
})

group('what came is shown if it is a number or a word of a vocabulary, and otherwise by its sort', () => {
  it.each([
    [7, '7'],
    [null, 'null'],
    [undefined, 'nothing'],
    [true, 'true'],
    ['record.exists', '"record.exists"'],
    ['cx-0123456789abcdef0123-run', '"cx-0123456789abcdef0123-run"'],
    ['Alice wrote to bob@example.org', 'a text of 30 characters'],
    ['\u001b[2J', 'a text of 4 characters'],
    [['completed', 'Alice'], '["completed", a text of 5 characters]'],
    [[{ secret: 1 }, 2], '[an object of 1 members, 2]'],
    [Array(100).fill('completed'), 'a list of 100'],
    [{ name: 'Alice' }, 'an object of 1 members'],
  ])('%j: %s', (value, text) => {
    expect(describe(value)).toBe(text)
  })

  it.each([
    ['application/json; charset=utf-8', '"application/json; charset=utf-8"'],
    ['GET, HEAD', '"GET, HEAD"'],
    ['0.9.1', '"0.9.1"'],
    ['/api/v1/runs/of-somebody', 'a text of 24 characters'],
    ['"sha256:00"', 'a text of 11 characters'],
  ])('header %s: %s', (value, text) => {
    expect(describeHeader(value)).toBe(text)
  })
})

group('a body that is no JSON is told of by place and sort, and not quoted', () => {
  it.each([
    ['', 'json.empty'],
    ['{"id":1}', undefined],
    ['{\n  "cost": Infinity}', 'json.syntax at line 2, column 11, found the word Infinity'],
    ['{"cost": NaN}', 'json.syntax at line 1, column 10, found the word NaN'],
    ['{"name": hunter2}', 'json.syntax at line 1, column 10, found a word that JSON does not have'],
    ["{'id': 1}", 'json.syntax at line 1, column 2, found a text in other quotes than "'],
    ['{"id":', 'json.syntax at line 1, column 7, found the end of the text'],
    ['[1,]', 'json.syntax at line 1, column 4, found a comma, colon or bracket'],
    ['<!doctype html>', 'json.syntax at line 1, column 1, found a tag, as of a page'],
    ['{} {}', 'json.trailing at line 1, column 4'],
  ])('%j: %s', (text, fault) => {
    expect(jsonFault(Buffer.from(text))).toBe(fault)
  })

  it('the lines of NDJSON are counted', () => {
    expect(jsonFault(Buffer.from('{}\n\n{"a": None}\n'), 'ndjson')).toBe(
      'json.syntax at line 3, column 7, found the word None',
    )
    expect(jsonFault(Buffer.from('{}\n{}'), 'ndjson')).toBeUndefined()
    expect(jsonFault(Uint8Array.of(0x22, 0xff, 0x22))).toBe('json.utf8')
  })
})

it('a command line stays on one line, and says the same', () => {
  const sent = { method: 'POST', path: '/api/v1/runs', headers: {}, octets: Buffer.from(`1\n'2'`), chunked: false }
  const line = curlLine(new URL('http://127.0.0.1:3000/'), sent, 'main', false)
  expect(line).not.toContain('\n')
  const [, body] = line.split('--data-binary ')
  expect(execFileSync('bash', ['-c', `printf %s ${body}`], { encoding: 'utf8' })).toBe(`1\n'2'`)
})

it('what was expected is shown as it is, shortened', () => {
  expect(show({ a: 'Some text' })).toBe('{"a":"Some text"}')
  expect(show('x'.repeat(100))).toMatch(/^"x{79}… \(102 characters\)$/)
})

it('messages are few and short, and steer no terminal', () => {
  const messages = tidyMessages([...Array(20).fill('x'.repeat(5000))], (text) => text)
  expect(messages).toHaveLength(10)
  expect(messages.every(({ length }) => length < 700)).toBe(true)
  expect(printable('a\u001b[31m\u202e\u0000\ud800b')).toBe('a\\u{1b}[31m\\u{202e}\\u{0}\\u{d800}b')
})
