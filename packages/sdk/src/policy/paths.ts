/** A path as its parts, with `.` and `..` resolved by the words alone, whatever links there are on the disk. */
interface Parts {
  readonly isAbsolute: boolean
  readonly parts: readonly string[]
}

/**
 * The ways to read a path. `\` separates folders on one system and is a letter like any other on another, which changes what a
 * `..` behind it leads to; only where the root folder is one of Windows it is plain. An address that begins with `file:` is its
 * path. What leads above the beginning of a relative path keeps its `..`.
 *
 * @param root what a relative path is relative to
 */
function readingsOf(text: string, root: string | undefined): readonly Parts[] {
  const path = text.replace(/^file:(?:\/\/[^/\\]*)?/i, '')
  const isWindows = root !== undefined && /^(?:[a-z]:[\\/]|\\\\)/i.test(root)
  const spellings = path.includes('\\') || isWindows ? [path.replaceAll('\\', '/')] : []
  if (!isWindows) spellings.push(path)
  const place = isWindows ? root.replaceAll('\\', '/') : root
  return spellings.map((each) => partsOf(place === undefined || isRooted(each) ? each : `${place}/${each}`))
}

const hasDrive = (path: string): boolean => /^[a-z]:\//i.test(path)
const isRooted = (path: string): boolean => path.startsWith('/') || hasDrive(path)

const partsOf = (path: string): Parts => {
  const isAbsolute = isRooted(path)
  // Nothing lies above a drive.
  const fixed = hasDrive(path) ? 1 : 0
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > fixed && parts.at(-1) !== '..') parts.pop()
    else if (part !== '..' || !isAbsolute) parts.push(part)
  }
  return { isAbsolute, parts }
}

/** The path in its shortest spellings: more than one where there is more than one way to read it. */
export const plainPaths = (text: string, root?: string): string[] =>
  readingsOf(text, root).map(({ isAbsolute, parts }) => `${isAbsolute ? '/' : ''}${parts.join('/')}`)

/**
 * Whether a path lies in a folder, or is that folder, in each of the ways to read the two; `undefined` where one of them is
 * relative and the other is not.
 *
 * @param root what relative ones are relative to, absolute
 */
export function liesWithin(folder: string, path: string, root: string | undefined): (boolean | undefined)[] {
  const outers = readingsOf(folder, root)
  return readingsOf(path, root).flatMap((inner) => outers.map((outer) => isInside(outer, inner)))
}

const isInside = (outer: Parts, inner: Parts): boolean | undefined => {
  if (outer.isAbsolute !== inner.isAbsolute) return undefined
  return inner.parts[0] !== '..' && outer.parts.every((part, index) => inner.parts[index] === part)
}
