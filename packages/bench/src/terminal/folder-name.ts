import { isAbsolute, relative } from 'node:path'

/** A folder as it is called from the working folder, unless it lies elsewhere. */
export const folderName = (folder: string): string => {
  const path = relative(process.cwd(), folder)
  return path === '' ? '.' : path.startsWith('..') || isAbsolute(path) ? folder : path
}
