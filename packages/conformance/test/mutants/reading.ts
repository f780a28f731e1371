import { recordOf } from './bodies.ts'
import {
  type Ask,
  alters,
  answers,
  edits,
  isPost,
  isProblem,
  isRead,
  jsonReply,
  type Loose,
  type Mutant,
  parsed,
  withHeader,
} from './mutant.ts'
import { etagOf } from './proxy.ts'

const isSealed = (record: Loose): boolean => typeof record?.provenance?.record_hash === 'string'
/** Answers a record changed, with the ETag of what it answers. */
const distorts = (name: string, fault: string, change: (record: Loose) => void): Mutant =>
  alters(
    name,
    fault,
    (ask, { status }) => isRead(ask) && status === 200,
    (reply) => {
      const record = parsed(reply.body)
      change(record)
      const body = Buffer.from(JSON.stringify(record))
      return { ...reply, body, headers: { ...reply.headers, etag: etagOf(body) } }
    },
  )

const eachStep =
  (change: (step: Loose) => void) =>
  (record: Loose): void => {
    for (const step of record.steps ?? []) change(step)
  }
/** Applies a change to every value of a record, from the leaves up. */
const deep = (change: (value: Loose) => Loose) => {
  const walk = (value: Loose): Loose => {
    if (Array.isArray(value)) return change(value.map(walk))
    if (typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) {
        const next = walk(value[name])
        if (next === undefined) delete value[name]
        else if (next !== value[name]) value[name] = next
      }
      return change(value)
    }
    return change(value)
  }
  return (record: Loose): void => void walk(record)
}
const text = (change: (value: string) => string) => deep((value) => (typeof value === 'string' ? change(value) : value))

const losses: readonly Mutant[] = [
  distorts('drops_unknown_members', 'keeps the members of a run that it knows', (record) => {
    delete record.x_vendor
    delete record.zzz
  }),
  distorts(
    'drops_unknown_members_of_steps',
    'keeps the members of steps that it knows',
    eachStep((step) => delete step.x_vendor),
  ),
  distorts(
    'drops_unknown_members_of_cost',
    'keeps the members of the cost that it knows',
    ({ cost }) => delete cost?.x_vendor_credits,
  ),
  distorts('drops_metadata_of_parts', 'keeps the metadata of the run only', ({ cost, provenance, eval: judged }) => {
    for (const part of [cost, provenance, judged]) delete part?.metadata
  }),
  distorts('drops_total_tokens', 'has no column for total_tokens', ({ cost }) => delete cost?.total_tokens),
  distorts('drops_members_of_eval', 'has no column for what was expected', ({ eval: judged }) => {
    for (const name of ['expected_outcome', 'actual_outcome', 'regression_from']) delete judged?.[name]
  }),
  distorts('adds_nulls', 'adds null for every member that is absent', (record) => {
    for (const name of ['agent_name', 'task_id', 'model', 'outcome', 'error']) record[name] ??= null
  }),
  distorts('drops_nulls', 'drops nulls', (record) => {
    for (const [name, value] of Object.entries(record)) if (value === null && !/_at$/.test(name)) delete record[name]
  }),
  distorts('drops_empty', 'takes empty for absent', (record) => {
    for (const name of ['tags', 'tools_available', 'metadata'])
      if (Object.keys(record[name] ?? { a: 1 }).length === 0) delete record[name]
    if (record.agent_name === '') delete record.agent_name
  }),
  distorts(
    'stores_floats',
    'stores numbers with 24 bits',
    deep((value) => (Number.isSafeInteger(value) && Math.abs(value) > 2 ** 50 ? Math.fround(value) : value)),
  ),
  distorts(
    'stores_decimals',
    'stores fractions with six places',
    deep((value) => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(6)) : value)),
  ),
  distorts(
    'guesses_types',
    'takes a text for the number that it looks like',
    text((value) => (/^[0-9.]+$/.test(value) ? (Number(value) as Loose) : value)),
  ),
  distorts(
    'cuts_at_zero',
    'cuts text at U+0000',
    text((value) => value.split('\u0000')[0]!),
  ),
  distorts(
    'normalises',
    'normalises text',
    text((value) => value.normalize('NFC').replaceAll('\ufeff', '')),
  ),
  distorts('drops_unusual_names', 'drops members of unusual names', ({ metadata }) => {
    for (const name of Object.keys(metadata ?? {})) if (/^$|[.$/]/.test(name)) delete metadata[name]
  }),
  distorts('drops_proto', 'loses __proto__', ({ metadata }) => {
    if (metadata !== undefined) Reflect.deleteProperty(metadata, '__proto__')
  }),
  distorts(
    'cuts_long_text',
    'cuts text at 4,000 characters',
    text((value) => value.slice(0, 4000)),
  ),
  distorts('sorts_lists', 'sorts lists', (record) => {
    record.tags?.sort()
    record.steps?.sort((a: Loose, b: Loose) => (a.id < b.id ? -1 : 1))
  }),
  distorts('writes_tenant', 'writes its tenant into the record', (record) => {
    if (record.workspace_id) record.workspace_id = 'a'
  }),
  distorts(
    'rewrites_times',
    'rewrites times in UTC with milliseconds',
    text((value) => (/^\d{4}-\d\d-\d\dT\S+[Z0-9]$/.test(value) ? new Date(value).toISOString() : value)),
  ),
  distorts(
    'drops_false',
    'takes false and 0 for absent',
    deep((value) => (value === false ? undefined : value)),
  ),
  distorts('adds_to_sealed', 'adds something of its own to a sealed record', (record) => {
    if (isSealed(record)) record.provenance.received_at = '2026-11-21T00:00:00Z'
  }),
  {
    name: 'counts_readings',
    fault: 'counts in the record how often it was read',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (!isRead(ask) || reply.status !== 200) return reply
      const count = (memory.get(ask.id ?? '') ?? 0) + 1
      memory.set(ask.id ?? '', count)
      return count === 1
        ? reply
        : edits((record) => {
            record.reads = count
          })(reply, ask, memory)
    },
  },
]

const reading: readonly Mutant[] = [
  alters(
    'record_as_html',
    'answers a record as text/html to browsers',
    (ask, { status }) => isRead(ask) && status === 200 && ask.headers.accept?.includes('html') === true,
    withHeader('content-type', 'text/html'),
  ),
  alters(
    'unknown_is_null',
    'answers 200 with null for an unknown run',
    (ask, reply) => isRead(ask) && isProblem(reply, 'run.unknown'),
    () => jsonReply(200, null),
  ),
  ...['steps', 'provenance', 'evals', 'events'].map((part) =>
    alters(
      `unknown_${part}_empty`,
      `answers 200 for ${part} of an unknown run`,
      (ask, reply) => ask.method === 'GET' && ask.below === `/${part}` && isProblem(reply, 'run.unknown'),
      () => jsonReply(200, { [part]: [] }),
    ),
  ),
  {
    name: 'finds_by_prefix',
    fault: 'finds a run by the beginning of its id',
    handle: async (ask, forward, memory) => {
      if (isPost(ask)) memory.set(recordOf(ask)?.id, true)
      const found = isRead(ask) ? [...memory.keys()].find((id) => String(id).startsWith(ask.id ?? ' ')) : undefined
      return forward(found === undefined ? ask : { ...ask, url: `/api/v1/runs/${encodeURIComponent(found)}` })
    },
  },
  {
    name: 'finds_by_any_case',
    fault: 'finds a run by its id in other cases',
    handle: async (ask, forward, memory) => {
      if (isPost(ask)) memory.set(String(recordOf(ask)?.id).toLowerCase(), recordOf(ask)?.id)
      const found = isRead(ask) ? memory.get((ask.id ?? '').toLowerCase()) : undefined
      return forward(found === undefined ? ask : { ...ask, url: `/api/v1/runs/${encodeURIComponent(found)}` })
    },
  },
  alters(
    'etag_of_record_hash',
    'takes the record_hash of sealed records for the ETag',
    (ask, { status }) => isRead(ask) && status === 200,
    (reply, ask, memory) => {
      const hash = parsed(reply.body)?.provenance?.record_hash
      return hash === undefined ? reply : withHeader('etag', `"${hash}"`)(reply, ask, memory)
    },
  ),
  alters(
    'etag_weak',
    'takes a weak ETag of the length',
    (ask, { status }) => isRead(ask) && status === 200,
    (reply, ask, memory) => withHeader('etag', `W/"${reply.body.length}"`)(reply, ask, memory),
  ),
  {
    name: 'etag_never_compared',
    fault: 'never answers 304',
    handle: (ask, forward) => forward(withoutCondition(ask)),
  },
  {
    name: 'etag_compared_as_text',
    fault: 'compares If-None-Match as a text',
    handle: (ask, forward) => forward(ask.headers['if-none-match']?.includes(',') ? withoutCondition(ask) : ask),
  },
  answers(
    'etag_always_matches',
    'answers 304 to any If-None-Match',
    (ask) => isRead(ask) && ask.headers['if-none-match'] !== undefined,
    () => ({ status: 304, headers: { 'x-agent-run-protocol': '1.0.0' }, body: Buffer.alloc(0) }),
  ),
  alters(
    'etag_with_body',
    'answers 304 as 200 with a body',
    (_ask, { status }) => status === 304,
    () => jsonReply(200, {}),
  ),
]

const withoutCondition = (ask: Ask): Ask => {
  const { 'if-none-match': condition, ...headers } = ask.headers
  return condition === undefined ? ask : { ...ask, headers }
}

/** What is answered to readers. */
export const readingMutants: readonly Mutant[] = [...losses, ...reading]
