import { unknownCost } from '../../conversion/cost.ts'
import type { Delegation, Turn } from './turn.ts'

/**
 * Takes the steps of a sub-agent that has no record of its own into the turn that called it: they are contained in
 * the hand-over and name their agent.
 *
 * @param copied the steps come from progress lines, which copy a transcript that was not given: what it cost belongs there
 */
export function adopt(parent: Turn, delegation: Delegation, child: Turn, copied: boolean): void {
  const holder = delegation.call.draft.step
  const agentId = holder.agent_id ?? child.agentType ?? (child.agentId || 'unknown')
  makeDistinct(parent, child)
  for (const draft of child.drafts) {
    draft.step.parent_step_id ??= holder.id
    draft.step.agent_id ??= agentId
    parent.drafts.push(draft)
  }
  for (const [key, call] of child.modelCalls) {
    if (copied) call.cost = { ...unknownCost }
    parent.modelCalls.set(`${agentId} ${parent.modelCalls.size} ${key}`, call)
  }
  parent.calls.push(...child.calls)
  parent.compactions.push(...child.compactions)
  parent.approvals.push(...child.approvals)
  parent.decisions.push(...child.decisions)
  for (const [name, file] of child.artifacts) {
    const known = parent.artifacts.get(name)
    parent.artifacts.set(name, known?.action === 'created' ? { ...known, content: file.content } : file)
  }
  parent.contradictions += child.contradictions
  parent.lines += child.lines
  parent.lastLine = Math.max(parent.lastLine, child.lastLine)
}

/** Renames steps of the child whose ids the parent has already, and everything in the child that names them. */
function makeDistinct(parent: Turn, child: Turn): void {
  const taken = new Set(parent.drafts.map(({ step }) => step.id))
  const calls = new Set(parent.drafts.map(({ step }) => step.tool_call_id))
  const renamed = new Map<string, string>()
  for (const draft of [...child.drafts]) {
    const { step } = draft
    const repeated = step.tool_call_id !== undefined && calls.has(step.tool_call_id)
    if (repeated && step.type === 'tool_result') {
      child.remove(draft)
      continue
    }
    if (repeated) delete step.tool_call_id
    let id = step.id
    for (let copy = 2; taken.has(id); copy++) id = `${step.id}~${copy}`
    taken.add(id)
    if (id !== step.id) renamed.set(step.id, id)
  }
  if (renamed.size === 0) return
  const rename = (id: string): string => renamed.get(id) ?? id
  for (const { step } of child.drafts) {
    step.id = rename(step.id)
    if (step.model_call_id) step.model_call_id = rename(step.model_call_id)
    if (step.parent_step_id) step.parent_step_id = rename(step.parent_step_id)
    if (step.delegation_id) step.delegation_id = rename(step.delegation_id)
    if (step.caused_by) step.caused_by = step.caused_by.map(rename)
    // Named after the old ids; the new ones keep them apart from those of the parent.
    if (step.approval?.approval_id) step.approval.approval_id = `approval-${step.id}`
    if (step.approval?.decision_id) step.approval.decision_id = `decision-${step.id}`
  }
  for (const event of child.approvals) {
    if (event.step_id) event.step_id = rename(event.step_id)
    event.approval_id = `approval-${event.step_id}`
  }
  for (const decision of child.decisions) {
    if (decision.step_id) decision.step_id = rename(decision.step_id)
    decision.id = `decision-${decision.step_id}`
  }
  for (const file of child.artifacts.values()) file.stepId = rename(file.stepId)
}
