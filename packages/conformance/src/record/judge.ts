import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { bundleCheck, type Parts, sortParts } from './bundle.ts'
import { byteChecks, placeOfRefusal } from './bytes.ts'
import { capabilitiesOf } from './capabilities.ts'
import { type Check, Findings } from './check.ts'
import { decisionChecks } from './decisions.ts'
import { evalChecks } from './evals.ts'
import { fold } from './fold.ts'
import { lineChecks } from './journal.ts'
import { type Journal, readJournal } from './journal-lines.ts'
import type { CheckInfo, Fault, Judgement, Level } from './judgement.ts'
import { Keys } from './keys.ts'
import { type Shortfall, unaccounted, unsealed } from './levels.ts'
import { Lineage, lineageChecks } from './lineage.ts'
import { read } from './reader.ts'
import { Decisions, type JournalEntry } from './resting.ts'
import { rules } from './rules/semantics.ts'
import { checkOfFault, checksOfFiles, schemaChecks, schemaFaults } from './schema.ts'
import { sealChecks } from './seal.ts'
import { Signatures, signatureChecks } from './signatures.ts'
import { Subject } from './subject.ts'
import { provenLines, type Told, toldChecks } from './told.ts'

/** What a record is judged with, besides its bytes. */
export interface JudgeOptions {
  /** The trust file, read. Without one nobody's key is known. */
  readonly trust?: Json
  /** The journal of the run, the whole file. */
  readonly journal?: Uint8Array
  /** Records of other runs, read. */
  readonly related?: readonly Json[]
  /** Statements, evals and batch proofs that came with the record, read. */
  readonly statements?: readonly Json[]
  /** The present time; that of the machine if it isn't given. */
  readonly now?: string
}

/** What a journal is worth, and the record that it tells. */
export interface JournalJudgement extends Judgement {
  /** Number of chained lines that were read. */
  readonly events: number
  /** Digest of the last of them; that of the chain's beginning without any. */
  readonly head: string
  /** The record that it folds to, if its lines hold. What that breaks is said by {@link judgeRecord}. */
  readonly record?: JsonObject
}

const ORIGIN = `sha256:${'0'.repeat(64)}`

/** Faults of the producer that don't make a check of a verifier fail, and so keep no level. */
const KEEPING_NO_LEVEL = new Set(['run_hash.form', 'lineage.entry', 'evals.beside', 'bundle.line'])

/** Everything that the judge can find, in the order in which it looks. */
export const checks: readonly CheckInfo[] = [
  ...byteChecks,
  ...schemaChecks,
  ...rules,
  ...sealChecks,
  ...signatureChecks,
  ...decisionChecks,
  ...lineageChecks,
  ...lineChecks,
  ...toldChecks,
  ...evalChecks,
  bundleCheck,
].map(({ code, requirement, capability, summary, severity }) => ({ code, requirement, capability, summary, severity }))

/**
 * Judges the bytes of a record by what the standard asks of records. Bytes, schema and rules are looked at in this order,
 * and what breaks one of the first two ends it; all else is looked at whatever was found before.
 * @throws {TypeError} for a trust file or a `now` that is none
 */
export const judgeRecord = (octets: Uint8Array, options: JudgeOptions = {}): Judgement => {
  const findings = new Findings()
  const record = readRecord(octets, findings)
  if (record === undefined) return conclude(findings, new Set(['core']), 'none', missingOf(findings, 'AR-LEVEL-001'))
  const subject = subjectOf(record, options, findings)
  const legacy = !subject.view.versioned
  findings.make(rules, subject.view, legacy)
  const recorded = missingOf(findings, 'AR-LEVEL-001').length === 0
  findings.make(sealChecks, subject)
  findings.make(signatureChecks, new Signatures(subject))
  const journal = options.journal === undefined ? undefined : readJournal(options.journal)
  const decisions = new Decisions(subject, journal === undefined ? [] : told(journal, subject, findings))
  findings.make(decisionChecks, decisions)
  const lineage = new Lineage(subject)
  findings.make(lineageChecks, lineage)
  findings.make(evalChecks, subject)
  const [level, missing] = levelOf(subject, recorded, findings, () => [
    ...unaccounted(subject, decisions, lineage.edges),
  ])
  return conclude(findings, capabilitiesOf(subject, journal !== undefined), level, missing)
}

/** Judges the lines of a journal, and says what record they tell. A torn last line is no fault. */
export const judgeJournal = (octets: Uint8Array): JournalJudgement => {
  const findings = new Findings()
  const journal = readJournal(octets)
  const holds = makeLines(journal, findings) && findings.make(toldChecks, { journal, subject: undefined })
  const last = journal.chained.at(-1)
  const record = holds ? fold(journal, false) : undefined
  const judged =
    record === undefined ? undefined : judgeRecord(Buffer.from(JSON.stringify(record)), { journal: octets })
  const { level, missing } = judged ?? { level: 'none' as const, missing: missingOf(findings, 'AR-LEVEL-001') }
  return {
    ...conclude(findings, new Set(['core', 'journal']), level, missing),
    events: journal.chained.length,
    head: last?.digest ?? ORIGIN,
    ...(record === undefined ? {} : { record }),
  }
}

/**
 * The record that a journal tells so far, whatever is wrong with its later lines.
 * @param live whether the run is known to be going on; otherwise one that has no end was interrupted
 * @returns undefined if it has no beginning
 */
export const foldJournal = (octets: Uint8Array, live: boolean = false): JsonObject | undefined => {
  const journal = readJournal(octets)
  const begins = journal.chained[0]?.type === 'run.started' && isObject(journal.chained[0].data.provenance)
  return begins ? fold(journal, live) : undefined
}

/** The value of a record whose bytes and form are in order. */
const readRecord = (octets: Uint8Array, findings: Findings): JsonObject | undefined => {
  const reading = read(octets)
  if ('refusal' in reading) {
    findings.report(...placeOfRefusal(reading.refusal))
    return undefined
  }
  for (const check of byteChecks) findings.look(check)
  const files = new Set<string>()
  for (const fault of schemaFaults(reading.value, 'agent-run.json', files)) findings.report(checkOfFault(fault), fault)
  for (const check of checksOfFiles(files)) findings.look(check)
  const { value } = reading
  return findings.faults.length === 0 && isObject(value) ? value : undefined
}

const subjectOf = (record: JsonObject, options: JudgeOptions, findings: Findings): Subject => {
  const parts: Parts = sortParts(options.statements ?? [])
  findings.make([bundleCheck], parts)
  const related = (options.related ?? []).filter(isObject)
  const keys = new Keys(options.trust, parts.statements, options.now ?? new Date().toISOString())
  return new Subject(record, { ...parts, related }, keys)
}

const makeLines = (journal: Journal, findings: Findings): boolean => {
  // After a line at fault the reading ends, and what stands before it says nothing about the whole.
  const [line, ...others] = lineChecks
  const whole = findings.make([line!], journal)
  return whole && findings.make(others, journal)
}

/** Judges a journal beside its record. @returns the lines that prove an order */
const told = (journal: Journal, subject: Subject, findings: Findings): readonly JournalEntry[] => {
  const holds =
    makeLines(journal, findings) && findings.make<Told>(toldChecks as readonly Check<Told>[], { journal, subject })
  return holds ? provenLines(journal, subject) : []
}

const levelOf = (
  subject: Subject,
  recorded: boolean,
  findings: Findings,
  shortfalls: () => readonly Shortfall[],
): readonly [Level, readonly Fault[]] => {
  if (!recorded) return ['none', missingOf(findings, 'AR-LEVEL-001')]
  const broken = missingOf(findings, 'AR-LEVEL-002')
  const lacking = [...unsealed(subject)].map((each) => missing(each, 'AR-LEVEL-002'))
  if (broken.length > 0 || lacking.length > 0) return ['recorded', [...broken, ...lacking]]
  const rest = shortfalls()
  return rest.length > 0 ? ['sealed', rest.map((each) => missing(each, 'AR-LEVEL-003'))] : ['accountable', []]
}

/** What the faults keep a record from. */
const missingOf = ({ faults }: Findings, requirement: string): readonly Fault[] =>
  faults
    .filter(({ severity, check }) => severity === 'error' && !KEEPING_NO_LEVEL.has(check))
    .map(({ path, message }) => missing({ path, message, code: 'level.failed' }, requirement))

const missing = ({ path, message, code }: Shortfall, requirement: string): Fault => ({
  check: code,
  code,
  requirement,
  severity: 'warning',
  path,
  message,
})

const conclude = (
  { faults, omitted, compared, looked }: Findings,
  capabilities: Judgement['capabilities'],
  level: Level,
  missing: readonly Fault[],
): Judgement => ({
  faults: faults.toSorted((one, other) => ORDER.get(one.check)! - ORDER.get(other.check)!),
  omitted,
  capabilities,
  compared,
  looked,
  level,
  missing: missing.slice(0, 100),
})

const ORDER: ReadonlyMap<string, number> = new Map(checks.map(({ code }, index) => [code, index]))
