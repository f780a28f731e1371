import {
  closeSync,
  constants,
  fchmodSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { makeFolder } from './make-folder.ts'

/** What the journal needs of a file system: Node's, unless a test or a host puts another in its place. */
export interface FileSystem {
  /** Opens a file with Node's flags (`wx`, `ax`, `r`); a new one gets the mode. */
  open(path: string, flags: string, mode?: number): number
  /** Opens a file that exists to append to it. A symbolic link or what is no file is an error, never waited for. */
  openToAppend(path: string): number
  close(descriptor: number): void
  /** Writes some of the bytes from `offset` on; returns how many. */
  write(descriptor: number, data: Uint8Array, offset: number): number
  truncate(descriptor: number, length: number): void
  /** Lets nobody but the owner read or write an open file. */
  makePrivate(descriptor: number): void
  /** Waits until what was written has reached the disk. */
  sync(descriptor: number): void
  /** The same for the content of a file, without stopping everything else. */
  syncLater(descriptor: number): Promise<void>
  /** Reads a file. A symbolic link or what is no file is an error, never waited for. */
  read(path: string): Uint8Array
  /** Reads at most so many bytes of a file from an offset on; fewer where it ends. Links and the like as with `read`. */
  readPart(path: string, offset: number, length: number): Uint8Array
  /** The files of a folder and their sizes in bytes, in no order; what is no file is left out. */
  list(path: string): readonly { readonly name: string; readonly size: number }[]
  /** Where a symbolic link points to. */
  readLink(path: string): string
  /** The absolute path without symbolic links. */
  realPath(path: string): string
  /** Makes a folder and those above it; mode 0700. */
  makeFolder(path: string): void
  rename(from: string, to: string): void
  /** Gives a file a second name; not every file system can. */
  link(existing: string, created: string): void
  remove(path: string): void
}

// A pipe that somebody put in the place of a file would be waited for forever.
const careful = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

const openFile = (path: string, flags: number): number => {
  const descriptor = openSync(path, flags | careful)
  if (fstatSync(descriptor).isFile()) return descriptor
  closeSync(descriptor)
  throw Object.assign(new Error('not a file'), { code: 'not a file' })
}

/** The file system of Node. */
export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode) => openSync(path, flags, mode),
  openToAppend: (path) => openFile(path, constants.O_WRONLY | constants.O_APPEND),
  close: (descriptor) => closeSync(descriptor),
  write: (descriptor, data, offset) => writeSync(descriptor, data, offset, data.length - offset),
  truncate: (descriptor, length) => ftruncateSync(descriptor, length),
  makePrivate: (descriptor) => fchmodSync(descriptor, 0o600),
  sync: (descriptor) => fsyncSync(descriptor),
  syncLater: (descriptor) =>
    new Promise((resolve, reject) => fdatasync(descriptor, (error) => (error ? reject(error) : resolve()))),
  read(path) {
    const descriptor = openFile(path, constants.O_RDONLY)
    try {
      return readFileSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  },
  readPart(path, offset, length) {
    const descriptor = openFile(path, constants.O_RDONLY)
    try {
      const part = new Uint8Array(length)
      let read = 0
      while (read < length) {
        const count = readSync(descriptor, part, read, length - read, offset + read)
        if (count === 0) break
        read += count
      }
      return part.subarray(0, read)
    } finally {
      closeSync(descriptor)
    }
  },
  list: (path) =>
    readdirSync(path).flatMap((name) => {
      const found = lstatSync(`${path}/${name}`, { throwIfNoEntry: false })
      return found?.isFile() === true ? [{ name, size: found.size }] : []
    }),
  readLink: (path) => readlinkSync(path),
  realPath: (path) => realpathSync.native(path),
  makeFolder: (path) => void makeFolder(path, 0o700),
  rename: (from, to) => renameSync(from, to),
  link: (existing, created) => linkSync(existing, created),
  remove: (path) => unlinkSync(path),
}

/** Code of a system error: `ENOENT`, `EACCES` … */
export const systemCode = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}
