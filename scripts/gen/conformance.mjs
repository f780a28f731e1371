// Every case in conformance/, and the checks of the judge of records → conformance/{emitter-checks,case-index}.json, spec/conformance.md
import { readText } from '../markdown.mjs'
import { ROLES, readProfile } from '../profiles.mjs'
import { readLock } from '../releases.mjs'
import { readRequirements } from '../requirements.mjs'
import { casesByGroup, readRoleCoverage } from '../role-coverage.mjs'

const INDEX = 'conformance/case-index.json'
const PAGE = 'spec/conformance.md'

const CHECKS = 'conformance/emitter-checks.json'
const JUDGE = new URL('../../packages/conformance/dist/emitter/checks.js', import.meta.url)

/**
 * Which cases test which sentence, for programs and as a page for people; before it what records are looked at for, which is
 * read from the built package: run "npm run build" first.
 */
export const conformance = async (root) => {
  const { emitterChecks } = await import(JUDGE)
  const { version } = readLock(root).at(-1)
  const list = checkList(emitterChecks, readProfile(root, version)?.roles.emitter.requirements ?? {})
  return { [CHECKS]: list, ...caseIndex(root, list) }
}

/** A line a check; the profile says what its sentence belongs to. */
const checkList = (checks, scored) => {
  const lines = checks.map(({ code, requirement, severity, summary }) => {
    const capability = scored[requirement]?.capability ?? 'core'
    return JSON.stringify({ name: code, requirement, capability, severity, description: summary })
  })
  return `[\n${lines.map((line) => `  ${line}`).join(',\n')}\n]\n`
}

/** The index and the page, of these checks of records. */
export const caseIndex = (root, list) => {
  const coverage = readRoleCoverage(root, list)
  if (coverage.profile === undefined) return {}
  return { [INDEX]: indexText(coverage), [PAGE]: page(root, coverage) }
}

/** A line a sentence, so that a diff shows which one gained or lost a case. */
const indexText = ({ version, roles }) => {
  const byRole = (has, tell) => {
    const block = (role) => {
      const told = [...roles[role].sentences].filter(([, sentence]) => has(sentence))
      const lines = told.map(([id, sentence]) => `      ${JSON.stringify(id)}: ${JSON.stringify(tell(sentence))}`)
      return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n    }`
    }
    return `{\n${ROLES.map((role) => `    ${JSON.stringify(role)}: ${block(role)}`).join(',\n')}\n  }`
  }
  const tested = byRole(
    ({ cases }) => cases.length > 0,
    ({ cases }) => casesByGroup(cases),
  )
  const untested = byRole(
    ({ excluded }) => excluded !== undefined,
    ({ excluded }) => excluded.reason,
  )
  return `{
  "generated": "From conformance/ by \\"npm run gen\\". Do not edit.",
  "profile": ${JSON.stringify(version)},
  "roles": ${tested},
  "untested": ${untested}
}
`
}

const page = (root, coverage) => {
  const { requirements } = readRequirements(root)
  const chapters = [...new Set(requirements.map(({ file }) => file))].sort()
  const sections = chapters.map((file) =>
    section(
      root,
      coverage,
      file,
      requirements.filter((each) => each.file === file),
    ),
  )
  return `<!-- Generated from conformance/ by "npm run gen". Do not edit. -->

# Conformance

What tests each normative sentence: how many cases there are for a [server](http.md), for an *emitter*, which writes records, and for a *verifier*, which reads and judges them, and where to find one. A dash says that a sentence isn't asked of this role, or can't be seen in it.

[\`conformance/profiles/${coverage.version}.json\`](../conformance/profiles/${coverage.version}.json) says the same for programs, with the capability that a sentence belongs to, and [\`conformance/case-index.json\`](../conformance/case-index.json) names all cases. How they are played is said [there](../conformance/README.md).

| role | sentences | with cases | cases |
|---|---|---|---|
${ROLES.map((role) => summary(role, coverage.roles[role])).join('\n')}

${sections.join('\n')}`
}

const summary = (role, { sentences }) => {
  const all = [...sentences.values()]
  const tested = all.filter(({ cases }) => cases.length > 0)
  return `| ${role} | ${all.length} | ${tested.length} | ${tested.reduce((sum, { cases }) => sum + cases.length, 0)} |`
}

const section = (root, { entries, roles }, file, sentences) => {
  const chapter = file.slice('spec/'.length)
  const title = /^# (.+)$/m.exec(readText(root, file))[1]
  const rows = sentences
    .filter(({ level }) => level !== 'MAY')
    .map(({ id, keyword }) => {
      const cells = ROLES.map((role) => cell(roles[role].sentences.get(id)))
      return `| ${id} | ${keyword.toLowerCase()} | ${cells.join(' | ')} | ${remark(entries[id])} |`
    })
  return `## [${title}](${chapter})

| sentence | | server | emitter | verifier | not tested |
|---|---|---|---|---|---|
${rows.join('\n')}
`
}

/** How many cases there are, and where the first of them stands. */
const cell = (sentence) => {
  const { cases } = sentence ?? { cases: [] }
  if (cases.length === 0) return '–'
  const [{ group, file }] = cases
  return `${cases.length}: [${group.split('/').at(-1)}](../conformance/${file})`
}

/** Why there is no case, of the whole sentence or of a role. */
const remark = ({ excluded, excluded_for = {} } = {}) =>
  [
    ...(excluded ? [excluded.reason] : []),
    ...Object.entries(excluded_for).map(([role, { reason }]) => `${role}: ${reason}`),
  ]
    .join(' ')
    .replaceAll('|', '\\|')
