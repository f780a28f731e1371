// Which tests were skipped, and for want of what. The reason of a skip is the tool() call in the test's source.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { tool, tools } from './test/tools.mjs'

/** Names of tools that a test file asks for, itself or through files of its test folder that it imports. */
export const toolsOf = (file, seen = new Set()) => {
  if (seen.has(file) || !existsSync(file)) return []
  seen.add(file)
  const source = readFileSync(file, 'utf8')
  const asked = [...source.matchAll(/\btool\(\s*'([^']+)'/g)].map((match) => match[1])
  const imported = [...source.matchAll(/\bfrom\s+'(\.[^']+)'/g)]
    .map((match) => resolve(dirname(file), match[1]))
    .filter((path) => /\/test\//.test(path) && !path.endsWith('/test/tools.mjs'))
  return [...new Set([...asked, ...imported.flatMap((path) => toolsOf(path, seen))])]
}

/**
 * Explains the skipped tests of a vitest JSON report.
 * @param {string} root
 * @param {any} report
 * @returns {{file: string, tests: number, missing: string[]}[]} one entry per file; nothing missing means no reason is known
 */
export const explainSkips = (root, report) =>
  report.testResults.flatMap(({ name, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length
    if (tests === 0) return []
    const missing = toolsOf(name).filter((each) => Object.hasOwn(tools, each) && tool(each) === undefined)
    return [{ file: relative(root, name), tests, missing }]
  })

/** The explanation as lines to read: each missing tool, and the files that skip tests for want of it. */
export const skipLines = (skips) => {
  const wanted = new Set(skips.flatMap(({ missing }) => missing))
  return [...wanted].flatMap((name) => [
    `${name} was not found (${tools[name].use}). To enable: ${tools[name].enable}`,
    ...skips.filter(({ missing }) => missing.includes(name)).map((skip) => `  skipped: ${skipped(skip, name)}`),
  ])
}

const skipped = ({ file, tests, missing }, name) => {
  const others = missing.filter((other) => other !== name)
  const also = others.length > 0 ? ` (some of them for want of ${others.join(', ')})` : ''
  return `${tests} ${tests === 1 ? 'test' : 'tests'} in ${file}${also}`
}
