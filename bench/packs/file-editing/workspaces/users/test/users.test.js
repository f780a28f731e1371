import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getUser, getUsers, greeting } from '../src/index.js'

test('getUser finds one user', () => {
  assert.equal(getUser(1).name, 'Ada')
  assert.equal(getUser(3), undefined)
})

test('getUsers finds all', () => {
  assert.deepEqual(getUsers().map(({ name }) => name), ['Ada', 'Grace'])
})

test('strangers are greeted, too', () => {
  assert.equal(greeting(2), 'Hello, Grace!')
  assert.equal(greeting(9), 'Hello, stranger!')
})
