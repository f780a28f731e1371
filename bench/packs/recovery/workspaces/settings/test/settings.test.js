import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settings } from '../src/settings.js'

test('the settings can be read', () => {
  assert.equal(typeof settings().port, 'number')
  assert.ok(settings().hosts.length > 0)
})
