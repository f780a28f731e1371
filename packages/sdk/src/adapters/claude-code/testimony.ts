import type { PolicyDecision } from '@agent-run/types'
import type { Moment } from '../../conversion/time.ts'

/** How surely something is known: it was seen, or a converter concluded it. */
export type Basis = 'observed' | 'inferred'

/** What a machine decided about a call: a hook, a rule, a classifier. */
export interface Ruling {
  readonly decider: NonNullable<PolicyDecision['decider']>
  readonly verdict: PolicyDecision['verdict']
  /** What the client was told. Absent: nothing, the verdict was only noted. */
  readonly answered: 'allow' | 'deny' | 'ask' | undefined
  /** The client had asked before: the answer took the place of a person's. */
  readonly insteadOfPerson: boolean
  readonly matched?: PolicyDecision['matched']
  readonly ruleIds?: readonly string[]
  readonly policy?: PolicyDecision['policy']
  readonly reason?: string | undefined
  readonly at: Moment | undefined
  readonly basis: Basis
}

/** What a person decided about a call. */
export interface Choice {
  /** `aborted`: the question was closed without an answer. */
  readonly answer: 'accepted' | 'rejected' | 'aborted'
  /** A permission that the person had given for more than this call, or gave with it: which of them is not said. */
  readonly standing: boolean
  readonly at: Moment | undefined
  readonly basis: Basis
}

/** What others than the transcript say about one call. */
export interface Testimony {
  /** A dialog was shown that asks a person. */
  asked: { readonly at: Moment | undefined } | undefined
  /** Whoever watched would have seen a dialog, and saw the call from its beginning. */
  watched: boolean
  /** Permission mode in force. */
  mode: string | undefined
  /** The call ran: when that ended, and how long it took, without the time it waited. */
  ran: { readonly at: Moment | undefined; readonly durationMs: number | undefined } | undefined
  choice: Choice | undefined
  readonly rulings: Ruling[]
}

/** Nothing is said yet. */
export const noTestimony = (): Testimony => ({
  asked: undefined,
  watched: false,
  mode: undefined,
  ran: undefined,
  choice: undefined,
  rulings: [],
})
