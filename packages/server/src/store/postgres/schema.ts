import type { Migration } from '../sql/migrations.ts'
import type { Connection } from './connection.ts'

/**
 * The tables. As in SQLite, with two differences: the tenant stands first in every key, so that the tables can be
 * distributed by it (Citus, CockroachDB, YugabyteDB), and `run` is counted per tenant. Text is compared by octets.
 *
 * `tenants` is what everything hangs on: whoever writes for a tenant holds its row until the commit. That makes the
 * positions of events gapless and in the order of the commits, and it costs: the writes of one tenant wait for each
 * other. Group commit makes up for it.
 */
const BEGIN = `
  CREATE TABLE tenants (
    tenant text COLLATE "C" PRIMARY KEY,
    last_run bigint NOT NULL DEFAULT 0,
    position bigint NOT NULL DEFAULT 0
  ) WITH (fillfactor = 50);

  CREATE TABLE runs (
    tenant text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    state text NOT NULL CHECK (state IN ('stored', 'live')),
    etag text NOT NULL,
    document_hash text,
    content_digest text,
    record_hash text,
    run_hash text,
    received_at text COLLATE "C" NOT NULL,
    sort_at text COLLATE "C" NOT NULL,
    summary text NOT NULL,
    journal text,
    first_event bigint,
    last_event bigint,
    PRIMARY KEY (tenant, run)
  );
  CREATE UNIQUE INDEX runs_by_id ON runs (tenant, id);

  CREATE TABLE bodies (
    tenant text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (tenant, run)
  );

  CREATE TABLE facts (
    tenant text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    sort_at text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    step bigint
  );
  CREATE UNIQUE INDEX facts_by_value ON facts (tenant, kind, value, sort_at DESC, run DESC);

  CREATE TABLE run_facts (
    tenant text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    part bigint NOT NULL,
    facts text NOT NULL,
    PRIMARY KEY (tenant, run, part)
  );

  CREATE TABLE scores (
    tenant text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    benchmark_id text COLLATE "C",
    pass boolean NOT NULL,
    score double precision,
    agent_id text COLLATE "C" NOT NULL,
    model text COLLATE "C",
    runtime text COLLATE "C",
    cost_usd double precision,
    duration_ms double precision,
    at text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, run)
  );

  CREATE TABLE journal_lines (
    tenant text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    number bigint NOT NULL,
    seq bigint,
    name text COLLATE "C" NOT NULL,
    octets bytea NOT NULL,
    PRIMARY KEY (tenant, run, number)
  );
  CREATE UNIQUE INDEX journal_lines_by_seq ON journal_lines (tenant, run, seq) WHERE seq IS NOT NULL;

  CREATE TABLE private_hashes (
    tenant text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    hash text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, run, hash)
  );

  CREATE TABLE documents (
    tenant text COLLATE "C" NOT NULL,
    run bigint NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    topic text NOT NULL,
    digest text COLLATE "C" NOT NULL,
    received_at text COLLATE "C" NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (tenant, run, number)
  );

  CREATE TABLE events (
    tenant text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    type text NOT NULL,
    run_id text COLLATE "C" NOT NULL,
    at text COLLATE "C" NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (tenant, position)
  );

  CREATE TABLE erased_runs (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    erased_at text NOT NULL,
    tombstone bytea,
    PRIMARY KEY (tenant, id)
  );

  CREATE TABLE idempotency (
    tenant text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    request_digest text NOT NULL,
    run bigint NOT NULL,
    at text COLLATE "C" NOT NULL,
    head text NOT NULL,
    PRIMARY KEY (tenant, key)
  );
  CREATE INDEX idempotency_by_time ON idempotency (tenant, at);
  CREATE INDEX idempotency_by_run ON idempotency (tenant, run);

  CREATE TABLE api_keys (
    prefix text COLLATE "C" PRIMARY KEY,
    hash bytea NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    name text NOT NULL,
    scopes text NOT NULL,
    created_at text COLLATE "C" NOT NULL,
    expires_at text,
    revoked_at text
  );

  CREATE TABLE store_values (
    name text COLLATE "C" PRIMARY KEY,
    value bytea NOT NULL
  );
`

/** Bits of its strong generator: a UUID has 122 of them. */
const SECRET = `INSERT INTO store_values (name, value)
  VALUES ('secret', decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'))`

/** Columns of long values: lz4 is several times as fast as what PostgreSQL takes by itself. */
const LONG = ['bodies.body', 'journal_lines.octets', 'documents.body', 'run_facts.facts', 'runs.summary']

/** Databases that speak PostgreSQL's language, and builds of it without lz4, have their own ways to compress. */
const compress = async (connection: Connection): Promise<void> => {
  const [row] = await connection.all<{ readonly has: boolean }>(
    "SELECT 'lz4' = ANY (enumvals) AS has FROM pg_settings WHERE name = 'default_toast_compression'",
  )
  if (row?.has !== true) return
  for (const place of LONG) {
    const [table, column] = place.split('.')
    await connection.script(`ALTER TABLE ${table} ALTER COLUMN ${column} SET COMPRESSION lz4`)
  }
}

/** Steps of the tables, oldest first; each is given the connection that holds its transaction. */
export const MIGRATIONS: readonly Migration<(connection: Connection) => Promise<void>>[] = [
  {
    name: '0001-begin',
    apply: async (connection) => {
      await connection.script(`${BEGIN}; ${SECRET}`)
      await compress(connection)
    },
  },
]
