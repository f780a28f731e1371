import type { LineFate } from '../../conversion/read-input.ts'
import type { Moment } from '../../conversion/time.ts'
import { groupBy, inOrder } from './order.ts'
import { numberOf, type TelemetryEvent } from './telemetry-records.ts'
import { addErrors, addRequests } from './telemetry-requests.ts'
import type { Basis, Choice, Ruling, Testimony } from './testimony.ts'
import type { CallDraft, Turn } from './turn.ts'
import type { Inquiry, Listening } from './witnesses.ts'

/** The events that say something of a run. */
const telling = new Set(['tool_decision', 'tool_result', 'api_request', 'api_error'])

/** An event, with the line it stood on. */
export interface Heard extends TelemetryEvent {
  /** Books the line, once for all events on it. */
  readonly use: () => void
}

/** What Claude Code told OpenTelemetry: who allowed a call, how long it ran, what a request cost. */
export class TelemetryLog {
  readonly #events: Heard[] = []
  readonly #lines: { used: boolean; readonly ledger: Listening['ledger'] }[] = []

  /** Hears the events of one line. */
  add(events: readonly TelemetryEvent[], { ledger, sessionIds }: Listening): LineFate {
    for (const { session } of events) if (session && sessionIds.size < 100) sessionIds.add(session)
    const kept = events.filter(({ name }) => telling.has(name))
    if (kept.length === 0) return { skipped: 'telemetry that says nothing of a call' }
    const line = { used: false, ledger }
    this.#lines.push(line)
    const use = (): void => {
      line.used = true
    }
    for (const { name, session, at, attributes } of kept) this.#events.push({ name, session, at, attributes, use })
    return 'later'
  }

  /** Tells what was heard, call by call and answer by answer. */
  testify(turns: readonly Turn[], about: Inquiry): void {
    if (this.#events.length === 0) return
    const bySession = groupBy(this.#events, ({ session }) => session)
    const turnsOf = groupBy(turns, ({ sessionId }) => sessionId ?? '')
    for (const [session, events] of bySession) {
      const own = turnsOf.get(session) ?? []
      const named = (name: string): Heard[] => events.filter((event) => event.name === name)
      for (const kind of ['tool_decision', 'tool_result'])
        for (const { event, callId, basis } of matchCalls(named(kind), own)) {
          const said = about(session, callId)
          if (!said) continue
          event.use()
          hear(said, event, basis)
        }
      addRequests(named('api_request'), own)
      addErrors(named('api_error'), own)
    }
    for (const { used, ledger } of this.#lines) {
      if (used) ledger.mapped()
      else ledger.skipped('about a call that no transcript given holds')
    }
    this.#events.length = 0
  }
}

/**
 * Which call an event is about: newer versions say so. Otherwise the order tells, tool by tool, if there are as many events
 * as calls; that is a conclusion.
 */
function matchCalls(
  events: readonly Heard[],
  turns: readonly Turn[],
): { readonly event: Heard; readonly callId: string; readonly basis: Basis }[] {
  const matched: { event: Heard; callId: string; basis: Basis }[] = []
  const unnamed: Heard[] = []
  for (const event of events) {
    const callId = event.attributes.get('tool_use_id')
    if (callId === undefined) unnamed.push(event)
    else matched.push({ event, callId, basis: 'observed' })
  }
  const taken = new Set(matched.map(({ callId }) => callId))
  const calls = turns
    .flatMap((turn) => turn.calls)
    .filter(({ callId, resolved }) => callId !== undefined && resolved && !taken.has(callId))
  const callsOf = groupBy(inOrder(calls, startOf), ({ name }) => name)
  for (const [tool, own] of groupBy(unnamed, ({ attributes }) => attributes.get('tool_name') ?? '')) {
    const candidates = callsOf.get(tool) ?? []
    if (candidates.length !== own.length) continue
    for (const [index, event] of inOrder(own, ({ at }) => at?.ms).entries())
      matched.push({ event, callId: candidates[index]?.callId ?? '', basis: 'inferred' })
  }
  return matched
}

const startOf = ({ draft }: CallDraft): number => draft.begun

function hear(said: Testimony, { name, at, attributes }: Heard, basis: Basis): void {
  if (name === 'tool_result' && said.ran?.durationMs === undefined)
    said.ran = { at, durationMs: numberOf(attributes, 'duration_ms') }
  const decision = attributes.get('decision') ?? attributes.get('decision_type')
  const source = attributes.get('source') ?? attributes.get('decision_source')
  if ((decision !== 'accept' && decision !== 'reject') || source === undefined || said.choice) return
  // A result tells of the decision too, but not when it was made.
  const decided = name === 'tool_decision' ? at : undefined
  if (source === 'config' || source === 'hook') {
    const ruling = rulingOf(decision, source, decided, basis)
    if (!said.rulings.some(({ decider }) => decider.kind === ruling.decider.kind)) said.rulings.push(ruling)
  } else if (source.startsWith('user_')) said.choice = choiceOf(decision, source, decided, basis)
}

const rulingOf = (
  decision: 'accept' | 'reject',
  source: 'config' | 'hook',
  at: Moment | undefined,
  basis: Basis,
): Ruling => ({
  decider: { kind: source === 'hook' ? 'hook' : 'rule' },
  verdict: decision === 'accept' ? 'allow' : 'block',
  answered: decision === 'accept' ? 'allow' : 'deny',
  insteadOfPerson: false,
  at,
  basis,
})

const choiceOf = (decision: 'accept' | 'reject', source: string, at: Moment | undefined, basis: Basis): Choice => ({
  answer: decision === 'accept' ? 'accepted' : source === 'user_abort' ? 'aborted' : 'rejected',
  standing: source === 'user_permanent',
  at,
  basis,
})
