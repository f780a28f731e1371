import { headOf, headOfNew } from '../sql/rows.ts'
import type { FirstOutcome, InsertOptions, InsertResult, NewRun, RunHead } from '../store.ts'
import type { Connection } from './connection.ts'
import { findErased, findRun } from './find-run.ts'
import { writeDocuments } from './write-documents.ts'
import { contentOf, insertRun } from './write-run.ts'

/** How long an idempotency key answers. */
const KEPT_MS = 24 * 60 * 60 * 1000

/** Takes runs in order. */
export const insertRuns = (
  connection: Connection,
  tenant: string,
  runs: readonly NewRun[],
  options: InsertOptions,
  at: string,
): readonly InsertResult[] => {
  const { idempotency } = options
  if (idempotency === undefined) return runs.map((run) => insertOne(connection, tenant, run, at))
  const [run] = runs
  if (run === undefined || runs.length > 1) throw new TypeError('an idempotency key is for one run')
  return [insertIdempotent(connection, tenant, run, idempotency, at)]
}

const insertOne = (connection: Connection, tenant: string, run: NewRun, at: string): InsertResult => {
  const stored = findRun(connection, tenant, run.id)
  if (stored !== undefined) {
    if (stored.content_digest === run.contentDigest) return { outcome: 'same', run: headOf(stored) }
    // The id is part of what the hash covers: a record of another id that names the same hash is none of its variants.
    const variant = run.recordHash !== undefined && stored.record_hash === run.recordHash
    return { outcome: variant ? 'variant' : 'conflict', run: headOf(stored) }
  }
  if (findErased(connection, tenant, run.id) !== undefined) return { outcome: 'erased' }
  const key = insertRun(connection, tenant, contentOf(run, undefined), run.events, at)
  writeDocuments(connection, key, run.documents, at)
  return { outcome: 'created', run: headOfNew(run, at) }
}

const PRUNE = 'DELETE FROM idempotency WHERE at < ?'
const FIND = 'SELECT request_digest, head FROM idempotency WHERE tenant = ? AND key = ?'
const REMEMBER = `INSERT INTO idempotency (tenant, key, request_digest, run, at, head)
  SELECT ?1, ?2, ?3, run, ?4, ?5 FROM runs WHERE tenant = ?1 AND id = ?6`

const insertIdempotent = (
  connection: Connection,
  tenant: string,
  run: NewRun,
  { key, requestDigest }: NonNullable<InsertOptions['idempotency']>,
  at: string,
): InsertResult => {
  connection.run(PRUNE, new Date(Date.parse(at) - KEPT_MS).toISOString())
  const known = connection.get<{ readonly request_digest: string; readonly head: string }>(FIND, tenant, key)
  if (known !== undefined) {
    if (known.request_digest !== requestDigest) return { outcome: 'key_reused' }
    const { first, ...run } = JSON.parse(known.head) as RunHead & { readonly first: FirstOutcome }
    return { outcome: 'replayed', first, run }
  }
  const result = insertOne(connection, tenant, run, at)
  if (result.outcome === 'created' || result.outcome === 'same') {
    connection.run(
      REMEMBER,
      tenant,
      key,
      requestDigest,
      at,
      JSON.stringify({ ...result.run, first: result.outcome }),
      run.id,
    )
  }
  return result
}
