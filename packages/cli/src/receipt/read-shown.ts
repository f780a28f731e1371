import type { Verifier } from '@agent-run/core'
import type { Style } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { checkDocument } from '../check/check-document.ts'
import { inputFinding } from '../check/check-sources.ts'
import { isForeign, schemaOf } from '../check/document-schema.ts'
import type { PlacedFinding } from '../check/result.ts'
import { readDocuments } from '../input/documents.ts'
import type { Item } from '../input/item.ts'
import type { Source } from '../input/source.ts'
import { startOf } from '../querying/read-runs.ts'
import { version } from '../version.ts'
import { type Facts, factsOf } from './facts.ts'
import { has, isLoose } from './loose.ts'

/** One record that was read, and what stands above its receipt. */
export interface Shown {
  readonly id: string | undefined
  readonly facts: Facts | undefined
  readonly findings: string
  readonly ok: boolean
  /** The record, if it is valid, and when it started, as text whose order is that of time. */
  readonly run: AgentRun | undefined
  readonly at: string | undefined
}

/** How receipts are laid out. */
export interface Layout {
  readonly style: Style
  readonly width: number
  readonly all: boolean
}

/** What showing an item takes. */
export interface ShowingOptions {
  readonly layout: Layout
  readonly verify: Verifier
  /** Whether a folder was named, in which there may be anything: what is no record there is missed by nobody. */
  readonly isFolder: boolean
  /** Is told of inputs that are journals. */
  readonly onJournal: (name: string) => void
}

/** An item of an input with the name of that. */
export interface NamedItem {
  readonly name: string
  readonly item: Item
}

/** Everything in some inputs, one after the other. */
export async function* itemsOf(sources: readonly Source[], maxSize: number): AsyncGenerator<NamedItem> {
  for (const source of sources)
    for await (const item of readDocuments(source, { maxSize })) yield { name: source.name, item }
}

/** Findings above a receipt; the others are found with `validate`. */
const FINDINGS = 10

/** What is shown of an item; undefined for one that is sound, or not missed, and no record. */
export async function showItem({ name, item }: NamedItem, options: ShowingOptions): Promise<Shown | undefined> {
  const { layout, verify, isFolder, onJournal } = options
  if (item.kind === 'problem') {
    if (item.problem.severity === 'warning') return undefined
    const findings = await findingsText([inputFinding(name, item.problem)], 0, layout)
    return { id: undefined, facts: undefined, findings, ok: false, run: undefined, at: undefined }
  }
  const { ok, value, findings, omitted, schema } = await checkDocument(name, item, { limit: 1000 })
  // What was said about a record, a journal, a trust file: sound, and nothing to show.
  if (ok && schema !== 'agent-run') {
    if (schema === 'journal-line') onJournal(name)
    return undefined
  }
  if (isFolder && !ok && value !== undefined && (schemaOf(value) !== undefined || isForeign(value))) return undefined
  const errors = findings.filter(({ finding }) => finding.severity === 'error')
  const isRecord = isLoose(value) && ['agent_id', 'steps', 'provenance', 'status'].some((member) => has(value, member))
  const facts = isRecord ? factsOf(value, verify(item.bytes)) : undefined
  const run = ok && schema === 'agent-run' ? (value as AgentRun) : undefined
  const text = await findingsText(errors.slice(0, FINDINGS), errors.length - FINDINGS + omitted, layout)
  const isSound = ok && facts?.proof.rungs.every(({ result }) => result !== 'fail') === true
  return { id: facts?.verdict.id, facts, findings: text, ok: isSound, run, at: run && startOf(run) }
}

const findingsText = async (
  findings: readonly PlacedFinding[],
  more: number,
  { style, width }: Layout,
): Promise<string> => {
  if (findings.length === 0) return ''
  // Only now: a sound record needs none of it.
  const { createPrettyReporter } = await import('../format/pretty.ts')
  const reporter = createPrettyReporter({ style, width, version, summary: false, workspace: undefined })
  for (const finding of findings) reporter.finding(finding)
  const [first] = findings
  const counts = { records: 1, errors: findings.length, warnings: 0, omitted: 0, unusable: false }
  const rest = more > 0 ? `… and ${more} more: agent-run validate names them all\n\n` : ''
  return reporter.file({ file: first?.file ?? '', ...counts }) + rest
}
