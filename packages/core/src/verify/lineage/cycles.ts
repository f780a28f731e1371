import { textOf } from '../../semantics/object.ts'
import { claimOf } from './as-parent.ts'
import { keyOf } from './claims.ts'
import type { Namesakes } from './namesakes.ts'
import type { Party } from './party.ts'

/** Runs from which one comes, by the claims that each record makes itself, to a place that no lineage can have. */
export interface Cycles {
  /** Going up from one of these by `parents`, one meets the record, a cycle or one of its own descendants. */
  readonly up: ReadonlySet<string>
  /** Going down from one of these by handoffs, one meets the record or a cycle. */
  readonly down: ReadonlySet<string>
}

/** A run that a record names, and the records of it that this pins. */
interface Link {
  readonly id: string
  /** Links that are alike have the same key. */
  readonly key: string
  pinned(): readonly Party[]
}

/**
 * Finds the cycles of a lineage in time linear in the claims. Only claims of the record itself, and of records that are pinned
 * by claims followed before, are followed: who bears the name of an ancestor closes no cycle. (AR-LIN-006)
 */
export const findCycles = (self: Party, namesakes: Namesakes): Cycles => {
  const upward = reach(self, (party) => linksUp(party, namesakes))
  const downward = reach(self, (party) => linksDown(party, namesakes))
  const descendants = [...downward.keys()].filter((id) => id !== self.id && upward.has(id))
  return {
    up: new Set([...leadingToCycle(upward), ...leadingTo(upward, descendants)]),
    down: leadingToCycle(downward),
  }
}

const linksUp = (party: Party, namesakes: Namesakes): Link[] =>
  party.parents.entries.map((entry) => {
    const names = ['run_id', 'delegation_id', 'handoff_leaf', 'record_hash'].map((name) => textOf(entry, name))
    const pinned = (): readonly Party[] => namesakes.pinnedParents(party, entry)
    // What an entry pins depends on the child that it makes of the record.
    return { id: names[0] ?? '', key: keyOf(party.id, ...names), pinned }
  })

const linksDown = (party: Party, namesakes: Namesakes): Link[] =>
  party.children.handoffs.flatMap((handoff) => {
    const claim = claimOf(party, handoff)
    if (claim === undefined) return []
    const { child, delegation, leaf, stated } = claim
    const key = keyOf(party.id, child, delegation, leaf, ...stated)
    return [{ id: child, key, pinned: () => namesakes.pinnedChildren(party, claim) }]
  })

type Graph = ReadonlyMap<string, readonly string[]>

const reach = (self: Party, linksOf: (party: Party) => readonly Link[]): Graph => {
  const targets = new Map<string, Set<string>>()
  const followed = new Set<string>()
  const seen = new Set<Party>([self])
  const waiting: Party[] = [self]
  for (let party = waiting.pop(); party !== undefined; party = waiting.pop()) {
    const named = targets.get(party.id) ?? new Set()
    targets.set(party.id, named)
    for (const { id, key, pinned } of linksOf(party)) {
      named.add(id)
      if (!targets.has(id)) targets.set(id, new Set())
      // Another record of this id is not this run.
      if (id === self.id || followed.has(key)) continue
      followed.add(key)
      for (const next of pinned()) {
        if (seen.has(next)) continue
        seen.add(next)
        waiting.push(next)
      }
    }
  }
  return new Map([...targets].map(([id, named]) => [id, [...named]]))
}

const reversed = (graph: Graph): Map<string, string[]> => {
  const sources = new Map<string, string[]>([...graph.keys()].map((id) => [id, []]))
  for (const [id, targets] of graph) for (const target of targets) sources.get(target)?.push(id)
  return sources
}

/** The nodes from which a cycle can be reached: what is left when nodes that lead nowhere are taken away again and again. */
const leadingToCycle = (graph: Graph): Set<string> => {
  const sources = reversed(graph)
  const count = new Map([...graph].map(([id, targets]) => [id, targets.length]))
  const ends = [...graph.keys()].filter((id) => count.get(id) === 0)
  const left = new Set(graph.keys())
  for (let id = ends.pop(); id !== undefined; id = ends.pop()) {
    left.delete(id)
    for (const source of sources.get(id) ?? []) {
      const rest = (count.get(source) ?? 0) - 1
      count.set(source, rest)
      if (rest === 0) ends.push(source)
    }
  }
  return left
}

const leadingTo = (graph: Graph, targets: readonly string[]): Set<string> => {
  const sources = reversed(graph)
  const found = new Set<string>()
  const waiting = [...targets]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    for (const source of sources.get(id) ?? []) waiting.push(source)
  }
  return found
}
