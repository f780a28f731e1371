import type { LineageEdge } from '@agent-run/types'

/** How far an edge can be checked, from the worst to the best. */
export const states = ['conflict', 'child_only', 'parent_only', 'unresolved', 'open', 'chained', 'mutual'] as const

/** State of an edge (AR-LIN-001). */
export type EdgeState = LineageEdge['state']

/** Rules that an edge or the ancestors can contradict, in the order in which contradictions are looked for. */
export const lineageRules = [
  'lineage.leaf',
  'lineage.delegation_reused',
  'lineage.child_hash',
  'lineage.parent_hash',
  'lineage.cycle',
  'lineage.ancestors',
] as const

/** Code of such a rule. */
export type LineageRule = (typeof lineageRules)[number]

/** A contradiction: what was expected and found, in words or as a hash. */
export interface Conflict {
  readonly code: LineageRule
  readonly expected: string
  readonly found: string
}

/** How an edge was judged; a conflict says why. */
export type Judgement = { readonly state: Exclude<EdgeState, 'conflict'> } | ({ readonly state: 'conflict' } & Conflict)

/** An edge of the record, its place in it and its judgement. */
export interface Edge {
  readonly parent: string
  readonly child: string
  readonly delegation: string | undefined
  readonly path: string
  readonly judgement: Judgement
  /** Whether only a result of the child speaks of it: no handoff that could be followed. */
  readonly isResult?: true
}

const DIGEST = /^(?:sha256:)?[0-9a-f]{64}$/

/** A hash as it may be shown; of a text that is none, or of none, only that. */
export const shown = (hash: unknown): string =>
  hash === undefined ? 'none' : typeof hash === 'string' && DIGEST.test(hash) ? hash : 'something that is no hash'

/** A judgement of conflict. */
export const conflict = (code: LineageRule, expected: string, found: string): Judgement => ({
  state: 'conflict',
  code,
  expected,
  found,
})

/** The worst of several judgements; of several conflicts the one whose rule comes first. */
export const worst = (judgements: readonly Judgement[]): Judgement =>
  judgements.reduce((a, b) => (rank(b) < rank(a) ? b : a))

const rank = (judgement: Judgement): number =>
  judgement.state === 'conflict'
    ? lineageRules.indexOf(judgement.code) - lineageRules.length
    : states.indexOf(judgement.state)

/**
 * What becomes of an edge whose other end may be one of several records, each judged by itself. They are in conflict only
 * if all are; where some are, nothing says which of them is meant: neither a fault nor a proof. Beside a sealed one those
 * without a seal do not count.
 */
export const settle = (judged: readonly { readonly judgement: Judgement; readonly sealed: boolean }[]): Judgement => {
  const [first] = judged
  if (first === undefined) return { state: 'unresolved' }
  const fitting = judged.filter(({ judgement }) => judgement.state !== 'conflict')
  if (fitting.length === 0) return worst(judged.map(({ judgement }) => judgement))
  const sealed = fitting.filter((each) => each.sealed)
  const settled = worst((sealed.length > 0 ? sealed : fitting).map(({ judgement }) => judgement))
  return fitting.length < judged.length ? worst([settled, { state: 'unresolved' }]) : settled
}
