/** Longest text that is compared with a pattern, in UTF-16 units. */
export const longestCompared = 65_536

/** Whether a text matches a pattern, in which `*` stands for any characters, also none, and `?` for one. Never recursive. */
export function matchesGlob(pattern: string, text: string): boolean {
  let [at, p] = [0, 0]
  // Where to go on if what follows the last star turns out not to fit.
  let star = -1
  let from = 0
  while (at < text.length) {
    const c = pattern[p]
    if (c === '*') {
      star = p++
      from = at
    } else if (c !== undefined && (c === '?' || c === text[at])) {
      p++
      at++
    } else if (star >= 0) {
      p = star + 1
      at = ++from
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
