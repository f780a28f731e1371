import type {
  DocumentKind,
  ErasedRun,
  EventType,
  JournalRow,
  NewRun,
  RunHead,
  Scope,
  StoredDocument,
  StoredEvent,
  StoredKey,
  StoredRun,
} from '../store.ts'

/** A row of `runs`, which are stored or live; both engines name its columns alike. JSON is kept as text. */
export interface RunRow {
  readonly id: string
  readonly state: 'stored' | 'live'
  readonly etag: string
  /** Null while the run is live. */
  readonly document_hash: string | null
  readonly content_digest: string | null
  readonly record_hash: string | null
  readonly run_hash: string | null
  readonly received_at: string
  readonly summary: string
  readonly journal: string | null
}

/** Columns that {@link RunRow} needs. */
export const RUN_COLUMNS =
  'id, state, etag, document_hash, content_digest, record_hash, run_hash, received_at, summary, journal'

/** What is kept of an erased run beside its id. */
export interface ErasedRow {
  readonly erased_at: string
  readonly tombstone: Uint8Array | null
}

export const erasedOf = (row: ErasedRow): ErasedRun => ({
  state: 'erased',
  erasedAt: row.erased_at,
  tombstone: row.tombstone ?? undefined,
})

/** What identifies a run that is stored or live. */
export const headOf = (row: RunRow): RunHead => ({
  id: row.id,
  etag: row.etag,
  documentHash: row.document_hash ?? '',
  contentDigest: row.content_digest ?? '',
  recordHash: row.record_hash ?? undefined,
  runHash: row.run_hash ?? '',
  receivedAt: row.received_at,
})

/** Head of a run that is about to be stored. */
export const headOfNew = (run: NewRun, receivedAt: string): RunHead => ({
  id: run.id,
  etag: run.etag,
  documentHash: run.documentHash,
  contentDigest: run.contentDigest,
  recordHash: run.recordHash,
  runHash: run.summary.run_hash ?? '',
  receivedAt,
})

/** The summary of a row, with the time of its reception, which only the store knows. */
export const summaryOf = (row: { readonly summary: string; readonly received_at: string }): StoredRun['summary'] => ({
  ...(JSON.parse(row.summary) as StoredRun['summary']),
  received_at: row.received_at,
})

/** @param body octets of the record; empty for a live run */
export const runOf = (row: RunRow, body: Uint8Array): StoredRun => ({
  state: row.state,
  ...headOf(row),
  body,
  summary: summaryOf(row),
  journal: row.journal === null ? undefined : (JSON.parse(row.journal) as StoredRun['journal']),
})

/** A row of `documents`. */
export interface DocumentRow {
  readonly kind: string
  readonly topic: string
  readonly body: Uint8Array
  readonly digest: string
  readonly received_at: string
}

export const documentOf = (row: DocumentRow): StoredDocument => ({
  kind: row.kind as DocumentKind,
  topic: row.topic,
  body: row.body,
  digest: row.digest,
  receivedAt: row.received_at,
})

/** A row of `journal_lines`. */
export interface JournalLineRow {
  readonly number: number
  readonly seq: number | null
  readonly name: string
  readonly octets: Uint8Array
}

export const journalRowOf = (row: JournalLineRow): JournalRow => ({
  number: row.number,
  seq: row.seq ?? undefined,
  name: row.name,
  octets: row.octets,
})

/** A row of `events`. */
export interface EventRow {
  readonly position: number
  readonly type: string
  readonly run_id: string
  readonly data: Uint8Array
  readonly at: string
}

export const eventOf = (row: EventRow): StoredEvent => ({
  position: row.position,
  type: row.type as EventType,
  runId: row.run_id,
  data: row.data,
  at: row.at,
})

/** A row of `api_keys`. */
export interface KeyRow {
  readonly prefix: string
  readonly hash: Uint8Array
  readonly tenant: string
  readonly name: string
  /** JSON array. */
  readonly scopes: string
  readonly created_at: string
  readonly expires_at: string | null
  readonly revoked_at: string | null
}

export const keyOf = (row: KeyRow): StoredKey => ({
  prefix: row.prefix,
  hash: row.hash,
  tenant: row.tenant,
  name: row.name,
  scopes: JSON.parse(row.scopes) as readonly Scope[],
  createdAt: row.created_at,
  expiresAt: row.expires_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
})
