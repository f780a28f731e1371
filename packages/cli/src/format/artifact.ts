import { isAbsolute, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Folder that file names in reports for build servers start from. */
export interface Base {
  readonly id: 'SRCROOT' | 'PWD'
  /** Absolute path. */
  readonly folder: string
}

/** Where a file lies, as build servers name it. */
export interface Artifact {
  /** Undefined for standard input and for a file outside of both folders. */
  readonly base: Base | undefined
  /** Path from the base with forward slashes; without one the name as the user knows it. */
  readonly name: string
}

/** A file relative to the root of the repository if it lies below it, else to the current folder if it lies there. */
export function artifactOf(file: string, workspace: string | undefined): Artifact {
  if (file === '<stdin>') return { base: undefined, name: file }
  const bases: Base[] = [{ id: 'PWD', folder: process.cwd() }]
  if (workspace) bases.unshift({ id: 'SRCROOT', folder: resolve(workspace) })
  for (const base of bases) {
    const inside = relative(base.folder, resolve(file))
    if (inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside))
      return { base, name: inside.split(sep).join('/') }
  }
  return { base: undefined, name: file.split(sep).join('/') }
}

/** An artifact as a URI reference: relative to its base, else absolute. */
export function uriOf({ base, name }: Artifact): string {
  if (name === '<stdin>') return 'stdin'
  return base ? name.split('/').map(encodeURIComponent).join('/') : pathToFileURL(resolve(name)).href
}

/** The URI of a base, with the slash at the end that a base needs. */
export const baseUri = ({ folder }: Base): string => pathToFileURL(folder).href.replace(/\/?$/, '/')
