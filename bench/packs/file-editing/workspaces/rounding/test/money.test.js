import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cartTotal } from '../src/cart.js'
import { invoice } from '../src/invoice.js'
import { refund } from '../src/refund.js'

test('a cart is rounded to cents', () => {
  assert.equal(cartTotal([{ price: 0.335, count: 3 }]), 1.01)
})

test('an invoice adds up', () => {
  assert.deepEqual(invoice(19.99, 0.19), { net: 19.99, tax: 3.8, gross: 23.79 })
})

test('a refund leaves the fee', () => {
  assert.equal(refund(20, 0.05), 19)
})
