/** A value as both engines know it: a truth value is 0 or 1. */
export type Cell = string | number | null | Uint8Array
export type Engine = 'sqlite' | 'postgres'
export type Row = Readonly<Record<string, Cell>>

/** A table, in the words that both engines share. */
export interface Table {
  readonly name: string
  /** Columns besides `tenant` and `run`. */
  readonly columns: readonly string[]
  /** Columns with text of any content, which PostgreSQL keeps escaped. */
  readonly text?: readonly string[]
  /** Columns that are boolean in PostgreSQL. */
  readonly truth?: readonly string[]
  /** SQLite finds its rows by `run` alone. */
  readonly runOnly?: boolean
  /** Column that orders the rows of a run. */
  readonly order?: Readonly<Record<Engine, string>>
  /** That column is none of `columns`: PostgreSQL counts it from 1 for each run, SQLite gives it. */
  readonly counted?: boolean
}

export const RUNS: Table = {
  name: 'runs',
  columns: [
    'id',
    'state',
    'etag',
    'document_hash',
    'content_digest',
    'record_hash',
    'run_hash',
    'received_at',
    'sort_at',
    'summary',
    'journal',
    'first_event',
    'last_event',
  ],
  text: ['run_hash'],
}

export const FACTS: Table = { name: 'facts', columns: ['kind', 'value', 'sort_at', 'step'] }

/** What belongs to a run besides its row and its facts. */
export const PARTS: readonly Table[] = [
  { name: 'bodies', columns: ['body'], runOnly: true },
  {
    name: 'scores',
    columns: ['benchmark_id', 'pass', 'score', 'agent_id', 'model', 'runtime', 'cost_usd', 'duration_ms', 'at'],
    text: ['benchmark_id', 'agent_id', 'model', 'runtime', 'at'],
    truth: ['pass'],
  },
  {
    name: 'journal_lines',
    columns: ['number', 'seq', 'name', 'octets'],
    text: ['name'],
    runOnly: true,
    order: { sqlite: 'number', postgres: 'number' },
  },
  { name: 'private_hashes', columns: ['hash'], text: ['hash'], runOnly: true },
  {
    name: 'documents',
    columns: ['kind', 'topic', 'digest', 'received_at', 'body'],
    text: ['topic'],
    runOnly: true,
    order: { sqlite: 'document', postgres: 'number' },
    counted: true,
  },
]

/** Tables that no run owns, with all of their columns and those that order them. */
export interface PlainTable extends Table {
  readonly key: readonly string[]
}

export const EVENTS: PlainTable = {
  name: 'events',
  columns: ['tenant', 'position', 'type', 'run_id', 'at', 'data'],
  key: ['tenant', 'position'],
}
export const ERASED_RUNS: PlainTable = {
  name: 'erased_runs',
  columns: ['tenant', 'id', 'erased_at', 'tombstone'],
  key: ['tenant', 'id'],
}
export const IDEMPOTENCY: PlainTable = {
  name: 'idempotency',
  columns: ['tenant', 'key', 'request_digest', 'run', 'at', 'head'],
  key: ['tenant', 'key'],
}
export const API_KEYS: PlainTable = {
  name: 'api_keys',
  columns: ['prefix', 'hash', 'tenant', 'name', 'scopes', 'created_at', 'expires_at', 'revoked_at'],
  text: ['name'],
  key: ['prefix'],
}
