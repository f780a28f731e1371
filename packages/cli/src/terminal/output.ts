import { realpathSync, writeSync } from 'node:fs'
import { visibleName } from '@agent-run/core/text'
import { exit, Failure } from '../failure.ts'
import { describeError } from '../input/system-error.ts'
import { openOutputFile } from './output-file.ts'

/** Where results go: standard output, or the file of `--output`. */
export interface Output {
  /** Writes a text. Resolves when more can be written. */
  write(text: string): Promise<void>
  /** Writes what is still held back. Call once, at the end. */
  close(): Promise<void>
}

/** Texts are gathered up to this many UTF-16 units before they are written, so that a line is not a system call. */
const GATHER = 64 * 1024

/** Standard output. On a terminal every write goes out at once. `before` is called before each write, for progress lines. */
export function standardOutput(before: () => void = () => {}): Output {
  const gather = process.stdout.isTTY ? 0 : GATHER
  let held = ''
  const flush = async (): Promise<void> => {
    if (held === '') return
    const text = held
    held = ''
    before()
    if (process.stdout.write(text)) return
    await new Promise<void>((resolve) => process.stdout.once('drain', resolve))
  }
  return {
    async write(text) {
      held += text
      if (held.length > gather) await flush()
    },
    close: flush,
  }
}

/** A file, replaced as a whole when it is closed. Throws `Failure` if it cannot be opened or written. */
export function fileOutput(path: string): Output {
  const file = openOutputFile(path)
  let held = ''
  const flush = (): void => {
    file.write(Buffer.from(held))
    held = ''
  }
  return {
    async write(text) {
      held += text
      if (held.length > GATHER) flush()
    },
    async close() {
      flush()
      file.keep()
    },
  }
}

/** Throws `Failure` if an output is one of the files that are read: opening it would empty what it is made from. */
export function refuseToReplace(output: string | undefined, files: readonly (string | undefined)[]): void {
  if (output === undefined || output === '-') return
  const target = realPath(output)
  if (target === undefined || !files.some((file) => file !== undefined && realPath(file) === target)) return
  throw new Failure(`${visibleName(output)} is read by this command; give --output another file`)
}

/** The path of a file without links; `undefined` if it is not there. */
export const realPath = (path: string): string | undefined => {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** The output that a command's `--output` names; `-` and nothing mean standard output. */
export function outputTo(path: string | undefined, before?: () => void): Output {
  return path === undefined || path === '-' ? standardOutput(before) : fileOutput(path)
}

/**
 * A reader that goes away (`| head`) ends the program quietly, with the exit code it has earned so far; nobody is
 * left to read a complaint. Any other error of standard output, a full disk for example, is said in one line and ends
 * the program with exit code 2: what was asked for is not all there. Call once, before anything is written.
 */
export function endWithoutOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    try {
      writeSync(2, `agent-run: standard output cannot be written: ${describeError(error)}\n`)
    } catch {
      // Standard error is gone as well.
    }
    process.exit(exit.failure)
  })
  process.stderr.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? undefined : exit.failure),
  )
}
