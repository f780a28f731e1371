// Every normative sentence is tied to what tests it, or says why nothing can; an edited sentence asks for review.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryFiles } from '../files.mjs'
import { readText } from '../markdown.mjs'
import { resolvePointer } from '../pointer.mjs'
import { readRequirements } from '../requirements.mjs'

/** `checks` are programs that a list of conformance/ describes, and the expectations of scenarios. */
const EVIDENCE = ['schema', 'cases', 'vectors', 'checks', 'tests']
/** The last two say what holds for one role alone; scripts/check/profiles.mjs reads them. */
const MEMBERS = new Set(['digest', ...EVIDENCE, 'excluded', 'excluded_for', 'no_mutant_for'])
const CLASSES = ['not-observable', 'framework-gap']

/** Faults of `conformance/coverage.json` against the sentences of spec/. */
export const check = (root) => {
  const { requirements } = readRequirements(root)
  const text = readText(root, 'conformance/coverage.json')
  if (text === '') return ['conformance/coverage.json does not exist']
  const entries = JSON.parse(text).requirements
  const known = new Set(requirements.map(({ id }) => id))
  return [
    ...Object.keys(entries)
      .filter((id) => !known.has(id))
      .map((id) => `coverage.json: ${id} is no sentence of spec/`),
    ...strayData(root, entries),
    ...requirements.flatMap((requirement) => {
      const entry = entries[requirement.id]
      // What a sentence merely permits needs no proof, but what is said about it has to be right.
      if (!entry) return requirement.level === 'MAY' ? [] : [`coverage.json: ${requirement.id} has no entry`]
      return entryProblems(root, requirement, entry).map((problem) => `coverage.json: ${requirement.id} ${problem}`)
    }),
  ]
}

const entryProblems = (root, { id, digest, level }, entry) => {
  const problems = Object.keys(entry)
    .filter((member) => !MEMBERS.has(member))
    .map((member) => `has a member "${member}" that nobody reads`)
  if (entry.digest !== digest) {
    problems.push(`was reviewed against another wording; review what tests it and set the digest to ${digest}`)
  }
  const evidence = EVIDENCE.flatMap((member) => (entry[member] ?? []).map((place) => ({ member, place })))
  if (entry.excluded) {
    if (!CLASSES.includes(entry.excluded.class))
      problems.push(`is excluded with a class other than ${CLASSES.join(', ')}`)
    if ((entry.excluded.reason ?? '').trim().length < 20) problems.push('is excluded without a reason')
    if (evidence.length > 0) problems.push('is tested and excluded at once')
    if (entry.excluded_for) problems.push('is excluded as a whole and for single roles')
  } else if (evidence.length === 0 && level !== 'MAY') problems.push('is tied to nothing and not excluded')
  for (const { member, place } of evidence) problems.push(...placeProblems(root, id, member, place))
  return problems
}

const placeProblems = (root, id, member, place) => {
  if (member === 'schema') {
    const [file, pointer] = place.split('#')
    const schema = readText(root, `schemas/${file}`)
    if (schema === '' || resolvePointer(JSON.parse(schema), pointer) === undefined)
      return [`names ${place}, which no schema has`]
    return []
  }
  const path = member === 'tests' ? place : `conformance/${place}`
  if (!existsSync(join(root, path))) return [`names ${path}, which does not exist`]
  if (member === 'tests') return []
  const files = isFolder(place) ? dataIn(root, path) : [path]
  return files.some((file) => subjectsOf(root, file).has(id)) ? [] : [`names ${path}, which is not about it`]
}

/** A place that ends in a slash stands for everything in that folder that is about the sentence. */
const isFolder = (place) => place.endsWith('/')

const dataIn = (root, folder) => repositoryFiles(root, folder).filter((path) => path.endsWith('.json'))

/** Sentences that a file of cases, vectors or checks, or a scenario says it is about; a manifest is about none. */
const subjectsOf = (root, path) => {
  const entries = [JSON.parse(readText(root, path))].flat()
  const expectations = entries.flatMap(({ expect }) => (Array.isArray(expect) ? expect : []))
  return new Set([...entries, ...expectations].map((entry) => entry?.requirement).filter((id) => id !== undefined))
}

/** Cases and vectors that are about a sentence and not tied to it. */
const strayData = (root, entries) =>
  ['cases', 'vectors'].flatMap((folder) =>
    dataIn(root, `conformance/${folder}`).flatMap((path) => {
      const place = path.slice('conformance/'.length)
      const places = [place, place.slice(0, place.lastIndexOf('/') + 1)]
      const untied = [...subjectsOf(root, path)].filter(
        (id) => !places.some((each) => entries[id]?.[folder]?.includes(each)),
      )
      return untied.map((id) => `coverage.json: ${id} is not tied to ${place}, which is about it`)
    }),
  )
