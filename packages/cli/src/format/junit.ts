import { xmlText } from '@agent-run/core/text'
import type { PlacedFinding } from '../check/result.ts'
import type { CreateReporter } from './reporter.ts'
import { placeName, statementOf } from './wording.ts'

/**
 * JUnit XML as build servers read it: every input is a test case, which fails if it has errors and is in error if it
 * cannot be read; warnings stand in its output.
 */
export const createJunitReporter: CreateReporter = () => {
  let findings: PlacedFinding[] = []
  const cases: string[] = []
  let failures = 0
  let broken = 0
  return {
    finding(placed) {
      // The frame function would hold on to the whole text of the input.
      const { frame: _, ...kept } = placed
      findings.push(kept)
      return ''
    },
    file({ file, errors, unusable }) {
      const name = xmlText(file)
      const wrong = findings.filter(({ finding }) => finding.severity === 'error')
      const warnings = findings.filter(({ finding }) => finding.severity === 'warning')
      let body = ''
      if (unusable || errors > 0) {
        const kind = unusable ? 'error' : 'failure'
        if (unusable) broken++
        else failures++
        const [first] = wrong
        const more = errors > 1 ? ` (and ${errors - 1} more)` : ''
        const message = first
          ? xmlText(`${first.line === 0 ? '' : `${first.line}:${first.column} `}${statementOf(first.finding)}${more}`)
          : `${errors} errors`
        const type = first?.finding.code ?? 'omitted'
        body += `\n      <${kind} type="${type}" message="${message}">${wrong.map(rowOf).join('')}\n      </${kind}>`
      }
      if (warnings.length > 0) body += `\n      <system-out>${warnings.map(rowOf).join('')}\n      </system-out>`
      cases.push(
        `    <testcase classname="agent-run.validate" name="${name}" file="${name}"${body ? `>${body}\n    </testcase>` : '/>'}`,
      )
      findings = []
      return ''
    },
    end({ durationMs }) {
      const time = (durationMs / 1000).toFixed(3)
      const counts = `tests="${cases.length}" failures="${failures}" errors="${broken}" skipped="0" time="${time}"`
      const suite = [`  <testsuite name="agent-run validate" ${counts}>`, ...cases, '  </testsuite>']
      return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="agent-run" ${counts}>\n${suite.join('\n')}\n</testsuites>\n`
    },
  }
}

const rowOf = (placed: PlacedFinding): string => {
  const { file, finding } = placed
  const behind = [finding.requirement, finding.code].filter(Boolean).join(' · ')
  return `\n${xmlText(`${placeName(placed, file)} ${finding.severity}: ${statementOf(finding)} [${behind}]`)}`
}
