import { markdownText } from '@agent-run/core/text'
import { explanationOf } from './explanation.ts'
import type { CreateReporter } from './reporter.ts'
import { pathName, placeName, sentenceOf, summarySentence } from './wording.ts'

/** A table for pull requests and job summaries, and below it what to do about each code. */
export const createMarkdownReporter: CreateReporter = () => {
  const rows: string[] = []
  const codes = new Set<string>()
  return {
    finding(placed) {
      const { file, finding } = placed
      codes.add(finding.code)
      const where = pathName(finding.path)
      const cells = [
        markdownText(placeName(placed, file)),
        finding.severity,
        markdownText(finding.code),
        markdownText(sentenceOf(finding)),
        markdownText([where, finding.requirement].filter(Boolean).join(' · ')),
      ]
      rows.push(`| ${cells.join(' | ')} |`)
      return ''
    },
    file: () => '',
    end(summary) {
      const table =
        rows.length === 0
          ? []
          : ['', '| place | severity | code | finding | member |', '|---|---|---|---|---|', ...rows]
      const hints = [...codes].flatMap((code) => {
        const hint = explanationOf(code)?.hint
        return hint === undefined ? [] : [`- ${markdownText(code)}: ${markdownText(hint)}`]
      })
      if (hints.length > 0) table.push('', 'What to do:', '', ...hints)
      return `${[`**agent-run validate** – ${markdownText(summarySentence(summary))}`, ...table].join('\n')}\n`
    },
  }
}
