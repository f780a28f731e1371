// spec/errors.md and the codes that the software really uses say the same, both ways.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { rules } from '@agent-run/core'
import { readText, section, tableRows } from '../markdown.mjs'
import { readRequirements } from '../requirements.mjs'
import { readSchemas } from '../schemas.mjs'

/** Keywords of the dialect that never produce a finding. */
const SILENT = new Set([
  ...['$schema', '$id', '$ref', 'title', 'description', 'examples', 'deprecated'],
  ...['allOf', 'properties', 'additionalProperties', 'items'],
])

/** Differences between the page and the codes of the semantic rules, the schemas and the sources. */
export const check = (root) => [
  ...compare({
    listed: readErrors(readText(root, 'spec/errors.md')),
    rules,
    keywords: keywordsOf(root),
    used: usedCodes(root),
    sentences: new Set(readRequirements(root).requirements.map(({ id }) => id)),
  }),
  ...compareOrder(readText(root, 'spec/verdict.md'), rules),
]

/** Whether the page of verdicts lists the rules that find errors, all of them in the order in which they are applied. */
export const compareOrder = (markdown, semantic) => {
  const listed = tableRows(section(markdown, 'The first error')).map(({ cells: [first] }) => first.replaceAll('`', ''))
  const applied = semantic.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  const at = applied.findIndex((code, index) => code !== listed[index])
  if (at >= 0) return [`spec/verdict.md: rule ${at + 1} is ${applied[at]}, and the table lists ${listed[at] ?? 'none'}`]
  return listed
    .slice(applied.length)
    .map((code) => `spec/verdict.md: ${code} is listed, and no further rule finds errors`)
}

/** @returns {{code, severity, requirement?, anchored}[]} the rows of the page */
export const readErrors = (markdown) =>
  tableRows(markdown).map(({ cells: [first, severity, sentence] }) => ({
    code: /`([^`]+)`/.exec(first)?.[1],
    severity,
    requirement: /\[(AR-[A-Z]+-\d{3})\]/.exec(sentence)?.[1],
    anchored: first.startsWith(`<a id="${/`([^`]+)`/.exec(first)?.[1]}"></a>`),
  }))

/** Compares what the page lists with what there is. */
export const compare = ({ listed, rules: semantic, keywords, used, sentences }) => {
  const byCode = new Map(listed.map((row) => [row.code, row]))
  const schemaCodes = new Set([...keywords].map((keyword) => `schema.${snake(keyword)}`))
  const isSemantic = new Set(semantic.map(({ code }) => code))
  const isUsed = (code) => used.has(code) || used.has(`${code.split('.')[0]}.*`)
  const exists = (code) => isSemantic.has(code) || schemaCodes.has(code) || isUsed(code)
  return [
    ...listed
      .filter((row, index) => listed.findIndex(({ code }) => code === row.code) < index)
      .map(({ code }) => `${code} is listed twice`),
    ...listed.filter(({ anchored }) => !anchored).map(({ code }) => `${code} has no anchor of its own`),
    ...listed.filter(({ code }) => !exists(code)).map(({ code }) => `${code} is listed, but nothing reports it`),
    ...listed
      .filter(({ requirement }) => requirement && !sentences.has(requirement))
      .map(({ code, requirement }) => `${code} names ${requirement}, which is no sentence`),
    ...[...isSemantic, ...schemaCodes, ...used]
      .filter((code) => !byCode.has(code) && !code.endsWith('.*'))
      .map((code) => `${code} is reported, but not listed`),
    ...semantic.flatMap(({ code, severity, requirement }) => {
      const row = byCode.get(code)
      if (!row || (row.severity === severity && row.requirement === requirement)) return []
      return [`${code} is listed as ${row.severity}, ${row.requirement}; the rule says ${severity}, ${requirement}`]
    }),
  ].map((problem) => `spec/errors.md: ${problem}`)
}

const snake = (keyword) => keyword.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Keywords in schemas/ that can fail. */
const keywordsOf = (root) => {
  const keywords = new Set()
  const visit = (schema) => {
    for (const [keyword, value] of Object.entries(schema)) {
      if (!SILENT.has(keyword)) keywords.add(keyword)
      if (keyword === 'properties') Object.values(value).forEach(visit)
      if (keyword === 'items') visit(value)
      if (keyword === 'allOf') value.forEach(visit)
    }
  }
  readSchemas(root).forEach(visit)
  return keywords
}

/** Families whose codes stand literally in the sources; those of the semantic rules come from their own list. */
const FAMILIES = [
  ...[
    'json',
    'schema',
    'input',
    'convert',
    'bundle',
    'proof',
    'trust',
    'key',
    'journal_file',
    'recorder',
    'client',
    'spool',
  ],
  ...['run_hash', 'steps', 'record', 'signature', 'signer', 'approvals', 'lineage', 'journal', 'evals', 'erasures'],
  ...['level', 'seal', 'erase', 'prove', 'dsse', 'query', 'spool', 'store'],
]
const CODE = '[a-z_]+\\.[a-z][a-z0-9_]*'
const LITERAL = new RegExp(
  [
    // A file name is no code.
    `(['"\`])((?:${FAMILIES.join('|')})\\.(?!jsonl?\\b|md\\b|m?[jt]s\\b)[a-z][a-z0-9_]*)\\1`,
    `\\bcode: (['"\`])(${CODE})\\3`,
    `\\bAgentRunError\\(\\s*(['"\`])(${CODE})\\5`,
    // What an HTTP server answers: problem(status, code, …).
    `\\bp(?:arameterP)?roblem\\(\\s*\\d{3},\\s*(['"\`])(${CODE})\\7`,
  ].join('|'),
  'g',
)
/** A code that is put together from its family and a value; those of the schemas come from their keywords. */
const COMPOSED = /\bcode: `((?!schema)[a-z_]+)\.\$\{/g

/** Files with names that look like codes: the attributes of other standards, the notes of a comparison, which are no findings. */
const FOREIGN_NAMES = [join('adapters', 'otel-genai', 'names.ts'), join('bench', 'src', 'compare', 'notes.ts')]

/** Codes that stand in the sources of the packages, comments aside, and `family.*` where the rest of one is a value. */
const usedCodes = (root) => {
  const codes = new Set()
  // The suite names its cases as findings are named, and some more; a test of its own holds its findings against the page.
  for (const name of readdirSync(join(root, 'packages')).filter((each) => each !== 'conformance')) {
    const folder = join(root, 'packages', name, 'src')
    if (!existsSync(folder)) continue
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = entry.parentPath ?? entry.path
      // What is made from the page proves nothing about it.
      if (!entry.isFile() || !entry.name.endsWith('.ts') || basename(path) === 'generated') continue
      if (FOREIGN_NAMES.some((foreign) => join(path, entry.name).endsWith(foreign))) continue
      const text = readFileSync(join(path, entry.name), 'utf8')
      const source = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
      for (const [, family] of source.matchAll(COMPOSED)) codes.add(`${family}.*`)
      for (const match of source.matchAll(LITERAL)) codes.add(match[2] ?? match[4] ?? match[6] ?? match[8])
    }
  }
  return codes
}
