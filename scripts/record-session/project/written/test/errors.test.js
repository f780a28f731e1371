import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../src/parse.js'

const fails = (text, line, message) => assert.throws(() => parse(text), { name: 'IniError', line, message })

test('says in which line a value is missing', () => {
  fails('a = 1\nb', 2, 'line 2: expected "key = value"')
})

test('says in which line a section is left open', () => {
  fails('\n\n[server', 3, 'line 3: section is not closed')
})

test('says in which line a quote is left open', () => {
  fails('a = "1', 1, 'line 1: quote is not closed')
})
