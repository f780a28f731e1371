import { vocabularies } from '../generated/vocabularies.ts'
import type { FactKind } from './fact.ts'

/** Registered kinds of side effects; others may be used and asked for as well. */
export const sideEffectKinds: readonly string[] = vocabularies['side_effect.kind'] ?? []

/** A filter, as it is spelt on the wire and, with `-` for `_`, on the command line. */
export type RunParameter = Values & Form

interface Values {
  /** The only values there are. */
  readonly values?: readonly string[]
  /** The form of its values, where they are open. */
  readonly pattern?: RegExp
  /** Whether it may be given more than once; all values must hold. */
  readonly repeatable?: true
}

type Form =
  | { readonly name: FactKind; readonly kind: FactKind }
  /** A bound on time, no fact. */
  | { readonly name: 'since' | 'until'; readonly kind?: undefined }

const filter = (kind: FactKind, form: Values = {}): RunParameter => ({ name: kind, kind, ...form })

/** An open word, of the registry or `vendor:name`; what was touched may follow. */
const EFFECT = /^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*){0,3}$/

/** Every filter of runs, in the order in which they are listed. Their meanings are those of `spec/query.md`. */
export const runParameters: readonly RunParameter[] = [
  filter('agent_id'),
  filter('status', {
    values: ['pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'],
  }),
  filter('outcome', {
    values: ['success', 'failed', 'partial', 'abandoned', 'escalated', 'rolled_back'],
  }),
  { name: 'since' },
  { name: 'until' },
  filter('task_id'),
  filter('session_id'),
  filter('turn_id'),
  filter('parent_run_id'),
  filter('tag', { repeatable: true }),
  filter('model'),
  filter('tool'),
  filter('mcp_server'),
  filter('mcp_mounted'),
  filter('side_effect', { pattern: EFFECT }),
  filter('target'),
  filter('approval', {
    values: [
      'not_required',
      'requested',
      'approved',
      'auto_approved',
      'denied',
      'denied:person',
      'denied:policy',
      'expired',
      'cancelled',
      'escalated',
      'revoked',
    ],
  }),
  filter('artifact'),
  filter('run_hash'),
  filter('has_error', { values: ['true', 'false'] }),
  filter('level', { values: ['none', 'recorded', 'sealed', 'accountable'] }),
]
