import { createDigest } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import { boundsOf, readListOrLines, type ValuesRead } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { readTimeOrUtc } from '../../conversion/time.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { Conversation } from './conversation.ts'

interface Event {
  readonly json: Json
  readonly file: number
  readonly line: number
  readonly ms: number
}

/**
 * Converts conversations of the OpenHands agent SDK: a file with one event a line, or the files of a folder `events` with one
 * event each, given together. One run for each turn of the user.
 *
 * Pure and deterministic; it never throws for content. spec/adapters/openhands.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertOpenHands(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const reads: ValuesRead[] = []
  for await (const file of files) reads.push(await readListOrLines(file, bounds))
  const events: Event[] = []
  for (const [file, { values, ledger }] of reads.entries()) {
    for (const { value, line } of values) {
      const json = asObject(value)
      if (!json || !asString(json.kind)) ledger.malformed(line, 'no event with a kind')
      else events.push({ json, file, line, ms: readTimeOrUtc(json.timestamp)?.ms ?? Number.NaN })
    }
  }
  // A folder has one event a file, and files come in any order.
  const isFolder = reads.length > 1
  if (isFolder)
    events.sort((a, b) => (a.ms === b.ms ? 0 : (a.ms || 0) - (b.ms || 0)) || a.file - b.file || a.line - b.line)
  const digest = isFolder ? digestOf(reads) : reads[0]?.digest
  const conversation = new Conversation(createPreviewer(options.redact ?? true), sessionOf(events, reads), {
    digest,
    prices: options.prices,
  })
  const seen = new Set<string>()
  for (const [index, { json, file, line }] of events.entries()) {
    const ledger = reads[file]?.ledger
    const id = asString(json.id)
    if (id !== undefined && seen.has(id)) {
      ledger?.skipped('copy of an event')
      continue
    }
    if (id !== undefined) seen.add(id)
    ledger?.book(line, conversation.add(json, isFolder ? index + 1 : line))
  }
  conversation.finish()
  const runs: AgentRun[] = conversation.runs
  return assembleConversion({
    about,
    reads,
    roles: reads.map((_, index) => (events.some(({ file }) => file === index) ? 'events' : 'unrecognised')),
    runs,
    contradictions: conversation.contradictions,
    expected: 'events of a kind such as MessageEvent, ActionEvent and ObservationEvent',
  })
}

/** The digest of the digests of the files, in order of their names: the order in which they are given does not matter. */
function digestOf(reads: readonly ValuesRead[]): string {
  const digest = createDigest()
  for (const one of reads.map((read) => read.digest ?? '').sort()) digest.update(new TextEncoder().encode(one))
  return digest.digest()
}

/** The conversation, where an event or the name of the folder says it. */
function sessionOf(events: readonly Event[], reads: readonly ValuesRead[]): string | undefined {
  for (const { json } of events) {
    const id =
      asString(json.conversation_id) ??
      (json.key === 'id' ? asString(json.value) : undefined) ??
      asString(asObject(json.value)?.id)
    if (id !== undefined) return id
  }
  return /([0-9a-f]{32})[\\/]events[\\/][^\\/]+$/.exec(reads[0]?.name ?? '')?.[1]
}
