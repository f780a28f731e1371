// Records that the tests of the command line share: made here, so that every test says what it changes.
import { runHash } from '@agent-run/core'

type Members = Record<string, unknown>

/** A small valid 1.0 record; `changes` replaces members. */
export const smallRun = (changes: Members = {}): Members => {
  const run: Members = {
    id: 'run-1',
    spec_version: '1.0',
    agent_id: 'release-bot',
    agent_version: '2.3.1',
    model: 'claude-sonnet-4-5',
    status: 'completed',
    outcome: 'success',
    started_at: '2026-11-20T14:02:18Z',
    ended_at: '2026-11-20T14:02:28Z',
    steps: [{ id: 's1', type: 'message', role: 'user', started_at: '2026-11-20T14:02:18Z', input_preview: 'hello' }],
    cost: { input_tokens: 1200, output_tokens: 80 },
    provenance: { run_hash: '0'.repeat(64) },
  }
  return sealed({ ...run, ...changes })
}

/** The same with a right run_hash. */
const sealed = (run: Members): Members => {
  try {
    const provenance = { ...(run['provenance'] as Members), run_hash: runHash(run as never) }
    return { ...run, provenance }
  } catch {
    return run
  }
}

const at = (minute: number, second = 0): string =>
  `2026-11-20T14:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}Z`

/** A run with everything a receipt can show: effects, approvals, a denial, a failure, evidence, cost, recovery. */
export const releaseRun = (changes: Members = {}): Members => {
  const write = (id: string, minute: number, target: string): Members => ({
    id,
    type: 'tool_call',
    status: 'succeeded',
    started_at: at(minute),
    ended_at: at(minute, 1),
    tool_name: 'write_file',
    tool_call_id: `call-${id}`,
    side_effects: [{ kind: 'write', target_kind: 'file', target, basis: 'observed', reversible: 'full' }],
    approval: { state: 'not_required', policy_id: 'repo-write' },
  })
  const command = (id: string, minute: number, target: string, more: Members): Members => ({
    id,
    type: 'tool_call',
    status: 'succeeded',
    started_at: at(minute),
    ended_at: at(minute, 30),
    tool_name: 'Bash',
    tool_call_id: `call-${id}`,
    side_effects: [{ kind: 'exec', target_kind: 'command', target, basis: 'observed' }],
    ...more,
  })
  return smallRun({
    id: 'run-8',
    turn_id: 't-8',
    trigger: 'manual',
    status: 'failed',
    outcome: 'failed',
    ended_at: at(9, 3),
    error_type: 'tool_failed',
    input_preview: 'Publish the beta, please.',
    output_preview: 'Publishing failed: the registry refused the token.',
    tools_available: ['Bash', 'read_file', 'write_file'],
    inventory: {
      mcp_servers: [
        { name: 'github', version: '1.4.0' },
        { name: 'filesystem', version: '0.6.2' },
      ],
    },
    permissions: { approval_mode: 'ask' },
    sandbox: { kind: 'container', network: 'limited' },
    policies: [
      { id: 'repo-write', version: '4' },
      { id: 'no-rm', version: '2' },
    ],
    scope: { repository: 'https://git.example.org/acme/widget', root: '/home/ci/widget', dirty: false },
    git_branch: 'main',
    git_commit: '4c1e9f20aa11bb22cc33dd44ee55ff6677889900',
    steps: [
      {
        id: 'm1',
        type: 'model_call',
        status: 'succeeded',
        started_at: at(2, 18),
        ended_at: at(3),
        model: 'claude-sonnet-4-5',
        cost: { input_tokens: 412_000, output_tokens: 9100, cache_read_tokens: 388_000, cost_usd: 0.42 },
      },
      write('w1', 3, 'src/index.ts'),
      write('w2', 4, 'CHANGELOG.md'),
      write('w3', 5, 'src/index.ts'),
      command('x1', 6, 'npm test', { exit_code: 0 }),
      command('x2', 7, 'rm -rf dist', {
        status: 'denied',
        side_effects: [{ kind: 'exec', target_kind: 'command', target: 'rm -rf dist', basis: 'declared' }],
        approval: { state: 'denied', decision_id: 'd1' },
      }),
      command('x3', 8, 'npm publish', {
        status: 'failed',
        exit_code: 1,
        error: 'E403',
        error_type: 'permission_denied',
        started_at: at(8, 12),
        side_effects: [
          { kind: 'deploy', target_kind: 'package', target: 'npm publish', basis: 'observed', reversible: 'none' },
        ],
        approval: { state: 'approved', approval_id: 'a1' },
      }),
    ],
    approvals: [
      {
        approval_id: 'a1',
        event: 'requested',
        at: at(7, 24),
        step_id: 'x3',
        actor: { kind: 'agent', id: 'release-bot' },
      },
      {
        approval_id: 'a1',
        event: 'approved',
        at: at(8, 12),
        step_id: 'x3',
        actor: { kind: 'human', name: 'the release manager' },
        reason: 'ok for beta',
      },
    ],
    policy_decisions: [
      {
        id: 'd1',
        at: at(7),
        step_id: 'x2',
        boundary: 'tool_call',
        decider: { kind: 'guard', id: 'no-rm' },
        policy: { id: 'no-rm', version: '2' },
        verdict: 'block',
        matched: 'rule',
        reasons: ['recursive delete'],
        enforcement: 'blocked',
      },
    ],
    artifacts: [
      {
        id: 'pkg',
        name: 'dist/pkg.tgz',
        kind: 'package',
        action: 'created',
        step_id: 'x1',
        content: { digest: `sha256:${'9f2c'.repeat(16)}`, size: 48_210 },
      },
    ],
    evidence: [{ kind: 'test', name: 'npm test, 214 tests', result: 'pass', step_id: 'x1' }],
    related: [{ relation: 'baseline', run_id: 'run-2291' }],
    checkpoints: [{ when: 'before', kind: 'git_commit', ref: '4c1e9f20' }],
    recovery: {
      rollback: { state: 'available', how: 'git reset --hard 4c1e9f20', owner: 'release team' },
      retry: { state: 'available' },
    },
    cost: {
      input_tokens: 412_000,
      output_tokens: 9100,
      cache_read_tokens: 388_000,
      cost_usd: 0.42,
      basis: 'reported',
      price_basis: 'reported',
    },
    ...changes,
  })
}
