// Generated from schemas/ by "npm run gen". Do not edit.
import type { SchemaNode } from '../validate/schema-node.ts'

const s0: SchemaNode = { type: 'string', minLength: 1 }
const s1: SchemaNode = { type: 'object', additionalProperties: true }
const s2: SchemaNode = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' }
const s3: SchemaNode = { type: ['string', 'null'] }
const s4: SchemaNode = { type: 'string', pattern: '^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*)?$' }
const s5: SchemaNode = { type: 'integer', minimum: 0 }
const s6: SchemaNode = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$' }
const s7: SchemaNode = { type: 'array', items: { type: 'string', minLength: 1 } }
const s8: SchemaNode = { type: 'string' }
const s9: SchemaNode = { $ref: 'recovery-action' }
const s10: SchemaNode = { type: 'string', pattern: '^[0-9a-f]{64}$' }
const s11: SchemaNode = { type: ['integer', 'null'], minimum: 0 }
const s12: SchemaNode = { type: ['string', 'null'], pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$' }
const s13: SchemaNode = { type: 'boolean' }
const s14: SchemaNode = { type: 'number', minimum: 0 }
const s15: SchemaNode = { type: 'array', items: { type: 'string' } }
const s16: SchemaNode = { type: 'array', items: { $ref: 'content-ref' } }
const s17: SchemaNode = { $ref: 'content-ref' }
const s18: SchemaNode = { type: ['number', 'null'], minimum: 0 }
const s19: SchemaNode = { $ref: 'cost' }
const s20: SchemaNode = { type: 'string', enum: ['observed', 'inferred'] }
const s21: SchemaNode = { type: 'string', pattern: '^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$' }
const s22: SchemaNode = { type: 'string', pattern: '^[A-Za-z0-9+/]{85}[AQgw]==$' }
const s23: SchemaNode = { type: 'number', minimum: 0, maximum: 100 }
const s24: SchemaNode = { type: 'string', pattern: '^[0-9a-f]{16}$' }
const s25: SchemaNode = { type: 'number', minimum: 0, maximum: 1 }
const s26: SchemaNode = { type: 'integer' }

/** Names of the schemas: their file names without `.json`. */
export type SchemaName =
  | 'agent-run'
  | 'actor'
  | 'approval'
  | 'artifact'
  | 'checkpoint'
  | 'content-ref'
  | 'cost'
  | 'criterion'
  | 'decider'
  | 'eval'
  | 'evidence'
  | 'grant'
  | 'inventory'
  | 'limits'
  | 'links'
  | 'mcp-server'
  | 'model-config'
  | 'model-provider'
  | 'parent-ref'
  | 'permissions'
  | 'policy-decision'
  | 'policy-ref'
  | 'provenance'
  | 'recovery-action'
  | 'recovery'
  | 'related-run'
  | 'sandbox'
  | 'scope'
  | 'setup'
  | 'side-effect'
  | 'skill'
  | 'source-range'
  | 'source'
  | 'statement'
  | 'step-approval'
  | 'step'
  | 'tool'

/** The schemas without their prose; `allOf` with one `$ref` is written as that `$ref`. */
export const schemaTable: Readonly<Record<SchemaName, SchemaNode & { readonly title: string }>> = {
  'agent-run': { title: 'AgentRun', type: 'object', required: ['id', 'agent_id', 'status', 'started_at', 'steps', 'cost', 'provenance'], properties: {
    id: s0,
    spec_version: { type: 'string', pattern: '^1\\.(0|[1-9][0-9]*)$' },
    session_id: s0,
    turn_id: s0,
    task_id: s3,
    job_id: s0,
    workspace_id: s3,
    parent_run_id: s3,
    related: { type: 'array', items: { $ref: 'related-run' } },
    links: { $ref: 'links' },
    tags: s15,
    agent_id: s0,
    agent_name: s3,
    agent_version: s0,
    agent_role: s0,
    runtime: s3,
    runtime_version: s3,
    model: s3,
    provider: s3,
    model_config: { $ref: 'model-config' },
    prompt_version: s0,
    status: { type: 'string', enum: ['pending', 'running', 'paused', 'completed', 'failed', 'cancelled', 'timeout', 'interrupted', 'unknown'] },
    outcome: { type: ['string', 'null'], enum: ['success', 'failed', 'partial', 'abandoned', 'escalated', 'rolled_back', null] },
    trigger: { type: ['string', 'null'], enum: ['manual', 'cron', 'webhook', 'agent', 'pipeline', 'queue', 'event', null] },
    started_at: s12,
    ended_at: s12,
    duration_ms: s18,
    error: s3,
    error_type: s4,
    input_preview: s8,
    output_preview: s8,
    input_refs: s16,
    output_refs: s16,
    intent: s8,
    tools_available: s15,
    inventory: { $ref: 'inventory' },
    permissions: { $ref: 'permissions' },
    sandbox: { $ref: 'sandbox' },
    policies: { type: 'array', items: { $ref: 'policy-ref' } },
    scope: { $ref: 'scope' },
    git_branch: s3,
    git_commit: s3,
    setup: { $ref: 'setup' },
    steps: { type: 'array', items: { $ref: 'step' } },
    approvals: { type: 'array', items: { $ref: 'approval' } },
    policy_decisions: { type: 'array', items: { $ref: 'policy-decision' } },
    artifacts: { type: 'array', items: { $ref: 'artifact' } },
    checkpoints: { type: 'array', items: { $ref: 'checkpoint' } },
    evidence: { type: 'array', items: { $ref: 'evidence' } },
    recovery: { $ref: 'recovery' },
    eval: { $ref: 'eval' },
    cost: s19,
    provenance: { $ref: 'provenance' },
    source: { $ref: 'source' },
    salt: s10,
    private_hash: s2,
    metadata: s1,
  } },
  'actor': { title: 'Actor', type: 'object', required: ['kind'], properties: {
    kind: { type: 'string', enum: ['human', 'agent', 'unknown'] },
    id: s0,
    name: s0,
    metadata: s1,
  } },
  'approval': { title: 'ApprovalEvent', type: 'object', required: ['approval_id', 'event', 'at'], properties: {
    approval_id: s0,
    event: { type: 'string', enum: ['requested', 'approved', 'denied', 'expired', 'cancelled', 'escalated', 'revoked'] },
    run_id: s0,
    step_id: s0,
    tool_call_id: s0,
    at: s6,
    expires_at: s6,
    actor: { $ref: 'actor' },
    required_role: s0,
    risk: s4,
    reason: s8,
    presentation_digest: s2,
    action_hash: s2,
    modified_action_hash: s2,
    request_hash: s2,
    grant: { $ref: 'grant' },
    decision_id: s0,
    stops_run: s13,
    basis: s20,
    signed_by: s21,
    signature: s22,
    salt: s10,
    private_hash: s2,
    metadata: s1,
  } },
  'artifact': { title: 'Artifact', type: 'object', required: ['id'], properties: {
    id: s0,
    name: s8,
    kind: s4,
    action: { type: 'string', enum: ['created', 'modified', 'deleted'] },
    step_id: s0,
    content: s17,
    salt: s10,
    private_hash: s2,
    metadata: s1,
  } },
  'checkpoint': { title: 'Checkpoint', type: 'object', required: ['when'], properties: {
    when: { type: 'string', enum: ['before', 'during', 'after'] },
    kind: s4,
    ref: s0,
    at: s6,
    metadata: s1,
  } },
  'content-ref': { title: 'ContentRef', type: 'object', properties: {
    digest: s2,
    size: s5,
    media_type: s0,
    uri: s0,
    metadata: s1,
  } },
  'cost': { title: 'Cost', type: 'object', required: ['input_tokens', 'output_tokens'], properties: {
    input_tokens: s11,
    output_tokens: s11,
    cache_read_tokens: s11,
    cache_write_tokens: s11,
    cache_write_5m_tokens: s5,
    cache_write_1h_tokens: s5,
    reasoning_tokens: s5,
    total_tokens: s11,
    cost_usd: s18,
    amount: s14,
    unit: s4,
    model: s3,
    by_model: { type: 'array', items: { $ref: 'cost' } },
    basis: { type: 'string', enum: ['reported', 'computed', 'lower_bound', 'unknown'] },
    price_basis: { type: 'string', enum: ['reported', 'computed', 'unknown'] },
    price_source: s0,
    metadata: s1,
  } },
  'criterion': { title: 'Criterion', type: 'object', required: ['name'], properties: {
    name: s0,
    pass: s13,
    score: s23,
    label: s0,
    metadata: s1,
  } },
  'decider': { title: 'Decider', type: 'object', required: ['kind'], properties: {
    kind: { type: 'string', enum: ['rule', 'policy', 'hook', 'classifier', 'guard', 'sandbox'] },
    id: s0,
    version: s0,
    metadata: s1,
  } },
  'eval': { title: 'EvalResult', type: 'object', required: ['pass', 'score'], properties: {
    pass: s13,
    score: s23,
    task_type: s3,
    eval_layer: s3,
    expected_outcome: s3,
    actual_outcome: s3,
    criteria: { type: 'array', items: { $ref: 'criterion' } },
    metrics: { type: ['object', 'null'], additionalProperties: true, properties: { cost_usd: { type: ['number', 'null'], minimum: 0 }, duration_ms: { type: ['number', 'null'], minimum: 0 }, tool_calls: { type: ['integer', 'null'], minimum: 0 }, retries: { type: ['integer', 'null'], minimum: 0 }, convergence: { type: ['number', 'null'], minimum: 0, maximum: 1 } } },
    regression_from: s3,
    detail: s3,
    benchmark_id: s3,
    evaluator: s0,
    cost: s19,
    run_id: s0,
    record_hash: s2,
    document_hash: s2,
    at: s6,
    signed_by: s21,
    signature: s22,
    metadata: s1,
  } },
  'evidence': { title: 'Evidence', type: 'object', required: ['kind'], properties: {
    kind: s4,
    name: s0,
    result: { type: 'string', enum: ['pass', 'fail', 'partial', 'skipped', 'unknown'] },
    ref: s0,
    step_id: s0,
    metadata: s1,
  } },
  'grant': { title: 'Grant', type: 'object', required: ['scope'], properties: {
    scope: { type: 'string', enum: ['session', 'always'] },
    tool_name: s0,
    mcp_server: s0,
    tool_hash: s2,
    session_id: s0,
    rule: s0,
    expires_at: s6,
    metadata: s1,
  } },
  'inventory': { title: 'Inventory', type: 'object', properties: {
    tools: { type: 'array', items: { $ref: 'tool' } },
    mcp_servers: { type: 'array', items: { $ref: 'mcp-server' } },
    skills: { type: 'array', items: { $ref: 'skill' } },
    providers: { type: 'array', items: { $ref: 'model-provider' } },
    ref: s17,
    at: s6,
    metadata: s1,
  } },
  'limits': { title: 'Limits', type: 'object', properties: {
    max_steps: s5,
    max_model_calls: s5,
    max_tokens: s5,
    max_duration_ms: s14,
    max_cost_usd: s14,
    metadata: s1,
  } },
  'links': { title: 'Links', type: 'object', properties: {
    trace_id: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    span_id: s24,
    urls: s7,
    metadata: s1,
  } },
  'mcp-server': { title: 'McpServer', type: 'object', required: ['name'], properties: {
    name: s0,
    server_name: s0,
    version: s0,
    transport: s4,
    protocol_version: s0,
    command: s0,
    url: s0,
    tools_hash: s2,
    metadata: s1,
  } },
  'model-config': { title: 'ModelConfig', type: 'object', properties: {
    temperature: s14,
    top_p: s25,
    top_k: s5,
    max_tokens: s5,
    seed: s26,
    stop_sequences: s15,
    reasoning_effort: s0,
    service_tier: s0,
    tier: s0,
    metadata: s1,
  } },
  'model-provider': { title: 'ModelProvider', type: 'object', required: ['name'], properties: {
    name: s0,
    models: s7,
    url: s0,
    metadata: s1,
  } },
  'parent-ref': { title: 'ParentRef', type: 'object', required: ['run_id'], properties: {
    run_id: s0,
    delegation_id: s0,
    handoff_leaf: s2,
    record_hash: s2,
    metadata: s1,
  } },
  'permissions': { title: 'Permissions', type: 'object', properties: {
    approval_mode: s0,
    granted: s7,
    limits: { $ref: 'limits' },
    metadata: s1,
  } },
  'policy-decision': { title: 'PolicyDecision', type: 'object', required: ['id', 'at', 'verdict'], properties: {
    id: s0,
    at: s6,
    step_id: s0,
    tool_call_id: s0,
    boundary: { type: 'string', enum: ['input', 'model_output', 'tool_call', 'tool_result'] },
    subject_hash: s2,
    policy: { $ref: 'policy-ref' },
    decider: { $ref: 'decider' },
    verdict: { type: 'string', enum: ['allow', 'warn', 'redact', 'modify', 'block', 'require_approval', 'review'] },
    matched: { type: 'string', enum: ['rule', 'default', 'error'] },
    rule_ids: s7,
    reasons: s7,
    confidence: s25,
    enforcement: { type: 'string', enum: ['none', 'executed', 'asked', 'blocked', 'redacted', 'modified'] },
    basis: s20,
    external_id: s0,
    salt: s10,
    private_hash: s2,
    metadata: s1,
  } },
  'policy-ref': { title: 'PolicyRef', type: 'object', required: ['id'], properties: {
    id: s0,
    version: s0,
    digest: s2,
    metadata: s1,
  } },
  'provenance': { title: 'Provenance', type: 'object', required: ['run_hash'], properties: {
    run_hash: s8,
    config_hash: s3,
    model_version: s3,
    prompt_digest: s2,
    inventory_hash: s2,
    runtime: s3,
    created_at: s12,
    nonce: { type: 'string', pattern: '^[0-9a-f]{32,128}$' },
    parents: { type: 'array', items: { $ref: 'parent-ref' } },
    parent_run_hash: s3,
    lineage: s15,
    steps_count: s5,
    steps_root: s2,
    journal_head: s2,
    sealed_at: s6,
    record_hash: s2,
    signed_by: s3,
    signature: s3,
    metadata: s1,
  } },
  'recovery-action': { title: 'RecoveryAction', type: 'object', required: ['state'], properties: {
    state: { type: 'string', enum: ['available', 'done', 'impossible', 'unknown'] },
    how: s0,
    owner: s0,
    metadata: s1,
  } },
  'recovery': { title: 'Recovery', type: 'object', properties: {
    stop: s9,
    pause: s9,
    retry: s9,
    resume: s9,
    replay: s9,
    rollback: s9,
    cleanup: s9,
    uninstall: s9,
    metadata: s1,
  } },
  'related-run': { title: 'RelatedRun', type: 'object', required: ['relation', 'run_id'], properties: {
    relation: s4,
    run_id: s0,
    step_id: s0,
    record_hash: s2,
    metadata: s1,
  } },
  'sandbox': { title: 'Sandbox', type: 'object', properties: {
    kind: s4,
    image_digest: s2,
    writable_roots: s7,
    network: { type: 'string', enum: ['none', 'limited', 'full', 'unknown'] },
    metadata: s1,
  } },
  'scope': { title: 'Scope', type: 'object', properties: {
    repository: s0,
    root: s0,
    dirty: s13,
    files: s7,
    metadata: s1,
  } },
  'setup': { title: 'Setup', type: 'object', properties: {
    method: s0,
    installed_at: s6,
    package: s17,
    config: s17,
    metadata: s1,
  } },
  'side-effect': { title: 'SideEffect', type: 'object', required: ['kind'], properties: {
    kind: s4,
    operation: s8,
    target_kind: s4,
    target: s8,
    reversible: { type: 'string', enum: ['full', 'partial', 'none', 'unknown'] },
    before_digest: s2,
    after_digest: s2,
    artifact_id: s0,
    basis: { type: 'string', enum: ['declared', 'observed', 'inferred'] },
    salt: s10,
    private_hash: s2,
    metadata: s1,
  } },
  'skill': { title: 'Skill', type: 'object', required: ['name'], properties: {
    name: s0,
    version: s0,
    digest: s2,
    origin: s0,
    metadata: s1,
  } },
  'source-range': { title: 'SourceRange', type: 'object', required: ['unit', 'first', 'last'], properties: {
    unit: { type: 'string', enum: ['lines', 'bytes'] },
    first: s5,
    last: s5,
    metadata: s1,
  } },
  'source': { title: 'Source', type: 'object', required: ['format'], properties: {
    format: s0,
    format_version: s0,
    adapter: s0,
    adapter_version: s0,
    digest: s2,
    range: { $ref: 'source-range' },
    times: { type: 'string', enum: ['recorded', 'inferred', 'mixed', 'absent'] },
    metadata: s1,
  } },
  'statement': { title: 'Statement', type: 'object', required: ['kind', 'about', 'at'], properties: {
    kind: s4,
    about: s0,
    at: s6,
    body: s1,
    signed_by: s21,
    signature: s22,
    metadata: s1,
  } },
  'step-approval': { title: 'StepApproval', type: 'object', required: ['state'], properties: {
    state: { type: 'string', enum: ['not_required', 'requested', 'approved', 'denied', 'expired', 'cancelled', 'auto_approved'] },
    approval_id: s0,
    decision_id: s0,
    policy_id: s0,
    basis: s20,
    metadata: s1,
  } },
  'step': { title: 'Step', type: 'object', required: ['id', 'type', 'started_at'], properties: {
    id: s0,
    type: { type: 'string', enum: ['model_call', 'reasoning', 'message', 'tool_call', 'tool_result', 'handoff', 'handoff_result', 'input_request', 'compaction', 'config_change', 'error', 'other'] },
    seq: s5,
    status: { type: 'string', enum: ['pending', 'running', 'succeeded', 'failed', 'denied', 'cancelled', 'timeout', 'skipped', 'interrupted', 'unknown'] },
    started_at: s12,
    ended_at: s12,
    duration_ms: s18,
    role: { type: 'string', enum: ['user', 'assistant', 'system', 'tool'] },
    parent_step_id: s0,
    caused_by: s7,
    turn_id: s0,
    agent_id: s0,
    span_id: s24,
    model_call_id: s0,
    attempt: { type: 'integer', minimum: 1 },
    retry_of: s0,
    fallback_from: s0,
    cache_hit: s13,
    model: s0,
    response_id: s0,
    stop_reason: s0,
    first_token_ms: s14,
    prompt_version: s0,
    tool_name: s3,
    tool_call_id: s0,
    mcp_server: s3,
    tool_hash: s2,
    arguments_hash: s2,
    initiated_by: s0,
    permission: s0,
    input_preview: s3,
    output_preview: s3,
    input_refs: s16,
    output_refs: s16,
    side_effects: { type: 'array', items: { $ref: 'side-effect' } },
    approval: { $ref: 'step-approval' },
    artifact_ids: s7,
    state_version: s0,
    child_run_id: s0,
    child_record_hash: s2,
    delegation_id: s0,
    cost: s19,
    error: s3,
    error_type: s4,
    exit_code: s26,
    source_ref: s0,
    salt: s10,
    private_hash: s2,
    success: { type: ['boolean', 'null'] },
    tokens_used: s11,
    metadata: s1,
  } },
  'tool': { title: 'Tool', type: 'object', required: ['name'], properties: {
    name: s0,
    kind: s4,
    mcp_server: s0,
    description_digest: s2,
    schema_hash: s2,
    annotations: s1,
    declared_effect: s4,
    permission: s0,
    metadata: s1,
  } },
}

/** The sentence behind every place in the schemas that is not listed below. */
export const defaultRequirement = 'AR-RUN-001'

/** Places in the schemas (`file#pointer`) and the sentence that stands behind them, longest place first. */
export const requirementPlaces: readonly (readonly [place: string, requirement: string])[] = [
  ['agent-run.json#/properties/status/enum', 'AR-RUN-004'],
  ['agent-run.json#/required', 'AR-RUN-002'],
  ['policy-decision.json#', 'AR-APPR-002'],
  ['step-approval.json#', 'AR-STEP-001'],
  ['side-effect.json#', 'AR-STEP-001'],
  ['criterion.json#', 'AR-EVAL-001'],
  ['approval.json#', 'AR-APPR-001'],
  ['decider.json#', 'AR-APPR-002'],
  ['actor.json#', 'AR-APPR-001'],
  ['grant.json#', 'AR-APPR-001'],
  ['cost.json#', 'AR-COST-001'],
  ['eval.json#', 'AR-EVAL-001'],
  ['step.json#', 'AR-STEP-001'],
]
