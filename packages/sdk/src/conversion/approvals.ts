import type { ApprovalEvent, Grant, PolicyDecision, Step } from '@agent-run/types'
import { takeId } from './identity.ts'
import type { RunDraft } from './run-draft.ts'
import type { StepDraft } from './step-draft.ts'
import type { Moment } from './time.ts'

/** Statuses of a step that ran. */
const ran = new Set<Step['status']>(['running', 'succeeded', 'failed', 'timeout'])
/** Events after which nothing more is decided. */
const decisions = new Set<ApprovalEvent['event']>(['approved', 'denied', 'expired', 'cancelled'])

/** Somebody was asked about a call, or decided. */
export interface ApprovalNote {
  readonly event: 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled'
  /** Id of the request in the source; by default one is made of the step's. */
  readonly id?: string | undefined
  readonly at: Moment | undefined
  readonly actor?: ApprovalEvent['actor'] | undefined
  readonly reason?: string | undefined
  readonly risk?: ApprovalEvent['risk'] | undefined
  /** "And don't ask again": what is allowed from now on. */
  readonly grant?: Pick<Grant, 'scope' | 'tool_name' | 'mcp_server' | 'rule'> | undefined
  /** The policy decision that asked. */
  readonly decisionId?: string | undefined
  readonly stopsRun?: boolean | undefined
  /** `observed` only if the source recorded the request or the decision itself. */
  readonly basis: 'observed' | 'inferred'
}

/**
 * Writes down that somebody was asked about a call or decided on it, and what the step rests on. An event without a time
 * cannot be written; of a refusal the step then says it alone. What contradicts what is known already – a second
 * decision, a refusal of a call that ran – is left out.
 *
 * @returns whether it was written down
 */
export function addApproval(run: RunDraft, draft: StepDraft, note: ApprovalNote): boolean {
  const { step, final } = draft
  const { previewer } = run
  const refuses = note.event !== 'requested' && note.event !== 'approved'
  if (refuses && final !== undefined && ran.has(step.status)) return false
  if (note.event === 'approved' && step.status === 'denied') return false
  const own = draft.approvals ?? []
  if (own.some(({ event }) => decisions.has(event) || event === note.event)) return false
  if (!note.at) {
    if (note.event === 'denied') step.approval = { state: 'denied', basis: note.basis }
    return note.event === 'denied'
  }
  const id = own[0]?.approval_id ?? idOf(run, note.id ?? `approval-${step.id}`)
  const requested = own.find(({ event }) => event === 'requested')
  // Where the decision would come before the request, one of the two times is wrong: the decision counts.
  if (requested && Date.parse(requested.at) > note.at.ms) withdrawApprovals(run, draft)
  const event: ApprovalEvent = {
    approval_id: id,
    event: note.event,
    step_id: step.id,
    ...(step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}),
    at: note.at.text,
    ...(note.actor ? { actor: note.actor } : {}),
    ...(note.risk ? { risk: note.risk } : {}),
    ...(note.reason?.trim() ? { reason: previewer.text(note.reason.trim(), 500) } : {}),
    ...(note.grant
      ? {
          grant: {
            ...note.grant,
            ...(note.grant.tool_name ? { tool_name: previewer.text(note.grant.tool_name, 256) } : {}),
            ...(note.grant.rule ? { rule: previewer.text(note.grant.rule, 500) } : {}),
          },
        }
      : {}),
    ...(note.decisionId ? { decision_id: note.decisionId } : {}),
    ...(note.stopsRun ? { stops_run: true } : {}),
    basis: note.basis,
  }
  run.approvals.push(event)
  draft.approvals = [...(draft.approvals ?? []), event]
  step.approval = {
    state: note.event,
    approval_id: id,
    ...(note.decisionId ? { decision_id: note.decisionId } : {}),
    basis: note.basis,
  }
  if (note.event === 'approved') run.postpone(draft, note.at)
  return true
}

/** Takes back what was written down about the approval of a call. */
export function withdrawApprovals(run: RunDraft, draft: StepDraft): void {
  const own = draft.approvals ?? []
  delete draft.approvals
  for (const event of own) run.approvals.splice(run.approvals.lastIndexOf(event), 1)
}

/** A machine decided about a call. */
export interface DecisionNote {
  readonly at: Moment | undefined
  readonly verdict: PolicyDecision['verdict']
  readonly enforcement?: PolicyDecision['enforcement'] | undefined
  readonly decider?: PolicyDecision['decider'] | undefined
  readonly matched?: PolicyDecision['matched'] | undefined
  readonly policyId?: string | undefined
  readonly reason?: string | undefined
  readonly basis: 'observed' | 'inferred'
}

/**
 * Writes down what a policy decided about a call; a `block` becomes the state of the step. Without a time the decision
 * cannot be written.
 *
 * @returns the id of the decision, if it was written
 */
export function addDecision(run: RunDraft, { step, final }: StepDraft, note: DecisionNote): string | undefined {
  const { previewer } = run
  const blocks = note.enforcement === 'blocked'
  if (blocks && final !== undefined && ran.has(step.status)) return undefined
  if (!note.at) {
    if (blocks) step.approval = { state: 'denied', basis: note.basis }
    return undefined
  }
  const id = `decision-${run.decisions.length + 1}`
  run.decisions.push({
    id,
    at: note.at.text,
    step_id: step.id,
    ...(step.tool_call_id ? { tool_call_id: step.tool_call_id } : {}),
    boundary: 'tool_call',
    ...(note.policyId ? { policy: { id: previewer.text(note.policyId, 256) } } : {}),
    ...(note.decider ? { decider: note.decider } : {}),
    verdict: note.verdict,
    ...(note.matched ? { matched: note.matched } : {}),
    ...(note.reason?.trim() ? { reasons: [previewer.text(note.reason.trim(), 500)] } : {}),
    ...(note.enforcement ? { enforcement: note.enforcement } : {}),
    basis: note.basis,
  })
  if (blocks) step.approval = { state: 'denied', decision_id: id, basis: note.basis }
  else if (note.verdict === 'allow') step.approval = { state: 'not_required', decision_id: id, basis: note.basis }
  return id
}

/** An id that no other approval of the run has: one approval is about one step. */
function idOf(run: RunDraft, wanted: string): string {
  const name = run.previewer.text(wanted, 256)
  return takeId(name, run.approvalIds)
}
