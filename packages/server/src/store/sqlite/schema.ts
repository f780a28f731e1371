import type { Migration } from '../sql/migrations.ts'
import type { Connection } from './connection.ts'

/**
 * The tables. `run` is an internal key that grows with time: what comes together lies together. Canonical bytes are in
 * `bodies`, `journal_lines` and `documents`; everything else could be made again from them. Rows that may be long are in
 * tables with a row id: in those without one, a row of more than a quarter of a page takes a page of its own.
 *
 * The index `facts` may be behind: runs above the key in `indexed` are not in it yet, and their facts stand in
 * `runs.facts` only. What a live run adds later is listed in `later_facts`.
 */
const BEGIN = `
  CREATE TABLE tenants (
    tenant TEXT PRIMARY KEY,
    position INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('stored', 'live')),
    etag TEXT NOT NULL,
    document_hash TEXT,
    content_digest TEXT,
    record_hash TEXT,
    run_hash TEXT,
    received_at TEXT NOT NULL,
    sort_at TEXT NOT NULL,
    first_event INTEGER,
    last_event INTEGER,
    journal TEXT,
    summary TEXT NOT NULL,
    facts TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX runs_by_id ON runs (tenant, id);
  CREATE INDEX runs_by_record ON runs (tenant, record_hash) WHERE record_hash IS NOT NULL;

  CREATE TABLE bodies (
    run INTEGER PRIMARY KEY,
    body BLOB NOT NULL
  ) STRICT;

  CREATE TABLE facts (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    sort_at TEXT NOT NULL,
    run INTEGER NOT NULL,
    step INTEGER,
    PRIMARY KEY (tenant, kind, value, sort_at DESC, run DESC)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE indexed (
    run INTEGER NOT NULL
  ) STRICT;
  INSERT INTO indexed (run) VALUES (0);

  CREATE TABLE later_facts (
    part INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    facts TEXT NOT NULL
  ) STRICT;
  CREATE INDEX later_facts_by_run ON later_facts (run);

  CREATE TABLE scores (
    tenant TEXT NOT NULL,
    run INTEGER NOT NULL,
    benchmark_id TEXT,
    pass INTEGER NOT NULL,
    score REAL,
    agent_id TEXT NOT NULL,
    model TEXT,
    runtime TEXT,
    cost_usd REAL,
    duration_ms REAL,
    at TEXT NOT NULL,
    PRIMARY KEY (tenant, run)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE journal_lines (
    line INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER,
    name TEXT NOT NULL,
    octets BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX journal_lines_by_number ON journal_lines (run, number);
  CREATE UNIQUE INDEX journal_lines_by_seq ON journal_lines (run, seq) WHERE seq IS NOT NULL;

  CREATE TABLE private_hashes (
    run INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (run, hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE documents (
    document INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT NOT NULL,
    digest TEXT NOT NULL,
    received_at TEXT NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX documents_by_run ON documents (run, kind);

  CREATE TABLE events (
    event INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    run_id TEXT NOT NULL,
    at TEXT NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_position ON events (tenant, position);

  CREATE TABLE erased_runs (
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    erased_at TEXT NOT NULL,
    record_hash TEXT,
    tombstone BLOB,
    PRIMARY KEY (tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erased_runs_by_record ON erased_runs (tenant, record_hash) WHERE record_hash IS NOT NULL;

  CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    key TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    run INTEGER NOT NULL,
    at TEXT NOT NULL,
    head TEXT NOT NULL,
    PRIMARY KEY (tenant, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_by_time ON idempotency (at);
  CREATE INDEX idempotency_by_run ON idempotency (run);

  CREATE TABLE api_keys (
    prefix TEXT PRIMARY KEY,
    hash BLOB NOT NULL,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    revoked_at TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE store_values (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO store_values (name, value) VALUES ('secret', randomblob(32));
`

/** Steps of the tables, oldest first. */
export const MIGRATIONS: readonly Migration<(connection: Connection) => void>[] = [
  { name: '0001-begin', apply: (connection) => connection.exec(BEGIN) },
]
