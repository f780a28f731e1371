import { setImmediate } from 'node:timers/promises'
import { verify } from '@agent-run/core'
import type { AgentRun, Verdict } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import type { Store, StoredRun } from '../store/store.ts'
import type { LiveState } from './increment.ts'
import { verifyOptions } from './prepare-next.ts'
import { journalOf, recordIfThere, recordOf } from './record.ts'
import { statementsOf } from './statements.ts'

/** Most parents and children that are looked at, and the octets that their records may have together. */
const MOST_RELATED = 100
const MOST_OCTETS = 16 * 1024 * 1024

/**
 * Verifies exactly the octets that are stored, with the journal, the statements, and the parents and children that this
 * tenant has here, by the server's trust file (AR-HTTP-100). Of related records no more than a bounded part is read; edges to
 * the others stay unknown, and the verdict says so.
 */
export const verifyRun = async (context: AppContext, tenant: string, run: StoredRun): Promise<Verdict> => {
  const { store } = context
  const { body } = await recordOf(store, tenant, run)
  const record = JSON.parse(Buffer.from(body).toString('utf8')) as AgentRun
  const journal = run.journal === undefined ? undefined : await journalOf(store, tenant, run)
  const statements = await statementsOf(store, tenant, run.id)
  const related = await relatedOf(store, tenant, record)
  const others = (await Promise.all(related.map(({ id }) => statementsOf(store, tenant, id)))).flat()
  return verify(body, { ...verifyOptions(context, journal, [...statements, ...others]), related })
}

/** Parents that the record names and children that its steps name, as far as they are here. */
const relatedOf = async (store: Store, tenant: string, { id, steps, provenance }: AgentRun): Promise<AgentRun[]> => {
  const ids = new Set<string>()
  for (const { run_id } of provenance.parents ?? []) if (run_id !== undefined) ids.add(run_id)
  for (const { child_run_id } of steps) if (child_run_id !== undefined) ids.add(child_run_id)
  ids.delete(id)
  const found: AgentRun[] = []
  let left = MOST_OCTETS
  for (const each of [...ids].slice(0, MOST_RELATED)) {
    const run = await store.readRun(tenant, each)
    if (run === undefined || run.state === 'erased') continue
    if (sizeOf(run) > left) break
    left -= sizeOf(run)
    const related = await recordIfThere(store, tenant, run)
    if (related !== undefined) found.push(related)
    // Others have their turn between two records.
    await setImmediate()
  }
  return found
}

/** Octets to be read for the record of a run. */
const sizeOf = (run: StoredRun): number =>
  run.state === 'live' ? ((run.journal as LiveState | undefined)?.octets ?? 0) : run.body.length
