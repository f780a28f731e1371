import type { Completeness } from '@agent-run/types'
import { openStatuses } from '../seal/index.ts'
import type { VerifyContext } from './context.ts'

/** Whether a record is whole, or how far it goes. The first state that fits counts (`spec/verdict.md`). */
export const completenessOf = ({ run, sealed, previous, boundJournal }: VerifyContext): Completeness => {
  const passes = (check: 'record' | 'journal'): boolean => previous.get(check)?.result === 'pass'
  if (sealed && passes('record')) return { state: 'sealed' }
  if (passes('journal')) {
    const n = boundJournal?.outcome.checkpoint
    return n === undefined ? { state: 'open' } : { state: 'checkpointed', n }
  }
  if (openStatuses.has(run.status)) return { state: 'open' }
  return { state: run.status === 'interrupted' ? 'interrupted' : 'unsealed' }
}
