import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answer } from '../src/index.js'

test('clients call methods by the names they know', () => {
  assert.deepEqual(answer({ method: 'getUser', params: [1] }), { result: { id: 1, name: 'Ada' } })
  assert.equal(answer({ method: 'getUsers' }).result.length, 2)
  assert.deepEqual(answer({ method: 'toString' }), { error: 'unknown method toString' })
})
