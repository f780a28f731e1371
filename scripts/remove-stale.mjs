// tsc -b never deletes: what it once made from a source that is gone or renamed stays in dist, and would be published.
// This removes every module in packages/*/dist that no source stands behind.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const MODULE = /(\.d\.ts|\.js)$/

/**
 * Removes stale modules; `dist/bundle` has its own maker.
 * @returns {string[]} what was removed, paths from the root
 */
export const removeStale = (root) => {
  const removed = []
  for (const entry of readdirSync(join(root, 'packages'))) {
    const dist = join(root, 'packages', entry, 'dist')
    if (!existsSync(dist)) continue
    for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
      if (!MODULE.test(name) || name.startsWith('bundle')) continue
      if (existsSync(join(root, 'packages', entry, 'src', name.replace(MODULE, '.ts')))) continue
      rmSync(join(dist, name))
      removed.push(relative(root, join(dist, name)))
    }
  }
  return removed
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const path of removeStale(fileURLToPath(new URL('../', import.meta.url)))) console.log(`removed ${path}`)
}
