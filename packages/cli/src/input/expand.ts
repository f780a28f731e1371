import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { visibleName } from '@agent-run/core/text'
import { nearestName } from '../terminal/nearest.ts'
import { expandGlob, isGlob } from './glob.ts'
import { nowhere, type Source, type Unusable } from './source.ts'
import { codeOf, describeError } from './system-error.ts'

/** What the arguments of a command name. */
export interface Expansion {
  /** In the order of the arguments, each file once; within a directory sorted by path. */
  readonly sources: Source[]
  readonly unusable: Unusable[]
}

/** Files that a directory is searched for. What the hooks of an agent write beside its records is none of them. */
const RECORDS = /(?<!\.hooks)\.(json|jsonl|ndjson)(\.gz)?$/i

/** Folders that are never meant when a directory above them is named. */
const PASSED_OVER = new Set(['node_modules', '.git'])

/**
 * Arguments of a command to sources: files, directories (searched for `*.json`, `*.jsonl`, `*.ndjson` and `.gz` of
 * those), globs that the shell did not expand, `-` for standard input. A name that exists is never taken for a glob.
 *
 * @param wanted files that a directory is searched for, if others than records
 */
export function expandArguments(names: readonly string[], wanted: RegExp = RECORDS): Expansion {
  const expansion: Expansion = { sources: [], unusable: [] }
  const seen = new Set<string>()
  for (const argument of names) {
    if (argument === '-') addOnce(expansion, seen, '-', { name: '<stdin>', path: undefined, size: undefined })
    else expandArgument(argument, wanted, expansion, seen)
  }
  return expansion
}

const expandArgument = (argument: string, wanted: RegExp, expansion: Expansion, seen: Set<string>): void => {
  const found = status(argument)
  if (found.stats?.isDirectory()) addDirectory(argument, wanted, expansion, seen)
  else if (found.stats) addFile(argument, found.stats, expansion, seen)
  else if (isGlob(argument)) {
    const paths = expandGlob(argument).map((path) => ({ path }))
    const added = addFound(paths, expansion, seen)
    if (added === 0) expansion.unusable.push(unusable(argument, 'input.no_match', 'no file matches this pattern'))
  } else expansion.unusable.push(missing(argument, found.error))
}

const missing = (argument: string, error: unknown): Unusable => {
  const isAbsent = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
  return isAbsent
    ? unusable(argument, 'input.not_found', `no such file or directory${suggestion(argument)}`)
    : unusable(argument, 'input.unreadable', `cannot be read: ${describeError(error)}`)
}

const addDirectory = (argument: string, wanted: RegExp, expansion: Expansion, seen: Set<string>): void => {
  const paths: Found[] = []
  const before = expansion.unusable.length
  collect(argument, wanted, paths, expansion.unusable, new Set())
  const added = addFound(paths, expansion, seen)
  if (added === 0 && expansion.unusable.length === before) {
    const missing =
      wanted === RECORDS
        ? 'the directory holds no *.json, *.jsonl or *.ndjson file (or .gz of those)'
        : 'the directory holds no file with the name of a source (*.json, *.jsonl, …)'
    expansion.unusable.push(unusable(argument, 'input.directory_empty', missing))
  }
}

/**
 * Files that a search found; returns how many there were, files that cannot be read included. Pipes, sockets and devices
 * are passed over: reading one that nobody asked for by its name may never end.
 */
const addFound = (paths: readonly Found[], expansion: Expansion, seen: Set<string>): number => {
  let count = 0
  for (const { path, real } of paths) {
    const { stats, error } = status(path)
    if (stats && !stats.isFile()) continue
    count++
    if (stats) addFile(path, stats, expansion, seen, real)
    else expansion.unusable.push(unusable(path, 'input.unreadable', `cannot be read: ${describeError(error)}`))
  }
  return count
}

/** A path that a search found. */
interface Found {
  readonly path: string
  /** Without links, where that is known. */
  readonly real?: string
}

/** Every record file below a folder. Folders reached twice through links are searched once. */
const collect = (folder: string, wanted: RegExp, paths: Found[], problems: Unusable[], visited: Set<string>): void => {
  try {
    const real = realpathSync(folder)
    if (visited.has(real)) return
    visited.add(real)
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) {
      const path = join(folder, entry.name)
      const isFolder = entry.isSymbolicLink() ? status(path).stats?.isDirectory() : entry.isDirectory()
      if (isFolder && !PASSED_OVER.has(entry.name)) collect(path, wanted, paths, problems, visited)
      else if (!isFolder && wanted.test(entry.name))
        paths.push(entry.isSymbolicLink() ? { path } : { path, real: join(real, entry.name) })
    }
  } catch (error) {
    problems.push(unusable(folder, 'input.unreadable', `the directory cannot be read: ${describeError(error)}`))
  }
}

const addFile = (path: string, stats: Stats, expansion: Expansion, seen: Set<string>, real?: string): void => {
  // Pipes and devices have no size to speak of.
  const source = { name: path, path, size: stats.isFile() ? stats.size : undefined }
  addOnce(expansion, seen, stats.isFile() ? (real ?? realpathSync(path)) : path, source)
}

const addOnce = (expansion: Expansion, seen: Set<string>, key: string, source: Source): void => {
  if (seen.has(key)) return
  seen.add(key)
  expansion.sources.push(source)
}

const status = (path: string): { stats?: Stats; error?: unknown } => {
  try {
    return { stats: statSync(path) }
  } catch (error) {
    return { error }
  }
}

const suggestion = (path: string): string => {
  try {
    const name = basename(path)
    // A link that leads nowhere is there, and no help.
    const others = readdirSync(dirname(path)).filter((other) => other !== name)
    const near = nearestName(name, others)
    return near === undefined ? '' : ` (did you mean ${visibleName(join(dirname(path), near))}?)`
  } catch {
    return ''
  }
}

const unusable = (name: string, code: string, message: string): Unusable => ({
  name,
  problem: { code, severity: 'error', message, ...nowhere },
})
