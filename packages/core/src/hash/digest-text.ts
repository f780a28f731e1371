const FORM = /^sha256:[0-9a-f]{64}$/
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** 32 bytes as members of a record spell a digest: `sha256:` and 64 lower-case hexadecimal digits. */
export const digestText = (bytes: Uint8Array): string => {
  let text = 'sha256:'
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** The 32 bytes of a digest in that spelling; `undefined` for anything else. */
export const digestBytes = (text: unknown): Uint8Array | undefined => {
  if (typeof text !== 'string' || !FORM.test(text)) return undefined
  const bytes = new Uint8Array(32)
  for (let i = 0; i < 32; i++) bytes[i] = (digitAt(text, 7 + 2 * i) << 4) | digitAt(text, 8 + 2 * i)
  return bytes
}

/** A hexadecimal digit: `0` to `9` stand at 48, `a` to `f` at 97. */
const digitAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  return code < 58 ? code - 48 : code - 87
}
