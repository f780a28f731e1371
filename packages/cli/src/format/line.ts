import { visibleName } from '@agent-run/core/text'
import type { CreateReporter } from './reporter.ts'
import { placeName, statementOf } from './wording.ts'

/** One line for each finding, in the form compilers use and editors understand: `file:line:column: error: … [code]`. */
export const createLineReporter: CreateReporter = ({ style }) => ({
  finding(placed) {
    const { file, finding } = placed
    const severity = finding.severity === 'error' ? style.red('error') : style.yellow('warning')
    const requirement = finding.requirement === undefined ? '' : ` ${finding.requirement}`
    return `${placeName(placed, visibleName(file))}: ${severity}: ${statementOf(finding)} [${finding.code}${requirement}]\n`
  },
  file: () => '',
  end: () => '',
})
