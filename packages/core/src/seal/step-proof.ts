import type { AgentRun, BatchProof, Statement, StepProof } from '@agent-run/types'
import { AgentRunError } from '../errors.ts'
import { digestBytes, digestText, publicForm, stepLeafBytes } from '../hash/index.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import { publicKeyOf } from '../sign/index.ts'
import { proveInclusion, treeRoot, verifyInclusion } from '../tree/index.ts'
import { validateValue } from '../validate/validate.ts'
import { verifyBatchProof } from './batch.ts'
import { checkSignature, type SignatureState } from './check-signature.ts'
import { privateObjects, privateObjectsOfStep, privateState } from './private-objects.ts'
import { missingFromSeal, openStatuses } from './sealed.ts'
import { recordHash, signedBytes } from './signed-bytes.ts'

/**
 * Shows one step of a sealed record and proves that it belongs there, without showing the others (AR-SEAL-007). The step
 * stands in the proof as it does in the record: erase what is not for the reader first.
 * @throws {RangeError} if there is no such step; {@link AgentRunError} `prove.not_sealed`, `prove.mismatch` if the record
 * is not what its seal says
 */
export const proveStep = (run: AgentRun, index: number): StepProof => {
  const step = run.steps[index]
  if (step === undefined) throw new RangeError(`step ${index} does not exist: the record has ${run.steps.length}`)
  const { record_hash, steps_root } = run.provenance
  if (record_hash === undefined)
    throw new AgentRunError('prove.not_sealed', 'found no record_hash; expected a sealed record')
  const leaves = run.steps.map(stepLeafBytes)
  if (digestText(treeRoot(leaves)) !== steps_root || recordHash(run) !== record_hash)
    throw new AgentRunError(
      'prove.mismatch',
      'found a record that was changed after sealing; expected one that was not',
    )
  const { steps: _, eval: __, ...record } = publicForm('run', run as unknown as JsonObject)
  const path = proveInclusion(leaves, index).map(digestText)
  return { agent_run_proof: '1.0', record, step, index, path }
}

/** What {@link verifyStepProof} found. */
export interface StepProofVerdict {
  /** Whether the step, as shown, is one of the record whose `record_hash` this is, and no signature of it is wrong or gone. */
  readonly ok: boolean
  /** The signature of the record. `absent`: nobody answers for it but who gave the proof. */
  readonly signature: SignatureState
  readonly record_hash?: string
  /** did:key that signed the record; trust is the caller's to decide. */
  readonly signed_by?: string
  /** The first thing that is wrong. */
  readonly failure?: { readonly code: string; readonly path: string; readonly message: string }
}

/** A batch statement and the record's proof in it, for a record that was sealed in a batch. */
export interface BatchEvidence {
  readonly statement: Statement
  readonly proof: BatchProof
}

/**
 * Checks a step proof: the record's hash and signature, the path from the step to its steps_root, and that
 * nothing stands in it that no hash covers (AR-SEAL-018). The record has to be sealed as the check `record` asks for; one
 * without `spec_version` is not. Never throws for bad content.
 */
export const verifyStepProof = (proof: unknown, batch?: BatchEvidence): StepProofVerdict => {
  const shape = validateValue(proof, { schema: 'step-proof' })
  if (!shape.ok) return failed('absent', shape.findings[0]!)
  const { record, step, index, path } = proof as StepProof
  const whole = validateValue({ ...record, steps: [] }, { semantics: false })
  if (!whole.ok) return failed('absent', { ...whole.findings[0]!, path: `/record${whole.findings[0]!.path}` })

  const uncovered = 'steps' in record ? 'steps' : 'eval' in record ? 'eval' : undefined
  if (uncovered !== undefined)
    return failed(
      'absent',
      fault('proof.uncovered', `/record/${uncovered}`, 'found a member that record_hash does not cover; expected none'),
    )
  const broken = brokenState(record, step as unknown as JsonObject)
  if (broken !== undefined)
    return failed(
      'absent',
      fault(
        'private.state',
        broken,
        'found private members that no hash covers; expected an object that is whole or erased',
      ),
    )

  const provenance = record.provenance as AgentRun['provenance']
  const { record_hash, steps_root, steps_count, signed_by } = provenance
  const run = record as unknown as AgentRun
  const missing = missingFromSeal(run)
  if (missing !== undefined || record_hash === undefined || steps_root === undefined || steps_count === undefined)
    return failed(
      'absent',
      fault(
        'record.incomplete',
        `/record${missing?.path ?? '/provenance'}`,
        `found no ${missing?.member ?? 'seal'}; expected a sealed record of version 1.0 or later`,
      ),
    )
  if (openStatuses.has(run.status))
    return failed(
      'absent',
      fault('record.open_status', '/record/status', 'found a run that is not over; expected a terminal status'),
    )
  if (recordHash(run) !== record_hash)
    return failed(
      'absent',
      fault(
        'record.mismatch',
        '/record/provenance/record_hash',
        'found another record than the one sealed; expected record_hash to match',
      ),
    )

  const names = { record_hash, ...(typeof signed_by === 'string' ? { signed_by } : {}) }
  if (provenance.signature != null && publicKeyOf(signed_by ?? '') === undefined)
    return {
      ...failed(
        'fail',
        fault(
          'signature.key',
          '/record/provenance/signed_by',
          'found a signature whose key nothing names; expected the did:key of an Ed25519 public key',
        ),
      ),
      ...names,
    }
  const signature = signatureOf(record, record_hash, batch)
  if (signature === 'fail' || signature === 'stripped')
    return {
      ...failed(
        signature,
        fault(
          signature === 'fail' ? 'signature.invalid' : 'signature.stripped',
          '/record/provenance/signature',
          'found no right signature; expected that of signed_by',
        ),
      ),
      ...names,
    }
  const hashes = path.map(digestBytes)
  const leads =
    hashes.every((hash) => hash !== undefined) &&
    verifyInclusion(stepLeafBytes(step), index, steps_count, hashes, digestBytes(steps_root)!)
  if (!leads)
    return {
      ...failed(
        signature,
        fault('proof.path', '/path', 'found a path that does not lead to steps_root; expected it to'),
      ),
      ...names,
    }
  return { ok: true, signature, ...names }
}

const fault = (code: string, path: string, message: string): NonNullable<StepProofVerdict['failure']> => ({
  code,
  path,
  message,
})

const failed = (
  signature: SignatureState,
  { code, path, message }: NonNullable<StepProofVerdict['failure']>,
): StepProofVerdict => ({ ok: false, signature, failure: { code, path, message } })

const brokenState = (record: JsonObject, step: JsonObject): string | undefined => {
  for (const { kind, value, path } of privateObjects(record))
    if (privateState(kind, value) === 'broken') return `/record${path}/private_hash`
  for (const { kind, value, path } of privateObjectsOfStep(step, '/step'))
    if (privateState(kind, value) === 'broken') return `${path}/private_hash`
  return undefined
}

const signatureOf = (record: JsonObject, record_hash: string, batch: BatchEvidence | undefined): SignatureState => {
  const own = checkSignature('run', record, signedBytes('run', record))
  const signed_by = isObject(record.provenance) ? record.provenance.signed_by : undefined
  if (own !== 'stripped' || !isObject(batch) || typeof signed_by !== 'string') return own
  return verifyBatchProof(batch.proof, batch.statement, { record_hash, signed_by }).ok ? 'pass' : own
}
