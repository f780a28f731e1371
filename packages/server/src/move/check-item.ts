import { canonicalize, checkSignature, readJson, validate } from '@agent-run/core'
import type { AgentRun, ApprovalEvent, EvalResult, Statement } from '@agent-run/types'
import { publicText } from '../live/approval-entries.ts'
import { erasedHashes, erasedPlaceIn } from '../live/erased-members.ts'
import { readEval } from '../live/evals.ts'
import { readDecision } from '../live/read-decision.ts'
import { readDocument } from '../live/statements.ts'
import type { NewDocument, Store } from '../store/store.ts'

/** What an import may store of a run. */
export interface CheckedItem {
  /** Those that are not there yet, in another form or in this one. */
  readonly documents: readonly NewDocument[]
  /** Every `private_hash` of which the store, or the export itself, says that it was erased. */
  readonly erased: ReadonlySet<string>
}

/**
 * Checks what comes with a run as the routes check it when it is sent: schema, signature and the run that it names; and
 * that nothing is in it that was erased (AR-HTTP-133).
 * @param record octets of the record; undefined for a live run
 * @returns undefined for what may not be stored
 * @throws Problem for a decision or an eval that a route would refuse
 */
export const checkItem = async (
  store: Store,
  tenant: string,
  id: string,
  record: Uint8Array | undefined,
  documents: readonly NewDocument[],
): Promise<CheckedItem | undefined> => {
  const read = record === undefined ? undefined : readJson(record)
  if (read?.ok === false) return undefined
  const run = read?.value as AgentRun | undefined
  if (!documents.every((document) => isRight(document, id, run))) return undefined
  const given = documents.filter(({ kind }) => kind === 'statement')
  const stored = await store.readDocuments(tenant, id, 'statement')
  const erased = erasedHashes([...stored, ...given].map((document) => readDocument<Statement>(document)))
  if (run !== undefined && erasedPlaceIn(run, erased) !== undefined) return undefined
  for (const document of documents)
    if (document.kind === 'decision' && erasedPlaceIn({ approvals: [readDocument(document)] }, erased) !== undefined)
      return undefined
  const known = new Set((await store.readDocuments(tenant, id, 'decision')).map(formOf))
  return {
    documents: documents.filter((document) => document.kind !== 'decision' || !known.has(formOf(document))),
    erased,
  }
}

const formOf = (document: NewDocument): string => publicText(readDocument<ApprovalEvent>(document))

/**
 * Whether a document is one that a route, or the server itself, could have stored for this run.
 * @throws Problem for a decision or an eval that a route would refuse
 */
export const isRight = (document: NewDocument, id: string, run: AgentRun | undefined): boolean => {
  const { kind, topic, body } = document
  const read = readJson(body)
  if (!read.ok || canonicalize(read.value) !== read.text) return false
  switch (kind) {
    case 'decision':
      return readDecision(body, id, topic).approval_id === topic
    case 'eval': {
      // What stands in the record came with it, right or wrong: that is for whoever verifies the record.
      if (run?.eval && canonicalize(run.eval) === read.text) return true
      const { run_id }: EvalResult = readEval(body)
      return topic === '' && (run_id === undefined || run_id === null || run_id === id)
    }
    case 'statement': {
      const { ok, value } = validate(body, { schema: 'statement' })
      return ok && checkSignature('statement', value as object) === 'pass' && (value as Statement).kind === topic
    }
    default:
      return false
  }
}
