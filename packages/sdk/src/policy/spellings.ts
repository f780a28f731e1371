import { plainPaths } from './paths.ts'

/** How often an address may be encoded over again. */
const mostRounds = 3

/** Ways to read a text that may be a path or an address: with what is percent-encoded in clear, and paths in short. */
export function spellingsOf(value: string, root: string | undefined): string[] {
  const found = new Set<string>()
  for (const each of decodingsOf(value)) {
    const trimmed = each.trim()
    for (const spelling of [each, trimmed, ...plainPaths(trimmed), ...plainPaths(trimmed, root)]) found.add(spelling)
  }
  return [...found]
}

/**
 * Whether nobody knows what a tool makes of a text as a path: it has a part that leads to the folder above, in any spelling,
 * where a pattern cannot tell where that ends; or a character at which some programs end it.
 */
export const leadsUp = (value: string): boolean =>
  decodingsOf(value).some((each) => /\0|(?:^|[\\/])\.\.(?:[\\/;]|$)/.test(each))

/** A part of dots and spaces, which one system shortens to `..` or nothing, and a path on the folder that a drive is at. */
export const isOddPath = (value: string): boolean =>
  /[%\0]|^\s*[~$]|^[a-z]:(?![\\/])/i.test(value) ||
  value.split(/[\\/]/).some((part) => /^[. ]{2,}$/.test(part) && part !== '..')

/** A text, and what is left of it when it is decoded once, twice … */
const decodingsOf = (value: string): string[] => {
  const found = [value]
  for (let round = 0; round < mostRounds; round++) {
    const before = found.at(-1) as string
    const decoded = before.replace(/(?:%[0-9a-f]{2})+/gi, decodedOf)
    if (decoded === before) break
    found.push(decoded)
  }
  return found
}

const decodedOf = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
