import type { JournalState } from '@agent-run/core'
import { sortTime } from '../sql/facts.ts'
import type { AppendResult, JournalAppend, NewJournalLine } from '../store.ts'
import type { Connection } from './connection.ts'
import { findErased, findRun, type KeyedRun } from './find-run.ts'
import { indexPending } from './index-runs.ts'
import { addFacts, dropFacts, moveFacts } from './write-facts.ts'
import { contentOf, followUp, insertRun, type RunContent, replaceFacts, rewriteRun, updateRow } from './write-run.ts'

/** Appends all lines or none. Its work does not grow with the journal. */
export const appendJournal = (
  connection: Connection,
  tenant: string,
  append: JournalAppend,
  at: string,
): AppendResult => {
  const old = findRun(connection, tenant, append.id)
  const refusal = refuse(connection, tenant, append, old)
  if (refusal !== undefined) return refusal
  const unannounced = firstUnannounced(connection, old?.run, append.lines)
  if (unannounced !== undefined) return { outcome: 'private', index: unannounced }

  const run = old === undefined ? insertRun(connection, tenant, liveContent(append), [], at) : old.run
  if (old !== undefined || append.sealed !== undefined) indexPending(connection)
  if (append.sealed !== undefined) {
    const stored = old ?? findRun(connection, tenant, append.id)!
    const { sealed, replaceFacts, state } = append
    rewriteRun(connection, tenant, stored, { ...contentOf(sealed, state), facts: replaceFacts ?? sealed.facts })
  } else if (old !== undefined) {
    continueRun(connection, tenant, old, append)
  }
  writeLines(connection, run, append.lines)
  followUp(connection, tenant, run, { documents: append.sealed?.documents ?? [], events: append.events }, at)
  return { outcome: 'appended' }
}

const refuse = (
  connection: Connection,
  tenant: string,
  { id, expected }: JournalAppend,
  old: KeyedRun | undefined,
): AppendResult | undefined => {
  if (old === undefined) {
    if (findErased(connection, tenant, id) !== undefined) return { outcome: 'erased' }
    return expected === undefined ? undefined : { outcome: 'fork', head: undefined }
  }
  if (old.journal === null) return { outcome: 'exists' }
  if (old.state === 'stored') return { outcome: 'sealed' }
  const { seq, head } = JSON.parse(old.journal) as JournalState
  if (expected?.seq === seq && expected.digest === head) return undefined
  return { outcome: 'fork', head: { seq, digest: head } }
}

const liveContent = (append: JournalAppend): RunContent => ({
  id: append.id,
  etag: append.etag,
  recordHash: undefined,
  summary: append.summary,
  facts: append.replaceFacts ?? append.addFacts,
  score: undefined,
  stored: undefined,
  journal: append.state,
})

const continueRun = (connection: Connection, tenant: string, old: KeyedRun, append: JournalAppend): void => {
  const { run } = old
  const before = { tenant, run, sortAt: old.sort_at }
  const after = { tenant, run, sortAt: sortTime(append.summary, old.received_at) }
  updateRow(connection, old, liveContent(append))
  if (append.replaceFacts !== undefined) {
    replaceFacts(connection, tenant, old, liveContent(append))
    return
  }
  if (after.sortAt !== before.sortAt) moveFacts(connection, before, after.sortAt)
  dropFacts(connection, after, append.dropFacts)
  addFacts(connection, after, append.addFacts)
}

const ANNOUNCED = 'SELECT 1 FROM private_hashes WHERE run = ? AND hash = ?'
const ANNOUNCE = 'INSERT OR IGNORE INTO private_hashes (run, hash) VALUES (?, ?)'
const COUNT = 'SELECT coalesce(max(number), -1) AS last FROM journal_lines WHERE run = ?'
const INSERT = 'INSERT INTO journal_lines (run, number, seq, name, octets) VALUES (?, ?, ?, ?, ?)'

/** Index of the first private line whose hash neither the stored journal nor a line before it has named. */
const firstUnannounced = (
  connection: Connection,
  run: number | undefined,
  lines: readonly NewJournalLine[],
): number | undefined => {
  const announced = new Set<string>()
  for (const [index, { seq, name, privateHashes }] of lines.entries()) {
    for (const hash of privateHashes) announced.add(hash)
    if (seq !== undefined || announced.has(name)) continue
    if (run === undefined || connection.get(ANNOUNCED, run, name) === undefined) return index
  }
  return undefined
}

const writeLines = (connection: Connection, run: number, lines: readonly NewJournalLine[]): void => {
  let number = connection.get<{ readonly last: number }>(COUNT, run)!.last
  for (const { seq, name, octets, privateHashes } of lines) {
    number += 1
    connection.run(INSERT, run, number, seq ?? null, name, octets)
    for (const hash of privateHashes) connection.run(ANNOUNCE, run, hash)
  }
}
