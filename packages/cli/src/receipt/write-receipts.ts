import { count, grouped, harmlessLines } from '@agent-run/core/text'
import { safeJson } from '../format/safe-json.ts'
import type { Output } from '../terminal/output.ts'
import { markdownReceipt } from './markdown-receipt.ts'
import { type OverviewEntry, overviewText } from './overview.ts'
import { prettyReceipt } from './pretty-receipt.ts'
import type { Layout, Shown } from './read-shown.ts'

/** More receipts than this are not shown one after the other. */
export const RECEIPTS = 20

/** What is written: receipts, and an overview of several. */
export interface Content {
  readonly chosen: readonly Shown[]
  readonly entries: readonly OverviewEntry[]
  readonly shownCount: number
  /** Ids of all runs that are not among the entries: what is shown of an id is to say which one is meant. */
  readonly otherIds: readonly string[]
  /** Whether the newest run comes first, as in a folder. */
  readonly newestFirst: boolean
  readonly brokenCount: number
}

/** Writes receipts in a format. Findings that have no place in it go to standard error. */
export async function writeReceipts(
  { chosen, entries, otherIds, shownCount, brokenCount, newestFirst }: Content,
  format: 'pretty' | 'markdown' | 'json',
  layout: Layout,
  output: Output,
): Promise<void> {
  if (format === 'json') {
    const receipts = chosen.flatMap(({ facts }) => (facts ? [facts] : []))
    await output.write(`${safeJson({ receipts }, 2)}\n`)
    for (const { findings } of chosen) if (findings) process.stderr.write(findings)
    return
  }
  const { style, width, all } = layout
  const isMarkdown = format === 'markdown'
  // Findings are no Markdown, and no part of a receipt that goes to a file.
  for (const { findings } of chosen) if (findings && isMarkdown) process.stderr.write(findings)
  if (entries.length > 1 && !isMarkdown)
    await output.write(
      harmlessLines(`${overviewText(entries, { ...layout, newestFirst, otherIds, total: shownCount })}\n`),
    )
  if (entries.length > RECEIPTS && !all) {
    const broken =
      brokenCount > 0
        ? `${count(brokenCount, 'record')} ${brokenCount === 1 ? 'has' : 'have'} errors: agent-run validate names them\n`
        : ''
    const more = shownCount - entries.length
    if (more > 0)
      await output.write(
        `… and ${grouped(more)} ${newestFirst ? 'older runs: agent-run query lists them' : 'more runs'}\n\n`,
      )
    await output.write(`${broken}A receipt of one of them: agent-run show … --run ID      of all: --all\n`)
    return
  }
  let number = 0
  for (const { facts, findings } of chosen) {
    if (facts && number++ > 0) await output.write(isMarkdown ? '\n---\n\n' : '\n')
    if (facts && entries.length > 1 && !isMarkdown) {
      await output.write(`${style.dim(rule(number, entries.length, width))}\n\n`)
    }
    if (!isMarkdown) await output.write(findings)
    if (facts)
      await output.write(harmlessLines(isMarkdown ? markdownReceipt(facts, all) : prettyReceipt(facts, layout)))
  }
}

/** The line above each of several receipts. */
const rule = (number: number, of: number, width: number): string => {
  const title = `── ${number} of ${of} `
  return title + '─'.repeat(width - title.length)
}
