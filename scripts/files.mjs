import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const MADE_HERE = new Set(['node_modules', 'dist', '.git', 'coverage', '.agent-run', '__pycache__'])
/** Cargo builds beside the crate; elsewhere `target` may be a name like others. */
const BUILT_BY_CARGO = /^crates\/[^/]+\/target$/

/**
 * Files that belong to the repository: everything below the root but what is installed or built.
 * @returns {string[]} paths from the root with `/`, sorted
 */
export const repositoryFiles = (root, folder = '') =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !MADE_HERE.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (path === 'packages/types/schemas' || BUILT_BY_CARGO.test(path)) return []
      if (entry.isDirectory()) return repositoryFiles(root, path)
      return entry.isFile() ? [path] : []
    })
    .sort()
