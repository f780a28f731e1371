import { type Ask, isPost, isRead, jsonReply, type Loose, type Mutant, parsed, problemReply } from './mutant.ts'

const typeOf = (block: string): string | undefined => /^event: ?(.*)$/m.exec(block)?.[1]
const dataOf = (block: string): Loose => parsed(Buffer.from(/^data: ?(.*)$/m.exec(block)?.[1] ?? ''))
const withoutEvents = (name: string, fault: string, test: (block: string) => boolean): Mutant => ({
  name,
  fault,
  block: (block) => (test(block) ? undefined : block),
})

const resume = (name: string, fault: string, change: (ask: Ask) => Ask): Mutant => ({
  name,
  fault,
  opens: (ask) => (ask.headers['last-event-id'] === undefined ? ask : change(ask)),
})
const fromNow = (ask: Ask): Ask => {
  const { 'last-event-id': _gone, ...headers } = ask.headers
  return { ...ask, headers }
}

const streams: readonly Mutant[] = [
  { name: 'stream_holds_headers', fault: 'holds the headers of a stream until its first event', holds: true },
  { name: 'stream_as_json', fault: 'answers a stream as JSON', opens: () => jsonReply(200, []) },
  withoutEvents('stream_without_comments', 'sends no heartbeat', (block) => block.startsWith(':')),
  ...['run.created', 'run.updated', 'run.eval_attached'].map((type) =>
    withoutEvents(`stream_without_${type.slice(4)}`, `does not tell ${type}`, (block) => typeOf(block) === type),
  ),
  { name: 'stream_without_ids', fault: 'gives events no id', block: (block) => block.replace(/^id:.*\n?/m, '') },
  {
    name: 'stream_of_whole_records',
    fault: 'leaves the summary out of events',
    block: (block) => block.replace(/^data:.*$/m, `data: ${JSON.stringify({ run_id: dataOf(block)?.run_id })}`),
  },
  {
    name: 'stream_of_all_tenants',
    fault: 'tells everybody everything',
    opens: (ask, memory, keys) => {
      memory.set('other', ask.role === 'other')
      return ask.role === 'other' ? { ...ask, headers: { ...ask.headers, 'x-api-key': keys.main ?? '' } } : ask
    },
  },
  ...['completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'].map((status) =>
    withoutEvents(
      `stream_never_ends_${status}`,
      `does not take ${status} for an end`,
      (block) => typeOf(block) === 'run.completed' && dataOf(block)?.run?.status === status,
    ),
  ),
  {
    name: 'stream_ends_twice',
    fault: 'tells every end twice',
    block: (block) => (typeOf(block) === 'run.completed' ? `${block}\n\n${block}` : block),
  },
  resume('resume_from_now', 'goes on with what happens from now on', fromNow),
  {
    name: 'resume_repeats',
    fault: 'begins with the event that was named',
    block: (block, ask, memory) => {
      const named = ask.headers['last-event-id']
      const id = /^id: ?(.*)$/m.exec(block)?.[1]
      if (named === undefined) {
        if (id !== undefined) memory.set(id, block)
        return block
      }
      if (memory.has(`again ${named}`) || !memory.has(named)) return block
      memory.set(`again ${named}`, true)
      return `${memory.get(named)}\n\n${block}`
    },
  },
  resume('resume_after_anything', 'begins somewhere for an id that nobody gave', (ask) =>
    ask.headers['last-event-id'] === 'abc' ? fromNow(ask) : ask,
  ),
  resume('resume_after_others', 'goes on after an event of another tenant', (ask) =>
    ask.role === 'other' ? fromNow(ask) : ask,
  ),
  {
    name: 'resume_refused_without_code',
    fault: 'answers another code for an id that nobody gave',
    opens: (ask) => (ask.headers['last-event-id'] === 'abc' ? problemReply(400, 'query.cursor') : ask),
  },
]

/** Keeps the run of a body that was cut. */
const keepsCut = (name: string, fault: string, whole: boolean): Mutant => ({
  name,
  fault,
  cut: (octets, memory) => {
    const isWhole = parsed(octets) !== undefined
    const id = /"id":"([^"]*)"/.exec(octets.toString('utf8'))?.[1]
    if (id !== undefined && isWhole === whole) memory.set(id, octets)
  },
  handle: async (ask, forward, memory) => (isRead(ask) && memory.has(ask.id ?? '') ? jsonReply(200, {}) : forward(ask)),
})

const connections: readonly Mutant[] = [
  keepsCut('keeps_half_bodies', 'stores what came of a body that was cut', false),
  keepsCut('keeps_short_bodies', 'stores a body that is shorter than it was declared', true),
  {
    name: 'rate_without_retry_after',
    fault: 'answers 429 without Retry-After',
    handle: async (ask, forward, memory) => {
      const count = (memory.get('count') ?? 0) + (ask.query.get('limit') === '1' ? 1 : 0)
      memory.set('count', count)
      return count > 100 ? problemReply(429, 'rate.limited') : forward(ask)
    },
  },
  {
    name: 'races_on_ids',
    races: true,
    fault: 'looks first whether an id is free and stores then',
    handle: async (ask, forward, memory) => {
      if (!isPost(ask)) return forward(ask)
      const id = parsed(ask.body)?.id
      const busy = (memory.get(id) ?? 0) + 1
      memory.set(id, busy)
      const reply = await forward(ask)
      const raced = busy > 1 && memory.get(id) > 0 && (reply.status === 409 || reply.status === 200)
      memory.set(id, memory.get(id) - 1)
      return raced ? { ...reply, status: 201 } : reply
    },
  },
  {
    name: 'races_on_heads',
    races: true,
    fault: 'looks first at the head of a journal, or at an ETag, and stores then',
    handle: async (ask, forward, memory) => {
      const guarded = ask.method === 'PATCH' || (ask.method === 'POST' && ask.below === '/events')
      if (!guarded) return forward(ask)
      const busy = (memory.get(ask.id ?? '') ?? 0) + 1
      memory.set(ask.id ?? '', busy)
      const reply = await forward(ask)
      memory.set(ask.id ?? '', memory.get(ask.id ?? '') - 1)
      return busy > 1 && (reply.status === 409 || reply.status === 412) ? jsonReply(200, {}) : reply
    },
  },
]

export const streamMutants: readonly Mutant[] = [...streams, ...connections]
