// A folder of runs that has an answer to each of the operator's questions.
import { releaseRun, smallRun } from '../records.ts'

type Members = Record<string, unknown>

const step = (members: Members): Members => ({
  id: 's1',
  type: 'tool_call',
  status: 'succeeded',
  started_at: '2026-11-19T14:00:00Z',
  ended_at: '2026-11-19T14:00:01Z',
  tool_name: 'Bash',
  ...members,
})

const command = (id: string, target: string, members: Members = {}): Members =>
  step({ id, side_effects: [{ kind: 'exec', target_kind: 'command', target }], ...members })

/** The run that went wrong: it wrote files, and a policy denied a command. */
export const bad: Members = releaseRun({ task_id: 'TASK-1' })

/** The same work the day before, by another model, and it went well. */
export const good: Members = smallRun({
  id: 'run-7',
  task_id: 'TASK-1',
  turn_id: 't-7',
  model: 'claude-opus-4-1',
  started_at: '2026-11-19T14:00:00Z',
  ended_at: '2026-11-19T14:05:00Z',
  policies: [{ id: 'repo-write', version: '3' }],
  steps: [command('s1', 'npm test'), command('s2', 'npm publish')],
})

/** A child of the bad run that names no turn itself, used an MCP server and made a file. */
export const child: Members = smallRun({
  id: 'run-8.1',
  agent_id: 'reviewer',
  parent_run_id: 'run-8',
  started_at: '2026-11-20T14:04:00Z',
  ended_at: '2026-11-20T14:05:00Z',
  tags: ['review', 'nightly'],
  steps: [
    step({
      id: 'r1',
      started_at: '2026-11-20T14:04:01Z',
      ended_at: '2026-11-20T14:04:02Z',
      tool_name: 'create_issue',
      mcp_server: 'github',
      side_effects: [{ kind: 'write', target_kind: 'ticket', target: 'acme/widget#7' }],
    }),
  ],
  artifacts: [{ id: 'f1', name: 'review.md', kind: 'file', action: 'created', step_id: 'r1' }],
})

/** An evaluated run of long ago that a person was asked about. */
export const old: Members = smallRun({
  id: 'run-1',
  started_at: '2025-01-01T00:00:00Z',
  ended_at: '2025-01-01T00:10:00Z',
  steps: [
    step({
      id: 'q1',
      started_at: null,
      ended_at: null,
      status: 'denied',
      approval: { state: 'denied', approval_id: 'ap' },
    }),
  ],
  approvals: [
    { approval_id: 'ap', event: 'requested', step_id: 'q1', at: '2025-01-01T00:01:00Z' },
    {
      approval_id: 'ap',
      event: 'denied',
      step_id: 'q1',
      at: '2025-01-01T00:01:30Z',
      actor: { kind: 'human', name: 'Ada' },
      reason: 'not today',
    },
  ],
  eval: { pass: true, score: 80, benchmark_id: 'bench' },
})

/** All of them. */
export const runs: readonly Members[] = [bad, good, child, old]

/** Files of a folder: documents, lines, and things that are no records. */
export const files: Readonly<Record<string, string | object>> = {
  'run-8.json': bad,
  'run-7.json': good,
  'older/some.jsonl': `${JSON.stringify(child)}\n${JSON.stringify(old)}\n`,
  'package.json': { name: 'widget', version: '1.0.0' },
}
