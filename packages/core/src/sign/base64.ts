const SIGNATURE = /^[A-Za-z0-9+/]{85}[AQgw]==$/

/** Standard base64 with padding (RFC 4648 section 4). */
export const encodeBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(binary)
}

/** The bytes of a base64 text; `undefined` unless it is padded, has zero trailing bits and no other character. */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    // atob forgives white space, missing padding and stray bits: of several spellings of the same bytes one is right.
    return encodeBase64(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}

/** The 64 bytes of a signature as records spell it: 88 characters, padded, zero trailing bits (AR-SEAL-002). */
export const decodeSignature = (text: string): Uint8Array | undefined =>
  SIGNATURE.test(text) ? decodeBase64(text) : undefined
