// spec/coverage.md answers every item of the founding briefs: with a place in a committed example, a command, a page or a reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from '@agent-run/core'
import { links, readText, tableRows } from '../markdown.mjs'
import { resolvePointer } from '../pointer.mjs'

const EXAMPLES = 'examples/records'
const BRIEFS = '../shared/design/requirements.md'

/** Items by family, first and last number: the briefs themselves are not part of the repository. */
const ITEMS = {
  'S0.Q': [1, 12],
  'S0.F': [1, 8],
  'S0.P': [1, 3],
  'S0.E': [1, 1],
  'S1.P': [1, 4],
  'S1.Q': [1, 9],
  'S1.F': [1, 21],
  'S1.A': [1, 8],
  'S1.E': [1, 4],
  'S2.Q': [1, 14],
  'S2.P': [1, 8],
  'S2.F': [1, 27],
  'S2.U': [1, 5],
  'S3.F': [1, 37],
  'S4.P': [0, 6],
  'S4.F': [1, 12],
  'S4.Q': [1, 4],
  'S4.T': [1, 9],
}

const idsOf = (family, first, last) => Array.from({ length: last - first + 1 }, (_, n) => `${family}${first + n}`)

/** Every id that the table has to have. */
export const wantedIds = () => Object.entries(ITEMS).flatMap(([family, [first, last]]) => idsOf(family, first, last))

/** The ids that a text of the briefs defines, of the families the table covers. */
export const readIds = (text) => {
  const ids = new Set()
  for (const [, family, first, last] of text.matchAll(/(?<![\w.])(S[0-4]\.[A-Z])(\d+)(?:\.\.(\d+))?/g)) {
    if (ITEMS[family] || !family.startsWith('S3.'))
      for (const id of idsOf(family, Number(first), Number(last ?? first))) ids.add(id)
  }
  return ids
}

/** Says so when the ids could only be compared with the list above. */
export const notes = (root) =>
  existsSync(join(root, BRIEFS)) ? [] : [`${BRIEFS} is not there; the ids were compared with the committed list only`]

/** Faults of the table, and of the examples that it points into. */
export const check = (root) => {
  const briefs = join(root, BRIEFS)
  const wanted = new Set(wantedIds())
  const problems = existsSync(briefs) ? difference(readIds(readFileSync(briefs, 'utf8')), wanted) : []
  const examples = new Map(
    readdirSync(join(root, EXAMPLES))
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, readText(root, join(EXAMPLES, name))]),
  )
  for (const [name, text] of examples) {
    const { findings } = validate(text, { reading: 'strict' })
    problems.push(...findings.map(({ code, path }) => `${EXAMPLES}/${name}: ${code} at "${path}"`))
  }
  const values = new Map([...examples].map(([name, text]) => [name, JSON.parse(text)]))
  const rows = tableRows(readText(root, 'spec/coverage.md')).map(({ line, cells: [id, where, note] }) => ({
    line,
    id,
    where,
    note,
  }))
  problems.push(...idProblems(rows, wanted))
  return [
    ...problems,
    ...rows.flatMap((row) =>
      rowProblems(root, row, values).map((problem) => `spec/coverage.md:${row.line}: ${row.id} ${problem}`),
    ),
  ]
}

const difference = (there, wanted) => [
  ...[...there]
    .filter((id) => !wanted.has(id))
    .map((id) => `the briefs have ${id}, which scripts/check/coverage-table.mjs does not know`),
  ...[...wanted]
    .filter((id) => !there.has(id))
    .map((id) => `scripts/check/coverage-table.mjs wants ${id}, which the briefs do not have`),
]

/** Items that are missing, doubled or unknown. */
export const idProblems = (rows, wanted) => {
  const ids = rows.map(({ id }) => id)
  return [
    ...ids.filter((id, index) => ids.indexOf(id) < index).map((id) => `spec/coverage.md: ${id} stands twice`),
    ...ids.filter((id) => !wanted.has(id)).map((id) => `spec/coverage.md: ${id} is no item of the briefs`),
    ...[...wanted].filter((id) => !ids.includes(id)).map((id) => `spec/coverage.md: ${id} is missing`),
  ]
}

/** Faults of one row: places that are empty, commands that don't exist, reasons that are missing. */
export const rowProblems = (root, { where, note = '' }, examples) => {
  if (where === '–') return note.length >= 20 ? [] : ['is not served and gives no reason']
  const spans = [...where.matchAll(/`([^`]+)`/g)].map((match) => match[1])
  const pages = links(where)
  if (spans.length + pages.length === 0) return ['names no place, command or page']
  return spans.flatMap((span) =>
    span.startsWith('agent-run ') ? commandProblems(root, span) : placeProblems(span, examples),
  )
}

const commandProblems = (root, command) => {
  const file = `packages/cli/src/commands/${command.split(' ')[1]}.ts`
  return existsSync(join(root, file)) ? [] : [`names "${command}", but ${file} does not exist`]
}

const placeProblems = (place, examples) => {
  const [named, pointer] = place.split('#')
  const file = named || 'full.json'
  if (!examples.has(file) || pointer === undefined) return [`names \`${place}\`, which is no place in an example`]
  const value = resolvePointer(examples.get(file), pointer)
  const isEmpty =
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  return isEmpty ? [`names \`${place}\`, where there is nothing`] : []
}
