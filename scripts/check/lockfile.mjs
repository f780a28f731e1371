// `npm ci` accepts package-lock.json on every platform.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gaps } from '../lockfile.mjs'

/** Optional dependencies without an entry; one is enough for `npm ci` to refuse. */
export const check = (root) => {
  const found = gaps(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
  if (found.length === 0) return []
  const list = found.map(({ name, version }) => `package-lock.json has no entry for ${name} ${version}`)
  return [...list, 'Close the gaps with "node scripts/lockfile.mjs".']
}
