import {
  type Ask,
  acceptedReply,
  alters,
  answers,
  edits,
  isBelow,
  isListed,
  isPatch,
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

const patched = (ask: Ask, { status }: Reply): boolean => isPatch(ask) && status === 200
const withJson = (ask: Ask, change: (value: Loose) => Loose): Ask => {
  const value = parsed(ask.body)
  return { ...ask, body: Buffer.from(JSON.stringify(change(value) ?? value)) }
}
const patches = (
  name: string,
  fault: string,
  change: (patch: Loose) => Loose,
  when: (patch: Loose) => boolean = () => true,
): Mutant =>
  misreads(
    name,
    fault,
    (ask) => isPatch(ask) && typeof parsed(ask.body) === 'object' && when(parsed(ask.body)),
    (ask) => withJson(ask, change),
  )

/** Shows, after a patch or an eval, another record than the one that should be there. */
const shows = (
  name: string,
  fault: string,
  when: (ask: Ask) => boolean,
  change: (record: Loose, request: Loose, before: Loose) => void,
): Mutant => ({
  name,
  fault,
  handle: async (ask, forward, memory) => {
    const id = ask.id ?? ''
    const read = (): Promise<Reply> =>
      forward({
        ...ask,
        method: 'GET',
        url: `/api/v1/runs/${encodeURIComponent(id)}`,
        body: Buffer.alloc(0),
        headers: { 'x-api-key': ask.headers['x-api-key'] ?? '' },
      })
    const before = when(ask) ? parsed((await read()).body) : undefined
    const reply = await forward(ask)
    if (when(ask) && reply.status === 200) memory.set(id, { request: parsed(ask.body), before })
    const known = memory.get(id)
    if (known === undefined || reply.status !== 200 || !(isRead(ask) || isPatch(ask))) return reply
    const record = parsed(reply.body)
    change(record, known.request, known.before)
    const body = Buffer.from(JSON.stringify(record))
    return { ...reply, body, headers: { ...reply.headers, etag: etagOf(body) } }
  },
})

const patching: readonly Mutant[] = [
  answers(
    'patch_ignored',
    'answers 200 to a patch and changes nothing',
    (ask) => isPatch(ask) && ask.headers['if-match'] !== undefined,
    () => jsonReply(200, {}),
  ),
  shows('patch_replaces_cost', 'replaces the cost by that of the patch', isPatch, (record, request) => {
    if (request.cost) record.cost = { input_tokens: 0, output_tokens: 0, ...request.cost }
  }),
  shows('patch_replaces_objects', 'replaces objects', isPatch, (record, request) => {
    if (request.metadata) record.metadata = request.metadata
  }),
  shows('patch_keeps_null', 'writes null where a member was to go', isPatch, (record, request) => {
    if (request.agent_name === null) record.agent_name = null
  }),
  shows('patch_appends_lists', 'appends to lists', isPatch, (record, request, before) => {
    if (request.tags && before.tags) record.tags = [...before.tags, ...request.tags]
  }),
  patches(
    'patch_known_members',
    'knows a list of members that can be patched',
    ({ x_vendor: _gone, ...rest }) => rest,
    (patch) => patch?.x_vendor !== undefined,
  ),
  patches(
    'patch_keeps_steps',
    'keeps the steps',
    ({ steps: _gone, ...rest }) => rest,
    (patch) => Array.isArray(patch?.steps),
  ),
  shows('patch_keeps_run_hash', 'keeps the run_hash of the old configuration', isPatch, (record, _request, before) => {
    record.provenance.run_hash = before.provenance.run_hash
  }),
  shows('patch_believes_run_hash', 'believes the run_hash of a patch', isPatch, (record, request) => {
    if (request.provenance?.run_hash) record.provenance.run_hash = request.provenance.run_hash
  }),
  alters('patch_old_etag', 'answers a patch with the old ETag', patched, (reply, ask, memory) =>
    withHeader('etag', ask.headers['if-match'] ?? '')(reply, ask, memory),
  ),
  {
    name: 'patch_unindexed',
    fault: 'keeps summary and index of the first reception',
    handle: async (ask, forward, memory) => {
      if (isPatch(ask)) memory.set('patched', true)
      const reply = await forward(ask)
      return isListed(ask, reply) && memory.has('patched')
        ? edits((page) => {
            for (const run of page.runs) run.status = 'running'
            if (ask.query.get('status') === 'failed') page.runs = []
          })(reply, ask, memory)
        : reply
    },
  },
  alters(
    'patch_makes_runs',
    'answers 412 for an unknown run',
    (ask, reply) => isPatch(ask) && isProblem(reply, 'run.unknown'),
    () => problemReply(412, 'precondition.failed'),
  ),
]

/** Patches without asking for the right ETag. */
const overrides = (name: string, fault: string, code: string, shown: 'answers' | 'hides'): Mutant => ({
  name,
  fault,
  handle: async (ask, forward) => {
    const reply = await forward(ask)
    if (!isPatch(ask) || !isProblem(reply, code)) return reply
    const current = await forward({ ...ask, method: 'GET', body: Buffer.alloc(0) })
    if (current.headers.etag === undefined) return reply
    const done = await forward({ ...ask, headers: { ...ask.headers, 'if-match': current.headers.etag } })
    return shown === 'answers' ? done : reply
  },
})

const preconditions: readonly Mutant[] = [
  overrides('last_writer_wins', 'patches without If-Match', 'precondition.required', 'answers'),
  overrides('patches_and_says_428', 'answers 428 and patches', 'precondition.required', 'hides'),
  overrides('etag_not_compared', 'patches with any ETag', 'precondition.failed', 'answers'),
  alters(
    'sealed_patched',
    'answers 200 to a patch of a sealed run',
    (_ask, reply) => isProblem(reply, 'run.sealed'),
    () => jsonReply(200, {}),
  ),
  {
    name: 'sealed_patched_anyway',
    fault: 'patches a sealed run and answers 409',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      if (isPatch(ask) && isProblem(reply, 'run.sealed')) memory.set(ask.id ?? '', parsed(ask.body))
      const change = isRead(ask) ? memory.get(ask.id ?? '') : undefined
      return change === undefined ? reply : edits((record) => Object.assign(record, change))(reply, ask, memory)
    },
  },
  alters(
    'journal_fed_patched',
    'answers 200 to a patch of a run that a journal feeds',
    (_ask, reply) => isProblem(reply, 'run.journal_fed'),
    () => jsonReply(200, {}),
  ),
]

const to = (ask: Ask): string => String(parsed(ask.body)?.status)
const transitions: readonly Mutant[] = [
  ...['running', 'completed', 'failed', 'paused', 'pending'].map((status) =>
    alters(
      `transition_to_${status}`,
      `lets every status become ${status}`,
      (ask, reply) => isProblem(reply, 'run.transition') && to(ask) === status,
      (_reply, ask) => jsonReply(200, { status: to(ask) }),
    ),
  ),
  ...['running', 'cancelled', 'paused', 'completed', 'timeout', 'failed'].map((status) =>
    alters(
      `no_transition_to_${status}`,
      `lets no status become ${status}`,
      (ask) => isPatch(ask) && to(ask) === status,
      () => problemReply(409, 'run.transition'),
    ),
  ),
]

const takes = (name: string, what: string, test: (patch: Loose) => boolean): Mutant =>
  alters(
    `patch_takes_${name}`,
    `answers 200 to ${what}`,
    (ask, { status }) => isPatch(ask) && status === 422 && test(parsed(ask.body)),
    () => jsonReply(200, {}),
  )
const invalid: readonly Mutant[] = [
  takes('negative_cost', 'a patch to a negative cost', (patch) => patch?.cost?.cost_usd < 0),
  takes('any_status', 'a patch to a status that is not in the list', (patch) => patch?.status === 'done'),
  takes('impossible_time', 'a patch to an impossible time', (patch) => patch?.ended_at === '2026-02-30T00:00:00Z'),
  takes(
    'no_end',
    'a patch to completed without ended_at',
    (patch) => patch?.status === 'completed' && patch.ended_at === undefined,
  ),
  takes('no_steps', 'a patch that takes the steps', (patch) => patch?.steps === null),
  takes('text', 'a patch that is a text', (patch) => typeof patch === 'string'),
  takes('array', 'a patch that is a list', (patch) => Array.isArray(patch)),
  takes('other_id', 'a patch of the id', (patch) => typeof patch?.id === 'string'),
  takes('no_id', 'a patch that takes the id', (patch) => patch?.id === null),
  takes('no_version', 'a patch that takes spec_version', (patch) => patch?.spec_version === null),
  takes('seal', 'a patch that adds a seal', (patch) => patch?.provenance?.record_hash !== undefined),
  takes('signature', 'a patch that adds a signature', (patch) => patch?.provenance?.signature !== undefined),
]

const isPut = isBelow('PUT', '/eval')
const evals: readonly Mutant[] = [
  answers(
    'eval_forgotten',
    'answers 200 to an eval and keeps it nowhere',
    (ask) => isPut(ask) && parsed(ask.body)?.score === 87.5,
    (ask) => acceptedReply(ask, 200),
  ),
  shows('eval_changes_record', 'drops the seal when an eval is attached', isPut, (record) => {
    delete record.provenance.record_hash
  }),
  alters(
    'eval_without_history',
    'keeps the last eval only',
    isBelow('GET', '/evals'),
    edits((page) => {
      page.evals = page.evals?.slice(-1)
    }),
  ),
  alters(
    'eval_newest_first',
    'gives the last eval first',
    isBelow('GET', '/evals'),
    edits((page) => {
      page.evals?.reverse()
    }),
  ),
  {
    name: 'eval_first_stays',
    fault: 'keeps the first eval in the record and in the list',
    handle: async (ask, forward, memory) => {
      const id = ask.id ?? ''
      const reply = await forward(ask)
      if (isPut(ask) && reply.status === 200 && !memory.has(id)) memory.set(id, parsed(ask.body))
      if (isRead(ask) && memory.has(id))
        return edits((record) => {
          record.eval = memory.get(id)
        })(reply, ask, memory)
      return isListed(ask, reply)
        ? edits((page) => {
            for (const run of page.runs)
              if (run.eval && memory.has(run.id))
                run.eval = { pass: memory.get(run.id).pass, score: memory.get(run.id).score }
          })(reply, ask, memory)
        : reply
    },
  },
  shows('eval_known_members', 'keeps the members of an eval that it knows', isPut, (record) => {
    delete record.eval?.x_vendor
    delete record.eval?.expected_outcome
  }),
  answers(
    'eval_of_sealed_refused',
    'refuses evals of sealed runs',
    (ask) => isPut(ask) && parsed(ask.body)?.record_hash === undefined && parsed(ask.body)?.evaluator === 'judge',
    () => problemReply(409, 'run.sealed'),
  ),
  alters(
    'eval_without_receipt',
    'answers an eval with itself',
    (ask, { status }) => isPut(ask) && status === 200,
    (reply, ask) => ({ ...reply, body: ask.body }),
  ),
  alters(
    'eval_old_etag',
    'answers an eval with the ETag before it',
    (ask, { status }) => isPut(ask) && status === 200,
    edits((receipt) => {
      receipt.etag = `sha256:${'0'.repeat(64)}`
    }),
  ),
  alters(
    'eval_of_unknown_kept',
    'answers 200 to an eval of an unknown run',
    (ask, reply) => isPut(ask) && isProblem(reply, 'run.unknown'),
    () => jsonReply(200, {}),
  ),
  ...(
    [
      ['score_9000', (value) => value?.score === 9000],
      ['score_negative', (value) => value?.score < 0],
      ['pass_as_text', (value) => typeof value?.pass === 'string'],
      ['no_pass', (value) => !Array.isArray(value) && value?.pass === undefined],
      ['array', (value) => Array.isArray(value)],
      ['other_run', (value) => value?.run_id !== undefined],
      ['other_document_hash', (value) => value?.document_hash !== undefined],
      ['other_record_hash', (value) => value?.record_hash !== undefined],
    ] as [string, (value: Loose) => boolean][]
  ).map(([name, test]) =>
    alters(
      `eval_takes_${name}`,
      `attaches an eval with ${name.replaceAll('_', ' ')}`,
      (ask, { status }) => isPut(ask) && status === 422 && test(parsed(ask.body)),
      (_reply, ask) => acceptedReply(ask, 200),
    ),
  ),
  answers(
    'eval_never_of_this_run',
    'refuses every eval that names a run',
    (ask) => isPut(ask) && parsed(ask.body)?.run_id !== undefined,
    () => problemReply(422, 'eval.other_run'),
  ),
  answers(
    'eval_never_of_this_record',
    'refuses every eval that names a record_hash',
    (ask) => isPut(ask) && parsed(ask.body)?.record_hash !== undefined,
    () => problemReply(422, 'eval.other_run'),
  ),
  alters(
    'etag_before_eval',
    'keeps the ETag of the record without its eval',
    (ask, { status }) => isRead(ask) && status === 200,
    (reply) => {
      const { eval: judged, ...rest } = parsed(reply.body)
      return judged === undefined
        ? reply
        : { ...reply, headers: { ...reply.headers, etag: etagOf(Buffer.from(JSON.stringify(rest))) } }
    },
  ),
]

const isProvenance = isBelow('GET', '/provenance')
const provenance: readonly Mutant[] = [
  alters(
    'provenance_known_members',
    'answers the members of a provenance that it knows',
    isProvenance,
    edits((answer) => {
      delete answer.provenance?.x_vendor
    }),
  ),
  alters(
    'provenance_without_seal',
    'leaves the seal out of a provenance',
    isProvenance,
    edits((answer) => {
      delete answer.provenance?.record_hash
    }),
  ),
  alters(
    'provenance_without_statements',
    'forgets statements',
    isProvenance,
    edits((answer) => {
      if (answer.statements) answer.statements = []
    }),
  ),
  alters(
    'provenance_bare',
    'answers the provenance without anything around it',
    isProvenance,
    edits((answer) => answer.provenance),
  ),
]

export const changingMutants: readonly Mutant[] = [
  ...patching,
  ...preconditions,
  ...transitions,
  ...invalid,
  ...evals,
  ...provenance,
]
