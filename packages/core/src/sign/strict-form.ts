// The byte rules that libraries differ on (section 8 of the standard), checked before either engine is asked,
// so that both give the same verdict. Numbers on the wire are little-endian (RFC 8032 section 5.1.2).

// 2^255 − 19, most significant byte first.
const P = Uint8Array.from([0x7f, ...Array<number>(30).fill(0xff), 0xed])
// Group order L = 2^252 + 27742317777372353535851937790883648493, most significant byte first.
const L = fromHex('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed')

// y coordinates of the eight points of small order, most significant byte first: 1 (order 1), −1 (order 2),
// 0 (order 4) and the two of order 8. The sign bit is not looked at: either sign is refused.
const SMALL_ORDER = [
  fromHex('0000000000000000000000000000000000000000000000000000000000000001'),
  fromHex('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec'),
  fromHex('0000000000000000000000000000000000000000000000000000000000000000'),
  fromHex('7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'),
  fromHex('05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826'),
]

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}

// Compares little-endian bytes [from, from + 32) of `bytes`, sign bit cleared if asked, with a big-endian number.
const isBelow = (bytes: Uint8Array, from: number, limit: Uint8Array, mask: number): boolean => {
  for (let i = 0; i < 32; i++) {
    const byte = bytes[from + 31 - i]! & (i === 0 ? mask : 0xff)
    if (byte !== limit[i]) return byte < limit[i]!
  }
  return false
}

const isY = (bytes: Uint8Array, from: number, y: Uint8Array): boolean => {
  for (let i = 0; i < 32; i++) if ((bytes[from + 31 - i]! & (i === 0 ? 0x7f : 0xff)) !== y[i]) return false
  return true
}

const isAcceptablePoint = (bytes: Uint8Array, from: number): boolean =>
  isBelow(bytes, from, P, 0x7f) && !SMALL_ORDER.some((y) => isY(bytes, from, y))

/**
 * Whether a public key and a signature have an acceptable form: 32 and 64 bytes, canonical A and R, neither of
 * small order in any encoding, S < L (standard section 8; RFC 8032 section 5.1.7). Says nothing about the signature itself.
 */
export const isStrictForm = (publicKey: Uint8Array, signature: Uint8Array): boolean =>
  publicKey.length === 32 &&
  signature.length === 64 &&
  isBelow(signature, 32, L, 0xff) &&
  isAcceptablePoint(publicKey, 0) &&
  isAcceptablePoint(signature, 0)
