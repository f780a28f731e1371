import { isDecision, requestHash } from '../../seal/index.ts'
import { compareInstants, type Instant, parseInstant } from '../../semantics/instant.ts'
import {
  isGiven,
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  type Place,
  placesOf,
  textOf,
} from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import { type Denials, denialsOf } from './denials.ts'
import { type RequiredRole, requiredRoles } from './person.ts'
import { createRevocations, type Revocations } from './revocations.ts'

/** An event in `approvals`. */
export interface EventPlace extends Place {
  /** Where it stands in `approvals`. */
  readonly index: number
  readonly isSigned: boolean
  /** A grant of another run, copied here as it was signed: its step, its request and its nonce are that run's. */
  readonly isCopied: boolean
  readonly at: Instant | undefined
  /** Until when a decision may be used; `undefined` is for ever. */
  readonly end: Instant | undefined
}

/** A step that rests on an approval, or says so. */
export interface ApprovedStep extends Place {
  readonly id: string | undefined
  readonly approvalId: string | undefined
  /** By a standing grant, not for this step alone. */
  readonly isAuto: boolean
  readonly startedAt: Instant | undefined
  readonly hasRun: boolean
}

/** What the events under one approval_id say together, so that no step has to look at all of them. */
export interface Approval {
  readonly approved: readonly EventPlace[]
  /** Events `approved` and `denied` in the order of the document. */
  readonly decided: readonly EventPlace[]
  /** Events `cancelled` and `expired`. */
  readonly closed: readonly EventPlace[]
  /** When each request ends, by its request_hash; `undefined` is never. */
  readonly requestEnds: ReadonlyMap<string, Instant | undefined>
  /** When the last of the requests ends; `undefined` is never. */
  readonly lastRequestEnd: Instant | undefined
  /** Roles that were asked for. */
  readonly roles: readonly RequiredRole[]
  readonly revokedAt: Revocations
}

/** The approvals of a record, indexed in one pass. */
export interface Approvals {
  readonly context: VerifyContext
  readonly events: readonly EventPlace[]
  /** Events `approved` and `denied` with a signature. */
  readonly signedDecisions: readonly EventPlace[]
  readonly byId: ReadonlyMap<string, Approval>
  /** Steps in the state `approved`, and those `auto_approved` on an approval. */
  readonly steps: readonly ApprovedStep[]
  /** The steps that signed decisions name. */
  readonly stepsById: ReadonlyMap<string, JsonObject>
  readonly denials: Denials
}

/** Reads the approvals of a record once. */
export const gatherApprovals = (context: VerifyContext): Approvals => {
  const { run } = context
  const events = placesOf(run, 'approvals', '').map((place) => eventPlace(place, textOf(run, 'id')))
  const groups = new Map<string, EventPlace[]>()
  for (const event of events) {
    const id = textOf(event.value, 'approval_id')
    if (id === undefined) continue
    const group = groups.get(id)
    if (group) group.push(event)
    else groups.set(id, [event])
  }
  const signedDecisions = events.filter((event) => event.isSigned && isDecision(event.value))
  const named = new Set(signedDecisions.map(({ value }) => value.step_id))
  const byId = new Map([...groups].map(([id, group]) => [id, summarize(context, id, group)]))
  return { context, events, signedDecisions, byId, ...gatherSteps(run, named), denials: denialsOf(signedDecisions) }
}

const eventPlace = ({ value, path }: Place, runId: string | undefined): EventPlace => ({
  value,
  path,
  index: Number(path.slice('/approvals/'.length)),
  isSigned: isGiven(value, 'signature'),
  isCopied: objectOf(value, 'grant') !== undefined && isGiven(value, 'run_id') && value.run_id !== runId,
  at: instantOf(value, 'at'),
  end: instantOf(value, 'expires_at'),
})

const gatherSteps = (run: JsonObject, named: ReadonlySet<unknown>): Pick<Approvals, 'steps' | 'stepsById'> => {
  const steps: ApprovedStep[] = []
  const stepsById = new Map<string, JsonObject>()
  const list = listOf(run, 'steps')
  for (let index = 0; index < list.length; index++) {
    const value = list[index]
    if (!isObject(value)) continue
    const id = textOf(value, 'id')
    if (id !== undefined && named.has(id) && !stepsById.has(id)) stepsById.set(id, value)
    const approval = objectOf(value, 'approval')
    if (approval === undefined) continue
    const approvalId = textOf(approval, 'approval_id')
    const isAuto = approval.state === 'auto_approved' && approvalId !== undefined
    if (!isAuto && approval.state !== 'approved') continue
    const startedAt = instantOf(value, 'started_at')
    steps.push({ value, path: `/steps/${index}`, id, approvalId, isAuto, startedAt, hasRun: hasRun(value) })
  }
  return { steps, stepsById }
}

/** Whether a step may have run: only these states say that it did not. */
export const hasRun = ({ status }: { readonly status?: unknown }): boolean =>
  status !== 'pending' && status !== 'denied' && status !== 'cancelled' && status !== 'skipped'

const summarize = (context: VerifyContext, id: string, group: readonly EventPlace[]): Approval => {
  const of = (...events: string[]): EventPlace[] => group.filter(({ value }) => events.includes(String(value.event)))
  const requested = of('requested')
  const approved = of('approved')
  const decided = of('approved', 'denied')
  // Hashing the requests is only worth it where something refers to one.
  const needsHashes = decided.some(({ value }) => isGiven(value, 'request_hash'))
  return {
    approved,
    decided,
    closed: of('cancelled', 'expired'),
    requestEnds: new Map(needsHashes ? requested.map(({ value, end }) => [requestHash(value), end]) : []),
    lastRequestEnd: lastEnd(requested.map(({ end }) => end)),
    roles: requiredRoles(requested, of('escalated')),
    revokedAt: createRevocations(context, id, approved, of('revoked')),
  }
}

/** A member that holds a time, if it is a possible one. */
export const instantOf = (object: JsonObject, member: string): Instant | undefined =>
  parseInstant(textOf(object, member) ?? '')

/** The latest of some ends; one that never comes is later than all others. */
export const lastEnd = (ends: readonly (Instant | undefined)[]): Instant | undefined => {
  let last: Instant | undefined
  for (const each of ends) {
    if (each === undefined) return undefined
    if (last === undefined || compareInstants(each, last) > 0) last = each
  }
  return last
}

/** The earliest of the times that are known. */
export const earliest = (instants: readonly (Instant | undefined)[]): Instant | undefined => {
  let first: Instant | undefined
  for (const each of instants) if (each && (!first || compareInstants(each, first) < 0)) first = each
  return first
}

/** Whether both times are known and the first is before the second. */
export const precedes = (a: Instant | undefined, b: Instant | undefined): boolean =>
  a !== undefined && b !== undefined && compareInstants(a, b) < 0
