// Runs for tests of questions: small, with what questions are about, drawn at random where a property is tested.
import type { AgentRun, ApprovalEvent, Artifact, PolicyDecision, Step } from '@agent-run/types'
import fc from 'fast-check'

/** A run; `changes` replaces members. */
export const run = (changes: Partial<AgentRun> = {}): AgentRun => ({
  id: 'run-1',
  spec_version: '1.0',
  agent_id: 'release-bot',
  status: 'completed',
  started_at: '2026-11-20T14:00:00Z',
  ended_at: '2026-11-20T14:01:00Z',
  steps: [],
  cost: { input_tokens: 10, output_tokens: 2 },
  provenance: { run_hash: '0'.repeat(64) },
  ...changes,
})

/** A step that ran; `changes` replaces members. */
export const step = (changes: Partial<Step> = {}): Step => ({
  id: 's1',
  type: 'tool_call',
  status: 'succeeded',
  started_at: '2026-11-20T14:00:00Z',
  tool_name: 'Bash',
  ...changes,
})

/** Names that programs stumble over stand beside plain ones. */
export const name: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('a', 'b', 'github', '__proto__', 'constructor', 'hasOwnProperty', '\u001b[31m', '\u202e', 'x\u0000y'),
  fc.constantFrom('long '.repeat(60), 'ä'.repeat(171), 'ä'.repeat(256), 'ä'.repeat(257)),
)

const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined })

const kind = fc.constantFrom('none', 'read', 'write', 'delete', 'exec', 'network', 'acme:rollout')
const targetKind = fc.constantFrom('file', 'database', 'url', 'acme:thing')

const states = ['not_required', 'requested', 'approved', 'denied', 'expired', 'cancelled', 'auto_approved'] as const
const events = ['requested', 'approved', 'denied', 'expired', 'cancelled', 'escalated', 'revoked'] as const
const statuses = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'denied',
  'cancelled',
  'timeout',
  'skipped',
  'interrupted',
  'unknown',
] as const

/** Members that are undefined are left out. */
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T

export const anyStep: fc.Arbitrary<Step> = fc
  .record({
    type: fc.constantFrom('tool_call', 'model_call', 'message', 'error', 'reasoning'),
    status: maybe(fc.constantFrom(...statuses)),
    role: maybe(fc.constantFrom('user', 'assistant')),
    tool_name: maybe(fc.option(name)),
    mcp_server: maybe(fc.option(name)),
    turn_id: maybe(name),
    model: maybe(name),
    input_preview: maybe(name),
    output_preview: maybe(name),
    success: maybe(fc.option(fc.boolean())),
    error: maybe(fc.option(name)),
    error_type: maybe(fc.constantFrom('timeout', 'network')),
    exit_code: maybe(fc.integer({ min: 0, max: 3 })),
    side_effects: maybe(
      fc.array(
        fc.record({ kind, target_kind: maybe(targetKind), target: maybe(name) }).map((effect) => compact(effect)),
        { maxLength: 3 },
      ),
    ),
    approval: maybe(
      fc
        .record({ state: fc.constantFrom(...states), decision_id: maybe(name), policy_id: maybe(name) })
        .map((approval) => compact(approval)),
    ),
  })
  .map((members) => compact({ ...step({ id: '' }), tool_name: undefined, ...members }) as Step)

const anyEvent = fc
  .record({
    event: fc.constantFrom(...events),
    actor: maybe(fc.record({ kind: fc.constantFrom('human', 'agent', 'unknown') })),
    approval_id: fc.constantFrom('a1', 'a2'),
    at: fc.constantFrom('2026-11-20T14:00:00Z', '2026-11-20T15:30:00+01:00', '2026-11-20T14:00:01Z'),
  })
  .map((event) => compact(event) as ApprovalEvent)

const anyDecision = fc
  .record({
    verdict: fc.constantFrom('allow', 'block', 'require_approval'),
    enforcement: maybe(fc.constantFrom('none', 'blocked', 'asked')),
    boundary: maybe(fc.constantFrom('input', 'tool_call', 'tool_result')),
    step_id: maybe(fc.constantFrom('s0', 's1')),
  })
  .map((decision) => compact({ id: 'd', at: '2026-11-20T14:00:00Z', ...decision }) as PolicyDecision)

const anyArtifact = fc
  .record({ name: maybe(name), digest: maybe(fc.constantFrom(`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`)) })
  .map(
    ({ name: named, digest }) =>
      compact({ id: 'x', name: named, content: digest === undefined ? undefined : { digest } }) as Artifact,
  )

export const anyRun: fc.Arbitrary<AgentRun> = fc
  .record({
    agent_id: name,
    status: fc.constantFrom('completed', 'failed', 'timeout', 'running', 'unknown'),
    outcome: maybe(fc.option(fc.constantFrom('success', 'failed'))),
    started_at: fc.option(
      fc.constantFrom(
        '2026-11-20T14:00:00Z',
        '2026-11-20T14:00:00.5+02:00',
        '2026-02-30T00:00:00Z',
        '0001-01-01T00:00:00Z',
      ),
    ),
    turn_id: maybe(name),
    task_id: maybe(fc.option(name)),
    session_id: maybe(name),
    parent_run_id: maybe(fc.option(name)),
    tags: maybe(fc.array(name, { maxLength: 3 })),
    model: maybe(fc.option(name)),
    error: maybe(fc.option(name)),
    inventory: maybe(
      fc
        .record({
          mcp_servers: maybe(fc.array(fc.record({ name }), { maxLength: 2 })),
          tools: maybe(fc.array(fc.record({ name, mcp_server: name }), { maxLength: 2 })),
        })
        .map((inventory) => compact(inventory)),
    ),
    steps: fc.array(anyStep, { maxLength: 6 }),
    approvals: maybe(fc.array(anyEvent, { maxLength: 4 })),
    policy_decisions: maybe(fc.array(anyDecision, { maxLength: 3 })),
    artifacts: maybe(fc.array(anyArtifact, { maxLength: 3 })),
  })
  .map((members) => {
    const steps = members.steps.map((each, index) => ({ ...each, id: `s${index}` }))
    return compact({ ...run(), ...members, steps }) as AgentRun
  })
