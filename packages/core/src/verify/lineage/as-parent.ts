import { stepLeaf } from '../../hash/index.ts'
import { type JsonObject, textOf } from '../../semantics/object.ts'
import type { Delegation } from './claims.ts'
import { judgeDelegation, reused } from './delegation.ts'
import { conflict, type Edge, type Judgement, shown, worst } from './edge.ts'
import type { Parties, Party } from './party.ts'

/** The edges to the runs that a record's steps name as its children, in the order of the steps. */
export const edgesToChildren = (self: Party, parties: Parties): Edge[] => {
  const seen = new Set<string>()
  const handoffs = self.children.handoffs.flatMap((handoff) => {
    const { step } = handoff
    const delegation = textOf(step, 'delegation_id')
    const isSecond = delegation !== undefined && seen.has(delegation)
    if (delegation !== undefined) seen.add(delegation)
    if (typeof step.child_run_id !== 'string') return []
    return [edgeOf(self, handoff, isSecond ? reused('a second handoff') : judgeHandoff(self, handoff, parties))]
  })
  const alone = self.children.results
    .filter(({ step }) => typeof step.child_run_id === 'string' && !hasHandoff(self, step))
    .map((result) => edgeOf(self, result, judgeResult(result.step, parties)))
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

/** The records of a child; where one of them is what the parent says it became, the others only bear its name. */
const recordsOf = (child: string, stated: string | undefined, { byId }: Parties): readonly Party[] => {
  const records = byId.get(child) ?? []
  const meant = records.filter(({ hash }) => stated !== undefined && hash === stated)
  return meant.length > 0 ? meant : records
}

const judgeHandoff = (self: Party, { index, step }: Delegation, parties: Parties): Judgement => {
  const child = textOf(step, 'child_run_id') ?? ''
  const [stated, ...others] = self.children.hashesOf(child, textOf(step, 'delegation_id'))
  const other = others.find((hash) => hash !== stated)
  if (other !== undefined) return conflict('lineage.child_hash', shown(stated), shown(other))
  const judgements = recordsOf(child, stated, parties).map((record) => judgeChild(self, index, step, record))
  if (judgements.length === 0) return { state: 'unresolved' }
  if (judgements.filter(({ state }) => state === 'open').length > 1) return reused('two records that claim it')
  return worst(judgements)
}

const judgeChild = (self: Party, index: number, step: JsonObject, child: Party): Judgement => {
  const entry = child.parents.entryFor(self.id, textOf(step, 'delegation_id'), stepLeaf(step))
  return entry === undefined ? { state: 'parent_only' } : judgeDelegation(self, child, entry, index)
}

const judgeResult = (result: JsonObject, parties: Parties): Judgement => {
  const stated = textOf(result, 'child_record_hash')
  const records = recordsOf(textOf(result, 'child_run_id') ?? '', stated, parties)
  if (records.length === 0) return { state: 'unresolved' }
  const other = stated === undefined ? undefined : records.find(({ hash }) => hash !== stated)
  return other === undefined
    ? { state: 'parent_only' }
    : conflict('lineage.child_hash', shown(stated), shown(other.hash))
}
