import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from '../src/parse.js'

test('puts keys under their section', () => {
  assert.deepEqual(parse('[server]\nport = 80\n[client]\nport = 81'), {
    server: { port: '80' },
    client: { port: '81' },
  })
})

test('keeps keys before the first section at the top', () => {
  assert.deepEqual(parse('name = demo\n[server]\nport = 80'), { name: 'demo', server: { port: '80' } })
})
