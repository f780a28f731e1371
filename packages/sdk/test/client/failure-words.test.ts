// What an error of a server says, each thing once.
import { expect, it } from 'vitest'
import { failureOf } from '../../src/client/failure.ts'

const problem = {
  type: 'https://w3id.org/agent-run/v1/errors#query.missing_parameter',
  title: 'A parameter is missing',
  status: 400,
  code: 'query.missing_parameter',
}
const message = 'expected turn_id, run_id or digest'

it('says once what the detail and the first error say alike', () => {
  const errors = [{ code: problem.code, parameter: 'turn_id', message }]
  expect(failureOf({ ...problem, detail: message, errors }, undefined, { status: 400 }).message).toBe(
    `A parameter is missing: ${message}; at turn_id (400)`,
  )
})

it('says what only the error says, with its own code', () => {
  const errors = [{ code: 'schema.required', pointer: '/id', message: 'required member id is missing' }]
  expect(failureOf({ ...problem, errors }, undefined, { status: 422 }).message).toBe(
    'A parameter is missing; schema.required at /id: required member id is missing (422)',
  )
})
