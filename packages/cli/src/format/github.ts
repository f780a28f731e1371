import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { PlacedFinding } from '../check/result.ts'
import { visible } from '../terminal/escape.ts'
import type { CreateReporter } from './reporter.ts'
import { pathName, sentenceOf } from './wording.ts'

/** Workflow commands of GitHub Actions: each finding is shown at its line. */
export const createGithubReporter: CreateReporter = ({ workspace }) => ({
  finding: (placed) => `${annotation(placed, workspace)}\n`,
  file: () => '',
  end: () => '',
})

/** The workflow command for one finding. File names are relative to the workspace, as the pages need them. */
export function annotation(
  { file, line, column, endLine, endColumn, finding }: PlacedFinding,
  workspace: string | undefined,
): string {
  const properties: [string, string | number][] = [
    ['file', visible(workspaceName(file, workspace))],
    ['line', line],
    ['endLine', endLine],
    ['col', column],
    // A column at the end means something only within one line.
    ...(endLine === line ? [['endColumn', endColumn] as [string, number]] : []),
    ['title', finding.requirement ? `${finding.code} ${finding.requirement}` : finding.code],
  ]
  const where = pathName(finding.path)
  const message = where ? `${sentenceOf(finding)} (at ${where})` : sentenceOf(finding)
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',')
  return `::${finding.severity} ${list}::${escapeData(message)}`
}

const workspaceName = (file: string, workspace: string | undefined): string => {
  if (file === '<stdin>') return file
  const inside = relative(workspace ?? process.cwd(), resolve(file))
  return (inside.startsWith('..') || isAbsolute(inside) ? file : inside).split(sep).join('/')
}

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
