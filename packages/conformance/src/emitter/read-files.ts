import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Failure } from '../failure.ts'
import { printable } from '../http/show.ts'
import { type Deposit, isForeign, sortOctets } from './deposit.ts'

/** Octets that one run of the suite reads at most: records are compared with each other and have to be in memory. */
const MOST = 64 * 1024 * 1024
const MOST_FILES = 20_000
const RECORDS = /\.(json|jsonl|ndjson|journal)(\.gz)?$/

/** What files and folders hold. */
export interface Inputs {
  readonly deposits: readonly Deposit[]
  /** Files of folders in which there is JSON, and nothing of a record; safe to print. */
  readonly passedOver: readonly string[]
}

/**
 * Reads files, folders (recursively: `*.json`, `*.jsonl`, `*.ndjson`, `*.journal` and `.gz` of those) and `-` for standard input.
 * A file that is named itself is taken for a record, whatever it holds.
 * @throws {Failure} for what is not there or cannot be read, and for more than there is memory for
 */
export const readInputs = async (inputs: readonly string[]): Promise<Inputs> => {
  const deposits: Deposit[] = []
  const passedOver: string[] = []
  let octets = 0
  for (const input of inputs) {
    const files = input === '-' ? ['-'] : filesOf(input)
    if (files.length > MOST_FILES) throw new Failure(`${printable(input)} holds more than ${MOST_FILES} files`)
    for (const file of files) {
      const content = file === '-' ? await readStandardInput() : readFile(file)
      octets += content.length
      if (octets > MOST) throw new Failure('these are more than 64 MiB of records; give fewer at a time')
      const found = sortOctets(content, printable(file))
      if (file !== input && found.every(isForeign)) passedOver.push(printable(file))
      else deposits.push(...found)
    }
  }
  return { deposits, passedOver }
}

/** Files of a folder that may hold records, in the order of their names; a file is itself. @throws {Failure} */
export const filesOf = (path: string): readonly string[] => {
  if (path === '') throw new Failure('the name of a file or folder is empty')
  try {
    if (!statSync(path).isDirectory()) return [path]
    return readdirSync(path, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.git') && name !== 'node_modules')
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((entry) => {
        const inner = join(path, entry.name)
        if (entry.isDirectory()) return filesOf(inner)
        return entry.isFile() && RECORDS.test(entry.name) ? [inner] : []
      })
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** A file, unpacked. @throws {Failure} if it cannot be read, is no plain file, or is too large */
export const readFile = (path: string): Buffer => {
  try {
    // A FIFO that nobody writes to is opened without waiting, and turned down.
    const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const { size } = fstatSync(handle)
      if (!fstatSync(handle).isFile()) throw new Failure(`${printable(path)} is no plain file`)
      if (size > MOST) throw new Failure(`${printable(path)} is larger than 64 MiB`)
      const content = Buffer.alloc(size)
      const length = readSync(handle, content, 0, size, 0)
      const read = content.subarray(0, length)
      return /\.gz$/.test(path) ? gunzipSync(read, { maxOutputLength: MOST }) : read
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(path, error)
  }
}

const unreadable = (path: string, error: unknown): Failure => {
  const { code } = error as NodeJS.ErrnoException
  return new Failure(`${printable(path)} cannot be read: ${code ?? 'it is damaged'}`)
}

const readStandardInput = async (): Promise<Buffer> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST) throw new Failure('standard input holds more than 64 MiB')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
