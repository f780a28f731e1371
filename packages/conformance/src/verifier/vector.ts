import type { Json, JsonObject } from '../bytes/json.ts'
import type { VerifierCapability } from './operations.ts'

/** One request to a harness, and what has to come back. */
export interface Vector {
  /** `vectors/hash/run-hash/all-inputs`, `semantics/cost-parts/invalid-1`. */
  readonly id: string
  readonly requirement: string
  /** Level at which it is scored, or the capability that it needs where no level asks for it. */
  readonly capability: VerifierCapability
  readonly op: string
  readonly input: JsonObject
  /** `value`: compared as a whole. `findings`: a set of codes and paths. `verdict`: the parts of a verdict that all verifiers share. */
  readonly compare: 'value' | 'findings' | 'verdict'
  readonly expect: Json
}

/** Names of vectors as the last part of their ids: lower case, hyphens for the rest, the second of two equal ones with `-2`. */
export const slugs = (names: readonly string[]): readonly string[] => {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const slug = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
    const count = (seen.get(slug) ?? 0) + 1
    seen.set(slug, count)
    return count === 1 ? slug : `${slug}-${count}`
  })
}
