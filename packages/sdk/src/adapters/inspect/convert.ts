import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { convertEach } from '../../conversion/convert-each.ts'
import { takeId } from '../../conversion/identity.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import { type BytesRead, boundsOf, decodeJson, readBytes } from '../../conversion/read-input.ts'
import type { Conversion, FileReport } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { readLog } from './log.ts'
import { readSample } from './read-sample.ts'
import { isZip, listEntries, readEntry } from './zip.ts'

/**
 * Converts eval logs of Inspect, as JSON or as `.eval`: one run for each sample, with its scores as evidence and, where
 * they say whether it passed, as eval.
 *
 * Pure and deterministic; it never throws for content. spec/adapters/inspect.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertInspect(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const taken = new Set<string>()
  const expected = 'a log with eval and samples that have events or messages'
  return convertEach(files, { about, expected }, async (file) => {
    const read = await readBytes(file, bounds)
    const { content } = read
    const runs: AgentRun[] = []
    let role: FileReport['role'] | undefined
    let contradictions = 0
    if (content === undefined) return { read, role, runs }
    for await (const part of isZip(content)
      ? openArchive(read, content, bounds.maxDocumentBytes)
      : openDocument(read, content)) {
      role = 'evaluation'
      const members = readLog(part.log, previewer)
      for (const [index, sample] of part.samples.entries()) {
        const id = takeId(idOf(part.log, sample, index), taken)
        const converted = readSample(sample, {
          id,
          members,
          previewer,
          version: typeof part.log.version === 'number' ? String(part.log.version) : undefined,
          digest: read.digest,
          prices: options.prices,
        })
        contradictions += converted.contradictions
        book(read, converted.fates)
        if (members.session_id) read.sessionIds.add(members.session_id)
        if (converted.run.steps.length > 0 || asObject(sample.scores) || asObject(sample.error))
          runs.push(converted.run)
      }
    }
    return { read, role, runs, contradictions }
  })
}

/** A log, and samples of it. */
interface Part {
  readonly log: Json
  readonly samples: readonly Json[]
}

function* openDocument(read: BytesRead, content: Uint8Array): Generator<Part> {
  const { value, problem } = decodeJson(content)
  const log = asObject(value)
  if (problem !== undefined || !log) {
    read.ledger.read()
    read.ledger.malformed(1, problem ?? 'no JSON object')
    return
  }
  const samples = asArray(log.samples) ?? []
  for (const [index, sample] of samples.entries()) {
    if (asObject(sample)) continue
    read.ledger.read()
    read.ledger.malformed(index + 1, 'sample that is no object')
  }
  if (samples.length === 0) {
    read.ledger.read()
    read.ledger.skipped('log without samples')
    return
  }
  yield { log, samples: samples.map(asObject).filter((sample) => sample !== undefined) }
}

/** An `.eval` file is an archive: `header.json`, and each sample in a file of its own. One sample is in memory at a time. */
async function* openArchive(read: BytesRead, content: Uint8Array, most: number): AsyncGenerator<Part> {
  const { ledger } = read
  const entries = listEntries(content)
  if (!entries) {
    ledger.read()
    ledger.malformed(1, 'archive that is cut off, encrypted or larger than 4 GiB')
    return
  }
  const open = async (name: string, line: number): Promise<Json | undefined> => {
    const entry = entries.find((other) => other.name === name)
    if (!entry) return undefined
    const unpacked = await readEntry(content, entry, most)
    const { value, problem } = 'problem' in unpacked ? { ...unpacked, value: undefined } : decodeJson(unpacked.content)
    const json = asObject(value)
    if (json) return json
    ledger.read()
    ledger.malformed(line, `entry of the archive: ${problem ?? 'no JSON object'}`)
    return undefined
  }
  // A log that is still being written has no header yet.
  const log = (await open('header.json', 1)) ?? (await open('_journal/start.json', 1)) ?? {}
  for (const [index, { name }] of entries.entries()) {
    if (!/^samples\/[^/]+\.json$/.test(name)) continue
    const sample = await open(name, index + 1)
    if (sample) yield { log, samples: [sample] }
  }
}

/** A sample has an id since 2025; before, it is named by the eval, its number in the data set, and the epoch. */
function idOf(log: Json, sample: Json, index: number): string {
  const own = asString(sample.uuid)
  if (own !== undefined) return own
  const spec = asObject(log.eval)
  const parts = [spec?.run_id, spec?.task_id, sample.id ?? index + 1, sample.epoch ?? 1]
  return parts.map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : '-')).join('~')
}

function book({ ledger }: BytesRead, fates: ReturnType<typeof readSample>['fates']): void {
  for (const [index, fate] of fates.entries()) {
    ledger.read()
    ledger.book(index + 1, fate)
  }
}
