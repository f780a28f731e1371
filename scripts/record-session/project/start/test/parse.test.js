import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../src/parse.js'

test('reads keys and values', () => {
  assert.deepEqual(parse('a = 1\nb=2'), { a: '1', b: '2' })
})

test('skips comments and empty lines', () => {
  assert.deepEqual(parse('# colours\n\nsky = blue\n'), { sky: 'blue' })
})
