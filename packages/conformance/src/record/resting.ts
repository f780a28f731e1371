import { sealHash } from '../bytes/covered.ts'
import type { Json, JsonObject } from '../bytes/json.ts'
import { isObject } from '../bytes/json.ts'
import { isSigned } from '../bytes/verify.ts'
import { at, type Place } from './check.ts'
import { instant, isBefore } from './instant.ts'
import { barred, hasRole } from './keys.ts'
import { isKnown, type Subject } from './subject.ts'
import { groupBy, type Thing } from './view.ts'

/** Statuses of a step that did not run. */
export const STILL: ReadonlySet<Json | undefined> = new Set(['denied', 'cancelled', 'skipped', 'pending'])

/** A chained line of a journal, as far as approvals look at it. */
export interface JournalEntry {
  readonly type: string
  readonly data: JsonObject
}

/** How a step comes out that is `approved`, or `auto_approved` on an approval. */
export interface Rested {
  readonly step: Thing
  /** Whether what it rests on is a person's (AR-APPR-035). */
  readonly persons: boolean
  /** What is wrong, with its code. */
  readonly fault?: Place & { readonly code: string }
  /** Whether nobody knows if the decision held when the step started (AR-APPR-037). */
  readonly timeless: boolean
  /** Whether nothing in the record carries it. */
  readonly baseless: boolean
}

/** The approval events and steps of a record, as the rules about decisions look at them. */
export class Decisions {
  readonly subject: Subject
  /** Types and data of the lines of a journal that prove an order; none without such a journal. */
  readonly lines: readonly JournalEntry[]
  readonly events: readonly Thing[]
  readonly signed: readonly Thing[]
  /** Signed events `approved` and `denied`. */
  readonly decisions: readonly Thing[]
  readonly steps: readonly Thing[]
  readonly #order: ReadonlyMap<Thing, number>
  readonly #byKind: ReadonlyMap<string, ReadonlyMap<string, readonly Thing[]>>
  #rested: readonly Rested[] | undefined
  /** Numbers of the lines with which steps first started and ended. */
  readonly #started = new Map<Json | undefined, number>()
  readonly #ended = new Map<Json | undefined, number>()
  readonly #decisionLines: number[] = []
  readonly #persons = new Map<Thing, boolean>()
  readonly #revoked = new Map<Thing, readonly Json[]>()
  readonly #right = new Map<Thing, boolean>()
  readonly #hashes = new Map<Thing, string>()
  readonly #denials: ReadonlyMap<string, readonly Thing[]>

  constructor(subject: Subject, lines: readonly JournalEntry[]) {
    this.subject = subject
    this.lines = lines
    this.steps = subject.view.steps
    this.events = subject.view.approvals
    this.signed = this.events.filter((event) => event.has('signature'))
    this.decisions = this.signed.filter(isDecision)
    this.#byKind = new Map([...subject.view.eventsById].map(([id, events]) => [id, groupBy(events, 'event')]))
    const denials = this.decisions.filter((event) => event.text('event') === 'denied' && !this.isCopied(event))
    this.#denials = groupBy(denials, 'step_id')
    this.#order = new Map(this.events.map((event, index) => [event, index]))
    for (const [number, { type, data }] of lines.entries()) {
      if (type === 'approval') this.#decisionLines.push(number)
      const places = type === 'step.started' ? this.#started : type === 'step.ended' ? this.#ended : undefined
      if (places?.has(data.id) === false) places.set(data.id, number)
    }
  }

  /** The events of these kinds under an approval_id, kind by kind. */
  of(approvalId: string | undefined, ...kinds: readonly string[]): readonly Thing[] {
    const byKind = approvalId === undefined ? undefined : this.#byKind.get(approvalId)
    const [kind, ...others] = kinds
    const events = byKind?.get(kind ?? '') ?? []
    return others.length === 0 ? events : [...events, ...others.flatMap((other) => byKind?.get(other) ?? [])]
  }

  isCopied(event: Thing): boolean {
    return this.subject.view.isCopiedGrant(event)
  }

  /** Place of an event among the events. */
  indexOf(event: Thing): number {
    return this.#order.get(event) ?? -1
  }

  /** Every step that rests on an approval, or says so, in the order of the document. */
  get rested(): readonly Rested[] {
    this.#rested ??= [...this.#judge()]
    return this.#rested
  }

  *#judge(): Generator<Rested> {
    const used = new Set<string>()
    for (const { step, approval, state } of this.subject.view.approvalsOfSteps()) {
      const id = approval.text('approval_id')
      if (state === 'auto_approved' && id !== undefined) yield this.#granted(step, id)
      // The second step under one approval_id fails as replayed.
      if (state === 'approved' && (id === undefined || !used.has(id))) yield this.#approved(step, id)
      if (state === 'approved' && id !== undefined) used.add(id)
    }
  }

  #approved(step: Thing, approvalId: string | undefined): Rested {
    const everywhere = this.of(approvalId, 'approved')
    const own = everywhere.filter((event) => !this.isCopied(event))
    const approvalAt = `${step.path}/approval`
    if (everywhere.length === 0) return { step, persons: false, timeless: false, baseless: true }
    if (own.length === 0) {
      const place = at(`${approvalAt}/approval_id`, 'a decision of this run', 'a grant of another run')
      return {
        step,
        persons: false,
        timeless: false,
        baseless: false,
        fault: { ...place, code: 'approvals.other_step' },
      }
    }
    const order = (event: Thing): boolean | undefined => this.#inTime(step, event)
    return this.#settle(step, own, order, (event) => {
      if (isBefore(event.value.expires_at, step.value.started_at))
        return fault('after_expiry', `${step.path}/started_at`, 'a start before the decision expired', 'a later one')
      if (event.has('step_id') && event.text('step_id') !== step.text('id'))
        return fault('other_step', `${approvalAt}/approval_id`, 'a decision about this step', 'one about another')
      if (this.#denied(step, approvalId, event.value.at))
        return fault('denied_ran', approvalAt, 'a step that did not run, being denied', 'one that may have run')
      if (this.#revocations(event).some((time) => isBefore(time, step.value.started_at)))
        return fault('revoked', approvalAt, 'an approval that was not revoked before the start', 'one that was')
      const said = order(event)
      if (said === false || (said === undefined && isBefore(step.value.started_at, event.value.at)))
        return fault('order', `${step.path}/started_at`, 'a start after the decision', 'an earlier one')
      return undefined
    })
  }

  #granted(step: Thing, approvalId: string): Rested {
    const approvalAt = `${step.path}/approval`
    if (!this.subject.view.eventsById.has(approvalId)) return { step, persons: false, timeless: false, baseless: true }
    const granting = this.of(approvalId, 'approved').filter((event) => event.thing('grant') !== undefined)
    const noGrant = fault(
      'grant_tool',
      `${approvalAt}/approval_id`,
      'a grant for this tool, server, definition',
      'none',
    )
    if (granting.length === 0) return { step, persons: false, timeless: false, baseless: false, fault: noGrant }
    const session = this.subject.record.session_id
    const given = this.#weigh(granting)
      .counting.filter((event) => isForCall(event, step) && isForSession(event, session))
      .flatMap((event) => (event.time('at') === undefined ? [] : [event.value.at!]))
    const last = given.reduce<Json | undefined>((one, other) => (isBefore(other, one) ? one : other), undefined)
    return this.#settle(
      step,
      granting,
      () => undefined,
      (event) => {
        if (this.#denied(step, approvalId, last))
          return fault('denied_ran', approvalAt, 'a step that did not run, being denied', 'one that may have run')
        if (this.#revocations(event).some((time) => isBefore(time, step.value.started_at)))
          return fault('revoked', approvalAt, 'a grant that was not revoked before the start', 'one that was')
        if (isBefore(step.value.started_at, event.value.at))
          return fault('order', `${step.path}/started_at`, 'a start after the grant', 'an earlier one')
        if (!isForCall(event, step)) return noGrant
        if (!isForSession(event, session))
          return fault('grant_session', `${approvalAt}/approval_id`, 'a grant for the session of the run', 'another')
        const ends = [event.value.expires_at, event.thing('grant')?.value.expires_at]
        if (ends.some((end) => isBefore(end, step.value.started_at)))
          return fault('grant_expired', `${approvalAt}/approval_id`, 'a grant that had not expired', 'one that had')
        return undefined
      },
    )
  }

  /** One event that satisfies everything is enough; then one of which only the time isn't known; else the first. */
  #settle(
    step: Thing,
    events: readonly Thing[],
    order: (event: Thing) => boolean | undefined,
    faultOf: (event: Thing) => Rested['fault'],
  ): Rested {
    const { counting, persons } = this.#weigh(events)
    const held = counting.filter((event) => faultOf(event) === undefined)
    const first = faultOf(counting[0]!)
    const rested = { step, persons, timeless: false, baseless: false }
    if (held.length === 0) return first === undefined ? rested : { ...rested, fault: first }
    const unknown = step.time('started_at') === undefined && !STILL.has(step.value.status)
    const needsTime = (event: Thing): boolean =>
      event.has('expires_at') || this.#revocations(event).length > 0 || order(event) === undefined
    return { ...rested, timeless: unknown && held.every(needsTime) }
  }

  /** The events that count, and whether they are a person's. */
  #weigh(events: readonly Thing[]): { counting: readonly Thing[]; persons: boolean } {
    const persons = events.filter((event) => this.isPersons(event))
    if (persons.length > 0) return { counting: persons, persons: true }
    const signed = events.filter((event) => event.has('signature'))
    return { counting: signed.length > 0 ? signed : events, persons: false }
  }

  /** AR-APPR-035, for one event `approved`. */
  isPersons(event: Thing): boolean {
    const known = this.#persons.get(event) ?? this.#judgePerson(event)
    this.#persons.set(event, known)
    return known
  }

  #judgePerson(event: Thing): boolean {
    const { keys, record, provenance } = this.subject
    const entry = keys.entry(event.value.signed_by)
    if (!event.has('signature') || entry === undefined || !hasRole(entry, 'approver')) return false
    const own = keys.entry(provenance.signed_by)
    if (entry.key === provenance.signed_by || entry.identity === own?.identity) return false
    if (event.thing('actor')?.text('kind') === 'agent' || barred(entry, record) !== undefined) return false
    const approves = entry.approves as readonly Json[] | undefined
    if (approves !== undefined && !this.#roles(event).every((role) => approves.includes(role))) return false
    return keys.state(entry.key, this.subject.vouched) === 'trusted'
  }

  /** Whether the signature of an event is right. */
  isRightlySigned(event: Thing): boolean {
    const right = this.#right.get(event) ?? isSigned('approval', event.value)
    this.#right.set(event, right)
    return right
  }

  /** `request_hash` of a request. */
  hashOf(request: Thing): string {
    const hash = this.#hashes.get(request) ?? sealHash('approval', request.value)
    this.#hashes.set(request, hash)
    return hash
  }

  /** Whether a step could rest on a person's decision, whoever the keys belong to: one that another key rightly signed. */
  couldBePersons(step: Thing): boolean {
    const approval = step.thing('approval')
    const granted = approval?.text('state') === 'auto_approved'
    const own = this.subject.provenance.signed_by
    return this.of(approval?.text('approval_id'), 'approved').some(
      (event) =>
        (granted ? event.thing('grant') !== undefined : !this.isCopied(event)) &&
        event.has('signature') &&
        event.value.signed_by !== own &&
        event.thing('actor')?.text('kind') !== 'agent' &&
        this.isRightlySigned(event),
    )
  }

  /** The roles that a decision has to be allowed to decide as. */
  #roles(event: Thing): readonly Json[] {
    const id = event.text('approval_id')
    const escalated = this.of(id, 'escalated').filter((each) => !isBefore(event.value.at, each.value.at))
    const asking = [event, ...this.of(id, 'requested'), ...escalated]
    return asking.flatMap((each) => (each.has('required_role') ? [each.value.required_role!] : []))
  }

  /** Whether the lines of the journal say that this very decision was in time; undefined if they don't say. */
  #inTime(step: Thing, event: Thing): boolean | undefined {
    const decided = this.#decisionLines[this.indexOf(event)]
    if (decided === undefined) return undefined
    const ended = this.#ended.get(step.value.id)
    if (ended !== undefined && ended < decided) return false
    const started = this.#started.get(step.value.id)
    return started !== undefined && decided < started ? true : undefined
  }

  /** Signed denials of this run that name a step. */
  denialsOf(step: Thing): readonly Thing[] {
    return this.#denials.get(step.text('id') ?? '') ?? []
  }

  /** Whether a step that rests on nothing may have run though a signed decision denies it (AR-APPR-038). */
  isDenied(step: Thing): boolean {
    return this.#denied(step, undefined, undefined)
  }

  #denied(step: Thing, approvalId: string | undefined, approvedAt: Json | undefined): boolean {
    if (STILL.has(step.value.status)) return false
    return this.denialsOf(step).some(
      (event) =>
        (approvalId !== undefined && event.text('approval_id') === approvalId) || !isBefore(event.value.at, approvedAt),
    )
  }

  /** When a decision was taken back (AR-APPR-031). */
  #revocations(decision: Thing): readonly Json[] {
    const times = this.#revoked.get(decision) ?? this.#findRevocations(decision)
    this.#revoked.set(decision, times)
    return times
  }

  #findRevocations(decision: Thing): readonly Json[] {
    const { keys, record, beside } = this.subject
    const id = decision.text('approval_id')
    const giver = decision.value.signed_by
    const runs = [record.id, ...(this.isCopied(decision) ? [decision.value.run_id] : [])]
    const own = keys.entry(giver)
    const stated = beside.statements.flatMap((statement): readonly Json[] => {
      if (statement.kind !== 'revocation' || statement.about !== id || !isKnown(giver)) return []
      const body = isObject(statement.body) ? statement.body : {}
      const signer = statement.signed_by
      const colleague = own !== undefined && keys.entry(signer)?.identity === own.identity
      if (!isKnown(signer) || !runs.includes(body.run_id)) return []
      if (signer !== giver && !(colleague && keys.state(signer, undefined) === 'trusted')) return []
      if (!isSigned('statement', statement)) return []
      const possible = typeof body.at === 'string' && instant(body.at) !== undefined
      return [possible ? body.at! : statement.at!]
    })
    const events = this.of(id, 'revoked').map((event) => event.value.at!)
    return [...events, ...stated].filter((time) => typeof time === 'string' && instant(time) !== undefined)
  }
}

/** Whether an event decides. */
export const isDecision = (event: Thing): boolean =>
  event.text('event') === 'approved' || event.text('event') === 'denied'

const fault = (name: string, path: string, expected: string, found: string): Place & { readonly code: string } => ({
  ...at(path, expected, found),
  code: `approvals.${name}`,
})

/** AR-APPR-033: the same tool of the same server, and the same definition where one is stated. */
const isForCall = ({ value }: Thing, { value: step }: Thing): boolean => {
  const grant = value.grant as JsonObject
  const same = ['tool_name', 'mcp_server'].every((name) => (grant[name] ?? null) === (step[name] ?? null))
  return same && (!isKnown(grant.tool_hash) || grant.tool_hash === step.tool_hash)
}

/** AR-APPR-039. */
const isForSession = (event: Thing, session: Json | undefined): boolean => {
  const grant = event.value.grant as JsonObject
  return grant.scope !== 'session' || (isKnown(session) && grant.session_id === session)
}
