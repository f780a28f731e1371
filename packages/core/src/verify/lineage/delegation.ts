import { type JsonObject, textOf } from '../../semantics/object.ts'
import { conflict, type Judgement, shown } from './edge.ts'
import type { Party } from './party.ts'

/**
 * Judges a delegation by what both records say of it: the child's entry in `parents`, the parent's handoff with exactly the
 * leaf that the entry names, and the hash of the child that the parent states (AR-LIN-001 to AR-LIN-005).
 * @param ownHandoff number of the parent's handoff that the entry must mean, where the parent's side is judged
 */
export const judgeDelegation = (parent: Party, child: Party, entry: JsonObject, ownHandoff?: number): Judgement => {
  const delegation = textOf(entry, 'delegation_id')
  const leaf = textOf(entry, 'handoff_leaf')
  if (delegation === undefined || leaf === undefined)
    return { state: parent.children.names(child.id, delegation) ? 'parent_only' : 'child_only' }
  const number = parent.stepOfLeaf(leaf)
  if (number === undefined) {
    // A parent without a seal may have lost its end.
    if (!parent.sealed && parent.children.countOf(delegation) === 0) return { state: 'child_only' }
    return conflict('lineage.leaf', 'a step of the parent with this handoff_leaf', 'none')
  }
  if (!isMeant(parent, number, child.id, delegation) || (ownHandoff ?? number) !== number)
    return conflict('lineage.leaf', 'a handoff to this child under this delegation_id', 'a step that says otherwise')
  if (ownHandoff === undefined && parent.children.countOf(delegation) > 1) return reused('two handoffs of the parent')
  return judgeHashes(parent, child, delegation, entry)
}

const isMeant = ({ run }: Party, number: number, child: string, delegation: string): boolean => {
  const { type, child_run_id, delegation_id } = (run.steps as readonly JsonObject[])[number] ?? {}
  return type === 'handoff' && child_run_id === child && delegation_id === delegation
}

const judgeHashes = (parent: Party, child: Party, delegation: string, entry: JsonObject): Judgement => {
  if (parent.children.otherChildOf(delegation, child.id) !== undefined) return reused('a result of another child')
  const stated = parent.children.hashesOf(child.id, delegation)
  const other = stated.find((hash) => hash !== child.hash)
  if (other !== undefined) return conflict('lineage.child_hash', shown(other), shown(child.hash))
  const parentHash = textOf(entry, 'record_hash')
  if (parentHash !== undefined && parent.sealed && parentHash !== parent.hash)
    return conflict('lineage.parent_hash', shown(parentHash), shown(parent.hash))
  return { state: stated.length > 0 && parent.sealed ? 'mutual' : 'open' }
}

/** The conflict of a delegation_id that is used twice. */
export const reused = (found: string): Judgement =>
  conflict('lineage.delegation_reused', 'one handoff and one child for each delegation_id', found)
