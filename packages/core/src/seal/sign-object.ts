import { AgentRunError } from '../errors.ts'
import { isGiven, type JsonObject } from '../semantics/object.ts'
import { encodeBase64, type Signer } from '../sign/index.ts'
import type { SchemaName } from '../validate/index.ts'
import { validateValue } from '../validate/validate.ts'
import { privateState } from './private-objects.ts'
import { type SignedKind, signedBytes } from './signed-bytes.ts'

/** What signs for itself; a run is sealed by `sealRun`. */
export type SignedObjectKind = Exclude<SignedKind, 'run'>

const schemas: Readonly<Record<SignedObjectKind, SchemaName>> = {
  approval: 'approval',
  eval: 'eval',
  statement: 'statement',
  head: 'journal-head',
}

/** Members that a signed decision must have, in the order in which they are missed (AR-APPR-021). */
export const signedDecisionMembers = [
  'approval_id',
  'run_id',
  'step_id',
  'action_hash',
  'request_hash',
  'actor',
  'at',
  'signed_by',
] as const

/** Whether an approval event decides: only `approved` and `denied` do. */
export const isDecision = (event: JsonObject): boolean => event.event === 'approved' || event.event === 'denied'

/**
 * Signs an approval event, eval, statement or journal head: a copy with `signed_by` and `signature` (AR-SEAL-004,
 * AR-SEAL-006). To keep a part of an approval erasable, protect it first.
 * @throws {AgentRunError} `seal.already_sealed` if it is signed, `seal.other_key` if `signed_by` names another key,
 * `seal.invalid` (findings as cause) for what would never verify
 */
export const signObject = async <T extends object>(
  kind: SignedObjectKind,
  object: T,
  signer: Signer,
): Promise<T & { signed_by: string; signature: string }> => {
  const given = object as JsonObject
  if (isGiven(given, 'signature'))
    throw new AgentRunError('seal.already_sealed', `found a signed ${kind}; expected one that is not`)
  if (isGiven(given, 'signed_by') && given.signed_by !== signer.did)
    throw new AgentRunError(
      'seal.other_key',
      `found another key in signed_by of the ${kind}; expected that of the signer`,
    )
  const { signature: _, ...unsigned } = { ...object, signed_by: signer.did } as T & {
    signed_by: string
    signature?: unknown
  }
  const bytes = signedBytes(kind, unsigned)
  const signed = { ...unsigned, signature: encodeBase64(await signer.sign(bytes)) }
  refuseInvalid(kind, signed)
  return signed as unknown as T & { signed_by: string; signature: string }
}

const refuseInvalid = (kind: SignedObjectKind, object: JsonObject): void => {
  const { findings } = validateValue(object, { schema: schemas[kind] })
  const errors = findings.filter(({ severity }) => severity === 'error')
  const first = errors[0]
  if (first !== undefined)
    throw new AgentRunError(
      'seal.invalid',
      `found an invalid ${kind}, at ${first.path || 'the root'}: ${first.message}`,
      errors,
    )
  if (kind !== 'approval') return
  if (privateState('approval', object) === 'broken')
    throw new AgentRunError('seal.invalid', 'found an approval whose private_hash does not match; expected it to')
  const missing = isDecision(object) ? signedDecisionMembers.find((member) => !isGiven(object, member)) : undefined
  if (missing !== undefined)
    throw new AgentRunError(
      'seal.invalid',
      `found a decision without ${missing}; expected it, as the decision is signed`,
    )
}
