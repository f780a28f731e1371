import { type Finding, type Journal, readJournal, readJson, validate } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import type { AgentRun, BatchProof, EvalResult, Statement, Trust } from '@agent-run/types'
import { Failure } from '../failure.ts'
import { pathName } from '../format/wording.ts'
import { readDocuments } from '../input/documents.ts'
import { type LineSort, sortOf } from '../input/line-sort.ts'
import type { Source } from '../input/source.ts'
import { readWhole } from '../input/whole.ts'
import { sourceOf, sourcesOf } from './named-sources.ts'
import type { EvidenceFiles } from './settings.ts'
import { loadTrust } from './trust-file.ts'

/** What others say about records: statements, evaluations, batch proofs. */
export interface Sayings {
  readonly statements: Statement[]
  readonly evals: EvalResult[]
  readonly proofs: BatchProof[]
}

/** What is known beside the records themselves. */
export interface Evidence extends Sayings {
  readonly trust: Trust | undefined
  readonly journal: Journal | undefined
  /** Id of the run that the journal is of. */
  readonly journalOf: string | undefined
  readonly related: readonly AgentRun[]
}

/** Nothing said yet. */
export const noSayings = (): Sayings => ({ statements: [], evals: [], proofs: [] })

const schemas = { statement: 'statement', eval: 'eval', batch_proof: 'batch-proof' } as const

/** Whether a value says something about records. */
export const isSaying = (sort: LineSort): sort is keyof typeof schemas => Object.hasOwn(schemas, sort)

/** Puts a value where it belongs, or returns what is wrong with it. */
export function addSaying(sayings: Sayings, sort: keyof typeof schemas, value: unknown): Finding | undefined {
  const { ok, findings } = validate(value, { schema: schemas[sort], limit: 1 })
  if (!ok) return findings[0]
  if (sort === 'statement') sayings.statements.push(value as Statement)
  else if (sort === 'eval') sayings.evals.push(value as EvalResult)
  else sayings.proofs.push(value as BatchProof)
  return undefined
}

/**
 * Reads the files of the options. Throws `Failure` if one of them cannot be used: a verdict without what was to be
 * looked at would be about something else.
 */
export async function loadEvidence(files: EvidenceFiles, maxSize: number): Promise<Evidence> {
  const sayings = noSayings()
  for (const source of sourcesOf(files.statements)) await readSayings(source, sayings, maxSize)
  const related: AgentRun[] = []
  for (const source of sourcesOf(files.related)) await readRelated(source, related, sayings, maxSize)
  const journal = files.journal === undefined ? undefined : await loadJournal(files.journal, maxSize)
  return {
    ...sayings,
    related,
    trust: files.trust === undefined ? undefined : await loadTrust(files.trust),
    journal,
    journalOf: journal && runOf(journal),
  }
}

const loadJournal = async (name: string, maxSize: number): Promise<Journal> =>
  readJournal(await readWhole(sourceOf(name), maxSize))

const runOf = (journal: Journal): string | undefined => {
  const data: unknown = journal.lines[0]?.data
  return typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'string' ? data.id : undefined
}

const readSayings = async (source: Source, sayings: Sayings, maxSize: number): Promise<void> => {
  for await (const { value, line } of valuesOf(source, maxSize)) {
    const sort = sortOf(value)
    if (isSaying(sort)) addOrThrow(sayings, sort, value, source, line)
    // A bundle may be given as it is: its record is not what is asked for here.
    else if (sort !== 'record') throw unusable(source, line, 'expected a statement here')
  }
}

const readRelated = async (source: Source, related: AgentRun[], sayings: Sayings, maxSize: number): Promise<void> => {
  for await (const { value, line } of valuesOf(source, maxSize)) {
    const sort = sortOf(value)
    if (isSaying(sort)) addOrThrow(sayings, sort, value, source, line)
    else if (sort === 'record') related.push(value as AgentRun)
    else throw unusable(source, line, 'expected a record here')
  }
}

const addOrThrow = (
  sayings: Sayings,
  sort: Parameters<typeof addSaying>[1],
  value: unknown,
  source: Source,
  line: number,
): void => {
  const finding = addSaying(sayings, sort, value)
  if (finding) throw unusable(source, line, `${pathName(finding.path)}: ${finding.message}`)
}

async function* valuesOf(source: Source, maxSize: number): AsyncGenerator<{ value: unknown; line: number }> {
  for await (const item of readDocuments(source, { maxSize })) {
    if (item.kind === 'problem') {
      if (item.problem.severity === 'error') throw unusable(source, item.problem.line, item.problem.message)
      continue
    }
    const read = readJson(item.bytes)
    if (!read.ok) throw unusable(source, item.line, read.finding.message)
    yield { value: read.value, line: item.line }
  }
}

const unusable = (source: Source, line: number, message: string): Failure =>
  new Failure(`${visibleName(source.name)}${line === 0 ? '' : `:${line}`}: ${visible(message)}`)
