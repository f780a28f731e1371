import { randomBytes } from 'node:crypto'
import { AgentRunError } from '@agent-run/core'
import type { Connection } from './connection.ts'

const WRITE = `INSERT INTO store_values (name, value) VALUES ('probe', $1)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`
const READ = 'SELECT value FROM store_values WHERE name = $1'

/** Writes a row. */
export const writeProbe = async (connection: Connection, at: string): Promise<void> => {
  await connection.run(WRITE, [Buffer.from(at)])
}

/** Octets that do not fit into what is left over in some page. */
const LARGE = 2 ** 20
const WRITE_LARGE = `INSERT INTO store_values (name, value) VALUES ('large_probe', $1)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`
const REMOVE_LARGE = "DELETE FROM store_values WHERE name = 'large_probe'"

/** Writes so much that the disk has to have room for it, and removes it. */
export const writeLargeProbe = async (connection: Connection): Promise<void> => {
  await connection.run(WRITE_LARGE, [randomBytes(LARGE)])
  await connection.run(REMOVE_LARGE)
}

/** Reads what {@link writeProbe} has written. */
export const readProbe = async (connection: Connection): Promise<void> => {
  if ((await readValue(connection, 'probe')) === undefined) {
    throw new AgentRunError('store.unavailable', 'What was written could not be read.')
  }
}

/** Random bytes that were made with the store. */
export const readSecret = async (connection: Connection): Promise<Uint8Array> => {
  const secret = await readValue(connection, 'secret')
  if (secret === undefined) throw new AgentRunError('store.corrupt', 'The store has lost its secret.')
  return secret
}

const readValue = async (connection: Connection, name: string): Promise<Uint8Array | undefined> =>
  (await connection.all<{ readonly value: Uint8Array }>(READ, [name]))[0]?.value
