import type { Finding } from '@agent-run/core'
import type { SchemaName } from '@agent-run/core/validate'
import { readDocuments } from '../input/documents.ts'
import type { Expansion } from '../input/expand.ts'
import type { InputProblem, Source } from '../input/source.ts'
import { checkDocument } from './check-document.ts'
import type { FileResult, PlacedFinding, Summary } from './result.ts'

/** How to check. */
export interface CheckOptions {
  /** What the documents are; each is checked as what it is unless given. */
  readonly schema: SchemaName | undefined
  readonly reading: 'strict' | 'lenient'
  readonly semantics: boolean
  /** Most findings to report, over all inputs. */
  readonly maxFindings: number
  /** Longest document in bytes. */
  readonly maxSize: number
  /** Is told how far the work has come, for every document. */
  readonly onProgress?: (state: { bytes: number; files: number; records: number }) => void
}

/** Who is told what is found, while it is found. */
export interface Listener {
  finding(finding: PlacedFinding): void | Promise<void>
  /** After the last finding of an input. */
  file(result: FileResult): void | Promise<void>
}

/** Checks every input, one after the other. A broken one is a finding and the next is checked. */
export async function checkSources(expansion: Expansion, options: CheckOptions, listener: Listener): Promise<Summary> {
  const start = performance.now()
  const total = { files: 0, filesWithFindings: 0, unusable: 0, records: 0, errors: 0, warnings: 0, omitted: 0 }
  const state = { bytes: 0, files: 0, records: 0 }
  const add = async (result: FileResult): Promise<void> => {
    total.files++
    if (result.errors + result.warnings + result.omitted > 0) total.filesWithFindings++
    if (result.unusable) total.unusable++
    for (const key of ['records', 'errors', 'warnings', 'omitted'] as const) total[key] += result[key]
    state.files = total.files
    await listener.file(result)
  }
  const budget = { left: options.maxFindings }
  for (const { name, problem } of expansion.unusable) {
    budget.left--
    await listener.finding(inputFinding(name, problem))
    await add({ file: name, records: 0, errors: 1, warnings: 0, omitted: 0, unusable: true })
  }
  for (const source of expansion.sources) await add(await checkSource(source, options, listener, budget, state))
  return { ...total, durationMs: performance.now() - start }
}

const checkSource = async (
  source: Source,
  options: CheckOptions,
  listener: Listener,
  budget: { left: number },
  state: { bytes: number; files: number; records: number },
): Promise<FileResult> => {
  const counts = { records: 0, errors: 0, warnings: 0, omitted: 0 }
  let unusable = false
  const report = async (placed: PlacedFinding): Promise<void> => {
    if (placed.finding.severity === 'error') counts.errors++
    else counts.warnings++
    if (budget.left-- > 0) await listener.finding(placed)
    else counts.omitted++
  }
  const onRead = (bytes: number): void => {
    state.bytes += bytes
    options.onProgress?.(state)
  }
  for await (const item of readDocuments(source, { maxSize: options.maxSize, onRead })) {
    if (item.kind === 'problem') {
      unusable ||= item.problem.code === 'input.unreadable'
      await report(inputFinding(source.name, item.problem))
      continue
    }
    counts.records++
    state.records++
    options.onProgress?.(state)
    const { schema, reading, semantics } = options
    const limit = Math.max(1, budget.left)
    const result = await checkDocument(source.name, item, {
      reading,
      semantics,
      limit,
      ...(schema === undefined ? {} : { schema }),
    })
    for (const placed of result.findings) await report(placed)
    // Errors come before warnings: what is left over beyond the limit of a document without errors are warnings.
    counts.omitted += result.omitted
    if (result.ok) counts.warnings += result.omitted
  }
  return { file: source.name, ...counts, unusable }
}

/** Sentences behind what is seen before a record reaches the reader, as the reader names them. */
const sentences: Readonly<Record<string, string>> = {
  'json.bom': 'AR-BYTES-002',
  'json.syntax': 'AR-BYTES-003',
  'json.trailing': 'AR-BYTES-008',
}

/** A problem of an input as a finding about it. */
export function inputFinding(file: string, problem: InputProblem): PlacedFinding {
  const { code, severity, message, line, column } = problem
  const requirement = sentences[code]
  const finding: Finding = { code, severity, path: '', message, ...(requirement === undefined ? {} : { requirement }) }
  return { file, line, column, endLine: line, endColumn: column, finding }
}
