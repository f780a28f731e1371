// What tests each sentence in each role, and which broken subject each test finds: put together from the profile, the cases,
// conformance/coverage.json and the matrices of mutants.
import { readCases } from './cases.mjs'
import { readText } from './markdown.mjs'
import { ROLES, readProfile } from './profiles.mjs'
import { readLock } from './releases.mjs'

/** Which cases find which broken subjects, by role. */
export const MATRICES = {
  server: 'conformance/cases/http/mutants.json',
  emitter: 'conformance/emitter-mutants.json',
  verifier: 'conformance/verifier-mutants.json',
}

/**
 * Coverage of the newest version.
 * @param emitterList text of `emitter-checks.json`, where it is not yet written
 * @returns {{version: string, profile: object | undefined, roles: Record<string, object>}} by role: `sentences`, a map from the
 *   id of each sentence that the role is held to or has a case for to `{scored, cases, mutants, excluded, withoutMutant}`
 */
export const readRoleCoverage = (root, emitterList) => {
  const { version } = readLock(root).at(-1)
  const profile = readProfile(root, version)
  const entries = JSON.parse(readText(root, 'conformance/coverage.json') || '{"requirements":{}}').requirements
  const cases = readCases(root, emitterList)
  const ofRole = (role) => {
    const scored = profile?.roles[role].requirements ?? {}
    const own = cases.filter((each) => each.role === role)
    const excluded = (id) => entries[id]?.excluded_for?.[role]
    const killed = requirementsKilled(root, role, own)
    const ids = new Set([
      ...Object.keys(scored),
      ...Object.keys(entries).filter((id) => excluded(id) !== undefined),
      ...own.map(({ requirement }) => requirement),
    ])
    const sentence = (id) => ({
      scored: scored[id],
      cases: own.filter(({ requirement }) => requirement === id),
      mutants: killed?.get(id) ?? 0,
      excluded: excluded(id),
      withoutMutant: entries[id]?.no_mutant_for?.[role],
    })
    return {
      hasMatrix: killed !== undefined,
      sentences: new Map([...ids].sort().map((id) => [id, sentence(id)])),
    }
  }
  return { version, profile, entries, roles: Object.fromEntries(ROLES.map((role) => [role, ofRole(role)])) }
}

/** Sentence → how many mutants its cases find; undefined where there is no matrix. */
const requirementsKilled = (root, role, cases) => {
  const text = readText(root, MATRICES[role])
  if (text === '') return undefined
  // The matrix of the servers names cases by the last part of their ids, which is enough there.
  const about = new Map(
    cases.flatMap(({ id, requirement }) => [
      [id.split('/').at(-1), requirement],
      [id, requirement],
    ]),
  )
  const killed = new Map()
  for (const { killed_by } of JSON.parse(text)) {
    for (const requirement of new Set(killed_by.map((name) => about.get(name))))
      killed.set(requirement, (killed.get(requirement) ?? 0) + 1)
  }
  return killed
}

/** Number of cases by the beginning that their ids share: `{"vectors/read/utf8": 20}`. */
export const casesByGroup = (cases) => {
  const groups = {}
  for (const { group } of cases) groups[group] = (groups[group] ?? 0) + 1
  return Object.fromEntries(Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1)))
}
