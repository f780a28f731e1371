import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../src/parse.js'

test('takes the quotes off a value', () => {
  assert.deepEqual(parse('greeting = "  hello  "'), { greeting: '  hello  ' })
})

test('knows the usual escapes', () => {
  assert.deepEqual(parse('text = "one\\ntwo \\"three\\""'), { text: 'one\ntwo "three"' })
})

test('leaves an equals sign inside a value alone', () => {
  assert.deepEqual(parse('url = "https://example.org/?q=1"'), { url: 'https://example.org/?q=1' })
})
