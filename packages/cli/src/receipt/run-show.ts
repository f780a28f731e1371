import { createVerifier, type Verifier } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { checkDocument } from '../check/check-document.ts'
import { inputFinding } from '../check/check-sources.ts'
import type { PlacedFinding } from '../check/result.ts'
import { exit } from '../failure.ts'
import { createPrettyReporter } from '../format/pretty.ts'
import { safeJson } from '../format/safe-json.ts'
import { readDocuments } from '../input/documents.ts'
import type { Source } from '../input/source.ts'
import { expandInputs } from '../server/run-sources.ts'
import type { ServerOptions } from '../server/server-options.ts'
import { harmlessLines, visibleName } from '../terminal/escape.ts'
import { type Output, outputTo, refuseToReplace } from '../terminal/output.ts'
import { type Style, styleOf, wantsColour } from '../terminal/style.ts'
import { loadEvidence, warnOfTrust } from '../verification/evidence.ts'
import { version } from '../version.ts'
import { chooseRun, mayBeChosen } from './choose-run.ts'
import { type Facts, factsOf } from './facts.ts'
import { ShownRuns } from './last-good.ts'
import { has, isLoose } from './loose.ts'
import { markdownReceipt } from './markdown-receipt.ts'
import { type OverviewEntry, overviewEntry, overviewText } from './overview.ts'
import { prettyReceipt } from './pretty-receipt.ts'

/** Options of `agent-run show`, as the command line gives them. */
export interface ShowCommandOptions extends ServerOptions {
  readonly run?: string
  readonly format: 'pretty' | 'markdown' | 'json'
  readonly output?: string
  readonly trust?: string
  readonly all?: boolean
  readonly maxSize: number
  readonly color?: boolean
}

/** One record that was read, and what stands above its receipt. */
interface Shown {
  readonly id: string | undefined
  readonly facts: Facts | undefined
  readonly findings: string
  readonly ok: boolean
}

/** More receipts than this are not shown one after the other. */
const RECEIPTS = 20

/** More runs than this are not listed: nobody reads them, and memory has an end. */
const LISTED = 2000

/** Shows the records in the inputs. Returns the exit code. Throws `Failure` if nothing can be shown. */
export async function runShow(inputs: readonly string[], options: ShowCommandOptions): Promise<number> {
  const { sources, unusable } = await expandInputs(inputs, options)
  for (const { name, problem } of unusable)
    process.stderr.write(`agent-run: ${visibleName(name)}: ${problem.message}\n`)
  if (sources.length === 0) return exit.failure
  refuseToReplace(options.output, [options.trust, ...sources.map(({ path }) => path)])
  const isTerminal = options.output === undefined && process.stdout.isTTY === true
  const layout: Layout = {
    style: styleOf(wantsColour({ option: options.color, env: process.env, isTerminal })),
    width: Math.max(
      60,
      Math.min((isTerminal ? process.stdout.columns : 0) || Number(process.env['COLUMNS']) || 100, 200),
    ),
    all: options.all === true,
  }
  const { trust } = await loadEvidence(
    { trust: options.trust, journal: undefined, statements: [], related: [] },
    options.maxSize,
  )
  await warnOfTrust(options.trust)
  const verify = createVerifier({ level: 'none', ...(trust === undefined ? {} : { trust }) })
  const output = outputTo(options.output)
  const counts = { shown: 0, broken: 0 }
  const kept: Shown[] = []
  const entries: OverviewEntry[] = []
  const others = { journals: new Set<string>(), runs: new ShownRuns() }
  let seen = 0
  for (const source of sources) {
    for await (const shown of readShown(source, options, layout, verify, others)) {
      seen++
      if (!shown.ok) counts.broken++
      if (options.run !== undefined && !mayBeChosen(shown.id, options.run)) continue
      if (shown.facts && entries.length < LISTED) entries.push(overviewEntry(shown.facts))
      if (options.run !== undefined || layout.all || kept.length < RECEIPTS || options.format === 'json')
        kept.push(shown)
      if (shown.facts) counts.shown++
    }
  }
  const chosen = (options.run === undefined ? kept : [chooseRun(kept, options.run, seen)]).map((shown) =>
    withLastGood(shown, others.runs),
  )
  const overview = options.run === undefined ? entries : []
  await write(
    { chosen, entries: overview, shownCount: counts.shown, brokenCount: counts.broken },
    options.format,
    layout,
    output,
  )
  await output.close()
  for (const name of others.journals)
    process.stderr.write(`agent-run: ${visibleName(name)} is a journal: agent-run journal fold makes its record\n`)
  if (seen === 0 && others.journals.size === 0)
    process.stderr.write('agent-run: nothing to show: no record in the inputs\n')
  if (counts.shown === 0 || unusable.length > 0) return exit.failure
  return (options.run === undefined ? counts.broken > 0 : chosen.some(({ ok }) => !ok)) ? exit.findings : exit.clean
}

/** Only what did not go well is compared with what did. */
const withLastGood = (shown: Shown, runs: ShownRuns): Shown => {
  const { facts, id } = shown
  const lastGood = facts?.verdict.tone === 'bad' && id !== undefined ? runs.before(id) : undefined
  return facts && lastGood ? { ...shown, facts: { ...facts, lastGood } } : shown
}

interface Layout {
  readonly style: Style
  readonly width: number
  readonly all: boolean
}

/** Findings above a receipt; the others are found with `validate`. */
const FINDINGS = 10

async function* readShown(
  source: Source,
  options: ShowCommandOptions,
  layout: Layout,
  verify: Verifier,
  others: { readonly journals: Set<string>; readonly runs: ShownRuns },
): AsyncGenerator<Shown> {
  for await (const item of readDocuments(source, { maxSize: options.maxSize })) {
    if (item.kind === 'problem') {
      if (item.problem.severity === 'warning') continue
      const findings = findingsText([inputFinding(source.name, item.problem)], 0, layout)
      yield { id: undefined, facts: undefined, findings, ok: false }
      continue
    }
    const { ok, value, findings, omitted, schema } = await checkDocument(source.name, item, { limit: 1000 })
    // What was said about a record, a journal, a trust file: sound, and nothing to show.
    if (ok && schema !== 'agent-run') {
      if (schema === 'journal-line') others.journals.add(source.name)
      continue
    }
    const errors = findings.filter(({ finding }) => finding.severity === 'error')
    const isRecord =
      isLoose(value) && ['agent_id', 'steps', 'provenance', 'status'].some((member) => has(value, member))
    const facts = isRecord ? factsOf(value, verify(item.bytes)) : undefined
    if (ok && schema === 'agent-run') others.runs.add(value as AgentRun, { runs: LISTED, records: RECEIPTS })
    const text = findingsText(errors.slice(0, FINDINGS), errors.length - FINDINGS + omitted, layout)
    const isSound = ok && facts?.proof.rungs.every(({ result }) => result !== 'fail') === true
    yield { id: facts?.verdict.id, facts, findings: text, ok: isSound }
  }
}

const findingsText = (findings: readonly PlacedFinding[], more: number, { style, width }: Layout): string => {
  if (findings.length === 0) return ''
  const reporter = createPrettyReporter({ style, width, version, summary: false, workspace: undefined })
  for (const finding of findings) reporter.finding(finding)
  const [first] = findings
  const counts = { records: 1, errors: findings.length, warnings: 0, omitted: 0, unusable: false }
  const rest = more > 0 ? `… and ${more} more: agent-run validate names them all\n\n` : ''
  return reporter.file({ file: first?.file ?? '', ...counts }) + rest
}

/** What is written: receipts, and an overview of several. */
interface Content {
  readonly chosen: readonly Shown[]
  readonly entries: readonly OverviewEntry[]
  readonly shownCount: number
  readonly brokenCount: number
}

const write = async (
  { chosen, entries, shownCount, brokenCount }: Content,
  format: ShowCommandOptions['format'],
  layout: Layout,
  output: Output,
): Promise<void> => {
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
  if (entries.length > 1 && !isMarkdown) await output.write(harmlessLines(`${overviewText(entries, layout)}\n`))
  if (entries.length > RECEIPTS && !all) {
    const broken = brokenCount > 0 ? `${brokenCount} have errors: agent-run validate names them\n` : ''
    const more = shownCount - entries.length
    if (more > 0) await output.write(`… and ${more.toLocaleString('en')} more runs\n\n`)
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
