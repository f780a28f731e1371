import type { Finding } from '@agent-run/core'
import type { RunReceipt, Statement } from '@agent-run/types'
import { type Problem, problem } from '../app/problem.ts'
import type { InsertResult, RunHead, Store } from '../store/store.ts'
import type { Received } from './receive-run.ts'

/** What became of a record that was sent: what POST answers, and what a batch says of a line. */
export type RunAnswer =
  | { readonly status: 200 | 201; readonly receipt: RunReceipt; readonly outcome: string }
  | { readonly status: number; readonly problem: Problem; readonly outcome: string }

/** The answer to a record that the store has taken, or has not. */
export const answerStored = async (
  store: Store,
  tenant: string,
  { run, record, warnings }: Received & { ok: true },
  result: InsertResult,
): Promise<RunAnswer> => {
  const { outcome } = result
  switch (outcome) {
    case 'created':
      return { status: 201, outcome, receipt: receiptOf(result.run, warnings, run.received) }
    case 'replayed':
    case 'same': {
      const received = result.run.recordHash === undefined ? undefined : await countersignatureOf(store, tenant, run.id)
      const isNew = outcome === 'replayed' && result.first === 'created'
      const attached = isNew || result.run.etag === run.etag || record.eval === undefined
      const findings = attached ? warnings : [...warnings, NOT_ATTACHED]
      return { status: isNew ? 201 : 200, outcome, receipt: receiptOf(result.run, findings, received) }
    }
    case 'variant':
      return refused(
        outcome,
        problem(409, 'record.variant', { detail: 'found other members under the same record_hash' }),
      )
    case 'conflict':
      return refused(outcome, problem(409, 'run.exists', { detail: 'expected an id that no other record has' }))
    case 'erased':
      return refused(outcome, problem(410, 'run.erased', { detail: 'what was erased is never stored again' }))
    case 'key_reused':
      return refused(
        outcome,
        problem(422, 'idempotency.reused', { detail: 'expected a new Idempotency-Key for another request' }),
      )
  }
}

/** The answer to a record that was not worth storing, or that the store failed to store. */
export const refused = (outcome: string, found: Problem): RunAnswer => ({
  status: found.status,
  problem: found,
  outcome,
})

const NOT_ATTACHED: Finding = {
  code: 'eval.not_attached',
  severity: 'warning',
  path: '/eval',
  message: 'the record is stored already; an eval is attached by PUT, not by sending the record again',
}

/** A receipt (schemas/run-receipt.json). Absent members are absent. */
export const receiptOf = (
  head: RunHead,
  findings: readonly Finding[] = [],
  received: Statement | undefined = undefined,
): RunReceipt => ({
  id: head.id,
  run_hash: head.runHash,
  ...(head.recordHash === undefined ? {} : { record_hash: head.recordHash }),
  document_hash: head.documentHash,
  etag: head.etag,
  received_at: head.receivedAt,
  // Findings are read-only here, and of a closed set of severities there.
  ...(findings.length === 0 ? {} : { findings: findings as NonNullable<RunReceipt['findings']> }),
  ...(received === undefined ? {} : { received }),
})

/** The countersignature that the server gave when it received a run first. */
const countersignatureOf = async (store: Store, tenant: string, id: string): Promise<Statement | undefined> => {
  const documents = await store.readDocuments(tenant, id, 'statement')
  const found = documents.find(({ topic }) => topic === 'countersignature')
  return found === undefined ? undefined : (JSON.parse(Buffer.from(found.body).toString('utf8')) as Statement)
}
