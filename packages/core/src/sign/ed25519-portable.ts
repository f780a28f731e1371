import { getPublicKey, hashes, Point, sign } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { randomBytes } from '@noble/hashes/utils.js'
import type { Ed25519 } from './engine.ts'

hashes.sha512 = sha512

const L = 2n ** 252n + 27742317777372353535851937790883648493n

const littleEndian = (bytes: Uint8Array): bigint => {
  let number = 0n
  for (let i = bytes.length - 1; i >= 0; i--) number = (number << 8n) | BigInt(bytes[i]!)
  return number
}

// noble refuses the factor 0, which a signature may have.
const times = (point: Point, factor: bigint): Point => (factor === 0n ? Point.ZERO : point.multiply(factor, false))

/** Ed25519 by @noble/ed25519's points; its own `verify` uses the equation with the cofactor, which accepts more. */
export const engine: Ed25519 = {
  verify(publicKey, message, signature) {
    const r = signature.subarray(0, 32)
    const challenge = new Uint8Array(64 + message.length)
    challenge.set(r)
    challenge.set(publicKey, 32)
    challenge.set(message, 64)
    try {
      const a = Point.fromBytes(publicKey, false)
      const s = littleEndian(signature.subarray(32))
      const k = littleEndian(sha512(challenge)) % L
      const expected = times(Point.BASE, s).add(times(a, k).negate()).toBytes()
      return expected.every((byte, i) => byte === r[i])
    } catch {
      // The key is not a point of the curve.
      return false
    }
  },
  sign: (seed, message) => sign(message, seed),
  publicKey: (seed) => getPublicKey(seed),
  random: (length) => randomBytes(length),
}
