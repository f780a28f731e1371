// Joins the modules of @agent-run/core into one file an entry (spec/decisions/0002): loading forty small ones costs a
// new process more than its first verdict. Declarations stay as tsc wrote them.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const dist = fileURLToPath(new URL('../packages/core/dist/', import.meta.url))
const outdir = join(dist, 'bundle')
rmSync(outdir, { recursive: true, force: true })
await build({
  entryPoints: {
    index: join(dist, 'index.js'),
    validate: join(dist, 'validate/index.js'),
    text: join(dist, 'text/index.js'),
    'ed25519-node': join(dist, 'sign/ed25519-node.js'),
    'ed25519-portable': join(dist, 'sign/ed25519-portable.js'),
    'sha256-node': join(dist, 'hash/sha256-node.js'),
    'sha256-portable': join(dist, 'hash/sha256-portable.js'),
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  // Half of the time to load a file is reading past its white space; names stay, so that a stack trace can be read.
  minifyWhitespace: true,
  // Puts constants in the place of their names: bundling turns them into variables, which inner loops would look up.
  minifySyntax: true,
  target: 'es2023',
  chunkNames: 'shared',
  // The engine is chosen where the package is used, by the import conditions of its package.json.
  external: ['#ed25519', '#sha256', '@noble/*', 'node:*'],
  logLevel: 'warning',
})
