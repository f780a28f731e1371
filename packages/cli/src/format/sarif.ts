import type { PlacedFinding } from '../check/result.ts'
import { codeSummary } from './code-summary.ts'
import { fileUri } from './file-uri.ts'
import type { CreateReporter } from './reporter.ts'
import { safeJson } from './safe-json.ts'
import { linkOf, pathName, sentenceOf } from './wording.ts'

/** SARIF 2.1.0, for code scanning. One run, one rule for each code that was found. */
export const createSarifReporter: CreateReporter = ({ version }) => {
  const results: object[] = []
  const rules = new Map<string, object>()
  return {
    finding(placed) {
      const { code, severity } = placed.finding
      if (!rules.has(code)) rules.set(code, ruleOf(code, severity))
      results.push(resultOf(placed, [...rules.keys()].indexOf(code)))
      return ''
    },
    file: () => '',
    end({ unusable }, exitCode) {
      const driver = {
        name: 'agent-run',
        semanticVersion: version,
        informationUri: 'https://w3id.org/agent-run/v1/',
        rules: [...rules.values()],
      }
      const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
          {
            tool: { driver },
            columnKind: 'utf16CodeUnits',
            invocations: [{ executionSuccessful: unusable === 0, exitCode }],
            results,
          },
        ],
      }
      return `${safeJson(log, 2)}\n`
    },
  }
}

const ruleOf = (code: string, severity: string): object => ({
  id: code,
  shortDescription: { text: codeSummary(code) },
  helpUri: linkOf(code),
  defaultConfiguration: { level: severity },
})

const resultOf = ({ file, line, column, endLine, endColumn, finding }: PlacedFinding, ruleIndex: number): object => {
  const { code, severity, path, requirement } = finding
  const where = pathName(path)
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: where ? `${sentenceOf(finding)} (at ${where})` : sentenceOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: fileUri(file) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    properties: { path, requirement },
  }
}
