import {
  type Ask,
  alters,
  answers,
  edits,
  isBatch,
  isRead,
  jsonReply,
  type Loose,
  type Mutant,
  misreads,
  parsed,
  problemReply,
  withHeader,
} from './mutant.ts'

/** The values of NDJSON. */
export const lines = (octets: Buffer): Loose[] =>
  octets
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => parsed(Buffer.from(line)))
/** Values as NDJSON. */
export const asLines = (values: Loose[]): Buffer =>
  Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
const batches = (name: string, fault: string, change: (results: Loose[], ask: Ask) => Loose[]): Mutant =>
  alters(
    name,
    fault,
    (ask, { status }) => isBatch(ask) && status === 200,
    (reply, ask) => ({ ...reply, body: asLines(change(lines(reply.body), ask)) }),
  )
/** A line gets another answer in a batch than alone. */
const differs = (
  name: string,
  fault: string,
  test: (result: Loose) => boolean,
  change: (result: Loose) => Loose,
): Mutant =>
  batches(name, fault, (results) => results.map((result) => (test(result) ? { ...result, ...change(result) } : result)))
/** A receipt of nothing. */
export const receipt = {
  id: '',
  run_hash: '',
  document_hash: `sha256:${'0'.repeat(64)}`,
  etag: `sha256:${'0'.repeat(64)}`,
  received_at: '2026-11-21T00:00:00Z',
}
const accepted = { status: 201, problem: undefined, receipt }

/** Batches. */
export const batchMutants: readonly Mutant[] = [
  alters(
    'batch_as_array',
    'answers a batch with a JSON array',
    isBatch,
    withHeader('content-type', 'application/json'),
  ),
  batches('batch_own_shape', 'leaves status out of results', (results) =>
    results.map(({ status: _s, ...rest }) => rest),
  ),
  batches('batch_unordered', 'answers a batch in another order', (results) => results.reverse()),
  batches('batch_from_zero', 'counts lines from 0', (results) =>
    results.map((result) => ({ ...result, line: result.line - 1 })),
  ),
  answers('batch_forgets', 'acknowledges a batch and stores nothing', isBatch, (ask) => ({
    ...jsonReply(200, {}, 'application/x-ndjson'),
    body: asLines(
      ask.body
        .toString()
        .split('\n')
        .filter(Boolean)
        .map((_line, index) => ({ line: index + 1, status: 201, receipt })),
    ),
  })),
  batches('batch_without_receipts', 'gives no receipts', (results) => results.map(({ receipt: _r, ...rest }) => rest)),
  misreads(
    'batch_loses_last_line',
    'ignores a last line without a line feed',
    (ask) => isBatch(ask) && ask.body.at(-1) !== 0x0a,
    (ask) => ({ ...ask, body: ask.body.subarray(0, ask.body.lastIndexOf(0x0a) + 1) }),
  ),
  {
    name: 'batch_stops_at_bad_line',
    fault: 'stores nothing of a batch with a bad line',
    handle: async (ask, forward) => {
      const bad =
        isBatch(ask) &&
        ask.body
          .toString()
          .split('\n')
          .filter(Boolean)
          .some((line) => parsed(Buffer.from(line)) === undefined)
      return bad && ask.headers['content-encoding'] === undefined ? problemReply(400, 'body.malformed') : forward(ask)
    },
  },
  batches('batch_hides_bad_lines', 'leaves bad lines out of the answer', (results) =>
    results.filter(({ status }) => status !== 400),
  ),
  batches('batch_decoded_whole', 'answers the line after broken UTF-8 as broken', (results, ask) =>
    ask.body[0] === 0xff ? results.map((result) => ({ ...result, status: 400 })) : results,
  ),
  differs(
    'batch_own_errors',
    'says less about an invalid line than alone',
    ({ status }) => status === 422,
    (result) => ({ problem: { ...result.problem, errors: [] } }),
  ),
  differs(
    'batch_takes_duplicate_names',
    'reads the last of two equal names in a batch',
    ({ problem }) => problem?.errors?.[0]?.code === 'json.duplicate_name',
    () => accepted,
  ),
  differs(
    'batch_overwrites',
    'overwrites in a batch',
    ({ problem }) => problem?.code === 'run.exists',
    () => accepted,
  ),
  differs(
    'batch_same_is_conflict',
    'answers 409 to the same record in a batch',
    ({ status }) => status === 200,
    () => ({ status: 409, receipt: undefined, problem: { code: 'run.exists' } }),
  ),
  differs(
    'batch_takes_variants',
    'takes variants in a batch',
    ({ problem }) => problem?.code === 'record.variant',
    () => accepted,
  ),
  differs(
    'batch_takes_any_id',
    'takes any id in a batch',
    ({ problem }) => problem?.code === 'run.id',
    () => accepted,
  ),
  {
    name: 'batch_keeps_invalid',
    fault: 'stores invalid lines of a batch',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (isBatch(ask))
        for (const { line, status } of lines(reply.body))
          if (status === 422) memory.set(parsed(Buffer.from(ask.body.toString().split('\n')[line - 1] ?? ''))?.id, true)
      return isRead(ask) && memory.has(ask.id) ? jsonReply(200, {}) : reply
    },
  },
  {
    name: 'batch_lossy',
    fault: 'stores less of a record that comes in a batch',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (isBatch(ask)) for (const record of lines(ask.body)) if (record?.id !== undefined) memory.set(record.id, true)
      return isRead(ask) && memory.has(ask.id) && reply.status === 200
        ? edits((record) => {
            delete record.x_vendor
          })(reply, ask, memory)
        : reply
    },
  },
]
