import {
  closeSync,
  fdatasync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'

/** What the journal needs of a file system: Node's, unless a test or a host puts another in its place. */
export interface FileSystem {
  /** Opens a file with Node's flags (`wx`, `r+`, `a` …); a new one gets the mode. */
  open(path: string, flags: string, mode?: number): number
  close(descriptor: number): void
  /** Writes some of the bytes from `offset` on; returns how many. */
  write(descriptor: number, data: Uint8Array, offset: number): number
  truncate(descriptor: number, length: number): void
  /** Waits until what was written has reached the disk. */
  sync(descriptor: number): void
  /** The same for the content of a file, without stopping everything else. */
  syncLater(descriptor: number): Promise<void>
  read(path: string): Uint8Array
  /** Makes a folder and those above it; mode 0700. */
  makeFolder(path: string): void
  rename(from: string, to: string): void
  link(existing: string, created: string): void
  remove(path: string): void
}

/** The file system of Node. */
export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode) => openSync(path, flags, mode),
  close: (descriptor) => closeSync(descriptor),
  write: (descriptor, data, offset) => writeSync(descriptor, data, offset, data.length - offset),
  truncate: (descriptor, length) => ftruncateSync(descriptor, length),
  sync: (descriptor) => fsyncSync(descriptor),
  syncLater: (descriptor) =>
    new Promise((resolve, reject) => fdatasync(descriptor, (error) => (error ? reject(error) : resolve()))),
  read: (path) => readFileSync(path),
  makeFolder: (path) => mkdirSync(path, { recursive: true, mode: 0o700 }),
  rename: (from, to) => renameSync(from, to),
  link: (existing, created) => linkSync(existing, created),
  remove: (path) => unlinkSync(path),
}

/** Code of a system error: `ENOENT`, `EACCES` … */
export const systemCode = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}
