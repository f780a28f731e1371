import {
  type Ask,
  alters,
  edits,
  isList,
  isListed,
  isPost,
  isProblem,
  jsonReply,
  type Loose,
  type Memory,
  type Mutant,
  parsed,
  problemReply,
  type Reply,
} from './mutant.ts'

/** Answers a question with other runs: those whose posted record passes a test of its own. */
const selects = (
  name: string,
  fault: string,
  when: (ask: Ask) => boolean,
  test: (record: Loose, ask: Ask) => boolean,
): Mutant => ({
  name,
  fault,
  handle: async (ask, forward, memory) => {
    const reply = await forward(ask)
    if (isPost(ask) && reply.status === 201) memory.set(parsed(ask.body).id, parsed(ask.body))
    if (!isList(ask) || reply.status !== 200 || !when(ask)) return reply
    const agent = ask.query.get('agent_id')
    const ids = [...memory.values()]
      .filter((record) => record.agent_id === agent && test(record, ask))
      .map(({ id }) => id)
    return jsonReply(200, { ...parsed(reply.body), runs: ids.map((id) => ({ id })) })
  },
})
const asks =
  (parameter: string, value?: string) =>
  (ask: Ask): boolean =>
    ask.query.has(parameter) && (value === undefined || ask.query.get(parameter) === value)
const effects = (record: Loose, ran: (step: Loose) => boolean = () => true): Loose[] =>
  record.steps.filter(ran).flatMap((step: Loose) => step.side_effects ?? [])
const ran = ({ status }: Loose): boolean => !['denied', 'skipped', 'pending', 'cancelled'].includes(status)
const succeeded = ({ status }: Loose): boolean => status === 'succeeded'
const wroteFile = ({ kind, target_kind }: Loose): boolean =>
  ['write', 'delete'].includes(kind) && target_kind === 'file'

const questions: readonly Mutant[] = [
  selects('writes_of_any_target', 'takes every write for one of a file', asks('side_effect', 'write'), (record) =>
    effects(record, ran).some(({ kind }) => ['write', 'delete'].includes(kind)),
  ),
  selects('writes_without_deletes', 'does not count deleting', asks('side_effect', 'write'), (record) =>
    effects(record, ran).some((effect) => effect.kind === 'write' && wroteFile(effect)),
  ),
  selects('writes_of_denied_steps', 'counts what was only asked for', asks('side_effect', 'write'), (record) =>
    effects(record).some(wroteFile),
  ),
  selects('writes_of_successful_steps', 'counts steps that succeeded', asks('side_effect', 'write'), (record) =>
    effects(record, succeeded).some(wroteFile),
  ),
  alters(
    'executed_uncounted',
    'does not say how many executed',
    (ask, reply) => isListed(ask, reply) && asks('side_effect', 'write')(ask),
    edits((page) => {
      delete page.also_executed
    }),
  ),
  selects(
    'effect_exact_by_kind',
    'looks at the kind of an exact effect',
    asks('side_effect', 'write:database'),
    (record) => effects(record, ran).some(({ kind }) => kind === 'write'),
  ),
  selects('tool_by_prefix', 'selects tools that begin alike', asks('tool'), (record, ask) =>
    record.steps.some((step: Loose) => ran(step) && step.tool_name?.startsWith(ask.query.get('tool'))),
  ),
  selects(
    'tool_offered',
    'selects by the tools that were offered',
    asks('tool'),
    (record, ask) => record.tools_available?.includes(ask.query.get('tool')) === true,
  ),
  selects(
    'server_mounted',
    'selects by the servers that were mounted',
    asks('mcp_server'),
    (record, ask) =>
      record.inventory?.mcp_servers?.some(({ name }: Loose) => name === ask.query.get('mcp_server')) === true,
  ),
  selects('target_by_part', 'compares a part of a target', asks('target'), (record, ask) =>
    effects(record).some(({ target }) => ask.query.get('target')?.endsWith(target)),
  ),
  selects('denied_by_status', 'looks at the status of steps for denials', asks('approval', 'denied'), (record) =>
    record.steps.some(({ status }: Loose) => status === 'denied'),
  ),
  selects('approval_denied_only', 'knows denials only', asks('approval', 'not_required'), () => false),
  selects(
    'artifact_by_name',
    'knows the names of artifacts only',
    asks('artifact'),
    (record, ask) => record.artifacts?.some(({ name }: Loose) => name === ask.query.get('artifact')) === true,
  ),
  selects(
    'artifact_by_digest',
    'knows the digests of artifacts only',
    asks('artifact'),
    (record, ask) =>
      record.artifacts?.some(({ content }: Loose) => content?.digest === ask.query.get('artifact')) === true,
  ),
  selects('error_of_run', 'looks for errors at the run', asks('has_error', 'true'), ({ error }) => error !== undefined),
  selects(
    'error_any_value',
    'takes any value for true',
    asks('has_error'),
    ({ error, steps }) => error !== undefined || steps.some((step: Loose) => step.error !== undefined),
  ),
  selects(
    'level_believed',
    'believes what a record says of itself',
    asks('level'),
    ({ provenance }) => provenance.record_hash !== undefined,
  ),
]

const diffs = (name: string, fault: string, change: (diff: Loose) => Loose): Mutant =>
  alters(name, fault, (ask, { status }) => ask.below === '/diff' && status === 200, edits(change))
const comparison: readonly Mutant[] = [
  diffs('diff_as_text', 'answers a diff of its own shape', () => ({ diff: '' })),
  diffs('diff_of_ids', 'finds everything different', (diff) => {
    if (diff.against !== null) diff.same = false
  }),
  diffs('diff_of_steps_only', 'compares steps only', (diff) => {
    diff.configuration = []
  }),
  diffs('diff_without_divergence', 'does not say where runs part', (diff) => {
    delete diff.divergence
  }),
  alters(
    'last_good_unknown_is_404',
    'answers 404 where no last good run is known',
    (ask, reply) => ask.below === '/diff' && reply.status === 200 && parsed(reply.body).against === null,
    () => problemReply(404, 'run.unknown'),
  ),
  diffs('last_good_without_criterion', 'does not say why a run is the last good one', (diff) => {
    delete diff.criterion
  }),
  {
    name: 'last_good_is_last',
    fault: 'takes the last run before for the last good one',
    handle: async (ask, forward, memory) => {
      const reply = await forward(ask)
      const record = isPost(ask) && reply.status === 201 ? parsed(ask.body) : undefined
      if (record !== undefined) memory.set('before', [...(memory.get('before') ?? []), record.id])
      const before = memory.get('before') ?? []
      return ask.below === '/diff' && asks('against', 'last_good')(ask) && reply.status === 200
        ? edits((diff) => {
            diff.against = before[before.indexOf(ask.id) - 1] ?? null
          })(reply, ask, memory)
        : reply
    },
  },
  alters(
    'diff_against_nothing',
    'compares with nothing where a run is unknown',
    (ask, { status }) => ask.below === '/diff' && status === 404,
    () => jsonReply(200, {}),
  ),
]

const page =
  (path: string, list: string) =>
  (name: string, fault: string, change: (items: Loose[], ask: Ask, memory: Memory) => Loose[]): Mutant => ({
    name,
    fault,
    handle: async (ask, forward, memory): Promise<Reply> => {
      const reply = await forward(ask)
      if (isPost(ask) && reply.status === 201) memory.set(parsed(ask.body).id, parsed(ask.body))
      if (ask.path !== path || reply.status !== 200) return reply
      return edits((value) => {
        value[list] = change(value[list], ask, memory)
      })(reply, ask, memory)
    },
  })
const artifacts = page('/api/v1/artifacts', 'artifacts')
const servers = page('/api/v1/mcp-servers', 'servers')
const everyArtifact = (memory: Memory): Loose[] =>
  [...memory.values()].flatMap((record) =>
    (record.artifacts ?? []).map((artifact: Loose) => ({
      run_id: record.id,
      agent_id: record.agent_id,
      at: record.started_at,
      artifact,
    })),
  )

const lists: readonly Mutant[] = [
  artifacts('artifacts_without_children', 'lists the artifacts of one run of a turn', (items, ask) =>
    ask.query.has('turn_id') ? items.slice(0, 1) : items,
  ),
  artifacts('artifacts_ignore_run', 'ignores run_id for artifacts', (items, ask, memory) =>
    ask.query.has('run_id') ? everyArtifact(memory) : items,
  ),
  artifacts('artifacts_by_name', 'compares the names of artifacts with a digest', (items, ask, memory) =>
    ask.query.has('digest') ? everyArtifact(memory).filter(({ artifact }) => artifact.name === 'a.txt') : items,
  ),
  alters(
    'artifacts_of_everything',
    'lists all artifacts where none are asked for',
    (ask, { status }) => ask.path === '/api/v1/artifacts' && ask.query.size === 0 && status === 400,
    () => jsonReply(200, { artifacts: [] }),
  ),
  servers('servers_of_first_run', 'names the first run of a server', (items, _ask, memory) =>
    items.map((item) => ({
      ...item,
      last_run_id: [...memory.keys()].find((id) => id.endsWith('-old')) ?? item.last_run_id,
    })),
  ),
  servers('servers_of_denied_steps', 'counts steps that did not run for servers', (items, _ask, memory) =>
    items.map((item) => ({
      ...item,
      last_run_id: [...memory.keys()].find((id) => id.endsWith('-denied')) ?? item.last_run_id,
    })),
  ),
  servers('servers_mounted', 'lists servers that were mounted', (items, _ask, memory) => [
    ...items,
    ...[...memory.values()].flatMap(({ inventory }) =>
      (inventory?.mcp_servers ?? []).map(({ name }: Loose) => ({ name, last_run_id: '', last_at: '' })),
    ),
  ]),
  alters(
    'query_ignores_problem',
    'answers malformed questions with an empty page',
    (ask, reply) => isList(ask) && isProblem(reply, 'query.invalid_value') && asks('level')(ask),
    () => jsonReply(200, { runs: [] }),
  ),
]

export const queryMutants: readonly Mutant[] = [...questions, ...comparison, ...lists]
