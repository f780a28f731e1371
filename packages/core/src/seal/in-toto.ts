import type { AgentRun } from '@agent-run/types'
import { canonicalize } from '../canonical/index.ts'
import { AgentRunError } from '../errors.ts'
import { pae, publicForm } from '../hash/index.ts'
import type { JsonObject } from '../semantics/object.ts'
import { encodeBase64, type Signer } from '../sign/index.ts'
import type { DsseEnvelope } from './dsse.ts'
import { recordHash } from './signed-bytes.ts'

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'

/** The predicate type of a run in an in-toto statement. */
export const predicateType = 'https://w3id.org/agent-run/v1/run'

const utf8 = new TextEncoder()

/**
 * A sealed run as an in-toto Statement v1 in a DSSE envelope, for software that knows only those. Its bytes are not the
 * seal's, so it is signed anew: by whom is the signer's to answer for. The subject's SHA-256 is the `record_hash`, which
 * `sha256sum` finds over `signedBytes('run', run)`; the predicate is what the seal covers, with record_hash and signature.
 * @throws {AgentRunError} `seal.mismatch` if the record_hash is missing or wrong
 */
export const toInToto = async (run: AgentRun, signer: Signer): Promise<DsseEnvelope> => {
  const { record_hash } = run.provenance
  if (record_hash === undefined || record_hash !== recordHash(run))
    throw new AgentRunError(
      'seal.mismatch',
      'found no right record_hash; expected a sealed record that was not changed',
    )
  const { steps: _, eval: __, ...predicate } = publicForm('run', run as unknown as JsonObject)
  const payload = utf8.encode(
    canonicalize({
      _type: STATEMENT_TYPE,
      subject: [{ name: run.id, digest: { sha256: record_hash.slice('sha256:'.length) } }],
      predicateType,
      predicate,
    }),
  )
  const signature = await signer.sign(pae(PAYLOAD_TYPE, payload))
  return {
    payload: encodeBase64(payload),
    payloadType: PAYLOAD_TYPE,
    signatures: [{ keyid: signer.did, sig: encodeBase64(signature) }],
  }
}
