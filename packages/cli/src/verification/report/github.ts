import { visible } from '@agent-run/core/text'
import { artifactOf } from '../../format/artifact.ts'
import type { CreateVerifyFormat } from './format.ts'
import { reasonStatement, subjectPhrase } from './phrases.ts'
import { reasonsOf } from './reasons.ts'
import { markedLine } from './report.ts'

/** Workflow commands of GitHub Actions: what is not in order is shown at its line. */
export const createGithubFormat: CreateVerifyFormat = ({ workspace }) => ({
  outcome(outcome) {
    const file = escapeProperty(visible(artifactOf(outcome.file, workspace).name))
    const about = outcome.kind === 'problem' ? '' : `${subjectPhrase(outcome.subject)}: `
    return reasonsOf(outcome)
      .map(({ ...reason }) => {
        const { line, endLine, column, endColumn } = reason
        const end = endLine === line ? `,endColumn=${endColumn}` : ''
        const region = line === 0 ? '' : `,line=${markedLine(line)},endLine=${markedLine(endLine)},col=${column}${end}`
        const title = escapeProperty(reason.code)
        return `::${reason.severity} file=${file}${region},title=${title}::${escapeData(about + reasonStatement(reason))}\n`
      })
      .join('')
  },
  separator: '',
  sumsFirst: false,
  before: () => '',
  after: () => '',
})

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
