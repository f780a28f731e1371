import { statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { isGlob } from '../input/glob.ts'
import type { Source } from '../input/source.ts'

/** An input and its place in the order of all of them. */
export interface HousedSource {
  readonly source: Source
  readonly position: number
  /** Its path from the folder of its index on, as JSON: names may hold what is no text. */
  readonly path: string
}

/** A folder with the inputs that its index is about. */
export interface Home {
  readonly folder: string
  /** Whether the folder itself was named. */
  readonly isNamed: boolean
  readonly sources: HousedSource[]
}

/**
 * Inputs by the folders whose indexes they belong to: the first named folder that a file is in, the folder that a glob
 * begins with, or the folder of the file.
 */
export function homesOf(names: readonly string[], sources: readonly Source[]): Home[] {
  const named = names.flatMap((name) => (isFolder(name) ? [resolve(name)] : isGlob(name) ? globFolder(name) : []))
  const homes = new Map<string, Home>()
  for (const [position, source] of sources.entries()) {
    const file = resolve(source.path as string)
    const around = named.find((folder) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep))
    const folder = around ?? dirname(file)
    const home = homes.get(folder) ?? { folder, isNamed: around !== undefined, sources: [] }
    homes.set(folder, home)
    home.sources.push({ source, position, path: JSON.stringify(relative(folder, file)) })
  }
  return [...homes.values()]
}

/** The folder in front of the first part of a glob that is one. */
const globFolder = (pattern: string): string[] => {
  const parts = pattern.split('/')
  const fixed = parts.slice(0, parts.findIndex(isGlob))
  const folder = fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/') || '.'
  return isFolder(folder) ? [resolve(folder)] : []
}

const isFolder = (name: string): boolean => {
  try {
    return statSync(name).isDirectory()
  } catch {
    return false
  }
}
