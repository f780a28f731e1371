import type { BatchResult } from '@agent-run/types'
import { attempt } from './attempt.ts'
import { readObject } from './body.ts'
import { compress } from './compress.ts'
import { pause } from './exchange.ts'
import { failureOf } from './failure.ts'
import { joined, octetLines } from './octet-lines.ts'
import type { CallOptions, Settings } from './options.ts'
import { bodyOf, confirm, type RecordBody, type RecordInput } from './record-body.ts'
import { RequestError } from './request-error.ts'
import { isWorthRepeating, waitBefore } from './retry.ts'

/** How many records go together. */
export interface BatchOptions extends CallOptions {
  /** Most records of one request; 500 by default. */
  readonly lines?: number
  /** Most octets of one request before compression; 4 MiB by default. A longer record goes alone. */
  readonly octets?: number
}

interface Line extends RecordBody {
  /** From 1, over all requests. */
  readonly number: number
}

/** Sends records in batches, and gives the result of each, in their order. */
export async function* postRuns(
  settings: Settings,
  records: Iterable<RecordInput> | AsyncIterable<RecordInput>,
  { lines: mostLines = 500, octets: mostOctets = 4 * 1024 * 1024, signal }: BatchOptions = {},
): AsyncGenerator<BatchResult> {
  let batch: Line[] = []
  let size = 0
  let number = 0
  for await (const record of records) {
    const line = { ...oneLine(bodyOf(record)), number: ++number }
    if (batch.length > 0 && (batch.length >= mostLines || size + line.octets.length + 1 > mostOctets)) {
      yield* send(settings, batch, signal)
      batch = []
      size = 0
    }
    batch.push(line)
    size += line.octets.length + 1
  }
  if (batch.length > 0) yield* send(settings, batch, signal)
}

/** A record that is written over several lines would be several. @throws TypeError for what cannot be one line */
const oneLine = (body: RecordBody): RecordBody => {
  const isEnd = (octet: number): boolean => octet === 0x0a || octet === 0x0d
  const hasEnds = body.octets.some(isEnd)
  // Between the values of JSON a line end is white space; inside of one it is not allowed, and makes it unreadable.
  if (body.octets.length === 0 || (hasEnds && body.digest === undefined))
    throw new TypeError('a record of the batch is no JSON; expected a record, or its text in one line')
  return hasEnds ? { ...body, octets: body.octets.map((octet) => (isEnd(octet) ? 0x20 : octet)) } : body
}

/** Sends a batch; what has got no result when the answer breaks off, or could not be stored just now, is sent again. */
async function* send(
  settings: Settings,
  batch: readonly Line[],
  signal: CallOptions['signal'],
): AsyncGenerator<BatchResult> {
  let left = batch
  for (let failures = 1; left.length > 0; failures++) {
    const asked = left
    let done = 0
    try {
      for await (const result of ask(settings, asked, signal)) {
        const line = asked[result.line - 1]
        if (line === undefined || result.line !== done + 1)
          throw new RequestError('client.answer', 'the results do not follow the lines of the batch')
        const failure = result.problem && failureOf(result.problem, settings.key, { status: result.status })
        if (failure !== undefined && failures < settings.attempts && isWorthRepeating(failure, true)) throw failure
        if (result.receipt !== undefined) confirm(result.receipt, line, result.status)
        done++
        yield { ...result, line: line.number }
      }
      if (done < asked.length) throw new RequestError('client.unreachable', 'the answer ends before the batch does')
      left = []
    } catch (error) {
      left = asked.slice(done)
      if (failures >= settings.attempts || !isWorthRepeating(error, true)) throw error
      const wait = waitBefore(failures, error, settings)
      if (wait === undefined) throw error
      await pause(wait, { signal }, settings)
    }
  }
}

async function* ask(
  settings: Settings,
  lines: readonly Line[],
  signal: CallOptions['signal'],
): AsyncGenerator<BatchResult> {
  const end = Uint8Array.of(0x0a)
  const parts = lines.flatMap(({ octets }) => [octets, end])
  const { octets: body, encoding } = await compress(
    joined(
      parts,
      parts.reduce((sum, { length }) => sum + length, 0),
    ),
  )
  const answer = await attempt(settings, {
    method: 'POST',
    url: `${settings.api}/runs:batch`,
    headers: {
      'content-type': 'application/x-ndjson',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    },
    body,
    accept: 'application/x-ndjson, application/problem+json',
    repeatable: true,
    signal,
  })
  try {
    for await (const line of octetLines(answer.chunks, settings.answerOctets)) yield readObject(line, answer.status)
  } finally {
    answer.close()
  }
}
