import { approvalsOf, canonicalize, publicForm } from '@agent-run/core'
import type { AgentRun, ApprovalEntry, ApprovalEvent } from '@agent-run/types'
import type { Store, StoredDocument } from '../store/store.ts'
import { readDocument } from './statements.ts'

/**
 * The approvals of a run: what its record says, and decisions that were sent to the server. One that the recorder has
 * taken into the record stands there once.
 */
export const approvalEntries = async (
  store: Store,
  tenant: string,
  record: AgentRun,
): Promise<readonly ApprovalEntry[]> => entriesOf(record, await store.readDocuments(tenant, record.id, 'decision'))

/** The approvals of a record and the decisions about it. */
export const entriesOf = (record: AgentRun, decisions: readonly StoredDocument[]): readonly ApprovalEntry[] => {
  if (decisions.length === 0) return approvalsOf(record)
  const known = new Set((record.approvals ?? []).map(publicText))
  const beside = decisions
    .map((document) => readDocument<ApprovalEvent>(document))
    .filter((event) => !known.has(publicText(event)))
  return approvalsOf(record, beside)
}

/** An approval event as its signature sees it, canonical: the same before and after its private members are erased. */
export const publicText = (event: ApprovalEvent): string => canonicalize(publicForm('approval', event))
