import { hash } from './hash.ts'
import { type PrivateKind, privateMembers } from './private-members.ts'

type JsonObject = Readonly<Record<string, unknown>>

type NestedLists = readonly (readonly [member: string, kind: PrivateKind])[]

const none: NestedLists = []
/** Members of a kind's objects that are lists of objects with a private_hash of their own, and the kinds of those. */
export const nestedLists: Readonly<Record<PrivateKind, NestedLists>> = {
  run: [
    ['steps', 'step'],
    ['approvals', 'approval'],
    ['policy_decisions', 'policy_decision'],
    ['artifacts', 'artifact'],
  ],
  step: [['side_effects', 'side_effect']],
  approval: none,
  policy_decision: none,
  side_effect: none,
  artifact: none,
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The object as hashes and seals see it: one with a `private_hash` is taken without `salt` and its private members, and so
 * are the objects inside it (spec/bytes.md, AR-BYTES-012). The hash of the whole and of the erased object is therefore the same.
 * The object itself is not changed; it is returned as it is where nothing is private.
 */
export const publicForm = <T extends object>(kind: PrivateKind, object: T): T => {
  let form: Record<string, unknown> = object as Record<string, unknown>
  if (typeof form.private_hash === 'string') {
    const hidden = ['salt', ...privateMembers[kind]].filter((name) => Object.hasOwn(object, name))
    // What is in public form already is returned as it is; a journal asks just that of its lines.
    if (hidden.length > 0) form = { ...form }
    for (const name of hidden) delete form[name]
  }
  for (const [name, itemKind] of nestedLists[kind]) {
    const list = form[name]
    if (!Array.isArray(list)) continue
    const forms = publicForms(itemKind, list)
    if (forms === list) continue
    if (form === object) form = { ...form }
    form[name] = forms
  }
  return form as T
}

const publicForms = (kind: PrivateKind, list: readonly unknown[]): readonly unknown[] => {
  let forms: unknown[] | undefined
  for (let i = 0; i < list.length; i++) {
    const item = list[i]
    if (!isObject(item)) continue
    const form = publicForm(kind, item)
    if (form === item) continue
    // Nothing is copied where nothing is private, as in most records.
    forms ??= [...list]
    forms[i] = form
  }
  return forms ?? list
}

/**
 * `private_hash` of an object: hash of kind `private` over its `salt` and those of its private members that are present
 * (AR-PRIV-002). The salt must be there.
 */
export const privateHash = (kind: PrivateKind, object: object): string => {
  const covered = Object.entries(object).filter(([name]) => name === 'salt' || privateMembers[kind].includes(name))
  return hash('private', Object.fromEntries(covered))
}
