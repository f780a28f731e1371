import { randomFillSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createSigner, generateSeed } from '@agent-run/core'
import { createApp, createKeyText, hashOfKey, openStore, prefixOf, type Rate, type Scope } from '@agent-run/server'
import type { KeyRing } from '../../src/index.ts'

/** A server that listens, and keys for every role. */
export interface Listening {
  readonly url: string
  readonly keys: KeyRing
  stop(): Promise<void>
}

const EVERYTHING: readonly Scope[] = ['admin']

/** The reference server over an empty store, in memory unless `place` says otherwise, with a key of its own or without. */
export const startReference = async ({
  serverKey = true,
  rate,
  place = 'sqlite::memory:',
}: {
  serverKey?: boolean
  rate?: Rate
  place?: string
} = {}): Promise<Listening> => {
  const store = await openStore(place)
  const app = await createApp({
    store,
    ...(serverKey ? { serverKey: createSigner(generateSeed()) } : {}),
    ...(rate ? { rate } : {}),
  })
  const key = async (tenant: string, scopes: readonly Scope[], expiresAt?: string): Promise<string> => {
    const text = createKeyText((size) => randomFillSync(new Uint8Array(size)))
    await store.keys.create({
      prefix: prefixOf(text)!,
      hash: hashOfKey(text),
      tenant,
      name: 'conformance',
      scopes,
      createdAt: new Date().toISOString(),
      expiresAt,
    })
    return text
  }
  const revoked = await key('a', EVERYTHING)
  await store.keys.revoke(prefixOf(revoked)!, new Date().toISOString())
  const keys = {
    main: await key('a', EVERYTHING),
    ingest: await key('a', ['runs:write']),
    reader: await key('a', ['runs:read']),
    other: await key('b', EVERYTHING),
    expired: await key('a', EVERYTHING, '2026-01-01T00:00:00Z'),
    revoked,
  }
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    stop: async () => {
      await app.close()
      await store.close()
    },
  }
}
