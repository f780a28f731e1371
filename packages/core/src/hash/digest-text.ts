const DIGITS = '0123456789abcdef'
const codes = Array.from('sha256:'.padEnd(71, '0'), (character) => character.charCodeAt(0))

/** 32 bytes as members of a record spell a digest: `sha256:` and 64 lower-case hexadecimal digits. */
export const digestText = (bytes: Uint8Array): string => {
  // One flat string, not one grown from 32 pieces: it will be compared.
  for (let i = 0; i < 32; i++) {
    const byte = bytes[i]!
    codes[7 + 2 * i] = DIGITS.charCodeAt(byte >> 4)
    codes[8 + 2 * i] = DIGITS.charCodeAt(byte & 15)
  }
  return String.fromCharCode(...codes)
}

/** The 32 bytes of a digest in that spelling; `undefined` for anything else. */
export const digestBytes = (text: unknown): Uint8Array | undefined => {
  const bytes = new Uint8Array(32)
  return typeof text === 'string' && writeDigest(text, bytes, 0) ? bytes : undefined
}

/** Writes the 32 bytes of a digest in that spelling into some bytes. Returns false for anything else. */
export const writeDigest = (text: string, into: Uint8Array, at: number): boolean => {
  if (text.length !== 71 || !text.startsWith('sha256:')) return false
  for (let i = 0; i < 32; i++) {
    const high = digitAt(text, 7 + 2 * i)
    const low = digitAt(text, 8 + 2 * i)
    if (high < 0 || low < 0) return false
    into[at + i] = (high << 4) | low
  }
  return true
}

/** A lower-case hexadecimal digit, else -1: `0` to `9` stand at 48, `a` to `f` at 97. */
const digitAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  if (code >= 48 && code <= 57) return code - 48
  return code >= 97 && code <= 102 ? code - 87 : -1
}
