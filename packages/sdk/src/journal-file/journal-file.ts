import { basename, dirname, join, resolve } from 'node:path'
import { AgentRunError } from '@agent-run/core'
import { type FileSystem, nodeFileSystem, systemCode } from './file-system.ts'
import { syncFolder } from './folder.ts'
import { type Lock, takeLock } from './lock.ts'

/**
 * When what was written must have reached the disk before it counts as acknowledged: after every event, after every
 * signed head, or when the journal is closed. Whatever is chosen, an event is handed to the operating system at once and
 * survives the death of the process; the choice is about power failures.
 */
export type FsyncPolicy = 'every_event' | 'every_head' | 'on_close'

/** How a journal file is opened. */
export interface JournalFileOptions {
  readonly fsync: FsyncPolicy
  /** Text that tells this writer from others; never shown to anyone. */
  readonly token: string
  readonly files?: FileSystem
}

/** An append-only file of lines with one writer. */
export interface JournalFile {
  /** Absolute: a process may change its folder meanwhile. */
  readonly path: string
  /**
   * Appends lines, each without its line feed. What cannot be written now is kept and written before the next lines, so
   * that the file never has a gap.
   * @param head whether they end with a signed head
   * @throws AgentRunError `journal_file.unwritable`; the lines are kept
   */
  append(lines: readonly string[], head?: boolean): void
  /** Whether lines are waiting because they could not be written. */
  readonly behind: boolean
  /**
   * Resolves when everything appended so far is as durable as the policy promises.
   * @throws AgentRunError `journal_file.unwritable`
   */
  durable(): Promise<void>
  /** Writes what is left, waits for the disk and gives the lock back. Throws like {@link JournalFile.append}. */
  close(): void
}

/**
 * Creates a journal file (mode 0600), and its folder (mode 0700) if there is none. It never writes into what is there.
 * @throws AgentRunError `journal_file.exists`, `journal_file.locked`, `journal_file.unwritable`
 */
export function createJournalFile(given: string, options: JournalFileOptions): JournalFile {
  const files = options.files ?? nodeFileSystem
  return attempt(given, () => {
    const path = resolve(given)
    makeFolderOf(path, files)
    const real = join(files.realPath(dirname(path)), basename(path))
    const lock = takeLock(files, real, options.token)
    try {
      const file = writer(path, files.open(real, 'ax', 0o600), lock, files, options.fsync)
      if (options.fsync !== 'on_close') syncFolder(files, dirname(real))
      return file
    } catch (error) {
      lock.release()
      throw error
    }
  })
}

function makeFolderOf(path: string, files: FileSystem): void {
  const folder = dirname(path)
  try {
    files.makeFolder(folder)
  } catch (cause) {
    const why = `its folder ${folder} cannot be made (${systemCode(cause) ?? 'unknown error'})`
    throw new AgentRunError('journal_file.unwritable', `${path} cannot be written: ${why}`, cause)
  }
}

/** A journal file that exists, open for appending. */
export interface ReopenedFile {
  readonly file: JournalFile
  /** What the file held. */
  readonly content: Uint8Array
}

/**
 * Opens a journal file to go on writing it, behind its sound part; a torn last line is cut off. A file that others could read
 * is made private.
 * @param given a symbolic link is followed
 * @param soundPart how many bytes of the content are to stay
 * @throws AgentRunError `journal_file.locked`, `journal_file.unreadable`, `journal_file.unwritable`, and what `soundPart` throws
 */
export function reopenJournalFile(
  given: string,
  options: JournalFileOptions,
  soundPart: (content: Uint8Array) => number,
): ReopenedFile {
  const files = options.files ?? nodeFileSystem
  return attempt(given, () => {
    const path = readable(given, () => files.realPath(given))
    const lock = takeLock(files, path, options.token)
    try {
      const content = readable(given, () => files.read(path))
      const length = soundPart(content)
      const descriptor = files.openToAppend(path)
      try {
        files.makePrivate(descriptor)
        if (length < content.length) {
          files.truncate(descriptor, length)
          files.sync(descriptor)
        }
      } catch (error) {
        files.close(descriptor)
        throw error
      }
      return { file: writer(path, descriptor, lock, files, options.fsync), content }
    } catch (error) {
      lock.release()
      throw error
    }
  })
}

const readable = <T>(path: string, read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    const code = systemCode(cause) ?? 'unknown error'
    throw new AgentRunError('journal_file.unreadable', `${path} cannot be read (${code})`, cause)
  }
}

const encoder = new TextEncoder()

function writer(path: string, descriptor: number, lock: Lock, files: FileSystem, fsync: FsyncPolicy): JournalFile {
  let waiting: Uint8Array[] = []
  let written = 0
  let unsynced = false
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  let open = true

  const writeWaiting = (): void => {
    while (waiting.length > 0) {
      const bytes = waiting[0]!
      while (written < bytes.length) written += files.write(descriptor, bytes, written)
      waiting.shift()
      written = 0
    }
  }

  // A sync that is under way may have begun before the last write: all who ask meanwhile share the next one.
  const sync = (): Promise<void> => {
    next ??= (running ?? Promise.resolve())
      .catch(() => undefined)
      .then(async () => {
        running = next
        next = undefined
        unsynced = false
        await files.syncLater(descriptor)
      })
      .finally(() => {
        running = undefined
      })
    return next
  }

  return {
    path,
    get behind() {
      return waiting.length > 0
    },
    append(lines, head = false) {
      if (!open) throw new AgentRunError('journal_file.closed', `${path} is closed; expected no more lines`)
      waiting.push(encoder.encode(lines.map((line) => `${line}\n`).join('')))
      if (fsync === 'every_event' || (fsync === 'every_head' && head)) unsynced = true
      attempt(path, writeWaiting)
    },
    async durable() {
      if (!open) return
      attempt(path, writeWaiting)
      if (unsynced) await attempted(path, sync())
      else if (next ?? running) await attempted(path, (next ?? running)!)
    },
    close() {
      if (!open) return
      open = false
      try {
        attempt(path, () => {
          writeWaiting()
          files.sync(descriptor)
        })
      } finally {
        waiting = []
        files.close(descriptor)
        lock.release()
      }
    },
  }
}

const attempt = <T>(path: string, work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    throw failure(path, cause)
  }
}

const attempted = (path: string, work: Promise<void>): Promise<void> =>
  work.catch((cause: unknown) => {
    throw failure(path, cause)
  })

const failure = (path: string, cause: unknown): AgentRunError => {
  if (cause instanceof AgentRunError) return cause
  const code = systemCode(cause)
  if (code === 'EEXIST') return new AgentRunError('journal_file.exists', `${path} exists; expected a new file`, cause)
  return new AgentRunError('journal_file.unwritable', `${path} cannot be written (${code ?? 'unknown error'})`, cause)
}
