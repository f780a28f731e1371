import { isAbsolute, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A file name as a URI reference: relative to the current folder where it lies inside it, else absolute. */
export function fileUri(file: string): string {
  if (file === '<stdin>') return 'stdin'
  const path = resolve(file)
  const inside = relative(process.cwd(), path)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return pathToFileURL(path).href
  return inside.split(sep).map(encodeURIComponent).join('/')
}
