import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as codes from '../src/codes.js'

test('every code has a sentence', () => {
  for (const text of Object.values(codes)) assert.match(text, /^[A-Z].*\.$/)
})
