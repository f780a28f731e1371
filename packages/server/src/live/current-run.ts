import { problem } from '../app/problem.ts'
import type { Store, StoredRun } from '../store/store.ts'

/**
 * The run of an id.
 * @throws Problem 404 run.unknown (AR-HTTP-030), 410 run.erased (AR-HTTP-132)
 */
export const currentRun = async (store: Store, tenant: string, id: string): Promise<StoredRun> => {
  const run = await store.readRun(tenant, id)
  if (run === undefined) throw problem(404, 'run.unknown')
  if (run.state === 'erased') throw problem(410, 'run.erased')
  return run
}
