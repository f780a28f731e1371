import type { TrustedKey } from '@agent-run/types'
import { fits } from './glob.ts'

/** What an entry of a trust file can be restricted to. */
export type Restriction = 'agent' | 'workspace'

/**
 * Why a key does not count for a record, whatever its role: the entry is for other agents, or for other workspaces.
 * `undefined` if neither stands in the way (AR-TRUST-004, AR-TRUST-005, AR-TRUST-010).
 */
export const restrictionOf = (
  { agents, workspaces }: TrustedKey,
  { agent_id, workspace_id }: { readonly agent_id?: unknown; readonly workspace_id?: unknown },
): Restriction | undefined => {
  if (!isFor(agents, agent_id)) return 'agent'
  return isFor(workspaces, workspace_id) ? undefined : 'workspace'
}

const isFor = (patterns: readonly string[] | undefined, name: unknown): boolean =>
  patterns === undefined || (typeof name === 'string' && patterns.some((pattern) => fits(pattern, name)))
