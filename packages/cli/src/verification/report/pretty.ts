import { count, type Style, visible, visibleName } from '@agent-run/core/text'
import type { Verdict } from '@agent-run/types'
import { pathName, seconds } from '../../format/wording.ts'
import type { Outcome, ProofOutcome } from '../outcome.ts'
import { isOk } from '../outcome.ts'
import type { CreateVerifyFormat } from './format.ts'
import { ladder } from './ladder.ts'
import { completenessPhrase, fileAndLine, levelPhrase, reasonStatement, subjectPhrase } from './phrases.ts'
import { reasonsOf } from './reasons.ts'
import { markedLine } from './report.ts'
import { sumSentence } from './sums.ts'

/** For people: one record with every check and what it means; of many a line each. */
export const createPrettyFormat: CreateVerifyFormat = ({ width }, style) => ({
  outcome: (outcome, brief) =>
    brief || outcome.kind === 'problem' ? row(outcome, style) : inFull(outcome, style, width),
  separator: '',
  sumsFirst: false,
  before: () => '',
  after(summary) {
    const { tally } = summary
    if (tally.records + tally.proofs === 1 && tally.problems === 0) return ''
    const colour = summary.exitCode === 0 ? style.green : style.red
    return `${colour(sumSentence(summary))}   ${style.dim(`(${seconds(summary.durationMs)})`)}\n`
  },
})

const inFull = (outcome: Outcome, style: Style, width: number): string => {
  if (outcome.kind === 'record') return ladder(outcome, markedLine(outcome.line), style, width)
  return outcome.kind === 'step_proof' ? proof(outcome, style) : row(outcome, style)
}

const proof = (outcome: ProofOutcome, style: Style): string => {
  const { ok, subject, detail, path, code } = outcome
  const rows = [
    ok ? style.green(`✓ ${visible(detail)}`) : style.red(`✗ ${visible(detail)}`),
    style.dim(`  ${subjectPhrase(subject)}   ${visibleName(outcome.file)}`),
  ]
  if (path) rows.push(`  ${style.dim('where')}  ${pathName(path)}`)
  if (code) rows.push(`  ${style.dim('code')}   ${code}`)
  return `${rows.join('\n')}\n`
}

/** One line; under one that is not in order, why. */
const row = (outcome: Outcome, style: Style): string => {
  const place = fileAndLine(visibleName(outcome.file), markedLine(outcome.line))
  const isGood = isOk(outcome)
  if (outcome.kind === 'problem') {
    const severity = outcome.severity === 'error' ? style.red('✗ error') : style.yellow('! warning')
    return `${severity}  ${place}  ${visible(outcome.message)} ${style.dim(`[${outcome.code}]`)}\n`
  }
  const mark = isGood ? style.green('✓') : style.red('✗')
  const state = outcome.kind === 'record' ? levelPhrase(outcome.verdict) + completeness(outcome.verdict) : 'step proof'
  const head = `${mark} ${state}  ${subjectPhrase(outcome.subject)}  ${style.dim(place)}\n`
  if (isGood) return head
  const reasons = reasonsOf(outcome)
  const shown = reasons
    .slice(0, REASONS)
    .map((reason) => `    ${reasonStatement(reason)} ${style.dim(`[${reason.code}]`)}\n`)
  const more = reasons.length > REASONS ? `    and ${count(reasons.length - REASONS, 'more reason')}\n` : ''
  return head + shown.join('') + more
}

const REASONS = 3

/** Said only of a run that goes on or broke off: the others say it by their level. */
const completeness = (verdict: Verdict): string =>
  verdict.completeness.state === 'sealed' || verdict.completeness.state === 'unsealed'
    ? ''
    : `, ${completenessPhrase(verdict)}`
