import { recordOf } from './bodies.ts'
import {
  type Ask,
  acceptedReply,
  alters,
  answers,
  edits,
  isListed,
  isPost,
  isProblem,
  isRead,
  type Loose,
  type Mutant,
  parsed,
  problemReply,
  type Reply,
  withHeader,
  withoutHeader,
  withStatus,
} from './mutant.ts'
import { etagOf } from './proxy.ts'

const created = (ask: Ask, { status }: Reply): boolean => isPost(ask) && status === 201
const stored = (ask: Ask, { status }: Reply): boolean => isPost(ask) && status < 300
const isSealed = (record: Loose): boolean => typeof record?.provenance?.record_hash === 'string'

const receipts: readonly Mutant[] = [
  alters('created_as_200', 'answers 200 to a new record', created, withStatus(200)),
  alters('no_location', 'leaves Location out', created, withoutHeader('location')),
  alters('location_unescaped', 'puts an id into Location as it is', created, (reply, ask) =>
    withHeader('location', `/api/v1/runs/${String(recordOf(ask)?.id).replaceAll(/[^ -~]/g, '')}`)(
      reply,
      ask,
      new Map(),
    ),
  ),
  alters('receipt_of_record', 'answers the record instead of a receipt', created, (reply, ask) => ({
    ...reply,
    body: ask.body,
  })),
  alters(
    'receipt_without_etag',
    'leaves etag out of the receipt',
    stored,
    edits((receipt) => {
      delete receipt.etag
    }),
  ),
  alters(
    'receipt_of_other_run_hash',
    'answers another run_hash than the record has',
    stored,
    edits((receipt) => {
      receipt.run_hash = '0'.repeat(64)
    }),
  ),
  alters(
    'receipt_of_other_document',
    'hashes something else for document_hash',
    stored,
    edits((receipt) => {
      receipt.document_hash = receipt.etag
    }),
  ),
  alters(
    'receipt_without_record_hash',
    'leaves record_hash out of the receipt',
    stored,
    edits((receipt) => {
      delete receipt.record_hash
    }),
  ),
  alters(
    'receipt_of_other_etag',
    'names an etag of what came',
    created,
    edits((receipt) => {
      receipt.etag = `sha256:${'0'.repeat(64)}`
    }),
  ),
  answers('acknowledges_and_forgets', 'acknowledges records and stores none', isPost, (ask) => acceptedReply(ask)),
  alters(
    'lists_later',
    'does not list the runs of the last hour',
    isListed,
    edits((page) => {
      page.runs = page.runs.filter((run: Loose) => run.received_at < new Date(Date.now() - 3_600_000).toISOString())
    }),
  ),
]

const isAgain = (ask: Ask, reply: Reply): boolean => isPost(ask) && reply.status === 200
const again: readonly Mutant[] = [
  alters('again_conflicts', 'answers 409 to the same record', isAgain, () => problemReply(409, 'run.exists')),
  alters('again_created', 'answers 201 to the same record', isAgain, withStatus(201)),
  alters(
    'again_received_later',
    'writes a new time of reception',
    isAgain,
    edits((receipt) => {
      receipt.received_at = new Date().toISOString()
      receipt.etag = `sha256:${'1'.repeat(64)}`
    }),
  ),
  {
    name: 'again_listed_twice',
    fault: 'lists a record twice that came twice',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (isAgain(ask, reply)) memory.set(recordOf(ask)?.id, true)
      if (!isListed(ask, reply)) return reply
      return edits((page) => {
        page.runs = page.runs.flatMap((run: Loose) => (memory.has(run.id) ? [run, run] : [run]))
      })(reply, ask, memory)
    },
  },
  {
    name: 'again_by_octets',
    fault: 'compares octets',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      const text = ask.body.toString()
      if (created(ask, reply)) memory.set(parsed(ask.body)?.id, text)
      return isAgain(ask, reply) && memory.get(parsed(ask.body)?.id) !== text ? problemReply(409, 'run.exists') : reply
    },
  },
  alters(
    'again_with_eval_conflicts',
    'answers 409 because of the eval',
    (ask, reply) => isAgain(ask, reply) && recordOf(ask)?.eval !== undefined,
    () => problemReply(409, 'run.exists'),
  ),
  {
    name: 'again_replaces',
    fault: 'replaces the record by the one that came again',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (isAgain(ask, reply)) memory.set(recordOf(ask)?.id, ask.body)
      const late = isRead(ask) ? memory.get(ask.id ?? '') : undefined
      return late === undefined ? reply : { ...reply, body: late, headers: { ...reply.headers, etag: etagOf(late) } }
    },
  },
]

const isVariant = (_ask: Ask, reply: Reply): boolean => isProblem(reply, 'record.variant')
const isOther = (_ask: Ask, reply: Reply): boolean => isProblem(reply, 'run.exists')
/** Answers a conflict rightly and puts the new record in the place of the old. */
const overwrites = (name: string, fault: string, when: (ask: Ask, reply: Reply) => boolean): Mutant => ({
  name,
  fault,
  handle: async (ask, forward, memory) => {
    const reply = await forward(ask)
    if (isPost(ask) && when(ask, reply)) memory.set(recordOf(ask)?.id, ask.body)
    const late = isRead(ask) && reply.status === 200 ? memory.get(ask.id ?? '') : undefined
    return late === undefined ? reply : { ...reply, body: late, headers: { ...reply.headers, etag: etagOf(late) } }
  },
})
const same = (name: string, fault: string, test: (record: Loose) => boolean): Mutant =>
  alters(
    name,
    fault,
    (ask, reply) => isPost(ask) && reply.status === 409 && test(recordOf(ask)),
    (_reply, ask) => acceptedReply(ask, 200),
  )

const conflicts: readonly Mutant[] = [
  alters('variant_believed', 'believes a record_hash and answers 200', isVariant, (_reply, ask) =>
    acceptedReply(ask, 200),
  ),
  alters('variant_exists', 'answers run.exists to a variant', isVariant, () => problemReply(409, 'run.exists')),
  same(
    'variant_known_members',
    'compares known members of sealed records',
    (record) => record?.steps?.[0]?.x_vendor !== undefined,
  ),
  overwrites('variant_overwrites', 'overwrites a sealed record by its variant', isVariant),
  alters('conflict_accepted', 'answers 200 to another record under an id', isOther, (_reply, ask) =>
    acceptedReply(ask, 200),
  ),
  overwrites('conflict_overwrites', 'overwrites a record and answers 409', isOther),
  same('null_is_absent', 'takes null and absent for the same', (record) => record?.task_id === null),
  same('lists_are_sets', 'compares lists as sets', (record) => Array.isArray(record?.tags)),
  same(
    'conflict_known_members',
    'compares known members',
    (record) => record?.x_vendor !== undefined && !isSealed(record),
  ),
  answers(
    'run_hash_refused',
    'refuses a wrong run_hash',
    (ask) => isPost(ask) && recordOf(ask)?.provenance?.run_hash === 'ab'.repeat(32),
    () => problemReply(422, 'record.invalid'),
  ),
  alters(
    'run_hash_corrected',
    'writes the right run_hash into the record',
    isRead,
    edits((record) => {
      if (record.provenance?.run_hash === 'ab'.repeat(32)) record.provenance.run_hash = 'cd'.repeat(32)
    }),
  ),
  answers(
    'seal_checked_at_reception',
    'refuses a record with a wrong record_hash',
    (ask) => isPost(ask) && isSealed(recordOf(ask)) && recordOf(ask).outcome === 'failed',
    () => problemReply(422, 'record.invalid'),
  ),
]

const withoutKey = (ask: Ask): Ask => {
  if (ask.headers['idempotency-key'] === undefined) return ask
  const { 'idempotency-key': _gone, ...headers } = ask.headers
  return { ...ask, headers }
}
const idempotency: readonly Mutant[] = [
  { name: 'idempotency_ignored', fault: 'ignores Idempotency-Key', handle: (ask, forward) => forward(withoutKey(ask)) },
  alters(
    'idempotency_first_answer',
    'answers another request with the first answer',
    (_ask, reply) => isProblem(reply, 'idempotency.reused'),
    (_reply, ask) => acceptedReply(ask),
  ),
  {
    name: 'idempotency_stores',
    fault: 'stores what it refuses because of its key',
    handle: async (ask, forward) => {
      const reply = await forward(ask)
      if (isProblem(reply, 'idempotency.reused')) await forward(withoutKey(ask))
      return reply
    },
  },
]

/** What is answered to records that come. */
export const storingMutants: readonly Mutant[] = [...receipts, ...again, ...conflicts, ...idempotency]
