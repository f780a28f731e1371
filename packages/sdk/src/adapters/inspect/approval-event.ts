import { addApproval, addDecision } from '../../conversion/approvals.ts'
import { addToolCall, finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import { readTimeOrUtc } from '../../conversion/time.ts'
import type { Reading } from './reading.ts'

/** The approver of Inspect that asks a person. */
const person = /(?:^|\/)human$/

const verdicts = {
  approve: { verdict: 'allow', enforcement: 'executed' },
  modify: { verdict: 'modify', enforcement: 'modified' },
  reject: { verdict: 'block', enforcement: 'blocked' },
  terminate: { verdict: 'block', enforcement: 'blocked' },
  escalate: { verdict: 'require_approval', enforcement: 'asked' },
} as const

/**
 * Writes down who decided about a call. What the person at the terminal says is an approval event; what any other approver
 * says, a program, is a policy decision. A call that was refused and never shown as called becomes a step of its own.
 */
export function readApproval(reading: Reading, json: Json, place: SourcePlace): boolean {
  const decision = asString(json.decision)
  if (!decision || !Object.hasOwn(verdicts, decision)) return false
  const refuses = decision === 'reject' || decision === 'terminate'
  const draft = callOf(reading, json, place, refuses)
  if (!draft) return false
  const at = readTimeOrUtc(json.timestamp)
  const approver = asString(json.approver) ?? 'unknown'
  const reason = asString(json.explanation)
  const { run } = reading
  if (person.test(approver) && decision !== 'escalate')
    return addApproval(run, draft, {
      event: refuses ? 'denied' : 'approved',
      at,
      actor: { kind: 'human' },
      reason,
      ...(decision === 'terminate' ? { stopsRun: true } : {}),
      basis: 'observed',
    })
  const id = run.previewer.text(approver, 256)
  const { verdict, enforcement } = verdicts[decision as keyof typeof verdicts]
  const note = {
    at,
    verdict,
    enforcement,
    decider: { kind: 'policy' as const, id },
    reason,
    basis: 'observed' as const,
  }
  return addDecision(run, draft, note) !== undefined
}

function callOf(reading: Reading, json: Json, place: SourcePlace, refuses: boolean): StepDraft | undefined {
  const call = asObject(json.call)
  const id = asString(call?.id)
  const known = id === undefined ? undefined : reading.calls.get(id)
  if (known || !call || !refuses) return known
  const { run } = reading
  const at = readTimeOrUtc(json.timestamp)
  const draft = addToolCall(
    run,
    {
      id: id ?? `event-${place.line}`,
      name: asString(call.function) ?? 'unknown',
      arguments: call.arguments,
      callId: id,
      modelCallId: id === undefined ? undefined : reading.askedBy.get(id),
    },
    place,
  )
  if (id !== undefined) reading.calls.set(id, draft)
  finishStep(run, draft, { status: 'denied', errorType: 'permission_denied', at }, place)
  return draft
}
