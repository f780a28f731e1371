import { textOf } from '../../semantics/object.ts'
import type { Parties, Party } from './party.ts'

/** Runs from which one comes, by the claims that each record makes itself, to a place that no lineage can have. */
export interface Cycles {
  /** Going up from one of these by `parents`, one meets the record, a cycle or one of its own descendants. */
  readonly up: ReadonlySet<string>
  /** Going down from one of these by handoffs, one meets the record or a cycle. */
  readonly down: ReadonlySet<string>
}

/** Finds the cycles of a lineage in time linear in the claims. (AR-LIN-006) */
export const findCycles = (self: Party, { byId }: Parties): Cycles => {
  const records = (id: string): readonly Party[] => (id === self.id ? [self] : (byId.get(id) ?? []))
  const upward = reach(self.id, (id) =>
    records(id).flatMap((party) => party.parents.entries.map((e) => textOf(e, 'run_id'))),
  )
  const downward = reach(self.id, (id) =>
    records(id).flatMap(({ children }) => children.handoffs.map(({ step }) => textOf(step, 'child_run_id'))),
  )
  const descendants = [...downward.keys()].filter((id) => id !== self.id && upward.has(id))
  return {
    up: new Set([...leadingToCycle(upward), ...leadingTo(upward, descendants)]),
    down: leadingToCycle(downward),
  }
}

type Graph = ReadonlyMap<string, readonly string[]>

const reach = (start: string, next: (id: string) => readonly (string | undefined)[]): Graph => {
  const graph = new Map<string, string[]>()
  const waiting = [start]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (graph.has(id)) continue
    const targets = [...new Set(next(id))].filter((target) => target !== undefined)
    graph.set(id, targets)
    for (const target of targets) waiting.push(target)
  }
  return graph
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
