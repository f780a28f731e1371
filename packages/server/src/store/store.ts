import type { Fact, JournalState, RunFilter } from '@agent-run/core'
import type { RunSummary } from '@agent-run/types'

/**
 * What the server keeps, and the only way to it. Canonical bytes are the truth, everything else is an index that could be
 * made again from them. Every method is atomic; once its promise resolves, what it wrote is on the disk. Nothing here
 * knows HTTP, validates a record or decides what is allowed; every method but those of {@link Keys} sees one tenant.
 *
 * Both implementations pass the same test suite (test/store/suite).
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres'
  readonly keys: Keys

  /** Takes runs that are finished or posted whole, in order; each alone succeeds or fails. */
  insertRuns(tenant: string, runs: readonly NewRun[], options?: InsertOptions): Promise<readonly InsertResult[]>
  /** The run of an id, or what is left of an erased one. */
  readRun(tenant: string, id: string): Promise<StoredRun | ErasedRun | undefined>
  /** Newest first by `summary.started_at` (its reception where that is unknown), then by reception. */
  listRuns(tenant: string, filter: RunFilter, page: PageRequest): Promise<Page<RunSummary>>
  /** Number of runs that match, counted to `most` and no further. */
  countRuns(tenant: string, filter: RunFilter, most: number): Promise<number>
  /**
   * Puts `next` in the place of a stored run whose etag still is `etag`. Its documents are added to those that are there
   * (the same digest once); an event is written for each of the change. `changed`: another etag, or the run is live or erased.
   */
  replaceRun(tenant: string, etag: string, next: NewRun, change: Change): Promise<'replaced' | 'changed' | 'unknown'>

  /** Distinct values of a kind of fact with their newest run, by value; for lists such as the MCP servers in use. */
  listFactValues(tenant: string, kind: Fact['kind'], page: PageRequest): Promise<Page<FactValue>>
  /** Current evaluations, for the leaderboard. */
  listScores(tenant: string, query: ScoreQuery): Promise<readonly ScoreGroup[]>

  /** Appends lines to the journal of a live run; `expected` is the head that the first of them follows. */
  appendJournal(tenant: string, append: JournalAppend): Promise<AppendResult>
  /** Lines of a journal, in the order in which they came. */
  readJournal(tenant: string, id: string, page: JournalPageRequest): Promise<readonly JournalRow[]>

  /** Evals, statements and decisions about a run, oldest first. */
  readDocuments(tenant: string, id: string, kind: DocumentKind): Promise<readonly StoredDocument[]>
  /**
   * Adds one, together with what follows from it. The same digest again changes nothing.
   * @param seen number of documents of its kind and topic that the caller has seen; `changed` if there are others
   */
  addDocument(
    tenant: string,
    id: string,
    document: NewDocument,
    change: Change,
    seen?: number,
  ): Promise<'added' | 'same' | 'changed' | 'unknown'>

  /**
   * Removes everything of a run but the fact that it was here; its id is refused from now on. With scope `private` only
   * what is private goes; `changed`: it has another etag, or is live.
   */
  eraseRun(
    tenant: string,
    id: string,
    erasure: Erasure,
    change: Change,
  ): Promise<'erased' | 'changed' | 'unknown' | 'already'>
  /** Ids of runs received before a moment, oldest first, for retention. */
  listReceivedBefore(tenant: string, before: string, limit: number): Promise<readonly string[]>

  /** Events after a position, oldest first. */
  readEvents(tenant: string, after: number, limit: number): Promise<readonly StoredEvent[]>
  /** Position of the newest event and of the oldest that is kept; 0 where there is none. */
  eventRange(tenant: string): Promise<{ readonly oldest: number; readonly newest: number }>
  /** Deletes events older than a moment, of every tenant. */
  forgetEvents(before: string): Promise<number>
  /** Called after this process has committed events of a tenant. Those of other processes are found by reading. */
  onEvents(listener: (tenant: string) => void): () => void

  /** Every body with its digest, in a stable order, for export and for proving a move. */
  exportRuns(after: ExportPosition | undefined, limit: number): Promise<readonly ExportedRun[]>

  /** Random bytes that all processes of this store share: they key cursors. Made with the store. */
  secret(): Promise<Uint8Array>
  /** Writes a row and reads it back; rejects if the store cannot do its work. */
  probe(): Promise<void>
  migrations(): Promise<MigrationState>
  /** Applies what is pending, one step a transaction. */
  migrate(onStep?: (name: string) => void): Promise<void>
  /** Finishes what was begun and lets go. */
  close(): Promise<void>
}

/** How a store fails for its own reasons, never because of what it was given. */
export type StoreFault = 'store.full' | 'store.unavailable' | 'store.read_only' | 'store.busy' | 'store.corrupt'

/** A run, prepared: everything that is stored has been computed already. */
export interface NewRun {
  readonly id: string
  /** JCS of the record, UTF-8. What a reader gets. */
  readonly body: Uint8Array
  /** SHA-256 of `body`: `sha256:` and 64 hex. */
  readonly etag: string
  /** Kind `document`, over the public form of the record without eval: its name. Erasing private members keeps it. */
  readonly documentHash: string
  /** SHA-256 of the JCS of the record without eval: equal for records that are the same, eval aside. Insertion compares it. */
  readonly contentDigest: string
  /** Of a sealed record. */
  readonly recordHash: string | undefined
  readonly summary: RunSummary
  readonly facts: readonly Fact[]
  /** The current evaluation, if the record has one. */
  readonly score: Score | undefined
  /** Kept with the run from the start: a countersignature, an embedded eval. */
  readonly documents: readonly NewDocument[]
  readonly events: readonly NewEvent[]
}

export interface InsertOptions {
  /** Answers the same request with the same result: stored with the (single) run, kept for a day. */
  readonly idempotency?: { readonly key: string; readonly requestDigest: string }
}

/** How a request with an idempotency key came out when it was made first. */
export type FirstOutcome = 'created' | 'same'

/** `replayed`: this idempotency key has stored this run before. `key_reused`: it has stored another request. */
export type InsertResult =
  | { readonly outcome: 'created' | 'same'; readonly run: RunHead }
  | { readonly outcome: 'replayed'; readonly first: FirstOutcome; readonly run: RunHead }
  | { readonly outcome: 'variant' | 'conflict'; readonly run: RunHead }
  | { readonly outcome: 'erased' | 'key_reused' }

/** What identifies a stored run. */
export interface RunHead {
  readonly id: string
  readonly etag: string
  readonly documentHash: string
  readonly contentDigest: string
  readonly recordHash: string | undefined
  readonly runHash: string
  /** RFC 3339, UTC, milliseconds. */
  readonly receivedAt: string
}

export interface StoredRun extends RunHead {
  readonly state: 'stored' | 'live'
  /** Of a live run: empty, its record is folded from the journal. */
  readonly body: Uint8Array
  readonly summary: RunSummary
  /** Present in every run that a journal has fed, also after its seal. */
  readonly journal: JournalState | undefined
}

export interface ErasedRun {
  readonly state: 'erased'
  readonly erasedAt: string
  /** The signed tombstone, canonical JSON, if there is a server key. */
  readonly tombstone: Uint8Array | undefined
}

/** What a write changes besides its object. Facts are added, or replaced as a whole. */
export interface Change {
  readonly events?: readonly NewEvent[]
}

export type EventType = 'run.created' | 'run.updated' | 'run.completed' | 'run.eval_attached'
export interface NewEvent {
  readonly type: EventType
  readonly runId: string
  /** Canonical JSON of what a subscriber is told. */
  readonly data: Uint8Array
}
/** `position` is counted per tenant, from 1, without gaps, in the order of the commits. */
export interface StoredEvent extends NewEvent {
  readonly position: number
  readonly at: string
}

/** A place in a list. `after` is what `Page.next` of the page before was; it means nothing to anybody else. */
export interface PageRequest {
  readonly limit: number
  readonly after?: string
}
export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | undefined
}
export interface FactValue {
  readonly value: string
  readonly lastRunId: string
  readonly lastAt: string
}

export type DocumentKind = 'eval' | 'statement' | 'decision'
export interface NewDocument {
  readonly kind: DocumentKind
  /** What it is about within the run: approval_id of a decision, kind of a statement; empty otherwise. */
  readonly topic: string
  /** Canonical JSON. */
  readonly body: Uint8Array
  /** SHA-256 of `body`. */
  readonly digest: string
}
export interface StoredDocument extends NewDocument {
  readonly receivedAt: string
}

export interface Score {
  readonly benchmarkId: string | undefined
  readonly pass: boolean
  readonly score: number | undefined
  readonly agentId: string
  readonly model: string | undefined
  readonly runtime: string | undefined
  /** US dollars of the run; unknown is not zero. */
  readonly costUsd: number | undefined
  readonly durationMs: number | undefined
  readonly at: string
}
export interface ScoreQuery {
  readonly benchmarkId?: string
  readonly groupBy: 'agent_id' | 'model' | 'runtime'
  readonly limit: number
}
/** Best first: share of passed runs, then mean score. Means are over the runs that know the value. */
export interface ScoreGroup {
  readonly benchmarkId: string | undefined
  readonly group: string | undefined
  readonly runs: number
  readonly passed: number
  readonly meanScore: number | undefined
  readonly costUsdTotal: number | undefined
  readonly costKnown: number
  readonly meanDurationMs: number | undefined
  readonly durationKnown: number
}

export interface JournalAppend {
  readonly id: string
  /** Undefined if this begins the run. */
  readonly expected: { readonly seq: number; readonly digest: string } | undefined
  /** Chained and private lines in the order in which they came, without line feeds. All of them are stored. */
  readonly lines: readonly NewJournalLine[]
  /** State after the last line. */
  readonly state: JournalState
  readonly summary: RunSummary
  readonly etag: string
  readonly addFacts: readonly Fact[]
  /** Facts that no longer hold, such as the old status; removed before others are added. */
  readonly dropFacts: readonly Pick<Fact, 'kind' | 'value'>[]
  /** Takes the place of all facts: the status changed, or the run is sealed. */
  readonly replaceFacts?: readonly Fact[]
  /** Given with `run.sealed`: from now on the run is stored and no longer live. */
  readonly sealed?: NewRun
  readonly events: readonly NewEvent[]
}
export interface NewJournalLine {
  /** Undefined for a private line. */
  readonly seq: number | undefined
  /** Type of a chained line; `private_hash` of a private one. */
  readonly name: string
  /** Octets of the line without the line feed, exactly as received. */
  readonly octets: Uint8Array
  /** `private_hash`es that the chain has from this line on. */
  readonly privateHashes: readonly string[]
}
/** `fork`: the head is another one, named. `private`: a private line that no chained one has announced. */
export type AppendResult =
  | { readonly outcome: 'appended' }
  | { readonly outcome: 'fork'; readonly head: { readonly seq: number; readonly digest: string } | undefined }
  | { readonly outcome: 'private'; readonly index: number }
  | { readonly outcome: 'exists' | 'sealed' | 'erased' }
export interface JournalPageRequest {
  /** Number of the last line read, counted over chained and private lines from 0; -1 for the beginning. */
  readonly after: number
  /** Only lines that stand after the chained line with this seq. */
  readonly afterSeq?: number
  readonly limit: number
  /** Only chained lines of this type. */
  readonly type?: string
}
export interface JournalRow {
  readonly number: number
  readonly seq: number | undefined
  readonly name: string
  readonly octets: Uint8Array
}

export type Erasure =
  | { readonly scope: 'record'; readonly tombstone: NewDocument | undefined }
  /**
   * `next` has no private members any more; private lines and earlier bodies go too, evals and statements stay. Each of
   * `documents` takes the place of the one with the digest it replaces.
   */
  | {
      readonly scope: 'private'
      readonly etag: string
      readonly next: NewRun
      readonly documents: readonly (NewDocument & { readonly replaces: string })[]
      readonly tombstone: NewDocument | undefined
    }

export interface ExportPosition {
  readonly tenant: string
  readonly id: string
}
export interface ExportedRun extends ExportPosition {
  readonly run: StoredRun | ErasedRun
  readonly documents: readonly StoredDocument[]
  readonly journal: readonly JournalRow[]
}

export interface MigrationState {
  /** Names of applied and pending migrations, in order. A store with pending ones is read-only. */
  readonly applied: readonly string[]
  readonly pending: readonly string[]
  /** Migrations that a newer server has applied: this one must not write. */
  readonly unknown: readonly string[]
}

export type Scope = 'runs:write' | 'runs:read' | 'approvals:decide' | 'runs:delete' | 'admin'

/** Keys of all tenants. A key's secret is never stored: `hash` is its SHA-256. */
export interface Keys {
  create(key: NewKey): Promise<void>
  /** By the visible part. Expired and revoked keys are found, and say so. */
  find(prefix: string): Promise<StoredKey | undefined>
  list(tenant?: string): Promise<readonly StoredKey[]>
  /** Undefined if there is none. Revoking twice keeps the first time. */
  revoke(prefix: string, at: string): Promise<StoredKey | undefined>
  /** Whether any key exists. */
  any(): Promise<boolean>
}
export interface NewKey {
  /** Visible part, unique. */
  readonly prefix: string
  /** SHA-256 of the whole key, 32 bytes. */
  readonly hash: Uint8Array
  readonly tenant: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly createdAt: string
  readonly expiresAt: string | undefined
}
export interface StoredKey extends NewKey {
  readonly revokedAt: string | undefined
}
