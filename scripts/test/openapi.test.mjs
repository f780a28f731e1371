// The document of the HTTP protocol: what it refers to is there, an independent validator accepts it, and the judge of
// answers that is made from it refuses what it does not say.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { bundle, typesOf } from '../gen/openapi.mjs'
import { createAnswerCheck, operationAt, operationsOf, readDocument } from '../openapi.mjs'
import { resolvePointer } from '../pointer.mjs'
import { readRequirements } from '../requirements.mjs'
import { readSchemas } from '../schemas.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const source = parse(readFileSync(join(root, 'schemas/openapi.yaml'), 'utf8'))
const document = readDocument(root)
const operations = operationsOf(document)

const referencesIn = (node) => {
  if (node === null || typeof node !== 'object') return []
  const own = typeof node.$ref === 'string' ? [node.$ref] : []
  return [...own, ...Object.values(node).flatMap(referencesIn)]
}

describe('the document in one file', () => {
  it('refers to nothing outside, and everything it refers to is there', () => {
    const references = referencesIn(document)
    expect(references.length).toBeGreaterThan(400)
    for (const reference of references) expect(resolvePointer(document, reference.slice(1)), reference).toBeDefined()
  })

  it('has the schemas that it names and those that they name, each once', () => {
    const titles = new Map([...readSchemas(root)].map(([file, { title }]) => [file, title]))
    const named = new Set(referencesIn(source).filter((target) => !target.startsWith('#')))
    for (const file of named) expect(document.components.schemas, file).toHaveProperty(titles.get(file))
    expect(Object.keys(document.components.schemas).length).toBeGreaterThan(named.size)
  })

  it('cannot be made if a file is missing', () => {
    const broken = structuredClone(source)
    broken.paths['/healthz'].get.responses['200'].content['application/json'].schema.$ref = 'helth.json'
    expect(() => bundle(broken, readSchemas(root))).toThrow('helth.json is no file of schemas/')
  })
})

describe('its validator', () => {
  const accept = (change) => {
    const copy = structuredClone(document)
    change(copy)
    return typesOf(JSON.stringify(copy))
  }

  it('accepts it', async () => {
    expect(await accept(() => {})).toContain('postRun: {')
  })

  it.each([
    ['an answer without a description', (copy) => delete copy.components.responses.Gone.description],
    ['a parameter that no path has', (copy) => (copy.components.parameters.Id.name = 'ident')],
    ['a way to send keys that is nowhere', (copy) => delete copy.components.securitySchemes.bearer],
    ['two operations of one name', (copy) => (copy.paths['/healthz'].get.operationId = 'getReadiness')],
    ['a parameter that is nowhere', (copy) => delete copy.components.parameters.Limit.in],
    ['a reference to nothing', (copy) => delete copy.components.responses.Gone],
    ['a member that OpenAPI lacks', (copy) => (copy.paths['/healthz'].get.request = {})],
  ])('refuses %s', async (_, change) => {
    await expect(accept(change)).rejects.toThrow()
  })
})

describe('its operations', () => {
  it('say what they belong to, what they need, and which sentences stand behind them', () => {
    const { requirements } = readRequirements(root)
    const sentences = new Set(requirements.map(({ id }) => id))
    for (const { id, capability, requirements: own, open, scopes } of operations) {
      expect(['core', 'batch', 'journal', 'approvals', 'verify', 'proofs', 'query', 'erasure'], id).toContain(
        capability,
      )
      expect(own.length, id).toBeGreaterThan(0)
      for (const requirement of own) expect(sentences, id).toContain(requirement)
      expect(scopes.length > 0, id).toBe(!open)
    }
  })

  it('are found by method and path', () => {
    const found = (method, url) => operationAt(operations, method, url)?.id
    expect(found('GET', '/api/v1/runs/stream')).toBe('streamRuns')
    expect(found('HEAD', '/api/v1/runs/a%2Fb?x=1')).toBe('getRun')
    expect(found('POST', '/api/v1/runs:batch')).toBe('postRunBatch')
    expect(found('PUT', '/api/v1/runs')).toBeUndefined()
    expect(found('GET', '/api/v1/runs/a/b')).toBeUndefined()
  })
})

describe('the judge of answers', () => {
  const check = createAnswerCheck(document)
  const health = { method: 'GET', url: '/healthz' }
  const run = { method: 'GET', url: '/api/v1/runs/x' }
  const batch = { method: 'POST', url: '/api/v1/runs:batch' }
  const headers = { 'x-agent-run-protocol': '1.0.0', 'content-type': 'application/json' }
  const etag = `"sha256:${'0'.repeat(64)}"`
  const problem = {
    status: 404,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify({
      type: 'https://w3id.org/agent-run/v1/errors#run.unknown',
      title: 'There is no such run',
      status: 404,
      code: 'run.unknown',
    }),
  }
  const ok = { status: 200, headers, body: '{"status":"ok"}' }
  const lines = {
    status: 200,
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    body: '{"line":1,"status":201}\n',
  }
  const notModified = { status: 304, headers: { 'x-agent-run-protocol': '1.0.0', etag }, body: '' }

  it.each([
    [health, ok],
    [run, problem],
    [
      { method: 'HEAD', url: '/api/v1/runs/x' },
      { ...problem, body: '' },
    ],
    [batch, lines],
    [batch, { ...lines, body: '' }],
    [run, notModified],
    [
      { method: 'PUT', url: '/healthz' },
      {
        ...problem,
        status: 405,
        headers: { ...problem.headers, allow: 'GET' },
        body: problem.body.replace('404', '405').replaceAll('run.unknown', 'http.method_not_allowed'),
      },
    ],
  ])('accepts a right one: %o', (request, answer) => {
    expect(check(request, answer)).toEqual([])
  })

  it.each([
    [
      'without the protocol',
      health,
      { ...ok, headers: { 'content-type': 'application/json' } },
      'X-Agent-Run-Protocol',
    ],
    [
      'with another protocol',
      health,
      { ...ok, headers: { ...headers, 'x-agent-run-protocol': '2.0.0' } },
      'X-Agent-Run-Protocol',
    ],
    ['with a status nobody announced', health, { ...ok, status: 201 }, 'status is not documented'],
    ['with an error nobody announced', run, { ...problem, status: 418 }, 'status is not documented'],
    ['with a success of an unknown path', { method: 'GET', url: '/api/v1/x' }, ok, 'status is not documented'],
    ['that is no JSON', health, { ...ok, body: '<html>' }, 'no JSON'],
    ['that is another object', health, { ...ok, body: '{"status":"fine"}' }, 'must be equal'],
    ['of another media type', health, { ...ok, headers: { ...headers, 'content-type': 'text/html' } }, 'text/html'],
    ['with an error that is no problem', run, { ...problem, headers }, 'is application/json'],
    [
      'with a code of another operation',
      run,
      { ...problem, body: problem.body.replaceAll('run.unknown', 'step.unknown') },
      'step.unknown is not documented',
    ],
    ['whose problem says another status', run, { ...problem, body: problem.body.replace('404', '410') }, 'says 410'],
    ['whose problem has no title', run, { ...problem, body: problem.body.replace('title', 'titel') }, "'title'"],
    ['without its ETag', run, { ...notModified, headers: { 'x-agent-run-protocol': '1.0.0' } }, 'ETag is missing'],
    [
      'with an ETag that is none',
      run,
      { ...notModified, headers: { ...notModified.headers, etag: 'W/"1"' } },
      'header ETag',
    ],
    ['with a body where none is', run, { ...notModified, body: 'x' }, 'there is a body'],
    ['with a line that is no result', batch, { ...lines, body: '{"line":0,"status":201}\n' }, '/line'],
    ['with an open end', batch, { ...lines, body: '{"line":1,"status":201}' }, 'not ended'],
  ])('refuses one %s', (_, request, answer, fault) => {
    expect(check(request, answer).join('\n')).toContain(fault)
  })
})
