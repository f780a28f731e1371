import {
  type DocumentRow,
  documentOf,
  type ErasedRow,
  type EventRow,
  erasedOf,
  eventOf,
  type JournalLineRow,
  journalRowOf,
  RUN_COLUMNS,
  runOf,
} from '../sql/rows.ts'
import { type ScoreRow, scoreGroupOf, selectScores } from '../sql/scores.ts'
import type {
  DocumentKind,
  ExportedRun,
  ExportPosition,
  JournalPageRequest,
  JournalRow,
  ScoreGroup,
  ScoreQuery,
  StoredDocument,
  StoredEvent,
} from '../store.ts'
import type { Connection } from './connection.ts'
import { findRun, type KeyedRun, readBody } from './find-run.ts'

const LINES = `SELECT number, seq, name, octets FROM journal_lines WHERE run = ? AND number > ? ORDER BY number LIMIT ?`
const LINES_OF_TYPE = `SELECT number, seq, name, octets FROM journal_lines
  WHERE run = ? AND number > ? AND seq IS NOT NULL AND name = ? ORDER BY number LIMIT ?`
const NUMBER_OF = 'SELECT number FROM journal_lines WHERE run = ? AND seq = ?'

export const readJournal = (
  connection: Connection,
  tenant: string,
  id: string,
  { after, afterSeq, limit, type }: JournalPageRequest,
): readonly JournalRow[] => {
  const found = findRun(connection, tenant, id)
  if (found === undefined) return []
  const from = Math.max(after, afterSeq === undefined ? -1 : numberOf(connection, found.run, afterSeq))
  const rows =
    type === undefined
      ? connection.all<JournalLineRow>(LINES, found.run, from, limit)
      : connection.all<JournalLineRow>(LINES_OF_TYPE, found.run, from, type, limit)
  return rows.map(journalRowOf)
}

/** Before the first chained line is the beginning; after one that has not come there is nothing. */
const numberOf = (connection: Connection, run: number, seq: number): number =>
  seq < 0 ? -1 : (connection.get<{ readonly number: number }>(NUMBER_OF, run, seq)?.number ?? Number.MAX_SAFE_INTEGER)

const DOCUMENTS = 'SELECT kind, topic, digest, received_at, body FROM documents WHERE run = ? ORDER BY document'
const DOCUMENTS_OF_KIND = `SELECT kind, topic, digest, received_at, body FROM documents
  WHERE run = ? AND kind = ? ORDER BY document`

export const readDocuments = (
  connection: Connection,
  tenant: string,
  id: string,
  kind: DocumentKind,
): readonly StoredDocument[] => {
  const found = findRun(connection, tenant, id)
  return found === undefined ? [] : connection.all<DocumentRow>(DOCUMENTS_OF_KIND, found.run, kind).map(documentOf)
}

export const listScores = (connection: Connection, tenant: string, query: ScoreQuery): readonly ScoreGroup[] =>
  connection.select<ScoreRow>(selectScores(tenant, query)).map(scoreGroupOf)

const EVENTS = `SELECT position, type, run_id, data, at FROM events WHERE tenant = ? AND position > ?
  ORDER BY position LIMIT ?`
const OLDEST = 'SELECT min(position) AS position FROM events WHERE tenant = ?'
const NEWEST = 'SELECT position FROM tenants WHERE tenant = ?'

export const readEvents = (
  connection: Connection,
  tenant: string,
  after: number,
  limit: number,
): readonly StoredEvent[] => connection.all<EventRow>(EVENTS, tenant, after, limit).map(eventOf)

/** The newest stays known when all events have been forgotten: somebody may go on from there. */
export const eventRange = (
  connection: Connection,
  tenant: string,
): { readonly oldest: number; readonly newest: number } => ({
  oldest: connection.get<{ readonly position: number | null }>(OLDEST, tenant)?.position ?? 0,
  newest: connection.get<{ readonly position: number }>(NEWEST, tenant)?.position ?? 0,
})

type TenantRun = KeyedRun & { readonly tenant: string }
type TenantErased = ErasedRow & { readonly tenant: string; readonly id: string }

const RUNS_AFTER = `SELECT tenant, run, ${RUN_COLUMNS} FROM runs WHERE (tenant, id) > (?, ?) ORDER BY tenant, id LIMIT ?`
const ERASED_AFTER = `SELECT tenant, id, erased_at, tombstone FROM erased_runs WHERE (tenant, id) > (?, ?)
  ORDER BY tenant, id LIMIT ?`

/** Runs of all tenants by tenant and id, in the order of their octets. */
export const exportRuns = (
  connection: Connection,
  after: ExportPosition | undefined,
  limit: number,
): readonly ExportedRun[] => {
  const place = [after?.tenant ?? '', after?.id ?? '', limit] as const
  const runs = connection.all<TenantRun>(RUNS_AFTER, ...place)
  const erased = connection.all<TenantErased>(ERASED_AFTER, ...place)
  const exported: ExportedRun[] = []
  while (exported.length < limit) {
    const [run, gone] = [runs[0], erased[0]]
    if (run === undefined && gone === undefined) break
    if (gone === undefined || (run !== undefined && isBefore(run, gone))) {
      exported.push(exportRun(connection, runs.shift()!))
    } else {
      erased.shift()
      exported.push({ tenant: gone.tenant, id: gone.id, run: erasedOf(gone), documents: [], journal: [] })
    }
  }
  return exported
}

const exportRun = (connection: Connection, row: TenantRun): ExportedRun => ({
  tenant: row.tenant,
  id: row.id,
  run: runOf(row, readBody(connection, row.run)),
  documents: connection.all<DocumentRow>(DOCUMENTS, row.run).map(documentOf),
  journal: connection.all<JournalLineRow>(LINES, row.run, -1, -1).map(journalRowOf),
})

/** The order of UTF-8 octets, which is SQLite's; that of strings in memory differs beyond U+FFFF. */
const isBefore = (one: ExportPosition, other: ExportPosition): boolean => {
  const tenants = compareOctets(one.tenant, other.tenant)
  return tenants < 0 || (tenants === 0 && compareOctets(one.id, other.id) < 0)
}

const compareOctets = (one: string, other: string): number => {
  const [left, right] = [encoder.encode(one), encoder.encode(other)]
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const difference = left[index]! - right[index]!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const encoder = new TextEncoder()
