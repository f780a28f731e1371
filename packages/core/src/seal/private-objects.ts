import { type PrivateKind, privateHash, privateMembers } from '../hash/index.ts'
import { isGiven, type JsonObject, objectOf, type Place, placesOf } from '../semantics/object.ts'

/** An object of a record that can have private members. */
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

/** Every object of a record that can have a `private_hash`: the run, steps and their side effects, approvals, policy decisions, artifacts. */
export function* privateObjects(run: JsonObject): Generator<PrivateObject> {
  yield { kind: 'run', value: run, path: '' }
  for (const { value, path } of placesOf(run, 'steps', '')) yield* privateObjectsOfStep(value, path)
  for (const [member, kind] of lists)
    for (const { value, path } of placesOf(run, member, '')) yield { kind, value, path }
}

/** Those that `record_hash` covers by itself: the run, its approvals, policy decisions and artifacts. */
export function* privateObjectsOutsideSteps(run: JsonObject): Generator<PrivateObject> {
  yield { kind: 'run', value: run, path: '' }
  for (const [member, kind] of lists)
    for (const { value, path } of placesOf(run, member, '')) yield { kind, value, path }
}

/** A step and its side effects. */
export function* privateObjectsOfStep(step: JsonObject, path: string): Generator<PrivateObject> {
  yield { kind: 'step', value: step, path }
  for (const effect of placesOf(step, 'side_effects', path)) yield { kind: 'side_effect', ...effect }
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
