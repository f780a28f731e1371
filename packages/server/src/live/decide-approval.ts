import { canonicalize, isSealed } from '@agent-run/core'
import type { AgentRun, ApprovalEntry, ApprovalEvent } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { problem } from '../app/problem.ts'
import { isTerminal, runEvent } from '../receive/run-event.ts'
import type { NewDocument, Store, StoredRun } from '../store/store.ts'
import { entriesOf, publicText } from './approval-entries.ts'
import { type Asked, checkDecision } from './check-decision.ts'
import { currentRun } from './current-run.ts'
import { type Decision, readDecision } from './read-decision.ts'
import { digestOf, journalRows, recordValueOf } from './record.ts'
import { readDocument } from './statements.ts'

/** Attempts to store a decision while others decide. */
const ATTEMPTS = 4

/** What became of a decision. */
export interface Decided {
  readonly isNew: boolean
  readonly entry: ApprovalEntry
}

/**
 * Takes a signed decision about a request that the server knows from the record or the journal of the run (AR-HTTP-090,
 * AR-HTTP-091). The record stays as it is: the recorder that waits for the decision reads it and takes it in. The first
 * decision stands. The same again changes nothing, also where its private members have been erased since (AR-HTTP-133).
 * @throws Problem 400; 404, 410; 409 approval.decided; 422 approval.invalid, approval.signature, approval.signer
 */
export const decideApproval = async (
  context: AppContext,
  tenant: string,
  id: string,
  approvalId: string,
  octets: Uint8Array,
): Promise<Decided> => {
  const { store } = context
  const decision = readDecision(octets, id, approvalId)
  const form = publicText(decision)
  for (let attempt = 1; ; attempt++) {
    const run = await currentRun(store, tenant, id)
    const record = await recordValueOf(store, tenant, run)
    const stored = await store.readDocuments(tenant, id, 'decision')
    const others = stored
      .filter(({ topic }) => topic === approvalId)
      .map((document) => readDocument<ApprovalEvent>(document))
    const known = [...(record.approvals ?? []).filter((event) => event.approval_id === approvalId), ...others]
    const isNew = !known.some((event) => publicText(event) === form)
    if (isNew) {
      checkDecision(context, decision, await askedOf(store, tenant, run, record))
      if (isOver(run, record)) throw decided('found a run that is over')
      if (known.some(({ event }) => CLOSING.has(event))) throw decided('expected no second decision of this approval')
      const change = { events: [runEvent('run.updated', run.summary)] }
      const done = await store.addDocument(tenant, id, documentOf(decision), change, others.length)
      if (done === 'changed' && attempt < ATTEMPTS) continue
      if (done === 'changed') throw decided('expected no second decision of this approval')
      if (done === 'unknown') throw problem(404, 'run.unknown')
    }
    const entries = entriesOf(record, await store.readDocuments(tenant, id, 'decision'))
    const entry = entries.find(({ approval_id }) => approval_id === approvalId)
    if (entry === undefined) throw new TypeError('a stored decision has no entry')
    return { isNew, entry }
  }
}

/** Events after which an approval waits for nobody. */
const CLOSING: ReadonlySet<string> = new Set(['approved', 'denied', 'cancelled', 'expired', 'revoked'])

const documentOf = (decision: Decision): NewDocument => {
  const body = Buffer.from(canonicalize(decision))
  return { kind: 'decision', topic: decision.approval_id, body, digest: digestOf(body) }
}

/** Whether nobody waits for a decision any more: what ran has run. */
const isOver = (run: StoredRun, record: AgentRun): boolean =>
  run.state === 'stored' && (isSealed(record) || isTerminal(record.status))

/** The record, and its recorder's key: of a live run only `run.started` names it. */
const askedOf = async (store: Store, tenant: string, run: StoredRun, record: AgentRun): Promise<Asked> => {
  const { signed_by } = record.provenance
  if (typeof signed_by === 'string') return { record, recorder: signed_by }
  if (run.journal === undefined) return { record, recorder: undefined }
  for await (const { seq, octets } of journalRows(store, tenant, run.id)) {
    if (seq === undefined) continue
    const { data } = readDocument<{ readonly data: Pick<AgentRun, 'provenance'> }>({ body: octets })
    const key: unknown = data.provenance.signed_by
    return { record, recorder: typeof key === 'string' ? key : undefined }
  }
  return { record, recorder: undefined }
}

const decided = (detail: string): Error => problem(409, 'approval.decided', { detail })
