import type { JournalState } from '@agent-run/core'
import { indexedFacts, sortTime } from '../sql/facts.ts'
import type { NewEvent, NewRun } from '../store.ts'
import { bigintArray, byteaArray, textArray } from './arrays.ts'
import type { KeyedRun } from './find-run.ts'
import { columnText } from './text.ts'
import type { Transaction } from './transaction.ts'
import { addDocument, insertDocuments } from './write-documents.ts'
import { addFacts, clearFacts, insertFacts } from './write-facts.ts'
import { deleteScore, insertScores } from './write-scores.ts'

/** What a row of `runs` says, for a run that is stored or live. */
export type RunContent = Pick<NewRun, 'id' | 'etag' | 'recordHash' | 'summary' | 'facts' | 'score'> & {
  /** Undefined while the run is live. */
  readonly stored: Pick<NewRun, 'body' | 'documentHash' | 'contentDigest'> | undefined
  readonly journal: JournalState | undefined
}

/** Content of a run that was posted whole, patched or sealed. */
export const contentOf = (run: NewRun, journal: JournalState | undefined): RunContent => ({
  ...run,
  stored: run,
  journal,
})

/** A run that is about to be written, with everything that comes with it. */
export interface Creation extends Pick<NewRun, 'documents' | 'events'> {
  readonly tenant: string
  readonly content: RunContent
}

const INSERT = `INSERT INTO runs (tenant, run, id, state, etag, document_hash, content_digest, record_hash, run_hash,
    received_at, sort_at, summary, journal, first_event, last_event)
  SELECT tenant, run, id, state, etag, document_hash, content_digest, record_hash, run_hash,
    $1, sort_at, summary, journal, first_event, last_event
  FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::bigint[])
    AS n (tenant, run, id, state, etag, document_hash, content_digest, record_hash, run_hash, sort_at, summary, journal,
      first_event, last_event)`
const INSERT_BODIES = `INSERT INTO bodies (tenant, run, body)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[])`
const UPDATE = `UPDATE runs SET state = $3, etag = $4, document_hash = $5, content_digest = $6, record_hash = $7,
  run_hash = $8, sort_at = $9, summary = $10, journal = $11 WHERE tenant = $1 AND run = $2`
const UPDATE_BODY = 'UPDATE bodies SET body = $3 WHERE tenant = $1 AND run = $2'
const UPDATE_SPAN = `UPDATE runs SET first_event = coalesce(first_event, $3), last_event = $4
  WHERE tenant = $1 AND run = $2`

/** Writes new runs under new keys, in order; the keys. */
export const createRuns = async (transaction: Transaction, runs: readonly Creation[]): Promise<readonly number[]> => {
  if (runs.length === 0) return []
  const rows = []
  for (const { tenant, content, events, documents } of runs) {
    const run = await transaction.nextRun(tenant)
    const span = await transaction.addEvents(tenant, events)
    rows.push({ tenant, run, content, documents, span, sortAt: sortTime(content.summary, transaction.at) })
  }
  const tenants = textArray(rows.map(({ tenant }) => tenant))
  const keys = bigintArray(rows.map(({ run }) => run))
  transaction.send(INSERT, [
    transaction.at,
    tenants,
    keys,
    textArray(rows.map(({ content }) => content.id)),
    textArray(rows.map(({ content }) => stateOf(content))),
    textArray(rows.map(({ content }) => content.etag)),
    textArray(rows.map(({ content }) => content.stored?.documentHash)),
    textArray(rows.map(({ content }) => content.stored?.contentDigest)),
    textArray(rows.map(({ content }) => content.recordHash)),
    textArray(rows.map(({ content }) => runHashOf(content))),
    textArray(rows.map(({ sortAt }) => sortAt)),
    textArray(rows.map(({ content }) => JSON.stringify(content.summary))),
    textArray(rows.map(({ content }) => journalText(content.journal))),
    bigintArray(rows.map(({ span }) => span?.first)),
    bigintArray(rows.map(({ span }) => span?.last)),
  ])
  insertFacts(
    transaction,
    rows.map(({ tenant, run, sortAt, content }) => ({
      owner: { tenant, run, sortAt },
      facts: indexedFacts(content.facts, content.recordHash),
    })),
  )
  // Behind the facts, so that the server is busy with those while the bodies are on their way.
  transaction.send(INSERT_BODIES, [tenants, keys, byteaArray(rows.map(({ content }) => bodyOf(content)))])
  insertDocuments(transaction, rows)
  insertScores(
    transaction,
    rows.flatMap(({ tenant, run, content }) =>
      content.score === undefined ? [] : [{ tenant, run, score: content.score }],
    ),
  )
  return rows.map(({ run }) => run)
}

/** Puts another content in the place of a run's, facts included. Its documents and events are not touched. */
export const rewriteRun = async (transaction: Transaction, old: KeyedRun, content: RunContent): Promise<void> => {
  const { tenant, run } = old
  updateRow(transaction, old, content)
  const body = bodyOf(content)
  transaction.send(UPDATE_BODY, [tenant, run, Buffer.from(body.buffer, body.byteOffset, body.byteLength)])
  await clearFacts(transaction, { tenant, run, sortAt: old.sort_at })
  const sortAt = sortTime(content.summary, old.received_at)
  addFacts(transaction, { tenant, run, sortAt }, indexedFacts(content.facts, content.recordHash))
  deleteScore(transaction, tenant, run)
  if (content.score !== undefined) insertScores(transaction, [{ tenant, run, score: content.score }])
}

/** The row alone. */
export const updateRow = (
  transaction: Transaction,
  old: KeyedRun,
  content: Omit<RunContent, 'facts' | 'score'>,
): void =>
  transaction.send(UPDATE, [
    old.tenant,
    old.run,
    stateOf(content),
    content.etag,
    content.stored?.documentHash ?? null,
    content.stored?.contentDigest ?? null,
    content.recordHash ?? null,
    runHashOf(content) ?? null,
    sortTime(content.summary, old.received_at),
    JSON.stringify(content.summary),
    journalText(content.journal) ?? null,
  ])

/** What follows from a change of a run: documents that it brings, events that tell of it. */
export const followUp = async (
  transaction: Transaction,
  key: Pick<KeyedRun, 'tenant' | 'run'>,
  { documents, events }: { readonly documents: NewRun['documents']; readonly events: readonly NewEvent[] },
): Promise<void> => {
  const { tenant, run } = key
  for (const document of documents) addDocument(transaction, key, document)
  const span = await transaction.addEvents(tenant, events)
  if (span !== undefined) transaction.send(UPDATE_SPAN, [tenant, run, span.first, span.last])
}

const NO_BODY = new Uint8Array()

const stateOf = ({ stored }: Pick<RunContent, 'stored'>): string => (stored === undefined ? 'live' : 'stored')

const bodyOf = ({ stored }: RunContent): Uint8Array => stored?.body ?? NO_BODY

const runHashOf = ({ summary }: Pick<RunContent, 'summary'>): string | undefined =>
  summary.run_hash === undefined ? undefined : columnText(summary.run_hash)

/** The state of the journal that has fed a run. */
export const journalOf = ({ journal }: KeyedRun): JournalState | undefined =>
  journal === null ? undefined : (JSON.parse(journal) as JournalState)

const journalText = (journal: JournalState | undefined): string | undefined =>
  journal === undefined ? undefined : JSON.stringify(journal)
