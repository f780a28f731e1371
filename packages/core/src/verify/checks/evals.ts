import { checkSignature, documentHash } from '../../seal/index.ts'
import { isGiven, isObject, type JsonObject } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import { absent, type Failure, type Fault, fail, type Outcome, pass, unknown } from '../outcome.ts'

/** Are the judgements about this record, by evaluators who are trusted? (AR-EVAL-010 to AR-EVAL-013) */
export const checkEvals = (context: VerifyContext): Outcome => {
  const found = evalsOf(context)
  if (found.length === 0) return absent('none')
  const results = found.map((each) => ({ ...each, signature: checkSignature('eval', each.value) }))
  for (const { path, signature, value } of results)
    if (signature === 'fail' || signature === 'stripped')
      return fail({
        code: 'evals.signature',
        path: `${path}/signature`,
        detail: signature === 'fail' ? 'the signature of an eval is wrong' : 'an eval names a key and has no signature',
        expected: `a signature by ${String(value.signed_by ?? 'signed_by')} over this eval`,
        found: signature === 'fail' ? 'another one' : 'none',
      })
  for (const { path, signature, value } of results) {
    const other = otherRecord(value, path, signature === 'pass', context)
    if (other) return fail(other, results.length)
  }
  const nameless = results.find(({ signature }) => signature !== 'pass')
  if (nameless) return unknown(unsigned(nameless.path), results.length)
  for (const { path, value } of results) {
    const missing = untrusted(value, path, context)
    if (missing) return unknown(missing, results.length)
  }
  return pass(`${results.length} by trusted evaluators, about this record`, 2 * results.length)
}

interface FoundEval {
  readonly value: JsonObject
  readonly path: string
}

/** The embedded eval, and those beside the record that name it. */
const evalsOf = (context: VerifyContext): FoundEval[] => {
  const { run, provenance, sealed, evidence } = context
  const found: FoundEval[] = isObject(run.eval) ? [{ value: run.eval, path: '/eval' }] : []
  for (const each of evidence.evals as readonly unknown[]) {
    if (!isObject(each)) continue
    const isAbout =
      (isGiven(each, 'record_hash') && each.record_hash === provenance.record_hash) ||
      (sealed && each.record_hash === context.recordHash) ||
      (isGiven(each, 'document_hash') && each.document_hash === documentHash(run))
    if (isAbout) found.push({ value: each, path: '' })
  }
  return found
}

/** An eval counts for the record whose hash it names, and a signed one has to name it. */
const otherRecord = (
  { record_hash, document_hash }: JsonObject,
  path: string,
  isSigned: boolean,
  context: VerifyContext,
): Failure | undefined => {
  const wrong = (member: string, expected: string, found: string): Failure => ({
    code: 'evals.other_record',
    path: `${path}/${member}`,
    detail: 'an eval is about another record',
    expected,
    found,
  })
  const given = (hash: unknown): hash is string => typeof hash === 'string'
  const stated = context.sealed ? context.recordHash : undefined
  if (given(record_hash) && record_hash !== stated) return wrong('record_hash', stated ?? 'no record_hash', record_hash)
  const document = given(document_hash) ? documentHash(context.run) : undefined
  if (given(document_hash) && document_hash !== document)
    return wrong('document_hash', document ?? 'none', document_hash)
  if (isSigned && !given(record_hash) && !given(document_hash))
    return wrong(context.sealed ? 'record_hash' : 'document_hash', 'the record it is about', 'nothing')
  return undefined
}

const unsigned = (path: string): Fault => ({
  code: 'evals.unsigned',
  path,
  detail: 'an eval without a signature of its own is the word of whoever wrote it',
})

const untrusted = ({ signed_by }: JsonObject, path: string, { keys, vouched }: VerifyContext): Fault | undefined => {
  const entry = keys.entryOf(signed_by)
  if (entry?.roles.includes('evaluator') && keys.stateOf(signed_by, vouched?.at) === 'trusted') return undefined
  return {
    code: 'evals.untrusted_key',
    path: `${path}/signed_by`,
    detail: 'an eval is rightly signed, by a key that is not trusted as an evaluator',
  }
}
