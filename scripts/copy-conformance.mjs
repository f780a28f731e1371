// Puts the cases, vectors and profiles into @agent-run/conformance, which publishes them beside the program that plays them.
//   node scripts/copy-conformance.mjs [folder of the package]
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DATA_PARTS } from '../packages/conformance/dist/data/index.js'

const root = fileURLToPath(new URL('../', import.meta.url))
const target = join(process.argv[2] ?? join(root, 'packages/conformance'), 'data')
rmSync(target, { recursive: true, force: true })
mkdirSync(target)
for (const part of DATA_PARTS) {
  const source = join(root, 'conformance', part)
  if (existsSync(source)) cpSync(source, join(target, part), { recursive: true })
}
