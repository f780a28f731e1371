import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { locate, positionAt, readJson } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import type { BenchPack } from '@agent-run/types'
import { Failure, systemError } from '../failure.ts'
import { readFileOf } from '../own-file.ts'
import { error, type PackFault } from '../schema/fault.ts'
import { schemaFaults } from '../schema/schema-faults.ts'
import type { LoadedPack } from '../trial.ts'
import { checkMeaning } from './check-meaning.ts'
import { digestPack, readFiles } from './pack-files.ts'

/** What came of reading a pack. */
export interface CheckedPack {
  /** Present unless there is an error. */
  readonly loaded?: LoadedPack
  readonly errors: number
  readonly warnings: number
  /** Faults as lines `file:line:column  severity  message`, in the order of the file. */
  readonly lines: readonly string[]
}

/**
 * Reads and checks a pack: its folder, or its `pack.json`.
 * @throws Failure if it cannot be read at all
 */
export const checkPack = (path: string): CheckedPack => {
  const file = fileOf(path)
  const folder = resolve(dirname(file))
  const octets = readOctets(file)
  const read = readJson(octets, { maxDepth: 64 })
  if (!read.ok) {
    const { position, message } = read.finding
    const place = position === undefined ? '' : `:${position.line}:${position.column}`
    return failed([`${visibleName(file)}${place}  error    ${visible(message)}`], 1, 0)
  }
  const entries = orFailure(() => readFiles(folder))
  const bySchema = schemaFaults('bench-pack.json', read.value)
  const isSound = bySchema.every(({ severity }) => severity === 'warning')
  const pack = read.value as unknown as BenchPack
  const faults = [...bySchema, ...(isSound ? checkMeaning(pack, entries) : [])]
  if (isSound && pack.id !== basename(folder))
    faults.push({
      ...error('/id', `is not the name of the pack's folder, ${visibleName(basename(folder))}`),
      severity: 'warning',
    })
  const errors = faults.filter(({ severity }) => severity === 'error').length
  const lines = linesOf(faults, file, octets.toString('utf8'))
  if (errors > 0) return failed(lines, errors, faults.length - errors)
  return {
    loaded: { folder, pack, digest: digestPack(entries), files: entries },
    errors,
    warnings: faults.length,
    lines,
  }
}

/** Reads a pack that is to be run. @throws Failure that lists what is wrong with it */
export const readPack = (path: string): LoadedPack => {
  const { loaded, lines, errors } = checkPack(path)
  if (loaded !== undefined) return loaded
  throw new Failure(
    `the pack ${visibleName(path)} cannot be run: ${errors} ${errors === 1 ? 'error' : 'errors'}; nothing was started`,
    { details: lines },
  )
}

const failed = (lines: readonly string[], errors: number, warnings: number): CheckedPack => ({
  errors,
  warnings,
  lines,
})

/** Packs that come with this package; a build puts them there. */
const own = fileURLToPath(new URL('../../packs/', import.meta.url))

/** A folder with a pack, its file, or the name of a pack that comes with this package, which a path here goes before. */
const fileOf = (path: string): string => {
  if (/^[a-z0-9-]+$/.test(path) && !existsSync(path) && existsSync(join(own, path))) return join(own, path, 'pack.json')
  try {
    return statSync(path).isDirectory() ? join(path, 'pack.json') : path
  } catch (cause) {
    const names = existsSync(own) ? `, or the name of one of ours: ${readdirSync(own).join(', ')}` : ''
    throw new Failure(`the pack ${visibleName(path)} cannot be read: ${systemError(cause)}; give its folder${names}`, {
      cause,
    })
  }
}

/** Octets of the file of a pack. */
const LARGEST = 64 * 1024 * 1024

const readOctets = (file: string): Buffer => {
  if (!existsSync(file))
    throw new Failure(`${visibleName(file)} cannot be read: ENOENT; a pack is a folder with a file pack.json`)
  return readFileOf(file, LARGEST, 'a pack')
}

const orFailure = <T>(work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(`the files of the pack cannot be read: ${systemError(cause)}`, { cause })
  }
}

const linesOf = (faults: readonly PackFault[], file: string, text: string): readonly string[] => {
  // A member that is missing has no place; then it is the object that lacks it.
  const places = locate(
    text,
    faults.map(({ path }) => path),
  )
  return faults
    .map((fault) => {
      const place = places.get(fault.path)
      return { ...fault, offset: place?.key?.start ?? place?.value.start ?? 0 }
    })
    .sort((one, other) => one.offset - other.offset)
    .map(({ severity, message, path, offset }) => {
      const { line, column } = positionAt(text, offset)
      return `${visibleName(file)}:${line}:${column}  ${severity.padEnd(7)}  ${path === '' ? '' : `${visible(path)}: `}${message}`
    })
}
