import { visible } from '@agent-run/core/text'

/** A text from a workspace, a record or a pack for a sentence: one line, cut to so many characters, everything unsafe escaped. */
export function shown(text: string, most = 80): string {
  // A code point is at most two units, so this cut is never shorter than what is kept.
  const characters = Array.from(text.slice(0, 2 * most + 2))
  return visible(characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text)
}

/** Names for a sentence: the first three of them and how many more there are. */
export function listed(names: readonly string[]): string {
  const first = names
    .slice(0, 3)
    .map((name) => shown(name))
    .join(', ')
  return names.length > 3 ? `${first} and ${number(names.length - 3)} more` : first
}

/** A number and its noun: `1 call`, `3 calls`, `no call`. */
export const counted = (count: number, noun: string): string =>
  `${count === 0 ? 'no' : number(count)} ${noun}${count === 0 || count === 1 ? '' : 's'}`

/** A number as people write it: `1,250`. */
export const number = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 6 })

/** How many were asked for: `at least 1`, `2 to 3`, `none`, `exactly 2`. */
export function range(min: number, max: number | undefined): string {
  if (max === undefined) return `at least ${number(min)}`
  if (max === 0) return 'none'
  if (min === max) return `exactly ${number(min)}`
  return min === 0 ? `at most ${number(max)}` : `${number(min)} to ${number(max)}`
}

/** Words of which one was expected: `failed, partial or abandoned`. */
export const either = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? 'none') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
