import type { SideEffect, Step } from '@agent-run/types'
import type { Context } from './context.ts'

const toSteps = ['parent_step_id', 'model_call_id', 'retry_of', 'fallback_from'] as const

/**
 * Leaves out what names something that this run does not have, each a fault: steps, artifacts, approvals, decisions
 * (AR-RUN-011, AR-STEP-006). A step may only name steps that began before it, so there is no cycle (AR-STEP-005).
 */
export function keepReferences(step: Step, { state, faults }: Context): Step {
  const refuse = (member: string, expected: string): void =>
    faults.report('recorder.reference_refused', `${member} does not name ${expected} of this run and is left out`)
  const order = state.begun.get(step.id)?.order ?? state.begun.size
  const isEarlier = (id: string): boolean => (state.begun.get(id)?.order ?? order) < order
  const kept: Partial<Step> = { ...step }

  for (const member of toSteps) {
    const id = step[member]
    if (id === undefined) continue
    const isRight = member !== 'model_call_id' || state.begun.get(id)?.type === 'model_call'
    if (isEarlier(id) && isRight) continue
    refuse(member, member === 'model_call_id' ? 'an earlier model call' : 'an earlier step')
    delete kept[member]
  }
  const keepList = (member: 'caused_by' | 'artifact_ids', has: (id: string) => boolean, expected: string): void => {
    const given = step[member]
    const known = given?.filter(has)
    if (given === undefined || known === undefined || known.length === given.length) return
    refuse(member, expected)
    if (known.length > 0) kept[member] = known
    else delete kept[member]
  }
  const hasArtifact = (id: string): boolean => state.artifactIds.has(id)
  keepList('caused_by', isEarlier, 'earlier steps')
  keepList('artifact_ids', hasArtifact, 'artifacts')
  if (step.side_effects?.some(({ artifact_id: id }) => id !== undefined && !hasArtifact(id))) {
    refuse('artifact_id', 'an artifact')
    kept.side_effects = step.side_effects.map((effect) => withoutUnknown(effect, hasArtifact))
  }
  const { approval } = step
  if (approval !== undefined && !isKnownApproval(approval)) {
    refuse('approval', 'an approval and a decision')
    delete kept.approval
  }
  return kept as Step

  function isKnownApproval({ approval_id, decision_id }: NonNullable<Step['approval']>): boolean {
    return (
      (approval_id === undefined ||
        state.approvals.findLast((event) => event.approval_id === approval_id) !== undefined) &&
      // From the end, where it nearly always is: a run has as many decisions as calls.
      (decision_id === undefined || state.policyDecisions.findLast(({ id }) => id === decision_id) !== undefined)
    )
  }
}

/** Leaves out `step_id` and `decision_id` where this run has no such step or decision, each a fault (AR-RUN-011). */
export function keepPlace<T extends { step_id?: string; decision_id?: string }>(
  object: T,
  { state, faults }: Context,
): T {
  const kept = { ...object }
  if (kept.step_id !== undefined && !state.begun.has(kept.step_id)) {
    faults.report('recorder.reference_refused', 'step_id does not name a step of this run and is left out')
    delete kept.step_id
  }
  if (
    kept.decision_id !== undefined &&
    state.policyDecisions.findLast(({ id }) => id === kept.decision_id) === undefined
  ) {
    faults.report('recorder.reference_refused', 'decision_id does not name a decision of this run and is left out')
    delete kept.decision_id
  }
  return kept
}

const withoutUnknown = (effect: SideEffect, hasArtifact: (id: string) => boolean): SideEffect => {
  if (effect.artifact_id === undefined || hasArtifact(effect.artifact_id)) return effect
  const { artifact_id: _, ...rest } = effect
  return rest
}
