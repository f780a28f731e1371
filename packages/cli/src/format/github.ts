import { visible } from '@agent-run/core/text'
import type { PlacedFinding } from '../check/result.ts'
import { artifactOf } from './artifact.ts'
import type { CreateReporter } from './reporter.ts'
import { statementOf } from './wording.ts'

/** Workflow commands of GitHub Actions: each finding is shown at its line. */
export const createGithubReporter: CreateReporter = ({ workspace }) => ({
  finding: (placed) => `${annotation(placed, workspace)}\n`,
  file: () => '',
  end: () => '',
})

/** The workflow command for one finding. File names start from the workspace, as the pages need them. */
export function annotation(
  { file, line, column, endLine, endColumn, finding }: PlacedFinding,
  workspace: string | undefined,
): string {
  const region: [string, number][] = [
    ['line', line],
    ['endLine', endLine],
    ['col', column],
  ]
  // A column at the end means something only within one line.
  if (endLine === line) region.push(['endColumn', endColumn])
  const properties: [string, string | number][] = [
    ['file', visible(artifactOf(file, workspace).name)],
    ...(line === 0 ? [] : region),
    ['title', finding.requirement ? `${finding.code} ${finding.requirement}` : finding.code],
  ]
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',')
  return `::${finding.severity} ${list}::${escapeData(statementOf(finding))}`
}

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
