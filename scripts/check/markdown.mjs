// README.md, SECURITY.md, spec/, the pages of conformance/ and the READMEs of the packages: links lead somewhere, JSON examples validate, commands run and print what is shown.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, dirname, join, posix } from 'node:path'
import { Worker } from 'node:worker_threads'
import { runHash, schemaNames, validate } from '@agent-run/core'
import { matches, readSession, run } from '../console.mjs'
import { repositoryFiles } from '../files.mjs'
import { anchors, fences, links, readText, specFiles } from '../markdown.mjs'
import { createOracle } from '../oracle.mjs'
import { pageServer } from '../page-server.mjs'
import { schemaFiles } from '../schemas.mjs'

/** Languages of fences that are neither data nor commands, and so are not executed here; Python by scripts/test/checking.test.mjs. */
const INERT = new Set(['text', 'yaml', 'markdown', 'python'])

/** Faults in the pages for readers. Runs the commands they show in a temporary folder, pages beside each other. */
export const check = async (root) => {
  const pages = ['README.md', 'SECURITY.md', ...packagePages(root), ...conformancePages(root), ...specFiles(root)]
  const problems = []
  const waiting = pages.entries()
  const work = async () => {
    for (const [index, page] of waiting) problems[index] = await checkInThread(root, page)
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
  return problems.flat()
}

/** A page waits for its commands, so each has a thread of its own. */
const checkInThread = (root, page) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('page-thread.mjs', import.meta.url), { workerData: { root, page } })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the check of ${page} ended with ${code} and without an answer`)))
  })

const packagePages = (root) => readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`)

const conformancePages = (root) => repositoryFiles(root, 'conformance').filter((path) => path.endsWith('.md'))

/** Faults in one page, each with `page:line`. */
export const checkPage = (root, page) => {
  const markdown = readText(root, page)
  if (markdown === '') return [`${page} does not exist`]
  const workspace = mkdtempSync(join(tmpdir(), 'agent-run-page-'))
  const server = pageServer(root)
  try {
    for (const shared of ['node_modules', 'schemas', 'examples', 'conformance', 'bench']) {
      if (existsSync(join(root, shared))) symlinkSync(join(root, shared), join(workspace, shared))
    }
    return [
      ...linkProblems(root, page, markdown),
      ...scriptProblems(root, page, markdown),
      ...fences(markdown).flatMap((fence) =>
        fenceProblems(root, workspace, server, fence).map((problem) => `${page}:${fence.line}: ${problem}`),
      ),
    ]
  } finally {
    server.stop()
    rmSync(workspace, { recursive: true, force: true })
  }
}

const linkProblems = (root, page, markdown) =>
  links(markdown).flatMap(({ line, target }) => {
    if (/^[a-z][a-z0-9+.-]*:/.test(target)) return []
    const [path, anchor] = target.split('#')
    const file = path === '' ? page : posix.join(dirname(page), decodeURIComponent(path))
    if (!existsSync(join(root, file))) return [`${page}:${line}: the link to ${target} leads nowhere`]
    if (anchor === undefined || !file.endsWith('.md') || anchors(readText(root, file)).has(anchor)) return []
    return [`${page}:${line}: ${file} has no anchor "${anchor}"`]
  })

const scriptProblems = (root, page, markdown) => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named = [...markdown.matchAll(/\bnpm (?:run ([a-z:-]+)|(start|test)\b)/g)].map((match) => match[1] ?? match[2])
  return [...new Set(named)]
    .filter((name) => !scripts[name])
    .map((name) => `${page}: package.json has no script "${name}"`)
}

/** A fence that says `server` is executed with the address of a server, and a key for it, in its environment; with `keys`, one of each role. */
const fenceProblems = (root, workspace, server, { info: [language, ...words], content }) => {
  if (language === 'json') return jsonProblems(root, workspace, words, content)
  const place = { root, workspace, environment: environmentOf(server, words) }
  if (language === 'console' || language === 'sh') return sessionProblems(place, content)
  if (language === 'js') return programProblems(place, 'example.mjs', content, 'node example.mjs')
  if (language === 'ts') return programProblems(place, 'example.mts', content, COMPILE)
  return INERT.has(language) ? [] : [`a fence in "${language ?? ''}" is neither checked nor marked as text`]
}

const environmentOf = (server, words) => {
  if (words.includes('keys')) return server.keys()
  return words.includes('server') ? server.environment() : {}
}

const COMPILE = 'tsc --noEmit --strict --module nodenext --target es2023 --types node example.mts'

/** A program in JavaScript is run, one in TypeScript compiled. */
const programProblems = ({ root, workspace, environment }, file, content, command) => {
  writeFileSync(join(workspace, file), content)
  const { output, exit } = run(command, workspace, searchPath(root), environment)
  return exit === 0 ? [] : [`"${command}" exits with ${exit}:\n${output}`]
}

/** ```json <schema> [file for the commands below] [finds:<code> …], or ```json value. */
const jsonProblems = (root, workspace, [schema, ...words], content) => {
  const isOfTheWire = schemaFiles(root).includes(`${schema}.json`) && !schemaNames.includes(schema)
  if (schema !== 'value' && !schemaNames.includes(schema) && !isOfTheWire) {
    return [`a JSON example names its schema, or "value" where it has none; found "${schema ?? ''}"`]
  }
  const expected = words.filter((word) => word.startsWith('finds:')).map((word) => word.slice(6))
  for (const file of words.filter((word) => !word.startsWith('finds:'))) writeFileSync(join(workspace, file), content)
  if (schema === 'value') return parses(content) ? [] : ['the example is not JSON']
  if (isOfTheWire) {
    if (!parses(content)) return ['the example is not JSON']
    const faults = createOracle(root)(schema, JSON.parse(content))
    return faults.map(({ path, place }) => `the example breaks ${place} at "${path}"`)
  }
  const { findings, value } = validate(content, { schema, reading: 'strict' })
  const found = findings.map(({ code }) => code)
  const problems = findings
    .filter(({ code }) => !expected.includes(code))
    .map(({ code, path, message }) => `the example has a finding: ${code} at "${path}": ${message}`)
  problems.push(...expected.filter((code) => !found.includes(code)).map((code) => `the example does not show ${code}`))
  if (
    schema === 'agent-run' &&
    problems.length === 0 &&
    value?.spec_version &&
    runHash(value) !== value.provenance.run_hash
  ) {
    problems.push(`run_hash of the example is not ${runHash(value)}`)
  }
  return problems
}

const parses = (content) => {
  try {
    JSON.parse(content)
    return true
  } catch {
    return false
  }
}

const sessionProblems = ({ root, workspace, environment }, content) => {
  if (!content.startsWith('$ ')) return ['commands that are not to be executed stand in a text fence']
  return readSession(content).flatMap(({ command, expected, exit }) => {
    const result = run(command, workspace, searchPath(root), environment)
    if (result.exit === exit && matches(expected, result.output)) return []
    return [
      `"${command}" should exit with ${exit} and print what is shown; exit ${result.exit}, printed:\n${result.output}`,
    ]
  })
}

const searchPath = (root) => [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
