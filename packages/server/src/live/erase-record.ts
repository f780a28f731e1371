import type { ErasureReceipt } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { problem } from '../app/problem.ts'
import { signTombstone, statementDocument } from './countersign.ts'
import { currentRun } from './current-run.ts'

/**
 * Erases everything of a run but that it was here: its id is answered with 410 from now on (AR-HTTP-132, AR-HTTP-133).
 * A server with a key leaves a tombstone; of a live run nothing has a name that it could be about.
 * @throws Problem 404 run.unknown, 410 run.erased
 */
export const eraseRecord = async (context: AppContext, tenant: string, id: string): Promise<ErasureReceipt> => {
  const { store, serverKey, clock } = context
  const run = await currentRun(store, tenant, id)
  const at = clock()
  const about = run.state === 'live' ? undefined : (run.recordHash ?? run.documentHash)
  const tombstone =
    serverKey === undefined || about === undefined
      ? undefined
      : await signTombstone(serverKey, about, at, { reason: 'the whole record was erased' })
  const done = await store.eraseRun(
    tenant,
    id,
    {
      scope: 'record',
      tombstone: tombstone && statementDocument(tombstone),
    },
    {},
  )
  if (done === 'unknown') throw problem(404, 'run.unknown')
  if (done === 'already') throw problem(410, 'run.erased')
  return { run_id: id, scope: 'record', erased_at: at, ...(tombstone === undefined ? {} : { tombstone }) }
}
