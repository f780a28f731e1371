import { read } from '../record/reader.ts'
import type { Reading } from './case.ts'

/** Words that serialisers of other languages write by mistake: no data of anybody, and so they may be named. */
const WORD = /^(?:-?Infinity|-?inf|NaN|nan|undefined|None|True|False)\b/

/** What the first characters of something that is no JSON are, by sort. */
const SORTS: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'the end of the text'],
  [/^\p{Cc}/u, 'a control character'],
  [/^</, 'a tag, as of a page'],
  [/^['`]/, 'a text in other quotes than "'],
  [/^[,:\]}]/, 'a comma, colon or bracket'],
  [/^[-+.0-9]/, 'a number in another spelling than that of JSON'],
  [/^[\p{L}_]/u, 'a word that JSON does not have'],
]

/** Where and why octets are not JSON, in a few words that quote nothing of them; undefined if they are. */
export const jsonFault = (octets: Uint8Array, reading: Reading = 'json'): string | undefined => {
  if (reading === 'json') return faultOf(octets, 0)
  let lines = 0
  for (let start = 0; start < octets.length; lines++) {
    const next = octets.indexOf(0x0a, start)
    const end = next === -1 ? octets.length : next
    const fault = end === start ? undefined : faultOf(octets.subarray(start, end), lines)
    if (fault !== undefined) return fault
    start = end + 1
  }
  return undefined
}

const faultOf = (octets: Uint8Array, linesBefore: number): string | undefined => {
  const reading = read(octets)
  if (!('refusal' in reading)) return undefined
  const { code, offset, line, column } = reading.refusal
  if (code === 'json.utf8' || code === 'json.empty') return code
  const place = `${code} at line ${linesBefore + line}, column ${column}`
  if (code !== 'json.syntax') return place
  const found = sortOf(
    Buffer.from(octets)
      .toString('utf8')
      .slice(offset, offset + 40),
  )
  return found === undefined ? place : `${place}, found ${found}`
}

const sortOf = (text: string): string | undefined => {
  const word = WORD.exec(text)?.[0]
  return word === undefined ? SORTS.find(([pattern]) => pattern.test(text))?.[1] : `the word ${word}`
}
