import type { PlacedFinding } from '../check/result.ts'
import { artifactOf, type Base, baseUri, uriOf } from './artifact.ts'
import { explanationOf } from './explanation.ts'
import type { CreateReporter } from './reporter.ts'
import { safeJson } from './safe-json.ts'
import { statementOf } from './wording.ts'

/** SARIF 2.1.0, for code scanning. One run, one rule for each code that was found. */
export const createSarifReporter: CreateReporter = ({ version, workspace }) => {
  const results: object[] = []
  const rules = new Map<string, object>()
  const bases = new Map<string, Base>()
  return {
    finding(placed) {
      const { code, severity } = placed.finding
      if (!rules.has(code)) rules.set(code, ruleOf(code, severity))
      const { base, ...artifact } = artifactOf(placed.file, workspace)
      if (base) bases.set(base.id, base)
      const location = { uri: uriOf({ base, ...artifact }), ...(base && { uriBaseId: base.id }) }
      results.push(resultOf(placed, [...rules.keys()].indexOf(code), location))
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
            originalUriBaseIds: Object.fromEntries([...bases].map(([id, base]) => [id, { uri: baseUri(base) }])),
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

const ruleOf = (code: string, severity: string): object => {
  const explanation = explanationOf(code)
  return {
    id: code,
    ...(explanation && { shortDescription: { text: explanation.means }, help: { text: explanation.hint } }),
    defaultConfiguration: { level: severity },
  }
}

const resultOf = (
  { line, column, endLine, endColumn, finding }: PlacedFinding,
  ruleIndex: number,
  artifactLocation: object,
): object => {
  const { code, severity, path, requirement } = finding
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: statementOf(finding) },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          ...(line > 0 && { region: { startLine: line, startColumn: column, endLine, endColumn } }),
        },
      },
    ],
    properties: { path, requirement },
  }
}
