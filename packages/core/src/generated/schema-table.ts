// Generated from schemas/ by "npm run gen". Do not edit.
import type { SchemaNode } from '../validate/schema-node.ts'

const s0: SchemaNode = { type: 'string', minLength: 1 }
const s1: SchemaNode = { type: 'object', additionalProperties: true }
const s2: SchemaNode = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' }
const s3: SchemaNode = { type: ['string', 'null'] }
const s4: SchemaNode = { type: 'integer', minimum: 0 }
const s5: SchemaNode = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$' }
const s6: SchemaNode = { type: 'string', pattern: '^[a-z][a-z0-9_]*(:[a-z0-9][a-z0-9_.-]*)?$' }
const s7: SchemaNode = { type: 'array', items: { type: 'string', minLength: 1 } }
const s8: SchemaNode = { type: 'string' }
const s9: SchemaNode = { $ref: 'recovery-action' }
const s10: SchemaNode = { type: 'string', pattern: '^[0-9a-f]{64}$' }
const s11: SchemaNode = { type: 'boolean' }
const s12: SchemaNode = { type: ['integer', 'null'], minimum: 0 }
const s13: SchemaNode = { type: ['string', 'null'], pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$' }
const s14: SchemaNode = { type: 'string', pattern: '^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$' }
const s15: SchemaNode = { type: 'number', minimum: 0 }
const s16: SchemaNode = { type: 'array', items: { type: 'string' } }
const s17: SchemaNode = { type: 'array', items: { $ref: 'content-ref' } }
const s18: SchemaNode = { type: 'string', pattern: '^[A-Za-z0-9+/]{85}[AQgw]==$' }
const s19: SchemaNode = { $ref: 'content-ref' }
const s20: SchemaNode = { type: 'string', pattern: '^1\\.(0|[1-9][0-9]*)$' }
const s21: SchemaNode = { type: ['number', 'null'], minimum: 0 }
const s22: SchemaNode = { $ref: 'cost' }
const s23: SchemaNode = { type: 'string', enum: ['observed', 'inferred'] }
const s24: SchemaNode = { type: 'integer', minimum: 1 }
const s25: SchemaNode = { type: 'array', items: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' } }
const s26: SchemaNode = { type: 'string', enum: ['schema', 'semantics', 'run_hash', 'steps', 'record', 'signature', 'signer', 'approvals', 'lineage', 'journal', 'evals', 'erasures'] }
const s27: SchemaNode = { type: 'number', minimum: 0, maximum: 100 }
const s28: SchemaNode = { type: 'string', pattern: '^[0-9a-f]{32,128}$' }
const s29: SchemaNode = { type: 'string', pattern: '^[0-9a-f]{16}$' }
const s30: SchemaNode = { type: 'number', minimum: 0, maximum: 1 }
const s31: SchemaNode = { type: 'integer' }
const s32: SchemaNode = { type: 'string', enum: ['none', 'recorded', 'sealed', 'accountable'] }

/** Names of the schemas: their file names without `.json`. */
export type SchemaName =
  | 'agent-run'
  | 'actor'
  | 'approval'
  | 'artifact'
  | 'batch-proof'
  | 'check'
  | 'checkpoint'
  | 'completeness'
  | 'content-ref'
  | 'cost'
  | 'criterion'
  | 'decider'
  | 'eval'
  | 'evidence'
  | 'finding'
  | 'grant'
  | 'inventory'
  | 'journal-head'
  | 'journal-line'
  | 'limits'
  | 'lineage-edge'
  | 'links'
  | 'mcp-server'
  | 'model-config'
  | 'model-provider'
  | 'parent-ref'
  | 'permissions'
  | 'policy-decision'
  | 'policy-ref'
  | 'private-line'
  | 'provenance'
  | 'recovery-action'
  | 'recovery'
  | 'related-run'
  | 'revocation'
  | 'sandbox'
  | 'scope'
  | 'setup'
  | 'shortfall'
  | 'side-effect'
  | 'skill'
  | 'source-range'
  | 'source'
  | 'statement'
  | 'step-approval'
  | 'step-proof'
  | 'step'
  | 'text-position'
  | 'time-basis'
  | 'tool'
  | 'trust'
  | 'trusted-key'
  | 'verdict'

/** The schemas without their prose; `allOf` with one `$ref` is written as that `$ref`. */
export const schemaTable: Readonly<Record<SchemaName, SchemaNode & { readonly title: string }>> = {
  'agent-run': { title: 'AgentRun', type: 'object', required: ['id', 'agent_id', 'status', 'started_at', 'steps', 'cost', 'provenance'], properties: {
    id: s0,
    spec_version: s20,
    session_id: s0,
    turn_id: s0,
    task_id: s3,
    job_id: s0,
    workspace_id: s3,
    parent_run_id: s3,
    related: { type: 'array', items: { $ref: 'related-run' } },
    links: { $ref: 'links' },
    tags: s16,
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
    started_at: s13,
    ended_at: s13,
    duration_ms: s21,
    error: s3,
    error_type: s6,
    input_preview: s8,
    output_preview: s8,
    input_refs: s17,
    output_refs: s17,
    intent: s8,
    tools_available: s16,
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
    cost: s22,
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
    at: s5,
    expires_at: s5,
    actor: { $ref: 'actor' },
    required_role: s0,
    risk: s6,
    reason: s8,
    presentation_digest: s2,
    action_hash: s2,
    modified_action_hash: s2,
    request_hash: s2,
    grant: { $ref: 'grant' },
    decision_id: s0,
    stops_run: s11,
    basis: s23,
    signed_by: s14,
    signature: s18,
    salt: s10,
    private_hash: s2,
    metadata: s1,
  } },
  'artifact': { title: 'Artifact', type: 'object', required: ['id'], properties: {
    id: s0,
    name: s8,
    kind: s6,
    action: { type: 'string', enum: ['created', 'modified', 'deleted'] },
    step_id: s0,
    content: s19,
    salt: s10,
    private_hash: s2,
    metadata: s1,
  } },
  'batch-proof': { title: 'BatchProof', type: 'object', required: ['statement', 'record_hash', 'index', 'path'], properties: {
    statement: s2,
    record_hash: s2,
    index: s4,
    path: s25,
    metadata: s1,
  } },
  'check': { title: 'Check', type: 'object', required: ['check', 'result', 'detail', 'compared'], properties: {
    check: s26,
    result: { type: 'string', enum: ['pass', 'fail', 'absent', 'unknown', 'skipped'] },
    detail: s0,
    compared: s4,
    code: s0,
    path: s8,
    expected: s0,
    found: s0,
    findings: { type: 'array', items: { $ref: 'finding' } },
    metadata: s1,
  } },
  'checkpoint': { title: 'Checkpoint', type: 'object', required: ['when'], properties: {
    when: { type: 'string', enum: ['before', 'during', 'after'] },
    kind: s6,
    ref: s0,
    at: s5,
    metadata: s1,
  } },
  'completeness': { title: 'Completeness', type: 'object', required: ['state'], properties: {
    state: { type: 'string', enum: ['sealed', 'interrupted', 'checkpointed', 'open', 'unsealed'] },
    n: s4,
    metadata: s1,
  } },
  'content-ref': { title: 'ContentRef', type: 'object', properties: {
    digest: s2,
    size: s4,
    media_type: s0,
    uri: s0,
    metadata: s1,
  } },
  'cost': { title: 'Cost', type: 'object', required: ['input_tokens', 'output_tokens'], properties: {
    input_tokens: s12,
    output_tokens: s12,
    cache_read_tokens: s12,
    cache_write_tokens: s12,
    cache_write_5m_tokens: s4,
    cache_write_1h_tokens: s4,
    reasoning_tokens: s4,
    total_tokens: s12,
    cost_usd: s21,
    amount: s15,
    unit: s6,
    model: s3,
    by_model: { type: 'array', items: { $ref: 'cost' } },
    basis: { type: 'string', enum: ['reported', 'computed', 'lower_bound', 'unknown'] },
    price_basis: { type: 'string', enum: ['reported', 'computed', 'unknown'] },
    price_source: s0,
    metadata: s1,
  } },
  'criterion': { title: 'Criterion', type: 'object', required: ['name'], properties: {
    name: s0,
    pass: s11,
    score: s27,
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
    pass: s11,
    score: s27,
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
    cost: s22,
    run_id: s0,
    record_hash: s2,
    document_hash: s2,
    at: s5,
    signed_by: s14,
    signature: s18,
    metadata: s1,
  } },
  'evidence': { title: 'Evidence', type: 'object', required: ['kind'], properties: {
    kind: s6,
    name: s0,
    result: { type: 'string', enum: ['pass', 'fail', 'partial', 'skipped', 'unknown'] },
    ref: s0,
    step_id: s0,
    metadata: s1,
  } },
  'finding': { title: 'Finding', type: 'object', required: ['code', 'severity', 'path', 'message'], properties: {
    code: s0,
    severity: { type: 'string', enum: ['error', 'warning'] },
    path: s8,
    message: s0,
    requirement: s0,
    allowed: s7,
    suggestion: s0,
    position: { $ref: 'text-position' },
    metadata: s1,
  } },
  'grant': { title: 'Grant', type: 'object', required: ['scope'], properties: {
    scope: { type: 'string', enum: ['session', 'always'] },
    tool_name: s0,
    mcp_server: s0,
    tool_hash: s2,
    session_id: s0,
    rule: s0,
    expires_at: s5,
    metadata: s1,
  } },
  'inventory': { title: 'Inventory', type: 'object', properties: {
    tools: { type: 'array', items: { $ref: 'tool' } },
    mcp_servers: { type: 'array', items: { $ref: 'mcp-server' } },
    skills: { type: 'array', items: { $ref: 'skill' } },
    providers: { type: 'array', items: { $ref: 'model-provider' } },
    ref: s19,
    at: s5,
    metadata: s1,
  } },
  'journal-head': { title: 'JournalHead', type: 'object', required: ['run_id', 'nonce', 'seq', 'head', 'steps_count', 'steps_root', 'at', 'signed_by', 'signature'], properties: {
    run_id: s0,
    nonce: s28,
    seq: s4,
    head: s2,
    steps_count: s4,
    steps_root: s2,
    at: s5,
    signed_by: s14,
    signature: s18,
    metadata: s1,
  } },
  'journal-line': { title: 'JournalLine', type: 'object', required: ['seq', 'prev', 'at', 'type', 'data'], properties: {
    seq: s4,
    prev: s2,
    at: s5,
    type: { type: 'string', pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?(:[a-z0-9][a-z0-9_.-]*)?$' },
    data: s1,
    metadata: s1,
  } },
  'limits': { title: 'Limits', type: 'object', properties: {
    max_steps: s4,
    max_model_calls: s4,
    max_tokens: s4,
    max_duration_ms: s15,
    max_cost_usd: s15,
    metadata: s1,
  } },
  'lineage-edge': { title: 'LineageEdge', type: 'object', required: ['parent_run_id', 'child_run_id', 'state'], properties: {
    parent_run_id: s0,
    child_run_id: s0,
    delegation_id: s0,
    state: { type: 'string', enum: ['mutual', 'chained', 'open', 'child_only', 'parent_only', 'unresolved', 'conflict'] },
    path: s8,
    code: s0,
    metadata: s1,
  } },
  'links': { title: 'Links', type: 'object', properties: {
    trace_id: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    span_id: s29,
    urls: s7,
    metadata: s1,
  } },
  'mcp-server': { title: 'McpServer', type: 'object', required: ['name'], properties: {
    name: s0,
    server_name: s0,
    version: s0,
    transport: s6,
    protocol_version: s0,
    command: s0,
    url: s0,
    tools_hash: s2,
    metadata: s1,
  } },
  'model-config': { title: 'ModelConfig', type: 'object', properties: {
    temperature: s15,
    top_p: s30,
    top_k: s4,
    max_tokens: s4,
    seed: s31,
    stop_sequences: s16,
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
    at: s5,
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
    confidence: s30,
    enforcement: { type: 'string', enum: ['none', 'executed', 'asked', 'blocked', 'redacted', 'modified'] },
    basis: s23,
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
  'private-line': { title: 'PrivateLine', type: 'object', required: ['private', 'salt'], additionalProperties: true, properties: {
    private: s2,
    salt: s10,
    metadata: s1,
  } },
  'provenance': { title: 'Provenance', type: 'object', required: ['run_hash'], properties: {
    run_hash: s8,
    config_hash: s3,
    model_version: s3,
    prompt_digest: s2,
    inventory_hash: s2,
    runtime: s3,
    created_at: s13,
    nonce: s28,
    parents: { type: 'array', items: { $ref: 'parent-ref' } },
    parent_run_hash: s3,
    lineage: s16,
    steps_count: s4,
    steps_root: s2,
    journal_head: s2,
    sealed_at: s5,
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
    relation: s6,
    run_id: s0,
    step_id: s0,
    record_hash: s2,
    metadata: s1,
  } },
  'revocation': { title: 'Revocation', type: 'object', required: ['at', 'reason'], properties: {
    at: s5,
    reason: { type: 'string', enum: ['compromised', 'superseded', 'retired'] },
    metadata: s1,
  } },
  'sandbox': { title: 'Sandbox', type: 'object', properties: {
    kind: s6,
    image_digest: s2,
    writable_roots: s7,
    network: { type: 'string', enum: ['none', 'limited', 'full', 'unknown'] },
    metadata: s1,
  } },
  'scope': { title: 'Scope', type: 'object', properties: {
    repository: s0,
    root: s0,
    dirty: s11,
    files: s7,
    metadata: s1,
  } },
  'setup': { title: 'Setup', type: 'object', properties: {
    method: s0,
    installed_at: s5,
    package: s19,
    config: s19,
    metadata: s1,
  } },
  'shortfall': { title: 'Shortfall', type: 'object', required: ['level', 'code', 'reason'], properties: {
    level: { type: 'string', enum: ['recorded', 'sealed', 'accountable'] },
    code: s0,
    path: s8,
    reason: s0,
    metadata: s1,
  } },
  'side-effect': { title: 'SideEffect', type: 'object', required: ['kind'], properties: {
    kind: s6,
    operation: s8,
    target_kind: s6,
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
    first: s4,
    last: s4,
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
    kind: s6,
    about: s0,
    at: s5,
    body: s1,
    signed_by: s14,
    signature: s18,
    metadata: s1,
  } },
  'step-approval': { title: 'StepApproval', type: 'object', required: ['state'], properties: {
    state: { type: 'string', enum: ['not_required', 'requested', 'approved', 'denied', 'expired', 'cancelled', 'auto_approved'] },
    approval_id: s0,
    decision_id: s0,
    policy_id: s0,
    basis: s23,
    metadata: s1,
  } },
  'step-proof': { title: 'StepProof', type: 'object', required: ['agent_run_proof', 'record', 'step', 'index', 'path'], properties: {
    agent_run_proof: s20,
    record: s1,
    step: { $ref: 'step' },
    index: s4,
    path: s25,
    metadata: s1,
  } },
  'step': { title: 'Step', type: 'object', required: ['id', 'type', 'started_at'], properties: {
    id: s0,
    type: { type: 'string', enum: ['model_call', 'reasoning', 'message', 'tool_call', 'tool_result', 'handoff', 'handoff_result', 'input_request', 'compaction', 'config_change', 'error', 'other'] },
    seq: s4,
    status: { type: 'string', enum: ['pending', 'running', 'succeeded', 'failed', 'denied', 'cancelled', 'timeout', 'skipped', 'interrupted', 'unknown'] },
    started_at: s13,
    ended_at: s13,
    duration_ms: s21,
    role: { type: 'string', enum: ['user', 'assistant', 'system', 'tool'] },
    parent_step_id: s0,
    caused_by: s7,
    turn_id: s0,
    agent_id: s0,
    span_id: s29,
    model_call_id: s0,
    attempt: s24,
    retry_of: s0,
    fallback_from: s0,
    cache_hit: s11,
    model: s0,
    response_id: s0,
    stop_reason: s0,
    first_token_ms: s15,
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
    input_refs: s17,
    output_refs: s17,
    side_effects: { type: 'array', items: { $ref: 'side-effect' } },
    approval: { $ref: 'step-approval' },
    artifact_ids: s7,
    state_version: s0,
    child_run_id: s0,
    child_record_hash: s2,
    delegation_id: s0,
    cost: s22,
    error: s3,
    error_type: s6,
    exit_code: s31,
    source_ref: s0,
    salt: s10,
    private_hash: s2,
    success: { type: ['boolean', 'null'] },
    tokens_used: s12,
    metadata: s1,
  } },
  'text-position': { title: 'TextPosition', type: 'object', required: ['offset', 'line', 'column'], properties: {
    offset: s4,
    line: s24,
    column: s24,
    metadata: s1,
  } },
  'time-basis': { title: 'TimeBasis', type: 'object', required: ['basis'], properties: {
    basis: { type: 'string', enum: ['asserted', 'vouched'] },
    by: s0,
    at: s5,
    metadata: s1,
  } },
  'tool': { title: 'Tool', type: 'object', required: ['name'], properties: {
    name: s0,
    kind: s6,
    mcp_server: s0,
    description_digest: s2,
    schema_hash: s2,
    annotations: s1,
    declared_effect: s6,
    permission: s0,
    metadata: s1,
  } },
  'trust': { title: 'Trust', type: 'object', required: ['agent_run_trust', 'keys'], properties: {
    agent_run_trust: s20,
    keys: { type: 'array', items: { $ref: 'trusted-key' } },
    metadata: s1,
  } },
  'trusted-key': { title: 'TrustedKey', type: 'object', required: ['key', 'identity', 'roles'], properties: {
    key: s14,
    identity: s0,
    roles: { type: 'array', minItems: 1, items: { type: 'string', enum: ['runtime', 'recorder', 'approver', 'evaluator', 'server', 'auditor', 'witness'] } },
    agents: s7,
    workspaces: s7,
    approves: s7,
    valid_from: s5,
    valid_until: s5,
    revoked: { $ref: 'revocation' },
    metadata: s1,
  } },
  'verdict': { title: 'Verdict', type: 'object', required: ['ok', 'level', 'asked', 'completeness', 'time', 'checks', 'missing'], properties: {
    ok: s11,
    level: s32,
    by: s0,
    self_asserted: s11,
    asked: s32,
    completeness: { $ref: 'completeness' },
    time: { $ref: 'time-basis' },
    checks: { type: 'array', items: { $ref: 'check' } },
    first_failure: s26,
    missing: { type: 'array', items: { $ref: 'shortfall' } },
    edges: { type: 'array', items: { $ref: 'lineage-edge' } },
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
  ['text-position.json#', 'AR-VERD-007'],
  ['completeness.json#', 'AR-VERD-007'],
  ['journal-head.json#', 'AR-JRNL-001'],
  ['journal-line.json#', 'AR-JRNL-001'],
  ['lineage-edge.json#', 'AR-VERD-007'],
  ['private-line.json#', 'AR-JRNL-001'],
  ['batch-proof.json#', 'AR-SEAL-019'],
  ['side-effect.json#', 'AR-STEP-001'],
  ['trusted-key.json#', 'AR-TRUST-009'],
  ['revocation.json#', 'AR-TRUST-009'],
  ['step-proof.json#', 'AR-SEAL-018'],
  ['time-basis.json#', 'AR-VERD-007'],
  ['criterion.json#', 'AR-EVAL-001'],
  ['shortfall.json#', 'AR-VERD-007'],
  ['statement.json#', 'AR-SEAL-019'],
  ['approval.json#', 'AR-APPR-001'],
  ['decider.json#', 'AR-APPR-002'],
  ['finding.json#', 'AR-VERD-007'],
  ['verdict.json#', 'AR-VERD-007'],
  ['actor.json#', 'AR-APPR-001'],
  ['check.json#', 'AR-VERD-007'],
  ['grant.json#', 'AR-APPR-001'],
  ['trust.json#', 'AR-TRUST-009'],
  ['cost.json#', 'AR-COST-001'],
  ['eval.json#', 'AR-EVAL-001'],
  ['step.json#', 'AR-STEP-001'],
]
