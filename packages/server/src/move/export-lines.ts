import { canonicalize } from '@agent-run/core'
import type { ExportedRun, Store } from '../store/store.ts'
import { everyRun, startTotals, type Totals } from './totals.ts'

/**
 * An export is NDJSON. Each run begins with a head, which says what follows it: the record, as it was received, unless
 * the run is live; each document (evals, statements, decisions) in the order of the head; each line of the journal. The
 * last line is an end with the totals, by which an import knows that nothing is missing.
 */
export type ExportHead =
  | {
      readonly export: 'run'
      readonly tenant: string
      readonly id: string
      readonly state: 'stored' | 'live'
      readonly received_at: string
      readonly etag: string
      readonly documents: readonly ExportedDocument[]
      /** Number of journal lines, private ones included. */
      readonly journal: number
    }
  | {
      readonly export: 'erased'
      readonly tenant: string
      readonly id: string
      readonly erased_at: string
      /** Whether the tombstone follows. */
      readonly tombstone: boolean
    }
  | ({ readonly export: 'end' } & Omit<Totals, 'damaged'>)

/** A document, without its octets. */
export interface ExportedDocument {
  readonly kind: string
  readonly topic: string
  readonly digest: string
  readonly received_at: string
}

/** The lines of an export, without their line feeds. */
export async function* exportLines(store: Store, tenant: string | undefined): AsyncGenerator<Uint8Array> {
  const totals = startTotals()
  for await (const exported of everyRun(store, tenant)) {
    totals.add(exported)
    yield encode(headOf(exported))
    const { run } = exported
    if (run.state === 'stored') yield run.body
    if (run.state === 'erased' && run.tombstone !== undefined) yield run.tombstone
    for (const { body } of exported.documents) yield body
    for (const { octets } of exported.journal) yield octets
  }
  const { damaged: _, ...rest } = totals.end()
  yield encode({ export: 'end', ...rest })
}

/** Only what a bundle holds (`agent-run verify` reads it): records, evals and statements. */
export async function* bundleLines(store: Store, tenant: string | undefined): AsyncGenerator<Uint8Array> {
  for await (const { run, documents } of everyRun(store, tenant)) {
    if (run.state === 'stored') yield run.body
    if (run.state === 'erased' && run.tombstone !== undefined) yield run.tombstone
    for (const { kind, body } of documents) if (kind !== 'decision') yield body
  }
}

const headOf = ({ tenant, id, run, documents, journal }: ExportedRun): ExportHead =>
  run.state === 'erased'
    ? { export: 'erased', tenant, id, erased_at: run.erasedAt, tombstone: run.tombstone !== undefined }
    : {
        export: 'run',
        tenant,
        id,
        state: run.state,
        received_at: run.receivedAt,
        etag: run.etag,
        documents: documents.map(({ kind, topic, digest, receivedAt }) => ({
          kind,
          topic,
          digest,
          received_at: receivedAt,
        })),
        journal: journal.length,
      }

const encode = (head: ExportHead): Uint8Array => new TextEncoder().encode(canonicalize(head))
