import { InvalidArgumentError } from 'commander'

/** The value of an option that can be given once: of two, one would be passed over without a word. */
export const once = (value: string, before: string | undefined): string => {
  if (before !== undefined) throw new InvalidArgumentError('It can be given once.')
  return value
}

/** Values of an option that may be repeated, and that takes several at a time. */
export const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
]

/** A whole number from 1 to `most`. */
export const parseCount =
  (most: number) =>
  (text: string): number => {
    const number = /^[0-9]{1,6}$/.test(text) ? Number(text) : 0
    if (number < 1 || number > most) throw new InvalidArgumentError(`Expected a number from 1 to ${most}.`)
    return number
  }

/** What chance in a bench run rests on: a word. */
export const parseSeed = (text: string): string => {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(text))
    throw new InvalidArgumentError('Expected at most 64 letters, digits, dots, lines and underscores.')
  return text
}
