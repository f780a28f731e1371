import { nearest } from '../suggest/nearest.ts'
import type { Context } from './context.ts'
import { checkCycles } from './cycle.ts'
import { isCopiedGrant } from './grants.ts'
import { type Place, placesOf, textOf } from './object.ts'
import { quote } from './quote.ts'
import type { Report, Rule } from './rule.ts'

/** Looking for what was meant takes time for every reference. */
const MOST_SUGGESTIONS = 25

/** Rules about ids and about what names them inside a run. */
export const referenceRules: readonly Rule[] = [
  {
    code: 'id.duplicate',
    severity: 'error',
    requirement: 'AR-RUN-010',
    summary: 'ids of steps, of policy decisions and of artifacts are unique in their run',
    check: ({ steps, stepsById, decisions, decisionsById, artifacts, artifactsById }, report) => {
      checkUnique(steps, stepsById, 'step', report)
      checkUnique(decisions, decisionsById, 'policy decision', report)
      checkUnique(artifacts, artifactsById, 'artifact', report)
    },
  },
  {
    code: 'reference.unresolved',
    severity: 'error',
    requirement: 'AR-RUN-011',
    summary: 'a reference inside a run names something in the run',
    check: checkReferences,
  },
  {
    code: 'reference.type',
    severity: 'error',
    requirement: 'AR-STEP-006',
    summary: 'model_call_id names a step of type model_call',
    check: ({ steps, stepsById }, report) => {
      for (const step of steps) {
        if (step.modelCallId === undefined) continue
        const named = stepsById.get(step.modelCallId)
        if (named?.type !== undefined && named.type !== 'model_call')
          report(`${step.path}/model_call_id`, `the step named is of type ${quote(named.type)}; expected model_call`)
      }
    },
  },
  {
    code: 'reference.cycle',
    severity: 'error',
    requirement: 'AR-STEP-005',
    summary: 'parent_step_id, caused_by, retry_of and fallback_from form no cycle',
    check: checkCycles,
  },
  {
    code: 'artifact.other_step',
    severity: 'error',
    requirement: 'AR-RUN-017',
    summary: "an artifact's step lists the artifact, where it lists any",
    check: ({ artifacts, stepsById }, report) => {
      const listed = new Map<string, Set<unknown>>()
      for (const artifact of artifacts) {
        const { value } = artifact
        const stepId = textOf(value, 'step_id')
        const step = stepId === undefined ? undefined : stepsById.get(stepId)
        if (stepId === undefined || !step) continue
        const ids = listed.get(stepId) ?? new Set(step.artifactIds)
        listed.set(stepId, ids)
        if (ids.size > 0 && !ids.has(value.id))
          report(
            `${artifact.path}/step_id`,
            `${quote(stepId)} does not list this artifact; expected it in its artifact_ids`,
          )
      }
    },
  },
]

/** What a reference names: the word for it, the member that is its id, and those of this run. */
interface Target {
  readonly what: string
  readonly idName: string
  readonly among: ReadonlyMap<string, unknown>
}

function checkReferences(context: Context, report: Report): void {
  const { run, steps, decisions, artifacts } = context
  const approvals = context.approvals.filter((approval) => !isCopiedGrant(approval, context.id))
  const toStep = { what: 'step', idName: 'id', among: context.stepsById }
  const toDecision = { what: 'policy decision', idName: 'id', among: context.decisionsById }
  const toArtifact = { what: 'artifact', idName: 'id', among: context.artifactsById }
  const toApproval = { what: 'approval', idName: 'approval_id', among: context.approvalsById }

  let suggestions = 0
  const checkId = (id: unknown, target: Target, place: Place, member: string, index?: number) => {
    if (typeof id !== 'string' || target.among.has(id)) return
    const path = index === undefined ? `${place.path}/${member}` : `${place.path}/${member}/${index}`
    const message = `${quote(id)} names no ${target.what} of this run; expected the ${target.idName} of one`
    report(path, message, () => (suggestions++ < MOST_SUGGESTIONS ? suggested(id, target) : {}))
  }
  const checkList = (ids: readonly unknown[], target: Target, place: Place, member: string) => {
    for (let index = 0; index < ids.length; index++) checkId(ids[index], target, place, member, index)
  }

  for (const step of steps) {
    checkId(step.parentStepId, toStep, step, 'parent_step_id')
    checkId(step.modelCallId, toStep, step, 'model_call_id')
    checkId(step.retryOf, toStep, step, 'retry_of')
    checkId(step.fallbackFrom, toStep, step, 'fallback_from')
    checkList(step.causedBy, toStep, step, 'caused_by')
    checkList(step.artifactIds, toArtifact, step, 'artifact_ids')
    checkId(step.approval?.approvalId, toApproval, step, 'approval/approval_id')
    checkId(step.approval?.decisionId, toDecision, step, 'approval/decision_id')
    for (const effect of step.sideEffects) checkId(effect.value.artifact_id, toArtifact, effect, 'artifact_id')
  }
  for (const approval of approvals) {
    checkId(approval.value.step_id, toStep, approval, 'step_id')
    checkId(approval.value.decision_id, toDecision, approval, 'decision_id')
  }
  for (const place of [...decisions, ...artifacts, ...placesOf(run, 'evidence', '')])
    checkId(place.value.step_id, toStep, place, 'step_id')
}

const suggested = (id: string, { among }: Target): { suggestion?: string } => {
  const suggestion = nearest(id, among.keys())
  return suggestion === undefined ? {} : { suggestion }
}

const checkUnique = <P extends Place>(
  places: readonly P[],
  firsts: ReadonlyMap<string, P>,
  what: string,
  report: Report,
): void => {
  for (const place of places) {
    const id = textOf(place.value, 'id')
    if (id !== undefined && firsts.get(id) !== place)
      report(`${place.path}/id`, `${quote(id)} is the id of an earlier ${what}; expected an id of its own`)
  }
}
