import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Whether an argument has characters that a glob gives a meaning to. */
export function isGlob(argument: string): boolean {
  return /[*?[{]/.test(argument)
}

/**
 * The files a glob names, sorted. `*` and `?` stand for characters of one name, `**` for any number of folders,
 * `[ab]` and `[!ab]` for one character, `{a,b}` for alternatives, a backslash takes a meaning away. Names that begin
 * with a dot are matched only by a pattern that begins with one, and `**` passes over `node_modules`. Folders that cannot be read are passed over.
 */
export function expandGlob(pattern: string): string[] {
  const found = new Set<string>()
  for (const alternative of expandBraces(pattern)) {
    const segments = alternative.split('/')
    const absolute = segments[0] === '' && segments.length > 1
    walk(
      absolute ? '/' : '',
      segments.filter((segment) => segment !== '' && segment !== '.'),
      found,
    )
  }
  return [...found].sort()
}

/** Whether one name (no slash) matches one segment of a glob. */
export function matchesSegment(segment: string, name: string): boolean {
  return (segment.startsWith('.') || !name.startsWith('.')) && segmentPattern(segment).test(name)
}

const walk = (folder: string, segments: readonly string[], found: Set<string>): void => {
  const [segment, ...rest] = segments
  if (segment === undefined) return
  if (segment === '**') {
    walk(folder, rest, found)
    // A trailing `**` means every file below.
    if (rest.length === 0)
      for (const entry of entriesOf(folder)) if (isVisibleFile(entry)) found.add(join(folder, entry.name))
    for (const entry of entriesOf(folder)) {
      // Links to folders are not followed: a link to a parent would never end.
      if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
        walk(join(folder, entry.name), segments, found)
    }
    return
  }
  if (!isGlob(segment) && !segment.includes('\\')) {
    visit(join(folder, segment), undefined, rest, found)
    return
  }
  for (const entry of entriesOf(folder)) {
    if (matchesSegment(segment, entry.name)) visit(join(folder, entry.name), entry, rest, found)
  }
}

const visit = (path: string, entry: Dirent | undefined, rest: readonly string[], found: Set<string>): void => {
  if (rest.length > 0) walk(path, rest, found)
  else if (entry === undefined ? isFileName(path) : !entry.isDirectory()) found.add(path)
}

const isFileName = (path: string): boolean => {
  const at = path.lastIndexOf('/')
  return entriesOf(at === -1 ? '' : path.slice(0, at + 1)).some(
    (entry) => entry.name === path.slice(at + 1) && !entry.isDirectory(),
  )
}

const isVisibleFile = (entry: Dirent): boolean => !entry.isDirectory() && !entry.name.startsWith('.')

const entriesOf = (folder: string): Dirent[] => {
  try {
    return readdirSync(folder === '' ? '.' : folder, { withFileTypes: true })
  } catch {
    return []
  }
}

const segmentPattern = (segment: string): RegExp => {
  let source = ''
  for (let i = 0; i < segment.length; i++) {
    const character = segment[i] as string
    const set = character === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(segment.slice(i)) : null
    if (character === '*') source += '.*'
    else if (character === '?') source += '.'
    else if (character === '\\' && i + 1 < segment.length) source += literal(segment[++i] as string)
    else if (set) {
      source += setPattern(set[1] !== '', set[2] as string)
      i += set[0].length - 1
    } else source += literal(character)
  }
  return new RegExp(`^${source}$`, 'su')
}

const literal = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')

/** `[a-z]`; what is no range that goes upwards stands for its characters. */
const setPattern = (isNegated: boolean, content: string): string => {
  const members = content.replace(/[\\\]^]/g, '\\$&')
  const source = `[${isNegated ? '^' : ''}${members}]`
  try {
    new RegExp(source, 'u')
    return source
  } catch {
    return source.replaceAll('-', '\\-')
  }
}

/** `a{b,c}d` → `abd`, `acd`; braces may be nested. A brace without a comma or an end stands for itself. */
const expandBraces = (pattern: string): string[] => {
  for (let open = pattern.indexOf('{'); open !== -1; open = pattern.indexOf('{', open + 1)) {
    if (pattern[open - 1] === '\\') continue
    const parts: string[] = []
    let depth = 0
    let from = open + 1
    for (let i = open; i < pattern.length; i++) {
      if (pattern[i] === '{') depth++
      if (pattern[i] === ',' && depth === 1) {
        parts.push(pattern.slice(from, i))
        from = i + 1
      }
      if (pattern[i] !== '}' || --depth > 0) continue
      if (parts.length === 0) break
      parts.push(pattern.slice(from, i))
      return parts.flatMap((part) => expandBraces(pattern.slice(0, open) + part + pattern.slice(i + 1)))
    }
  }
  return [pattern]
}
