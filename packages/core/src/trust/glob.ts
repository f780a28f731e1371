/**
 * Whether a pattern of a trust file fits a whole text: `*` stands for any characters, also for none; everything else for
 * itself. Time grows with the product of both lengths at worst, never faster.
 */
export const fits = (pattern: string, text: string): boolean => {
  let p = 0
  let t = 0
  // Where the last star stands, and how much of the text it has taken so far.
  let star = -1
  let taken = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      taken = t
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p++
      t++
    } else if (star !== -1) {
      p = star + 1
      t = ++taken
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
