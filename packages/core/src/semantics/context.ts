import type { PrivateKind } from '../hash/private-members.ts'
import { isGiven, isObject, type JsonObject, objectOf, type Place, textOf } from './object.ts'
import { collectOccurrences, type Occurrences } from './occurrences.ts'
import { type CostPlace, costOf, itemsOf, StepPlace } from './places.ts'

/** An object with a `private_hash` or a `salt`. */
export interface PrivatePlace {
  readonly place: Place
  readonly kind: PrivateKind
}

/** What the rules look at: the record, and its objects found once by place and by id. Of equal ids the first counts. */
export interface Context {
  readonly run: JsonObject
  readonly id: string | undefined
  readonly status: string | undefined
  /** Version the record was written for; `undefined` for a 0.1 record. */
  readonly specVersion: string | undefined
  readonly steps: readonly StepPlace[]
  readonly stepsById: ReadonlyMap<string, StepPlace>
  readonly approvals: readonly Place[]
  /** The events of an approval, in the record's order. */
  readonly approvalsById: ReadonlyMap<string, readonly Place[]>
  readonly decisions: readonly Place[]
  readonly decisionsById: ReadonlyMap<string, Place>
  readonly artifacts: readonly Place[]
  readonly artifactsById: ReadonlyMap<string, Place>
  /** The cost of the run itself. */
  readonly cost: CostPlace | undefined
  /** Every cost: of the run, its steps and its eval, each followed by the entries of its `by_model`. */
  readonly costs: readonly CostPlace[]
  /** The objects whose private members are hashed, or said to be. */
  readonly privates: readonly PrivatePlace[]
  readonly occurrences: Occurrences
}

/** Reads the record once. Members of a wrong type are taken as absent: the schemas report them. */
export const createContext = (record: unknown): Context => {
  const run = isObject(record) ? record : {}
  const root = { value: run, path: '' }
  const steps = stepsOf(root)
  const approvals = itemsOf(run, 'approvals', root)
  const decisions = itemsOf(run, 'policy_decisions', root)
  const artifacts = itemsOf(run, 'artifacts', root)
  const cost = costOf(run, root)
  const evaluation = objectOf(run, 'eval')
  return {
    run,
    id: textOf(run, 'id'),
    status: textOf(run, 'status'),
    specVersion: textOf(run, 'spec_version'),
    steps,
    stepsById: stepsById(steps),
    approvals,
    approvalsById: groupBy(approvals, 'approval_id'),
    decisions,
    decisionsById: firstBy(decisions, 'id'),
    artifacts,
    artifactsById: firstBy(artifacts, 'id'),
    cost,
    costs: costsOf(cost, steps, evaluation && costOf(evaluation, { path: '/eval' })),
    privates: privatesOf(root, steps, approvals, decisions, artifacts),
    occurrences: collectOccurrences(run),
  }
}

const stepsOf = (root: Place): StepPlace[] => {
  const places: StepPlace[] = []
  const { steps } = root.value
  if (!Array.isArray(steps)) return places
  for (let index = 0; index < steps.length; index++)
    if (isObject(steps[index])) places.push(new StepPlace(steps[index], root, index))
  return places
}

/** The places whose member holds a text, grouped by that text, each group in the order given. */
export const groupBy = <P extends Place>(places: readonly P[], member: string): Map<string, P[]> => {
  const groups = new Map<string, P[]>()
  for (const place of places) {
    const key = textOf(place.value, member)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(place)
    else groups.set(key, [place])
  }
  return groups
}

const stepsById = (steps: readonly StepPlace[]): Map<string, StepPlace> => {
  const firsts = new Map<string, StepPlace>()
  for (const step of steps) if (step.id !== undefined && !firsts.has(step.id)) firsts.set(step.id, step)
  return firsts
}

const firstBy = <P extends Place>(places: readonly P[], member: string): Map<string, P> => {
  const firsts = new Map<string, P>()
  for (const place of places) {
    const key = textOf(place.value, member)
    if (key !== undefined && !firsts.has(key)) firsts.set(key, place)
  }
  return firsts
}

const costsOf = (
  ofRun: CostPlace | undefined,
  steps: readonly StepPlace[],
  ofEval: CostPlace | undefined,
): CostPlace[] => {
  const costs: CostPlace[] = []
  const add = (cost: CostPlace | undefined) => {
    if (!cost) return
    costs.push(cost)
    for (const entry of cost.entries) costs.push(entry)
  }
  add(ofRun)
  for (const { cost } of steps) add(cost)
  add(ofEval)
  return costs
}

const privatesOf = (
  run: Place,
  steps: readonly StepPlace[],
  approvals: readonly Place[],
  decisions: readonly Place[],
  artifacts: readonly Place[],
): PrivatePlace[] => {
  const privates: PrivatePlace[] = []
  const add = (places: readonly Place[], kind: PrivateKind) => {
    for (const place of places) if (isHashed(place.value)) privates.push({ place, kind })
  }
  add([run], 'run')
  for (const place of steps) {
    if (place.isHashed) privates.push({ place, kind: 'step' })
    add(place.sideEffects, 'side_effect')
  }
  add(approvals, 'approval')
  add(decisions, 'policy_decision')
  add(artifacts, 'artifact')
  return privates
}

const isHashed = (object: JsonObject): boolean => {
  for (const name in object) {
    if ((name === 'private_hash' || name === 'salt') && isGiven(object, name)) return true
  }
  return false
}
