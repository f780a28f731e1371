import { xmlText } from '@agent-run/core/text'
import { isOk, type Outcome } from '../outcome.ts'
import type { CreateVerifyFormat } from './format.ts'
import { fileAndLine, okSentence, reasonStatement, subjectPhrase } from './phrases.ts'
import { reasonsOf } from './reasons.ts'
import { markedLine } from './report.ts'

/** JUnit XML: every record is a test case, which fails if it is not as asked; what cannot be read is in error. */
export const createJunitFormat: CreateVerifyFormat = () => ({
  outcome: testCase,
  separator: '',
  sumsFirst: true,
  before(summary) {
    if (!summary) return ''
    const { records, ok, proofs, proofsOk, problems, warnings } = summary.tally
    const time = (summary.durationMs / 1000).toFixed(3)
    const tests = records + proofs + problems + warnings
    const counts = `tests="${tests}" failures="${records - ok + proofs - proofsOk}" errors="${problems}" skipped="0" time="${time}"`
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="agent-run" ${counts}>\n  <testsuite name="agent-run verify" ${counts}>\n`
  },
  after: () => '  </testsuite>\n</testsuites>\n',
})

const testCase = (outcome: Outcome): string => {
  const { file, kind } = outcome
  const place = fileAndLine(xmlText(file), markedLine(outcome.line))
  const about = kind === 'problem' ? '' : ` ${xmlText(subjectPhrase(outcome.subject))}`
  const head = `    <testcase classname="agent-run.verify" name="${place}${about}" file="${xmlText(file)}"`
  if (isOk(outcome)) {
    return `${head}>\n      <system-out>${xmlText(okSentence(outcome))}</system-out>\n    </testcase>\n`
  }
  const tag = kind === 'problem' ? 'error' : 'failure'
  const reasons = reasonsOf(outcome)
  const message = reasons[0] ? xmlText(reasonStatement(reasons[0])) : ''
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : ''
  const rows = reasons.map((reason) => `\n${xmlText(`${reasonStatement(reason)} [${reason.code}]`)}`)
  return `${head}>\n      <${tag} type="${xmlText(reasons[0]?.code ?? kind)}" message="${message}${more}">${rows.join('')}\n      </${tag}>\n    </testcase>\n`
}
