import { checkSignature, type SignatureState } from '../../seal/index.ts'
import { isGiven, isObject, type JsonObject } from '../../semantics/object.ts'
import { restrictionOf } from '../../trust/index.ts'
import type { VerifyContext } from '../context.ts'
import { absent, type Failure, type Fault, fail, type Outcome, pass, unknown } from '../outcome.ts'

/** Are the judgements about this record, by evaluators who are trusted? (AR-EVAL-010 to AR-EVAL-013) */
export const checkEvals = (context: VerifyContext): Outcome => {
  const found = evalsOf(context)
  if (found.length === 0) return absent('none')
  const faults = found.map((each) => ({ ...each, fault: wrongSignature(each) }))
  faults.push(...found.map((each) => ({ ...each, fault: otherRecord(each, context) })))
  const first = (isEmbedded: boolean): Failure | undefined =>
    faults.find((each) => each.fault !== undefined && each.isEmbedded === isEmbedded)?.fault
  const wrong = first(true)
  if (wrong) return fail(wrong, found.length)
  const besides = first(false)
  // Anybody can put an eval beside a record.
  if (besides) return unknown(besides, found.length)
  const nameless = found.find(({ signature }) => signature !== 'pass')
  if (nameless) return unknown(unsigned(nameless.path), found.length)
  for (const { path, value } of found) {
    const missing = untrusted(value, path, context)
    if (missing) return unknown(missing, found.length)
  }
  return pass(`${found.length} by trusted evaluators, about this record`, 2 * found.length)
}

interface FoundEval {
  readonly value: JsonObject
  readonly path: string
  readonly signature: SignatureState
  /** Whether it stands in the record. */
  readonly isEmbedded: boolean
}

/** The embedded eval, and those beside the record that name it. */
const evalsOf = (context: VerifyContext): FoundEval[] => {
  const { run, provenance, sealed, evidence } = context
  const names = [...new Set([provenance.record_hash, ...(sealed ? [context.recordHash] : [])])]
  const besides = evidence.evalsOf(names, () => context.documentHash)
  const found = (value: object, path: string, isEmbedded: boolean): FoundEval => ({
    value: value as JsonObject,
    path,
    signature: checkSignature('eval', value),
    isEmbedded,
  })
  return [
    ...(isObject(run.eval) ? [found(run.eval, '/eval', true)] : []),
    ...besides.map((each) => found(each, '', false)),
  ]
}

const wrongSignature = ({ value, path, signature }: FoundEval): Failure | undefined =>
  signature === 'fail' || signature === 'stripped'
    ? {
        code: 'evals.signature',
        path: `${path}/signature`,
        detail: signature === 'fail' ? 'the signature of an eval is wrong' : 'an eval names a key and has no signature',
        expected: `a signature by ${String(value.signed_by ?? 'signed_by')} over this eval`,
        found: signature === 'fail' ? 'another one' : 'none',
      }
    : undefined

/** An eval counts for the record whose hash it names, and a signed one has to name it. */
const otherRecord = ({ value, path, signature }: FoundEval, context: VerifyContext): Failure | undefined => {
  const { record_hash, document_hash } = value
  const wrong = (member: string, expected: string, found: string): Failure => ({
    code: 'evals.other_record',
    path: `${path}/${member}`,
    detail: 'an eval is about another record',
    expected,
    found,
  })
  const stated = context.sealed ? context.recordHash : undefined
  if (isGiven(value, 'record_hash') && record_hash !== stated)
    return wrong('record_hash', stated ?? 'no record_hash', String(record_hash))
  if (isGiven(value, 'document_hash') && document_hash !== context.documentHash)
    return wrong('document_hash', context.documentHash, String(document_hash))
  if (signature === 'pass' && !isGiven(value, 'record_hash') && !isGiven(value, 'document_hash'))
    return wrong(context.sealed ? 'record_hash' : 'document_hash', 'the record it is about', 'nothing')
  return undefined
}

const unsigned = (path: string): Fault => ({
  code: 'evals.unsigned',
  path,
  detail: 'an eval without a signature of its own is the word of whoever wrote it',
})

/** Judged now: the time at which the record was seen says nothing about an eval that came later. */
const untrusted = ({ signed_by }: JsonObject, path: string, { keys, run }: VerifyContext): Fault | undefined => {
  const entry = keys.entryOf(signed_by)
  const isEvaluators = entry?.roles.includes('evaluator') && restrictionOf(entry, run) === undefined
  if (isEvaluators && keys.stateOf(signed_by) === 'trusted') return undefined
  return {
    code: 'evals.untrusted_key',
    path: `${path}/signed_by`,
    detail: 'an eval is rightly signed, by a key that is not trusted as an evaluator of this record',
  }
}
