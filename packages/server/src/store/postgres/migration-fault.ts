import { AgentRunError } from '@agent-run/core'
import type { MigrationState } from '../store.ts'

/** Why a store is not written to before it is migrated, or by an older server than migrated it. */
export const behind = ({ pending, unknown }: MigrationState): AgentRunError =>
  new AgentRunError(
    'store.read_only',
    unknown.length > 0
      ? `A newer agent-run-server has migrated this store (${unknown.join(', ')}). This one only reads it; start the newer one.`
      : `The store takes no writes before it is migrated (${pending.join(', ')}): agent-run-server migrate up.`,
  )
