import { randomFillSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { expect } from 'vitest'
import { type App, type AppOptions, createApp } from '../../src/app/create-app.ts'
import { createKeyText, hashOfKey, prefixOf } from '../../src/app/key-text.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Scope, Store } from '../../src/store/store.ts'
import { answerFaults } from '../document/document.ts'
import { emptyPlace } from '../postgres/empty-place.ts'

/** An app over an empty store in memory, and a way to make keys. */
export interface TestServer {
  readonly app: App
  readonly store: Store
  /** A fresh key. */
  key(options?: { tenant?: string; scopes?: readonly Scope[]; expiresAt?: string }): Promise<string>
  /** Listens on a free port of this machine. */
  listen(): Promise<{ readonly url: string; readonly port: number }>
  stop(): Promise<void>
}

export const startServer = async (options: Partial<AppOptions> = {}): Promise<TestServer> => {
  const store = options.store ?? (await openStore(await emptyPlace()))
  const app = documented(await createApp({ ...options, store }))
  return {
    app,
    store,
    async key({ tenant = 'a', scopes = ['runs:read', 'runs:write'], expiresAt } = {}) {
      const text = createKeyText((size) => randomFillSync(new Uint8Array(size)))
      await store.keys.create({
        prefix: prefixOf(text) as string,
        hash: hashOfKey(text),
        tenant,
        name: 'test',
        scopes,
        createdAt: new Date().toISOString(),
        expiresAt,
      })
      return text
    },
    async listen() {
      await app.listen({ host: '127.0.0.1', port: 0 })
      const { port } = app.server.address() as AddressInfo
      return { url: `http://127.0.0.1:${port}`, port }
    },
    async stop() {
      await app.close()
      await store.close()
    },
  }
}

/** The same app, of which every answer to `inject` is held against the document (schemas/openapi.yaml). */
const documented = (app: App): App => {
  const inject = app.inject.bind(app) as (request: InjectOptions | string) => Promise<LightMyRequestResponse>
  app.inject = (async (request: InjectOptions | string) => {
    const answer = await inject(request)
    const { method = 'GET', url } = typeof request === 'string' ? { url: request } : request
    expect(answerFaults({ method, url: String(url) }, answer)).toEqual([])
    return answer
  }) as App['inject']
  return app
}

let count = 0

/** The object of the founding quick start, under an id of its own. */
export const quickStart = (id = `run-${++count}`): Record<string, unknown> => ({
  id,
  agent_id: 'my-agent',
  status: 'completed',
  started_at: '2026-01-15T10:00:00Z',
  steps: [],
  cost: { input_tokens: 100, output_tokens: 50, cost_usd: 0.001 },
  provenance: { run_hash: '...' },
})
