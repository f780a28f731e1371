// The schemas as the other scripts see them: name → parsed document, in one stable order.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Schema files in `schemas/`, AgentRun first, the rest by name. */
export const schemaFiles = (root) =>
  readdirSync(join(root, 'schemas'))
    .filter((name) => name.endsWith('.json'))
    .sort((a, b) => (a === 'agent-run.json' ? -1 : b === 'agent-run.json' ? 1 : a < b ? -1 : 1))

/** Map of file name → parsed schema. */
export const readSchemas = (root) =>
  new Map(schemaFiles(root).map((name) => [name, JSON.parse(readFileSync(join(root, 'schemas', name), 'utf8'))]))
