import { readFileSync } from 'node:fs'
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { createSigner, sha256 } from '@agent-run/core'
import fc from 'fast-check'
import { expect } from 'vitest'
import { startServer } from '../../http/start-app.ts'
import { answerFaults, operations, root } from '../document.ts'
import { anyRequest, ETAG, type FuzzRequest, KEYS, type Runs } from './requests.ts'

/** Milliseconds after which an answer that hasn't come is a fault of its own. */
const PATIENCE = 20_000

interface Answer {
  readonly statusCode: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What came back, by operation: how often each status. */
export type Tally = ReadonlyMap<string, ReadonlyMap<number, number>>

/**
 * Sends that many requests made from the document to a real server over real sockets, one after the other, and expects of
 * every answer that it is no fault of the server (AR-HTTP-003) and what the document says. The same seed gives the same requests.
 */
export const fuzz = async (count: number, seed: number): Promise<Tally> => {
  const server = await startServer({ serverKey: createSigner(sha256('a key for tests')) })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const tally = new Map<string, Map<number, number>>()
  try {
    const { port } = await server.listen()
    const keys = {
      [KEYS.admin]: await server.key({ scopes: ['admin'] }),
      [KEYS.write]: await server.key({ scopes: ['runs:write'] }),
      [KEYS.read]: await server.key({ scopes: ['runs:read'] }),
    }
    const send = async (asked: FuzzRequest): Promise<Answer> => {
      const headers: Record<string, string> = {}
      for (const [name, value] of Object.entries(asked.headers)) headers[name] = keys[value as '{admin}'] ?? value
      if (Object.values(headers).includes(ETAG)) {
        const path = asked.url.split('?')[0] as string
        const run = await exchange(agent, port, {
          ...asked,
          method: 'GET',
          url: path,
          headers: { 'x-api-key': keys[KEYS.admin] },
          body: undefined,
        })
        for (const name of Object.keys(headers))
          if (headers[name] === ETAG) headers[name] = run.headers.etag ?? '"none"'
      }
      return exchange(agent, port, { ...asked, headers })
    }
    const runs = await seedRuns(send)
    await fc.assert(
      fc.asyncProperty(anyRequest(runs), async (asked) => {
        const answer = await send(asked)
        const statuses = tally.get(asked.operation) ?? new Map<number, number>()
        tally.set(asked.operation, statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1))
        expect(answer.statusCode, answer.body).toBeLessThan(500)
        expect(answerFaults({ method: asked.method, url: asked.url }, answer)).toEqual([])
      }),
      { numRuns: count, seed, endOnFailure: false },
    )
    return tally
  } finally {
    agent.destroy()
    await server.stop()
  }
}

/** Stores the examples, a sealed run and some to be erased, so that many requests are about something. */
const seedRuns = async (send: (asked: FuzzRequest) => Promise<Answer>): Promise<Runs> => {
  const headers = { 'x-api-key': KEYS.admin, 'content-type': 'application/json' }
  const post = async (run: object): Promise<void> => {
    const body = Buffer.from(JSON.stringify(run))
    const answer = await send({ operation: 'postRun', method: 'POST', url: '/api/v1/runs', headers, body })
    expect(answer.statusCode, answer.body).toBe(201)
  }
  const [content] = Object.values(operations.find(({ id }) => id === 'postRun')?.body?.content ?? {})
  const examples = Object.values(content?.examples ?? {}).filter((example) => example['x-status'] === 201)
  for (const { value } of examples) await post(value as object)
  const sealed = JSON.parse(readFileSync(join(root, 'examples/records/sealed.json'), 'utf8'))
  await post(sealed)
  const [first] = examples as [{ value: object }]
  const numbered = (name: string): string[] => Array.from({ length: 12 }, (_, index) => `${name}-${index}`)
  const erasable = numbered('erasable')
  for (const id of [...erasable, 'stream', 'a/b c?d%']) await post({ ...first.value, id })
  return { lasting: ['run-001', 'run_2292', sealed.id, 'stream', 'a/b c?d%'], erasable, future: numbered('live') }
}

const exchange = (agent: Agent, port: number, { method, url, headers, body }: FuzzRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(body.length) }
    const request = httpRequest(
      { agent, port, host: '127.0.0.1', method, path: url, headers: { ...headers, ...length } },
      (response) => {
        const { statusCode = 0, headers: answered } = response
        const chunks: Buffer[] = []
        const done = (): void =>
          resolve({ statusCode, headers: answered, body: Buffer.concat(chunks).toString('utf8') })
        // A stream has no end; that it began is all there is to see here.
        if (answered['content-type']?.startsWith('text/event-stream')) {
          response.destroy()
          done()
          return
        }
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', done)
        response.on('error', reject)
      },
    )
    request.setTimeout(PATIENCE, () => request.destroy(new Error('no answer came')))
    request.on('error', reject)
    request.end(body)
  })
