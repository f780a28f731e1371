import { addApproval } from '../../conversion/approvals.ts'
import { addToolCall, finishStep, type SourcePlace } from '../../conversion/draft-steps.ts'
import type { Json } from '../../conversion/json.ts'
import type { RunDraft } from '../../conversion/run-draft.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Decided, Decisions } from './decisions.ts'
import type { RawCall } from './raw-items.ts'

/** What a run state says about its calls, beside the items. */
export interface CallFacts {
  readonly decisions: Decisions
  /** Calls that somebody was asked about. */
  readonly asked: ReadonlySet<string>
  /** Results, by the id of the call. */
  readonly results: ReadonlyMap<string, string>
  /** States of agents that wait inside a call, by the id of the call. */
  readonly nested: ReadonlyMap<string, Json>
  /** The earliest moment at which anything of an agent can have happened; run states say nothing nearer. */
  readonly notBefore: (agent: string | undefined) => Moment | undefined
}

/** A call, and where it came from. */
interface FoundCall extends RawCall {
  readonly agentId: string | undefined
  readonly modelCallId: string | undefined
  /** The agent that the work is handed to. */
  readonly handsTo: string | undefined
}

/** Id under which a standing decision about a tool is listed among the policies in force. */
export const policyIdOf = (tool: string, verdict: Decided['verdict']): string => `openai-agents:${verdict}:${tool}`

/** The calls of a run under construction. */
export class StateCalls {
  readonly #run: RunDraft
  readonly #facts: CallFacts
  readonly #open: Map<string, StepDraft> = new Map()
  readonly #seen: Set<string> = new Set()

  constructor(run: RunDraft, facts: CallFacts) {
    this.#run = run
    this.#facts = facts
  }

  /** Whether a step shows this call. */
  has(callId: string): boolean {
    return this.#seen.has(callId)
  }

  /** Adds a call, with what was asked and decided about it. */
  add(call: FoundCall, place: SourcePlace): StepDraft {
    const { callId } = call
    const draft = addToolCall(
      this.#run,
      {
        id: callId ?? `call-${place.line}`,
        type: call.handsTo === undefined ? 'tool_call' : 'handoff',
        name: call.name,
        arguments: call.arguments,
        callId,
        mcpServer: call.server,
        modelCallId: call.modelCallId,
        agentId: call.handsTo ?? call.agentId,
        ...(call.handsTo === undefined ? {} : { effects: [{ kind: 'none' }] }),
      },
      place,
    )
    const result = callId === undefined ? undefined : this.#facts.results.get(callId)
    const decided = this.#facts.decisions.about(call.name, callId, result)
    this.#decide(draft, call, decided, result)
    if (callId !== undefined) {
      this.#seen.add(callId)
      this.#open.set(callId, draft)
    }
    if (call.hosted?.isOver) {
      const { output, failed } = call.hosted
      this.finish(draft, callId, { output, failed }, place)
    } else if (decided?.verdict === 'denied' && result === undefined) {
      this.finish(draft, callId, { output: undefined, failed: false }, place)
    }
    return draft
  }

  /** The result of a call came; `false` if no call is open under this id. */
  end(callId: string | undefined, output: unknown, place: SourcePlace): boolean {
    const draft = callId === undefined ? undefined : this.#open.get(callId)
    if (!draft) return false
    this.finish(draft, callId, { output, failed: false }, place)
    return true
  }

  /** Ends a call. */
  finish(
    draft: StepDraft,
    callId: string | undefined,
    { output, failed }: { readonly output: unknown; readonly failed: boolean },
    place: SourcePlace,
  ): void {
    if (callId !== undefined) this.#open.delete(callId)
    finishStep(
      this.#run,
      draft,
      { status: failed ? 'failed' : 'succeeded', output, ...(failed ? { errorType: 'tool_failed' } : {}) },
      place,
    )
  }

  /** Says of the calls that are open at the end what the state knows: they wait, for a person or behind one. */
  settle(isPaused: boolean): void {
    for (const [callId, { step }] of this.#open) {
      const invocation = this.#facts.decisions.invocations.get(callId)
      const waits = step.approval?.state === 'requested' || (invocation && !invocation.isExecuted)
      if (waits || (isPaused && step.approval !== undefined)) step.status = 'pending'
    }
  }

  #decide(draft: StepDraft, call: FoundCall, decided: Decided | undefined, result: string | undefined): void {
    const { step } = draft
    const isAsked = call.callId !== undefined && this.#facts.asked.has(call.callId)
    if (!decided && !(isAsked && result === undefined)) return
    if (decided?.isStanding && decided.verdict === 'approved') {
      const id = this.#run.previewer.text(policyIdOf(call.name, 'approved'), 256)
      step.approval = { state: 'auto_approved', policy_id: id, basis: 'inferred' }
      return
    }
    if (decided?.message && decided.verdict === 'denied') step.error = this.#run.previewer.text(decided.message, 1000)
    const event = decided?.verdict ?? 'requested'
    const basis = decided?.isStanding ? 'inferred' : 'observed'
    const at = this.#facts.notBefore(call.agentId)
    const written = at && addApproval(this.#run, draft, { event, at, basis, reason: decided?.message })
    const approval = this.#run.approvals.at(-1)
    if (written && approval) approval.metadata = { at_is: 'earliest possible' }
    else step.approval = { state: event, basis }
  }
}
