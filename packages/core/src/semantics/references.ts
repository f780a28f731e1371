import { nearest } from '../suggest/nearest.ts'
import type { Context } from './context.ts'
import { checkCycles } from './cycle.ts'
import { isCopiedGrant } from './grants.ts'
import { listOf, type Place, placesOf, textOf } from './object.ts'
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
    check: ({ steps, decisions, artifacts }, report) => {
      checkUnique(steps, 'step', report)
      checkUnique(decisions, 'policy decision', report)
      checkUnique(artifacts, 'artifact', report)
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
      for (const { value, path } of steps) {
        const named = stepsById.get(textOf(value, 'model_call_id') ?? '')
        if (named?.type !== undefined && named.type !== 'model_call')
          report(`${path}/model_call_id`, `the step named is of type ${quote(named.type)}; expected model_call`)
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
      for (const { value, path } of artifacts) {
        const stepId = textOf(value, 'step_id')
        const step = stepId === undefined ? undefined : stepsById.get(stepId)
        if (stepId === undefined || !step) continue
        const ids = listed.get(stepId) ?? new Set(listOf(step.value, 'artifact_ids'))
        listed.set(stepId, ids)
        if (ids.size > 0 && !ids.has(value.id))
          report(`${path}/step_id`, `${quote(stepId)} does not list this artifact; expected it in its artifact_ids`)
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
  const { run, steps, sideEffects, decisions, artifacts } = context
  const approvals = context.approvals.filter((approval) => !isCopiedGrant(approval, context.id))
  const toStep = { what: 'step', idName: 'id', among: context.stepsById }
  const toDecision = { what: 'policy decision', idName: 'id', among: context.decisionsById }
  const toArtifact = { what: 'artifact', idName: 'id', among: context.artifactsById }
  const toApproval = { what: 'approval', idName: 'approval_id', among: context.approvalsById }

  let suggestions = 0
  const checkId = (id: unknown, target: Target, place: () => string) => {
    if (typeof id !== 'string' || target.among.has(id)) return
    const message = `${quote(id)} names no ${target.what} of this run; expected the ${target.idName} of one`
    report(place(), message, () => (suggestions++ < MOST_SUGGESTIONS ? suggested(id, target) : {}))
  }
  const checkMember = ({ value, path }: Place, member: string, target: Target) =>
    checkId(value[member], target, () => `${path}/${member}`)
  const checkList = ({ value, path }: Place, member: string, target: Target) => {
    const ids = listOf(value, member)
    for (let index = 0; index < ids.length; index++) checkId(ids[index], target, () => `${path}/${member}/${index}`)
  }

  for (const step of steps) {
    for (const member of ['parent_step_id', 'model_call_id', 'retry_of', 'fallback_from'])
      checkMember(step, member, toStep)
    checkList(step, 'caused_by', toStep)
    checkList(step, 'artifact_ids', toArtifact)
    const { approval, path } = step
    checkId(approval?.approval_id, toApproval, () => `${path}/approval/approval_id`)
    checkId(approval?.decision_id, toDecision, () => `${path}/approval/decision_id`)
  }
  for (const effect of sideEffects) checkMember(effect, 'artifact_id', toArtifact)
  for (const place of [...approvals, ...decisions, ...artifacts, ...placesOf(run, 'evidence', '')])
    checkMember(place, 'step_id', toStep)
  for (const approval of approvals) checkMember(approval, 'decision_id', toDecision)
}

const suggested = (id: string, { among }: Target): { suggestion?: string } => {
  const suggestion = nearest(id, among.keys())
  return suggestion === undefined ? {} : { suggestion }
}

const checkUnique = (places: readonly Place[], what: string, report: Report): void => {
  const seen = new Set<string>()
  for (const { value, path } of places) {
    const id = textOf(value, 'id')
    if (id === undefined) continue
    if (seen.has(id)) report(`${path}/id`, `${quote(id)} is the id of an earlier ${what}; expected an id of its own`)
    seen.add(id)
  }
}
