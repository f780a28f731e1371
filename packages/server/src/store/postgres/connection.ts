import pg from 'pg'

export type Value = string | number | boolean | null | Buffer

/** A connection that prepares each of its statements once. */
export interface Connection {
  /** Rows that a statement gives. `Row` is what it selects. */
  all<Row>(text: string, values?: readonly Value[]): Promise<Row[]>
  /** Number of rows that a statement changed. */
  run(text: string, values?: readonly Value[]): Promise<number>
  /** Statements without parameters, separated by semicolons. */
  script(text: string): Promise<void>
}

export interface PoolOptions {
  /** `postgres://user:password@host:port/database?parameters`, as libpq reads it. */
  readonly url: string
  /** Most connections that are open at a time. */
  readonly connections: number
  /** How long one statement may take. */
  readonly statementMs: number
}

const CONNECT_MS = 5_000
/** Beyond the time in which the server ends a statement: the network is gone, or the server is. */
const NETWORK_MS = 5_000
const BIGINT = 20
const BYTEA = 17

/**
 * A pool of connections. Statements of one connection are sent without waiting for the answers to those before them
 * (pipelining), so that `BEGIN` and `COMMIT` cost no round trip of their own.
 */
export const createPool = ({ url, connections, statementMs }: PoolOptions): pg.Pool => {
  const settings = {
    connectionString: url,
    max: connections,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementMs,
    query_timeout: statementMs + NETWORK_MS,
    // A process that is gone without the server's noticing must not hold a tenant.
    idle_in_transaction_session_timeout: statementMs,
    application_name: 'agent-run-server',
    types: { getTypeParser: parser },
  }
  const pool = new pg.Pool(settings as pg.PoolConfig)
  // A connection that is lost while nobody uses it: the pool has dropped it, the next user opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    // One that is lost while it is used: its statements fail as well, and tell whoever waits for them.
    client.on('error', () => {})
    client.query(DURABLE).catch(() => {})
  })
  return pool
}

/** What is acknowledged is on the disk, also where somebody has told the server that commits need not wait for it. */
const DURABLE = `SELECT set_config('synchronous_commit', 'on', false)
  WHERE current_setting('synchronous_commit', true) = 'off'`

/** Counters and positions are safe integers. */
const parser = (type: number, format?: 'text' | 'binary'): ((text: string) => unknown) =>
  type === BIGINT
    ? Number
    : type === BYTEA
      ? octetsOf
      : (pg.types.getTypeParser(type, format) as (text: string) => unknown)

/** From `\x` and hexadecimal digits. */
const octetsOf = (text: string): Uint8Array => {
  const { buffer, byteOffset, byteLength } = Buffer.from(text.slice(2), 'hex')
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** Filters make statements of many shapes; more of them than this are prepared each time. */
const MOST_NAMES = 500
const names = new Map<string, string>()
const nameOf = (text: string): string | undefined => {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST_NAMES) return known
  const name = `agent_run_${names.size}`
  names.set(text, name)
  return name
}

/** The longest time that a timer can be set to. */
const UNLIMITED_MS = 2 ** 31 - 1

/**
 * Statements for a client, or for whichever connection of a pool is free.
 * @param options `patient`: answers may take as long as they like; the server's own limit is lifted with a setting
 */
export const connectionOf = (
  client: pg.Pool | pg.PoolClient,
  { patient = false }: { readonly patient?: boolean } = {},
): Connection => {
  const limit = patient ? { query_timeout: UNLIMITED_MS } : {}
  const query = (text: string, values: readonly Value[]): Promise<pg.QueryResult> => {
    const name = nameOf(text)
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }), ...limit })
  }
  return {
    all: async <Row>(text: string, values: readonly Value[] = []) => (await query(text, values)).rows as Row[],
    run: async (text, values = []) => (await query(text, values)).rowCount ?? 0,
    script: async (text) => {
      await client.query({ text, ...limit })
    },
  }
}
