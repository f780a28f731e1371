import { canonicalize } from '../canonical/index.ts'
import { digestText } from './digest-text.ts'
import { publicForm } from './public-form.ts'
import { sha256 } from './sha256.ts'

/**
 * Leaf hash of a step in the step tree: SHA-256(0x00 ‖ canonical public form), 32 bytes
 * (AR-BYTES-012; RFC 6962 section 2.1).
 */
export const stepLeafBytes = (step: object): Uint8Array => sha256(`\0${canonicalize(publicForm('step', step))}`)

/** The same as `sha256:` and hexadecimal, as `handoff_leaf` spells it. */
export const stepLeaf = (step: object): string => digestText(stepLeafBytes(step))
