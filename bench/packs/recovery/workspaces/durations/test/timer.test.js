import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOf } from '../src/timer.js'

test('a duration ends a timer', () => {
  assert.equal(endOf('10m', 5), 605)
})

test('a name is kept, even an empty one', () => {
  assert.equal(endOf('lunch'), 'lunch')
  assert.equal(endOf(''), '')
})
