// Generated from schemas/ and spec/registry.md by "npm run gen". Do not edit.

/** What is known about the members of one kind of object. */
export interface Members {
  /** Members that hold a time. */
  readonly times: readonly string[]
  /** Optional members that admit `null`, deprecated ones left out. */
  readonly nullable: readonly string[]
  /** Members with a value of an open vocabulary, and the name of the vocabulary. */
  readonly open: readonly (readonly [member: string, vocabulary: string])[]
  /** Members that hold one object, and its kind. */
  readonly objects: readonly (readonly [member: string, kind: string])[]
  /** Members that hold a list of objects, and their kind. */
  readonly lists: readonly (readonly [member: string, kind: string])[]
}

/**
 * Every kind of object in a record that has such members or holds objects that have, by the name of its schema.
 * `agent-run` is the record.
 */
export const members: Readonly<Record<string, Members>> = {
  'agent-run': {
    times: ['started_at', 'ended_at'],
    nullable: ['task_id', 'workspace_id', 'parent_run_id', 'agent_name', 'runtime', 'runtime_version', 'model', 'provider', 'outcome', 'trigger', 'ended_at', 'duration_ms', 'error', 'git_branch', 'git_commit'],
    open: [['error_type', 'error_type']],
    objects: [['inventory', 'inventory'], ['sandbox', 'sandbox'], ['setup', 'setup'], ['eval', 'eval'], ['cost', 'cost'], ['provenance', 'provenance']],
    lists: [['related', 'related-run'], ['steps', 'step'], ['approvals', 'approval'], ['policy_decisions', 'policy-decision'], ['artifacts', 'artifact'], ['checkpoints', 'checkpoint'], ['evidence', 'evidence']],
  },
  'related-run': {
    times: [],
    nullable: [],
    open: [['relation', 'relation']],
    objects: [],
    lists: [],
  },
  'inventory': {
    times: ['at'],
    nullable: [],
    open: [],
    objects: [],
    lists: [['tools', 'tool'], ['mcp_servers', 'mcp-server']],
  },
  'tool': {
    times: [],
    nullable: [],
    open: [['kind', 'tool.kind'], ['declared_effect', 'side_effect.kind']],
    objects: [],
    lists: [],
  },
  'mcp-server': {
    times: [],
    nullable: [],
    open: [['transport', 'transport']],
    objects: [],
    lists: [],
  },
  'sandbox': {
    times: [],
    nullable: [],
    open: [['kind', 'sandbox.kind']],
    objects: [],
    lists: [],
  },
  'setup': {
    times: ['installed_at'],
    nullable: [],
    open: [],
    objects: [],
    lists: [],
  },
  'step': {
    times: ['started_at', 'ended_at'],
    nullable: ['ended_at', 'duration_ms', 'tool_name', 'mcp_server', 'input_preview', 'output_preview', 'error'],
    open: [['error_type', 'error_type']],
    objects: [['cost', 'cost']],
    lists: [['side_effects', 'side-effect']],
  },
  'side-effect': {
    times: [],
    nullable: [],
    open: [['kind', 'side_effect.kind'], ['target_kind', 'target_kind']],
    objects: [],
    lists: [],
  },
  'cost': {
    times: [],
    nullable: ['cache_read_tokens', 'cache_write_tokens', 'total_tokens', 'cost_usd', 'model'],
    open: [['unit', 'unit']],
    objects: [],
    lists: [['by_model', 'cost']],
  },
  'approval': {
    times: ['at', 'expires_at'],
    nullable: [],
    open: [['risk', 'risk']],
    objects: [['grant', 'grant']],
    lists: [],
  },
  'grant': {
    times: ['expires_at'],
    nullable: [],
    open: [],
    objects: [],
    lists: [],
  },
  'policy-decision': {
    times: ['at'],
    nullable: [],
    open: [],
    objects: [],
    lists: [],
  },
  'artifact': {
    times: [],
    nullable: [],
    open: [['kind', 'artifact.kind']],
    objects: [],
    lists: [],
  },
  'checkpoint': {
    times: ['at'],
    nullable: [],
    open: [['kind', 'checkpoint.kind']],
    objects: [],
    lists: [],
  },
  'evidence': {
    times: [],
    nullable: [],
    open: [['kind', 'evidence.kind']],
    objects: [],
    lists: [],
  },
  'eval': {
    times: ['at'],
    nullable: ['task_type', 'eval_layer', 'expected_outcome', 'actual_outcome', 'metrics', 'regression_from', 'detail', 'benchmark_id'],
    open: [],
    objects: [['metrics', 'eval.metrics'], ['cost', 'cost']],
    lists: [],
  },
  'eval.metrics': {
    times: [],
    nullable: ['cost_usd', 'duration_ms', 'tool_calls', 'retries', 'convergence'],
    open: [],
    objects: [],
    lists: [],
  },
  'provenance': {
    times: ['created_at', 'sealed_at'],
    nullable: ['config_hash', 'model_version', 'runtime', 'created_at', 'parent_run_hash', 'signed_by', 'signature'],
    open: [],
    objects: [],
    lists: [],
  },
}
