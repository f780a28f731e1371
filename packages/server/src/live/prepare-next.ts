import { type Journal, verify } from '@agent-run/core'
import type { AgentRun, Statement } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { prepareRun } from '../receive/prepare-run.ts'
import type { NewRun, StoredRun } from '../store/store.ts'
import { journalOf } from './record.ts'
import { statementsOf } from './statements.ts'

/**
 * What a stored run becomes with another record: everything computed anew, by the journal and the statements that the
 * server has. When it was received stays, and so does what was countersigned.
 * @param record valid, of the same id
 * @param more statements that will be stored with it
 */
export const prepareNext = async (
  context: AppContext,
  tenant: string,
  run: StoredRun,
  record: AgentRun,
  more: readonly Statement[] = [],
): Promise<NewRun> => {
  const { store, clock } = context
  const journal = run.journal === undefined ? undefined : await journalOf(store, tenant, run)
  const statements = [...(await statementsOf(store, tenant, run.id)), ...more]
  const { received: _, ...next } = await prepareRun(record, {
    clock,
    serverKey: undefined,
    verifier: (input) => verify(input, verifyOptions(context, journal, statements)),
  })
  return { ...next, summary: { ...next.summary, received_at: run.receivedAt } }
}

/** How this server verifies: by its trust file, and asking only for what is true. */
export const verifyOptions = (
  { trust, clock }: Pick<AppContext, 'trust' | 'clock'>,
  journal: Journal | undefined,
  statements: readonly Statement[],
): NonNullable<Parameters<typeof verify>[1]> => ({
  level: 'none',
  now: clock,
  statements,
  ...(trust === undefined ? {} : { trust }),
  ...(journal === undefined ? {} : { journal }),
})
