import { digestText } from '../../hash/index.ts'
import { type JsonObject, textOf } from '../../semantics/object.ts'
import type { Delegation } from './claims.ts'
import { judgeDelegation, reused } from './delegation.ts'
import { conflict, type Edge, type Judgement, settle, shown } from './edge.ts'
import type { ChildClaim, Namesakes } from './namesakes.ts'
import type { Party } from './party.ts'

/** The edges to the runs that a record's steps name as its children, in the order of the steps. */
export const edgesToChildren = (self: Party, namesakes: Namesakes): Edge[] => {
  const seen = new Set<string>()
  const handoffs = self.children.handoffs.flatMap((handoff) => {
    const { step } = handoff
    const delegation = textOf(step, 'delegation_id')
    const isSecond = delegation !== undefined && seen.has(delegation)
    if (delegation !== undefined) seen.add(delegation)
    if (typeof step.child_run_id !== 'string') return []
    return [edgeOf(self, handoff, isSecond ? reused('a second handoff') : judgeHandoff(self, handoff, namesakes))]
  })
  const alone = self.children.results
    .filter(({ step }) => typeof step.child_run_id === 'string' && !hasHandoff(self, step))
    .map((result) => ({ ...edgeOf(self, result, judgeResult(self, result.step, namesakes)), isResult: true as const }))
  return [...handoffs, ...alone].sort((a, b) => a.index - b.index)
}

const edgeOf = (self: Party, { index, step }: Delegation, judgement: Judgement): Edge & { readonly index: number } => ({
  parent: self.id,
  child: textOf(step, 'child_run_id') ?? '',
  delegation: textOf(step, 'delegation_id'),
  path: `/steps/${index}`,
  judgement,
  index,
})

const hasHandoff = ({ children }: Party, { delegation_id, child_run_id }: JsonObject): boolean =>
  typeof delegation_id === 'string'
    ? children.countOf(delegation_id) > 0
    : children.names(String(child_run_id), undefined)

/** What a handoff says about its child. */
export const claimOf = ({ children, leaves }: Party, { index, step }: Delegation): ChildClaim | undefined => {
  const [child, delegation] = [textOf(step, 'child_run_id'), textOf(step, 'delegation_id')]
  const bytes = leaves[index]
  if (child === undefined || bytes === undefined) return undefined
  return { child, delegation, leaf: digestText(bytes), stated: children.hashesOf(child, delegation) }
}

const judgeHandoff = (self: Party, handoff: Delegation, namesakes: Namesakes): Judgement => {
  const claim = claimOf(self, handoff)
  if (claim === undefined) return { state: 'unresolved' }
  const [stated, ...others] = claim.stated
  const other = others.find((hash) => hash !== stated)
  if (other !== undefined) return conflict('lineage.child_hash', shown(stated), shown(other))
  const pinned = namesakes.pinnedChildren(self, claim)
  const children = pinned.length > 0 ? pinned : namesakes.only(claim.child)
  return settle(
    children.map((child) => ({ judgement: judgeChild(self, handoff.index, claim, child), sealed: child.sealed })),
  )
}

const judgeChild = (self: Party, index: number, { delegation, leaf = '' }: ChildClaim, child: Party): Judgement => {
  const entry = child.parents.entryFor(self.id, delegation, leaf)
  return entry === undefined ? { state: 'parent_only' } : judgeDelegation(self, child, entry, index)
}

const judgeResult = (self: Party, result: JsonObject, namesakes: Namesakes): Judgement => {
  const child = textOf(result, 'child_run_id') ?? ''
  const stated = textOf(result, 'child_record_hash')
  if (namesakes.pinnedChildren(self, { child, stated: stated === undefined ? [] : [stated] }).length > 0)
    return { state: 'parent_only' }
  const [other] = namesakes.only(child)
  if (other === undefined) return { state: 'unresolved' }
  return stated === undefined
    ? { state: 'parent_only' }
    : conflict('lineage.child_hash', shown(stated), shown(other.hash))
}
