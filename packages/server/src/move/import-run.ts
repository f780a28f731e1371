import { createVerifier, digest } from '@agent-run/core'
import type { Trust } from '@agent-run/types'
import { Problem } from '../app/problem.ts'
import { prepareAppend } from '../live/prepare-append.ts'
import type { PreparedRun } from '../receive/prepare-run.ts'
import { receiveRun } from '../receive/receive-run.ts'
import type { DocumentKind, NewDocument, NewRun, Store } from '../store/store.ts'
import { type CheckedItem, checkItem, isRight } from './check-item.ts'
import type { ImportItem } from './import-lines.ts'

/** What an import works with. */
export interface ImportContext {
  readonly store: Store
  readonly clock: () => string
  readonly trust: Trust | undefined
}

/**
 * `same`: it was there already. `refused`: the store has something else under this id, or the record or a document is not
 * what a route would take, or was erased; nothing of it is stored.
 */
export type Imported = 'created' | 'same' | 'refused'

/**
 * Stores one run of an export for a tenant, as if it were received now: everything but its octets is computed anew, so
 * an export that was tampered with cannot say what is not in them.
 */
export const importRun = async (context: ImportContext, tenant: string, item: ImportItem): Promise<Imported> => {
  try {
    if (item.head.export === 'erased') return await importErased(context, tenant, item)
    const checked = await checkItem(context.store, tenant, item.head.id, item.record, documentsOf(item))
    if (checked === undefined) return 'refused'
    const outcome =
      item.journal.length > 0
        ? await importJournal(context, tenant, item, checked)
        : await importRecord(context, tenant, item, checked)
    if (outcome === 'refused') return outcome
    for (const document of checked.documents) await context.store.addDocument(tenant, item.head.id, document, {})
    return outcome
  } catch (error) {
    // What the octets are to blame for; a fault of the store goes on.
    if (error instanceof Problem) return 'refused'
    throw error
  }
}

const importRecord = async (
  context: ImportContext,
  tenant: string,
  item: ImportItem,
  { documents }: CheckedItem,
): Promise<Imported> => {
  const run = await prepared(context, item)
  if (run === undefined) return 'refused'
  const [result] = await context.store.insertRuns(tenant, [{ ...run, documents }])
  return result?.outcome === 'created' || result?.outcome === 'same' ? result.outcome : 'refused'
}

/** A run that a journal fed: live, sealed, or sealed and changed since, by an eval or an erasure. */
const importJournal = async (
  context: ImportContext,
  tenant: string,
  item: ImportItem,
  { documents, erased }: CheckedItem,
): Promise<Imported> => {
  const { store, clock, trust } = context
  const { id } = item.head
  const before = await store.readRun(tenant, id)
  if (before !== undefined) return isThere(before, item) ? 'same' : 'refused'
  const { append } = await prepareAppend(
    { store, clock, trust, serverKey: undefined },
    tenant,
    id,
    undefined,
    item.journal,
  )
  if (append.lines.some(({ seq, name }) => seq === undefined && erased.has(name))) return 'refused'
  const next = await prepared(context, item)
  // A record beside a journal is what the journal sealed: erasing and judging leave its name.
  if (item.record !== undefined && (next === undefined || next.documentHash !== append.sealed?.documentHash))
    return 'refused'
  const { outcome } = await store.appendJournal(tenant, append)
  if (outcome !== 'appended') return 'refused'
  if (item.record === undefined) return 'created'
  const stored = await store.readRun(tenant, id)
  if (next === undefined || stored?.state !== 'stored') return 'refused'
  if (stored.etag === next.etag) return 'created'
  const replaced = await store.replaceRun(tenant, stored.etag, { ...next, documents }, {})
  return replaced === 'replaced' ? 'created' : 'refused'
}

const isThere = (found: NonNullable<Awaited<ReturnType<Store['readRun']>>>, { head }: ImportItem): boolean =>
  head.export === 'run' && found.state === head.state && found.etag === head.etag

const prepared = async ({ clock, trust }: ImportContext, item: ImportItem): Promise<PreparedRun | undefined> => {
  if (item.record === undefined) return undefined
  const verifier = createVerifier({ level: 'none', now: clock, ...(trust === undefined ? {} : { trust }) })
  const received = await receiveRun(item.record, { clock, verifier, serverKey: undefined })
  return received.ok && received.run.id === item.head.id ? received.run : undefined
}

const documentsOf = ({ head, documents }: ImportItem): readonly NewDocument[] =>
  head.export === 'erased'
    ? []
    : head.documents.map(({ kind, topic, digest: said }, index) => ({
        kind: kind as DocumentKind,
        topic,
        body: documents[index]!,
        digest: said,
      }))

/** An id can only be erased after it was there: for a moment it is, with nothing under it. */
const importErased = async ({ store }: ImportContext, tenant: string, item: ImportItem): Promise<Imported> => {
  const { id } = item.head
  const found = await store.readRun(tenant, id)
  if (found !== undefined) return found.state === 'erased' ? 'same' : 'refused'
  const tombstone = item.tombstone && tombstoneOf(item.tombstone)
  if (tombstone !== undefined && !isRight(tombstone, id, undefined)) return 'refused'
  await store.insertRuns(tenant, [emptyRun(id)])
  await store.eraseRun(tenant, id, { scope: 'record', tombstone }, {})
  return 'created'
}

const tombstoneOf = (body: Uint8Array): NewDocument => ({
  kind: 'statement',
  topic: 'tombstone',
  body,
  digest: digest(body),
})

const emptyRun = (id: string): NewRun => {
  const body = new TextEncoder().encode('{}')
  return {
    id,
    body,
    etag: digest(body),
    documentHash: digest(body),
    contentDigest: digest(body),
    recordHash: undefined,
    summary: {
      id,
      agent_id: '',
      status: 'unknown',
      started_at: null,
      live: false,
      sealed: false,
      level: 'none',
      steps_count: 0,
      run_hash: '',
    },
    facts: [],
    score: undefined,
    documents: [],
    events: [],
  }
}
