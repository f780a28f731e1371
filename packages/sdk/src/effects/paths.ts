/** Where an action took place: the folder that targets are relative to, and the folder the action itself ran in. */
export interface Place {
  /** Folder of the run (`scope.root`), absolute. Unknown: no target is made relative. */
  readonly root?: string | undefined
  /**
   * Current folder, absolute. Unknown together with `root`: relative paths are named as they are written, since the folder
   * of the run, wherever it is, is the current one. Unknown alone: they cannot be placed.
   */
  readonly cwd?: string | undefined
  /** The current folder was left for one that is not known: relative paths cannot be placed. */
  readonly isLost?: boolean | undefined
}

/** Longest target in UTF-16 code units; a path that is longer is cut. */
const longest = 1024

/**
 * Names a file the way a side effect does: relative to `place.root` inside it (`.` for the root itself), absolute elsewhere.
 * Understands POSIX and Windows paths; the result has forward slashes. `~` is kept.
 *
 * @returns undefined for a relative path whose folder is not known, and for what is no path
 */
export function nameFile(path: string, place: Place): string | undefined {
  if (path === '' || path.includes('\0')) return undefined
  if (path === '~' || path.startsWith('~/')) return shorten(path)
  const windows = isWindows(path) || isWindows(place.root ?? place.cwd ?? '')
  const slashed = windows ? path.replaceAll('\\', '/') : path
  const base = place.cwd
  if (!isAbsolute(slashed) && base === undefined) {
    if (place.root !== undefined || place.isLost === true) return undefined
    const inside = normalise(`/${slashed}`).slice(1)
    // What leaves a folder that is not known can be anywhere.
    return slashed.split('/').includes('..') ? undefined : shorten(inside === '' ? '.' : inside)
  }
  const absolute = normalise(isAbsolute(slashed) ? slashed : `${slash(base ?? '', windows)}/${slashed}`)
  if (place.root === undefined) return shorten(absolute)
  const root = normalise(slash(place.root, windows))
  if (same(absolute, root, windows)) return '.'
  const prefix = root.endsWith('/') ? root : `${root}/`
  return shorten(same(absolute.slice(0, prefix.length), prefix, windows) ? absolute.slice(prefix.length) : absolute)
}

/** The folder that a `cd` leads to, or undefined if that cannot be known. */
export function enterFolder(path: string, cwd: string | undefined): string | undefined {
  if (isAbsolute(path)) return normalise(path)
  if (cwd === undefined || path.startsWith('~') || path === '-') return undefined
  return normalise(`${slash(cwd, isWindows(cwd))}/${path}`)
}

const isWindows = (path: string): boolean => /^[A-Za-z]:[\\/]|^\\\\/.test(path)
const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)
const slash = (path: string, windows: boolean): string => (windows ? path.replaceAll('\\', '/') : path)
const shorten = (path: string): string => (path.length > longest ? `${path.slice(0, longest - 1)}…` : path)
const same = (a: string, b: string, windows: boolean): boolean =>
  windows ? a.toLowerCase() === b.toLowerCase() : a === b

/** Removes `.`, `..` and doubled slashes from an absolute path. */
function normalise(path: string): string {
  const drive = /^[A-Za-z]:/.exec(path)?.[0] ?? ''
  const parts: string[] = []
  for (const part of path.slice(drive.length).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `${drive}/${parts.join('/')}`
}
