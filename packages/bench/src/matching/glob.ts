/**
 * Makes a test for paths with forward slashes. `*` stands for any characters of one name, `?` for one character, and `**` as
 * a whole name for any number of folders, also none, or at the end for everything below. All names count, those that begin with a dot
 * too, and upper and lower case are told apart. Time grows with the product of the lengths at worst.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const names = pattern.replace(/^\.\//, '').split('/')
  // `src/**` is everything below `src`, not `src` itself.
  const parts = names.at(-1) === '**' ? [...names, '*'] : names
  return (path) => fits(parts, path.split('/'), isAnyDepth, fitsName)
}

/** Makes a test for paths that fit one of several patterns. */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map(compileGlob)
  return (path) => globs.some((glob) => glob(path))
}

/** Whether a pattern stands for more than one path. */
export const isGlob = (pattern: string): boolean => /[*?]/.test(pattern)

/** Whether a name fits a pattern in which `*` stands for any characters and `?` for one. */
export const fitsName = (pattern: string, name: string): boolean =>
  fits(
    Array.from(pattern),
    Array.from(name),
    (part) => part === '*',
    (part, character) => part === '?' || part === character,
  )

const isAnyDepth = (part: string): boolean => part === '**'

/** Whether parts fit items one by one, where some parts stand for any number of items. The last such part alone has to be gone back to. */
const fits = (
  parts: readonly string[],
  items: readonly string[],
  isAny: (part: string) => boolean,
  fitsOne: (part: string, item: string) => boolean,
): boolean => {
  let p = 0
  let i = 0
  let any = -1
  let taken = 0
  while (i < items.length) {
    const part = parts[p]
    if (part !== undefined && isAny(part)) {
      any = p++
      taken = i
    } else if (part !== undefined && fitsOne(part, items[i] as string)) {
      p++
      i++
    } else if (any !== -1) {
      p = any + 1
      i = ++taken
    } else return false
  }
  while (p < parts.length && isAny(parts[p] as string)) p++
  return p === parts.length
}
