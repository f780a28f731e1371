import type { Trust, TrustedKey } from '@agent-run/types'
import type { BenchKey, BenchRun } from '../trial.ts'
import { groupBy } from './group.ts'

/**
 * Whom to believe about the results: the keys that signed evaluations, the record of the bench run, and the answers to
 * what runtimes asked. Not those of runtimes: who puts one to the test need not know its keys.
 */
export const trustOf = ({ id, keys }: Pick<BenchRun, 'id' | 'keys'>): Trust => ({
  agent_run_trust: '1.0',
  keys: Array.from(
    groupBy(keys, ({ did }) => did),
    ([key, uses]) => ({
      key,
      identity: identityOf(uses, id),
      roles: [...new Set(uses.flatMap(({ role }) => ROLES[role]))],
    }),
  ),
})

/** The evaluator also seals the record of the bench run. */
const ROLES: Readonly<Record<BenchKey['role'], TrustedKey['roles']>> = {
  evaluator: ['evaluator', 'runtime'],
  approver: ['approver'],
}

const identityOf = ([first]: readonly BenchKey[], id: string): string => {
  const what = first?.role === 'approver' ? 'answers' : 'judge'
  return first?.own ? `${what}, own key` : `${what}, key made for ${id}`
}
