import type { LineageEdge } from '@agent-run/types'
import type { JsonObject } from '../../semantics/object.ts'
import type { Evidence } from '../evidence.ts'
import { checkAncestors } from './ancestors.ts'
import { edgesToParents } from './as-child.ts'
import { edgesToChildren } from './as-parent.ts'
import { findCycles } from './cycles.ts'
import { type Conflict, conflict, type Edge, lineageRules, worst } from './edge.ts'
import { namesakesOf } from './namesakes.ts'
import { type Computed, partiesOf, partyOf } from './party.ts'

/** What can be said about where a record comes from and what it led to. */
export interface Lineage {
  readonly edges: readonly LineageEdge[]
  /** The first contradiction, by the order of the rules and then of the edges. */
  readonly conflict?: Conflict & { readonly path: string }
  /** Comparisons that were made: edges whose other end is known, and ancestors. */
  readonly compared: number
}

/**
 * Follows a record's lineage both ways through records that the caller gives (AR-LIN-001 to AR-LIN-007). Those records are
 * not trusted: one whose seal does not hold is as if not given, one without a seal can give at most `open`, and of several
 * with one id only those count that are pinned by more than the id. Only what the record itself claims is an edge. Who answers for a related record is not looked at: verify that record.
 * @param run valid by its schema
 * @param related records of parents and children, in any order, of anybody
 * @param computed what was computed of `run` already
 */
export const resolveLineage = (
  run: JsonObject,
  related: readonly unknown[],
  evidence: Evidence,
  computed?: Computed,
): Lineage => {
  const self = partyOf(run, evidence, computed)
  const namesakes = namesakesOf(partiesOf(self, related, evidence))
  const cycles = findCycles(self, namesakes)
  const edges: Edge[] = [
    ...edgesToParents(self, namesakes).map((edge) => withCycle(edge, cycles.up.has(edge.parent))),
    ...edgesToChildren(self, namesakes).map((edge) => withCycle(edge, !edge.isResult && cycles.down.has(edge.child))),
  ]
  const ancestors = checkAncestors(self, namesakes)
  const contradictions = edges.flatMap(({ path, judgement }) =>
    judgement.state === 'conflict' ? [{ ...judgement, path }] : [],
  )
  if (ancestors.conflict) contradictions.push({ state: 'conflict', ...ancestors.conflict })
  const [first] = contradictions.sort((a, b) => lineageRules.indexOf(a.code) - lineageRules.indexOf(b.code))
  const known = edges.filter(({ judgement }) => judgement.state !== 'unresolved').length
  const lineage = { edges: edges.map(edgeOf), compared: known + ancestors.compared }
  if (first === undefined) return lineage
  const { code, path, expected, found } = first
  return { ...lineage, conflict: { code, path, expected, found } }
}

const withCycle = (edge: Edge, isCyclic: boolean): Edge =>
  isCyclic ? { ...edge, judgement: worst([edge.judgement, conflict('lineage.cycle', 'no cycle', 'a way back')]) } : edge

const edgeOf = ({ parent, child, delegation, path, judgement }: Edge): LineageEdge => ({
  parent_run_id: parent,
  child_run_id: child,
  ...(delegation === undefined ? {} : { delegation_id: delegation }),
  state: judgement.state,
  path,
  ...(judgement.state === 'conflict' ? { code: judgement.code } : {}),
})
