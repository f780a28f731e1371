// Every sentence belongs to a role or is excluded; every sentence of a role has a case in that role; every duty has a mutant.
import { CAPABILITIES, profileDrift, profilePath, ROLES } from '../profiles.mjs'
import { readRequirements } from '../requirements.mjs'
import { MATRICES, readRoleCoverage } from '../role-coverage.mjs'

const CLASSES = ['not-observable', 'framework-gap']

/** Faults of the newest profile: against the sentences of spec/, the cases in conformance/ and the matrices of mutants. */
export const check = (root) => {
  const { requirements } = readRequirements(root)
  const { version, profile, entries, roles } = readRoleCoverage(root)
  if (profile === undefined) return [`${profilePath(version)} does not exist; "npm run lock" makes one from the last`]
  const levels = new Map(requirements.map(({ id, level }) => [id, level]))
  const problems = [
    ...profileDrift(profile, requirements),
    ...homeless(requirements, entries, profile),
    ...ROLES.flatMap((role) => roleProblems(role, profile.roles[role], roles[role], levels)),
  ]
  if (problems.length === 0) return []
  return [
    ...problems,
    `Decide by hand who is held to a sentence, and for which capability, in ${profilePath(version)}; "npm run lock" then sets order and digests.`,
  ]
}

/** How much of what is asked of a role is tested, and by how much of that a broken subject was found. */
export const notes = (root) => {
  const { profile, roles } = readRoleCoverage(root)
  if (profile === undefined) return []
  const levels = new Map(readRequirements(root).requirements.map(({ id, level }) => [id, level]))
  const count = (test, of) =>
    ROLES.map((role) => {
      const all = [...roles[role].sentences].filter(([id, sentence]) => of(sentence, id))
      return `${role} ${all.filter(([, sentence]) => test(sentence)).length} of ${all.length}`
    }).join(' · ')
  const isTested = ({ cases }) => cases.length > 0
  const untested = ROLES.flatMap((role) => {
    const ids = [...roles[role].sentences].filter(([, sentence]) => !isTested(sentence)).map(([id]) => id)
    return ids.length === 0 ? [] : [`${role}, without cases: ${ids.join(' ')}`]
  })
  const isDuty = (sentence, id) => isTested(sentence) && levels.get(id) === 'MUST'
  return [
    `${count(isTested, () => true)} sentences have cases`,
    ...untested,
    `${count(({ mutants }) => mutants > 0, isDuty)} duties with cases have mutants`,
  ]
}

/** Sentences that nobody is held to and that nobody has excluded. */
const homeless = (requirements, entries, { roles }) =>
  requirements
    .filter(({ level }) => level !== 'MAY')
    .flatMap(({ id }) => {
      const scored = ROLES.filter((role) => id in roles[role].requirements)
      const { excluded, excluded_for = {} } = entries[id] ?? {}
      if (excluded && scored.length > 0) return [`${id} is excluded as a whole and asked of ${scored.join(', ')}`]
      if (excluded || scored.length > 0 || Object.keys(excluded_for).length > 0) return []
      return [`${id} is asked of no role and not excluded`]
    })

const roleProblems = (role, { levels: named, requirements }, { hasMatrix, sentences }, levels) => {
  const known = CAPABILITIES[role]
  const problems = named.flatMap(({ name, capabilities }) =>
    capabilities
      .filter((each) => !known.includes(each))
      .map((each) => `level ${name} has a capability "${each}" that is none of a ${role}`),
  )
  for (const [id, { capability }] of Object.entries(requirements))
    if (!known.includes(capability)) problems.push(`${id} belongs to "${capability}", which is no capability`)
  for (const [id, sentence] of sentences) problems.push(...sentenceProblems(id, sentence, levels.get(id), hasMatrix))
  if (!hasMatrix) problems.push(`${MATRICES[role]} does not exist`)
  return problems.map((problem) => `${role}: ${problem}`)
}

const sentenceProblems = (id, { scored, cases, mutants, excluded, withoutMutant }, level, hasMatrix) => {
  const problems = []
  if (excluded) {
    if (scored) problems.push(`${id} is both excluded and in the profile`)
    if (cases.length > 0) problems.push(`${id} is excluded and has cases`)
    if (!CLASSES.includes(excluded.class))
      problems.push(`${id} is excluded with a class other than ${CLASSES.join(', ')}`)
    if ((excluded.reason ?? '').trim().length < 20) problems.push(`${id} is excluded without a reason`)
    return problems
  }
  if (cases.length === 0) problems.push(`${id} has no case; add one, or exclude it in coverage.json with a reason`)
  if (!scored) problems.push(`${id} has cases and is not in the profile`)
  const isDuty = level === 'MUST' && cases.length > 0
  if (isDuty && hasMatrix && mutants === 0 && (withoutMutant ?? '').trim().length < 20)
    problems.push(`${id} has no mutant; make one, or say in coverage.json why not`)
  if (withoutMutant !== undefined && mutants > 0) problems.push(`${id} has a mutant and a reason for having none`)
  return problems
}
