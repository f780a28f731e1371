import { type DocumentRow, type ErasedRow, erasedOf, type JournalLineRow, runOf } from '../sql/rows.ts'
import type { ExportedRun, ExportPosition, JournalRow, StoredDocument } from '../store.ts'
import { bigintArray, textArray } from './arrays.ts'
import type { Connection } from './connection.ts'
import { KEYED_COLUMNS, type KeyedRun, keyedRun } from './find-run.ts'
import { journalRow, storedDocument } from './read-parts.ts'

type BodiedRun = KeyedRun & { readonly body: Uint8Array }
type ErasedName = ErasedRow & ExportPosition

// Each page is of the next names, whichever of the two tables has them.
const NAMES = `SELECT tenant, id FROM (
    (SELECT tenant, id FROM runs WHERE (tenant, id) > ($1, $2) ORDER BY tenant, id LIMIT $3)
    UNION ALL
    (SELECT tenant, id FROM erased_runs WHERE (tenant, id) > ($1, $2) ORDER BY tenant, id LIMIT $3)) AS named
  ORDER BY tenant, id LIMIT $3`
const BY_NAME = 'FROM unnest($1::text[], $2::text[]) AS n (tenant, id)'
const RUNS = `SELECT ${KEYED_COLUMNS}, b.body ${BY_NAME} JOIN runs r ON r.tenant = n.tenant AND r.id = n.id
  JOIN bodies b ON b.tenant = r.tenant AND b.run = r.run`
const ERASED = `SELECT e.tenant, e.id, e.erased_at, e.tombstone ${BY_NAME}
  JOIN erased_runs e ON e.tenant = n.tenant AND e.id = n.id`
const BY_KEY = 'FROM unnest($1::text[], $2::bigint[]) AS n (tenant, run)'
const DOCUMENTS = `SELECT d.tenant, d.run, d.kind, d.topic, d.digest, d.received_at, d.body ${BY_KEY}
  JOIN documents d ON d.tenant = n.tenant AND d.run = n.run ORDER BY d.tenant, d.run, d.number`
const LINES = `SELECT l.tenant, l.run, l.number, l.seq, l.name, l.octets ${BY_KEY}
  JOIN journal_lines l ON l.tenant = n.tenant AND l.run = n.run ORDER BY l.tenant, l.run, l.number`

/** Runs of all tenants by tenant and id, in the order of their octets. */
export const exportRuns = async (
  connection: Connection,
  after: ExportPosition | undefined,
  limit: number,
): Promise<readonly ExportedRun[]> => {
  const names = await connection.all<ExportPosition>(NAMES, [after?.tenant ?? '', after?.id ?? '', limit])
  if (names.length === 0) return []
  const columns = [textArray(names.map(({ tenant }) => tenant)), textArray(names.map(({ id }) => id))]
  const runs = await connection.all<BodiedRun>(RUNS, columns)
  const erased = await connection.all<ErasedName>(ERASED, columns)
  const keys = [textArray(runs.map(({ tenant }) => tenant)), bigintArray(runs.map(({ run }) => run))]
  const documents = byRun(await connection.all<DocumentRow & RunKey>(DOCUMENTS, keys), storedDocument)
  const journals = byRun(await connection.all<JournalLineRow & RunKey>(LINES, keys), journalRow)

  const exported = new Map<string, ExportedRun>()
  for (const row of runs) exported.set(nameOf(row), exportedRun(row, documents, journals))
  for (const row of erased) {
    exported.set(nameOf(row), { tenant: row.tenant, id: row.id, run: erasedOf(row), documents: [], journal: [] })
  }
  return names.map((name) => exported.get(nameOf(name))!)
}

type RunKey = Pick<KeyedRun, 'tenant' | 'run'>

const exportedRun = (
  row: BodiedRun,
  documents: ReadonlyMap<string, StoredDocument[]>,
  journals: ReadonlyMap<string, JournalRow[]>,
): ExportedRun => ({
  tenant: row.tenant,
  id: row.id,
  run: runOf(keyedRun(row), row.body),
  documents: documents.get(keyOf(row)) ?? [],
  journal: journals.get(keyOf(row)) ?? [],
})

const byRun = <Row extends RunKey, Item>(rows: readonly Row[], itemOf: (row: Row) => Item): Map<string, Item[]> => {
  const found = new Map<string, Item[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const items = found.get(key)
    if (items === undefined) found.set(key, [itemOf(row)])
    else items.push(itemOf(row))
  }
  return found
}

const nameOf = ({ tenant, id }: ExportPosition): string => `${tenant}\n${id}`
const keyOf = ({ tenant, run }: RunKey): string => `${tenant}\n${run}`
