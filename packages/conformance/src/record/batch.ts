import { sealHash } from '../bytes/covered.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { isIncluded, leafHash } from '../bytes/tree.ts'
import { isSigned } from '../bytes/verify.ts'

/** Whether a batch proof leads to the root of one of these statements, signed by this key (AR-SEAL-017). */
export const batchHolds = (proof: JsonObject, statements: readonly JsonObject[], signedBy: Json | undefined): boolean =>
  statements.some((each) => sealHash('statement', each) === proof.statement && leadsTo(proof, each, signedBy))

const leadsTo = (proof: JsonObject, statement: JsonObject, signedBy: Json | undefined): boolean => {
  const { body, kind, about, signed_by } = statement
  if (kind !== 'batch' || !isObject(body) || signed_by !== signedBy || about !== body.root) return false
  const { record_hash, index, path } = proof
  if (typeof record_hash !== 'string' || !Array.isArray(path)) return false
  const leaf = leafHash(Buffer.from(record_hash))
  const hashes = (path as readonly Json[]).map(digits)
  const leads = isIncluded(leaf, numberOf(index), numberOf(body.count), hashes, digits(body.root))
  return leads && isSigned('statement', statement)
}

const numberOf = (value: Json | undefined): number => (typeof value === 'number' ? value : Number.NaN)

/** The hexadecimal digits of a digest; of anything else a text that is none. */
const digits = (value: Json | undefined): string =>
  typeof value === 'string' && value.startsWith('sha256:') ? value.slice('sha256:'.length) : ''
