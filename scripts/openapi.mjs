// The document of the HTTP protocol as tests see it: its operations with every reference followed, and whether an answer
// is one of those it describes. Ajv is the judge, of parameters, headers and bodies alike.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import { resolvePointer } from './pointer.mjs'

const METHODS = ['get', 'put', 'post', 'delete', 'patch']

/** The document in one file, `schemas/2020-12/openapi.json`. */
export const readDocument = (root) => JSON.parse(readFileSync(join(root, 'schemas/2020-12/openapi.json'), 'utf8'))

/**
 * Every operation of a document, in its order, with parameters, headers and answers in the place of references to them.
 * `problems` maps a status to the codes that it comes with, those of every operation included.
 */
export const operationsOf = (document) => {
  const followed = (node) => (node?.$ref ? resolvePointer(document, node.$ref.slice(1)) : node)
  const everyProblem = document['x-problems']
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method]
      const own = operation['x-problems'] ?? {}
      const statuses = new Set([...Object.keys(own), ...Object.keys(everyProblem)])
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        capability: operation['x-capability'],
        scopes: operation['x-scopes'] ?? [],
        open: operation.security?.length === 0,
        requirements: operation['x-requirements'],
        parameters: (operation.parameters ?? []).map(followed),
        body: operation.requestBody,
        ownProblems: own,
        problems: new Map(
          [...statuses].map((status) => [status, [own[status] ?? [], everyProblem[status] ?? []].flat()]),
        ),
        answers: new Map(
          Object.entries(operation.responses).map(([status, node]) => {
            const { headers = {}, ...answer } = followed(node)
            const resolved = Object.entries(headers).map(([name, header]) => [name, followed(header)])
            return [status, { ...answer, headers: Object.fromEntries(resolved) }]
          }),
        ),
      }
    }),
  )
}

/** The operation that a request is for; HEAD is the GET of its path. The path with the fewest parameters wins. */
export const operationAt = (operations, method, url) => {
  const segments = url.split(/[?#]/, 1)[0].split('/')
  const isParameter = (part) => part.startsWith('{')
  const fits = (parts) =>
    parts.length === segments.length && parts.every((part, index) => isParameter(part) || part === segments[index])
  return operations
    .filter((operation) => operation.method === (method === 'HEAD' ? 'GET' : method) && fits(operation.path.split('/')))
    .sort((a, b) => a.path.split('/').filter(isParameter).length - b.path.split('/').filter(isParameter).length)[0]
}

/**
 * A judge of answers.
 * @returns {(request: {method: string, url: string}, answer: {status: number, headers: Record<string, unknown>, body: string}) => string[]}
 *   what the document does not say about this answer to this request; header names in lower case
 */
export const createAnswerCheck = (document) => {
  const operations = operationsOf(document)
  const faultsOf = createSchemaCheck(document)
  const protocol = document.components.headers.Protocol.schema.const
  return ({ method, url }, { status, headers, body }) => {
    const operation = operationAt(operations, method, url)
    const faults = []
    if (headers['x-agent-run-protocol'] !== protocol) faults.push('the header X-Agent-Run-Protocol is missing or wrong')
    if (status >= 400)
      faults.push(...problemFaults(operation, document['x-problems'], { status, headers, body, method }, faultsOf))
    else faults.push(...answerFaults(operation, { status, headers, body, method }, faultsOf))
    return faults.map((fault) => `${method} ${operation?.path ?? 'of an unknown path'} → ${status}: ${fault}`)
  }
}

const problemFaults = (operation, everyProblem, { status, headers, body, method }, faultsOf) => {
  const codes = operation?.problems.get(String(status)) ?? everyProblem[status]
  if (codes === undefined) return ['the status is not documented']
  const answer = operation?.answers.get(String(status)) ?? operation?.answers.get('default')
  const faults = headerFaults(answer?.headers ?? {}, headers, faultsOf)
  if (headers['content-type'] !== 'application/problem+json') return [...faults, `is ${headers['content-type']}`]
  if (method === 'HEAD') return faults
  const problem = parsed(body)
  faults.push(...faultsOf({ $ref: '#/components/schemas/Problem' }, problem))
  if (problem?.status !== status) faults.push(`the Problem says ${problem?.status}`)
  if (!codes.includes(problem?.code))
    faults.push(`the code ${problem?.code} is not documented, only ${codes.join(', ')}`)
  if (!problem?.type?.endsWith(`/errors#${problem.code}`)) faults.push('the type does not name the code')
  return faults
}

const answerFaults = (operation, { status, headers, body, method }, faultsOf) => {
  const answer = operation?.answers.get(String(status))
  if (answer === undefined) return ['the status is not documented']
  const faults = headerFaults(answer.headers, headers, faultsOf)
  if (answer.content === undefined) return body === '' ? faults : [...faults, 'there is a body']
  const media = String(headers['content-type'] ?? '').split(';')[0]
  const content = answer.content[media]
  if (content === undefined) return [...faults, `the media type ${media} is not documented`]
  if (method === 'HEAD' || media === 'text/event-stream') return faults
  if (content['x-item'] === undefined)
    return [...faults, ...faultsOf(content.schema, media === 'application/json' ? parsed(body) : body)]
  const lines = body.split('\n')
  if (lines.pop() !== '') faults.push('the last line is not ended')
  return [...faults, ...lines.flatMap((line) => faultsOf(content['x-item'], parsed(line)))]
}

const headerFaults = (documented, headers, faultsOf) =>
  Object.entries(documented).flatMap(([name, { required, schema }]) => {
    const value = headers[name.toLowerCase()]
    if (value === undefined) return required ? [`the header ${name} is missing`] : []
    return faultsOf(schema, value).map((fault) => `header ${name}: ${fault}`)
  })

const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A judge of values by schemas of the document, its references included; what is no JSON is undefined and never right. */
export const createSchemaCheck = (document) => {
  const ajv = new Ajv2020.default({ strict: false, validateFormats: false })
  ajv.addSchema({ components: document.components }, 'document')
  const compiled = new WeakMap()
  return (schema, value) => {
    if (value === undefined) return ['the body is no JSON']
    if (!compiled.has(schema)) compiled.set(schema, ajv.compile(anchored(schema)))
    const validate = compiled.get(schema)
    return validate(value)
      ? []
      : validate.errors.map(({ instancePath, message }) => `${instancePath || 'it'} ${message}`)
  }
}

/** The schema with its references led into the document. */
const anchored = (node) => {
  if (Array.isArray(node)) return node.map(anchored)
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === '$ref' ? `document${value}` : anchored(value)]),
  )
}
