import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, words } from '../src/machine.js'

test('a machine starts and stops', () => {
  const running = after({}, 'start')
  assert.equal(words(running), 'running')
  assert.equal(words(after(running, 'stop')), 'stopped')
})

test('unknown events change nothing', () => {
  assert.deepEqual(after({ running: true }, 'jump'), { running: true })
})
