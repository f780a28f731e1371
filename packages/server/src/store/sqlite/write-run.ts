import type { JournalState } from '@agent-run/core'
import { type IndexedFact, indexedFacts, RECEIVED, sortTime } from '../sql/facts.ts'
import { keyAfter } from '../sql/run-key.ts'
import type { NewEvent, NewRun, Score } from '../store.ts'
import type { Connection } from './connection.ts'
import type { KeyedRun } from './find-run.ts'
import { writeDocuments } from './write-documents.ts'
import { type EventSpan, writeEvents } from './write-events.ts'
import { clearFacts, indexFacts, writeList } from './write-facts.ts'

const NEWEST = 'SELECT max(coalesce((SELECT max(run) FROM bodies), 0), (SELECT run FROM indexed)) AS run'
const INSERT = `INSERT INTO runs (tenant, run, id, state, etag, document_hash, content_digest, record_hash, run_hash,
  received_at, sort_at, first_event, last_event, journal, summary, facts)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const INSERT_BODY = 'INSERT INTO bodies (run, body) VALUES (?, ?)'
const UPDATE = `UPDATE runs SET state = ?, etag = ?, document_hash = ?, content_digest = ?, record_hash = ?, run_hash = ?,
  sort_at = ?, summary = ?, journal = ? WHERE run = ?`
const UPDATE_FACTS = 'UPDATE runs SET facts = ? WHERE run = ?'
const UPDATE_BODY = 'UPDATE bodies SET body = ? WHERE run = ?'
const UPDATE_SPAN = `UPDATE runs SET first_event = coalesce(first_event, ?), last_event = ? WHERE run = ?`
const INSERT_SCORE = `INSERT INTO scores (tenant, run, benchmark_id, pass, score, agent_id, model, runtime, cost_usd,
  duration_ms, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const DELETE_SCORE = 'DELETE FROM scores WHERE tenant = ? AND run = ?'

/** A key above all others, those that were erased included. */
const nextKey = (connection: Connection, at: string): number =>
  keyAfter(connection.get<{ readonly run: number }>(NEWEST)!.run, at)

/** What a row of `runs` says, for a run that is stored or live. */
export type RunContent = Pick<NewRun, 'id' | 'etag' | 'recordHash' | 'summary' | 'facts' | 'score'> & {
  /** Undefined while the run is live. */
  readonly stored: Pick<NewRun, 'body' | 'documentHash' | 'contentDigest'> | undefined
  readonly journal: JournalState | undefined
}

/** All facts of a content, with one for the time of reception, by which retention finds it. */
const factsOf = ({ facts, recordHash }: RunContent, receivedAt: string): readonly IndexedFact[] => [
  ...indexedFacts(facts, recordHash),
  { kind: RECEIVED, value: receivedAt },
]

/** A new run under a new key, with its events. It is indexed later. */
export const insertRun = (
  connection: Connection,
  tenant: string,
  content: RunContent,
  events: readonly NewEvent[],
  at: string,
): number => {
  const run = nextKey(connection, at)
  const sortAt = sortTime(content.summary, at)
  const span = writeEvents(connection, tenant, events, at)
  connection.run(
    INSERT,
    tenant,
    run,
    content.id,
    content.stored === undefined ? 'live' : 'stored',
    content.etag,
    content.stored?.documentHash ?? null,
    content.stored?.contentDigest ?? null,
    content.recordHash ?? null,
    content.summary.run_hash ?? null,
    at,
    sortAt,
    span?.first ?? null,
    span?.last ?? null,
    journalText(content.journal),
    JSON.stringify(content.summary),
    writeList(factsOf(content, at)),
  )
  connection.run(INSERT_BODY, run, content.stored?.body ?? new Uint8Array())
  if (content.score !== undefined) writeScore(connection, tenant, run, content.score)
  return run
}

/** Puts another content in the place of a run's, facts included. Its documents and events are not touched. */
export const rewriteRun = (connection: Connection, tenant: string, old: KeyedRun, content: RunContent): void => {
  const { run } = old
  replaceFacts(connection, tenant, old, content)
  updateRow(connection, old, content)
  connection.run(UPDATE_BODY, content.stored?.body ?? new Uint8Array(), run)
  connection.run(DELETE_SCORE, tenant, run)
  if (content.score !== undefined) writeScore(connection, tenant, run, content.score)
}

/** Puts other facts in the place of those of a run that is indexed. */
export const replaceFacts = (connection: Connection, tenant: string, old: KeyedRun, content: RunContent): void => {
  const { run } = old
  const facts = factsOf(content, old.received_at)
  clearFacts(connection, { tenant, run, sortAt: old.sort_at })
  connection.run(UPDATE_FACTS, writeList(facts), run)
  indexFacts(connection, { tenant, run, sortAt: sortTime(content.summary, old.received_at) }, facts)
}

/** The row alone. */
export const updateRow = (
  connection: Connection,
  old: KeyedRun,
  content: Omit<RunContent, 'facts' | 'score'>,
): void => {
  connection.run(
    UPDATE,
    content.stored === undefined ? 'live' : 'stored',
    content.etag,
    content.stored?.documentHash ?? null,
    content.stored?.contentDigest ?? null,
    content.recordHash ?? null,
    content.summary.run_hash ?? null,
    sortTime(content.summary, old.received_at),
    JSON.stringify(content.summary),
    journalText(content.journal),
    old.run,
  )
}

/** What follows from a change of a run: documents that it brings, events that tell of it. */
export const followUp = (
  connection: Connection,
  tenant: string,
  run: number,
  what: Pick<NewRun, 'documents' | 'events'>,
  at: string,
): void => {
  writeDocuments(connection, run, what.documents, at)
  noteEvents(connection, run, writeEvents(connection, tenant, what.events, at))
}

/** Content of a run that was posted whole, patched or sealed. */
export const contentOf = (run: NewRun, journal: JournalState | undefined): RunContent => ({
  ...run,
  stored: run,
  journal,
})

const noteEvents = (connection: Connection, run: number, span: EventSpan | undefined): void => {
  if (span !== undefined) connection.run(UPDATE_SPAN, span.first, span.last, run)
}

const journalText = (journal: JournalState | undefined): string | null =>
  journal === undefined ? null : JSON.stringify(journal)

const writeScore = (connection: Connection, tenant: string, run: number, score: Score): void => {
  connection.run(
    INSERT_SCORE,
    tenant,
    run,
    score.benchmarkId ?? null,
    score.pass ? 1 : 0,
    score.score ?? null,
    score.agentId,
    score.model ?? null,
    score.runtime ?? null,
    score.costUsd ?? null,
    score.durationMs ?? null,
    score.at,
  )
}
