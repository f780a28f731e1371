import type { AgentRun, BatchProof, EvalResult, Statement, Trust, Verdict } from '@agent-run/types'
import type { Journal } from '../journal/index.ts'
import { isObject } from '../semantics/object.ts'
import { nearest } from '../suggest/nearest.ts'
import { parseTrust } from '../trust/index.ts'

/** How much a verdict may rest on: see `spec/levels.md`. */
export type Level = Verdict['level']

/** What a verifier is given beside the record. All of it is looked at, none of it is believed without a comparison. */
export interface VerifyOptions {
  /** Whose keys are whose: the caller's trust file, read by `parseTrust`. The only source of trust (AR-TRUST-001). */
  readonly trust?: Trust
  /** The journal of the run: as `readJournal` gives it, or its bytes. */
  readonly journal?: Journal | Uint8Array | string
  /** Records of parents and children, for the check `lineage`. */
  readonly related?: readonly AgentRun[]
  /** Statements about the record, its keys or its batch. */
  readonly statements?: readonly Statement[]
  /** Evals that came later. */
  readonly evals?: readonly EvalResult[]
  /** Proofs that a batch statement covers the record. */
  readonly proofs?: readonly BatchProof[]
  /**
   * Level that must be reached for `ok`; default `sealed`, so that a stripped seal is never green (AR-VERD-006). With `none`
   * only a check that fails is not ok.
   */
  readonly level?: Level
  /**
   * Who must answer for the seal, for `ok`: anybody of the trust file (`trusted`), or one of these identities of it. Default
   * anybody at all: a seal by an unknown key shows that nothing was changed since, not who made it.
   */
  readonly signedBy?: 'trusted' | readonly string[]
  /** The present time, RFC 3339; default the clock. */
  readonly now?: string | (() => string)
}

/** The levels from the lowest. */
export const levels: readonly Level[] = ['none', 'recorded', 'sealed', 'accountable']

/**
 * Refuses what the types do not allow: an option that is passed over would make a verdict better than it is.
 * @throws {TypeError} that says which option it is
 */
export const assertOptions = (options: VerifyOptions): void => {
  const { level, trust, journal, related, now, signedBy } = options
  assertKnown(options)
  if (level !== undefined && !levels.includes(level)) throw new TypeError(`level is none of ${levels.join(', ')}`)
  if (trust !== undefined && !parseTrust(trust).ok)
    throw new TypeError('trust is no trust file; expected what parseTrust gives as trust')
  if (journal !== undefined && !isJournal(journal))
    throw new TypeError('journal is no journal; expected its bytes, its text or what readJournal gives')
  if (signedBy !== undefined && signedBy !== 'trusted' && !isListOfTexts(signedBy))
    throw new TypeError('signedBy names nobody; expected "trusted" or a list of identities of the trust file')
  if (now !== undefined && typeof now !== 'string' && typeof now !== 'function')
    throw new TypeError('now is no time; expected RFC 3339, or a function that gives it')
  assertLists(options)
  assertList('related', related)
}

const known: ReadonlySet<string> = new Set<keyof VerifyOptions>([
  ...(['trust', 'journal', 'related', 'statements', 'evals', 'proofs'] as const),
  ...(['level', 'signedBy', 'now'] as const),
])

const assertKnown = (options: object): void => {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue
    const near = nearest(name, [...known])
    throw new TypeError(`${JSON.stringify(name)} is no option${near === undefined ? '' : `; did you mean ${near}?`}`)
  }
}

const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string' && each !== '')

/**
 * Refuses statements, evals or proofs that are no list.
 * @throws {TypeError} that says which
 */
export const assertLists = ({
  statements,
  evals,
  proofs,
}: Pick<VerifyOptions, 'statements' | 'evals' | 'proofs'>): void => {
  for (const [name, list] of Object.entries({ statements, evals, proofs })) assertList(name, list)
}

const assertList = (name: string, list: unknown): void => {
  if (list !== undefined && !Array.isArray(list)) throw new TypeError(`${name} is no list; expected an array`)
}

const isJournal = (journal: unknown): boolean =>
  typeof journal === 'string' ||
  bytesOf(journal) !== undefined ||
  (isObject(journal) && Array.isArray(journal.lines) && Array.isArray(journal.findings) && Array.isArray(journal.heads))

/** The bytes of a Uint8Array, also of one from another realm. */
export const bytesOf = (value: unknown): Uint8Array | undefined => {
  if (value instanceof Uint8Array) return value
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]'
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : undefined
}
