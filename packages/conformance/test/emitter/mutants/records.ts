import { type Loose, type Mutant, writes } from './mutant.ts'

const tool = (run: Loose): Loose => run.steps.find(({ type }: Loose) => type === 'tool_call')
const model = (run: Loose): Loose => run.steps.find(({ type }: Loose) => type === 'model_call')
const after = (time: string, seconds: number): string => new Date(Date.parse(time) + seconds * 1000).toISOString()
/** A run that goes on, as it would be sent: without an end and without a seal. */
const reopen = (run: Loose): void => {
  run.status = 'running'
  for (const name of ['ended_at', 'duration_ms', 'outcome']) delete run[name]
  for (const name of ['record_hash', 'sealed_at', 'signature', 'signed_by', 'steps_count', 'steps_root'])
    delete run.provenance[name]
}

/** Runtimes whose records are not what the schemas ask for. */
const formMutants: readonly Mutant[] = [
  writes('no_agent', 'plain_calls', 'leaves agent_id out', (run) => delete run.agent_id),
  writes('own_status', 'plain_calls', 'has a status of its own', (run) => (run.status = 'done')),
  writes('tags_as_text', 'plain_calls', 'writes tags as one text', (run) => (run.tags = 'nightly')),
  writes('own_step_type', 'plain_calls', 'has a type of step of its own', (run) => (tool(run).type = 'tool')),
  writes('cost_as_text', 'plain_calls', 'writes tokens as text', (run) => (run.cost.input_tokens = '280')),
  writes(
    'own_approval_event',
    'denied_by_person',
    'has an approval event of its own',
    (run) => (run.approvals[1].event = 'no'),
  ),
  writes(
    'own_verdict',
    'denied_by_policy',
    'has a verdict of its own',
    (run) => (run.policy_decisions[0].verdict = 'no'),
  ),
  writes('score_beyond', 'plain_calls', 'judges with more than 100', (run) => (run.eval = { pass: true, score: 900 })),
  writes('null_for_absent', 'plain_calls', 'writes null for what it does not know', (run) => (run.agent_name = null)),
  writes('success_on_steps', 'plain_calls', 'writes the success of 0.1', (run) => (tool(run).success = true)),
  writes(
    'words_of_its_own',
    'plain_calls',
    'invents a kind of effect',
    (run) => (tool(run).side_effects[0].kind = 'teleport'),
  ),
]

/** Runtimes whose runs and references do not agree with themselves. */
const runMutants: readonly Mutant[] = [
  writes('retry_of_itself', 'plain_calls', 'names itself as the run it retries', (run) => {
    run.related = [{ relation: 'retry_of', run_id: run.id }]
  }),
  writes(
    'other_parent',
    'handed_off',
    'names another parent in the child',
    (_run, [child]) => (child.parent_run_id = 'nobody'),
  ),
  writes('outcome_while_running', 'plain_calls', 'says what came of a run that goes on', (run) => {
    reopen(run)
    run.outcome = 'success'
  }),
  writes('end_while_running', 'plain_calls', 'says when a run ended that goes on', (run) => {
    const { ended_at } = run
    reopen(run)
    run.ended_at = ended_at
  }),
  writes('no_end', 'plain_calls', 'does not say when the run ended', (run) => delete run.ended_at),
  writes('thirtieth_of_february', 'plain_calls', 'writes a day that does not exist', (run) => {
    run.checkpoints = [{ when: 'before', kind: 'vendor:git', ref: 'main', at: '2026-02-30T00:00:00Z' }]
  }),
  writes('ends_before_start', 'plain_calls', 'ends a step before it starts', (run) => {
    const step = run.steps.at(-1)
    Object.assign(step, { started_at: after(run.ended_at, 10), ended_at: after(run.ended_at, 5) })
    delete step.duration_ms
  }),
  writes(
    'seconds_for_milliseconds',
    'plain_calls',
    'writes a duration of an hour',
    (run) => (tool(run).duration_ms = 3_600_000),
  ),
  writes('starts_too_early', 'plain_calls', 'starts a step before its run', (run) => {
    const [step] = run.steps
    step.started_at = '2020-01-01T00:00:00Z'
    delete step.duration_ms
  }),
  writes('ids_twice', 'plain_calls', 'gives two steps one id', (run) => (run.steps.at(-1).id = model(run).id)),
  writes('refers_to_nothing', 'plain_calls', 'contains a step in one that is not there', (run) => {
    tool(run).parent_step_id = 'nowhere'
  }),
  writes('asked_by_a_tool', 'plain_calls', 'names a tool call as model call', (run) => {
    run.steps.at(-1).model_call_id = tool(run).id
  }),
  writes('circle_of_steps', 'plain_calls', 'lets two steps cause each other', (run) => {
    tool(run).caused_by = [model(run).id]
    model(run).caused_by = [tool(run).id]
  }),
  writes('artifact_of_another', 'artifact_written', 'names a step that does not list the artifact', (run) => {
    run.artifacts.push({ ...run.artifacts[0], id: 'art-9' })
  }),
  writes('tool_listed_twice', 'plain_calls', 'lists a tool twice', (run) => {
    const other = { ...run.inventory.tools[0], name: 'unused' }
    run.inventory.tools.push(other, other)
  }),
  writes('other_definition', 'plain_calls', 'calls a definition that was not offered', (run) => {
    tool(run).tool_hash = `sha256:${'0'.repeat(64)}`
  }),
  writes(
    'server_not_listed',
    'mcp_tool',
    'does not list the server',
    (run) => (run.inventory.mcp_servers[0].name = 'other'),
  ),
]

/** Runtimes whose steps, effects and costs do not agree with themselves. */
const stepMutants: readonly Mutant[] = [
  writes('steps_by_start', 'parallel_tools', 'orders steps by their start', (run) => {
    // A fast machine ends both calls in the same millisecond, and then either order is right.
    const end = Date.parse(run.ended_at)
    for (const [index, step] of run.steps.entries()) step.ended_at = new Date(end + index).toISOString()
    run.ended_at = run.steps.at(-1).ended_at
    run.steps.sort((one: Loose, other: Loose) => one.seq - other.seq)
  }),
  writes('seq_twice', 'plain_calls', 'numbers two steps alike', (run) => (run.steps.at(-1).seq = 0)),
  writes('seq_backwards', 'plain_calls', 'numbers steps backwards', (run) => {
    for (const [index, step] of run.steps.entries()) step.seq = 9 - index
  }),
  writes('nameless_tool', 'plain_calls', 'does not say which tool', (run) => {
    delete tool(run).tool_name
    delete tool(run).tool_hash
  }),
  writes('one_call_twice', 'parallel_tools', 'gives two calls one id', (run) => {
    for (const step of run.steps) if (step.type === 'tool_call') step.tool_call_id = 'toolu_par_1'
  }),
  writes('attempts_miscounted', 'tool_retried', 'counts attempts wrong', (run) => {
    for (const step of run.steps) if (step.retry_of) step.attempt = 5
  }),
  writes('skipped_and_seen', 'tool_skipped', 'saw what did not happen', (run) => {
    const step = run.steps.find(({ status }: Loose) => status === 'skipped')
    step.side_effects[0].basis = 'observed'
  }),
  writes('none_and_more', 'plain_calls', 'says none beside an effect', (run) =>
    tool(run).side_effects.push({ kind: 'none' }),
  ),
  writes('no_effects_listed', 'plain_calls', 'writes an empty list of effects', (run) => (tool(run).side_effects = [])),
  writes('tokens_of_a_tool', 'plain_calls', 'counts tokens on a tool call', (run) => {
    tool(run).cost = { input_tokens: 7, output_tokens: 0 }
    run.cost.input_tokens += 7
    run.cost.total_tokens += 7
  }),
  writes(
    'total_with_cache',
    'prompt_cache',
    'adds cached tokens to the total',
    (run) => (run.cost.total_tokens += 1924),
  ),
  writes(
    'parts_beyond_whole',
    'plain_calls',
    'caches more than it read',
    (run) => (model(run).cost.cache_read_tokens = 5000),
  ),
  writes('models_do_not_add_up', 'prompt_cache', 'leaves a model out', (run) => run.cost.by_model.pop()),
  writes('cheaper_than_its_steps', 'plain_calls', 'counts the last call only', (run) => {
    run.cost.input_tokens = 160
    run.cost.total_tokens = 187
  }),
  writes('credits_without_unit', 'prices', 'leaves the unit out', (run) => delete tool(run).cost.unit),
  writes('one_response_twice', 'plain_calls', 'counts one response twice', (run) => {
    for (const step of run.steps) if (step.type === 'model_call') step.response_id = 'msg_plain_1'
  }),
  writes(
    'price_from_nowhere',
    'prices',
    'does not say where a price is from',
    (run) => delete model(run).cost.price_source,
  ),
  writes('preview_of_all', 'plain_calls', 'previews everything', (run) => {
    run.steps.push({
      id: 's-9',
      type: 'message',
      role: 'assistant',
      started_at: run.ended_at,
      ended_at: run.ended_at,
      output_preview: 'x'.repeat(2001),
    })
  }),
]

/** Runtimes whose records break the rules about runs, steps and costs. */
export const recordMutants: readonly Mutant[] = [...formMutants, ...runMutants, ...stepMutants]
