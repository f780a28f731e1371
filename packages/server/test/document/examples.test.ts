import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSigner, sha256 } from '@agent-run/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type TestServer } from '../http/start-app.ts'
import { answerFaults, type Operation, operations, type Parameter, root, schemaFaults } from './document.ts'

/** A server that everything can be asked of: it has a key, and its trust file is that of the examples. */
let server: TestServer
let key: string
beforeAll(async () => {
  server = await startServer({
    serverKey: createSigner(sha256('a key for tests')),
    trust: JSON.parse(readFileSync(join(root, 'examples/proof/trust.json'), 'utf8')),
  })
  key = await server.key({ scopes: ['admin'] })
})
afterAll(() => server.stop())

/** The run that the examples of an operation are about, where it isn't the example of the parameter. */
const JOURNAL_RUN = 'run_2300'
const about: Record<string, Record<string, string>> = {
  appendEvents: { id: JOURNAL_RUN },
  getEvents: { id: JOURNAL_RUN },
  proveStep: { id: JOURNAL_RUN, step: 's-1' },
  eraseRun: { id: JOURNAL_RUN },
  diffRun: { against: 'run-001' },
}

/** Operations whose requests have a body, in an order in which each finds what it needs. */
const WRITING = ['postRun', 'postRunBatch', 'appendEvents', 'putEval', 'decideApproval', 'patchRun']

const exampleOf = (operation: Operation, { name, example }: Parameter): string =>
  about[operation.id]?.[name] ?? String(Array.isArray(example) ? example[0] : example)

const urlOf = (operation: Operation, query: readonly Parameter[]): string => {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => {
    const parameter = operation.parameters.find((each) => each.name === name) as Parameter
    return encodeURIComponent(exampleOf(operation, parameter))
  })
  const pairs = query.map((parameter) => `${parameter.name}=${encodeURIComponent(exampleOf(operation, parameter))}`)
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers?: Record<string, string>
  readonly payload?: string
}

/** Sends a request with the key; whatever comes back has to be what the document says. */
const send = async ({ method, url, headers = {}, payload }: Sent) => {
  const answer = await server.app.inject({
    method: method as 'GET',
    url,
    headers: { 'x-api-key': key, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  expect(answerFaults({ method, url }, answer)).toEqual([])
  return answer
}

describe('the examples of bodies', () => {
  it('stand at every operation that takes one, and are right by its schema', () => {
    const taking = operations.filter(({ body }) => body)
    expect(taking.map(({ id }) => id).sort()).toEqual([...WRITING].sort())
    for (const { id, body } of taking) {
      for (const { schema, examples = {} } of Object.values(body?.content ?? {})) {
        expect(Object.keys(examples).length, id).toBeGreaterThan(0)
        for (const [name, { value, 'x-status': status }] of Object.entries(examples)) {
          if (status < 400) expect(schemaFaults(schema, value), `${id} ${name}`).toEqual([])
        }
      }
    }
  })

  it.each(WRITING)('of %s are answered as they say', async (id) => {
    const operation = operations.find((each) => each.id === id) as Operation
    const [[media, { examples = {} }]] = Object.entries(operation.body?.content ?? {}) as [
      [string, { examples: object }],
    ]
    for (const [name, { value, 'x-status': status }] of Object.entries(examples)) {
      const url = urlOf(operation, [])
      const headers: Record<string, string> = { 'content-type': media }
      if (operation.parameters.some((parameter) => parameter.name === 'If-Match')) {
        headers['if-match'] = String((await send({ method: 'GET', url })).headers.etag)
      }
      const payload = typeof value === 'string' ? value : JSON.stringify(value)
      const answer = await send({ method: operation.method, url, headers, payload })
      expect(`${name} ${answer.statusCode} ${answer.statusCode === status ? '' : answer.body}`).toBe(
        `${name} ${status} `,
      )
    }
  })
})

describe('the examples of parameters', () => {
  beforeAll(async () => {
    // The rest of the journal: the run is sealed, steps can be proven, and there is something to erase.
    const payload = readFileSync(join(root, 'examples/proof/journal.jsonl'), 'utf8')
    const url = `/api/v1/runs/${JOURNAL_RUN}/events`
    const answer = await send({ method: 'POST', url, headers: { 'content-type': 'application/x-ndjson' }, payload })
    expect(answer.json()).toMatchObject({ status: 'completed', record_hash: expect.any(String) })
  })

  // A stream does not end, and what is erased is gone for the others: both come by themselves.
  const reading = operations.filter(({ id, body }) => !body && !['streamRuns', 'eraseRun'].includes(id))

  it.each(reading)('of $id find an answer', async (operation) => {
    const query = operation.parameters.filter((parameter) => parameter.in === 'query')
    // Of the parameters of artifacts one is needed, whichever.
    const isNeeded = ({ name, required }: Parameter): boolean =>
      required === true || (operation.id === 'listArtifacts' && name === 'turn_id')
    const needed = query.filter(isNeeded)
    const others = query.filter((parameter) => !isNeeded(parameter) && parameter.example !== undefined)
    for (const parameters of [needed, ...others.map((parameter) => [...needed, parameter])]) {
      const answer = await send({ method: operation.method, url: urlOf(operation, parameters) })
      expect(answer.statusCode, answer.body).toBe(200)
    }
  })

  it('find what they name', async () => {
    const operation = operations.find(({ id }) => id === 'listRuns') as Operation
    const named = ['agent_id', 'turn_id', 'session_id', 'model', 'tag', 'side_effect', 'target', 'artifact']
    for (const name of named) {
      const parameter = operation.parameters.find((each) => each.name === name) as Parameter
      const { runs } = (await send({ method: 'GET', url: urlOf(operation, [parameter]) })).json()
      // What is too much is found elsewhere; here it is enough that no example is about nothing.
      const wanted = name === 'target' ? [] : ['run_2292']
      expect(
        runs.map(({ id }: { id: string }) => id),
        name,
      ).toEqual(expect.arrayContaining(wanted))
    }
  })

  it('of eraseRun erase', async () => {
    const operation = operations.find(({ id }) => id === 'eraseRun') as Operation
    const url = urlOf(
      operation,
      operation.parameters.filter((parameter) => parameter.in === 'query'),
    )
    const answer = await send({ method: 'DELETE', url })
    expect(answer.statusCode, answer.body).toBe(200)
    expect((await send({ method: 'DELETE', url: url.replace('private', 'record') })).statusCode).toBe(200)
    expect((await send({ method: 'GET', url: url.split('?')[0] as string })).statusCode).toBe(410)
  })
})
