import fc from 'fast-check'
import { type Operation, operations, type Parameter } from '../document.ts'
import { beginningOf, bodyOf } from './bodies.ts'
import { often } from './often.ts'
import { headerText, hostileText, validValue } from './values.ts'

/** A request as it goes on the wire. The value `ETAG` of a header stands for the ETag that the run has then. */
export interface FuzzRequest {
  readonly operation: string
  readonly method: string
  /** Path and query, percent-encoded or worse. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

export const ETAG = '{etag}'
/** Stands for a key of the server under test: with `admin`, one that only writes, one that only reads. */
export const KEYS = { admin: '{admin}', write: '{write}', read: '{read}' } as const

/** Requests to every operation: right, slightly wrong and hostile. `runs` are those that they are about. */
export const anyRequest = (runs: Runs): fc.Arbitrary<FuzzRequest> =>
  fc.constantFrom(...operations).chain((operation) => {
    const request = requestTo(operation, runs)
    return operation.id === 'appendEvents'
      ? fc.oneof({ arbitrary: request, weight: 3 }, beginRun(operation, runs))
      : request
  })

/** The first lines of a run that nobody has begun yet, or has with the same lines. */
const beginRun = (operation: Operation, { future }: Runs): fc.Arbitrary<FuzzRequest> =>
  fc.constantFrom(...future).map((id) => ({
    operation: operation.id,
    method: operation.method,
    url: operation.path.replace('{id}', id),
    headers: { 'x-api-key': KEYS.admin, 'content-type': 'application/x-ndjson' },
    body: beginningOf(operation, id),
  }))

const requestTo = (operation: Operation, runs: Runs): fc.Arbitrary<FuzzRequest> =>
  fc
    .record({
      url: urlOf(operation, runs),
      headers: headersOf(operation),
      body: bodyOf(operation),
      method: often(
        fc.constant(operation.method),
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
      ),
    })
    .map(({ url, headers, body, method }) => ({
      operation: operation.id,
      method,
      url,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': body.media, ...body.headers }) },
      body: body?.octets,
    }))

/** Percent-encoded, whatever it is: a lone surrogate becomes the octets that no UTF-8 has. */
const encoded = (text: string): string =>
  [...text].map((sign) => (/^[\ud800-\udfff]$/.test(sign) ? '%ED%A0%80' : encodeURIComponent(sign))).join('')

/** Runs that the server holds, in their parts: some stay, some are there to be erased, some are still to begin. */
export interface Runs {
  readonly lasting: readonly string[]
  readonly erasable: readonly string[]
  readonly future: readonly string[]
}

const idsFor = (operation: Operation, runs: Runs): fc.Arbitrary<string> => {
  if (operation.id === 'eraseRun') return fc.constantFrom(...runs.erasable)
  if (operation.id === 'appendEvents') return fc.constantFrom(...runs.lasting, ...runs.future)
  return fc.constantFrom(...runs.lasting, ...runs.erasable.slice(0, 1))
}

const pathValue = (operation: Operation, parameter: Parameter, runs: Runs): fc.Arbitrary<string> => {
  const example = fc.constant(String(parameter.example))
  const existing = parameter.name === 'id' ? idsFor(operation, runs) : example
  const usual = operation.id === 'decideApproval' ? fc.oneof({ arbitrary: example, weight: 5 }, existing) : existing
  const raw = fc.constantFrom('%', '%zz', '%C3', 'a%2Fb', '%2e%2e', '..', '%00', 'a;b', 'a,b', '')
  return fc.oneof(
    { arbitrary: usual.map(encoded), weight: 8 },
    { arbitrary: hostileText.map(encoded), weight: 2 },
    { arbitrary: raw, weight: 1 },
  )
}

const urlOf = (operation: Operation, runs: Runs): fc.Arbitrary<string> => {
  const path = operation.path.split('/').map((part) => {
    const parameter = operation.parameters.find(({ name }) => part === `{${name}}`)
    return parameter === undefined ? fc.constant(part) : pathValue(operation, parameter, runs)
  })
  const query = operation.parameters.filter((parameter) => parameter.in === 'query')
  const pairs = query.map((parameter) => ({ parameter, chosen: queryPair(parameter, runs) }))
  const needed = pairs.filter(({ parameter }) => parameter.required).map(({ chosen }) => chosen)
  const others = pairs.filter(({ parameter }) => !parameter.required).map(({ chosen }) => chosen)
  const odd = fc.tuple(hostileText, hostileText).map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  const some = fc.subarray(others, { maxLength: Math.min(2, others.length) }).chain((chosen) => fc.tuple(...chosen))
  return fc
    .tuple(
      fc.tuple(...path),
      often(fc.tuple(...needed), fc.constant([])),
      some,
      often(fc.constant([]), fc.array(odd, { maxLength: 2 })),
    )
    .map(([parts, ...lists]) => {
      const text = lists.flat().join('&')
      return text === '' ? parts.join('/') : `${parts.join('/')}?${text}`
    })
}

const queryPair = ({ name, schema, example }: Parameter, runs: Runs): fc.Arbitrary<string> => {
  const isRun = name === 'run_id' || name === 'against' || name === 'parent_run_id'
  const right = isRun
    ? fc.constantFrom(...runs.lasting, 'last_good')
    : validValue(schema).map((value) => String([value].flat()[0] ?? ''))
  const usual = example === undefined ? right : fc.oneof(right, fc.constant(String([example].flat()[0])))
  return fc
    .oneof({ arbitrary: usual, weight: 4 }, { arbitrary: hostileText, weight: 1 })
    .map((value) => `${name}=${encoded(value)}`)
}

const headersOf = (operation: Operation): fc.Arbitrary<Record<string, string>> => {
  const own = operation.parameters
    .filter((parameter) => parameter.in === 'header' && parameter.name !== 'Content-Encoding')
    .map(({ name, required, schema }): [string, fc.Arbitrary<string | undefined>] => {
      const right =
        name === 'If-Match' || name === 'If-None-Match'
          ? fc.constant(ETAG)
          : validValue(schema).map((value) => String(value).replace(/[^\u0020-\u007e]/g, ''))
      const wrong = fc.oneof(fc.constant(undefined), headerText)
      return [
        name.toLowerCase(),
        required ? often(right, wrong, 6) : fc.oneof(fc.constant(undefined), right, headerText),
      ]
    })
  const key = fc.oneof(
    { arbitrary: fc.constant(KEYS.admin), weight: 20 },
    { arbitrary: fc.constantFrom(KEYS.write, KEYS.read), weight: 2 },
    { arbitrary: headerText, weight: 1 },
  )
  const accept =
    operation.id === 'streamRuns'
      ? fc.constantFrom('text/event-stream', 'application/json', '*/*')
      : fc.constantFrom('*/*', 'text/html', 'application/json')
  return fc
    .record({ ...Object.fromEntries(own), 'x-api-key': key, accept }, { noNullPrototype: true })
    .map((headers) =>
      Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== undefined)),
    )
}
