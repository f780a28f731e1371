import { InvalidArgumentError } from 'commander'

/** The value of an option that can be given once: of two, one would be passed over without a word. */
export const once = (value: string, before: string | undefined): string => {
  if (before !== undefined) throw new InvalidArgumentError('It can be given once.')
  return value
}

/** Values of an option that may be repeated. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** A number of seconds, more than 0 and at most a day: `30`, `0.5`. */
export const parseSeconds = (text: string): number => {
  const seconds = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (seconds <= 0 || seconds > 86_400) throw new InvalidArgumentError('Expected a number of seconds, for example 120.')
  return seconds
}

/** A name that stands in a report: 1 to 100 characters, not only spaces, none of them a control character. */
export const parseLabel = (text: string): string => {
  if (text.trim() === '' || text.length > 100 || /\p{C}/u.test(text))
    throw new InvalidArgumentError('Expected at most 100 characters.')
  return text
}

/** What throw-away names and vectors of a run rest on: a word. */
export const parseSeed = (text: string): string => {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(text))
    throw new InvalidArgumentError('Expected at most 64 letters, digits, dots, lines and underscores.')
  return text
}
