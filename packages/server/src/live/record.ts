import { createHash } from 'node:crypto'
import { canonicalize, foldJournal, type Journal, readJournal } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { Problem, problem } from '../app/problem.ts'
import type { JournalRow, Store, StoredRun } from '../store/store.ts'
import { currentRun } from './current-run.ts'

/** What a reader of a run gets. */
export interface RunBody {
  /** JCS of the record, UTF-8. */
  readonly body: Uint8Array
  /** SHA-256 of `body`. */
  readonly etag: string
}

/** Rows that are read at once. */
const PAGE = 1000
const LINE_FEED = Buffer.from('\n')
const decoder = new TextDecoder()

/**
 * The record of a run as `GET` answers it: the octets that are stored, or of a live run the fold of its journal so far
 * (AR-HTTP-029, AR-HTTP-085).
 */
export const recordOf = async (store: Store, tenant: string, run: StoredRun): Promise<RunBody> => {
  if (run.state === 'stored') return { body: run.body, etag: run.etag }
  return sharedFold(store, tenant, run)
}

/** The record as a value, as it was written: nothing added, nothing gone. */
export const recordValueOf = async (store: Store, tenant: string, run: StoredRun): Promise<AgentRun> =>
  JSON.parse(decoder.decode((await recordOf(store, tenant, run)).body)) as AgentRun

/** The same for one of many runs: undefined for a live one that is erased while it is read. */
export const recordIfThere = async (store: Store, tenant: string, run: StoredRun): Promise<AgentRun | undefined> => {
  try {
    return await recordValueOf(store, tenant, run)
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 410)) return undefined
    throw error
  }
}

/** Canonical octets of a value, and their digest. */
export const bodyOf = (value: unknown): RunBody => {
  const body = Buffer.from(canonicalize(value))
  return { body, etag: digestOf(body) }
}

/** SHA-256, `sha256:` and 64 hexadecimal digits. */
export const digestOf = (octets: Uint8Array): string => `sha256:${createHash('sha256').update(octets).digest('hex')}`

/** All rows of a journal, page by page. */
export async function* journalRows(
  store: Store,
  tenant: string,
  id: string,
  afterSeq?: number,
): AsyncGenerator<JournalRow> {
  for (let after = -1; ; ) {
    const rows = await store.readJournal(tenant, id, {
      after,
      limit: PAGE,
      ...(afterSeq === undefined ? {} : { afterSeq }),
    })
    yield* rows
    if (rows.length < PAGE) return
    after = rows[rows.length - 1]!.number
  }
}

/**
 * The octets of a journal: every line as it was received, with its line feed.
 * @throws Problem 404, 410 for a run that was erased while it was read
 */
export const journalOctets = async (store: Store, tenant: string, run: StoredRun): Promise<Buffer> => {
  const parts: Uint8Array[] = []
  let seq = -1
  for await (const row of journalRows(store, tenant, run.id)) {
    parts.push(row.octets, LINE_FEED)
    seq = row.seq ?? seq
  }
  if (seq < (run.journal?.seq ?? -1)) throw await goneMeanwhile(store, tenant, run.id)
  return Buffer.concat(parts)
}

/** Why the lines of a run are fewer than its head says. */
export const goneMeanwhile = async (store: Store, tenant: string, id: string): Promise<Error> => {
  await currentRun(store, tenant, id)
  return problem(503, 'store.unavailable', { headers: { 'retry-after': '1' } })
}

/**
 * The journal of a run, read anew from what is stored.
 * @throws Problem 404, 410 for a run that was erased while it was read
 */
export const journalOf = async (store: Store, tenant: string, run: StoredRun): Promise<Journal> =>
  readJournal(await journalOctets(store, tenant, run))

/** Folds that are being made, by store and by what they are of. */
const folding = new WeakMap<Store, Map<string, Promise<RunBody>>>()

/** Those who read a live run at the same time read the same fold: a long one holds up everybody else. */
const sharedFold = (store: Store, tenant: string, run: StoredRun): Promise<RunBody> => {
  const made = folding.get(store) ?? new Map<string, Promise<RunBody>>()
  folding.set(store, made)
  const key = JSON.stringify([tenant, run.id, run.journal])
  const known = made.get(key)
  if (known !== undefined) return known
  const fold = foldOf(store, tenant, run).finally(() => made.delete(key))
  made.set(key, fold)
  return fold
}

const foldOf = async (store: Store, tenant: string, run: StoredRun): Promise<RunBody> => {
  const folded = foldJournal(await journalOf(store, tenant, run), { live: true }).run
  if (folded === undefined) throw await goneMeanwhile(store, tenant, run.id)
  return bodyOf(folded)
}
