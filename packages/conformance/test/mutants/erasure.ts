import { receipt } from './batch.ts'
import {
  type Ask,
  alters,
  edits,
  isBelow,
  isErase,
  isList,
  isPost,
  isProblem,
  isRead,
  jsonReply,
  type Loose,
  type Mutant,
  parsed,
  problemReply,
  type Reply,
  withStatus,
} from './mutant.ts'

/** Erases less than it says. */
const erased = (
  name: string,
  fault: string,
  when: (ask: Ask) => boolean,
  show: (reply: Reply, before: Reply) => Reply,
): Mutant => ({
  name,
  fault,
  handle: async (ask, forward, memory) => {
    if (isErase(ask)) {
      for (const below of ['', '/steps', '/events', '/evals', '/provenance']) {
        const path = `/api/v1/runs/${encodeURIComponent(ask.id ?? '')}${below}`
        memory.set(path, await forward({ ...ask, method: 'GET', url: path, path, body: Buffer.alloc(0) }))
      }
    }
    const reply = await forward(ask)
    const before = memory.get(ask.path)
    return !isErase(ask) && before !== undefined && when(ask) ? show(reply, before) : reply
  },
})
const back = (_reply: Reply, before: Reply): Reply => before
const isGone = (ask: Ask): boolean => ask.method === 'GET'
/** Erasures. */
export const erasureMutants: readonly Mutant[] = [
  erased(
    'erase_private_kept',
    'keeps private members of records',
    (ask) => isRead(ask),
    (reply, before) => (reply.status === 200 ? before : reply),
  ),
  erased('erase_private_kept_in_steps', 'keeps private members of steps', isBelow('GET', '/steps'), (reply, before) =>
    reply.status === 200 ? before : reply,
  ),
  erased('erase_private_kept_in_journal', 'keeps private lines', isBelow('GET', '/events'), (reply, before) =>
    reply.status === 200 ? before : reply,
  ),
  alters(
    'erase_breaks_seal',
    'breaks the seal when it erases',
    (ask, { status }) => ask.below === '/verify' && status === 200,
    edits((verdict) => {
      if (verdict.checks.some(({ check, result }: Loose) => check === 'erasures' && result !== 'absent'))
        for (const each of verdict.checks) if (each.check === 'record') each.result = 'fail'
    }),
  ),
  alters(
    'erase_without_tombstone',
    'erases without a word',
    isErase,
    edits((answer) => {
      delete answer.tombstone
    }),
  ),
  {
    name: 'erase_forgets_tombstone',
    fault: 'gives the tombstone once and forgets it',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      return ask.below === '/provenance' && reply.status === 200
        ? edits((answer) => {
            answer.statements = answer.statements.filter(({ kind }: Loose) => kind !== 'tombstone')
          })(reply, ask, memory)
        : reply
    },
  },
  alters(
    'erase_without_key',
    'erases without a key of its own',
    (_ask, reply) => isProblem(reply, 'erasure.no_key'),
    () => jsonReply(200, {}),
  ),
  alters(
    'erase_nothing',
    'says that it has erased where nothing is private',
    (_ask, reply) => isProblem(reply, 'erasure.nothing_private'),
    () => jsonReply(200, {}),
  ),
  alters(
    'erased_is_unknown',
    'answers 404 for an erased run',
    (ask, reply) => isRead(ask) && isProblem(reply, 'run.erased'),
    () => problemReply(404, 'run.unknown'),
  ),
  erased(
    'erase_record_kept_below',
    'keeps what stands below an erased run',
    (ask) => isGone(ask) && ask.below !== '',
    back,
  ),
  {
    name: 'erased_still_listed',
    fault: 'lists erased runs',
    handle: async (ask, forward, memory) => {
      if (isErase(ask)) {
        const record = parsed((await forward({ ...ask, method: 'GET', url: ask.path })).body)
        memory.set(
          record?.agent_id,
          await forward({
            ...ask,
            method: 'GET',
            path: '/api/v1/runs',
            url: `/api/v1/runs?agent_id=${record?.agent_id}`,
          }),
        )
      }
      return isList(ask) && memory.has(ask.query.get('agent_id')) ? memory.get(ask.query.get('agent_id')) : forward(ask)
    },
  },
  alters(
    'erased_taken_again',
    'takes a record with the id of an erased one',
    (ask, reply) => isPost(ask) && isProblem(reply, 'run.erased'),
    withStatus(201),
  ),
  {
    name: 'erased_private_same',
    fault: 'answers 200 to the whole record after its private members were erased',
    handle: async (ask, forward, memory) => {
      if (isErase(ask) && ask.query.get('scope') === 'private') memory.set(ask.id, true)
      const reply = await forward(ask)
      return isPost(ask) && memory.has(parsed(ask.body)?.id) && reply.status === 409 ? jsonReply(200, receipt) : reply
    },
  },
  {
    name: 'erased_private_back',
    fault: 'stores erased members again',
    handle: async (ask, forward, memory) => {
      if (isErase(ask)) memory.set(ask.id, undefined)
      if (isPost(ask) && memory.has(parsed(ask.body)?.id)) memory.set(parsed(ask.body).id, ask.body)
      const reply = await forward(ask)
      const body = isRead(ask) ? memory.get(ask.id) : undefined
      return body === undefined ? reply : { ...reply, body }
    },
  },
  alters(
    'erase_of_unknown',
    'answers 200 to the erasure of an unknown run',
    (ask, reply) => isErase(ask) && isProblem(reply, 'run.unknown'),
    () => jsonReply(200, {}),
  ),
]
