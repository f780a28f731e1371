import { type DocumentRow, documentOf, type JournalLineRow, journalRowOf } from '../sql/rows.ts'
import { type ScoreRow, scoreGroupOf, selectScores } from '../sql/scores.ts'
import { numbered } from '../sql/select-runs.ts'
import type { DocumentKind, JournalPageRequest, JournalRow, ScoreGroup, ScoreQuery, StoredDocument } from '../store.ts'
import type { Connection } from './connection.ts'
import { columnText, textOfColumn } from './text.ts'

const LINES = `SELECT l.number, l.seq, l.name, l.octets FROM runs r
  JOIN journal_lines l ON l.tenant = r.tenant AND l.run = r.run
  WHERE r.tenant = $1 AND r.id = $2 AND l.number > $3
    AND ($4::text IS NULL OR (l.seq IS NOT NULL AND l.name = $4)) ORDER BY l.number LIMIT $5`
const NUMBER_OF = `SELECT l.number FROM runs r JOIN journal_lines l ON l.tenant = r.tenant AND l.run = r.run
  WHERE r.tenant = $1 AND r.id = $2 AND l.seq = $3`

export const readJournal = async (
  connection: Connection,
  tenant: string,
  id: string,
  { after, afterSeq, limit, type }: JournalPageRequest,
): Promise<readonly JournalRow[]> => {
  const from = Math.max(after, afterSeq === undefined ? -1 : await numberOf(connection, tenant, id, afterSeq))
  const typed = type === undefined ? null : columnText(type)
  const rows = await connection.all<JournalLineRow>(LINES, [tenant, columnText(id), from, typed, limit])
  return rows.map(journalRow)
}

/** Before the first chained line is the beginning; after one that has not come there is nothing. */
const numberOf = async (connection: Connection, tenant: string, id: string, seq: number): Promise<number> => {
  if (seq < 0) return -1
  const [row] = await connection.all<{ readonly number: number }>(NUMBER_OF, [tenant, columnText(id), seq])
  return row?.number ?? Number.MAX_SAFE_INTEGER
}

/** A row of `journal_lines` as it was given to the store. */
export const journalRow = (row: JournalLineRow): JournalRow => journalRowOf({ ...row, name: textOfColumn(row.name) })

const DOCUMENTS = `SELECT d.kind, d.topic, d.digest, d.received_at, d.body FROM runs r
  JOIN documents d ON d.tenant = r.tenant AND d.run = r.run
  WHERE r.tenant = $1 AND r.id = $2 AND d.kind = $3 ORDER BY d.number`

export const readDocuments = async (
  connection: Connection,
  tenant: string,
  id: string,
  kind: DocumentKind,
): Promise<readonly StoredDocument[]> =>
  (await connection.all<DocumentRow>(DOCUMENTS, [tenant, columnText(id), kind])).map(storedDocument)

/** A row of `documents` as it was given to the store. */
export const storedDocument = (row: DocumentRow): StoredDocument =>
  documentOf({ ...row, topic: textOfColumn(row.topic) })

export const listScores = async (
  connection: Connection,
  tenant: string,
  query: ScoreQuery,
): Promise<readonly ScoreGroup[]> => {
  const asked = query.benchmarkId === undefined ? query : { ...query, benchmarkId: columnText(query.benchmarkId) }
  const { text, parameters } = selectScores(tenant, asked)
  const rows = await connection.all<ScoreRow>(numbered(text), parameters)
  const original = (column: string | null): string | null => (column === null ? null : textOfColumn(column))
  return rows.map((row) =>
    scoreGroupOf({ ...row, benchmark_id: original(row.benchmark_id), grouped: original(row.grouped) }),
  )
}
