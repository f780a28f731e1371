import { join, resolve } from 'node:path'
import { AgentRunError } from '@agent-run/core'
import { type FileSystem, systemCode, writeWhole } from '../journal-file/index.ts'

/** What a file of the outbox holds: a finished record, or the lines of a journal. */
export type EntryKind = 'record' | 'journal'

/** One file that is to be sent. */
export interface Entry {
  readonly name: string
  readonly kind: EntryKind
  readonly size: number
  /** When it was added, milliseconds since 1970. */
  readonly at: number
}

/** Files that are to be sent, one for each record; each is there whole or not at all, and stays until the server has it. */
export interface Outbox {
  /** Absolute. */
  readonly path: string
  /** Oldest first. */
  entries(): readonly Entry[]
  /**
   * Adds one; it is on the disk when this returns.
   * @throws AgentRunError `spool.full`, `spool.unwritable`
   */
  add(kind: EntryKind, content: Uint8Array): string
  /**
   * Adds a file under a second name, without copying it; undefined where the file system cannot do that.
   * @param path on the same file system
   */
  addLink(kind: EntryKind, path: string): string | undefined
  read(name: string): Uint8Array
  /** The server has it. */
  remove(name: string): void
  /** Sets one aside that the server will never take, and says why beside it. */
  setAside(name: string, why: object): void
  /** The code of why it was set aside, and the file that it is in now; undefined if it was not, or is gone. */
  refusalOf(name: string): { readonly code: string; readonly path: string } | undefined
  /** Whether it is still to be sent, was set aside, or is gone because a server has it. */
  stateOf(name: string): 'waiting' | 'refused' | 'gone'
}

/** How an outbox is kept. */
export interface OutboxOptions {
  readonly directory: string
  readonly files: FileSystem
  /** Text that tells this writer from others. */
  readonly token: string
  /** Most octets of all its files, those set aside included. */
  readonly octets: number
  readonly clock: () => number
}

const endings: Readonly<Record<EntryKind, string>> = { record: '.json', journal: '.journal' }
const asideFolder = 'refused'
const reasonEnding = '.problem.json'
const entryName = /^(\d{15})-\d{6}-[0-9a-z]+(\.json|\.journal)$/
/** A file whose writer died before it was whole, so old that nobody can be writing it any more. */
const draftName = /^(\d{15})-\d{6}-[0-9a-z]+\.(?:json|journal)\.[0-9a-z]+$/
const oldDraft = 60 * 60 * 1000

/** The outbox in a folder, which is made (mode 0700) when the first file comes. */
export function createOutbox({ directory, files, token, octets, clock }: OutboxOptions): Outbox {
  const path = resolve(directory)
  const aside = join(path, asideFolder)
  let count = 0

  const list = (folder: string): ReturnType<FileSystem['list']> => {
    try {
      return files.list(folder)
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return []
      throw error
    }
  }
  const sizeOf = (folder: string): number => list(folder).reduce((sum, { size }) => sum + size, 0)
  const exists = (folder: string, name: string): boolean => list(folder).some((file) => file.name === name)
  const removeOldDrafts = (): void => {
    for (const { name } of list(path)) {
      const at = Number(draftName.exec(name)?.[1] ?? Number.NaN)
      if (clock() - at > oldDraft) files.remove(join(path, name))
    }
  }

  const newName = (kind: EntryKind): string => {
    const time = String(Math.max(0, Math.trunc(clock()))).padStart(15, '0')
    return `${time}-${String(count++).padStart(6, '0')}-${token}${endings[kind]}`
  }

  return {
    path,
    entries: () =>
      list(path)
        .flatMap(({ name, size }): Entry[] => {
          const [, at, ending] = entryName.exec(name) ?? []
          if (at === undefined) return []
          return [{ name, kind: ending === endings.journal ? 'journal' : 'record', size, at: Number(at) }]
        })
        .sort((one, other) => (one.name < other.name ? -1 : 1)),
    add(kind, content) {
      try {
        files.makeFolder(path)
        removeOldDrafts()
        const held = sizeOf(path) + sizeOf(aside)
        if (held + content.length > octets)
          throw new AgentRunError(
            'spool.full',
            `${path} holds ${held} octets; expected at most ${octets} with ${content.length} more. Nothing was removed`,
          )
        const name = newName(kind)
        writeWhole(join(path, name), content, token, files)
        return name
      } catch (cause) {
        if (cause instanceof AgentRunError && cause.code === 'spool.full') throw cause
        const why = cause instanceof AgentRunError ? cause.message : (systemCode(cause) ?? 'unknown error')
        throw new AgentRunError('spool.unwritable', `nothing can be kept in ${path}: ${why}`, cause)
      }
    },
    addLink(kind, linked) {
      const name = newName(kind)
      try {
        files.makeFolder(path)
        files.link(linked, join(path, name))
        return name
      } catch {
        return undefined
      }
    },
    read: (name) => files.read(join(path, name)),
    remove(name) {
      try {
        files.remove(join(path, name))
      } catch (error) {
        // Another process sent it, too.
        if (systemCode(error) !== 'ENOENT') throw error
      }
    },
    setAside(name, why) {
      files.makeFolder(aside)
      // The reason first: a record that is set aside always has one.
      const text = `${JSON.stringify(why, null, 2)}\n`
      writeWhole(join(aside, name + reasonEnding), text, token, files, () => true)
      try {
        files.rename(join(path, name), join(aside, name))
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error
      }
    },
    refusalOf(name) {
      if (!exists(aside, name)) return undefined
      const why = readCode(() => files.read(join(aside, name + reasonEnding)))
      return { code: why ?? 'spool.refused', path: join(aside, name) }
    },
    stateOf(name) {
      if (exists(path, name)) return 'waiting'
      return exists(aside, name) ? 'refused' : 'gone'
    },
  }
}

/** The code in a reason, unless somebody took it away. */
const readCode = (read: () => Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(read())
    const { code } = JSON.parse(text) as { readonly code?: unknown }
    return typeof code === 'string' ? code : undefined
  } catch {
    return undefined
  }
}
