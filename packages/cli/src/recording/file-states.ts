import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Git } from './git.ts'
import type { Listing, Place } from './list-files.ts'

/** A file at one moment. */
export interface FileState {
  /** A symbolic link is one file, whose content is the text it points with. */
  readonly isLink: boolean
  readonly size: number
  /** What tells that it was written since: number, size, times and permissions, as the system keeps them. */
  readonly mark: string
  readonly isExecutable: boolean
  /** Milliseconds since 1970 when its entry was last changed, which no program can choose. */
  readonly changedAt: number
  /** Number of the file system that it is on. */
  readonly device: bigint
  /** `sha256:…` of its bytes; undefined if they were not read. */
  readonly digest: string | undefined
}

/** Files at one moment, by name. */
export type FileStates = ReadonlyMap<string, FileState>

/** How many bytes may still be read. */
export interface Budget {
  left: number
  /** Whether something was not read for want of it. */
  isSpent: boolean
}

/** Looks at files without following a symbolic link, neither a file nor a folder on its way. */
export class FileLooker {
  readonly #root: string
  readonly #budget: Budget
  /** Whether a folder is one, and no link to one. */
  readonly #folders = new Map<string, boolean>()

  constructor(root: string, budget: Budget) {
    this.#root = root
    this.#budget = budget
  }

  /** What a file is now, without its content; undefined if there is none. */
  look(name: string): FileState | undefined {
    if (!this.#isInside(name)) return undefined
    try {
      const stats = lstatSync(join(this.#root, name), { bigint: true })
      if (!stats.isFile() && !stats.isSymbolicLink()) return undefined
      return {
        isLink: stats.isSymbolicLink(),
        size: Number(stats.size),
        mark: [stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs, stats.mode].join(),
        isExecutable: (stats.mode & 0o111n) !== 0n && stats.isFile(),
        changedAt: Number(stats.ctimeMs),
        device: stats.dev,
        digest: undefined,
      }
    } catch {
      return undefined
    }
  }

  /** The same with the digest of its content, as far as that may and can be read. */
  read(name: string, state: FileState): FileState {
    if (state.size > this.#budget.left) {
      this.#budget.isSpent = true
      return state
    }
    this.#budget.left -= state.size
    const path = join(this.#root, name)
    try {
      return {
        ...state,
        digest: state.isLink ? digestOf(Buffer.from(readlinkSync(path))) : digestOfFile(path, state.size),
      }
    } catch {
      // It has gone, or is not ours to read.
      return state
    }
  }

  #isInside(name: string): boolean {
    const end = name.lastIndexOf('/')
    if (end === -1) return true
    const folder = name.slice(0, end)
    const known = this.#folders.get(folder)
    if (known !== undefined) return known
    let isFolder = this.#isInside(folder)
    try {
      isFolder &&= lstatSync(join(this.#root, folder)).isDirectory()
    } catch {
      isFolder = false
    }
    this.#folders.set(folder, isFolder)
    return isFolder
  }
}

/** The files of a listing as they are now. Of those that git holds the content is not read: git can give it later. */
export function lookAtFiles(listing: Listing, place: Place, budget: Budget): FileStates {
  const looker = new FileLooker(place.root, budget)
  const states = new Map<string, FileState>()
  for (const name of listing.loose) {
    const state = looker.look(name)
    if (state) states.set(name, looker.read(name, state))
  }
  for (const [name, blob] of listing.committed) {
    const state = looker.look(name)
    if (state) states.set(name, blob === undefined ? looker.read(name, state) : state)
  }
  return states
}

/** Bytes of contents that git is asked for at once. */
const portion = 64 * 1024 * 1024

/** Digests of contents that git holds, by git's name for them and their size; those of another size are left out. */
export function digestsOfBlobs(git: Git, wanted: ReadonlyMap<string, number>, budget: Budget): Map<string, string> {
  const digests = new Map<string, string>()
  let blobs: string[] = []
  let bytes = 0
  const ask = (): void => {
    const answer = blobs.length === 0 ? undefined : git.run(['cat-file', '--batch'], { input: `${blobs.join('\n')}\n` })
    for (const [blob, content] of answer === undefined ? [] : contentsIn(answer)) {
      // Another size: git keeps the file in another form than it is written in, and what it was is not known.
      if (content.length === wanted.get(blob)) digests.set(blob, digestOf(content))
    }
    blobs = []
    bytes = 0
  }
  for (const [blob, size] of wanted) {
    if (size > budget.left) {
      budget.isSpent = true
      continue
    }
    budget.left -= size
    if (bytes + size > portion) ask()
    blobs.push(blob)
    bytes += size
  }
  ask()
  return digests
}

/** What `git cat-file --batch` answers: `<name> <type> <size>`, the content, and a line feed after each. */
function* contentsIn(answer: Buffer): Iterable<readonly [string, Buffer]> {
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at)
    if (end === -1) return
    const [blob, type, size] = answer.toString('latin1', at, end).split(' ')
    at = end + 1
    if (type !== 'blob') continue
    yield [blob as string, answer.subarray(at, at + Number(size))]
    at += Number(size) + 1
  }
}

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

const chunk = Buffer.alloc(1024 * 1024)

/**
 * A pipe or a device that somebody put in the place of a file is not waited for, and a file that somebody is still writing
 * is not read on: its digest would be that of another size.
 */
function digestOfFile(path: string, size: number): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  try {
    if (!fstatSync(file).isFile()) throw new Error('not a file')
    const hash = createHash('sha256')
    let bytes = 0
    for (let read = readSync(file, chunk); read > 0 && bytes <= size; read = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, read))
      bytes += read
    }
    if (bytes !== size) throw new Error('it is being written')
    return `sha256:${hash.digest('hex')}`
  } finally {
    closeSync(file)
  }
}
