import type { SchemaName } from '@agent-run/core/validate'
import { type LineSort, sortOf } from '../input/line-sort.ts'

const schemas: Readonly<Partial<Record<LineSort, SchemaName>>> = {
  statement: 'statement',
  eval: 'eval',
  batch_proof: 'batch-proof',
  step_proof: 'step-proof',
  journal_line: 'journal-line',
  trust: 'trust',
}

/**
 * The schema of a value that is no record: of a line of a bundle or journal, of a proof or a trust file. Undefined for a
 * record, also a broken one, and for what nobody knows.
 */
export function schemaOf(value: unknown): SchemaName | undefined {
  const isPrivateLine = typeof value === 'object' && value !== null && Object.hasOwn(value, 'private')
  return schemas[sortOf(value)] ?? (isPrivateLine ? 'private-line' : undefined)
}

/** Members of which every record has some. Others have an `id` or a `status` as well. */
const TELLING = ['agent_id', 'steps', 'provenance', 'cost']

/** Whether a value is nothing of this standard, so that listing the members it lacks would help nobody. */
export function isForeign(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return schemaOf(value) === undefined && TELLING.every((member) => !Object.hasOwn(value, member))
}
