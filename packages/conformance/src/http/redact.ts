import { encodePathText } from './expand.ts'
import type { KeyRing } from './room.ts'
import { printable } from './show.ts'

/** A piece of a key of this length is as good as the key, for whoever guesses the rest. */
const PIECE = 12
/** Longest message, in characters. */
const MOST = 600

/** Takes keys, and long pieces of them, out of a text, however they are written; and what could steer a terminal. */
export const createRedactor = (keys: KeyRing): ((text: string) => string) => {
  const secrets = [...new Set(Object.values(keys).filter((key) => key.length > 0))].flatMap(spellings)
  return (text) => secrets.reduce(hide, printable(text))
}

/** Messages of a case as they stand in a report: few, short, without keys. */
export const tidyMessages = (messages: readonly string[], redact: (text: string) => string): readonly string[] =>
  messages.slice(0, 10).map((message) => {
    const text = redact(message)
    return text.length <= MOST ? text : `${text.slice(0, MOST)}…`
  })

const spellings = (key: string): readonly string[] => {
  const octets = Buffer.from(key)
  const encoded = (['base64', 'base64url', 'hex'] as const).map((encoding) => octets.toString(encoding))
  return [...new Set([key, encodePathText(key), JSON.stringify(key).slice(1, -1), ...encoded])]
}

const hide = (text: string, secret: string): string => {
  const whole = text.replaceAll(secret, '‹key›')
  if (secret.length <= PIECE) return whole
  let result = ''
  let position = 0
  while (position < whole.length) {
    const length = sharedLength(whole, position, secret)
    result += length >= PIECE ? '‹key›' : whole[position]
    position += length >= PIECE ? length : 1
  }
  return result
}

/** How many characters from there on stand somewhere in the secret in the same order; 0 where it is less than a piece. */
const sharedLength = (text: string, position: number, secret: string): number => {
  const start = secret.indexOf(text.slice(position, position + PIECE))
  if (start === -1 || position + PIECE > text.length) return 0
  let length = PIECE
  while (position + length < text.length && text[position + length] === secret[start + length]) length++
  return length
}
