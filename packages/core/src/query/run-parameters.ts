import { vocabularies } from '../generated/vocabularies.ts'
import type { FactKind } from './fact.ts'

/** Registered kinds of side effects; others may be used and asked for as well. */
export const sideEffectKinds: readonly string[] = vocabularies['side_effect.kind'] ?? []

/** A filter, as it is spelt on the wire and, with `-` for `_`, on the command line. */
export type RunParameter = Named & Form

interface Named {
  /** What runs are selected by, in a few words. */
  readonly summary: string
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

const filter = (kind: FactKind, summary: string, form: Omit<Named, 'summary'> = {}): RunParameter => ({
  name: kind,
  kind,
  summary,
  ...form,
})

/** An open word, of the registry or `vendor:name`; what was touched may follow. */
const EFFECT = /^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*){0,3}$/

/** Every filter of runs, in the order in which they are listed. Their meanings are those of `spec/query.md`. */
export const runParameters: readonly RunParameter[] = [
  filter('agent_id', 'the agent'),
  filter('status', 'state of the run', {
    values: ['pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'],
  }),
  filter('outcome', 'what came of it', {
    values: ['success', 'failed', 'partial', 'abandoned', 'escalated', 'rolled_back'],
  }),
  { name: 'since', summary: 'started at this time or later' },
  { name: 'until', summary: 'started before this time' },
  filter('task_id', 'the task or ticket'),
  filter('session_id', 'the session'),
  filter('turn_id', 'the turn of a person that the run, or a step of it, belongs to'),
  filter('parent_run_id', 'the run that started it'),
  filter('tag', 'a tag; repeated: all of them', { repeatable: true }),
  filter('model', 'the model that was requested'),
  filter('tool', 'a tool that ran'),
  filter('mcp_server', 'an MCP server that steps ran on'),
  filter('mcp_mounted', 'an MCP server that was offered, used or not'),
  filter('side_effect', 'what it did: write (files), exec, network, …, or KIND:TARGET_KIND', { pattern: EFFECT }),
  filter('target', 'a file, command, host … that it touched'),
  filter('approval', 'how a call was allowed, or that it was denied', {
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
  filter('artifact', 'an artifact, by name or digest'),
  filter('run_hash', 'fingerprint of the configuration'),
  filter('has_error', 'whether something went wrong', { values: ['true', 'false'] }),
  filter('level', 'how far the record is proven', { values: ['none', 'recorded', 'sealed', 'accountable'] }),
]
