import { readJson } from '@agent-run/core'
import { visible, visibleName } from '@agent-run/core/text'
import type { AgentRun } from '@agent-run/types'
import { Failure } from '../failure.ts'
import { readDocuments } from '../input/documents.ts'
import { expandArguments } from '../input/expand.ts'
import { type LineSort, sortOf } from '../input/line-sort.ts'
import type { Source } from '../input/source.ts'
import { readWhole } from '../input/whole.ts'

/** A JSON value of an input. */
export interface Value {
  readonly value: unknown
  readonly sort: LineSort
  /** From 1. */
  readonly line: number
}

/** Longest input of commands that work on one record. */
const LONGEST = 256 * 1024 * 1024

/** The one input that an argument names. Throws `Failure` if it names none or several. */
export function oneSource(name: string): Source {
  const { sources, unusable } = expandArguments([name])
  const [problem] = unusable
  if (problem) throw new Failure(`${visibleName(problem.name)}: ${problem.problem.message}`)
  const [source, another] = sources
  if (source === undefined || another !== undefined) throw new Failure(`${visibleName(name)}: expected one file`)
  return source
}

/** The values of an input, strictly read, one after the other. Throws `Failure` at the first that cannot be read. */
export async function* readValues(source: Source, maxSize: number = LONGEST): AsyncGenerator<Value> {
  for await (const item of readDocuments(source, { maxSize })) {
    if (item.kind === 'problem') {
      if (item.problem.severity === 'warning') continue
      throw failureAt(source, item.problem.line, item.problem.column, item.problem.message)
    }
    const read = readJson(item.bytes)
    if (!read.ok) {
      const { position, message } = read.finding
      const line = item.line + (position?.line ?? 1) - 1
      throw failureAt(source, line, position?.column ?? item.column, message)
    }
    yield { value: read.value, sort: sortOf(read.value), line: item.line }
  }
}

/** A record and what else is in its input. */
export interface OneRecord {
  readonly run: AgentRun
  /** Statements, evaluations and batch proofs that came with it. */
  readonly others: readonly unknown[]
}

/** The one record of an input, perhaps of a bundle. Throws `Failure` if there is another number of them. */
export async function oneRecord(name: string): Promise<OneRecord> {
  const source = oneSource(name)
  const runs: AgentRun[] = []
  const others: unknown[] = []
  for await (const { value, sort, line } of readValues(source)) {
    if (sort === 'record') runs.push(value as AgentRun)
    else if (sort === 'statement' || sort === 'eval' || sort === 'batch_proof') others.push(value)
    else throw failureAt(source, line, 1, 'this is no record')
    if (runs.length > 1)
      throw failureAt(source, line, 1, 'expected one record, this is the second (cut the one out that is meant)')
  }
  const [run] = runs
  if (run === undefined) throw new Failure(`${visibleName(source.name)}: there is no record here`)
  if (typeof run !== 'object' || run === null || !Array.isArray(run.steps))
    throw failureAt(source, 1, 1, 'this is no record: it has no list of steps (agent-run validate says more)')
  return { run, others }
}

/** One JSON value. Throws `Failure` if it is broken. */
export async function oneValue(name: string): Promise<unknown> {
  const source = oneSource(name)
  const read = readJson(await readWhole(source, LONGEST))
  if (read.ok) return read.value
  const { position, message } = read.finding
  throw failureAt(source, position?.line ?? 1, position?.column ?? 1, message)
}

/** Whether an input is named as one document, so that what comes of it should be one too. */
export const isWrittenAsDocument = ({ name }: Source): boolean => /\.json(\.gz)?$/i.test(name)

const failureAt = (source: Source, line: number, column: number, message: string): Failure =>
  new Failure(`${visibleName(source.name)}${line === 0 ? '' : `:${line}:${column}`}: ${visible(message)}`)
