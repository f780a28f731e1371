// Writes the lists of files that the published packages hold. Look at the difference before you commit it.
//   npm run build && node scripts/test/golden.mjs
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { goldenFile, packAll } from './packed.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'agent-run-golden-'))
try {
  for (const { name, files } of packAll(root, folder)) {
    writeFileSync(goldenFile(root, name), `${files.join('\n')}\n`)
    console.log(`${name}: ${files.length} files`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
