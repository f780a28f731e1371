import type { BatchProof, Check, EvalResult, Shortfall, Statement, Verdict } from '@agent-run/types'
import type { ReadResult } from '../read/index.ts'
import { rules } from '../semantics/index.ts'
import { parseInstant } from '../semantics/instant.ts'
import { isObject, type JsonObject } from '../semantics/object.ts'
import { createKeyStates, keyEntries } from '../trust/index.ts'
import { validate } from '../validate/index.ts'
import { validateRead } from '../validate/validate.ts'
import { checkApprovals } from './checks/approvals.ts'
import { checkErasures } from './checks/erasures.ts'
import { checkEvals } from './checks/evals.ts'
import { checkJournal } from './checks/journal.ts'
import { checkLineage } from './checks/lineage.ts'
import { checkRecord } from './checks/record.ts'
import { checkRunHash } from './checks/run-hash.ts'
import { checkSchema, checkSemantics } from './checks/schema.ts'
import { checkSignature } from './checks/signature.ts'
import { checkSigner } from './checks/signer.ts'
import { checkSteps } from './checks/steps.ts'
import { completenessOf } from './completeness.ts'
import { createContext, type VerifyContext } from './context.ts'
import { createEvidence, joinEvidence } from './evidence.ts'
import { levelOf } from './levels.ts'
import { assertLists, assertOptions, type Level, levels, type VerifyOptions } from './options.ts'
import { type CheckName, checkNames, type Outcome, skipped } from './outcome.ts'
import { statedRevocations } from './revocations.ts'

/** What belongs to one record of many. */
export interface OwnEvidence {
  readonly statements?: readonly Statement[]
  readonly evals?: readonly EvalResult[]
  readonly proofs?: readonly BatchProof[]
}

/**
 * Verifies one record after the other, with the same options.
 * @param read what `readJson` made of the input, for a caller who had to look into it: it is not read again
 */
export type Verifier = (input: unknown, own?: OwnEvidence, read?: ReadResult) => Verdict

/** Checks that need the content of a record, in their order. */
const checks: readonly (readonly [CheckName, (context: VerifyContext) => Outcome])[] = [
  ['run_hash', checkRunHash],
  ['steps', checkSteps],
  ['record', checkRecord],
  ['signature', checkSignature],
  ['signer', checkSigner],
  ['approvals', checkApprovals],
  ['lineage', checkLineage],
  ['journal', checkJournal],
  ['evals', checkEvals],
  ['erasures', checkErasures],
]

/**
 * Says what holds for a record: what is proven, what is only claimed, what is missing (`spec/verdict.md`). Offline;
 * everything it needs is in the options. Bad content never throws, it is a verdict.
 * @param input UTF-8 bytes or text as written, or the parsed value, of which the bytes cannot be checked
 * @throws {TypeError} for an option of the wrong type, a level that does not exist or a time that is none
 */
export const verify = (input: unknown, options: VerifyOptions = {}): Verdict => createVerifier(options)(input)

/**
 * A verifier for many records: keys, statements and batch signatures are looked at once. What belongs to one record
 * alone is given with it.
 * @throws {TypeError} for an option of the wrong type; the message says which
 */
export const createVerifier = (options: VerifyOptions = {}): Verifier => {
  assertOptions(options)
  const { level: asked = 'sealed', trust, now, signedBy } = options
  const clock = typeof now === 'function' ? now : (): string => now ?? new Date().toISOString()
  const entries = keyEntries(trust)
  const shared = createEvidence(options)

  return (input, own, read) => {
    if (own !== undefined) assertLists(own)
    const evidence = own === undefined ? shared : joinEvidence(createEvidence(own), shared)
    const time = clock()
    // Nothing is before or after a time that does not exist: every key would count.
    if (parseInstant(time) === undefined) throw new TypeError('now is no time; expected RFC 3339')
    const keys = createKeyStates(entries, time, statedRevocations(createKeyStates(entries, time), evidence))
    const report = read === undefined ? validate(input) : validateRead(read)
    const made = new Map<CheckName, Check>()
    const add = (check: CheckName, outcome: Outcome): void => void made.set(check, { check, ...outcome })
    add('schema', checkSchema(report.findings, report.checked === 'bytes'))
    let context: VerifyContext | undefined
    if (made.get('schema')?.result === 'pass' && isObject(report.value)) {
      add('semantics', checkSemantics(report.findings, rules.length))
      context = createContext({
        run: report.value as JsonObject,
        options,
        keys,
        evidence,
        now: time,
        previous: made,
      })
      for (const [name, check] of checks) add(name, check(context))
    }
    const all = checkNames.map((check) => made.get(check) ?? { check, ...skipped('the record has not the right form') })
    return verdictOf(all, context, asked, signedBy)
  }
}

const verdictOf = (
  checks: readonly Check[],
  context: VerifyContext | undefined,
  asked: Level,
  signedBy: VerifyOptions['signedBy'],
): Verdict => {
  const { level, missing } = levelOf(checks, context)
  const failure = checks.find(({ result }) => result === 'fail')
  const signature = checks.find(({ check }) => check === 'signature')
  const signer = checks.find(({ check }) => check === 'signer')
  const isSigned = signature?.result === 'pass'
  const entry = signer?.result === 'pass' ? context?.keys.entryOf(context.provenance.signed_by) : undefined
  const isSelfAsserted =
    isSigned && (signer?.code === 'signer.untrusted_key' || signer?.code === 'signer.no_trust_file')
  const vouched = context?.vouched
  const stranger = strangerShortfall(signedBy, entry?.identity, asked)
  return {
    ok: failure === undefined && levels.indexOf(level) >= levels.indexOf(asked) && stranger === undefined,
    level,
    ...(entry === undefined ? {} : { by: entry.identity }),
    ...(isSelfAsserted ? { self_asserted: true } : {}),
    asked,
    completeness: context === undefined ? { state: 'unsealed' } : completenessOf(context),
    time: vouched === undefined ? { basis: 'asserted' } : { basis: 'vouched', by: vouched.identity, at: vouched.at },
    checks: [...checks],
    ...(failure === undefined ? {} : { first_failure: failure.check }),
    missing: stranger === undefined ? [...missing] : [stranger, ...missing],
    ...(context === undefined || context.edges.length === 0 ? {} : { edges: [...context.edges] }),
  }
}

/** What is missing where somebody else answers for the seal than was asked for, or nobody. */
const strangerShortfall = (
  signedBy: VerifyOptions['signedBy'],
  identity: string | undefined,
  asked: Level,
): Shortfall | undefined => {
  if (signedBy === undefined) return undefined
  if (identity !== undefined && (signedBy === 'trusted' || signedBy.includes(identity))) return undefined
  const reason =
    identity === undefined
      ? 'nobody of the trust file answers for the seal, and that was asked for'
      : 'somebody of the trust file answers for the seal, but nobody who was asked for'
  return { level: asked === 'none' ? 'recorded' : asked, code: 'level.signer', path: '/provenance/signed_by', reason }
}
