import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '../src/duration.js'

test('one unit', () => {
  assert.equal(seconds('90s'), 90)
  assert.equal(seconds('2h'), 7200)
})

test('nonsense is refused', () => {
  for (const text of ['', '5', 'm', '5x', 'h2', '1h-']) assert.throws(() => seconds(text), RangeError)
})
