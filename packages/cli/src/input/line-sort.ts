/** What a JSON value among records can be. */
export type LineSort =
  | 'record'
  | 'statement'
  | 'eval'
  | 'batch_proof'
  | 'step_proof'
  | 'journal_line'
  | 'envelope'
  | 'trust'

/** The sort of a value, from its members alone. What is none of the others is taken for a record, a broken one perhaps. */
export function sortOf(value: unknown): LineSort {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'record'
  const has = (name: string): boolean => Object.hasOwn(value, name)
  if (has('steps')) return 'record'
  if (has('agent_run_proof')) return 'step_proof'
  if (has('index') && has('path')) return 'batch_proof'
  if (has('kind') && has('about')) return 'statement'
  if (has('pass') && has('score')) return 'eval'
  if (has('seq') && has('prev') && has('data')) return 'journal_line'
  if (has('payloadType') && has('signatures')) return 'envelope'
  return has('agent_run_trust') ? 'trust' : 'record'
}
