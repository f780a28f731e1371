import { type FactOf, readFacts, writeRows } from './parcel-facts.ts'
import type { Side } from './side.ts'
import { type Cell, PARTS, type Row, RUNS, type Table } from './tables.ts'

/** Everything that a store has of one run. */
export interface Parcel {
  readonly tenant: string
  /** Its internal key. */
  readonly run: number
  readonly row: Row
  readonly facts: readonly FactOf[]
  /** Rows of each table of {@link PARTS}, by the table's name. */
  readonly parts: Readonly<Record<string, readonly Row[]>>
}

/** A place among the runs: they are taken by tenant and id. */
export interface ParcelPlace {
  readonly tenant: string
  readonly id: string
}

const AFTER = `SELECT tenant, run, ${RUNS.columns.join(', ')} FROM runs WHERE (tenant, id) > (?, ?)
  ORDER BY tenant, id LIMIT ?`

/** The next runs behind a place. */
export const readParcels = async (from: Side, after: ParcelPlace, limit: number): Promise<readonly Parcel[]> => {
  const rows = await from.all(AFTER, [after.tenant, after.id, limit], RUNS)
  return Promise.all(rows.map((row) => readParcel(from, row)))
}

const readParcel = async (from: Side, row: Row): Promise<Parcel> => {
  const [tenant, run] = [row['tenant'] as string, row['run'] as number]
  const parts: Record<string, readonly Row[]> = {}
  await Promise.all(
    PARTS.map(async (table) => {
      const { text, parameters } = ofRun(from, table, tenant, run)
      parts[table.name] = await from.all(
        `SELECT ${table.columns.join(', ')} FROM ${table.name} WHERE ${text} ORDER BY ${table.order?.[from.engine] ?? table.columns[0]}`,
        parameters,
        table,
      )
    }),
  )
  return { tenant, run, row, parts, facts: await readFacts(from, row) }
}

const ofRun = (side: Side, table: Table, tenant: string, run: number): { text: string; parameters: Cell[] } =>
  table.runOnly && side.engine === 'sqlite'
    ? { text: 'run = ?', parameters: [run] }
    : { text: 'tenant = ? AND run = ?', parameters: [tenant, run] }

/** Writes those runs that are not there yet, each under its key or, if another run has that, the next free one. */
export const writeParcels = async (to: Side, parcels: readonly Parcel[]): Promise<void> => {
  const taken = new Set<string>()
  const added: { readonly parcel: Parcel; readonly key: number }[] = []
  for (const parcel of parcels) {
    const known = await to.all('SELECT run FROM runs WHERE tenant = ? AND id = ?', [parcel.tenant, parcel.row['id']!])
    if (known.length === 0) added.push({ parcel, key: await freeKey(to, parcel, taken) })
  }
  const rowsOf = ({ name, counted, order }: Table): readonly Row[] =>
    added.flatMap(({ parcel: { tenant, parts }, key }) =>
      parts[name]!.map((row, index) => ({
        ...row,
        tenant,
        run: key,
        ...(counted && order !== undefined ? { [order.postgres]: index + 1 } : {}),
      })),
    )
  // At the same time, so that on PostgreSQL nothing waits for an answer.
  await Promise.all([
    writeRows(
      to,
      added.map(({ parcel: { row, facts, tenant }, key }) => ({ row: { ...row, tenant, run: key }, facts })),
    ),
    ...PARTS.map((table) => {
      const count = table.counted && to.engine === 'postgres' ? [table.order!.postgres] : []
      const names = table.runOnly && to.engine === 'sqlite' ? ['run'] : ['tenant', 'run']
      return to.insert(table, [...names, ...count, ...table.columns], rowsOf(table))
    }),
  ])
}

/** Keys are a tenant's own in PostgreSQL; in SQLite all tenants share them. */
const freeKey = async (to: Side, { tenant, run }: Parcel, taken: Set<string>): Promise<number> => {
  for (let key = run; ; key++) {
    const { text, parameters } = ofRun(to, PARTS[0]!, tenant, key)
    if (taken.has(parameters.join(' '))) continue
    if ((await to.all(`SELECT run FROM bodies WHERE ${text}`, parameters)).length > 0) continue
    taken.add(parameters.join(' '))
    return key
  }
}
