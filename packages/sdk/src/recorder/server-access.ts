import { join } from 'node:path'
import { digest } from '@agent-run/core'
import { type Client, createClient } from '../client/index.ts'
import { nodeFileSystem } from '../journal-file/index.ts'
import { createSpool, environmentVariable, type Spool } from '../spool/index.ts'
import type { Context } from './context.ts'
import { type Delivery, deliverBy, noDelivery } from './delivery.ts'
import type { RecorderOptions, ServerAccess } from './options.ts'
import { journalOfRecord } from './record-journal.ts'
import { deliverToServer } from './server-delivery.ts'

/** Where the files of a run are. */
export interface RunFiles {
  readonly runId: string
  /** Folder of the files, absolute; absent if the run is kept in memory. */
  readonly folder: string | undefined
  readonly journalPath: string | undefined
}

/** The way of a record to whoever the options name. */
export function chooseDelivery(
  options: RecorderOptions,
  { runId, folder, journalPath }: RunFiles,
  { faults, within }: Pick<Context, 'faults' | 'within'>,
): Delivery {
  const { files, live, server, transport } = options
  if (transport !== undefined) {
    if (server) faults.report('recorder.option_refused', 'transport and server are both given; the transport is used')
    return deliverBy(transport, { faults, within })
  }
  const client = faults.guard('recorder.option_refused', 'the server that is given cannot be used', () => {
    try {
      return clientOf(server)
    } catch (error) {
      // Its message says what is wrong with url or key, and repeats neither.
      faults.report('recorder.option_refused', `server: ${error instanceof TypeError ? error.message : 'unusable'}`)
      return undefined
    }
  })
  if (client === undefined) return noDelivery
  if (live === true && journalPath === undefined)
    faults.report('recorder.live_failed', 'live needs a journal file; the server gets the record at the end')
  if (folder === undefined)
    return deliverBy(async (record) => ({ digest: (await client.postRun(record)).etag }), { faults, within })
  const spool = spoolOf(client, folder, options, (error) =>
    faults.report('recorder.transport_failed', error.message, error),
  )
  return deliverToServer({
    client,
    spool,
    runId,
    livePath: live === true ? journalPath : undefined,
    files,
    faults,
    within,
  })
}

/** Clients that this process has made, so that recorders of the same server share one, and its spool. */
const clients = new Map<string, Client>()

const clientOf = (server: RecorderOptions['server']): Client | undefined => {
  if (server === false) return undefined
  if (server !== undefined && (typeof server !== 'object' || server === null))
    throw new TypeError('it is no object; expected { url, key }, a client, or false')
  if (server !== undefined && 'postRun' in server) return server
  const access: ServerAccess = server ?? {}
  const url = access.url ?? environmentVariable('AGENT_RUN_SERVER_URL')
  if (url === undefined) {
    if (server === undefined) return undefined
    throw new TypeError('url is missing; expected where the server is, here or in AGENT_RUN_SERVER_URL')
  }
  const key = access.key ?? environmentVariable('AGENT_RUN_KEY')
  const name = JSON.stringify([url, key])
  // The spool tries again by itself, and no process is to be kept alive by that.
  const client =
    clients.get(name) ?? createClient({ url, ...(key === undefined ? {} : { key }), retry: { attempts: 1 } })
  clients.set(name, client)
  return client
}

const spools = new WeakMap<Client, Map<string, Spool>>()

/** The spool of this process for a client and a folder; one of its own where the file system is the caller's. */
function spoolOf(client: Client, folder: string, { files }: RecorderOptions, onFault: (error: Error) => void): Spool {
  const directory = join(folder, 'outbox', nameOf(client.url))
  const journalOf = (record: Uint8Array) => journalOfRecord(folder, record, files ?? nodeFileSystem)
  if (files !== undefined) return createSpool({ client, directory, files, journalOf, onFault })
  const known = spools.get(client) ?? new Map<string, Spool>()
  spools.set(client, known)
  const spool = known.get(directory) ?? createSpool({ client, directory, journalOf, onFault })
  known.set(directory, spool)
  return spool
}

/** One folder for each server: what was meant for one must not be sent to another. */
const nameOf = (url: string): string =>
  `${url
    .replace(/^https?:\/\//, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 60)}-${digest(url).slice(7, 15)}`
