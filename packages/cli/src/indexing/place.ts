import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { version } from '../version.ts'
import { FORMAT } from './database.ts'

/** Folder of an index, beside the files that it is about. Git is told in it to pass it over. */
export const INDEX_FOLDER = '.agent-run-index'

/** Each version of the program has a file of its own, and removes those of others. */
const FILE = `index-${FORMAT}-${version}.sqlite`
const FILES = /^index-.*\.sqlite(-journal|-wal|-shm)?$/

/** Note in an index in the cache: the folder that it is about. */
const ABOUT = 'folder'

/** The file of the index of a folder, if there is one that can be written; undefined without. */
export function findIndex(folder: string): string | undefined {
  return placesOf(folder)
    .filter(isOurs)
    .map((place) => join(place, FILE))
    .find((file) => isOurFile(file))
}

/**
 * Makes room for the index of a folder: beside the files if they may be written to, else among the user's caches;
 * undefined if neither can be done. The file itself is made here, readable by nobody else.
 */
export function makeIndex(folder: string): string | undefined {
  const [beside, cached] = placesOf(folder) as [string, string]
  for (const place of [beside, cached]) {
    try {
      mkdirSync(place, { recursive: place === cached, mode: 0o700 })
    } catch {
      if (!isOurs(place)) continue
    }
    try {
      if (!isOurs(place)) continue
      if (place === beside) writeFileSync(join(place, '.gitignore'), '*\n', { mode: 0o600 })
      else noteFolder(place, folder)
      for (const name of readdirSync(place)) if (FILES.test(name) && !name.startsWith(FILE)) rmSync(join(place, name))
      const file = join(place, FILE)
      if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600, flag: 'wx' })
      if (isOurFile(file)) return file
    } catch {
      // A full disk, a quota, another process: the next place may do.
    }
  }
  return undefined
}

/** Removes an index that is of no use, unless it is not the same file any more. */
export function removeIndex(file: string, inode: number | undefined): void {
  if (lstat(file)?.ino !== inode) return
  for (const each of [`${file}-journal`, file]) rmSync(each, { force: true })
}

/** What tells the file of an index from another one under its name. */
export const inodeOf = (file: string): number | undefined => lstat(file)?.ino

const placesOf = (folder: string): string[] => {
  const real = realPath(folder)
  return [join(real, INDEX_FOLDER), join(cacheFolder(), createHash('sha256').update(real).digest('hex').slice(0, 32))]
}

const realPath = (folder: string): string => {
  try {
    return realpathSync(folder)
  } catch {
    // Gone in between: what is done with it will fail, or find nothing.
    return folder
  }
}

const cacheFolder = (): string => {
  const { XDG_CACHE_HOME: given, LOCALAPPDATA: windows } = process.env
  // A relative path is to be ignored, says the specification.
  const base = given && isAbsolute(given) ? given : (windows ?? join(homedir(), '.cache'))
  return join(base, 'agent-run', 'index')
}

/** Says in a cache whose it is, and removes those whose folder is gone: nobody would ever use them again. */
const noteFolder = (place: string, folder: string): void => {
  writeFileSync(join(place, ABOUT), realPath(folder), { mode: 0o600 })
  for (const name of readdirSync(cacheFolder())) {
    const other = join(cacheFolder(), name)
    try {
      if (!existsSync(readFileSync(join(other, ABOUT), 'utf8'))) rmSync(other, { recursive: true })
    } catch {
      // Not one of ours, or just being made.
    }
  }
}

/** A folder of ours: a link, or what somebody else has put there, could lead anywhere. */
const isOurs = (place: string): boolean => {
  const stats = lstat(place)
  return stats?.isDirectory() === true && isOwn(stats) && isWritable(place)
}

const isOurFile = (file: string): boolean => {
  const stats = lstat(file)
  return stats?.isFile() === true && stats.nlink === 1 && isOwn(stats) && isWritable(file)
}

const isOwn = ({ uid }: Stats): boolean => process.getuid === undefined || process.getuid() === uid

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

const lstat = (path: string): Stats | undefined => {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}
