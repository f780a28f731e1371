import { constants, type Dirent } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createDigest } from '@agent-run/core'

/** Largest file whose text is looked at, in bytes. */
const TEXT_BYTES = 8 * 1024 * 1024
/** Largest file whose digest is taken, in bytes. */
const DIGEST_BYTES = 256 * 1024 * 1024
/** Most entries of a folder and everything below it that are looked at. */
const MOST_ENTRIES = 200_000
const DEEPEST = 256

/** Something in a folder. Links are never followed, so nothing in here leads out of it. */
export interface Entry {
  /** Path below the folder, with forward slashes. */
  readonly path: string
  readonly kind: 'file' | 'link' | 'folder' | 'other'
}

/** What a file holds, or why it is not known. */
export type Content<T> = { readonly value: T } | { readonly problem: string }

/**
 * A folder that an agent wrote to, looked at without trusting it: links are not followed, pipes and devices not opened, large
 * files not read.
 */
export interface FolderView {
  /** Everything below the folder, in the order of the paths; looked up once. */
  entries(): Promise<readonly Entry[]>
  /** The entry at a path; undefined if nothing is there or a link stands on the way. */
  entry(path: string): Promise<Entry | undefined>
  /** The text of a file, UTF-8; what is no UTF-8 in it is replaced. */
  text(path: string): Promise<Content<string>>
  /** `sha256:` and 64 hexadecimal digits. */
  digest(path: string): Promise<Content<string>>
}

/** Looks at a folder. @param root an absolute path; undefined or gone: an empty folder */
export function viewFolder(root: string | undefined): FolderView {
  let all: Promise<readonly Entry[]> | undefined
  const entry = async (path: string): Promise<Entry | undefined> => {
    const names = namesOf(path)
    if (root === undefined || names === undefined) return undefined
    let kind: Entry['kind'] = 'folder'
    for (let count = 0; count < names.length; count++) {
      if (kind !== 'folder') return undefined
      const found = await lstat(join(root, ...names.slice(0, count + 1))).catch(() => undefined)
      if (found === undefined) return undefined
      kind = kindOf(found)
    }
    return { path: names.join('/'), kind }
  }
  const read = async <T>(path: string, most: number, take: (pieces: AsyncIterable<Uint8Array>) => Promise<T>) => {
    const found = await entry(path)
    if (root === undefined || found === undefined) return { problem: 'is not there' }
    if (found.kind !== 'file') return { problem: `is ${words[found.kind]}, no file` }
    return readFile(join(root, ...found.path.split('/')), most, take)
  }
  return {
    entries: () => {
      all ??= root === undefined ? Promise.resolve([]) : listFolder(root)
      return all
    },
    entry,
    text: (path) =>
      read(path, TEXT_BYTES, async (pieces) => {
        const decoder = new TextDecoder()
        let text = ''
        for await (const piece of pieces) text += decoder.decode(piece, { stream: true })
        return text + decoder.decode()
      }),
    digest: (path) =>
      read(path, DIGEST_BYTES, async (pieces) => {
        const digest = createDigest()
        for await (const piece of pieces) digest.update(piece)
        return digest.digest()
      }),
  }
}

const words = { link: 'a link', folder: 'a folder', other: 'a special file', file: 'a file' } as const

/** The names of a path that stays below its folder; undefined for any other. */
export function namesOf(path: string): string[] | undefined {
  const names = path.split('/').filter((name) => name !== '.' && name !== '')
  const isInside =
    !path.startsWith('/') && names.length > 0 && names.every((name) => name !== '..' && !/[\\\0]/.test(name))
  return isInside ? names : undefined
}

type Kinds = Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>

const kindOf = (found: Kinds): Entry['kind'] => {
  if (found.isSymbolicLink()) return 'link'
  if (found.isDirectory()) return 'folder'
  return found.isFile() ? 'file' : 'other'
}

const listFolder = async (root: string): Promise<readonly Entry[]> => {
  const entries: Entry[] = []
  const visit = async (names: readonly string[]): Promise<void> => {
    if (names.length > DEEPEST) return
    const found = await readdir(join(root, ...names), { withFileTypes: true }).catch((): Dirent[] => [])
    for (const each of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entries.length >= MOST_ENTRIES) return
      const kind = kindOf(each)
      const path = [...names, each.name]
      entries.push({ path: path.join('/'), kind })
      if (kind === 'folder') await visit(path)
    }
  }
  await visit([])
  return entries
}

const readFile = async <T>(
  path: string,
  most: number,
  take: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<Content<T>> => {
  // What was a file a moment ago may be a pipe now: opening one must not wait for its other end.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => undefined)
  if (file === undefined) return { problem: 'cannot be read' }
  try {
    const { size, ...found } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }))
    if (!found.isFile) return { problem: 'is a special file, no file' }
    if (size > most) return { problem: `is larger than ${most / 1024 / 1024} MiB` }
    return { value: await take(piecesOf(file, most)) }
  } catch {
    return { problem: 'cannot be read' }
  } finally {
    await file.close()
  }
}

/** A file of a file system that does not know sizes ends at the limit. */
async function* piecesOf(file: Awaited<ReturnType<typeof open>>, most: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(64 * 1024)
  for (let taken = 0; taken < most; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length)
    if (bytesRead === 0) return
    taken += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}
