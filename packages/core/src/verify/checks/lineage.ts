import type { LineageEdge } from '@agent-run/types'
import type { VerifyContext } from '../context.ts'
import { type LineageRule, resolveLineage } from '../lineage/index.ts'
import { absent, fail, type Outcome, pass, unknown } from '../outcome.ts'

const contradictions: Readonly<Record<LineageRule, string>> = {
  'lineage.leaf': 'the parent does not know this delegation to this child',
  'lineage.delegation_reused': 'one delegation_id is used twice',
  'lineage.child_hash': 'the parent speaks of another record of its child',
  'lineage.parent_hash': 'the given parent is not the record that is named',
  'lineage.cycle': 'a run is its own ancestor',
  'lineage.ancestors': 'what is said about the ancestors is not what they say',
}

const open: Readonly<Record<Exclude<LineageEdge['state'], 'mutual' | 'chained' | 'conflict'>, string>> = {
  open: 'the parent does not say how the child ended',
  child_only: 'only the child speaks of the link',
  parent_only: 'only the parent speaks of the link',
  unresolved: 'no record was given that is surely the other end',
}

/** Links to parents and children, both ways (AR-LIN-001 to AR-LIN-007); tells the context the edges. */
export const checkLineage = (context: VerifyContext): Outcome => {
  const { run, options, evidence } = context
  const { edges, conflict, compared } = resolveLineage(run, options.related ?? [], evidence, {
    hash: context.sealed ? context.recordHash : undefined,
    leaves: () => context.leaves,
  })
  for (const edge of edges) context.edges.push(edge)
  if (conflict) return fail({ ...conflict, detail: contradictions[conflict.code] }, compared)
  if (edges.length === 0) return absent('no parent and no child')
  for (const { state, path = '' } of edges)
    if (state !== 'mutual' && state !== 'chained' && state !== 'conflict')
      return unknown({ code: `lineage.${state}`, path, detail: open[state] }, compared)
  return pass(`${edges.length} ${edges.length === 1 ? 'link' : 'links'}, each as both records say`, compared)
}
