import { resolve } from 'node:path'
import { artifactOf, type Base, baseUri, uriOf } from '../../format/artifact.ts'
import { explanationOf } from '../../format/explanation.ts'
import { safeJson } from '../../format/safe-json.ts'
import type { CreateVerifyFormat } from './format.ts'
import { reasonStatement, subjectPhrase } from './phrases.ts'
import { type Reason, reasonsOf } from './reasons.ts'
import { markedLine } from './report.ts'

/** SARIF 2.1.0, for code scanning. One run, one result for each reason, one rule for each code that was found. */
export const createSarifFormat: CreateVerifyFormat = ({ version, workspace }) => ({
  outcome(outcome) {
    const about = outcome.kind === 'problem' ? '' : `${subjectPhrase(outcome.subject)}: `
    const { base, ...artifact } = artifactOf(outcome.file, workspace)
    const location = { uri: uriOf({ base, ...artifact }), ...(base && { uriBaseId: base.id }) }
    return reasonsOf(outcome)
      .map((reason) => `        ${resultJson(reason, about, location)}`)
      .join(',\n')
  },
  separator: ',\n',
  sumsFirst: false,
  before: () =>
    `{\n  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",\n  "version": "2.1.0",\n  "runs": [\n    {\n      "columnKind": "utf16CodeUnits",\n      "results": [\n`,
  after({ tally, codes, exitCode }) {
    const driver = {
      name: 'agent-run',
      semanticVersion: version,
      informationUri: 'https://w3id.org/agent-run/v1/',
      rules: codes.map(ruleOf),
    }
    const bases: Base[] = [{ id: 'PWD', folder: process.cwd() }]
    if (workspace) bases.push({ id: 'SRCROOT', folder: resolve(workspace) })
    const rest = {
      tool: { driver },
      originalUriBaseIds: Object.fromEntries(bases.map((base) => [base.id, { uri: baseUri(base) }])),
      invocations: [{ executionSuccessful: tally.unusable === 0, exitCode }],
    }
    return `\n      ],\n      ${safeJson(rest).slice(1)}\n  ]\n}\n`
  },
})

const ruleOf = (code: string): object => {
  const explanation = explanationOf(code)
  return {
    id: code,
    ...(explanation && { shortDescription: { text: explanation.means }, help: { text: explanation.hint } }),
    defaultConfiguration: { level: 'error' },
  }
}

const resultJson = (reason: Reason, about: string, artifactLocation: object): string => {
  const { code, severity, path, line, endLine, column, endColumn, expected, found } = reason
  const head = safeJson({ ruleId: code, level: severity, message: { text: about + reasonStatement(reason) } })
  // Line numbers are marked, so that they can be counted on: no JSON value, and written by hand.
  const region =
    line === 0
      ? ''
      : `,"region":{"startLine":${markedLine(line)},"startColumn":${column},"endLine":${markedLine(endLine)},"endColumn":${endColumn}}`
  const locations = `[{"physicalLocation":{"artifactLocation":${safeJson(artifactLocation)}${region}}}]`
  return `${head.slice(0, -1)},"locations":${locations},"properties":${safeJson({ path, expected, found })}}`
}
