import { hash } from './hash.ts'
import { type PrivateKind, privateMembers } from './private-members.ts'

type JsonObject = Readonly<Record<string, unknown>>

// Lists of a kind's objects that have a private_hash of their own.
const nested: Readonly<Partial<Record<PrivateKind, Readonly<Record<string, PrivateKind>>>>> = {
  run: { steps: 'step', approvals: 'approval', policy_decisions: 'policy_decision', artifacts: 'artifact' },
  step: { side_effects: 'side_effect' },
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
  const hidden = typeof form.private_hash === 'string' ? ['salt', ...privateMembers[kind]] : []
  for (const name of hidden) {
    if (!Object.hasOwn(form, name)) continue
    if (form === object) form = { ...form }
    delete form[name]
  }
  for (const [name, itemKind] of Object.entries(nested[kind] ?? {})) {
    const list = form[name]
    if (!Array.isArray(list)) continue
    const forms = list.map((item: unknown) => (isObject(item) ? publicForm(itemKind, item) : item))
    if (forms.every((item, i) => item === list[i])) continue
    if (form === object) form = { ...form }
    form[name] = forms
  }
  return form as T
}

/**
 * `private_hash` of an object: hash of kind `private` over its `salt` and those of its private members that are present
 * (AR-PRIV-002). The salt must be there.
 */
export const privateHash = (kind: PrivateKind, object: object): string => {
  const covered = Object.entries(object).filter(([name]) => name === 'salt' || privateMembers[kind].includes(name))
  return hash('private', Object.fromEntries(covered))
}
