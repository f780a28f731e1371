// Writes every generated file, or with --check says which differ from what would be written.
// Each generator is a function returning a map: path from the repository's root → content.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { conformance } from './conformance.mjs'
import { edition2020 } from './edition-2020-12.mjs'
import { errorCodes } from './error-codes.mjs'
import { explanations } from './explanations.mjs'
import { members } from './members.mjs'
import { objectMembers } from './object-members.mjs'
import { openapi } from './openapi.mjs'
import { python } from './python.mjs'
import { reference } from './reference.mjs'
import { requirements } from './requirements.mjs'
import { rust } from './rust.mjs'
import { types } from './types.mjs'
import { validator } from './validator.mjs'
import { vocabularies } from './vocabularies.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const generators = [
  types,
  edition2020,
  requirements,
  reference,
  members,
  vocabularies,
  validator,
  errorCodes,
  explanations,
  objectMembers,
  openapi,
  conformance,
  python,
  rust,
]

// Folders whose whole content is generated: a file there that no generator writes is stale.
const ownedFolders = [
  'packages/types/src/generated',
  'schemas/2020-12',
  'packages/core/src/generated',
  'packages/cli/src/generated',
  'python/agent_run/generated',
  'crates/agent-run-types/src/generated',
]

const wanted = new Map()
for (const generate of generators) {
  for (const [path, content] of Object.entries(await generate(root))) wanted.set(path, content)
}

const existing = (folder) => {
  try {
    return (
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        // What Python leaves where it ran is no generator's, and not committed either.
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.pyc'))
        .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    )
  } catch {
    return []
  }
}
const stale = ownedFolders.flatMap(existing).filter((path) => !wanted.has(path))
const differing = [...wanted].filter(([path, content]) => {
  try {
    return readFileSync(join(root, path), 'utf8') !== content
  } catch {
    return true
  }
})

if (process.argv.includes('--check')) {
  for (const [path] of differing) console.error(`not up to date: ${path}`)
  for (const path of stale) console.error(`no longer generated: ${path}`)
  if (differing.length + stale.length > 0) {
    console.error('Run "npm run gen" and commit the result.')
    process.exit(1)
  }
  console.log(`gen:check: ${wanted.size} generated files are up to date`)
} else {
  for (const [path, content] of differing) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
    console.log(`wrote ${path}`)
  }
  for (const path of stale) {
    rmSync(join(root, path))
    console.log(`removed ${path}`)
  }
  console.log(`gen: ${wanted.size} files, ${differing.length} written`)
}
