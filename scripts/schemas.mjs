// The schemas as the other scripts see them: name → parsed document, in one stable order.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { walkSchema } from './dialect.mjs'

/** Schema files in `schemas/`, AgentRun first, the rest by name. */
export const schemaFiles = (root) =>
  readdirSync(join(root, 'schemas'))
    .filter((name) => name.endsWith('.json'))
    .sort((a, b) => (a === 'agent-run.json' ? -1 : b === 'agent-run.json' ? 1 : a < b ? -1 : 1))

/** Map of file name → parsed schema. */
export const readSchemas = (root) =>
  new Map(schemaFiles(root).map((name) => [name, JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8'))]))

/**
 * What a record, a verdict or a journal is made of, by its outermost objects. Whatever they reach is checked at run time;
 * the objects that only travel over HTTP (a page, a receipt, a problem) are types and documentation.
 */
const CHECKED = [
  'agent-run.json',
  'verdict.json',
  'trust.json',
  'journal-line.json',
  'private-line.json',
  'journal-head.json',
  'statement.json',
  'batch-proof.json',
  'step-proof.json',
]

/** The schemas among these that validators need, in the same order: those that `roots` reach. */
export const checkedSchemas = (schemas, roots = CHECKED) => {
  const reached = new Set()
  const visit = (file) => {
    if (reached.has(file)) return
    reached.add(file)
    walkSchema(schemas.get(file), ({ $ref }) => $ref && visit($ref))
  }
  roots.forEach(visit)
  return new Map([...schemas].filter(([file]) => reached.has(file)))
}
