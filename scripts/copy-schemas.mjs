// Puts the schemas and the document of the HTTP protocol into @agent-run/types, which publishes them beside the types.
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { schemaFiles } from './schemas.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const target = join(root, 'packages/types/schemas')
rmSync(target, { recursive: true, force: true })
mkdirSync(join(target, '2020-12'), { recursive: true })
for (const name of schemaFiles(root)) {
  cpSync(join(root, 'schemas', name), join(target, name))
  cpSync(join(root, 'schemas/2020-12', name), join(target, '2020-12', name))
}
cpSync(join(root, 'schemas/2020-12/openapi.json'), join(target, '2020-12/openapi.json'))
