// spec/registry.md → packages/core/src/generated/vocabularies.ts: the values of every open vocabulary.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRegistry } from '../registry.mjs'

const BANNER = '// Generated from spec/registry.md by "npm run gen". Do not edit.\n'

export const vocabularies = (root) => {
  const registry = readRegistry(readFileSync(join(root, 'spec/registry.md'), 'utf8'))
  const rows = registry.map(({ name, values }) => `  ${quoted(name)}: [${values.map(quoted).join(', ')}],\n`)
  return {
    'packages/core/src/generated/vocabularies.ts': `${BANNER}
/** Registered values of every open vocabulary, by its name in spec/registry.md. */
export const vocabularies: Readonly<Record<string, readonly string[]>> = {
${rows.join('')}}
`,
  }
}

const quoted = (text) => `'${text}'`
