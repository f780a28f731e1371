import { dollars, duration, lineOf, visible } from '@agent-run/core/text'
import type { BenchChange, BenchComparison, BenchScenarioComparison, BenchSide, BenchTotals } from '@agent-run/types'

/** A comparison as people read it: every text in it is safe for one line. */
export interface ComparisonView {
  /** Pack of the later run. */
  readonly packId: string
  readonly headline: string
  readonly pass: boolean
  readonly sides: readonly { readonly label: string; readonly name: string; readonly about: string }[]
  readonly notes: readonly string[]
  /** Scenarios that differ or stand on one side, those that are worse first. */
  readonly rows: readonly ComparedRow[]
  /** Scenarios that are as they were in what counts. */
  readonly same: readonly string[]
  readonly whole: readonly ChangeView[]
  /** What counts as worse, in a sentence. */
  readonly rule: string
}

/** A scenario that differs. */
export interface ComparedRow {
  readonly name: string
  readonly mark: 'worse' | 'better' | 'unsure' | 'aside'
  /** In a word or two. */
  readonly word: string
  readonly changes: readonly ChangeView[]
  readonly regressionFrom: string | undefined
}

/** A measure that differs. */
export interface ChangeView {
  readonly measure: string
  readonly before: string
  readonly after: string
  readonly verdict: BenchChange['verdict']
  /** How sure it is, in words; empty where nothing differs. */
  readonly confidence: string
}

/** Code points of a name. */
const NAME = 200

/** The view of a comparison. */
export const comparisonView = (comparison: BenchComparison): ComparisonView => {
  const { before, after, notes, scenarios, whole, regressions, improvements, pass } = comparison
  // What does not count would fill the page: times differ always a little. The whole shows it.
  const isSame = ({ verdict }: BenchScenarioComparison): boolean => verdict === 'same'
  const rows = scenarios.filter((each) => !isSame(each)).map((each) => rowOf(each))
  return {
    packId: named(after.pack.id),
    headline: headlineOf(regressions, improvements, whole.regression),
    pass,
    sides: [
      { label: 'before', ...sideOf(before) },
      { label: 'after', ...sideOf(after) },
    ],
    notes: notes.map(({ message }) => visible(message.slice(0, 1000))),
    rows: rows.toSorted((a, b) => ORDER.indexOf(a.mark) - ORDER.indexOf(b.mark)),
    same: scenarios.filter(isSame).map(({ scenario = '' }) => named(scenario)),
    whole: whole.changes
      .filter(({ before: one, after: other }) => one !== undefined || other !== undefined)
      .map((change) => changeOf(change, undefined, undefined)),
    rule: ruleOf(comparison),
  }
}

const ORDER: readonly ComparedRow['mark'][] = ['worse', 'unsure', 'better', 'aside']

const named = (text: string): string =>
  visible(
    Array.from(text.slice(0, 2 * NAME))
      .slice(0, NAME)
      .join(''),
  )

const headlineOf = (regressions: number, improvements: number, whole: boolean): string => {
  const better = improvements === 0 ? '' : `, ${improvements} better`
  if (regressions > 0) return `${regressions} ${regressions === 1 ? 'regression' : 'regressions'}${better}`
  return `${whole ? 'worse on the whole' : 'no regression'}${better}`
}

const sideOf = ({
  name,
  pack,
  runtime,
  seed,
  repeats,
  trials,
}: BenchSide): { readonly name: string; readonly about: string } => ({
  name: named(name),
  about: [
    `${named(pack.id)} ${named(pack.version)}`,
    visible(lineOf(runtime.command).slice(0, 300)),
    `seed ${named(seed)}`,
    `${trials} ${trials === 1 ? 'trial' : 'trials'}${repeats > 1 ? `, ${repeats} repeats` : ''}`,
  ].join(' · '),
})

const rowOf = ({
  scenario = '',
  verdict,
  regression,
  before,
  after,
  changes,
  regression_from,
}: BenchScenarioComparison): ComparedRow => {
  const shown = changes.filter((change) => change.verdict === 'worse' || change.verdict === 'better')
  const [mark, word] = markOf(verdict, regression)
  return {
    name: named(scenario),
    mark,
    word,
    changes: shown.map((change) => changeOf(change, before, after)),
    regressionFrom: regression_from === undefined ? undefined : named(regression_from),
  }
}

const markOf = (
  verdict: BenchScenarioComparison['verdict'],
  regression: boolean,
): readonly [ComparedRow['mark'], string] => {
  if (verdict === 'only_before') return regression ? ['worse', 'no longer there'] : ['aside', 'only in the earlier run']
  if (verdict === 'only_after') return ['aside', 'only in the later run']
  if (verdict === 'worse') return regression ? ['worse', 'worse'] : ['unsure', 'worse, not sure']
  return verdict === 'unknown' ? ['aside', 'unknown'] : ['better', 'better']
}

const MEASURES: Readonly<Record<BenchChange['measure'], string>> = {
  pass: 'passed',
  score: 'score',
  cost: 'cost of a trial',
  duration: 'time of a trial',
}

const changeOf = (
  { measure, before, after, verdict, confidence, p_value }: BenchChange,
  earlier: BenchTotals | undefined,
  later: BenchTotals | undefined,
): ChangeView => ({
  measure: MEASURES[measure],
  before: shownValue(measure, before, earlier),
  after: shownValue(measure, after, later),
  verdict,
  confidence: confidenceOf(confidence, p_value),
})

const shownValue = (
  measure: BenchChange['measure'],
  value: number | undefined,
  totals: BenchTotals | undefined,
): string => {
  if (value === undefined) return 'unknown'
  if (measure === 'pass')
    return totals === undefined ? `${Number((value * 100).toFixed(1))} %` : `${totals.passed} of ${totals.trials}`
  if (measure === 'score') return String(Number(value.toFixed(1)))
  return measure === 'cost' ? dollars(value) : duration(value)
}

const confidenceOf = (confidence: BenchChange['confidence'], p: number | undefined): string => {
  if (confidence === 'none' || p === undefined) return ''
  if (confidence === 'too_few') return 'too few repeats to tell'
  const shown = p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(2))}`
  return `${confidence === 'sure' ? 'sure' : 'could be chance'} (${shown})`
}

const ruleOf = (comparison: BenchComparison): string => {
  const { fail_on, score_threshold, slack_percent, significance, only_sure } = comparison
  const parts = fail_on.map(
    (each) =>
      ({
        pass: 'a lost pass',
        score: `a score lower by more than ${score_threshold} points`,
        cost: `a cost higher by more than ${slack_percent} %`,
        duration: `a time longer by more than ${slack_percent} %`,
        missing: 'a scenario that is gone',
      })[each],
  )
  const what = parts.length === 0 ? 'Nothing counts as a regression' : `A regression is ${parts.join(', ')}`
  const methods = methodsOf(comparison)
  const how = methods.length === 0 ? '' : ` Tested, two-sided, by ${listed(methods)}; sure is p ≤ ${significance}.`
  return `${what}${only_sure ? ', where that is sure' : ''}.${how}`
}

/** The tests that were made, those of single scenarios first. */
const methodsOf = ({ scenarios, whole }: BenchComparison): readonly string[] => [
  ...new Set(
    [...scenarios, whole].flatMap(({ changes }) =>
      changes.flatMap(({ method }) => (method === undefined ? [] : [named(method).replace(/, two-sided$/, '')])),
    ),
  ),
]

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
