import { createHash, hash } from 'node:crypto'
import type { Sha256 } from './sha256.ts'

/** SHA-256 by node:crypto, about eight times as fast as the portable one. */
export const engine: Sha256 = {
  bytes: (data) => new Uint8Array(hash('sha256', data, 'buffer')),
  hex: (data) => hash('sha256', data, 'hex'),
  start() {
    const state = createHash('sha256')
    return {
      update: (data) => void state.update(data),
      hex: () => state.digest('hex'),
    }
  },
}
