import { markdownText } from '@agent-run/core/text'
import type { Facts } from './facts.ts'
import { idWords, marks, statusWords, whenWords, whoWords, whyWords } from './headline.ts'
import { clean } from './pretty-receipt.ts'
import { checkMarks, proofRemarks } from './proof-words.ts'
import { excerpt, type Section } from './section.ts'
import { sectionsOf } from './sections.ts'

/** A receipt for a pull request or a job summary. */
export function markdownReceipt(facts: Facts, all: boolean): string {
  const { verdict } = facts
  const why = whyWords(facts)
  const head = [
    `### ${marks[verdict.tone]} ${markdown(statusWords(verdict))} – ${markdown(whoWords(verdict))}`,
    markdown(whenWords(facts)),
    ...why.map((line) => `**${markdown(line)}**`),
    ...(verdict.asked === undefined ? [] : [`asked “${markdown(excerpt(verdict.asked, 300))}”`]),
    ...(verdict.answered === undefined ? [] : [`answered “${markdown(excerpt(verdict.answered, 300))}”`]),
    markdown(idWords(verdict)),
  ]
  const rungs = facts.proof.rungs.map(({ result, detail }) => `${checkMarks[result]} ${markdown(detail)}`)
  const proof = ['**Proof**', rungs.join(' · '), ...proofRemarks(facts).map(markdown)]
  return `${[...head, ...sectionsOf(facts, all).map(sectionMarkdown), ...proof].join('\n\n')}\n`
}

const markdown = (text: string): string => markdownText(clean(text))

const sectionMarkdown = ({ title, remark, rows, allowedTitle, lines = [] }: Section): string => {
  const name = `**${markdown(title)}**${remark === undefined ? '' : ` (${markdown(remark)})`}`
  const bullets = lines.map((line) => `- ${markdown(line)}`)
  if (!rows) return [name, bullets.join('\n')].join('\n\n')
  const hasKinds = rows.some(({ kind }) => kind !== '')
  const cells = (kind: string, rest: readonly string[], allowed: string): string[] => [
    ...(hasKinds ? [kind] : []),
    ...rest,
    ...(allowedTitle === undefined ? [] : [allowed]),
  ]
  const titles = cells('kind', ['target', 'result'], allowedTitle ?? '')
  const table = rows.map(({ kind, target, suffix, result, allowed }) =>
    cells(kind, [target + suffix, result], allowed).map(markdown),
  )
  const grid = [titles, titles.map(() => '---'), ...table].map((row) => `| ${row.join(' | ')} |`)
  return [name, grid.join('\n'), ...(bullets.length > 0 ? [bullets.join('\n')] : [])].join('\n\n')
}
