import { canonicalize } from '../canonical/index.ts'
import { publicForm } from './public-form.ts'
import { digest } from './sha256.ts'

const utf8 = new TextEncoder()

/**
 * Leaf hash of a step in the step tree: SHA-256(0x00 ‖ canonical public form) as `sha256:` and hexadecimal
 * (AR-BYTES-012; RFC 6962 section 2.1).
 */
export const stepLeaf = (step: object): string => {
  const body = utf8.encode(canonicalize(publicForm('step', step)))
  const leaf = new Uint8Array(1 + body.length)
  leaf.set(body, 1)
  return digest(leaf)
}
