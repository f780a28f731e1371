import type { Subject } from './outcome.ts'

/** What a report says about a record beside its verdict. Of anything: a record may be broken in any way. */
export function subjectOf(value: unknown): Subject {
  const run = objectOf(value)
  const provenance = objectOf(run['provenance'])
  const source = objectOf(run['source'])
  return {
    id: textOf(run['id']),
    agentId: textOf(run['agent_id']),
    status: textOf(run['status']),
    steps: Array.isArray(run['steps']) ? run['steps'].length : 0,
    sealedAt: textOf(provenance['sealed_at']),
    signedBy: textOf(provenance['signed_by']),
    convertedFrom: 'source' in run ? (textOf(source['format']) ?? 'another format') : undefined,
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** Longest text that is shown of an identifier, in UTF-16 units. */
const SHOWN = 200

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? (value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value) : undefined
