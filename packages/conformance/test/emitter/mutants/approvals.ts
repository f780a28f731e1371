import { actionHash, sealHash } from '../../../src/bytes/covered.ts'
import { type Loose, type Mutant, signed, writes } from './mutant.ts'

const tools = (run: Loose): Loose[] => run.steps.filter(({ type }: Loose) => type === 'tool_call')
const later = (time: string, seconds: number): string => new Date(Date.parse(time) + seconds * 1000).toISOString()
/** Signs the last event of a kind anew, with other members. */
const decide = (run: Loose, event: string, members: Loose): void => {
  const index = run.approvals.findLastIndex((each: Loose) => each.event === event)
  const { signature: _, signed_by: __, ...said } = { ...run.approvals[index], ...members }
  run.approvals[index] = signed('approval', said)
}
/** Two steps approved without anybody's signature. */
const claim = (run: Loose, ids: readonly [string, string]): void => {
  const at = run.started_at
  run.approvals = []
  for (const [index, step] of tools(run).entries()) {
    const approval_id = ids[index]!
    step.approval = { state: 'approved', approval_id }
    if (index === 1 && ids[0] === ids[1]) continue
    for (const event of ['requested', 'approved'])
      run.approvals.push({ approval_id, event, at, step_id: step.id, run_id: run.id })
  }
}

/** Runtimes whose approvals do not agree with their steps. */
const claimMutants: readonly Mutant[] = [
  writes('blocked_by_a_yes', 'denied_by_policy', 'denies a step by a decision that allows it', (run) => {
    run.policy_decisions[0].verdict = 'allow'
  }),
  writes('allowed_by_nothing', 'plain_calls', 'names nothing that allowed a step', (run) => {
    tools(run)[0].approval = { state: 'not_required' }
  }),
  writes('yes_and_no', 'denied_by_person', 'records a yes beside the no', (run) => {
    const { approval_id, run_id, at } = run.approvals[1]
    run.approvals.push({ approval_id, run_id, event: 'approved', at: later(at, 1) })
  }),
  writes('event_of_another_run', 'denied_by_person', 'keeps an event of another run', (run) => {
    const { at } = run.approvals[0]
    run.approvals.push({ approval_id: 'ap-9', run_id: 'nobody', event: 'requested', at })
  }),
  writes('one_yes_for_two', 'parallel_tools', 'runs two calls on one approval', (run) => claim(run, ['ap-1', 'ap-1'])),
  writes('yes_after_expiry', 'parallel_tools', 'takes a yes that came too late', (run) => {
    claim(run, ['ap-1', 'ap-2'])
    run.approvals[0].expires_at = '2020-01-01T00:00:00Z'
  }),
  writes('answer_before_question', 'parallel_tools', 'records the answer before the question', (run) => {
    claim(run, ['ap-1', 'ap-2'])
    run.approvals[0].at = later(run.started_at, 1)
  }),
  writes('denied_and_failed', 'denied_by_person', 'runs what was denied', (run) => (tools(run)[0].status = 'failed')),
  writes('blocked_and_failed', 'denied_by_policy', 'runs what was blocked', (run) => (tools(run)[0].status = 'failed')),
]

/** Runtimes whose signed decisions a third party refuses. */
const decisionMutants: readonly Mutant[] = [
  writes('grant_of_another_session', 'granted_for_session', 'uses a grant of another session', (run) => {
    const { grant } = run.approvals[1]
    decide(run, 'approved', { grant: { ...grant, session_id: 'another' } })
  }),
  writes('grant_of_another_tool', 'granted_for_session', 'uses a grant of another tool', (run) => {
    const { grant } = run.approvals[1]
    decide(run, 'approved', { grant: { ...grant, tool_name: 'another' } })
  }),
  writes('grant_expired', 'granted_for_session', 'uses a grant that has expired', (run) => {
    const { grant, at } = run.approvals[1]
    decide(run, 'approved', { grant: { ...grant, expires_at: at } })
  }),
  writes('no_nonce', 'approved_by_person', 'has no nonce', (run) => delete run.provenance.nonce),
  writes('decision_without_actor', 'approved_by_person', 'does not say who decided', (run) => {
    const { actor: _, signature: __, signed_by: ___, ...said } = run.approvals[1]
    run.approvals[1] = signed('approval', said)
  }),
  writes('decision_stripped', 'approved_by_person', 'keeps the key and drops the signature', (run) => {
    delete run.approvals[1].signature
  }),
  writes('decision_edited', 'approved_by_person', 'edits a decision', (run) => {
    run.approvals[1].actor.id = 'somebody else'
  }),
  writes('decision_of_another_run', 'approved_by_person', 'takes the decision of another run', (run) => {
    decide(run, 'approved', { run_id: 'another' })
  }),
  writes('decision_of_another_request', 'approved_by_person', 'takes the answer to another request', (run) => {
    decide(run, 'approved', { request_hash: `sha256:${'0'.repeat(64)}` })
  }),
  writes('decision_after_expiry', 'approved_by_person', 'takes a signed yes that came too late', (run) => {
    run.approvals[0].expires_at = run.approvals[0].at
    decide(run, 'approved', { request_hash: sealHash('approval', run.approvals[0]) })
  }),
  writes('started_after_expiry', 'approved_by_person', 'starts when the yes has expired', (run) => {
    decide(run, 'approved', { expires_at: run.approvals[1].at })
  }),
  writes('decision_of_another_step', 'approved_by_person', 'runs a call on the yes to another', (run) => {
    const [model] = run.steps
    decide(run, 'approved', { step_id: model.id, action_hash: actionHash(run, model) })
  }),
  writes('no_got_round', 'denied_by_person', 'says that no approval was needed, having been denied', (run) => {
    const step = tools(run)[0]
    step.approval = { state: 'not_required', policy_id: 'scenario-policy' }
    Object.assign(step, { status: 'succeeded', started_at: step.ended_at })
    step.side_effects = [{ kind: 'none' }]
    delete step.duration_ms
  }),
  writes('other_call_than_approved', 'approved_by_person', 'runs other arguments than were allowed', (run) => {
    decide(run, 'approved', { action_hash: `sha256:${'1'.repeat(64)}` })
  }),
  writes('revoked_before', 'approved_by_person', 'runs on an approval that was taken back', (run) => {
    const { approval_id, run_id, at } = run.approvals[1]
    run.approvals.push({ approval_id, run_id, event: 'revoked', at })
  }),
  writes('started_before_yes', 'approved_by_person', 'starts before the yes', (run) => {
    decide(run, 'approved', { at: later(tools(run)[0].started_at, 5) })
  }),
  writes('approval_used_twice', 'granted_for_session', 'counts a yes for a second call', (run) => {
    tools(run)[1].approval.state = 'approved'
  }),
]

/** Runtimes whose approvals break a rule. */
export const approvalMutants: readonly Mutant[] = [...claimMutants, ...decisionMutants]
