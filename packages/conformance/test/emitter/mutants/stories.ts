import { canonicalize } from '@agent-run/core'
import { foldJournal } from '../../../src/record/index.ts'
import { behaves, everywhere, journals, type Loose, type Mutant, recordIn, reseal, writes } from './mutant.ts'

const tools = (run: Loose): Loose[] => run.steps.filter(({ type }: Loose) => type === 'tool_call')
const models = (run: Loose): Loose[] => run.steps.filter(({ type }: Loose) => type === 'model_call')
const without = (run: Loose, unwanted: (step: Loose) => boolean): void => {
  run.steps = run.steps.filter((step: Loose) => !unwanted(step))
}
const unseal = (run: Loose): void => {
  for (const name of ['record_hash', 'sealed_at', 'signature', 'signed_by']) delete run.provenance[name]
}
/** A journal that goes on with another change of the run. */
const updates = (name: string, scenario: string, fault: string, data: Loose): Mutant =>
  journals(name, scenario, fault, (lines) => [...lines, { at: '2026-11-21T00:00:00Z', type: 'run.updated', data }])

/** Runtimes that leave out or make up what happened to calls. */
const callMutants: readonly Mutant[] = [
  writes('result_as_a_step', 'plain_calls', 'writes call and result as two steps', (run) => {
    const at = run.ended_at
    run.steps.push({ id: 's-9', type: 'tool_result', tool_name: 'read_file', started_at: at, ended_at: at, seq: 9 })
  }),
  writes('failure_hidden', 'tool_retried', 'hides the attempt that failed', (run) => {
    without(run, ({ status }) => status === 'failed')
    for (const step of tools(run)) delete step.retry_of
  }),
  writes('attempts_unlinked', 'tool_retried', 'does not say that it tried again', (run) => {
    for (const step of tools(run)) delete step.retry_of
  }),
  writes('second_call_nameless', 'tool_retried', 'forgets the id of the call that it tries again', (run) => {
    delete tools(run)[1].tool_call_id
  }),
  writes('refusal_hidden', 'denied_by_person', 'hides the call that was refused', (run) => {
    without(run, ({ type }) => type === 'tool_call')
    delete run.approvals
    delete run.policy_decisions
  }),
  writes('denial_without_events', 'denied_by_person', 'does not record who was asked', (run) => {
    delete run.approvals
    tools(run)[0].approval = { state: 'denied', policy_id: 'scenario-policy' }
  }),
  writes('denied_and_seen', 'denied_by_person', 'saw the effects of what was denied', (run) => {
    tools(run)[0].side_effects[0].basis = 'observed'
  }),
  writes('approved_and_not_run', 'approved_by_person', 'does not run what was approved', (run) => {
    tools(run)[0].status = 'skipped'
  }),
  writes('approval_without_events', 'approved_by_person', 'does not record who approved', (run) => {
    delete run.approvals
    tools(run)[0].approval = { state: 'approved', policy_id: 'scenario-policy' }
  }),
  writes('grant_unnamed', 'granted_for_session', 'does not name the grant that it used', (run) => {
    delete tools(run)[1].approval.approval_id
  }),
  writes('skipped_call_hidden', 'tool_skipped', 'hides the call that was not made', (run) => {
    without(run, ({ status }) => status === 'skipped')
  }),
  writes('server_unnamed', 'mcp_tool', 'does not say on which server a tool ran', (run) => {
    delete tools(run)[0].mcp_server
  }),
  writes('model_call_unnamed', 'mcp_tool', 'does not say which answer asked for the call', (run) => {
    delete tools(run)[0].model_call_id
  }),
  writes('artifact_of_nobody', 'artifact_written', 'does not say which step made an artifact', (run) => {
    delete run.artifacts[0].step_id
  }),
  writes('step_without_artifact', 'artifact_written', 'does not list the artifact on its step', (run) => {
    delete tools(run)[0].artifact_ids
  }),
]

/** Runtimes that miscount. */
const costMutants: readonly Mutant[] = [
  writes('usage_off_the_steps', 'plain_calls', 'counts tokens on the run only', (run) => {
    for (const step of models(run)) delete step.cost
  }),
  writes('usage_rounded_up', 'plain_calls', 'rounds the tokens of the run up', (run) => {
    run.cost = { input_tokens: 1000, output_tokens: 100 }
  }),
  writes('unknown_as_zero', 'cost_unknown', 'writes 0 for tokens that nobody counted', (run) => {
    run.cost = { input_tokens: 0, output_tokens: 0 }
  }),
  writes('unknown_as_zero_on_steps', 'cost_unknown', 'writes 0 on the steps', (run) => {
    for (const step of models(run)) step.cost = { input_tokens: 0, output_tokens: 0 }
  }),
  writes('unknown_price_as_zero', 'cost_unknown', 'writes a price of 0', (run) => (run.cost.cost_usd = 0)),
  writes('cache_left_out', 'prompt_cache', 'leaves cached tokens out of the input', (run) => {
    models(run)[0].cost = { input_tokens: 30, output_tokens: 12 }
  }),
  writes('cache_counted_twice', 'prompt_cache', 'adds cached tokens that are in the input already', (run) => {
    models(run)[1].cost.input_tokens = 2124
    delete models(run)[1].cost.total_tokens
    run.cost = { input_tokens: 3124, output_tokens: 20 }
  }),
  writes('cache_unnamed', 'prompt_cache', 'does not say what was cached', (run) => {
    for (const step of models(run)) delete step.cost.cache_read_tokens
  }),
  writes('cost_of_children', 'handed_off', 'adds the cost of the child', (run) => {
    run.cost = { input_tokens: 270, output_tokens: 19 }
  }),
  writes('cost_of_judging', 'judged', 'adds what the judgement cost', (run) => {
    run.cost = { input_tokens: 800, output_tokens: 40 }
  }),
  writes('price_forgotten', 'prices', 'forgets the price of the run', (run) => {
    for (const each of [run.cost, ...(run.cost.by_model ?? [])]) delete each.cost_usd
    for (const step of models(run)) step.cost.price_basis = 'computed'
  }),
]

/** Runtimes that say something else of the run than what came of it. */
const runMutants: readonly Mutant[] = [
  everywhere(
    writes('never_completed', '', 'does not know how runs end', (run) => {
      if (run.status === 'completed') run.status = 'unknown'
    }),
  ),
  writes('child_of_nobody', 'handed_off', 'does not name the parent', (_run, [child]) => {
    for (const name of ['parents', 'parent_run_hash', 'lineage']) delete child.provenance[name]
  }),
  writes('handed_to_another', 'handed_off', 'names another child', (run) => {
    for (const step of run.steps) if (step.type === 'handoff') step.child_run_id = 'another'
  }),
  writes('result_dropped', 'handed_off', 'does not record what came back', (run) => {
    without(run, ({ type }) => type === 'handoff_result')
  }),
  writes('cancelled_as_completed', 'cancelled', 'calls a cancelled run completed', (run) => (run.status = 'completed')),
  writes('cancelled_without_end', 'cancelled', 'does not end a cancelled run', (run) => {
    delete run.ended_at
  }),
  writes('cancelled_without_work', 'cancelled', 'throws away what was done', (run) => (run.steps = [])),
  updates('crash_as_end', 'crashed', 'claims that a crashed run was completed', {
    status: 'completed',
    ended_at: null,
  }),
  journals('work_lost', 'crashed', 'loses the tool call that had ended', (lines) =>
    lines.filter(({ type, data }) => type !== 'step.ended' || data.type !== 'tool_call'),
  ),
  behaves('no_journal', 'crashed', 'writes a record as it goes, and no journal', ({ deposits }) => ({
    deposits: deposits.map((deposit) => {
      const record = foldJournal(deposit.octets, true)
      return { ...deposit, kind: 'record' as const, octets: Buffer.from(canonicalize(record)) }
    }),
  })),
  updates('left_as_completed', 'left_running', 'claims that a run was completed that goes on', {
    status: 'completed',
    ended_at: null,
  }),
  updates('left_with_outcome', 'left_running', 'knows what comes of a run that goes on', { outcome: 'success' }),
  journals('pause_unmentioned', 'paused', 'does not mention the pause', (lines) =>
    lines.filter(({ type }) => type !== 'run.paused' && type !== 'run.resumed'),
  ),
  writes('name_in_a_tag', 'private_content', 'tags a run with a person', (run) => (run.tags = ['Ada Lovelace'])),
  writes('guesses_the_agent', 'agent_unknown', 'makes up who works', (run) => (run.agent_id = 'assistant')),
  writes('not_sealed', 'sealed', 'does not seal', unseal, { level: 'sealed' }),
  writes('sealed_by_nobody', 'sealed', 'seals without a key', () => undefined, {
    after: (run) => {
      delete run.provenance.signed_by
      run.provenance.record_hash = reseal(run).provenance.record_hash
      delete run.provenance.signature
    },
  }),
  writes(
    'allowed_by_silence',
    'plain_calls',
    'does not say what allowed a call',
    (run) => delete tools(run)[0].approval,
    {
      level: 'accountable',
    },
  ),
]

/** Runtimes that give one run away in several versions. */
const versionMutants: readonly Mutant[] = [
  behaves('step_rewritten', 'plain_calls', 'rewrites a step that had ended', ({ deposits }) => {
    const records = deposits.filter(({ kind }) => kind === 'record')
    const run = recordIn(records[0]!)
    unseal(run)
    delete run.provenance.journal_head
    const later = structuredClone(run)
    tools(later)[0].status = 'failed'
    return {
      deposits: [run, later].map((each) => ({ ...records[0]!, octets: Buffer.from(canonicalize(each)) })),
    }
  }),
  behaves('sealed_again', 'sealed', 'seals a run again with another content', ({ deposits }) => {
    const records = deposits.filter(({ kind }) => kind === 'record')
    const again = recordIn(records[0]!)
    again.tags = ['second']
    delete again.provenance.journal_head
    return {
      deposits: [records[0]!, { ...records[0]!, octets: Buffer.from(canonicalize(reseal(again))) }],
    }
  }),
]

/** Runtimes that play a scenario and tell it wrong. */
export const storyMutants: readonly Mutant[] = [...callMutants, ...costMutants, ...runMutants, ...versionMutants]
