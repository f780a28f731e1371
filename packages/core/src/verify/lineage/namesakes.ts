import { digestText } from '../../hash/index.ts'
import { type JsonObject, textOf } from '../../semantics/object.ts'
import { keyOf } from './claims.ts'
import type { Party } from './party.ts'

/**
 * The records that count, found by what pins them. A run's id is only a name, which anybody can give a record of his own: a
 * record is the one that is meant if its record_hash is stated, or if handoff_leaf and delegation_id of both ends agree.
 */
export interface Namesakes {
  /** The records that an entry of a child's `parents` pins. */
  pinnedParents(child: Party, entry: JsonObject): readonly Party[]
  /** The records that a parent's step pins as its child. */
  pinnedChildren(parent: Party, step: ChildClaim): readonly Party[]
  /** The one record of an id; none if there are several, since nothing says which of them is meant. */
  only(id: string): readonly Party[]
  /** Whether a record of another run than the child claims the delegation too. */
  hasRival(child: string, parent: string, delegation: string): boolean
}

/** What a handoff, or a handoff_result, says about a child. */
export interface ChildClaim {
  readonly child: string
  readonly delegation?: string | undefined
  /** Leaf of a handoff. */
  readonly leaf?: string | undefined
  /** Hashes of the child that the parent states. */
  readonly stated: readonly string[]
}

const none: readonly never[] = []

/** Sorts the records; takes time linear in what they say, however many bear one name. */
export const namesakesOf = (byId: ReadonlyMap<string, readonly Party[]>): Namesakes => {
  const parties = [...byId.values()].flat()
  const byHash = groupBy(parties, ({ id, hash }) => (hash === undefined ? [] : [keyOf(id, hash)]))
  const byLeaf = new Map<string, ReadonlyMap<string, readonly Party[]>>()
  const byEntry = groupBy(parties, ({ id, parents }) => parents.entries.map((entry) => keyOf(id, ...namesOf(entry))))
  const claimants = new Map<string, Set<string>>()
  for (const { id, parents } of parties)
    for (const entry of parents.entries) {
      const key = keyOf(textOf(entry, 'run_id'), textOf(entry, 'delegation_id'))
      claimants.set(key, (claimants.get(key) ?? new Set()).add(id))
    }

  const withHandoff = (id: string, leaf: string): readonly Party[] => {
    const known = byLeaf.get(id) ?? groupBy(byId.get(id) ?? none, handoffLeaves)
    byLeaf.set(id, known)
    return known.get(leaf) ?? none
  }

  return {
    pinnedParents(child, entry) {
      const id = textOf(entry, 'run_id') ?? ''
      const hash = textOf(entry, 'record_hash')
      const named = hash === undefined ? none : (byHash.get(keyOf(id, hash)) ?? none)
      if (named.length > 0) return named
      const [leaf, delegation] = [textOf(entry, 'handoff_leaf'), textOf(entry, 'delegation_id')]
      if (leaf === undefined || delegation === undefined) return none
      const parents = withHandoff(id, leaf)
      const step = parents[0]?.stepOf(leaf)
      // Records with one leaf have the same step.
      return step?.child_run_id === child.id && step.delegation_id === delegation ? parents : none
    },
    pinnedChildren(parent, { child, delegation, leaf, stated }) {
      const named = stated.flatMap((hash): readonly Party[] => byHash.get(keyOf(child, hash)) ?? none)
      if (named.length > 0 || delegation === undefined || leaf === undefined) return named
      return byEntry.get(keyOf(child, parent.id, delegation, leaf)) ?? none
    },
    only(id) {
      const all = byId.get(id) ?? none
      return all.length === 1 ? all : none
    },
    hasRival(child, parent, delegation) {
      const ids = claimants.get(keyOf(parent, delegation))
      return ids !== undefined && ids.size > (ids.has(child) ? 1 : 0)
    },
  }
}

const namesOf = (entry: JsonObject): (string | undefined)[] => [
  textOf(entry, 'run_id'),
  textOf(entry, 'delegation_id'),
  textOf(entry, 'handoff_leaf'),
]

const handoffLeaves = ({ children, leaves }: Party): string[] =>
  children.handoffs.flatMap(({ index }) => leaves.slice(index, index + 1).map(digestText))

const groupBy = <T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items)
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  return groups
}
