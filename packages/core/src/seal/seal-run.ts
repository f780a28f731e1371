import type { AgentRun } from '@agent-run/types'
import { AgentRunError } from '../errors.ts'
import type { Finding } from '../finding.ts'
import { digest, runHash } from '../hash/index.ts'
import { isGiven, type JsonObject } from '../semantics/object.ts'
import { encodeBase64, type Signer } from '../sign/index.ts'
import { validateValue } from '../validate/validate.ts'
import { privateStates } from './private-objects.ts'
import { randomHex } from './random-hex.ts'
import { isSealed, openStatuses } from './sealed.ts'
import { signedBytes } from './signed-bytes.ts'
import { stepsRoot } from './steps-root.ts'

const NONCE_BYTES = 16

/** Options of {@link sealRun}. */
export interface SealOptions {
  /** Who signs; without one the record is sealed by its hash only. */
  readonly signer?: Signer
  /** When: RFC 3339, by the sealer's clock. */
  readonly at: string
  /** For a record without one: 32 to 128 lower-case hexadecimal digits; random unless given. */
  readonly nonce?: string
  /** The did:key of a batch statement that signs this record later, instead of `signer`. */
  readonly signedBy?: string
  /** Digest of the journal's last line before the seal, where the run has a journal: becomes `journal_head` (AR-JRNL-012). */
  readonly journalHead?: string
}

/**
 * Seals a finished run: a new record with run_hash, steps_count, steps_root, nonce, sealed_at, record_hash and, with a
 * signer, signed_by and signature (AR-SEAL-004 to AR-SEAL-010). What it refuses would never verify, and a sealed record
 * cannot be mended.
 * @throws {AgentRunError} `seal.already_sealed`, `seal.version` (no `spec_version`), `seal.open_status`,
 * `seal.eval` (an embedded eval that would be about another record), `seal.other_key` (the record names another key than the one that is to sign), `seal.invalid` with the findings as cause
 */
export const sealRun = async (run: AgentRun, options: SealOptions): Promise<AgentRun> => {
  const { signer, at, nonce } = options
  if (isSealed(run)) throw new AgentRunError('seal.already_sealed', 'found a sealed record; expected one that is not')
  if (!isGiven(run as unknown as JsonObject, 'spec_version'))
    throw new AgentRunError('seal.version', 'found no spec_version; expected "1.0", as a 0.1 record cannot be sealed')
  if (openStatuses.has(run.status))
    throw new AgentRunError('seal.open_status', 'found a run that is not over; expected a terminal status')
  if (run.provenance?.nonce !== undefined && nonce !== undefined && nonce !== run.provenance.nonce)
    throw new TypeError('the run has a nonce already: it was chosen when the run started')
  if (isGiven((run.eval ?? {}) as unknown as JsonObject, 'document_hash'))
    throw new AgentRunError(
      'seal.eval',
      'found an eval that names the record by document_hash, which sealing changes; expected none, or one that comes after the seal and names record_hash',
    )
  const key = keyOf(run, options)

  const { count, root } = stepsRoot(run.steps)
  const { signed_by: _, signature: __, ...provenance } = run.provenance
  const unsigned: AgentRun = {
    ...run,
    provenance: {
      ...provenance,
      run_hash: runHash(run),
      nonce: provenance.nonce ?? nonce ?? randomHex(NONCE_BYTES),
      steps_count: count,
      steps_root: root,
      ...(options.journalHead === undefined ? {} : { journal_head: options.journalHead }),
      sealed_at: at,
      ...(key === undefined ? {} : { signed_by: key }),
    },
  }
  refuseInvalid(unsigned)
  const bytes = signedBytes('run', unsigned)
  const sealed = { ...unsigned.provenance, record_hash: digest(bytes) }
  if (signer === undefined) return { ...unsigned, provenance: sealed }
  return { ...unsigned, provenance: { ...sealed, signature: encodeBase64(await signer.sign(bytes)) } }
}

const keyOf = (run: AgentRun, { signer, signedBy }: SealOptions): string | undefined => {
  if (signer !== undefined && signedBy !== undefined && signer.did !== signedBy)
    throw new TypeError('signedBy names another key than the signer')
  const key = signer?.did ?? signedBy
  const named = run.provenance?.signed_by ?? undefined
  if (named !== undefined && named !== key)
    throw new AgentRunError(
      'seal.other_key',
      'found a record that names a key in signed_by; expected that key to sign it',
    )
  return key
}

const refuseInvalid = (run: AgentRun): void => {
  const { findings } = validateValue(run, {})
  const errors = [...findings.filter(({ severity }) => severity === 'error'), ...brokenPrivate(run)]
  const first = errors[0]
  if (first !== undefined)
    throw new AgentRunError(
      'seal.invalid',
      `found an invalid record, at ${first.path || 'the root'}: ${first.message}`,
      errors,
    )
}

const brokenPrivate = (run: AgentRun): Finding[] =>
  privateStates(run)
    .filter(({ state }) => state === 'broken')
    .map(({ path }) => ({
      code: 'private.state',
      severity: 'error',
      path: `${path}/private_hash`,
      message: 'private_hash does not match; expected the hash of salt and private members, or neither of them',
      requirement: 'AR-SEAL-008',
    }))
