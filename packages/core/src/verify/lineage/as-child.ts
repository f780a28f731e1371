import { type JsonObject, textOf } from '../../semantics/object.ts'
import { keyOf } from './claims.ts'
import { judgeDelegation, reused } from './delegation.ts'
import { conflict, type Edge, type Judgement, settle, shown } from './edge.ts'
import type { Namesakes } from './namesakes.ts'
import type { Party } from './party.ts'

/** The edges to the runs that a record names as its parents, in their order. */
export const edgesToParents = (self: Party, namesakes: Namesakes): Edge[] => {
  // Entries can be alike, and records that they pin too: each pair is judged once.
  const judged = new Map<string, Judgement>()
  const judge = (entry: JsonObject): Judgement => {
    const { run_id, delegation_id, handoff_leaf, record_hash } = entry
    const key = keyOf(...[run_id, delegation_id, handoff_leaf, record_hash].map((name) => name as string | undefined))
    const judgement =
      judged.get(key) ?? (isTrigger(entry) ? judgeTrigger(self, entry, namesakes) : judgeEntry(self, entry, namesakes))
    judged.set(key, judgement)
    return judgement
  }
  return self.parents.entries.map((entry, index) => ({
    parent: textOf(entry, 'run_id') ?? '',
    child: self.id,
    delegation: textOf(entry, 'delegation_id'),
    path: `/provenance/parents/${index}`,
    judgement: judge(entry),
  }))
}

/** Whether an entry names a finished run by its hash, and no delegation. */
const isTrigger = (entry: JsonObject): boolean =>
  entry.delegation_id === undefined && entry.handoff_leaf === undefined && entry.record_hash !== undefined

const judgeTrigger = (self: Party, entry: JsonObject, namesakes: Namesakes): Judgement => {
  if (namesakes.pinnedParents(self, entry).length > 0) return { state: 'chained' }
  const [other] = namesakes.only(textOf(entry, 'run_id') ?? '')
  if (other === undefined) return { state: 'unresolved' }
  return conflict('lineage.parent_hash', shown(entry.record_hash), shown(other.hash))
}

const judgeEntry = (self: Party, entry: JsonObject, namesakes: Namesakes): Judgement => {
  const pinned = namesakes.pinnedParents(self, entry)
  const parents = pinned.length > 0 ? pinned : namesakes.only(textOf(entry, 'run_id') ?? '')
  const judgement = settle(
    parents.map((parent) => ({ judgement: judgeDelegation(parent, self, entry), sealed: parent.sealed })),
  )
  // A parent that is pinned has decided between them.
  if (pinned.length > 0 || judgement.state === 'conflict') return judgement
  return hasRival(self, entry, namesakes) ? reused('another record that claims it') : judgement
}

/** Whether another run's record claims the same delegation. */
const hasRival = (self: Party, { run_id, delegation_id }: JsonObject, namesakes: Namesakes): boolean =>
  typeof run_id === 'string' && typeof delegation_id === 'string' && namesakes.hasRival(self.id, run_id, delegation_id)
