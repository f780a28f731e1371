import { isObject, type Json } from '../bytes/json.ts'

const MOST = 80

/** A value for a sentence: short, on one line, nothing that could steer a terminal. Long values are named by their sort. */
export const show = (value: unknown): string => {
  const text = JSON.stringify(value as Json)
  if (text === undefined) return 'nothing'
  if (text.length <= MOST) return printable(text)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isObject(value)) return `an object of ${Object.keys(value).length} members`
  return `${printable(text.slice(0, MOST))}… (${text.length} characters)`
}

/** Text with control characters, bidirectional marks and lone surrogates written as escapes. */
export const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`)
