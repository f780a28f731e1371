// Writes the lists of files that the published packages hold; those of the Python package and of the crate where there is
// what builds them. Look at the difference before you commit it.
//   npm run build && node scripts/test/golden.mjs
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { goldenFile, packAll } from './packed.mjs'
import { buildPython, pythonGoldenFile } from './python-package.mjs'
import { crateFiles, crateGoldenFile } from './rust-crate.mjs'
import { tool } from './tools.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agent-run-golden-'))
try {
  for (const { name, files } of packAll(root, folder)) {
    writeFileSync(goldenFile(root, name), `${files.join('\n')}\n`)
    console.log(`${name}: ${files.length} files`)
  }
  const python = tool('python-dev')
  for (const { kind, files } of python ? buildPython(root, python, folder) : []) {
    writeFileSync(pythonGoldenFile(root, kind), `${files.join('\n')}\n`)
    console.log(`python ${kind}: ${files.length} files`)
  }
  if (tool('cargo')) {
    const files = crateFiles(root, tool('cargo'))
    writeFileSync(crateGoldenFile(root), `${files.join('\n')}\n`)
    console.log(`rust crate: ${files.length} files`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
