import { setTimeout as sleep } from 'node:timers/promises'
import { AgentRunError } from '@agent-run/core'
import type pg from 'pg'
import { type Connection, connectionOf } from './connection.ts'
import { isLost, storeError } from './faults.ts'
import { isMissingTable } from './migrate.ts'

/** Runs a read, and turns faults of the store into their errors. */
export type Reading = <Result>(read: (connection: Connection) => Promise<Result>) => Promise<Result>

const TRIES = 3
const PAUSE_MS = 20

/**
 * Reads by whichever connection is free, once more if that turns out to be gone: after a restart of the database the
 * pool still holds connections of before.
 */
export const createReading =
  (pool: pg.Pool): Reading =>
  (read) =>
    again(() => read(connectionOf(pool)))

/** Reads that all see one moment. */
export const createSnapshot =
  (pool: pg.Pool): Reading =>
  (read) =>
    again(async () => {
      const client = await pool.connect()
      try {
        const connection = connectionOf(client)
        await connection.script('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        const result = await read(connection)
        await connection.script('COMMIT')
        client.release()
        return result
      } catch (error) {
        client.release(true)
        throw error
      }
    })

const again = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (isMissingTable(error)) throw new AgentRunError('store.unavailable', 'The store has no tables yet.', error)
      if (!isLost(error) || tries === TRIES) throw storeError(error)
      await sleep(PAUSE_MS * tries)
    }
  }
}
