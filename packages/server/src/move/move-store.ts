import { createHash } from 'node:crypto'
import { AgentRunError } from '@agent-run/core'
import { type ParcelPlace, readParcels, writeParcels } from './parcel.ts'
import type { Side } from './side.ts'
import { API_KEYS, type Cell, ERASED_RUNS, EVENTS, IDEMPOTENCY, type PlainTable, type Row } from './tables.ts'

/** How far a move is; kept in the target, changed with what it tells of. */
interface Progress extends ParcelPlace {
  /** Which store the runs come from: the SHA-256 of its secret. */
  readonly source: string
}

const BEGINNING: ParcelPlace = { tenant: '', id: '' }
/** Runs of one transaction: few, because each may be as large as a body may be. */
const RUNS_AT_ONCE = 20
const ROWS_AT_ONCE = 1_000

/**
 * Copies everything of one store into another: runs with their keys, documents, journals, events with their positions,
 * erasures, keys of clients, and the secret of cursors, so that clients notice nothing. Neither may be in use.
 *
 * Can be stopped at any moment and begun again: each transaction also notes how far it came. Both have their tables.
 *
 * @param onRuns called with the number of runs copied so far
 * @throws {AgentRunError} `store.not_empty` if the target holds what does not come from this source
 */
export const moveStore = async (from: Side, to: Side, onRuns: (count: number) => void): Promise<void> => {
  const secret = await storedValue(from, 'secret')
  const source = createHash('sha256').update(secret!).digest('hex')
  let place: ParcelPlace = await begin(to, source)
  for (let count = 0; ; ) {
    const parcels = await readParcels(from, place, RUNS_AT_ONCE)
    if (parcels.length === 0) break
    const last = parcels.at(-1)!
    place = { tenant: last.tenant, id: last.row['id'] as string }
    await to.transact(async () => {
      await writeParcels(to, parcels)
      await setValue(to, 'move', encode({ source, ...place }))
    })
    count += parcels.length
    onRuns(count)
  }
  for (const table of [ERASED_RUNS, EVENTS]) await copyTable(from, to, table, (rows) => rows)
  await copyTable(from, to, IDEMPOTENCY, (rows) => withKeysOf(to, rows))
  await to.transact(() => finish(from, to, secret!))
}

const begin = async (to: Side, source: string): Promise<ParcelPlace> => {
  const note = await storedValue(to, 'move')
  if (note !== undefined) {
    const progress = JSON.parse(new TextDecoder().decode(note)) as Progress
    if (progress.source === source) return { tenant: progress.tenant, id: progress.id }
  }
  for (const table of ['runs', 'erased_runs', 'events', 'api_keys']) {
    if ((await to.all(`SELECT 1 AS found FROM ${table} LIMIT 1`)).length > 0) {
      throw new AgentRunError(
        'store.not_empty',
        'The target already holds something that this move did not bring; expected an empty store, or the target of the same move.',
      )
    }
  }
  await setValue(to, 'move', encode({ source, ...BEGINNING }))
  return BEGINNING
}

/** What is small, and what says that all has come. */
const finish = async (from: Side, to: Side, secret: Uint8Array): Promise<void> => {
  const tenants = await from.all(
    'SELECT tenant FROM tenants UNION SELECT tenant FROM runs UNION SELECT tenant FROM erased_runs',
  )
  for (const { tenant } of tenants) {
    await setCounters(from, to, tenant!)
  }
  const keys = await from.all(`SELECT ${API_KEYS.columns.join(', ')} FROM api_keys`, [], API_KEYS)
  await to.insert(API_KEYS, API_KEYS.columns, keys)
  for (const { prefix, revoked_at } of keys) {
    if (revoked_at === null) continue
    await to.run('UPDATE api_keys SET revoked_at = ? WHERE prefix = ? AND revoked_at IS NULL', [revoked_at!, prefix!])
  }
  await setValue(to, 'secret', secret)
}

const setCounters = async (from: Side, to: Side, tenant: Cell): Promise<void> => {
  const [row] = await from.all('SELECT position FROM tenants WHERE tenant = ?', [tenant])
  const position = row?.['position'] ?? 0
  if (to.engine === 'sqlite') {
    return to.run(
      'INSERT INTO tenants (tenant, position) VALUES (?, ?) ON CONFLICT (tenant) DO UPDATE SET position = excluded.position',
      [tenant, position],
    )
  }
  const [newest] = await to.all('SELECT coalesce(max(run), 0) AS run FROM runs WHERE tenant = ?', [tenant])
  await to.run(
    `INSERT INTO tenants (tenant, last_run, position) VALUES (?, ?, ?)
      ON CONFLICT (tenant) DO UPDATE SET last_run = excluded.last_run, position = excluded.position`,
    [tenant, newest!['run']!, position],
  )
}

const copyTable = async (
  from: Side,
  to: Side,
  table: PlainTable,
  adapt: (rows: readonly Row[]) => readonly Row[] | Promise<readonly Row[]>,
): Promise<void> => {
  const columns = table.columns.join(', ')
  const key = table.key.join(', ')
  const text = `SELECT ${columns} FROM ${table.name} WHERE (${key}) > (${table.key.map(() => '?').join(', ')})
    ORDER BY ${key} LIMIT ?`
  // Below every key: the first part is a text that is not empty.
  let after: readonly Cell[] = table.key.map((column) => (column === 'position' ? -1 : ''))
  for (;;) {
    const rows = await from.all(text, [...after, ROWS_AT_ONCE], table)
    const adapted = await adapt(rows)
    if (adapted.length > 0) await to.transact(() => to.insert(table, table.columns, adapted))
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS_AT_ONCE) return
    after = table.key.map((column) => last[column]!)
  }
}

/** Rows that name a run by its key, with the key that it has in the target. */
const withKeysOf = async (to: Side, rows: readonly Row[]): Promise<readonly Row[]> => {
  const keyed: Row[] = []
  for (const row of rows) {
    const { id } = JSON.parse(row['head'] as string) as { readonly id: string }
    const [found] = await to.all('SELECT run FROM runs WHERE tenant = ? AND id = ?', [row['tenant']!, id])
    if (found !== undefined) keyed.push({ ...row, run: found['run']! })
  }
  return keyed
}

const storedValue = async (side: Side, name: string): Promise<Uint8Array | undefined> =>
  (await side.all('SELECT value FROM store_values WHERE name = ?', [name]))[0]?.['value'] as Uint8Array | undefined

const setValue = (side: Side, name: string, value: Uint8Array): Promise<void> =>
  side.run(
    'INSERT INTO store_values (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, value],
  )

const encode = (progress: Progress): Uint8Array => new TextEncoder().encode(JSON.stringify(progress))
