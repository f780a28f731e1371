import { engine } from '#ed25519'

/** A source of random bytes, for tests that need the same ones again. */
export type RandomBytes = (length: number) => Uint8Array

/** Random bytes of the platform's generator, or of the source given, as lower-case hexadecimal. Throws RangeError if a source gives another number of bytes. */
export const randomHex = (length: number, random: RandomBytes = engine.random): string => {
  const bytes = random(length)
  if (bytes.length !== length)
    throw new RangeError(`the source of randomness gave ${bytes.length} bytes, not the ${length} asked for`)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
