import type { JsonObject } from '../bytes/json.ts'
import { didKey, seedOf } from '../bytes/sign.ts'

/** Whose keys a scenario has: everybody can compute them, so they prove nothing outside of it. */
const PEOPLE = {
  recorder: 'scenario recorder',
  approver: 'scenario approver',
  evaluator: 'scenario evaluator',
} as const

/** Name that the seed of the scenario's approver is made of. */
export const APPROVER: string = PEOPLE.approver

/** The keys that a runtime may use in a scenario, as they stand in its script: seed in hexadecimal and did:key. */
export const scenarioKeys = (): JsonObject =>
  Object.fromEntries(
    Object.entries(PEOPLE).map(([role, name]) => {
      const seed = seedOf(name)
      return [role, { seed: Buffer.from(seed).toString('hex'), did: didKey(seed) }]
    }),
  )

/** A trust file that knows these keys, and those of a trust file that was given. */
export const scenarioTrust = (given: JsonObject | undefined): JsonObject => {
  const own = Object.entries(PEOPLE).map(([role, name]) => ({
    key: didKey(seedOf(name)),
    identity: `${role} of the scenarios`,
    roles: [role],
  }))
  const others = Array.isArray(given?.keys) ? given.keys : []
  return { agent_run_trust: '1.0', ...given, keys: [...others, ...own] }
}
