import assert from 'node:assert/strict'
import { test } from 'node:test'
import { table } from '../src/table.js'

test('columns have one width', () => {
  assert.equal(table([['sku', 'left'], ['A1', '4'], ['B77', '110']]), 'sku  left\nA1   4\nB77  110')
})
