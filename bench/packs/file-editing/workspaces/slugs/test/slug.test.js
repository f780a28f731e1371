import assert from 'node:assert/strict'
import { test } from 'node:test'
import { address } from '../src/address.js'
import { slug } from '../src/slug.js'

test('words are joined by hyphens', () => {
  assert.equal(slug('Release notes for May'), 'release-notes-for-may')
})

test('there is no hyphen at either end', () => {
  assert.equal(slug('Hello, World!'), 'hello-world')
  assert.equal(slug('… and more'), 'and-more')
})

test('letters lose their accents and stay', () => {
  assert.equal(slug('Crème brûlée'), 'creme-brulee')
})

test('an address ends in the slug', () => {
  assert.equal(address({ year: 2026, title: 'What is new?' }), '/2026/what-is-new')
})
