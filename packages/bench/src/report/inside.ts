import { resolve, sep } from 'node:path'

/**
 * The absolute path of a file below a folder, by its path from there.
 * @throws RangeError for a path that leads out of it
 */
export const insideOf = (folder: string, path: string): string => {
  const root = resolve(folder)
  const target = resolve(root, path)
  if (!target.startsWith(root.endsWith(sep) ? root : root + sep)) throw new RangeError('a path leads out of its folder')
  return target
}
