import { type JsonObject, objectOf, textOf } from '../../semantics/object.ts'

/** A handoff or handoff_result: a step that speaks of a child. */
export interface Delegation {
  /** Number of the step. */
  readonly index: number
  readonly step: JsonObject
}

/** What a record says about its children, found at once: records are as long as somebody made them. */
export interface ChildClaims {
  readonly handoffs: readonly Delegation[]
  readonly results: readonly Delegation[]
  /** Number of handoffs under a delegation_id. */
  countOf(delegation: string): number
  /** Whether a handoff names the child, and the delegation if one is asked for. */
  names(child: string, delegation: string | undefined): boolean
  /** A child, other than this one, that a handoff_result names under a delegation. */
  otherChildOf(delegation: string, child: string): string | undefined
  /** Hashes of the child that handoff_results and links state, different ones only, at most two of each sort. */
  hashesOf(child: string, delegation: string | undefined): string[]
}

/** A key made of several names. */
export const keyOf = (...names: (string | undefined)[]): string => JSON.stringify(names)

/** Two different values are enough to know that not all are equal. */
const note = (values: Map<string, string[]>, key: string, value: string | undefined): void => {
  if (value === undefined) return
  const known = values.get(key)
  if (known === undefined) values.set(key, [value])
  else if (known.length < 2 && !known.includes(value)) known.push(value)
}

/**
 * Sorts the steps of a record that speak of children.
 * @param links the link statements that count beside it
 */
export const childClaims = (steps: readonly JsonObject[], links: readonly JsonObject[]): ChildClaims => {
  const handoffs: Delegation[] = []
  const results: Delegation[] = []
  const counts = new Map<string, number>()
  const named = new Set<string>()
  const children = new Map<string, string[]>()
  const hashes = new Map<string, string[]>()
  steps.forEach((step, index) => {
    const delegation = textOf(step, 'delegation_id')
    const child = textOf(step, 'child_run_id')
    if (step.type === 'handoff') {
      handoffs.push({ index, step })
      if (delegation !== undefined) counts.set(delegation, (counts.get(delegation) ?? 0) + 1)
      if (child !== undefined) named.add(keyOf(child)).add(keyOf(child, delegation))
    } else if (step.type === 'handoff_result') {
      results.push({ index, step })
      if (delegation !== undefined) note(children, delegation, child)
      const key = delegation === undefined ? keyOf('child', child) : keyOf('delegation', delegation)
      note(hashes, key, textOf(step, 'child_record_hash'))
    }
  })
  for (const link of links) {
    const body = objectOf(link, 'body') ?? {}
    const key = keyOf('link', textOf(body, 'delegation_id'), textOf(body, 'child_run_id'))
    note(hashes, key, textOf(body, 'child_record_hash'))
  }
  return {
    handoffs,
    results,
    countOf: (delegation) => counts.get(delegation) ?? 0,
    names: (child, delegation) => named.has(delegation === undefined ? keyOf(child) : keyOf(child, delegation)),
    otherChildOf: (delegation, child) => children.get(delegation)?.find((other) => other !== child),
    hashesOf(child, delegation) {
      const byChild = hashes.get(keyOf('child', child)) ?? []
      if (delegation === undefined) return byChild
      const byDelegation = hashes.get(keyOf('delegation', delegation)) ?? []
      return [...byDelegation, ...byChild, ...(hashes.get(keyOf('link', delegation, child)) ?? [])]
    },
  }
}

/** What a record says about its parents. */
export interface ParentClaims {
  /** The entries of `parents`, in order. */
  readonly entries: readonly JsonObject[]
  /** The first entry that names a run and this delegation or this leaf of it. */
  entryFor(run: string, delegation: string | undefined, leaf: string): JsonObject | undefined
}

/** Sorts the entries of `parents`. */
export const parentClaims = (entries: readonly JsonObject[]): ParentClaims => {
  const first = new Map<string, number>()
  entries.forEach((entry, index) => {
    const run = textOf(entry, 'run_id')
    const keys = [
      keyOf(run, 'delegation', textOf(entry, 'delegation_id')),
      keyOf(run, 'leaf', textOf(entry, 'handoff_leaf')),
    ]
    for (const key of keys) if (!first.has(key)) first.set(key, index)
  })
  return {
    entries,
    entryFor(run, delegation, leaf) {
      const byLeaf = first.get(keyOf(run, 'leaf', leaf)) ?? entries.length
      const byDelegation = delegation === undefined ? entries.length : first.get(keyOf(run, 'delegation', delegation))
      return entries[Math.min(byLeaf, byDelegation ?? entries.length)]
    },
  }
}
