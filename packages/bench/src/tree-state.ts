import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { FileChange } from './trial.ts'

/** What stands at a path. */
export interface EntryState {
  readonly kind: FileChange['kind']
  readonly size: number
  /** Of a file: `sha256:` and 64 hex; of a link: where it leads. Absent: not read, or it cannot be. */
  readonly content?: string
}

/** A folder at one moment. */
export interface TreeState {
  /** By path from the folder, with forward slashes, in the order of the paths. */
  readonly entries: ReadonlyMap<string, EntryState>
  /** Octets of all files together. */
  readonly bytes: number
  /** There is more than was looked at. */
  readonly cut: boolean
}

/** How far to look. */
export interface TreeOptions {
  readonly files: number
  readonly bytes: number
  /** Whether to read the files: as many as `bytes` has room for, so one without end is not begun. */
  readonly contents: boolean
  /** Folders that are not looked into, by path. */
  readonly skip?: ReadonlySet<string>
}

/**
 * Looks at everything below a folder. Links are not followed, pipes and devices not opened, what disappears meanwhile is
 * passed over. A folder that is not there, or has become a link, is empty. Never throws.
 */
export const readTree = (folder: string, { files, bytes, contents, skip }: TreeOptions): TreeState => {
  const entries = new Map<string, EntryState>()
  let total = 0
  let cut = false
  const waiting: string[] = isFolder(folder) ? [''] : []
  while (waiting.length > 0 && !cut) {
    const below = waiting.pop() as string
    for (const name of namesIn(join(folder, below))) {
      const path = below === '' ? name : `${below}/${name}`
      const state = stateOf(join(folder, path), contents ? bytes - total : -1)
      if (state === undefined) continue
      entries.set(path, state)
      total += state.size
      if (entries.size > files || total > bytes) {
        cut = true
        break
      }
      if (state.kind === 'folder' && skip?.has(path) !== true) waiting.push(path)
    }
  }
  const sorted = [...entries].sort(([one], [other]) => (one < other ? -1 : 1))
  return { entries: new Map(sorted), bytes: total, cut }
}

/** What differs between two moments of a folder, by path. */
export const changesBetween = (before: TreeState, after: TreeState): readonly FileChange[] => {
  const paths = [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort()
  return paths.flatMap((path): readonly FileChange[] => {
    const was = before.entries.get(path)
    const is = after.entries.get(path)
    const digests = {
      ...(was?.kind === 'file' && was.content !== undefined ? { before: was.content } : {}),
      ...(is?.kind === 'file' && is.content !== undefined ? { after: is.content } : {}),
    }
    if (was === undefined && is !== undefined) return [{ path, change: 'added', kind: is.kind, ...digests }]
    if (is === undefined && was !== undefined) return [{ path, change: 'removed', kind: was.kind, ...digests }]
    if (was === undefined || is === undefined) return []
    if (was.kind === is.kind && was.content === is.content && (is.kind === 'folder' || was.size === is.size)) return []
    return [{ path, change: 'changed', kind: is.kind, ...digests }]
  })
}

const isFolder = (path: string): boolean => {
  try {
    return lstatSync(path).isDirectory()
  } catch {
    return false
  }
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** @param most octets of a file that is read */
const stateOf = (path: string, most: number): EntryState | undefined => {
  try {
    const stat = lstatSync(path)
    if (stat.isDirectory()) return { kind: 'folder', size: 0 }
    if (stat.isSymbolicLink()) return { kind: 'link', size: 0, content: readlinkSync(path) }
    if (!stat.isFile()) return { kind: 'other', size: 0 }
    const content = stat.size <= most ? digestOf(path) : undefined
    return { kind: 'file', size: stat.size, ...(content === undefined ? {} : { content }) }
  } catch {
    return undefined
  }
}

const PART = 1024 * 1024

const digestOf = (path: string): string | undefined => {
  let file: number | undefined
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if (!fstatSync(file).isFile()) return undefined
    const hash = createHash('sha256')
    const part = Buffer.allocUnsafe(PART)
    for (let got = readSync(file, part); got > 0; got = readSync(file, part)) hash.update(part.subarray(0, got))
    return `sha256:${hash.digest('hex')}`
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
