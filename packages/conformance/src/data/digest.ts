import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { digest, sha256 } from '../bytes/digest.ts'
import { dataFolder } from './folder.ts'

/** Files and folders that are the data of the suite; the published package has these and no others. */
export const DATA_PARTS: readonly string[] = [
  'README.md',
  'case-index.json',
  'cases',
  'emitter-checks.json',
  'harness.md',
  'profiles',
  'requirements.json',
  'scenarios',
  'schemas',
  'vectors',
  'verifier-checks.json',
]

/**
 * Digest of the data of the suite, which says with what somebody was tested: SHA-256 of one line a file, sorted by path,
 * each the SHA-256 of its octets, two spaces and its path, as `sha256sum` writes them.
 */
export const dataDigest = (): string => {
  const folder = dataFolder()
  const paths = DATA_PARTS.flatMap((part) => filesOf(folder, part)).sort()
  return digest(paths.map((path) => `${sha256(readFileSync(join(folder, path)))}  ${path}\n`).join(''))
}

const filesOf = (folder: string, path: string): readonly string[] => {
  const stats = statSync(join(folder, path), { throwIfNoEntry: false })
  if (stats === undefined) return []
  if (!stats.isDirectory()) return [path]
  return readdirSync(join(folder, path)).flatMap((name) => filesOf(folder, `${path}/${name}`))
}
