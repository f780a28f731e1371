import {
  canonicalize,
  describeRun,
  digest,
  documentHash,
  type Fact,
  isSealed,
  pae,
  publicForm,
  type Signer,
  type Verifier,
} from '@agent-run/core'
import type { AgentRun, EvalResult, Statement, Verdict } from '@agent-run/types'
import { countersign, statementDocument } from '../live/countersign.ts'
import type { NewDocument, NewRun, Score } from '../store/store.ts'
import { isTerminal, runEvents } from './run-event.ts'

/** What preparing a run takes from the app. */
export interface ReceiveContext {
  readonly clock: () => string
  readonly verifier: Verifier
  readonly serverKey: Signer | undefined
}

/** A run that is ready for the store, and what the server says about having received it. */
export interface PreparedRun extends NewRun {
  /** Countersignature of a sealed record whose seal holds, if the server has a key. */
  readonly received: Statement | undefined
}

/**
 * Computes everything that is stored of a valid record: bytes, digests, summary, facts, score, level by the server's
 * trust file, countersignature, and the events of a run that is new.
 * @param record valid, with an id that `runIdFault` accepts
 */
export const prepareRun = async (
  record: AgentRun,
  { clock, verifier, serverKey }: ReceiveContext,
): Promise<PreparedRun> => {
  const now = clock()
  const sealed = isSealed(record)
  const body = Buffer.from(canonicalize(record))
  const etag = digest(body)
  const verdict = sealed ? verifier(record) : undefined
  const { summary: described, facts } = describeRun(record, { level: verdict?.level ?? 'recorded' })
  const summary = { ...described, received_at: now }
  const recordHash = sealed ? (record.provenance.record_hash ?? undefined) : undefined
  const received =
    recordHash === undefined || serverKey === undefined || verdict === undefined || !isVouchable(verdict)
      ? undefined
      : await countersign(serverKey, recordHash, now)
  return {
    id: record.id,
    body,
    etag,
    documentHash: documentHashOf(record, body),
    contentDigest: contentDigest(record, etag),
    recordHash,
    summary,
    facts: indexFacts(facts),
    score: scoreOf(record, now),
    documents: [...evalDocuments(record.eval), ...(received === undefined ? [] : [statementDocument(received)])],
    events: runEvents(isTerminal(record.status) ? ['run.created', 'run.completed'] : ['run.created'], summary),
    received,
  }
}

/**
 * Whether a server may say that it had the record of this `record_hash`: only if it recomputed the hash over what it got
 * (AR-TRUST-008). A record of a batch carries no signature of its own, and its batch statement comes later: what the hash
 * covers is here all the same. A signature that is there and wrong is vouched for by nobody.
 */
const isVouchable = ({ checks }: Verdict): boolean =>
  checks.every(({ check, result, code }) => {
    if (check === 'schema' || check === 'record') return result === 'pass'
    if (check === 'steps' || check === 'semantics') return result !== 'fail'
    return check !== 'signature' || result !== 'fail' || code === 'signature.stripped'
  })

const DOCUMENT_TYPE = 'application/vnd.agent-run.document.v1+json'

/** Of a record with nothing private and no eval the covered part is the body, which need not be made again. */
const documentHashOf = (record: AgentRun, body: Uint8Array): string =>
  Object.hasOwn(record, 'eval') || publicForm('run', record) !== record
    ? documentHash(record)
    : digest(pae(DOCUMENT_TYPE, body))

/** SHA-256 of the canonical form without eval, and that of the whole where there is none. */
const contentDigest = (record: AgentRun, etag: string): string => {
  if (!Object.hasOwn(record, 'eval')) return etag
  const { eval: _, ...content } = record
  return digest(Buffer.from(canonicalize(content)))
}

const evalDocuments = (given: EvalResult | null | undefined): readonly NewDocument[] => {
  if (given === undefined || given === null) return []
  const body = Buffer.from(canonicalize(given))
  return [{ kind: 'eval', topic: '', body, digest: digest(body) }]
}

/** Facts as they are indexed: on which step each rests is in the record, and no index of a live run could keep up with it. */
export const indexFacts = (facts: readonly Fact[]): readonly Fact[] => facts.map(({ kind, value }) => ({ kind, value }))

/**
 * The current evaluation of a run for the leaderboard; undefined if there is none.
 * @param now when it came, for an evaluation that does not say when it was made
 */
export const scoreOf = (record: AgentRun, now: string): Score | undefined => {
  const { eval: result, cost, provenance } = record
  if (result === undefined || result === null) return undefined
  return {
    benchmarkId: textOf(result.benchmark_id),
    pass: result.pass,
    score: result.score,
    agentId: record.agent_id,
    model: textOf(record.model),
    runtime: textOf(record.runtime) ?? textOf(provenance.runtime),
    costUsd: numberOf(cost.cost_usd),
    durationMs: numberOf(record.duration_ms),
    at: result.at ?? now,
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
