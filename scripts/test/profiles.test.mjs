import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { readCases } from '../cases.mjs'
import { check, notes } from '../check/profiles.mjs'
import { caseIndex } from '../gen/conformance.mjs'
import { CAPABILITIES, profileText, ROLES, readProfile } from '../profiles.mjs'
import { sentenceDigest } from '../requirements.mjs'
import { withFolder } from './folder.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'))

const digest = sentenceDigest('A server MUST answer.')
const HTTP = 'AR-HTTP-001'
const scored = (capability = 'core', text = digest) => ({ capability, digest: text })
const profileOf = (server, levels = [{ name: 'core', capabilities: ['core'] }]) => ({
  profile: '1.0',
  roles: {
    server: { levels, requirements: server },
    emitter: { levels: [{ name: 'recorded', capabilities: ['core'] }], requirements: {} },
    verifier: { levels: [{ name: 'recorded', capabilities: ['recorded'] }], requirements: {} },
  },
})
const httpCase = (requirement = HTTP) => ({ requirement, capability: 'core' })

/** A repository with one sentence, one case and one mutant, and what is said beside it. */
const files = (more = {}) => ({
  'spec/http.md': `# HTTP\n\n> **[${HTTP}]** A server **MUST** answer.\n`,
  'conformance/releases.lock.json': { versions: [{ version: '1.0', state: 'draft', files: {} }] },
  'conformance/coverage.json': { requirements: { [HTTP]: { digest } } },
  'conformance/profiles/1.0.json': profileOf({ [HTTP]: scored() }),
  'conformance/cases/http/get/silent.json': httpCase(),
  'conformance/cases/http/mutants.json': [{ mutant: 'mute', fault: 'says nothing', killed_by: ['silent'] }],
  'conformance/emitter-mutants.json': [],
  'conformance/verifier-mutants.json': [],
  ...more,
})
const checked = (more) => withFolder(files(more), check).slice(0, -1)
const coverage = (entry) => ({ 'conformance/coverage.json': { requirements: { [HTTP]: { digest, ...entry } } } })
const reason = 'Nobody can see that from the outside.'
const none = { 'conformance/cases/http/get/silent.json': httpCase('AR-HTTP-002') }

describe('a profile', () => {
  it('is right where each sentence has a case and a mutant', () => {
    expect(withFolder(files(), check)).toEqual([])
    expect(withFolder(files(), notes)).toEqual([
      'server 1 of 1 · emitter 0 of 0 · verifier 0 of 0 sentences have cases',
      'server 1 of 1 · emitter 0 of 0 · verifier 0 of 0 duties with cases have mutants',
    ])
  })

  it('says what drifted away from the sentences', () => {
    const second = '> **[AR-HTTP-002]** A server **MUST** stay.\n'
    const spec = (text) => ({ 'spec/http.md': `# HTTP\n\n${text}` })
    expect(checked(spec(`> **[${HTTP}]** A server **MUST** answer.\n\n${second}`))).toEqual([
      'AR-HTTP-002 is asked of no role and not excluded',
    ])
    expect(checked(spec(`> **[${HTTP}]** A server **MUST** answer soon.\n`))).toEqual([
      `server: ${HTTP} has another wording than when it was taken in`,
    ])
    expect(checked(spec(''))).toEqual([`server: ${HTTP} is no sentence of spec/`])
    expect(checked(spec(`> **[${HTTP}]** A server **MAY** answer.\n`))[0]).toContain('permission')
  })

  it('is missed', () => {
    const { 'conformance/profiles/1.0.json': _gone, ...rest } = files()
    expect(withFolder(rest, check)[0]).toContain('conformance/profiles/1.0.json does not exist')
    expect(withFolder(rest, notes)).toEqual([])
  })

  it('knows its capabilities', () => {
    const strange = profileOf({ [HTTP]: scored('magic') }, [{ name: 'core', capabilities: ['core', 'luck'] }])
    expect(checked({ 'conformance/profiles/1.0.json': strange })).toEqual([
      'server: level core has a capability "luck" that is none of a server',
      `server: ${HTTP} belongs to "magic", which is no capability`,
    ])
  })
})

describe('a sentence of a role', () => {
  it('has a case there', () => {
    expect(checked({ 'conformance/cases/http/get/silent.json': '[]', ...none })).toEqual([
      `server: ${HTTP} has no case; add one, or exclude it in coverage.json with a reason`,
      'server: AR-HTTP-002 has cases and is not in the profile',
    ])
  })

  it('or is excluded for that role, with a class and a reason, and not scored', () => {
    const elsewhere = { 'conformance/cases/http/get/silent.json': { requirement: undefined } }
    const empty = { ...elsewhere, 'conformance/profiles/1.0.json': profileOf({}) }
    const excluded_for = { server: { class: 'framework-gap', reason } }
    const only = (problems) => problems.filter((problem) => problem.includes(HTTP))
    expect(only(checked({ ...empty, ...coverage({ excluded_for }) }))).toEqual([])
    expect(only(checked({ ...elsewhere, ...coverage({ excluded_for }) }))).toEqual([
      `server: ${HTTP} is both excluded and in the profile`,
    ])
    const vague = { server: { class: 'later', reason: 'no' } }
    expect(only(checked({ ...empty, ...coverage({ excluded_for: vague }) }))).toHaveLength(2)
    expect(only(checked({ 'conformance/profiles/1.0.json': profileOf({}), ...coverage({ excluded_for }) }))).toEqual([
      `server: ${HTTP} is excluded and has cases`,
    ])
  })

  it('is not excluded as a whole', () => {
    const excluded = { class: 'not-observable', reason }
    expect(checked(coverage({ excluded }))).toEqual([`${HTTP} is excluded as a whole and asked of server`])
  })

  it('has a mutant, or a reason for having none', () => {
    const matrix = { 'conformance/cases/http/mutants.json': [] }
    const why = { no_mutant_for: { server: reason } }
    expect(checked(matrix)).toEqual([`server: ${HTTP} has no mutant; make one, or say in coverage.json why not`])
    expect(checked({ ...matrix, ...coverage(why) })).toEqual([])
    expect(checked(coverage(why))).toEqual([`server: ${HTTP} has a mutant and a reason for having none`])
    const { 'conformance/cases/http/mutants.json': _gone, ...rest } = files()
    expect(withFolder(rest, check)[0]).toBe('server: conformance/cases/http/mutants.json does not exist')
  })
})

describe('the data of this repository', () => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false })
  const faults = (schema, path) => {
    const validate = ajv.compile(readJson(`conformance/schemas/${schema}.json`))
    validate(readJson(path))
    ajv.removeSchema()
    return validate.errors
  }

  it('have the form that their schemas say', () => {
    expect(faults('profile', 'conformance/profiles/1.0.json')).toBeNull()
    expect(faults('check-list', 'conformance/cases/http/code.json')).toBeNull()
    expect(faults('check-list', 'conformance/verifier-checks.json')).toBeNull()
    expect(faults('check-list', 'conformance/emitter-checks.json')).toBeNull()
  })

  it('hold a profile as the program would write it', () => {
    expect(readFileSync(join(root, 'conformance/profiles/1.0.json'), 'utf8')).toBe(
      profileText(readProfile(root, '1.0')),
    )
  })

  it('name each case once, and every capability is one of its role', () => {
    const cases = readCases(root)
    const ids = cases.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const strange = cases.filter(
      ({ role, capability }) => ![...CAPABILITIES[role], 'sealing', undefined].includes(capability),
    )
    expect(strange).toEqual([])
    for (const role of ROLES) expect(cases.some((each) => each.role === role)).toBe(true)
  })

  it('name the cases as the suite does', async () => {
    const ours = (role) => readCases(root).filter((each) => each.role === role)
    const { codeCases, loadHttpCases } = await import('@agent-run/conformance')
    const http = [...loadHttpCases(join(root, 'conformance/cases/http')), ...codeCases].map(({ id }) => id)
    expect(
      ours('server')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(http.sort())
    const { loadVectors } = await import('../../packages/conformance/dist/verifier/load.js')
    const vectors = loadVectors(readProfile(root, '1.0').roles.verifier).map(({ id }) => id)
    const listed = readJson('conformance/verifier-checks.json').map(({ name }) => `verifier/${name}`)
    expect(
      ours('verifier')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...vectors, ...listed].sort())
  })
})

describe('the index of cases', () => {
  it('counts cases by the beginning of their ids, and says on a page where one stands', () => {
    const index = withFolder(files(), (folder) => caseIndex(folder, ''))
    expect(JSON.parse(index['conformance/case-index.json']).roles).toEqual({
      server: { [HTTP]: { 'http/get/silent': 1 } },
      emitter: {},
      verifier: {},
    })
    const page = index['spec/conformance.md']
    expect(page).toContain('| server | 1 | 1 | 1 |')
    expect(page).toContain(`| ${HTTP} | must | 1: [silent](../conformance/cases/http/get/silent.json) | – | – |`)
  })

  it('says why there is no case', () => {
    const excluded_for = { server: { class: 'framework-gap', reason } }
    const { 'conformance/cases/http/get/silent.json': _gone, ...rest } = files(coverage({ excluded_for }))
    const index = withFolder(rest, (folder) => caseIndex(folder, ''))
    expect(index['spec/conformance.md']).toContain(`| – | – | – | server: ${reason} |`)
    const { roles, untested } = JSON.parse(index['conformance/case-index.json'])
    expect([roles.server, untested.server]).toEqual([{}, { [HTTP]: reason }])
  })
})
