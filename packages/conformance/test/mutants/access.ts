import type { KeyRing } from '../../src/index.ts'
import {
  type Ask,
  alters,
  isErase,
  isList,
  isPatch,
  isPost,
  isProblem,
  isRead,
  type Memory,
  type Mutant,
  misreads,
  parsed,
  problemReply,
  type Reply,
} from './mutant.ts'

/** The request with the key of another role. */
const as = (ask: Ask, keys: KeyRing, role: 'main' | 'other' | 'reader'): Ask => {
  const { authorization: _authorization, ...headers } = ask.headers
  return { ...ask, role, headers: { ...headers, 'x-api-key': keys[role] ?? '' } }
}

const takes = (name: string, fault: string, when: (ask: Ask) => boolean): Mutant =>
  misreads(name, fault, when, (ask, keys) => as(ask, keys, 'main'))

const isApi = ({ path }: Ask): boolean => path.startsWith('/api/v1/')
const isBasic = ({ headers }: Ask): boolean => headers.authorization?.startsWith('Basic') === true
const isMalformed = ({ headers }: Ask): boolean => headers['x-api-key'] === 'not a key at all'
const isUnknown = (ask: Ask): boolean => ask.role === undefined && /^ark_/.test(ask.headers['x-api-key'] ?? '')

const told = (who: string, when: (ask: Ask) => boolean): Mutant =>
  alters(
    `tells_${who}_key`,
    `answers a key that is ${who} in another way than none`,
    (ask, { status }) => status === 401 && when(ask),
    () => problemReply(401, 'key.refused', { title: `The key is ${who}` }),
  )

const keys: readonly Mutant[] = [
  takes('takes_no_key', 'asks for no key to read', (ask) => isList(ask) && ask.role === 'none' && !isBasic(ask)),
  takes('takes_any_key', 'takes any key of the right shape', isUnknown),
  takes('takes_any_text', 'takes any text for a key', isMalformed),
  takes('takes_expired_keys', 'never looks when a key expires', (ask) => ask.role === 'expired'),
  takes('takes_revoked_keys', 'never looks whether a key was revoked', (ask) => ask.role === 'revoked'),
  told('unknown', isUnknown),
  told('malformed', isMalformed),
  told('expired', (ask) => ask.role === 'expired'),
  told('revoked', (ask) => ask.role === 'revoked'),
  takes('takes_posts_of_anybody', 'takes records from anybody', (ask) => isPost(ask) && ask.role === 'none'),
  alters(
    'unknown_before_key',
    'answers 404 before it looks at the key',
    (ask, { status }) => status === 401 && isRead(ask),
    () => problemReply(404, 'run.unknown'),
  ),
  takes('takes_basic', 'takes any text in Authorization for a key', isBasic),
  takes('ingest_key_lists', 'lets keys of writers list', (ask) => isList(ask) && ask.role === 'ingest'),
  {
    name: 'unknown_before_scope',
    fault: 'answers 404 for an unknown run before it looks at the scope',
    handle: async (ask, forward, _memory, ring) => {
      const reply = await forward(ask)
      if (!isRead(ask) || reply.status !== 403) return reply
      const really = await forward(as(ask, ring, 'main'))
      return really.status === 404 ? really : reply
    },
  },
  takes('reader_key_posts', 'lets keys of readers post', (ask) => isPost(ask) && ask.role === 'reader'),
  takes('reader_key_patches', 'lets keys of readers patch', (ask) => isPatch(ask) && ask.role === 'reader'),
  takes('reader_key_judges', 'lets keys of readers judge', (ask) => ask.below === '/eval' && ask.role === 'reader'),
  takes('reader_key_erases', 'lets keys of readers erase', (ask) => isErase(ask) && ask.role === 'reader'),
  alters(
    'reader_key_refused',
    'wants more than the scope of reading',
    (ask) => ask.role === 'reader' && isList(ask),
    () => problemReply(403, 'key.scope'),
  ),
  alters(
    'ingest_key_refused',
    'wants more than the scope of writing',
    (ask) => ask.role === 'ingest' && isPost(ask),
    () => problemReply(403, 'key.scope'),
  ),
  misreads(
    'bearer_unknown',
    'does not know Authorization: Bearer',
    ({ headers }) => headers.authorization?.startsWith('Bearer ') === true,
    (ask) => {
      const { authorization: _gone, ...headers } = ask.headers
      return { ...ask, headers }
    },
  ),
  alters(
    'x_api_key_unknown',
    'does not know X-API-Key',
    (ask) => isApi(ask) && ask.headers['x-api-key'] !== undefined,
    () => problemReply(401, 'key.refused'),
  ),
]

/** Sees what belongs to another tenant, in one operation. */
const leaks = (name: string, when: (ask: Ask) => boolean): Mutant => ({
  name: `leaks_${name}`,
  fault: `forgets the tenant where it ${name.replaceAll('_', ' ')}`,
  handle: async (ask, forward, _memory, ring) => {
    if (ask.role !== 'other' || !when(ask)) return forward(ask)
    const reply = await forward(as(ask, ring, 'main'))
    return reply.status === 404 ? forward(ask) : reply
  },
})
const isGet =
  (below: string) =>
  (ask: Ask): boolean =>
    ask.method === 'GET' && ask.id !== undefined && ask.below === below
const isPath =
  (path: string) =>
  (ask: Ask): boolean =>
    ask.method === 'GET' && ask.path === path

const tenants: readonly Mutant[] = [
  leaks('reads', isRead),
  leaks('reads_provenance', isGet('/provenance')),
  leaks('reads_evals', isGet('/evals')),
  leaks('reads_events', isGet('/events')),
  leaks('reads_steps', isGet('/steps')),
  leaks('verifies', isGet('/verify')),
  leaks('proves', isGet('/proof')),
  leaks('compares', isGet('/diff')),
  leaks('patches', isPatch),
  leaks('evaluates', (ask) => ask.method === 'PUT' && ask.below === '/eval'),
  leaks('erases', isErase),
  leaks('lists_with_a_filter', (ask) => isList(ask) && ask.query.has('agent_id')),
  leaks('lists_without_a_filter', (ask) => isList(ask) && !ask.query.has('agent_id')),
  leaks('counts_scores', isPath('/api/v1/evals/leaderboard')),
  leaks('lists_approvals', isPath('/api/v1/approvals')),
  leaks('lists_artifacts', isPath('/api/v1/artifacts')),
  leaks('lists_servers', isPath('/api/v1/mcp-servers')),
  alters(
    'tells_cursors_of_others',
    'says whose a cursor is',
    (ask, reply) => ask.role === 'other' && isProblem(reply, 'query.cursor') && ask.query.get('cursor') !== 'abc',
    () => problemReply(403, 'key.scope'),
  ),
  {
    name: 'ids_of_all_tenants',
    fault: 'refuses an id that another tenant has',
    handle: async (ask, forward, memory: Memory) => {
      if (!isPost(ask)) return forward(ask)
      const id = parsed(ask.body)?.id
      const owner = memory.get(id)
      if (owner !== undefined && owner !== (ask.role === 'other')) return problemReply(409, 'run.exists')
      if (typeof id === 'string') memory.set(id, ask.role === 'other')
      return forward(ask)
    },
  },
  {
    name: 'idempotency_of_all_tenants',
    fault: 'keeps the Idempotency-Keys of all tenants in one place',
    handle: async (ask, forward, memory: Memory): Promise<Reply> => {
      const key = ask.headers['idempotency-key']
      if (!isPost(ask) || key === undefined) return forward(ask)
      const owner = memory.get(key)
      if (owner !== undefined && owner !== ask.role) return problemReply(422, 'idempotency.reused')
      memory.set(key, ask.role)
      return forward(ask)
    },
  },
  {
    name: 'record_hashes_of_all_tenants',
    fault: 'knows the sealed records of other tenants',
    handle: async (ask, forward, memory: Memory): Promise<Reply> => {
      const hash = isPost(ask) ? parsed(ask.body)?.provenance?.record_hash : undefined
      if (typeof hash !== 'string') return forward(ask)
      const reply = await forward(ask)
      const known = memory.has(hash)
      memory.set(hash, true)
      return known && reply.status === 201 ? { ...reply, status: 200 } : reply
    },
  },
]

export const accessMutants: readonly Mutant[] = [...keys, ...tenants]
