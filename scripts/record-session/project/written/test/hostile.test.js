import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../src/parse.js'

test('a section that is opened twice keeps its first keys', () => {
  assert.deepEqual(parse('[a]\nx = 1\n[b]\n[a]\ny = 2'), { a: { x: '1', y: '2' }, b: {} })
})

test('a section cannot replace the prototype', () => {
  assert.throws(() => parse('[__proto__]\nadmin = yes'), { name: 'IniError', line: 1 })
})

test('a section cannot take the name of a key', () => {
  assert.throws(() => parse('a = 1\n[a]'), { name: 'IniError', line: 2 })
})
