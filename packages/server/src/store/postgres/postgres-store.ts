import { AgentRunError } from '@agent-run/core'
import type pg from 'pg'
import { isWritable } from '../sql/migrations.ts'
import type { Change, Erasure, JournalAppend, NewDocument, NewRun, Store, StoreFault } from '../store.ts'
import { appendJournal } from './append-journal.ts'
import { addDocument, replaceRun } from './change-run.ts'
import { eraseRun } from './erase-run.ts'
import { eventRange, forgetOldest, listTenants, readEvents } from './events.ts'
import { exportRuns } from './export-runs.ts'
import { storeError } from './faults.ts'
import { type Committer, createCommitter, type Operation } from './group-commit.ts'
import { insertRuns } from './insert-runs.ts'
import { createKeys } from './keys.ts'
import { migrate, readMigrations } from './migrate.ts'
import { behind } from './migration-fault.ts'
import { listScores, readDocuments, readJournal } from './read-parts.ts'
import { countMatching, listFactValues, listReceivedBefore, listRuns, readRun } from './read-runs.ts'
import { createReading, createSnapshot, type Reading } from './reading.ts'
import { readProbe, readSecret, writeLargeProbe, writeProbe } from './store-values.ts'
import type { Transaction } from './transaction.ts'

/** Events that one transaction deletes, so that others need not wait long. */
const FORGOTTEN_AT_ONCE = 5_000

/** Connections for either, so that readers never keep a writer from its turn. */
export interface Pools {
  readonly readers: pg.Pool
  readonly writers: pg.Pool
}

/** A store in PostgreSQL. Writes go through group commit, reads use whichever connection is free. */
export const createPostgresStore = ({ readers, writers }: Pools, clock: () => string): Store => {
  const listeners = new Set<(tenant: string) => void>()
  const committer = createCommitter(writers, clock, (tenants) => {
    for (const tenant of tenants) for (const listener of listeners) listener(tenant)
  })
  const reading = createReading(readers)
  const snapshot = createSnapshot(readers)
  const writing: Reading = (write) =>
    reading(async (to) => {
      const state = await readMigrations(to)
      if (!isWritable(state)) throw behind(state)
      return write(to)
    })

  // While the disk is full a small row may still fit somewhere: then only a large one shows that this is over.
  let wasFull = false
  const write: Committer['write'] = async (...parameters) => {
    try {
      return await committer.write(...parameters)
    } catch (error) {
      if (error instanceof AgentRunError && error.code === ('store.full' satisfies StoreFault)) wasFull = true
      throw error
    }
  }

  return {
    engine: 'postgres',
    keys: createKeys(reading, writing),

    insertRuns: (tenant, runs, options = {}) => write(tenant, insertRuns, { tenant, runs, options }, octetsOf(runs)),
    readRun: (tenant, id) => reading((from) => readRun(from, tenant, id)),
    listRuns: (tenant, filter, page) => reading((from) => listRuns(from, tenant, filter, page)),
    countRuns: (tenant, filter, most) => reading((from) => countMatching(from, tenant, filter, most)),
    replaceRun: (tenant, etag, next, change) =>
      write(tenant, replacing, { tenant, etag, next, change }, octetsOf([next])),

    listFactValues: (tenant, kind, page) => reading((from) => listFactValues(from, tenant, kind, page)),
    listScores: (tenant, query) => reading((from) => listScores(from, tenant, query)),

    appendJournal: (tenant, append) =>
      write(
        tenant,
        appending,
        { tenant, append },
        append.lines.reduce((sum, { octets }) => sum + octets.length, 0),
      ),
    readJournal: (tenant, id, page) => reading((from) => readJournal(from, tenant, id, page)),

    readDocuments: (tenant, id, kind) => reading((from) => readDocuments(from, tenant, id, kind)),
    addDocument: (tenant, id, document, change, seen) =>
      write(tenant, adding, { tenant, id, document, change, seen }, document.body.length),

    eraseRun: (tenant, id, erasure, change) => write(tenant, erasing, { tenant, id, erasure, change }),
    listReceivedBefore: (tenant, before, limit) => reading((from) => listReceivedBefore(from, tenant, before, limit)),

    readEvents: (tenant, after, limit) => reading((from) => readEvents(from, tenant, after, limit)),
    eventRange: (tenant) => reading((from) => eventRange(from, tenant)),
    forgetEvents: async (before) => {
      let forgotten = 0
      for (const tenant of await reading(listTenants)) {
        for (;;) {
          const deleted = await write(tenant, forgetting, { tenant, before })
          forgotten += deleted
          if (deleted < FORGOTTEN_AT_ONCE) break
        }
      }
      return forgotten
    },
    onEvents: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    exportRuns: (after, limit) => snapshot((from) => exportRuns(from, after, limit)),

    secret: () => reading(readSecret),
    probe: async () => {
      await writing((to) => writeProbe(to, clock()))
      if (wasFull) await writing(writeLargeProbe)
      wasFull = false
      await reading(readProbe)
    },
    migrations: () => reading(readMigrations),
    migrate: async (onStep = () => {}) => {
      try {
        await migrate(writers, clock(), onStep)
      } catch (error) {
        throw storeError(error)
      }
    },
    close: async () => {
      await committer.close()
      await Promise.all([readers.end(), writers.end()])
    },
  }
}

const octetsOf = (runs: readonly NewRun[]): number => runs.reduce((sum, { body }) => sum + body.length, 0)

/** An operation that does its inputs one after another. */
const eachInTurn =
  <Input, Result>(perform: (transaction: Transaction, input: Input) => Promise<Result>): Operation<Input, Result> =>
  async (transaction, inputs) => {
    const results = []
    for (const input of inputs) results.push(await perform(transaction, input))
    return results
  }

interface Write {
  readonly tenant: string
}

const replacing = eachInTurn(
  (to, { tenant, etag, next, change }: Write & { etag: string; next: NewRun; change: Change }) =>
    replaceRun(to, tenant, etag, next, change),
)
const appending = eachInTurn((to, { tenant, append }: Write & { append: JournalAppend }) =>
  appendJournal(to, tenant, append),
)
const adding = eachInTurn(
  (
    to,
    {
      tenant,
      id,
      document,
      change,
      seen,
    }: Write & {
      id: string
      document: NewDocument
      change: Change
      seen: number | undefined
    },
  ) => addDocument(to, tenant, id, document, change, seen),
)
const erasing = eachInTurn(
  (to, { tenant, id, erasure, change }: Write & { id: string; erasure: Erasure; change: Change }) =>
    eraseRun(to, tenant, id, erasure, change),
)
const forgetting = eachInTurn((to, { tenant, before }: Write & { before: string }) =>
  forgetOldest(to, tenant, before, FORGOTTEN_AT_ONCE),
)
