import { visibleName } from '@agent-run/core/text'
import { isOk } from '../outcome.ts'
import type { CreateVerifyFormat } from './format.ts'
import { okSentence, reasonStatement, subjectPhrase } from './phrases.ts'
import { reasonsOf } from './reasons.ts'
import { markedLine } from './report.ts'

/** One line for each record or reason, in the form compilers use: `file:line:column: error: … [code]`. */
export const createLineFormat: CreateVerifyFormat = (_appearance, style) => ({
  outcome(outcome) {
    const name = visibleName(outcome.file)
    const place = (line: number, column: number): string =>
      line === 0 ? name : `${name}:${markedLine(line)}:${column}`
    if (isOk(outcome) && outcome.kind !== 'problem')
      return `${place(outcome.line, outcome.column)}: ${style.green('ok')}: ${okSentence(outcome)}\n`
    const about = outcome.kind === 'problem' ? '' : `${subjectPhrase(outcome.subject)}: `
    return reasonsOf(outcome)
      .map((reason) => {
        const severity = reason.severity === 'error' ? style.red('error') : style.yellow('warning')
        return `${place(reason.line, reason.column)}: ${severity}: ${about}${reasonStatement(reason)} [${reason.code}]\n`
      })
      .join('')
  },
  separator: '',
  sumsFirst: false,
  before: () => '',
  after: () => '',
})
