import { randomFillSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Signer } from '@agent-run/core'
import { createClient } from '@agent-run/sdk/client'
import {
  createApp,
  createKeyText,
  type ErasedRun,
  hashOfKey,
  openStore,
  prefixOf,
  type Scope,
  type StoredRun,
} from '@agent-run/server'
import type { Desk } from '../tools/index.ts'
import { createApprover } from './approver.ts'
import { type Arrival, keepArrivals } from './arrivals.ts'

/** A run as the server has it. */
export interface ServerRun {
  readonly id: string
  readonly run: StoredRun | ErasedRun
  /** Its journal, octet for octet; empty where it has none. */
  readonly journal: Uint8Array
}

/** What the server of a trial was sent. */
export interface ServerHarvest {
  readonly runs: readonly ServerRun[]
  readonly arrivals: readonly Arrival[]
  /** Sentences about questions that could not be answered. */
  readonly problems: readonly string[]
}

/** A server of the protocol for one trial. */
export interface TrialServer {
  readonly url: string
  readonly key: string
  /** Octets that were sent to it so far. */
  readonly received: number
  /** Takes nothing any more and gives what it was sent. */
  close(): Promise<ServerHarvest>
}

const TENANT = 'trial'

/**
 * Starts the reference server, in memory, on a free port of this machine, with a key of its own for one runtime. What is
 * asked for is decided by a desk and signed with a key of the bench.
 * @param most octets of records and journals that are kept
 */
export const startTrialServer = async (desk: Desk, signer: Signer, most: number): Promise<TrialServer> => {
  const store = await openStore('sqlite::memory:')
  const app = await createApp({ store })
  const key = await makeKey(store.keys, ['runs:write', 'runs:read'])
  const own = await makeKey(store.keys, ['runs:read', 'approvals:decide'])
  let approver: ReturnType<typeof createApprover> | undefined
  const arrivals = keepArrivals(app.server, most, () => approver?.look())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  approver = createApprover(createClient({ url, key: own, retry: { attempts: 1 } }), desk, signer)
  return {
    url,
    key,
    get received() {
      return arrivals.total
    },
    close: async () => {
      await approver?.close()
      app.server.closeAllConnections()
      await app.close()
      const runs: ServerRun[] = []
      try {
        for (;;) {
          const last = runs.at(-1)
          const page = await store.exportRuns(last && { tenant: TENANT, id: last.id }, 100)
          for (const { id, run, journal } of page)
            runs.push({ id, run, journal: Buffer.concat(journal.flatMap(({ octets }) => [octets, LINE_FEED])) })
          if (page.length < 100) break
        }
      } finally {
        await store.close()
      }
      return { runs, arrivals: arrivals.all, problems: approver?.problems ?? [] }
    },
  }
}

const LINE_FEED = Uint8Array.of(0x0a)

const makeKey = async (keys: Awaited<ReturnType<typeof openStore>>['keys'], scopes: readonly Scope[]) => {
  const key = createKeyText((size) => randomFillSync(new Uint8Array(size)))
  await keys.create({
    prefix: prefixOf(key) as string,
    hash: hashOfKey(key),
    tenant: TENANT,
    name: '',
    scopes,
    createdAt: new Date().toISOString(),
    expiresAt: undefined,
  })
  return key
}
