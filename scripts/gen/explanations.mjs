// spec/ → packages/cli/src/generated/explanations.ts: what `agent-run explain` says of sentences, checks, results and levels.
import { readText, section, tableRows } from '../markdown.mjs'
import { readRequirements } from '../requirements.mjs'
import { literal } from './literal.mjs'

const BANNER = '// Generated from spec/ by "npm run gen". Do not edit.\n'

export const explanations = (root) => {
  const sentences = readRequirements(root).requirements.map(({ id, text, file }) => [id, { text: plain(text), file }])
  const verdict = 'spec/verdict.md'
  const words = [
    ...rowsOf(root, verdict, 'The twelve checks', 'check'),
    ...rowsOf(root, verdict, 'Results', 'result of a check'),
    ...rowsOf(root, verdict, 'Completeness', 'completeness').filter(([name]) => name !== 'sealed'),
    ...rowsOf(root, 'spec/levels.md', 'Levels', 'level'),
  ]
  return {
    'packages/cli/src/generated/explanations.ts': `${BANNER}
/** A text and the page of the specification that it stands on. */
export interface Explained {
  readonly text: string
  readonly file: string
}

/** Every normative sentence by its id. */
export const sentences: Readonly<Record<string, Explained>> = {
${lines(sentences)}}

/** The words of a verdict, and what sort of word each is. */
export const verdictWords: Readonly<Record<string, Explained & { readonly sort: string }>> = {
${lines(words)}}
`,
  }
}

/** First and second cell of the first table under a heading. */
const rowsOf = (root, file, heading, sort) => {
  const all = tableRows(section(readText(root, file), heading))
  const rows = all.filter(({ line }, index) => line === all[0].line + index)
  if (rows.length === 0) throw new Error(`${file}: no table under "${heading}"`)
  const words = rows.map(({ cells: [name, text] }) => [/`([^`]+)`/.exec(name)[1], { text: plain(text), file, sort }])
  return words.filter(([name], index) => words.findIndex(([other]) => other === name) === index)
}

const lines = (entries) => entries.map(([name, entry]) => `  ${literal(name)}: ${literal(entry)},\n`).join('')

/** The text without its Markdown. */
const plain = (text) =>
  text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll('**', '')
    .replace(/\*(\w+)\*/g, '$1')
