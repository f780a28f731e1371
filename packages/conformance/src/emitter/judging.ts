import { canonicalize } from '../bytes/canonical.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { checks, foldJournal, type Judgement, judgeJournal, judgeRecord } from '../record/index.ts'
import type { CaseOutcome, RoleProfile, Seen } from '../suite/index.ts'
import { compareVersions, comparisonChecks, endedSteps, type Version } from './comparisons.ts'
import type { Deposit } from './deposit.ts'
import { levelOutcomes, type Reached } from './levels.ts'
import { findFamilies, type Relatives } from './relatives.ts'
import { chainedLines, finalRecord, groupByRun, isSealed, type RunTraces } from './run-set.ts'
import { parseBody } from './stub/request.ts'
import { terminal } from './stub/runs.ts'
import { Tally } from './tally.ts'

/** How records are judged. */
export interface JudgingOptions {
  readonly profile: RoleProfile
  readonly trust: JsonObject | undefined
  readonly level: string | undefined
  /** Capabilities that the level asks for. */
  readonly asked: ReadonlySet<string>
}

/** What all records and journals of a runtime came to. */
export interface Judged {
  readonly outcomes: readonly CaseOutcome[]
  readonly capabilities: ReadonlySet<string>
  readonly seen: Pick<Seen, 'records' | 'journals' | 'steps'>
}

/**
 * Judges everything a runtime left: every record alone and beside its journal and its relatives, every journal, and the
 * versions of one run beside each other. Each group is one situation, such as a scenario: runs in it may name each other.
 * @param gaps what could not be judged, one sentence each: no level is known to be reached then
 */
export const judgeDeposits = (
  groups: readonly (readonly Deposit[])[],
  options: JudgingOptions,
  gaps: readonly string[] = [],
): Judged => {
  const tally = new Tally()
  const reached: Reached[] = []
  const seen = { records: 0, journals: 0, steps: 0 }
  for (const deposits of groups) {
    const traces = groupByRun(deposits)
    const companions = deposits
      .filter(({ kind }) => kind === 'companion')
      .map(({ octets }) => parseBody(octets))
      .filter((value): value is JsonObject => isObject(value))
    const finals = traces.map(finalValue).filter((value) => value !== undefined)
    for (const { refusal, origin } of deposits)
      if (refusal !== undefined) tally.add(refusedAs(refusal.check, refusal.message), origin)
    for (const deposit of deposits) {
      if (deposit.kind !== 'record' || isOfRun(traces, deposit)) continue
      const judgement = judgeRecord(deposit.octets, judgeOptions(options, [], companions))
      tally.add(judgement, deposit.origin)
      reached.push(reachedBy(deposit.origin, parseBody(deposit.octets), judgement))
      seen.records++
    }
    for (const { records, journals } of traces) {
      if (records.length > 0) seen.records++
      if (journals.length > 0) seen.journals++
    }
    for (const { steps } of finals) if (Array.isArray(steps)) seen.steps += steps.length
    const relatives = findFamilies(finals)
    for (const each of traces) judgeRun(each, { tally, reached, companions, relatives, options })
  }
  const shown = tally.shown(options.profile)
  // The levels themselves are no capability that a record could show by itself.
  const unseen = [...options.asked].filter((name) => name !== 'sealed' && name !== 'accountable' && !shown.has(name))
  return {
    outcomes: [
      ...tally.outcomes([...checks, ...comparisonChecks], options.profile),
      ...levelOutcomes(reached, options.level, unseen, gaps),
    ],
    capabilities: shown,
    seen,
  }
}

/** What is found in something that a stub server refused. */
const refusedAs = (check: string, message: string): Parameters<Tally['add']>[0] => {
  const found = checks.find(({ code }) => code === check)
  if (found === undefined) throw new TypeError(`there is no check ${check}`)
  const { code, requirement, severity } = found
  return {
    faults: [{ check, code, requirement, severity, path: '', message }],
    compared: new Set([check]),
    looked: new Set([requirement]),
    capabilities: new Set(),
  }
}

interface Court {
  readonly tally: Tally
  readonly reached: Reached[]
  readonly companions: readonly JsonObject[]
  readonly relatives: Relatives
  readonly options: JudgingOptions
}

const judgeRun = (traces: RunTraces, { tally, reached, companions, relatives, options }: Court): void => {
  const journal = traces.journals.at(-1)
  for (const { origin, octets } of traces.journals) tally.add(judgeJournal(octets), origin)
  const last = finalRecord(traces)
  const related = relatives({ id: traces.id })
  let sealed = false
  for (const { deposit, value } of traces.records) {
    const isLast = value === last?.value
    const judgement = judgeRecord(deposit.octets, {
      ...judgeOptions(options, related, companions),
      ...(isLast && journal !== undefined ? { journal: journal.octets } : {}),
    })
    tally.add(judgement, deposit.origin)
    // A run that was sealed is finished with its seal: what is given away of it afterwards is looked at, too.
    sealed ||= isSealed(value)
    if ((isLast || sealed) && terminal.has(value.status)) reached.push(reachedBy(deposit.origin, value, judgement))
  }
  // What has no end yet is judged as a server shows it: as a run that goes on.
  const folded =
    last === undefined && journal !== undefined ? foldJournal(journal.octets, !isEnded(journal)) : undefined
  if (folded !== undefined && journal !== undefined) {
    const judgement = judgeRecord(Buffer.from(canonicalize(folded)), {
      ...judgeOptions(options, related, companions),
      journal: journal.octets,
    })
    const origin = `the record that ${journal.origin} gives`
    tally.add(judgement, origin)
    // A journal that was cut short is nobody's finished record.
    if (isEnded(journal)) reached.push(reachedBy(origin, folded, judgement))
  }
  tally.add(compareVersions(versionsOf(traces, folded)), `run ${traces.id.slice(0, 64)}`)
}

const reachedBy = (origin: string, value: Json | undefined, { level, missing }: Judgement): Reached => ({
  origin,
  level,
  missing,
  versioned: !isObject(value) || 'spec_version' in value,
})

const judgeOptions = (
  { trust }: JudgingOptions,
  related: readonly JsonObject[],
  statements: readonly JsonObject[],
) => ({
  ...(trust === undefined ? {} : { trust }),
  related,
  statements,
})

const finalValue = (traces: RunTraces): JsonObject | undefined => {
  const journal = traces.journals.at(-1)
  return finalRecord(traces)?.value ?? (journal === undefined ? undefined : foldJournal(journal.octets))
}

const isOfRun = (traces: readonly RunTraces[], deposit: Deposit): boolean =>
  traces.some(({ records }) => records.some((each) => each.deposit === deposit))

const isEnded = ({ octets }: Deposit): boolean =>
  chainedLines(octets).some(
    ({ type, data }) =>
      type === 'run.sealed' || (type === 'run.updated' && isObject(data) && terminal.has(data.status)),
  )

const versionsOf = ({ records, journals }: RunTraces, folded: JsonObject | undefined): readonly Version[] => [
  ...journals.map(({ octets, origin }) => endedSteps(chainedLines(octets), origin)),
  ...records.map(({ deposit, value }) => ({ origin: deposit.origin, value })),
  ...(folded === undefined ? [] : [{ origin: 'fold', value: folded }]),
]
