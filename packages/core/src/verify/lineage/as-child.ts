import { type JsonObject, textOf } from '../../semantics/object.ts'
import { judgeDelegation, reused } from './delegation.ts'
import { conflict, type Edge, type Judgement, shown, worst } from './edge.ts'
import type { Parties, Party } from './party.ts'

/** The edges to the runs that a record names as its parents, in their order. */
export const edgesToParents = (self: Party, parties: Parties): Edge[] =>
  self.parents.entries.map((entry, index) => ({
    parent: textOf(entry, 'run_id') ?? '',
    child: self.id,
    delegation: textOf(entry, 'delegation_id'),
    path: `/provenance/parents/${index}`,
    judgement: isTrigger(entry) ? judgeTrigger(entry, parties) : judgeEntry(self, entry, parties),
  }))

/** Whether an entry names a finished run by its hash, and no delegation. */
const isTrigger = (entry: JsonObject): boolean =>
  entry.delegation_id === undefined && entry.handoff_leaf === undefined && entry.record_hash !== undefined

const judgeTrigger = (entry: JsonObject, { byId, given }: Parties): Judgement => {
  const id = textOf(entry, 'run_id') ?? ''
  const stated = textOf(entry, 'record_hash') ?? ''
  if (!given.has(id)) return { state: 'unresolved' }
  const candidates = byId.get(id) ?? []
  if (candidates.some(({ hash }) => hash === stated)) return { state: 'chained' }
  return conflict('lineage.parent_hash', shown(stated), shown(candidates[0]?.hash))
}

const judgeEntry = (self: Party, entry: JsonObject, parties: Parties): Judgement => {
  const candidates = parties.byId.get(textOf(entry, 'run_id') ?? '') ?? []
  const judgement: Judgement =
    candidates.length === 0
      ? { state: 'unresolved' }
      : worst(candidates.map((parent) => judgeDelegation(parent, self, entry)))
  return hasRival(self, entry, judgement, parties) ? reused('another record that claims it') : judgement
}

/** Whether another record claims the same delegation and nothing the parent says decides between them. */
const hasRival = (self: Party, entry: JsonObject, { state }: Judgement, { claimantsOf }: Parties): boolean => {
  const { run_id, delegation_id } = entry
  if (typeof run_id !== 'string' || typeof delegation_id !== 'string' || state === 'mutual' || state === 'conflict')
    return false
  const rivals = claimantsOf(run_id, delegation_id)
  // The parent's leaf names the child, so only one of the same id is left.
  return state === 'open' ? rivals.has(self.id) : rivals.size > 0
}
