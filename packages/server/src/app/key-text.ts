import { createHash, timingSafeEqual } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const FORM = /^(ark_[0-9A-Za-z]{8})_[0-9A-Za-z]{43}$/

/** A new key: `ark_` and 8 characters that may be shown, `_`, and 43 that are the secret (256 bits). */
export const createKeyText = (random: (size: number) => Uint8Array): string =>
  `ark_${characters(8, random)}_${characters(43, random)}`

/** The visible part of a key; undefined for what is no key. */
export const prefixOf = (key: string): string | undefined => FORM.exec(key)?.[1]

/** What is stored of a key: the SHA-256 of the whole. Its secret has 256 random bits, so nothing slower is needed. */
export const hashOfKey = (key: string): Uint8Array => createHash('sha256').update(key, 'utf8').digest()

/** Whether a key is the one with this hash, in a time that tells nothing. */
export const matchesHash = (key: string, hash: Uint8Array): boolean =>
  hash.length === 32 && timingSafeEqual(hashOfKey(key), hash)

/** Each character evenly: octets of 248 and more would make some more frequent. */
const characters = (count: number, random: (size: number) => Uint8Array): string => {
  let text = ''
  while (text.length < count)
    for (const octet of random(count)) if (octet < 248 && text.length < count) text += ALPHABET[octet % 62]
  return text
}
