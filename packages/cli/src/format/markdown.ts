import { markdownText } from './markdown-text.ts'
import type { CreateReporter } from './reporter.ts'
import { linkOf, pathName, sentenceOf, summarySentence } from './wording.ts'

/** A table for pull requests and job summaries. */
export const createMarkdownReporter: CreateReporter = () => {
  const rows: string[] = []
  return {
    finding({ file, line, column, finding }) {
      const where = pathName(finding.path)
      const cells = [
        markdownText(`${file}:${line}:${column}`),
        finding.severity,
        `[${markdownText(finding.code)}](${linkOf(finding.code)})`,
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
      return `${[`**agent-run validate** – ${markdownText(summarySentence(summary))}`, ...table].join('\n')}\n`
    },
  }
}
