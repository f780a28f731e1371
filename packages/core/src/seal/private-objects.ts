import { type PrivateKind, privateHash, privateMembers } from '../hash/index.ts'
import { isGiven, isObject, type JsonObject, listOf, objectOf, type Place } from '../semantics/object.ts'

/** An object of a record with a `private_hash`. */
export interface PrivateObject extends Place {
  readonly kind: PrivateKind
}

/** Whether an object's private members are all there, all gone, or neither (AR-SEAL-008). */
export type PrivateState = 'whole' | 'erased' | 'broken'

const lists = [
  ['approvals', 'approval'],
  ['policy_decisions', 'policy_decision'],
  ['artifacts', 'artifact'],
] as const

/** Every object of a record that has a `private_hash`: the run, steps and their side effects, approvals, policy decisions, artifacts. */
export function* privateObjects(run: JsonObject): Generator<PrivateObject> {
  if (run.private_hash !== undefined) yield { kind: 'run', value: run, path: '' }
  yield* privateObjectsInSteps(run)
  for (const [member, kind] of lists) yield* privateObjectsIn(run, member, kind, '')
}

/** Those that `record_hash` covers by itself: the run, its approvals, policy decisions and artifacts. */
export function* privateObjectsOutsideSteps(run: JsonObject): Generator<PrivateObject> {
  if (run.private_hash !== undefined) yield { kind: 'run', value: run, path: '' }
  for (const [member, kind] of lists) yield* privateObjectsIn(run, member, kind, '')
}

/** Those that `steps_root` covers: the steps, each followed by its side effects. */
export function* privateObjectsInSteps(run: JsonObject): Generator<PrivateObject> {
  const steps = listOf(run, 'steps')
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]
    if (isObject(step) && (step.private_hash !== undefined || Array.isArray(step.side_effects)))
      yield* privateObjectsOfStep(step, `/steps/${index}`)
  }
}

/** A step and its side effects, those of them that have a `private_hash`. */
export function* privateObjectsOfStep(step: JsonObject, path: string): Generator<PrivateObject> {
  if (step.private_hash !== undefined) yield { kind: 'step', value: step, path }
  yield* privateObjectsIn(step, 'side_effects', 'side_effect', path)
}

// The place of an object is only spelled out where it is asked for: most records have nothing that can be erased.
function* privateObjectsIn(
  owner: JsonObject,
  member: string,
  kind: PrivateKind,
  path: string,
): Generator<PrivateObject> {
  const list = listOf(owner, member)
  for (let index = 0; index < list.length; index++) {
    const value = list[index]
    if (isObject(value) && value.private_hash !== undefined) yield { kind, value, path: `${path}/${member}/${index}` }
  }
}

/** The private members that an object of that kind has. */
export const privateMembersOf = (kind: PrivateKind, object: JsonObject): string[] =>
  privateMembers[kind].filter((member) => object[member] !== undefined)

/** The state of one object; `undefined` for one without `private_hash`, whose members are all public. */
export const privateState = (kind: PrivateKind, object: JsonObject): PrivateState | undefined => {
  if (object.private_hash === undefined) return undefined
  if (object.salt === undefined && typeof object.private_hash === 'string')
    return privateMembersOf(kind, object).length === 0 ? 'erased' : 'broken'
  if (typeof object.salt !== 'string') return 'broken'
  return privateHash(kind, object) === object.private_hash ? 'whole' : 'broken'
}

/** An object with a `private_hash`, its place (a JSON Pointer) and its state. */
export interface PrivatePlace {
  readonly path: string
  readonly kind: PrivateKind
  readonly state: PrivateState
}

/**
 * The states of all objects of a record that have a `private_hash`, in document order of their lists: run, steps with
 * their side effects, approvals, policy decisions, artifacts. Only `whole` and `erased` are legal (AR-SEAL-008).
 */
export const privateStates = (run: object): PrivatePlace[] => {
  const states: PrivatePlace[] = []
  for (const { kind, value, path } of privateObjects(run as JsonObject)) {
    const state = privateState(kind, value)
    if (state !== undefined) states.push({ path, kind, state })
  }
  return states
}

/** A copy of a record in which every object that can have private members may be replaced. Lists and objects in which nothing changes stay the same. */
export const mapPrivateObjects = (
  run: JsonObject,
  change: (kind: PrivateKind, object: JsonObject, path: string) => JsonObject,
): JsonObject => {
  const steps = mapList(run, 'steps', '', (step, path) =>
    change(
      'step',
      mapList(step, 'side_effects', path, (effect, at) => change('side_effect', effect, at)),
      path,
    ),
  )
  const whole = lists.reduce(
    (object, [member, kind]) => mapList(object, member, '', (item, path) => change(kind, item, path)),
    steps,
  )
  return change('run', whole, '')
}

const mapList = (
  object: JsonObject,
  member: string,
  path: string,
  change: (item: JsonObject, path: string) => JsonObject,
): JsonObject => {
  const list = object[member]
  if (!Array.isArray(list)) return object
  const items = list.map((item: unknown, index) =>
    objectOf({ item }, 'item') === undefined ? item : change(item as JsonObject, `${path}/${member}/${index}`),
  )
  return items.every((item, index) => item === list[index]) ? object : { ...object, [member]: items }
}

/** Whether an object is signed by itself, so that nothing that its signature covers may change. */
export const isSignedItself = (kind: PrivateKind, object: JsonObject): boolean =>
  kind === 'approval' && isGiven(object, 'signature')
