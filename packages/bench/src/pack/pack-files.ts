import { createHash } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '../failure.ts'

/** A file, link or folder of a pack, with what is in it. */
export interface PackEntry {
  /** Path from the pack's folder, with forward slashes. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'other'
  readonly executable: boolean
  /** Of a file. */
  readonly octets?: Uint8Array
}

/** Names that systems and editors leave behind; no part of a pack. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', '.git'])

/** Octets that the files of a pack may have together: they are held in memory, where no runtime can change them. */
const MOST = 256 * 1024 * 1024

/**
 * Everything in a pack's folder, in the order of the paths' code units. Links are not followed.
 * @throws system errors; Failure for a pack that is too large
 */
export const readFiles = (folder: string): readonly PackEntry[] => {
  const found: PackEntry[] = []
  let total = 0
  const walk = (below: string): void => {
    for (const name of readdirSync(join(folder, below))) {
      if (LITTER.has(name)) continue
      const path = below === '' ? name : `${below}/${name}`
      const stat = lstatSync(join(folder, path))
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other'
      total += kind === 'file' ? stat.size : 0
      if (total > MOST) throw new Failure('the pack has more than 256 MB of files')
      const octets = kind === 'file' ? { octets: readFileSync(join(folder, path)) } : {}
      found.push({ path, kind, executable: kind === 'file' && (stat.mode & 0o111) !== 0, ...octets })
      if (kind === 'folder') walk(path)
    }
  }
  walk('')
  return found.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/**
 * The digest of a pack: SHA-256 over a line for each file, `<sha256 hex> <x or -> <path>`, in the order of the paths.
 * Folders count only by what is in them.
 * @returns `sha256:` and 64 hex
 */
export const digestPack = (entries: readonly PackEntry[]): string => {
  const whole = createHash('sha256')
  for (const { path, executable, octets } of entries) {
    if (octets === undefined) continue
    whole.update(`${createHash('sha256').update(octets).digest('hex')} ${executable ? 'x' : '-'} ${path}\n`)
  }
  return `sha256:${whole.digest('hex')}`
}

/** Writes what a pack has below one of its folders into a folder, writable whatever the pack's own files are. @throws system errors */
export const writeBelow = (entries: readonly PackEntry[], below: string, folder: string): void => {
  for (const { path, kind, executable, octets } of entries) {
    if (!path.startsWith(`${below}/`)) continue
    const target = join(folder, path.slice(below.length + 1))
    if (kind === 'folder') mkdirSync(target, { recursive: true })
    if (octets === undefined) continue
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, octets)
    chmodSync(target, executable ? 0o755 : 0o644)
  }
}
