import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Sha256 } from './sha256.ts'

const bytesOf = (data: Uint8Array | string): Uint8Array => (typeof data === 'string' ? utf8ToBytes(data) : data)

/** SHA-256 by @noble/hashes: browsers, workers, edge functions. */
export const engine: Sha256 = {
  bytes: (data) => sha256(bytesOf(data)),
  hex: (data) => bytesToHex(sha256(bytesOf(data))),
  start() {
    const state = sha256.create()
    return {
      update: (data) => void state.update(data),
      hex: () => bytesToHex(state.digest()),
    }
  },
}
