// Generated from spec/registry.md by "npm run gen". Do not edit.

/** Registered values of every open vocabulary, by its name in spec/registry.md. */
export const vocabularies: Readonly<Record<string, readonly string[]>> = {
  'relation': ['retry_of', 'resumes', 'continues', 'replays', 'forks', 'baseline', 'follows'],
  'error_type': ['tool_failed', 'timeout', 'rate_limited', 'provider_error', 'invalid_request', 'invalid_arguments', 'not_found', 'permission_denied', 'cancelled', 'interrupted', 'context_overflow', 'budget_exceeded', 'network', 'sandbox', 'stage_failed', 'output_invalid', 'low_confidence', 'high_escalation', 'low_skill_activation', 'internal'],
  'risk': ['low', 'medium', 'high', 'critical'],
  'side_effect.kind': ['none', 'read', 'write', 'delete', 'exec', 'network', 'deploy', 'payment', 'message', 'credential', 'schedule', 'memory', 'process', 'other'],
  'target_kind': ['file', 'repo', 'ticket', 'pull_request', 'browser', 'url', 'database', 'cloud', 'service', 'package', 'credential', 'memory', 'process', 'command', 'person', 'channel', 'calendar', 'other'],
  'artifact.kind': ['file', 'folder', 'commit', 'pull_request', 'package', 'image', 'dataset', 'report', 'browser_action', 'message', 'other'],
  'tool.kind': ['builtin', 'function', 'mcp', 'provider', 'agent', 'shell'],
  'transport': ['stdio', 'streamable_http', 'sse', 'websocket', 'in_process'],
  'sandbox.kind': ['none', 'container', 'vm', 'os', 'wasm', 'remote'],
  'checkpoint.kind': ['git_commit', 'git_stash', 'snapshot', 'database', 'conversation', 'file_history'],
  'evidence.kind': ['test', 'eval', 'trace', 'browser_check', 'lint', 'build', 'benchmark', 'review', 'screenshot', 'log', 'postcondition'],
  'unit': ['credits', 'premium_requests', 'compute_seconds', 'eur', 'gbp', 'jpy', 'cny'],
  'statement.kind': ['countersignature', 'tombstone', 'link', 'batch', 'rotation', 'revocation', 'late_decision'],
  'journal.type': ['run.started', 'run.updated', 'run.paused', 'run.resumed', 'run.sealed', 'step.started', 'step.ended', 'approval', 'policy_decision', 'artifact', 'evidence', 'head'],
}
