import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shipping, total } from '../src/price.js'

test('lines count as often as they say', () => {
  assert.equal(total([{ price: 2000, count: 3 }]), 6000)
})

test('small orders pay for shipping', () => {
  assert.equal(shipping(4999), 490)
  assert.equal(total([{ price: 1000 }]), 1490)
})

test('a discount is rounded to cents, and shipping has none', () => {
  assert.equal(total([{ price: 999 }], { discount: 0.15 }), 849 + 490)
})
