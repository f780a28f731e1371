import { gunzipSync } from 'node:zlib'
import {
  type Ask,
  acceptedReply,
  alters,
  answers,
  edits,
  isBatch,
  isPost,
  isProblem,
  isRead,
  jsonReply,
  type Loose,
  type Memory,
  type Mutant,
  misreads,
  parsed,
  problemReply,
  type Reply,
} from './mutant.ts'

const reads = (name: string, code: string, when: (ask: Ask) => boolean = () => true): Mutant =>
  alters(
    `reads_${name}`,
    `stores a body in spite of ${code}`,
    (ask, reply) => isPost(ask) && isProblem(reply, 'body.malformed', { code }) && when(ask),
    (_reply, ask) => acceptedReply(ask),
  )

const escaped = (ask: Ask): boolean => ask.body.includes('\\u006d')

/** Remembers what it has refused with a status, and shows it. */
const keeps = (
  name: string,
  fault: string,
  refused: (ask: Ask, reply: Reply) => boolean,
  idOf: (ask: Ask) => string | undefined,
): Mutant => ({
  name,
  fault,
  handle: async (ask, forward, memory: Memory) => {
    const reply = await forward(ask)
    if (isPost(ask) && refused(ask, reply)) memory.set(idOf(ask) ?? '', ask.body)
    const kept = isRead(ask) && reply.status === 404 ? memory.get(ask.id ?? '') : undefined
    return kept === undefined ? reply : { ...jsonReply(200, {}), body: kept.subarray(0, 4000) }
  },
})
const idIn = (ask: Ask): string | undefined => /"id":"([^"]*)"/.exec(ask.body.subarray(0, 4000).toString('utf8'))?.[1]

const malformed: readonly Mutant[] = [
  reads('what_is_no_json', 'json.syntax', (ask) => ask.body.toString() === 'nope'),
  reads('nothing', 'json.empty'),
  reads('half_a_record', 'json.syntax', (ask) => ask.body.toString() !== 'nope'),
  reads('two_values', 'json.trailing'),
  reads('byte_order_mark', 'json.bom'),
  reads('last_of_two_names', 'json.duplicate_name', (ask) => !escaped(ask)),
  reads('last_of_two_escaped_names', 'json.duplicate_name', escaped),
  reads('half_a_pair', 'json.lone_surrogate'),
  reads('broken_utf8', 'json.utf8'),
  reads('rounded_numbers', 'json.number_range', (ask) => ask.body.includes('9007199254740993')),
  reads('infinity', 'json.number_range', (ask) => ask.body.includes('1e400')),
  reads('any_depth', 'json.depth'),
  answers(
    'depth_of_100',
    'refuses more than a hundred levels',
    (ask) => isPost(ask) && /\[{100}/.test(ask.body.toString()),
    () => problemReply(400, 'body.malformed', { errors: [{ code: 'json.depth', message: 'too deep' }] }),
  ),
  answers(
    'numbers_of_32_bits',
    'refuses large numbers',
    (ask) => isPost(ask) && ask.body.includes('9007199254740991'),
    () => problemReply(400, 'body.malformed'),
  ),
  keeps(
    'keeps_malformed_bodies',
    'stores what it has refused as malformed',
    (_ask, { status }) => status === 400,
    idIn,
  ),
  alters(
    'patch_of_two_names',
    'reads the last of two equal names in a patch',
    (ask, { status }) => ask.method === 'PATCH' && status === 400,
    () => jsonReply(200, {}),
  ),
  alters(
    'eval_of_two_values',
    'reads the first of two values as an eval',
    (ask, { status }) => ask.method === 'PUT' && status === 400,
    (_reply, ask) => acceptedReply(ask, 200),
  ),
]

const asType = (ask: Ask, type: string): Ask => ({ ...ask, headers: { ...ask.headers, 'content-type': type } })
const anyType = (type: string | undefined): Mutant =>
  misreads(
    `reads_${type?.replaceAll(/\W/g, '_') ?? 'no_type'}`,
    `reads a record sent as ${type ?? 'nothing'}`,
    (ask) => isPost(ask) && ask.headers['content-type'] === type,
    (ask) => asType(ask, 'application/json'),
  )

const media: readonly Mutant[] = [
  anyType('text/plain'),
  anyType('application/x-www-form-urlencoded'),
  anyType('application/xml'),
  anyType(undefined),
  misreads(
    'media_type_exact',
    'knows application/json without parameters only',
    ({ headers }) => headers['content-type']?.includes('charset') === true,
    (ask) => asType(ask, 'text/plain'),
  ),
  misreads(
    'patches_of_json',
    'takes any JSON for a merge patch',
    ({ method, headers }) => method === 'PATCH' && headers['content-type'] === 'application/json',
    (ask) => asType(ask, 'application/merge-patch+json'),
  ),
  misreads(
    'batches_of_json',
    'reads any body as a batch',
    (ask) => isBatch(ask) && ask.headers['content-type'] === 'application/json',
    (ask) => asType(ask, 'application/x-ndjson'),
  ),
  misreads(
    'journals_of_json',
    'reads any body as a journal',
    ({ method, below, headers }) =>
      method === 'POST' && below === '/events' && headers['content-type'] === 'application/json',
    (ask) => asType(ask, 'application/x-ndjson'),
  ),
]

const isLarge = (_ask: Ask, { status }: Reply): boolean => status === 413
const large: readonly Mutant[] = [
  alters(
    'takes_any_size',
    'takes records of any size',
    (ask, reply) => isPost(ask) && isLarge(ask, reply),
    (_reply, ask) => acceptedReply(ask),
  ),
  alters(
    'large_without_limit',
    'does not say which limit',
    isLarge,
    edits((problem) => {
      delete problem.limit
    }),
  ),
  alters(
    'believes_in_length',
    'takes any size that was not declared',
    (ask, reply) => isLarge(ask, reply) && ask.headers['transfer-encoding'] !== undefined,
    (_reply, ask) => acceptedReply(ask),
  ),
  alters(
    'counts_on_the_wire',
    'counts compressed octets',
    (ask, reply) => isLarge(ask, reply) && ask.headers['content-encoding'] === 'gzip',
    (_reply, ask) => acceptedReply(ask),
  ),
  keeps('keeps_large_bodies', 'stores what it has refused as too large', isLarge, idIn),
  alters(
    'batches_of_any_size',
    'takes batches of any size',
    (ask, reply) => isBatch(ask) && isLarge(ask, reply),
    () => ({ ...jsonReply(200, []), body: Buffer.alloc(0) }),
  ),
]

const encodings: readonly Mutant[] = [
  alters(
    'batch_gzip_unread',
    'does not inflate batches',
    (ask) => isBatch(ask) && ask.headers['content-encoding'] === 'gzip',
    () => problemReply(415, 'body.encoding'),
  ),
  alters(
    'post_gzip_unread',
    'does not inflate records',
    (ask) => isPost(ask) && ask.headers['content-encoding'] === 'gzip',
    () => problemReply(415, 'body.encoding'),
  ),
  ...['br', 'compress', 'zstd'].map((coding) =>
    misreads(
      `ignores_${coding}`,
      `reads a body in ${coding} as if it were plain`,
      (ask) => isPost(ask) && ask.headers['content-encoding'] === coding,
      (ask) => {
        const { 'content-encoding': _gone, ...headers } = ask.headers
        return { ...ask, headers }
      },
    ),
  ),
  misreads(
    'ignores_encoding_of_batch',
    'reads an encoded batch as if it were plain',
    (ask) => isBatch(ask) && ask.headers['content-encoding'] === 'br',
    (ask) => {
      const { 'content-encoding': _gone, ...headers } = ask.headers
      return { ...ask, headers }
    },
  ),
]

/** The record of a request, inflated if it is compressed. */
export const recordOf = (ask: Ask): Loose =>
  parsed(ask.headers['content-encoding'] === 'gzip' && ask.body[0] === 0x1f ? gunzipSync(ask.body) : ask.body)

export const bodyMutants: readonly Mutant[] = [...malformed, ...media, ...large, ...encodings]
