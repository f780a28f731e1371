import { createHash, hash } from 'node:crypto'
import type { Sha256 } from './sha256.ts'

/** SHA-256 by node:crypto, about eight times as fast as the portable one. */
export const engine: Sha256 = {
  bytes(data) {
    // A text of 32 characters is made in a third of the time of a Buffer.
    const text = hash('sha256', data, 'binary')
    const bytes = new Uint8Array(32)
    for (let i = 0; i < 32; i++) bytes[i] = text.charCodeAt(i)
    return bytes
  },
  hex: (data) => hash('sha256', data, 'hex'),
  start() {
    const state = createHash('sha256')
    return {
      update: (data) => void state.update(data),
      hex: () => state.digest('hex'),
    }
  },
}
