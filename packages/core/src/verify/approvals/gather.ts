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

/** An event in `approvals`. */
export interface EventPlace extends Place {
  readonly isSigned: boolean
  /** A grant of another run, copied here as it was signed: its step, its request and its nonce are that run's. */
  readonly isCopied: boolean
  readonly at: Instant | undefined
}

/** A step that says it was approved. */
export interface ApprovedStep extends Place {
  readonly id: string | undefined
  readonly approval: JsonObject
  readonly approvalId: string | undefined
  /** By a standing grant or a rule, not for this step alone. */
  readonly isAuto: boolean
  readonly startedAt: Instant | undefined
}

/** What the events under one approval_id say together, so that no step has to look at all of them. */
export interface Approval {
  readonly approved: readonly EventPlace[]
  /** Events `approved` and `denied` in the order of the document. */
  readonly decided: readonly EventPlace[]
  /** When each request ends, by its request_hash; `undefined` is never. */
  readonly requestEnds: ReadonlyMap<string, Instant | undefined>
  /** When the last of the requests ends; `undefined` is never. */
  readonly lastRequestEnd: Instant | undefined
  /** Until when an approval of this run may be used; `undefined` is for ever. */
  readonly usableUntil: Instant | undefined
  readonly revokedAt: Instant | undefined
  /** Roles that its requests ask for. */
  readonly requiredRoles: ReadonlySet<string>
  /** Steps of this run that its `approved` events name. */
  readonly namedSteps: ReadonlySet<string>
  /** Whether an `approved` event of this run names no step. */
  readonly namesNoStep: boolean
}

/** The approvals of a record, indexed in one pass. */
export interface Approvals {
  readonly context: VerifyContext
  readonly events: readonly EventPlace[]
  /** Events `approved` and `denied` with a signature. */
  readonly signedDecisions: readonly EventPlace[]
  readonly byId: ReadonlyMap<string, Approval>
  /** Steps in the states `approved` and `auto_approved`. */
  readonly steps: readonly ApprovedStep[]
  /** The steps that signed decisions name. */
  readonly stepsById: ReadonlyMap<string, JsonObject>
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
  const { steps, stepsById } = gatherSteps(run, named)
  const byId = new Map([...groups].map(([id, group]) => [id, summarize(context, id, group)]))
  return { context, events, signedDecisions, byId, steps, stepsById }
}

const eventPlace = ({ value, path }: Place, runId: string | undefined): EventPlace => ({
  value,
  path,
  isSigned: isGiven(value, 'signature'),
  isCopied: objectOf(value, 'grant') !== undefined && isGiven(value, 'run_id') && value.run_id !== runId,
  at: instantOf(value, 'at'),
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
    if (approval === undefined || (approval.state !== 'approved' && approval.state !== 'auto_approved')) continue
    steps.push({
      value,
      path: `/steps/${index}`,
      id,
      approval,
      approvalId: textOf(approval, 'approval_id'),
      isAuto: approval.state === 'auto_approved',
      startedAt: instantOf(value, 'started_at'),
    })
  }
  return { steps, stepsById }
}

const summarize = (context: VerifyContext, id: string, group: readonly EventPlace[]): Approval => {
  const of = (event: string): EventPlace[] => group.filter(({ value }) => value.event === event)
  const requested = of('requested')
  const approved = of('approved')
  const decided = group.filter(({ value }) => isDecision(value))
  const own = approved.filter(({ isCopied }) => !isCopied)
  // Hashing the requests is only worth it where something signed refers to one.
  const needsHashes = decided.some(({ isSigned }) => isSigned)
  const revoked = [...of('revoked').map(({ at }) => at), ...revocations(context, id, approved)]
  return {
    approved,
    decided,
    requestEnds: new Map(needsHashes ? requested.map(({ value }) => [requestHash(value), end(value)]) : []),
    lastRequestEnd: lastEnd(requested.map(({ value }) => end(value))),
    usableUntil: lastEnd(own.map(({ value }) => end(value))),
    revokedAt: earliest(revoked),
    requiredRoles: new Set(requested.flatMap(({ value }) => textOf(value, 'required_role') ?? [])),
    namedSteps: new Set(own.flatMap(({ value }) => textOf(value, 'step_id') ?? [])),
    namesNoStep: own.some(({ value }) => !isGiven(value, 'step_id')),
  }
}

/** Times at which statements revoke an approval: by the key that gave it, or another one of the same identity. */
const revocations = (
  { keys, evidence }: VerifyContext,
  id: string,
  approved: readonly EventPlace[],
): (Instant | undefined)[] => {
  const statements = evidence.about(id).filter(({ kind }) => kind === 'revocation')
  if (statements.length === 0) return []
  const givers = new Set(approved.flatMap(({ value }) => textOf(value, 'signed_by') ?? []))
  const identities = new Set([...givers].flatMap((key) => keys.entryOf(key)?.identity ?? []))
  return statements
    .filter((statement) => {
      const { signed_by } = statement
      if (signed_by === undefined || !evidence.isSigned(statement)) return false
      return givers.has(signed_by) || identities.has(keys.entryOf(signed_by)?.identity ?? '')
    })
    .map(({ body }) => instantOf(body ?? {}, 'at'))
}

/** A member that holds a time, if it is a possible one. */
export const instantOf = (object: JsonObject, member: string): Instant | undefined =>
  parseInstant(textOf(object, member) ?? '')

const end = (event: JsonObject): Instant | undefined => instantOf(event, 'expires_at')

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
