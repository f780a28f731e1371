import type { Attributes } from './span.ts'

/** Most entries of a list that was flattened. */
const mostEntries = 10_000

/** Deepest nesting of names that is read. */
const deepest = 12

type Branch = Map<string, Branch | { readonly leaf: unknown }>

/**
 * The list that `<prefix>.0.…`, `<prefix>.1.…` spell, as OpenInference and OpenLLMetry flatten their messages; empty if
 * there is none. A name that stands for a value and for members at once keeps the value.
 */
export function unflatten(attributes: Attributes, prefix: string): unknown[] {
  const root: Branch = new Map()
  for (const [name, value] of attributes) {
    if (!name.startsWith(`${prefix}.`)) continue
    const path = name.slice(prefix.length + 1).split('.')
    if (!/^\d{1,5}$/.test(path[0] ?? '') || Number(path[0]) >= mostEntries || path.length > deepest) continue
    place(root, path, value)
  }
  return listOf(root)
}

function place(root: Branch, path: readonly string[], value: unknown): void {
  let branch = root
  for (const [depth, name] of path.entries()) {
    if (depth === path.length - 1) {
      if (!branch.has(name)) branch.set(name, { leaf: value })
      return
    }
    const next = branch.get(name)
    if (next instanceof Map) branch = next
    else if (next) return
    else {
      const fresh: Branch = new Map()
      branch.set(name, fresh)
      branch = fresh
    }
  }
}

const isList = (branch: Branch): boolean =>
  branch.size > 0 && [...branch.keys()].every((name) => /^\d{1,5}$/.test(name))

const listOf = (branch: Branch): unknown[] =>
  [...branch].sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => memberOf(member))

const memberOf = (member: Branch | { readonly leaf: unknown }): unknown =>
  member instanceof Map
    ? isList(member)
      ? listOf(member)
      : Object.fromEntries([...member].map(([name, inner]) => [name, memberOf(inner)]))
    : member.leaf
