import { AgentRunError, canonicalize, erase, publicForm } from '@agent-run/core'
import type { AgentRun, ApprovalEvent, ErasureReceipt, Statement } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { problem } from '../app/problem.ts'
import { runEvent } from '../receive/run-event.ts'
import type { NewDocument, Store, StoredRun } from '../store/store.ts'
import { signTombstone, statementDocument } from './countersign.ts'
import { currentRun } from './current-run.ts'
import { prepareNext } from './prepare-next.ts'
import { digestOf, journalRows, recordValueOf } from './record.ts'
import { readDocument, statementsOf } from './statements.ts'
import { whileChanged } from './while-changed.ts'

/**
 * Erases the private members and salts of a run: of its record, its journal, its earlier bodies and the decisions about it.
 * Every seal stays valid, and a signed tombstone says who erased (AR-HTTP-130, AR-HTTP-131). Erasing again changes nothing.
 * @throws Problem 404, 410; 409 erasure.no_key, erasure.nothing_private, run.journal_fed of a live run
 */
export const erasePrivate = async (context: AppContext, tenant: string, id: string): Promise<ErasureReceipt> =>
  whileChanged(async () => eraseOnce(context, tenant, await currentRun(context.store, tenant, id)))

const eraseOnce = async (context: AppContext, tenant: string, run: StoredRun): Promise<ErasureReceipt | 'changed'> => {
  const { store, serverKey, clock } = context
  if (run.state === 'live')
    throw problem(409, 'run.journal_fed', { detail: 'expected a run that its journal has sealed' })
  const { record, hashes, documents } = await gather(store, tenant, run)
  if (hashes.length === 0) throw problem(409, 'erasure.nothing_private')
  if (serverKey === undefined) throw problem(409, 'erasure.no_key')
  const about = run.recordHash ?? run.documentHash
  const [before] = (await statementsOf(store, tenant, run.id)).filter(({ kind }) => kind === 'tombstone').reverse()
  const isErased = digestOf(Buffer.from(canonicalize(record))) === run.etag && documents.length === 0
  if (isErased && before !== undefined && !(await hasPrivateLines(store, tenant, run)))
    return receiptOf(run.id, before, run.etag)
  const tombstone = await signTombstone(serverKey, about, clock(), {
    private_hashes: hashes,
    reason: 'erased on request',
  })
  const next = await prepareNext(context, tenant, run, record, [tombstone])
  const done = await store.eraseRun(
    tenant,
    run.id,
    { scope: 'private', etag: run.etag, next, documents, tombstone: statementDocument(tombstone) },
    { events: [runEvent('run.updated', next.summary)] },
  )
  if (done === 'changed') return done
  if (done === 'unknown') throw problem(404, 'run.unknown')
  if (done === 'already') throw problem(410, 'run.erased')
  return receiptOf(run.id, tombstone, next.etag)
}

const receiptOf = (id: string, tombstone: Statement, etag: string): ErasureReceipt => ({
  run_id: id,
  scope: 'private',
  erased_at: tombstone.at,
  etag,
  tombstone,
})

/** The record without what is private, and every `private_hash` that it, its journal or a decision about it has. */
const gather = async (store: Store, tenant: string, run: StoredRun) => {
  const hashes = new Set<string>()
  const { run: record, private_hashes } = eraseRecord(await recordValueOf(store, tenant, run))
  for (const hash of private_hashes) hashes.add(hash)
  if (run.journal !== undefined)
    for await (const { seq, name } of journalRows(store, tenant, run.id)) if (seq === undefined) hashes.add(name)
  const documents: (NewDocument & { readonly replaces: string })[] = []
  for (const stored of await store.readDocuments(tenant, run.id, 'decision')) {
    const event = readDocument<ApprovalEvent>(stored)
    if (typeof event.private_hash !== 'string') continue
    hashes.add(event.private_hash)
    const body = Buffer.from(
      canonicalize(publicForm('approval', event as unknown as Readonly<Record<string, unknown>>)),
    )
    const digest = digestOf(body)
    if (digest !== stored.digest)
      documents.push({ kind: 'decision', topic: stored.topic, body, digest, replaces: stored.digest })
  }
  return { record, hashes: [...hashes], documents }
}

const eraseRecord = (record: AgentRun): ReturnType<typeof erase> => {
  try {
    return erase(record, ({ object }) => object.private_hash !== undefined)
  } catch (error) {
    // Taking something away from an object that was changed would hide that it was.
    if (error instanceof AgentRunError && error.code === 'erase.broken')
      throw problem(409, 'erasure.nothing_private', {
        detail: 'found private members that their private_hash does not match; only the whole record can be erased',
        errors: [{ code: error.code, message: 'found an object that was changed' }],
      })
    throw error
  }
}

const hasPrivateLines = async (store: Store, tenant: string, run: StoredRun): Promise<boolean> => {
  if (run.journal === undefined) return false
  for await (const { seq } of journalRows(store, tenant, run.id)) if (seq === undefined) return true
  return false
}
