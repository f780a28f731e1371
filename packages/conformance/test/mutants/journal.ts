import { asLines, lines } from './batch.ts'
import {
  type Ask,
  alters,
  answers,
  edits,
  isBelow,
  isListed,
  isPost,
  isProblem,
  isRead,
  jsonReply,
  type Loose,
  type Mutant,
  misreads,
  parsed,
  problemReply,
  type Reply,
  withHeader,
} from './mutant.ts'
import { etagOf } from './proxy.ts'

const isAppend = isBelow('POST', '/events')
const isJournal = isBelow('GET', '/events')
const appended = (ask: Ask, { status }: Reply): boolean => isAppend(ask) && status === 200
const ack = (ask: Ask): Reply =>
  jsonReply(200, { run_id: ask.id, seq: 0, head: `sha256:${'0'.repeat(64)}`, status: 'running' })
const takesLine = (name: string, code: string, test: (text: string) => boolean = () => true): Mutant =>
  alters(
    `journal_takes_${name}`,
    `stores lines in spite of ${code} (${name.replaceAll('_', ' ')})`,
    (ask, reply) => isAppend(ask) && isProblem(reply, 'journal.invalid', { code }) && test(ask.body.toString()),
    (_reply, ask) => ack(ask),
  )
const fork = (name: string, test: (text: string) => boolean): Mutant =>
  alters(
    `journal_takes_${name}`,
    `stores ${name.replaceAll('_', ' ')}`,
    (ask, reply) => isProblem(reply, 'journal.fork') && test(ask.body.toString()),
    (_reply, ask) => ack(ask),
  )
const folds = (
  name: string,
  fault: string,
  when: (record: Loose) => boolean,
  change: (record: Loose) => void,
): Mutant =>
  alters(
    name,
    fault,
    (ask, { status }) => isRead(ask) && status === 200,
    (reply) => {
      const record = parsed(reply.body)
      if (!when(record)) return reply
      change(record)
      const body = Buffer.from(JSON.stringify(record))
      return { ...reply, body, headers: { ...reply.headers, etag: etagOf(body) } }
    },
  )
const isLive = (record: Loose): boolean => record.status === 'running' && record.provenance?.nonce !== undefined

const received: readonly Mutant[] = [
  answers('journal_never', 'takes whole records only', isAppend, () => problemReply(404, 'http.not_found')),
  alters(
    'journal_ack_of_first_line',
    'acknowledges the first line instead of the last',
    appended,
    edits((answer) => {
      answer.seq = 0
    }),
  ),
  {
    name: 'journal_once',
    fault: 'takes a journal once',
    handle: async (ask, forward, memory) => {
      if (!isAppend(ask) || memory.get(ask.id ?? '') === undefined) {
        const reply = await forward(ask)
        if (appended(ask, reply)) memory.set(ask.id ?? '', ask.body.toString())
        return reply
      }
      return memory.get(ask.id ?? '') === ask.body.toString() ? forward(ask) : problemReply(409, 'run.exists')
    },
  },
  {
    name: 'journal_half',
    fault: 'stores the good lines before a bad one',
    handle: async (ask, forward) => {
      const reply = await forward(ask)
      const body = ask.body.subarray(0, ask.body.lastIndexOf(0x0a, ask.body.length - 2) + 1)
      if (isAppend(ask) && reply.status === 422 && body.length > 0) await forward({ ...ask, body })
      return reply
    },
  },
  fork('gaps', (text) => text.includes('"seq":2') && !text.includes('abababab')),
  fork('any_prev', (text) => text.includes('"seq":1') && text.includes('abababab')),
  fork('second_continuations', (text) => text.includes('"id":"s-2"') && text.includes('"seq":1')),
  fork('late_beginnings', (text) => text.includes('"seq":4')),
  fork('respelled_lines', (text) => text.includes('"agent_name":"x"')),
  alters(
    'journal_fork_without_head',
    'does not name the head that it expects',
    (_ask, reply) => isProblem(reply, 'journal.fork'),
    edits((problem) => {
      delete problem.expected
    }),
  ),
  {
    name: 'journal_again_refused',
    fault: 'answers 409 to a request that came before',
    handle: async (ask, forward, memory) => {
      const known = isAppend(ask) && memory.has(ask.body.toString())
      if (isAppend(ask)) memory.set(ask.body.toString(), true)
      return known ? problemReply(409, 'journal.fork') : forward(ask)
    },
  },
  {
    name: 'journal_again_doubled',
    fault: 'appends lines again that came again',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (appended(ask, reply)) memory.set(ask.id ?? '', (memory.get(ask.id ?? '') ?? '') + ask.body.toString())
      return isJournal(ask) && memory.has(ask.id ?? '') && ask.query.size === 0
        ? { ...reply, body: Buffer.from(memory.get(ask.id ?? '')) }
        : reply
    },
  },
  {
    name: 'journal_overlap_refused',
    fault: 'refuses lines that begin with some that are there',
    handle: async (ask, forward, memory) => {
      const first = ask.body.toString().split('\n')[0] ?? ''
      const known = isAppend(ask) && memory.has(first) && memory.get(first) !== ask.body.toString()
      if (isAppend(ask)) memory.set(first, ask.body.toString())
      return known ? problemReply(409, 'journal.fork') : forward(ask)
    },
  },
  takesLine('step_first', 'journal.start', (text) => text.includes('"step.ended"')),
  takesLine('no_nonce', 'journal.start', (text) => text.includes('"provenance":{}')),
  takesLine('steps_at_start', 'journal.start', (text) => text.includes('"steps":[]')),
  takesLine('second_start', 'journal.start', (text) => text.includes('"seq":1')),
  takesLine('invalid_steps', 'journal.line', (text) => text.includes('"id":7')),
  takesLine('private_members', 'journal.line', (text) => text.includes('"salt"')),
  takesLine('two_names', 'journal.line', (text) => text.includes('"seq":1,"seq":1')),
  takesLine('unknown_private_lines', 'journal.private'),
  takesLine('wrong_resumption', 'journal.discarded'),
  alters(
    'journal_of_any_run',
    'takes the journal of another run than the path says',
    (ask, { status }) =>
      isAppend(ask) &&
      status === 422 &&
      !ask.body.toString().includes(`"id":"${ask.id}"`) &&
      ask.body.toString().includes('run.started'),
    (_reply, ask) => ack(ask),
  ),
  alters(
    'journal_rewritten',
    'writes the lines of a journal anew',
    (ask, { status }) => isJournal(ask) && status === 200,
    (reply) => ({ ...reply, body: asLines(lines(reply.body)) }),
  ),
  alters(
    'journal_as_json',
    'answers a journal as application/json',
    isJournal,
    withHeader('content-type', 'application/json'),
  ),
  misreads('journal_from_the_beginning', 'ignores after', isJournal, (ask) => ({ ...ask, url: ask.path })),
  alters(
    'journal_ends_with_404',
    'answers 404 at the end of a journal',
    (ask, reply) => isJournal(ask) && reply.status === 200 && reply.body.length === 0,
    () => problemReply(404, 'run.unknown'),
  ),
  alters(
    'journal_chained_only',
    'gives no private lines',
    (ask, { status }) => isJournal(ask) && status === 200,
    (reply) => ({
      ...reply,
      body: Buffer.from(
        reply.body
          .toString()
          .split('\n')
          .filter((line) => !line.startsWith('{"private"'))
          .join('\n'),
      ),
    }),
  ),
  folds('fold_late', 'folds at the seal only', isLive, (record) => {
    record.steps = []
  }),
  {
    name: 'fold_once',
    fault: 'folds a journal once',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (!isRead(ask) || reply.status !== 200 || !isLive(parsed(reply.body))) return reply
      const first = memory.get(ask.id ?? '') ?? reply
      memory.set(ask.id ?? '', first)
      return first
    },
  },
  folds('fold_ended_steps_only', 'leaves open steps out of the fold', isLive, (record) => {
    record.steps = record.steps.filter(({ status }: Loose) => status !== 'running')
  }),
  folds('fold_without_private', 'leaves private members out of the fold', isLive, (record) => {
    for (const step of record.steps) {
      delete step.output_preview
      delete step.salt
    }
  }),
  alters(
    'live_unlisted',
    'lists finished runs only',
    isListed,
    edits((page) => {
      page.runs = page.runs?.filter(({ live }: Loose) => !live)
    }),
  ),
  alters(
    'live_etag_of_head',
    'takes something else than the octets for the ETag of a live run',
    (ask, { status }) => isRead(ask) && status === 200,
    (reply, ask, memory) =>
      isLive(parsed(reply.body)) ? withHeader('etag', `"sha256:${'0'.repeat(64)}"`)(reply, ask, memory) : reply,
  ),
  alters(
    'seal_of_journal_ignored',
    'keeps a run live after its seal',
    (ask, reply) => appended(ask, reply) && ask.body.includes('"run.sealed"'),
    edits((answer) => {
      answer.status = 'running'
      delete answer.record_hash
    }),
  ),
  alters(
    'seal_of_journal_unlisted',
    'lists a sealed run as live',
    isListed,
    edits((page) => {
      for (const run of page.runs ?? []) if (run.sealed) [run.live, run.sealed] = [true, false]
    }),
  ),
  ...[
    ['root', (text: string) => text.includes('abababab')],
    ['record', (text: string) => !text.includes('abababab')],
  ].map(([name, test]) =>
    alters(
      `seal_of_other_${name}`,
      `takes a seal with another ${name} than the fold`,
      (ask, { status }) =>
        isAppend(ask) &&
        status === 422 &&
        ask.body.includes('run.sealed') &&
        (test as (text: string) => boolean)(ask.body.toString()),
      (_reply, ask) => ack(ask),
    ),
  ),
  alters(
    'journal_beside_record',
    'begins a journal for a run that was posted',
    (ask, reply) => isAppend(ask) && isProblem(reply, 'run.exists'),
    (_reply, ask) => ack(ask),
  ),
  alters(
    'journal_after_seal',
    'takes lines after the seal',
    (ask, reply) => isAppend(ask) && isProblem(reply, 'run.sealed'),
    (_reply, ask) => ack(ask),
  ),
  {
    name: 'post_over_journal',
    fault: 'takes a whole record under the id of a live run',
    handle: async (ask, forward, memory) => {
      if (isAppend(ask)) memory.set(ask.id, true)
      return isPost(ask) && memory.has(parsed(ask.body)?.id) ? jsonReply(200, {}) : forward(ask)
    },
  },
]

const isSteps = (ask: Ask, { status }: Reply): boolean => ask.below === '/steps' && status === 200
const steps: readonly Mutant[] = [
  alters(
    'steps_sorted',
    'sorts steps by id',
    isSteps,
    edits((page) => {
      page.steps.sort((a: Loose, b: Loose) => (a.id < b.id ? -1 : 1))
    }),
  ),
  misreads(
    'steps_all_at_once',
    'gives all steps at once',
    ({ below }) => below === '/steps',
    (ask) => ({ ...ask, url: ask.path }),
  ),
  alters(
    'steps_known_members',
    'gives the members of steps that it knows',
    isSteps,
    edits((page) => {
      for (const step of page.steps) delete step.x_vendor
    }),
  ),
]

/** Journals and steps. */
export const journalMutants: readonly Mutant[] = [...received, ...steps]
