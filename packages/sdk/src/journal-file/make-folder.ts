import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it, step by step: Node's `recursive` never comes back from a system that will not have a
 * folder in one that is there and answers `ENOENT`, as Linux does below `/proc`. Throws what the file system throws.
 *
 * @param mode permissions of what is made, such as `0o700`
 * @returns whether it was made now
 */
export function makeFolder(path: string, mode: number): boolean {
  try {
    mkdirSync(path, { mode })
    return true
  } catch (error) {
    if (isFolder(path)) return false
    const above = dirname(path)
    if ((error as { readonly code?: unknown }).code !== 'ENOENT' || above === path || isFolder(above)) throw error
    makeFolder(above, mode)
  }
  return makeFolder(path, mode)
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
