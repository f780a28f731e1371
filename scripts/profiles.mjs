// conformance/profiles/<version>.json: which sentences a server, an emitter and a verifier are held to. Who is held to what
// is decided by hand; the digests say with which wording. Frozen by conformance/releases.lock.json once released.
import { readText } from './markdown.mjs'

/** Who can be put to the test, in the order of every listing. */
export const ROLES = ['server', 'emitter', 'verifier']

/** What a sentence can belong to. `core` is asked of everybody in the role, the others of those who declare or claim them. */
export const CAPABILITIES = {
  server: ['core', 'batch', 'journal', 'approvals', 'verify', 'proofs', 'query', 'erasure'],
  emitter: [
    'core',
    'approvals',
    'effects',
    'evals',
    'journal',
    'lineage',
    'privacy',
    'seal',
    'bundle',
    'client',
    'scenarios',
    'sealed',
    'accountable',
  ],
  verifier: ['recorded', 'sealed', 'accountable'],
}

/** Where the profile of a version stands. */
export const profilePath = (version) => `conformance/profiles/${version}.json`

/** The profile of a version, or undefined where there is none. */
export const readProfile = (root, version) => {
  const text = readText(root, profilePath(version))
  return text === '' ? undefined : JSON.parse(text)
}

/** A profile as it stands in its file: a line for each level and each sentence, so that a diff shows what moved. */
export const profileText = ({ profile, roles }) => {
  const block = (lines) => lines.map((line) => `        ${line}`).join(',\n')
  const role = ([name, { levels, requirements }]) => {
    const sentences = Object.entries(requirements).map(([id, sentence]) => `${JSON.stringify(id)}: ${inLine(sentence)}`)
    return `    ${JSON.stringify(name)}: {
      "levels": [
${block(levels.map(inLine))}
      ],
      "requirements": {
${block(sentences)}
      }
    }`
  }
  return `{
  "profile": ${JSON.stringify(profile)},
  "roles": {
${Object.entries(roles).map(role).join(',\n')}
  }
}
`
}

const inLine = (value) => JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "')

/**
 * A draft brought up to date: sentences in their order with the digests of today, and without those that are gone. What a
 * sentence belongs to stays as somebody decided it.
 * @returns {{profile: object, changes: string[]}}
 */
export const refreshProfile = (profile, requirements) => {
  const digests = new Map(requirements.map(({ id, digest }) => [id, digest]))
  const changes = []
  const roles = ROLES.map((role) => {
    const { levels, requirements: sentences } = profile.roles[role]
    const entries = Object.entries(sentences)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([id, { capability, digest: before }]) => {
        const digest = digests.get(id)
        if (digest === undefined) changes.push(`${role}: ${id} is gone`)
        else if (digest !== before) changes.push(`${role}: ${id} ${before ? 'has another wording' : 'is new'}`)
        return digest === undefined ? [] : [[id, { capability, digest }]]
      })
    return [role, { levels, requirements: Object.fromEntries(entries) }]
  })
  return { profile: { profile: profile.profile, roles: Object.fromEntries(roles) }, changes }
}

/** How a profile differs from the sentences of today, one line each. */
export const profileDrift = (profile, requirements) => {
  const known = new Map(requirements.map((requirement) => [requirement.id, requirement]))
  return ROLES.flatMap((role) =>
    Object.entries(profile.roles[role].requirements).flatMap(([id, { digest }]) => {
      const sentence = known.get(id)
      if (sentence === undefined) return [`${role}: ${id} is no sentence of spec/`]
      if (sentence.level === 'MAY') return [`${role}: ${id} is a permission, which nobody can be held to`]
      return sentence.digest === digest ? [] : [`${role}: ${id} has another wording than when it was taken in`]
    }),
  )
}
