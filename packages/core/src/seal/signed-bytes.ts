import { canonicalize } from '../canonical/index.ts'
import { digest, mediaType, pae, publicForm } from '../hash/index.ts'

/** What can carry a signature of its own. */
export type SignedKind = 'run' | 'approval' | 'eval' | 'statement' | 'head'

type JsonObject = Readonly<Record<string, unknown>>

const utf8 = new TextEncoder()

/**
 * The canonical JSON that a seal covers: everything but a closed list (AR-SEAL-005, AR-SEAL-006).
 * Of a run: its public form without `steps` and `eval`, its provenance without `record_hash` and `signature`.
 * Of the others: the public form without their own `signature`.
 */
export const sealedPayload = (kind: SignedKind, object: object): string =>
  canonicalize(coveredPart(kind, object as JsonObject))

/** The bytes that are hashed and signed: PAE over the payload (DSSE, AR-SEAL-004). */
export const signedBytes = (kind: SignedKind, object: object): Uint8Array =>
  pae(mediaType(kind), utf8.encode(sealedPayload(kind, object)))

/** SHA-256 of the signed bytes as `sha256:` and hex. */
export const sealHash = (kind: SignedKind, object: object): string => digest(signedBytes(kind, object))

/** Identity of a sealed record: the SHA-256 of exactly the bytes that are signed (AR-SEAL-004, AR-SEAL-011). */
export const recordHash = (run: object): string => sealHash('run', run)

const coveredPart = (kind: SignedKind, object: JsonObject): JsonObject => {
  if (kind === 'run') return coveredRun(object)
  const form = kind === 'approval' ? publicForm('approval', object) : object
  const { signature: _, ...covered } = form
  return covered
}

const coveredRun = (run: JsonObject): JsonObject => {
  const { steps: _, eval: __, ...rest } = run
  const covered = publicForm('run', rest)
  const { record_hash: ___, signature: ____, ...provenance } = (covered.provenance ?? {}) as JsonObject
  return { ...covered, provenance }
}
