import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { visibleName } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { describeError } from '../input/system-error.ts'

/** A file that is being written. Until it is kept, what stood there before stands there. */
export interface OutputFile {
  /** Throws `Failure`. */
  write(bytes: Uint8Array): void
  /** Puts what was written in its place, whole. Throws `Failure`. */
  keep(): void
}

const drafts = new Set<string>()
const removeDrafts = (): void => {
  for (const draft of drafts) rmSync(draft, { force: true })
  drafts.clear()
}

/**
 * Opens a file to be replaced as a whole: written beside it, renamed over it by `keep`, its permissions kept. A command
 * that fails halfway leaves the former file as it was. What is no regular file (a device, a pipe) is written directly, and so is a file in a
 * folder that takes no new ones. Throws `Failure` if it cannot be opened.
 */
export function openOutputFile(path: string): OutputFile {
  const attempt = <T>(action: () => T): T => {
    try {
      return action()
    } catch (error) {
      throw new Failure(`cannot write ${visibleName(path)}: ${describeError(error)}`, { cause: error })
    }
  }
  const before = statsOf(path)
  const target = before === undefined ? path : attempt(() => realpathSync(path))
  const draft = before === undefined || before.isFile() ? openDraft(target) : undefined
  const file = draft?.file ?? attempt(() => openSync(path, 'w'))
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) at += attempt(() => writeSync(file, bytes, at))
    },
    keep() {
      attempt(() => closeSync(file))
      if (draft === undefined) return
      attempt(() => {
        if (before !== undefined) chmodSync(draft.path, before.mode & 0o7777)
        renameSync(draft.path, target)
      })
      drafts.delete(draft.path)
    },
  }
}

const statsOf = (path: string): Stats | undefined => {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** Undefined where the folder takes none: opening the file itself then says what is wrong, or works. */
const openDraft = (target: string): { readonly path: string; readonly file: number } | undefined => {
  const path = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`)
  try {
    removeAtEnd()
    drafts.add(path)
    return { path, file: openSync(path, 'wx') }
  } catch {
    drafts.delete(path)
    return undefined
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
let removing = false

/** Whatever ends the program, no draft stays behind; a signal does afterwards what it always does. */
const removeAtEnd = (): void => {
  if (removing) return
  removing = true
  process.on('exit', removeDrafts)
  for (const signal of signals)
    process.once(signal, () => {
      removeDrafts()
      process.kill(process.pid, signal)
    })
}
