import type { NewEvent, Store } from '../store.ts'
import { appendJournal } from './append-journal.ts'
import { addDocument, replaceRun } from './change-run.ts'
import type { Connection } from './connection.ts'
import { eraseRun } from './erase-run.ts'
import { isReadOnly, storeError } from './faults.ts'
import { createCommitter } from './group-commit.ts'
import { createIndexKeeper, hasPending, indexPending, readAsIfIndexed } from './index-runs.ts'
import { insertRuns } from './insert-runs.ts'
import { createKeys, type Reading } from './keys.ts'
import { checkWritable, migrate, readMigrations } from './migrate.ts'
import { probe, readSecret } from './probe.ts'
import { eventRange, exportRuns, listScores, readDocuments, readEvents, readJournal } from './read-parts.ts'
import { countMatching, listFactValues, listReceivedBefore, listRuns, readRun } from './read-runs.ts'
import { createScrubber } from './scrub.ts'
import { forgetOldest } from './write-events.ts'

/** Events that one transaction deletes, so that others need not wait long. */
const FORGOTTEN_AT_ONCE = 5_000

/**
 * A store in SQLite. Writes go through the group commit of one connection; reads have another, which only sees what is
 * committed. (In memory both are the same: a transaction begins and ends within one turn of the event loop.)
 */
export const createSqliteStore = (
  writer: Connection,
  reader: Connection,
  clock: () => string,
  compactUpTo: number,
): Store => {
  const bringUpToDate = (): Promise<void> => committer.write(indexPending)
  const keeper = createIndexKeeper(bringUpToDate)
  const committer = createCommitter(writer, {
    before: () => checkWritable(writer),
    after: () => keeper.keepUp(writer),
  })
  const scrubbed = createScrubber(writer, compactUpTo)
  const listeners = new Set<(tenant: string) => void>()

  const reading: Reading = async (read) => {
    try {
      return reader.snapshot(() => read(reader))
    } catch (error) {
      throw storeError(error)
    }
  }
  /** For what is looked up in the index, which may be behind. */
  const searching: Reading = async (read) => {
    if (!(await reading(hasPending))) return reading(read)
    try {
      await bringUpToDate()
    } catch (error) {
      // Other tables than ours are read as they are.
      if (!isReadOnly(error)) return asIfIndexed(read)
    }
    return reading(read)
  }
  const asIfIndexed: Reading = async (read) => {
    try {
      return readAsIfIndexed(writer, read)
    } catch (error) {
      throw storeError(error)
    }
  }
  /** What goes wrong in a listener is not the fault of the write, which is stored. */
  const told = (tenant: string, events: readonly NewEvent[]): void => {
    if (events.length > 0) for (const listener of listeners) queueMicrotask(() => listener(tenant))
  }

  return {
    engine: 'sqlite',
    keys: createKeys(committer, reading),

    insertRuns: async (tenant, runs, options = {}) => {
      const results = await committer.write((to) => {
        const results = insertRuns(to, tenant, runs, options, clock())
        keeper.added(results.filter(({ outcome }) => outcome === 'created').length)
        return results
      })
      told(
        tenant,
        runs.flatMap((run, index) => (results[index]?.outcome === 'created' ? run.events : [])),
      )
      return results
    },
    readRun: (tenant, id) => reading((from) => readRun(from, tenant, id)),
    listRuns: (tenant, filter, page) => searching((from) => listRuns(from, tenant, filter, page)),
    countRuns: (tenant, filter, most) => searching((from) => countMatching(from, tenant, filter, most)),
    replaceRun: async (tenant, etag, next, change) => {
      const outcome = await committer.write((to) => replaceRun(to, tenant, etag, next, change, clock()))
      if (outcome === 'replaced') told(tenant, change.events ?? [])
      return outcome
    },

    listFactValues: (tenant, kind, page) => searching((from) => listFactValues(from, tenant, kind, page)),
    listScores: (tenant, query) => reading((from) => listScores(from, tenant, query)),

    appendJournal: async (tenant, append) => {
      const result = await committer.write((to) => {
        if (append.expected === undefined) keeper.added(1)
        return appendJournal(to, tenant, append, clock())
      })
      if (result.outcome === 'appended') told(tenant, append.events)
      return result
    },
    readJournal: (tenant, id, page) => reading((from) => readJournal(from, tenant, id, page)),

    readDocuments: (tenant, id, kind) => reading((from) => readDocuments(from, tenant, id, kind)),
    addDocument: async (tenant, id, document, change, seen) => {
      const outcome = await committer.write((to) => addDocument(to, tenant, id, document, change, seen, clock()))
      if (outcome === 'added') told(tenant, change.events ?? [])
      return outcome
    },

    eraseRun: async (tenant, id, erasure, change) => {
      const outcome = await committer.write((to) => eraseRun(to, tenant, id, erasure, change, clock()))
      if (outcome === 'erased') told(tenant, change.events ?? [])
      await scrubbed()
      return outcome
    },
    listReceivedBefore: (tenant, before, limit) => searching((from) => listReceivedBefore(from, tenant, before, limit)),

    readEvents: (tenant, after, limit) => reading((from) => readEvents(from, tenant, after, limit)),
    eventRange: (tenant) => reading((from) => eventRange(from, tenant)),
    forgetEvents: async (before) => {
      const tenants = await reading((from) => from.all<{ readonly tenant: string }>('SELECT tenant FROM tenants'))
      let forgotten = 0
      for (const { tenant } of tenants) {
        for (;;) {
          const deleted = await committer.write((to) => forgetOldest(to, tenant, before, FORGOTTEN_AT_ONCE))
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

    exportRuns: (after, limit) => reading((from) => exportRuns(from, after, limit)),

    secret: () => reading(readSecret),
    probe: () => probe(committer, reading, clock()),
    migrations: () => reading(readMigrations),
    migrate: async (onStep = () => {}) => {
      try {
        migrate(writer, clock(), onStep)
      } catch (error) {
        throw storeError(error)
      }
    },
    close: async () => {
      keeper.close()
      await committer.close()
      if (reader !== writer) reader.close()
      writer.close()
    },
  }
}
