import {
  type Ask,
  alters,
  edits,
  isPost,
  isProblem,
  jsonReply,
  type Loose,
  type Mutant,
  misreads,
  parsed,
  problemReply,
  type Reply,
} from './mutant.ts'

const isDecision = ({ method, below }: Ask): boolean => method === 'POST' && below.startsWith('/approvals/')
const takesDecision = (name: string, test: (event: Loose, ask: Ask) => boolean): Mutant =>
  alters(
    `decision_takes_${name}`,
    `stores a decision in spite of ${name.replaceAll('_', ' ')}`,
    (ask, { status }) => isDecision(ask) && status === 422 && test(parsed(ask.body), ask),
    () => jsonReply(201, {}),
  )
const isApprovals = (ask: Ask, { status }: Reply): boolean => ask.path === '/api/v1/approvals' && status === 200
const twos = `sha256:${'22'.repeat(32)}`
const approvals: readonly Mutant[] = [
  alters('decisions_never', 'takes no decisions', isDecision, () => problemReply(404, 'http.not_found')),
  takesDecision('no_signature', (event) => event?.signature === undefined && event?.event !== undefined),
  takesDecision('wrong_signature', (event) => event?.at === '2026-11-20T15:00:03Z'),
  takesDecision('other_run', (event, ask) => event?.run_id !== undefined && event.run_id !== ask.id),
  takesDecision('other_approval', (event) => event?.approval_id === 'ap-2'),
  takesDecision('other_action', (event) => event?.action_hash === twos),
  takesDecision('other_request', (event) => event?.request_hash === twos),
  takesDecision('no_actor', (event) => event?.event !== undefined && event.actor === undefined),
  takesDecision('no_decision', (event) => event?.event === 'requested'),
  takesDecision('no_event', (event) => event?.event === undefined),
  alters(
    'decision_of_unknown_kept',
    'keeps decisions about unknown runs',
    (ask, reply) => isDecision(ask) && isProblem(reply, 'run.unknown'),
    () => jsonReply(201, {}),
  ),
  alters(
    'decision_contradicted',
    'stores a contradiction',
    (_ask, reply) => isProblem(reply, 'approval.decided'),
    () => jsonReply(201, {}),
  ),
  alters(
    'decision_again_conflicts',
    'answers 409 to the same decision',
    (ask, { status }) => isDecision(ask) && status === 200,
    () => problemReply(409, 'approval.decided'),
  ),
  alters(
    'decision_doubled',
    'lists a decision twice',
    isApprovals,
    edits((page) => {
      for (const entry of page.approvals) entry.decisions = [...entry.decisions, ...entry.decisions]
    }),
  ),
  alters(
    'approvals_of_records',
    'lists what stands in records only',
    isApprovals,
    edits((page) => {
      for (const entry of page.approvals) entry.decisions = []
    }),
  ),
  ...['state', 'tool'].map((name) =>
    misreads(
      `approvals_ignore_${name}`,
      `ignores ${name}`,
      (ask) => ask.path === '/api/v1/approvals' && ask.query.has(name),
      (ask) => ({ ...ask, url: ask.url.replace(new RegExp(`&${name}=[^&]*`), '') }),
    ),
  ),
]

const verdicts = (name: string, fault: string, change: (verdict: Loose) => Loose): Mutant =>
  alters(
    name,
    fault,
    (ask, { status }) => ask.below === '/verify' && status === 200,
    edits((verdict) => change(verdict)),
  )
const believes = (check: string, result = 'fail'): Mutant =>
  verdicts(
    `verify_believes_${check}${result === 'fail' ? '' : `_${result}`}`,
    `reports ${check} as passed when it is ${result}`,
    (verdict) => {
      for (const each of verdict.checks) if (each.check === check && each.result === result) each.result = 'pass'
    },
  )
const verify: readonly Mutant[] = [
  verdicts('verify_true', 'answers true', () => ({ ok: true })),
  verdicts('verify_changed', 'finds a right seal wrong', (verdict) => {
    for (const each of verdict.checks) if (each.check === 'record' && each.result === 'pass') each.result = 'fail'
    if (verdict.level === 'sealed') verdict.level = 'recorded'
  }),
  ...['run_hash', 'record', 'steps', 'signature', 'evals'].map((check) => believes(check)),
  believes('record', 'absent'),
  {
    name: 'verify_known_members',
    fault: 'hashes the members that it knows',
    handle: async (ask, forward, memory) => {
      if (isPost(ask) && parsed(ask.body)?.x_vendor !== undefined) memory.set(parsed(ask.body).id, true)
      const reply = await forward(ask)
      return ask.below === '/verify' && memory.has(ask.id)
        ? edits((verdict) => {
            for (const each of verdict.checks) each.result = 'pass'
          })(reply, ask, memory)
        : reply
    },
  },
  {
    name: 'verify_old_formula',
    fault: 'still takes the run_hash of 0.1',
    handle: async (ask, forward, memory) => {
      if (isPost(ask) && parsed(ask.body)?.provenance?.run_hash?.startsWith('981bf2'))
        memory.set(parsed(ask.body).id, true)
      const reply = await forward(ask)
      return ask.below === '/verify' && memory.has(ask.id)
        ? edits((verdict) => {
            for (const each of verdict.checks) if (each.check === 'run_hash') each.result = 'unknown'
          })(reply, ask, memory)
        : reply
    },
  },
]

const proves = (name: string, fault: string, change: (proof: Loose) => Loose): Mutant =>
  alters(name, fault, (ask, { status }) => ask.below === '/proof' && status === 200, edits(change))
const proofs: readonly Mutant[] = [
  proves('proof_of_step_only', 'answers the step instead of a proof', (proof) => proof.step),
  proves('proof_with_record', 'gives the whole record away', (proof) => {
    proof.record.steps = [proof.step]
  }),
  proves('proof_without_path', 'leaves the path empty', (proof) => {
    proof.path = []
  }),
  alters(
    'proof_of_no_step',
    'answers null for an unknown step',
    (_ask, reply) => isProblem(reply, 'step.unknown'),
    () => jsonReply(200, null),
  ),
  alters(
    'proof_of_no_seal',
    'proves steps of unsealed runs',
    (_ask, reply) => isProblem(reply, 'run.unsealed'),
    () => jsonReply(200, {}),
  ),
  alters(
    'proof_of_no_run',
    'answers 409 for an unknown run',
    (ask, reply) => ask.below === '/proof' && isProblem(reply, 'run.unknown'),
    () => problemReply(409, 'run.unsealed'),
  ),
]

/** Approvals, verdicts and proofs. */
export const judgingMutants: readonly Mutant[] = [...approvals, ...verify, ...proofs]
