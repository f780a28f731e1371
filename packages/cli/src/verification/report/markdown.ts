import { markdownText } from '@agent-run/core/text'
import { explanationOf } from '../../format/explanation.ts'
import { isOk } from '../outcome.ts'
import type { CreateVerifyFormat } from './format.ts'
import { completenessPhrase, fileAndLine, levelPhrase, reasonStatement, timePhrase } from './phrases.ts'
import { reasonsOf } from './reasons.ts'
import { markedLine } from './report.ts'
import { sumSentence } from './sums.ts'

/** A table for pull requests and job summaries: a row for each record, what speaks against it in the last column. */
export const createMarkdownFormat: CreateVerifyFormat = () => ({
  outcome(outcome) {
    const [state, completeness, time] =
      outcome.kind === 'record'
        ? [levelPhrase(outcome.verdict), completenessPhrase(outcome.verdict), timePhrase(outcome.verdict)]
        : [outcome.kind === 'step_proof' ? 'step proof' : outcome.severity, '', '']
    const id = outcome.kind === 'problem' ? '' : (outcome.subject.id ?? 'no id')
    const why = reasonsOf(outcome).map((reason) => `${reasonStatement(reason)} (${reason.code})`)
    const cells = [
      isOk(outcome) ? '✓' : '✗',
      fileAndLine(markdownText(outcome.file), markedLine(outcome.line)),
      ...[id, state, completeness, time, why.join('; ')].map(markdownText),
    ]
    return `| ${cells.join(' | ')} |\n`
  },
  separator: '',
  sumsFirst: true,
  before(summary) {
    if (!summary) return ''
    const { records, proofs, problems, warnings } = summary.tally
    const head = `**agent-run verify** – ${markdownText(sumSentence(summary))}\n`
    if (records + proofs + problems + warnings === 0) return head
    return `${head}\n| | place | run | level | completeness | time | not in order |\n|---|---|---|---|---|---|---|\n`
  },
  after({ codes }) {
    const hints = codes.flatMap((code) => {
      const hint = explanationOf(code)?.hint
      return hint === undefined ? [] : [`- ${markdownText(code)}: ${markdownText(hint)}`]
    })
    return hints.length === 0 ? '' : `\nWhat to do:\n\n${hints.join('\n')}\n`
  },
})
