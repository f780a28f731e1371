import { isObject, type Json } from '../bytes/json.ts'

const MOST = 80

/** A value of the suite's own for a sentence: short, on one line. Long values are named by their sort. */
export const show = (value: unknown): string => {
  const text = JSON.stringify(value as Json)
  if (text === undefined) return 'nothing'
  if (text.length <= MOST) return printable(text)
  if (typeof value === 'object') return sort(value)
  return `${printable(text.slice(0, MOST))}… (${text.length} characters)`
}

/** Words of a closed vocabulary: codes, statuses, kinds. */
const WORD = /^[a-z][a-z_.]{0,39}$/
/** Names that the suite made up. */
const OURS = /^cx-[0-9a-f]{20}-[a-z0-9_-]{1,20}$/

/**
 * A value that a subject sent, for a sentence of a report that may be published: numbers, words of a vocabulary and names
 * that the suite made up are shown. All else may be somebody's data, and is named by its sort.
 */
export const describe = (value: unknown): string => {
  if (typeof value === 'string') {
    return WORD.test(value) || OURS.test(value) ? `"${value}"` : `a text of ${value.length} characters`
  }
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? sort(value) : show(value)
  const items = value.map((item) => (typeof item === 'object' && item !== null ? sort(item) : describe(item)))
  const text = `[${items.join(', ')}]`
  return text.length <= MOST ? text : sort(value)
}

/** A header that a subject sent, likewise: media types, versions, methods and numbers are shown. */
export const describeHeader = (value: string): string =>
  /^(?:[a-z]+\/[a-z.+-]+(?:; ?charset=[a-z0-9-]+)?|[0-9.]+|[A-Z]+(?:, ?[A-Z]+)*)$/i.test(value) && value.length <= MOST
    ? `"${value}"`
    : describe(value)

const sort = (value: unknown): string => {
  if (Array.isArray(value)) return `a list of ${value.length}`
  return isObject(value) ? `an object of ${Object.keys(value).length} members` : 'nothing'
}

/** Text with control characters, bidirectional marks and lone surrogates written as escapes. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`)
