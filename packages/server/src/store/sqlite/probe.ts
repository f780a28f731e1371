import { AgentRunError } from '@agent-run/core'
import type { Connection } from './connection.ts'
import type { Committer } from './group-commit.ts'
import type { Reading } from './keys.ts'

const WRITE = `INSERT INTO store_values (name, value) VALUES ('probe', ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`
const READ = 'SELECT value FROM store_values WHERE name = ?'

/** Writes a row as any other write is written, and reads it as others read. */
export const probe = async (committer: Committer, reading: Reading, at: string): Promise<void> => {
  await committer.write((connection) => connection.run(WRITE, new TextEncoder().encode(at)))
  const found = await reading((connection) => readValue(connection, 'probe'))
  if (found === undefined) throw new AgentRunError('store.unavailable', 'What was written could not be read.')
}

/** Random bytes that were made with the store. */
export const readSecret = (connection: Connection): Uint8Array => {
  const secret = readValue(connection, 'secret')
  if (secret === undefined) throw new AgentRunError('store.unavailable', 'The store has no tables yet.')
  return secret
}

const readValue = (connection: Connection, name: string): Uint8Array | undefined =>
  connection.get<{ readonly value: Uint8Array }>(READ, name)?.value
