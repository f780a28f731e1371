import { AgentRunError, type Signer, verifyWithDid } from '@agent-run/core'
import type { Within } from './deadline.ts'

/** A signature as records spell it: base64. */
export const signatureText = (signature: Uint8Array): string => btoa(String.fromCharCode(...signature))

/** The signer of a run, as the recorder uses it. */
export interface OwnSigner extends Signer {
  /** Whether the last question was not answered in time: it is not worth asking again at once. */
  readonly isSilent: boolean
}

/**
 * A signer whose answers are waited for only so long, and checked: what does not verify never gets into a record. One that
 * answers at once is heard at once.
 * @throws AgentRunError (from `sign`) `recorder.no_answer`, `recorder.wrong_signature`, and what the signer throws
 */
export function createOwnSigner(signer: Signer, within: Within): OwnSigner {
  let isSilent = false
  const checked = (message: Uint8Array, signature: Uint8Array): Uint8Array => {
    isSilent = false
    if (signature instanceof Uint8Array && verifyWithDid(signer.did, message, signatureText(signature)))
      return signature
    throw new AgentRunError(
      'recorder.wrong_signature',
      'the signer gave something else than a signature by its key; expected 64 bytes of Ed25519',
    )
  }
  return {
    did: signer.did,
    get isSilent() {
      return isSilent
    },
    sign(message) {
      const answer = signer.sign(message)
      if (answer instanceof Uint8Array) return checked(message, answer)
      return within('the signer', answer).then(
        (signature) => checked(message, signature),
        (error: unknown) => {
          isSilent = error instanceof AgentRunError && error.code === 'recorder.no_answer'
          throw error
        },
      )
    },
  }
}
