import type { Example } from '../conversion/hostile.ts'

const entry = (role: string, content: unknown, more: object = {}): object => ({ role, content, agent: 'main', ...more })

const patch = `diff --git a/a.py b/a.py
--- a/a.py
+++ b/a.py
@@ -1 +1 @@
-x
+y
diff --git a/new.py b/new.py
--- /dev/null
+++ b/new.py
@@ -0,0 +1 @@
+z
diff --git a/old.py b/old.py
--- a/old.py
+++ /dev/null
`

/** A trajectory with calls of functions, as version 1 writes it. */
export const calling = {
  environment: 'swe_main',
  trajectory: [
    { action: 'ls', observation: 'a.py', execution_time: 0.25, thought: 'look', response: 'look', state: {} },
    { action: 'submit', observation: '', execution_time: 1.5, thought: 'done', response: 'done', state: {} },
  ],
  history: [
    entry('system', 'You fix things.', { message_type: 'system_prompt' }),
    entry('user', 'A demonstration', { is_demo: true }),
    entry('user', 'Fix a.py', { message_type: 'observation' }),
    entry('assistant', 'I look.', {
      message_type: 'action',
      action: 'ls',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'bash', arguments: '{"command":"ls"}' } }],
    }),
    entry('tool', [{ type: 'text', text: 'a.py' }], { message_type: 'observation', tool_call_ids: ['c1'] }),
    entry('assistant', 'Done.', {
      message_type: 'action',
      action: 'submit',
      tool_calls: [{ id: 'c2', type: 'function', function: { name: 'submit', arguments: '{}' } }],
    }),
    entry('tool', patch, { message_type: 'observation', tool_call_ids: ['c2'] }),
  ],
  info: {
    exit_status: 'submitted',
    submission: patch,
    swe_agent_version: '1.1.0',
    model_stats: { instance_cost: 0.05, tokens_sent: 900, tokens_received: 60, api_calls: 2 },
  },
  replay_config: JSON.stringify({ agent: { model: { name: 'claude-x' } }, problem_statement: { id: 'repo__1' } }),
}

/** One without calls of functions: the action is a line for the shell, the answer comes from the user. */
export const shelling = {
  history: [
    entry('system', 'You fix things.', { message_type: 'system_prompt' }),
    entry('user', 'Fix a.py', { message_type: 'observation' }),
    entry('assistant', 'I write.', { message_type: 'action', thought: 'write', action: 'echo y > a.py' }),
    entry('user', 'ok', { message_type: 'observation' }),
  ],
}

/** Inputs for the tests that every adapter has. */
export const examples = (): Example[] => [
  { name: 'calling.traj', text: JSON.stringify(calling) },
  { name: 'shelling.traj', text: JSON.stringify(shelling) },
  { name: 'bare.traj', text: JSON.stringify({ trajectory: calling.trajectory }) },
]
