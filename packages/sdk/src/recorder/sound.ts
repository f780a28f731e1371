import { checkSemantics, type Finding } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { Faults } from './faults.ts'

/** Where an object stands in the record, and what stands around it as far as rules look at both. */
export interface Surroundings<T> {
  /** The parts of a record with the object in its place. */
  readonly around: (object: T) => Partial<AgentRun>
  /** JSON Pointer of the object's place; empty for the run itself. */
  readonly path: string
  /** Members that cannot be left out: at fault, they cost the whole object. */
  readonly essential?: readonly string[]
}

/**
 * Keeps to the semantic rules as `keepValid` keeps to the schemas, so that nobody's slip keeps the record from being
 * sealed: members at fault are left out, each a fault of the recorder. References are `keepReferences`' matter.
 *
 * @param object valid by its schema
 * @returns the object, a copy without the members at fault, or `undefined` if it cannot be saved that way
 */
export function keepSound<T extends object>(
  what: string,
  object: T,
  { around, path, essential = [] }: Surroundings<T>,
  faults: Faults,
): T | undefined {
  let kept = object
  for (let round = 0; round < 8; round++) {
    const found = errorsOf(around(kept))
    if (found.length === 0) return kept
    const wrong = new Set(found.map((finding) => memberAt(finding.path, path)))
    const removable = [...wrong].filter((name) => Object.hasOwn(kept, name) && !essential.includes(name))
    if (removable.length < wrong.size) {
      faults.report('recorder.object_refused', `what was given as ${what} breaks ${found[0]?.code} and is not recorded`)
      return undefined
    }
    for (const name of removable)
      faults.report('recorder.member_refused', `${what}: ${name} is not what the standard allows and is left out`)
    kept = Object.fromEntries(Object.entries(kept).filter(([name]) => !wrong.has(name))) as T
  }
  return undefined
}

/** A run that breaks no rule. */
const blank: AgentRun = {
  id: '-',
  spec_version: '1.0',
  agent_id: '-',
  status: 'running',
  started_at: null,
  steps: [],
  cost: { input_tokens: null, output_tokens: null },
  provenance: { run_hash: '-' },
}

/** Errors that the semantic rules find in parts of a record, those about references aside. */
export const errorsOf = (parts: Partial<AgentRun>): Finding[] =>
  checkSemantics({ ...blank, ...parts }, 50).filter(
    ({ severity, code }) => severity === 'error' && !code.startsWith('reference.'),
  )

/** The member of the object at which a finding points; empty if it points elsewhere. */
const memberAt = (found: string, place: string): string =>
  found.startsWith(`${place}/`)
    ? (found.slice(place.length + 1).split('/')[0] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
    : ''
