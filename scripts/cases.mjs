// Every case that stands in conformance/ as data: whom it tests, which sentence it is about, and what has to be declared for it.
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { repositoryFiles } from './files.mjs'
import { readText } from './markdown.mjs'

/**
 * All cases: `{role, requirement, capability, group, id, file}`. `group` is the beginning that the ids of the cases of one file
 * share, or the id itself where it stands alone; `file` holds or lists the case, a path below conformance/.
 * @param emitterList text of `emitter-checks.json`, where it is not yet written
 */
export const readCases = (root, emitterList = textOf(root, 'emitter-checks.json')) => [
  ...serverCases(root),
  ...verifierCases(root),
  ...emitterCases(root, emitterList),
]

const serverCases = (root) => [
  ...filesBelow(root, 'cases/http')
    .filter((file) => dirname(file) !== 'cases/http')
    .map((file) => alone('server', withoutEnding(file).slice('cases/'.length), file, parse(root, file))),
  ...listed('server', 'http/code', 'cases/http/code.json', textOf(root, 'cases/http/code.json')),
]

/** Levels of the operations of a harness, by file or folder of their vectors, the first that fits: conformance/harness.md. */
const LEVELS = [
  ['seal/action-hash', 'accountable'],
  ['seal/request-hash', 'accountable'],
  ['journal/', 'accountable'],
  ['trust/', 'accountable'],
  ['seal/seal', 'sealing'],
  ['seal/dsse', 'sealing'],
  ['sign/sign', 'sealing'],
  ['read/', 'recorded'],
  ['verify/', 'recorded'],
  ['', 'sealed'],
]

const verifierCases = (root) => [
  ...filesBelow(root, 'cases/semantics').flatMap((file) => {
    const { requirement, valid, invalid } = parse(root, file)
    const group = `semantics/${basename(file, '.json')}`
    const numbered = (word) => (_, index) => `${group}/${word}-${index + 1}`
    return [...valid.map(numbered('valid')), ...invalid.map(numbered('invalid'))].map((id) => ({
      role: 'verifier',
      requirement,
      capability: 'recorded',
      group,
      id,
      file,
    }))
  }),
  ...filesBelow(root, 'vectors')
    .filter((file) => basename(file) !== 'manifest.json')
    .flatMap((file) => {
      const content = parse(root, file)
      const group = withoutEnding(file)
      const capability = levelOf(group)
      if (!Array.isArray(content)) return [alone('verifier', group, file, { ...content, capability })]
      const names = slugs(content.map(({ name }) => name))
      return content.map(({ requirement }, index) => ({
        role: 'verifier',
        requirement,
        capability,
        group,
        id: `${group}/${names[index]}`,
        file,
      }))
    }),
  ...listed('verifier', 'verifier', 'verifier-checks.json', textOf(root, 'verifier-checks.json')),
]

const levelOf = (group) => {
  const operation = group.slice('vectors/'.length)
  return LEVELS.find(([of]) => operation === of || (/(^|\/)$/.test(of) && operation.startsWith(of)))[1]
}

/** Names of vectors are texts for people; ids have letters, digits and hyphens, and a number from the second equal one on. */
const slugs = (names) => {
  const seen = new Map()
  return names.map((name) => {
    const slug = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
    const count = (seen.get(slug) ?? 0) + 1
    seen.set(slug, count)
    return count === 1 ? slug : `${slug}-${count}`
  })
}

const emitterCases = (root, list) => [
  ...listed('emitter', 'emitter', 'emitter-checks.json', list),
  ...filesBelow(root, 'scenarios')
    .filter((file) => basename(file) !== 'mutants.json')
    .flatMap((file) => {
      const group = withoutEnding(file)
      return parse(root, file).expect.map(({ name, requirement, capability }) => ({
        role: 'emitter',
        requirement,
        capability,
        group,
        id: `${group}/${name}`,
        file,
      }))
    }),
]

/** What is a program and described in a list. */
const listed = (role, folder, file, text) =>
  text === '' ? [] : JSON.parse(text).map((each) => alone(role, `${folder}/${each.name}`, file, each))

const alone = (role, id, file, { requirement, capability }) => ({ role, requirement, capability, group: id, id, file })

const filesBelow = (root, folder) => {
  const path = `conformance/${folder}`
  if (!existsSync(join(root, path))) return []
  return repositoryFiles(root, path)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice('conformance/'.length))
}

const textOf = (root, file) => readText(root, `conformance/${file}`)
const parse = (root, file) => JSON.parse(textOf(root, file))
const withoutEnding = (file) => file.slice(0, -'.json'.length)
