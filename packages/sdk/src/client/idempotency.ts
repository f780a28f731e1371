import { platformRandom, toHex } from '../recorder/identifiers.ts'

/** A new key for `Idempotency-Key`: 128 random bits. */
export const newIdempotencyKey = (): string => toHex(platformRandom(16))
