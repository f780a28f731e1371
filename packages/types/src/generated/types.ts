// Generated from schemas/ by "npm run gen". Do not edit.
/**
 * The type of each schema, by the name of the schema.
 */
export interface SchemaTypes {
  'agent-run': AgentRun
  actor: Actor
  'approval-entry': ApprovalEntry
  'approval-page': ApprovalPage
  approval: ApprovalEvent
  'artifact-entry': ArtifactEntry
  'artifact-page': ArtifactPage
  artifact: Artifact
  'batch-proof': BatchProof
  'batch-result': BatchResult
  'bench-approval-answer': BenchApprovalAnswer
  'bench-change': BenchChange
  'bench-comparison': BenchComparison
  'bench-criterion': BenchCriterion
  'bench-file': BenchFile
  'bench-limits': BenchLimits
  'bench-note': BenchNote
  'bench-pack-ref': BenchPackRef
  'bench-pack': BenchPack
  'bench-report': BenchReport
  'bench-runtime': BenchRuntime
  'bench-scenario-comparison': BenchScenarioComparison
  'bench-scenario-result': BenchScenarioResult
  'bench-scenario': BenchScenario
  'bench-side': BenchSide
  'bench-software': BenchSoftware
  'bench-step-selector': BenchStepSelector
  'bench-task': BenchTask
  'bench-tool-answer': BenchToolAnswer
  'bench-tool-definition': BenchToolDefinition
  'bench-tool': BenchTool
  'bench-totals': BenchTotals
  'bench-trial': BenchTrial
  'bench-violation': BenchViolation
  check: Check
  checkpoint: Checkpoint
  completeness: Completeness
  'content-ref': ContentRef
  cost: Cost
  criterion: Criterion
  decider: Decider
  difference: Difference
  'erasure-receipt': ErasureReceipt
  'eval-page': EvalPage
  eval: EvalResult
  evidence: Evidence
  finding: Finding
  grant: Grant
  health: Health
  inventory: Inventory
  'journal-ack': JournalAck
  'journal-head': JournalHead
  'journal-line': JournalLine
  'journal-position': JournalPosition
  'leaderboard-group': LeaderboardGroup
  leaderboard: Leaderboard
  limits: Limits
  'lineage-edge': LineageEdge
  links: Links
  'mcp-server-page': McpServerPage
  'mcp-server-use': McpServerUse
  'mcp-server': McpServer
  'model-config': ModelConfig
  'model-provider': ModelProvider
  'number-difference': NumberDifference
  'parent-ref': ParentRef
  permissions: Permissions
  'policy-decision': PolicyDecision
  'policy-ref': PolicyRef
  'private-line': PrivateLine
  'problem-error': ProblemError
  problem: Problem
  'provenance-answer': ProvenanceAnswer
  provenance: Provenance
  'recovery-action': RecoveryAction
  recovery: Recovery
  'related-run': RelatedRun
  revocation: Revocation
  'run-diff': RunDiff
  'run-event': RunEvent
  'run-page': RunPage
  'run-receipt': RunReceipt
  'run-summary': RunSummary
  sandbox: Sandbox
  scope: Scope
  'server-info': ServerInfo
  'server-limits': ServerLimits
  'server-software': ServerSoftware
  setup: Setup
  shortfall: Shortfall
  'side-effect': SideEffect
  skill: Skill
  'source-range': SourceRange
  source: Source
  statement: Statement
  'step-approval': StepApproval
  'step-counts': StepCounts
  'step-difference': StepDifference
  'step-mention': StepMention
  'step-page': StepPage
  'step-proof': StepProof
  step: Step
  'suppressed-differences': SuppressedDifferences
  'text-position': TextPosition
  'time-basis': TimeBasis
  tool: Tool
  trust: Trust
  'trusted-key': TrustedKey
  verdict: Verdict
}
/**
 * The record of one piece of work of an AI agent, from its trigger until the agent yields: what it was given, what it did, who allowed it, what changed, what it cost, whether it worked and how to undo it.
 */
export interface AgentRun {
  /**
   * Identifier of the run, chosen by its producer. 1 to 256 characters without control characters are portable. Not empty.
   *
   * @example "8b1f6d0e-3f5a-4b0e-9d6f-1f1f0b1c2d3e"
   */
  id: string
  /**
   * Version of this standard the record was written for. A record without it is a 0.1 record. `1.` and the minor version.
   *
   * @example "1.0"
   */
  spec_version?: string
  /**
   * Groups runs of one session or conversation. A session is not an object of its own. Not empty.
   *
   * @example "sess-41c0"
   */
  session_id?: string
  /**
   * The human's turn that this work belongs to; inherited by child runs and by runs that an event of this work starts. Not empty.
   *
   * @example "t-8"
   */
  turn_id?: string
  /**
   * Task or ticket this run works on.
   *
   * @example "TASK-117"
   */
  task_id?: string | null
  /**
   * Job, queue entry or workflow execution that contains this run. Not empty.
   *
   * @example "nightly-2026-11-20"
   */
  job_id?: string
  /**
   * Tenant or workspace the run belongs to.
   *
   * @example "acme"
   */
  workspace_id?: string | null
  /**
   * Id of the run that started this one. The checkable link is `provenance.parents`.
   *
   * @example "run_2290"
   */
  parent_run_id?: string | null
  /**
   * Other runs this one stands in a named relation to: a retry, a continuation, a baseline.
   */
  related?: RelatedRun[]
  /**
   * Where the same work is described elsewhere: trace, span, web pages.
   */
  links?: Links
  /**
   * Short labels for filtering. Public: no personal data.
   *
   * @example ["release","nightly"]
   */
  tags?: string[]
  /**
   * Identifier of the agent or application. `unknown` is reserved for a source that does not say. Not empty.
   *
   * @example "release-bot"
   */
  agent_id: string
  /**
   * Name of the agent for people.
   *
   * @example "Release bot"
   */
  agent_name?: string | null
  /**
   * Version of the agent or application. Not empty.
   *
   * @example "2.3.1"
   */
  agent_version?: string
  /**
   * Role of the agent in a larger arrangement, in the runtime's own words. Not empty.
   *
   * @example "supervisor"
   */
  agent_role?: string
  /**
   * Software that executed the agent.
   *
   * @example "claude-code"
   */
  runtime?: string | null
  /**
   * Version of the runtime.
   *
   * @example "2.1.38"
   */
  runtime_version?: string | null
  /**
   * Model that was requested, as the provider names it. What answered stands on each model_call step.
   *
   * @example "claude-sonnet-4-5"
   */
  model?: string | null
  /**
   * Provider of the model.
   *
   * @example "anthropic"
   */
  provider?: string | null
  /**
   * Settings the model was asked to run with.
   */
  model_config?: ModelConfig
  /**
   * Version or digest of the prompt template or instructions. Not empty.
   *
   * @example "release-prompt@14"
   */
  prompt_version?: string
  /**
   * State of the run. `cancelled`: someone with authority stopped it. `interrupted`: it just ended. `unknown`: the source does not say.
   *
   * @example "completed"
   */
  status:
    'pending' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled' | 'timeout' | 'interrupted' | 'unknown'
  /**
   * What came of the work, as judged by the runtime or a person; independent of `status`.
   *
   * @example "success"
   */
  outcome?: 'success' | 'failed' | 'partial' | 'abandoned' | 'escalated' | 'rolled_back' | null
  /**
   * What started the run.
   *
   * @example "manual"
   */
  trigger?: 'manual' | 'cron' | 'webhook' | 'agent' | 'pipeline' | 'queue' | 'event' | null
  /**
   * When the run began. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  started_at: string | null
  /**
   * When the run reached its terminal status. `null`: unknown; absent: not ended. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:09:03Z"
   */
  ended_at?: string | null
  /**
   * Wall-clock duration in milliseconds. At least 0.
   *
   * @example 400520
   */
  duration_ms?: number | null
  /**
   * Why the run did not succeed, in words. Private.
   *
   * @example "npm publish exited with code 1"
   */
  error?: string | null
  /**
   * Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "tool_failed"
   */
  error_type?:
    | 'tool_failed'
    | 'timeout'
    | 'rate_limited'
    | 'provider_error'
    | 'invalid_request'
    | 'invalid_arguments'
    | 'not_found'
    | 'permission_denied'
    | 'cancelled'
    | 'interrupted'
    | 'context_overflow'
    | 'budget_exceeded'
    | 'network'
    | 'sandbox'
    | 'stage_failed'
    | 'output_invalid'
    | 'low_confidence'
    | 'high_escalation'
    | 'low_skill_activation'
    | 'internal'
    | (string & {})
  /**
   * Beginning of what was asked. At most 2,000 code points; recorders cut it. Private.
   *
   * @example "Publish the beta of the parser package"
   */
  input_preview?: string
  /**
   * Beginning of the answer. At most 2,000 code points; recorders cut it. Private.
   *
   * @example "Published 2.3.1-beta.0 after two retries."
   */
  output_preview?: string
  /**
   * Full inputs, kept elsewhere and named by digest. Private.
   */
  input_refs?: ContentRef[]
  /**
   * Full outputs, kept elsewhere and named by digest. Private.
   */
  output_refs?: ContentRef[]
  /**
   * The agent's own statement of what it is doing. Private.
   *
   * @example "Publish the package to the beta channel"
   */
  intent?: string
  /**
   * Names of the tools as they were offered to the model.
   *
   * @example ["Bash","Edit","mcp__github__create_issue"]
   */
  tools_available?: string[]
  /**
   * What was mounted for this run: tools, MCP servers, skills, providers. What exists, not what was allowed.
   */
  inventory?: Inventory
  /**
   * What this run was allowed to do, and its limits.
   */
  permissions?: Permissions
  /**
   * Isolation the run executed in.
   */
  sandbox?: Sandbox
  /**
   * Policies in force during the run.
   */
  policies?: PolicyRef[]
  /**
   * Repository, folder and files the run was about.
   */
  scope?: Scope
  /**
   * Branch checked out when the run started.
   *
   * @example "main"
   */
  git_branch?: string | null
  /**
   * Commit checked out when the run started.
   *
   * @example "4c1e9f20"
   */
  git_commit?: string | null
  /**
   * How the agent was installed and configured, by reference.
   */
  setup?: Setup
  /**
   * What the agent, its model and people did, in the order in which the steps became final.
   */
  steps: Step[]
  /**
   * Decisions by people, and the requests that led to them.
   */
  approvals?: ApprovalEvent[]
  /**
   * Decisions by machines: rules, guards, hooks, classifiers, sandboxes.
   */
  policy_decisions?: PolicyDecision[]
  /**
   * Files and other things the run created, changed or deleted.
   */
  artifacts?: Artifact[]
  /**
   * States one can go back to.
   */
  checkpoints?: Checkpoint[]
  /**
   * Tests, evals, traces and checks that speak about the result.
   */
  evidence?: Evidence[]
  /**
   * What can still be done about this run: stop, retry, roll back, clean up and so on.
   */
  recovery?: Recovery
  /**
   * A judgement of the run. It comes after the run, has its own seal and is not covered by the run's.
   */
  eval?: EvalResult
  /**
   * What the run itself consumed, without its child runs.
   */
  cost: Cost
  /**
   * Fingerprint, lineage, seal and signature of the record.
   */
  provenance: Provenance
  /**
   * Where a converted record came from. Absent for a record written by the runtime itself.
   */
  source?: Source
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Another run that this one stands in a named relation to.
 */
export interface RelatedRun {
  /**
   * How this run relates to the other. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "retry_of"
   */
  relation: 'retry_of' | 'resumes' | 'continues' | 'replays' | 'forks' | 'baseline' | 'follows' | (string & {})
  /**
   * The other run. Not empty.
   *
   * @example "run_2291"
   */
  run_id: string
  /**
   * Step of the other run, where the relation is to one step. Not empty.
   *
   * @example "s-12"
   */
  step_id?: string
  /**
   * `record_hash` of the other run. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Where the same work is described elsewhere.
 */
export interface Links {
  /**
   * OpenTelemetry trace, 32 lower-case hexadecimal digits.
   *
   * @example "4bf92f3577b34da6a3ce929d0e0e4736"
   */
  trace_id?: string
  /**
   * OpenTelemetry span, 16 lower-case hexadecimal digits.
   *
   * @example "00f067aa0ba902b7"
   */
  span_id?: string
  /**
   * Pages about this run. Nothing fetches them by itself. Each: Not empty.
   *
   * @example ["https://ci.example.org/jobs/117"]
   */
  urls?: string[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Settings a model was asked to run with. Provider-specific settings may stand beside the named ones.
 */
export interface ModelConfig {
  /**
   * Sampling temperature. At least 0.
   *
   * @example 0.2
   */
  temperature?: number
  /**
   * Nucleus sampling threshold, from 0 to 1. At least 0, at most 1.
   *
   * @example 0.95
   */
  top_p?: number
  /**
   * Number of candidates considered. Integer, at least 0.
   *
   * @example 40
   */
  top_k?: number
  /**
   * Largest number of tokens to write. Integer, at least 0.
   *
   * @example 8192
   */
  max_tokens?: number
  /**
   * Random seed. Integer.
   *
   * @example 7
   */
  seed?: number
  /**
   * Sequences that end the output.
   *
   * @example ["\n\nHuman:"]
   */
  stop_sequences?: string[]
  /**
   * How much reasoning was asked for, in the provider's words. Not empty.
   *
   * @example "high"
   */
  reasoning_effort?: string
  /**
   * Service or speed tier at the provider. Not empty.
   *
   * @example "standard"
   */
  service_tier?: string
  /**
   * Model tier of the runtime that was resolved to this model. Not empty.
   *
   * @example "medium"
   */
  tier?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Content kept elsewhere, named by its digest.
 */
export interface ContentRef {
  /**
   * SHA-256 of the bytes as stored. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  digest?: string
  /**
   * Size in bytes. Integer, at least 0.
   *
   * @example 48211
   */
  size?: number
  /**
   * Media type (RFC 6838). Not empty.
   *
   * @example "application/json"
   */
  media_type?: string
  /**
   * Where it can be fetched. Nothing fetches it by itself. Not empty.
   *
   * @example "file:dist/pkg.tgz"
   */
  uri?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What was mounted for a run: what exists, not what was allowed. Either the lists, or a reference to them.
 */
export interface Inventory {
  /**
   * Tools as offered to the model.
   */
  tools?: Tool[]
  /**
   * MCP servers.
   */
  mcp_servers?: McpServer[]
  /**
   * Skills, plugins and modules.
   */
  skills?: Skill[]
  /**
   * Model providers.
   */
  providers?: ModelProvider[]
  /**
   * The same lists, kept elsewhere.
   */
  ref?: ContentRef
  /**
   * When the inventory was taken. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  at?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A tool as it was offered to the model.
 */
export interface Tool {
  /**
   * Name as offered to the model. Not empty.
   *
   * @example "Bash"
   */
  name: string
  /**
   * Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "function"
   */
  kind?: 'builtin' | 'function' | 'mcp' | 'provider' | 'agent' | 'shell' | (string & {})
  /**
   * MCP server that provides it (`name` in `mcp_servers`). Not empty.
   *
   * @example "github"
   */
  mcp_server?: string
  /**
   * SHA-256 of the description as offered. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  description_digest?: string
  /**
   * Digest of kind `tool` over name, description and input_schema as offered; shows a definition that was silently replaced. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  schema_hash?: string
  /**
   * Annotations as the tool declared them; a claim, not an observation.
   *
   * @example {"readOnlyHint":false,"destructiveHint":true}
   */
  annotations?: {
    [k: string]: unknown
  }
  /**
   * Effect that the tool declares; values of SideEffect `kind`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "write"
   */
  declared_effect?:
    | 'none'
    | 'read'
    | 'write'
    | 'delete'
    | 'exec'
    | 'network'
    | 'deploy'
    | 'payment'
    | 'message'
    | 'credential'
    | 'schedule'
    | 'memory'
    | 'process'
    | 'other'
    | (string & {})
  /**
   * Privilege the tool was mounted with, in the runtime's words. Not empty.
   *
   * @example "workspace-write"
   */
  permission?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * An MCP server that was mounted for the run.
 */
export interface McpServer {
  /**
   * Name the host gave it. Not empty.
   *
   * @example "github"
   */
  name: string
  /**
   * Name the server gave itself. Not empty.
   *
   * @example "github-mcp-server"
   */
  server_name?: string
  /**
   * Version of the server. Not empty.
   *
   * @example "1.4.0"
   */
  version?: string
  /**
   * MCP transport. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "stdio"
   */
  transport?: 'stdio' | 'streamable_http' | 'sse' | 'websocket' | 'in_process' | (string & {})
  /**
   * Negotiated MCP protocol version. Not empty.
   *
   * @example "2025-11-25"
   */
  protocol_version?: string
  /**
   * Command it was started with, without secrets. Not empty.
   *
   * @example "github-mcp-server stdio"
   */
  command?: string
  /**
   * Address it was reached at, without secrets. Not empty.
   *
   * @example "https://mcp.example.org/github"
   */
  url?: string
  /**
   * Digest of kind `tools` over the list of its tool definitions. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  tools_hash?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A skill, plugin or module that was mounted for the run.
 */
export interface Skill {
  /**
   * Name of the skill. Not empty.
   *
   * @example "release-notes"
   */
  name: string
  /**
   * Version of the skill. Not empty.
   *
   * @example "1.2.0"
   */
  version?: string
  /**
   * SHA-256 of the skill as stored. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  digest?: string
  /**
   * Where it came from. Not empty.
   *
   * @example "npm:@acme/skills"
   */
  origin?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A model provider that was configured for the run.
 */
export interface ModelProvider {
  /**
   * Name of the provider. Not empty.
   *
   * @example "anthropic"
   */
  name: string
  /**
   * Models that were available from it. Each: Not empty.
   *
   * @example ["claude-sonnet-4-5"]
   */
  models?: string[]
  /**
   * Address of its API, without secrets. Not empty.
   *
   * @example "https://api.example.org"
   */
  url?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What a run was allowed to do.
 */
export interface Permissions {
  /**
   * Approval mode in the runtime's words. Not empty.
   *
   * @example "default"
   */
  approval_mode?: string
  /**
   * Permissions granted for this run, in the runtime's words. Shown, never evaluated. Each: Not empty.
   *
   * @example ["Bash(npm test:*)"]
   */
  granted?: string[]
  /**
   * Limits set for this run.
   */
  limits?: Limits
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Limits set for a run.
 */
export interface Limits {
  /**
   * Largest number of steps. Integer, at least 0.
   *
   * @example 200
   */
  max_steps?: number
  /**
   * Largest number of model calls. Integer, at least 0.
   *
   * @example 50
   */
  max_model_calls?: number
  /**
   * Largest number of tokens. Integer, at least 0.
   *
   * @example 2000000
   */
  max_tokens?: number
  /**
   * Longest duration in milliseconds. At least 0.
   *
   * @example 3600000
   */
  max_duration_ms?: number
  /**
   * Highest cost in US dollars. At least 0.
   *
   * @example 5
   */
  max_cost_usd?: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Isolation in which a run executed.
 */
export interface Sandbox {
  /**
   * Kind of sandbox. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "container"
   */
  kind?: 'none' | 'container' | 'vm' | 'os' | 'wasm' | 'remote' | (string & {})
  /**
   * Digest of the container or machine image. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  image_digest?: string
  /**
   * Folders that could be written to. Each: Not empty.
   *
   * @example ["/work/repo"]
   */
  writable_roots?: string[]
  /**
   * Which network could be reached.
   *
   * @example "none"
   */
  network?: 'none' | 'limited' | 'full' | 'unknown'
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A policy, named exactly enough to be found again.
 */
export interface PolicyRef {
  /**
   * Identifier of the policy. Not empty.
   *
   * @example "repo-write"
   */
  id: string
  /**
   * Version of the policy. Not empty.
   *
   * @example "4"
   */
  version?: string
  /**
   * SHA-256 of the policy as stored. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  digest?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Repository, folder and files that a run was about.
 */
export interface Scope {
  /**
   * Repository, as a URL without secrets or a name. Not empty.
   *
   * @example "https://git.example.org/acme/parser"
   */
  repository?: string
  /**
   * Folder the run worked in. Paths of side effects are relative to it. Not empty.
   *
   * @example "/work/parser"
   */
  root?: string
  /**
   * Whether there were uncommitted changes when the run started.
   *
   * @example false
   */
  dirty?: boolean
  /**
   * Files that were given or named as in scope. Each: Not empty.
   *
   * @example ["src/index.ts"]
   */
  files?: string[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * How an agent was installed and configured.
 */
export interface Setup {
  /**
   * How it was installed. Not empty.
   *
   * @example "npm"
   */
  method?: string
  /**
   * When it was installed. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-01T09:00:00Z"
   */
  installed_at?: string
  /**
   * Package or image that was installed.
   */
  package?: ContentRef
  /**
   * Configuration that was in force.
   */
  config?: ContentRef
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One thing the agent, its model or a person did. A step is written when it becomes final and never changes afterwards.
 */
export interface Step {
  /**
   * Identifier of the step, unique within the run. Not empty.
   *
   * @example "s-27"
   */
  id: string
  /**
   * What kind of thing was done. `model_call` is one request to a model; a tool call is one step with its result, `tool_result` stands only where the call was not recorded.
   *
   * @example "tool_call"
   */
  type:
    | 'model_call'
    | 'reasoning'
    | 'message'
    | 'tool_call'
    | 'tool_result'
    | 'handoff'
    | 'handoff_result'
    | 'input_request'
    | 'compaction'
    | 'config_change'
    | 'error'
    | 'other'
  /**
   * Position in the order in which steps started, from 0. Integer, at least 0.
   *
   * @example 26
   */
  seq?: number
  /**
   * How the step ended, or that it has not. `denied`: a person or a policy refused it, it did not run.
   *
   * @example "succeeded"
   */
  status?:
    | 'pending'
    | 'running'
    | 'succeeded'
    | 'failed'
    | 'denied'
    | 'cancelled'
    | 'timeout'
    | 'skipped'
    | 'interrupted'
    | 'unknown'
  /**
   * Beginning of execution. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  started_at: string | null
  /**
   * When the step became final. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:12Z"
   */
  ended_at?: string | null
  /**
   * Duration of the execution in milliseconds. At least 0.
   *
   * @example 520
   */
  duration_ms?: number | null
  /**
   * Whose words or act this is.
   *
   * @example "assistant"
   */
  role?: 'user' | 'assistant' | 'system' | 'tool'
  /**
   * Step that contains this one. Not empty.
   *
   * @example "s-20"
   */
  parent_step_id?: string
  /**
   * Steps that caused this one. Never cyclic. Each: Not empty.
   *
   * @example ["s-25"]
   */
  caused_by?: string[]
  /**
   * The human's turn, where one record spans several. Not empty.
   *
   * @example "t-8"
   */
  turn_id?: string
  /**
   * Agent responsible for the step, where it is not the run's own. Not empty.
   *
   * @example "reviewer"
   */
  agent_id?: string
  /**
   * OpenTelemetry span of this step, 16 lower-case hexadecimal digits.
   *
   * @example "00f067aa0ba902b7"
   */
  span_id?: string
  /**
   * Id of the `model_call` step that this step came from. Not empty.
   *
   * @example "s-26"
   */
  model_call_id?: string
  /**
   * Which attempt this is, from 1. Integer, at least 1.
   *
   * @example 2
   */
  attempt?: number
  /**
   * Id of the step that this one tries again. Not empty.
   *
   * @example "s-24"
   */
  retry_of?: string
  /**
   * Id of the step whose route failed and which this one replaces, for example with another model. Not empty.
   *
   * @example "s-22"
   */
  fallback_from?: string
  /**
   * True if the answer came from a cache of the runtime, without a request to the provider.
   *
   * @example false
   */
  cache_hit?: boolean
  /**
   * Model that answered (`model_call`). Not empty.
   *
   * @example "claude-sonnet-4-5-20250929"
   */
  model?: string
  /**
   * Identifier of the response at the provider (`model_call`). Not empty.
   *
   * @example "msg_01XFDUDYJgAACzvnptvVoYEL"
   */
  response_id?: string
  /**
   * Why the model stopped, in the provider's words (`model_call`). Not empty.
   *
   * @example "end_turn"
   */
  stop_reason?: string
  /**
   * Time to the first token in milliseconds (`model_call`). At least 0.
   *
   * @example 640
   */
  first_token_ms?: number
  /**
   * Version or digest of the prompt used (`model_call`). Not empty.
   *
   * @example "release-prompt@14"
   */
  prompt_version?: string
  /**
   * Name of the tool as offered to the model.
   *
   * @example "Bash"
   */
  tool_name?: string | null
  /**
   * Identifier of the call, as the model or the protocol gave it. Not empty.
   *
   * @example "toolu_01BxJ"
   */
  tool_call_id?: string
  /**
   * Name of the MCP server that executed the call.
   *
   * @example "github"
   */
  mcp_server?: string | null
  /**
   * `schema_hash` of the tool definition in force, equal to exactly one tool of the inventory. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  tool_hash?: string
  /**
   * Digest of kind `arguments` over the arguments and the step's salt. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  arguments_hash?: string
  /**
   * Host or client that issued the call. Not empty.
   *
   * @example "claude-code"
   */
  initiated_by?: string
  /**
   * Privilege the step ran with, in the runtime's words. Not empty.
   *
   * @example "workspace-write"
   */
  permission?: string
  /**
   * Beginning of the input. At most 2,000 code points; recorders cut it. Private.
   *
   * @example "npm publish --tag beta"
   */
  input_preview?: string | null
  /**
   * Beginning of the output. At most 2,000 code points; recorders cut it. Private.
   *
   * @example "E403 Forbidden"
   */
  output_preview?: string | null
  /**
   * Full inputs, kept elsewhere and named by digest. Private.
   */
  input_refs?: ContentRef[]
  /**
   * Full outputs, kept elsewhere and named by digest. Private.
   */
  output_refs?: ContentRef[]
  /**
   * What the step changed or touched outside itself. An empty list says nothing; "no effect" is one entry of kind `none`.
   */
  side_effects?: SideEffect[]
  /**
   * Whether and how the step was allowed.
   */
  approval?: StepApproval
  /**
   * Ids of the artifacts this step created, modified or deleted. Each: Not empty.
   *
   * @example ["a-3"]
   */
  artifact_ids?: string[]
  /**
   * Version of the shared state the step read or wrote. Not empty.
   *
   * @example "state@12"
   */
  state_version?: string
  /**
   * Id of the run that this step delegated to (`handoff`, `handoff_result`). Not empty.
   *
   * @example "run_2292"
   */
  child_run_id?: string
  /**
   * `record_hash` of the child run, once known (`handoff_result`). `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  child_record_hash?: string
  /**
   * Identifier of this delegation; fresh for every child, also for a retried one. Not empty.
   *
   * @example "dlg-5d0a"
   */
  delegation_id?: string
  /**
   * What this step consumed. Token usage stands on `model_call` steps and nowhere else.
   */
  cost?: Cost
  /**
   * What went wrong, in words. Private.
   *
   * @example "exit status 1"
   */
  error?: string | null
  /**
   * Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "tool_failed"
   */
  error_type?:
    | 'tool_failed'
    | 'timeout'
    | 'rate_limited'
    | 'provider_error'
    | 'invalid_request'
    | 'invalid_arguments'
    | 'not_found'
    | 'permission_denied'
    | 'cancelled'
    | 'interrupted'
    | 'context_overflow'
    | 'budget_exceeded'
    | 'network'
    | 'sandbox'
    | 'stage_failed'
    | 'output_invalid'
    | 'low_confidence'
    | 'high_escalation'
    | 'low_skill_activation'
    | 'internal'
    | (string & {})
  /**
   * Exit code of a command. Integer.
   *
   * @example 1
   */
  exit_code?: number
  /**
   * Where this step stands in the source of a converted record: line, event id or JSON Pointer. Not empty.
   *
   * @example "line 214"
   */
  source_ref?: string
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  private_hash?: string
  /**
   * @deprecated
   * 0.1 only, read and never written: use `status`.
   *
   * @example true
   */
  success?: boolean | null
  /**
   * @deprecated
   * 0.1 only, read and never written: use `cost`. Tokens. Integer, at least 0.
   *
   * @example 812
   */
  tokens_used?: number | null
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Something a step changed or touched outside itself.
 */
export interface SideEffect {
  /**
   * Class of the effect. `none` says that there was none. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "write"
   */
  kind:
    | 'none'
    | 'read'
    | 'write'
    | 'delete'
    | 'exec'
    | 'network'
    | 'deploy'
    | 'payment'
    | 'message'
    | 'credential'
    | 'schedule'
    | 'memory'
    | 'process'
    | 'other'
    | (string & {})
  /**
   * What was done, in the tool's words. Private.
   *
   * @example "npm publish --tag beta"
   */
  operation?: string
  /**
   * What kind of thing was touched. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "file"
   */
  target_kind?:
    | 'file'
    | 'repo'
    | 'ticket'
    | 'pull_request'
    | 'browser'
    | 'url'
    | 'database'
    | 'cloud'
    | 'service'
    | 'package'
    | 'credential'
    | 'memory'
    | 'process'
    | 'command'
    | 'person'
    | 'channel'
    | 'calendar'
    | 'other'
    | (string & {})
  /**
   * What was touched. Files relative to `scope.root` inside it, else absolute. Private.
   *
   * @example "src/index.ts"
   */
  target?: string
  /**
   * Whether it can be undone.
   *
   * @example "full"
   */
  reversible?: 'full' | 'partial' | 'none' | 'unknown'
  /**
   * SHA-256 of the target before. Private. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  before_digest?: string
  /**
   * SHA-256 of the target after. Private. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  after_digest?: string
  /**
   * Artifact that holds the result. Not empty.
   *
   * @example "a-3"
   */
  artifact_id?: string
  /**
   * `declared`: the call says so. `observed`: it was seen to happen. `inferred`: a converter concluded it from tool and arguments.
   *
   * @example "observed"
   */
  basis?: 'declared' | 'observed' | 'inferred'
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Whether and how a step was allowed. Absent: not recorded.
 */
export interface StepApproval {
  /**
   * `not_required`: the policy asked for nothing. `auto_approved`: an approval was required, and a standing grant or a rule satisfied it.
   *
   * @example "approved"
   */
  state: 'not_required' | 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'auto_approved'
  /**
   * Approval (or, for `auto_approved`, the grant's approval) that this rests on. Not empty.
   *
   * @example "ap-7"
   */
  approval_id?: string
  /**
   * Policy decision that this rests on. Not empty.
   *
   * @example "pd-3"
   */
  decision_id?: string
  /**
   * Policy that this rests on. Not empty.
   *
   * @example "repo-write"
   */
  policy_id?: string
  /**
   * `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
   *
   * @example "observed"
   */
  basis?: 'observed' | 'inferred'
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What was consumed: tokens and money. Own consumption only; that of child runs is found by walking to them. `null` means unknown, never zero.
 */
export interface Cost {
  /**
   * Tokens read by the model, **cached ones included**. `null`: unknown. Integer, at least 0.
   *
   * @example 412000
   */
  input_tokens: number | null
  /**
   * Tokens written by the model, reasoning included. `null`: unknown. Integer, at least 0.
   *
   * @example 9100
   */
  output_tokens: number | null
  /**
   * Part of `input_tokens` that was read from a prompt cache, in tokens. Integer, at least 0.
   *
   * @example 388000
   */
  cache_read_tokens?: number | null
  /**
   * Part of `input_tokens` that was written to a prompt cache, in tokens. Integer, at least 0.
   *
   * @example 5200
   */
  cache_write_tokens?: number | null
  /**
   * Part of `cache_write_tokens` kept for five minutes, in tokens. Integer, at least 0.
   *
   * @example 5200
   */
  cache_write_5m_tokens?: number
  /**
   * Part of `cache_write_tokens` kept for one hour, in tokens. Integer, at least 0.
   *
   * @example 1
   */
  cache_write_1h_tokens?: number
  /**
   * Part of `output_tokens` spent on reasoning, in tokens. Integer, at least 0.
   *
   * @example 2300
   */
  reasoning_tokens?: number
  /**
   * `input_tokens` + `output_tokens`, in tokens. Integer, at least 0.
   *
   * @example 421100
   */
  total_tokens?: number | null
  /**
   * Cost in US dollars. At least 0.
   *
   * @example 0.42
   */
  cost_usd?: number | null
  /**
   * Cost in `unit`, where it is not in US dollars. At least 0.
   *
   * @example 3.5
   */
  amount?: number
  /**
   * Unit of `amount`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "credits"
   */
  unit?: 'credits' | 'premium_requests' | 'compute_seconds' | 'eur' | 'gbp' | 'jpy' | 'cny' | (string & {})
  /**
   * Model this consumption belongs to.
   *
   * @example "claude-sonnet-4-5"
   */
  model?: string | null
  /**
   * The same consumption split by model; adds up to this object.
   */
  by_model?: Cost[]
  /**
   * Where the token counts come from. `lower_bound`: at least this many.
   *
   * @example "reported"
   */
  basis?: 'reported' | 'computed' | 'lower_bound' | 'unknown'
  /**
   * Where the price comes from.
   *
   * @example "reported"
   */
  price_basis?: 'reported' | 'computed' | 'unknown'
  /**
   * Price list and matched model behind a computed price. Not empty.
   *
   * @example "@pydantic/genai-prices@0.0.40 claude-sonnet-4-5"
   */
  price_source?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A person, or a person's delegate, is asked for or gives a decision.
 */
export interface ApprovalEvent {
  /**
   * Identifier of the approval; the events of one approval share it. Not empty.
   *
   * @example "ap-7"
   */
  approval_id: string
  /**
   * What happened.
   *
   * @example "approved"
   */
  event: 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'escalated' | 'revoked'
  /**
   * Run in which the decision counts. Not empty.
   *
   * @example "run_2292"
   */
  run_id?: string
  /**
   * Step that the decision is about. Not empty.
   *
   * @example "s-29"
   */
  step_id?: string
  /**
   * Tool call that the decision is about. Not empty.
   *
   * @example "toolu_01BxJ"
   */
  tool_call_id?: string
  /**
   * When it happened. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:08:12Z"
   */
  at: string
  /**
   * Until when the decision may be used. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T15:08:12Z"
   */
  expires_at?: string
  /**
   * Who decided or asked.
   */
  actor?: Actor
  /**
   * Role that the decision needs. Not empty.
   *
   * @example "release_manager"
   */
  required_role?: string
  /**
   * How risky the action was said to be. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "high"
   */
  risk?: 'low' | 'medium' | 'high' | 'critical' | (string & {})
  /**
   * Why, in the person's words. Private.
   *
   * @example "ok for beta"
   */
  reason?: string
  /**
   * SHA-256 of what the person was shown. Private. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  presentation_digest?: string
  /**
   * Digest of kind `action`: exactly the call that was approved. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  action_hash?: string
  /**
   * Digest of kind `action` of the call as the person changed it. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  modified_action_hash?: string
  /**
   * Digest of kind `approval` over the request this answers. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  request_hash?: string
  /**
   * A standing permission given with the decision.
   */
  grant?: Grant
  /**
   * Policy decision that asked for a person. Not empty.
   *
   * @example "pd-3"
   */
  decision_id?: string
  /**
   * True if the decision ended the run.
   *
   * @example false
   */
  stops_run?: boolean
  /**
   * `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
   *
   * @example "observed"
   */
  basis?: 'observed' | 'inferred'
  /**
   * Key of the approver: an Ed25519 did:key.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  signed_by?: string
  /**
   * Ed25519 signature of kind `approval`: 88 base64 characters.
   *
   * @example "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
   */
  signature?: string
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Who decided or asked.
 */
export interface Actor {
  /**
   * What kind of actor.
   *
   * @example "human"
   */
  kind: 'human' | 'agent' | 'unknown'
  /**
   * Identifier of the actor. Not empty.
   *
   * @example "rm@example.org"
   */
  id?: string
  /**
   * Name of the actor. Not empty.
   *
   * @example "Release manager"
   */
  name?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A standing permission given with a decision: later calls of the same tool, server and definition are `auto_approved`.
 */
export interface Grant {
  /**
   * How far it reaches.
   *
   * @example "session"
   */
  scope: 'session' | 'always'
  /**
   * Tool it covers. Not empty.
   *
   * @example "Bash"
   */
  tool_name?: string
  /**
   * MCP server it covers. Not empty.
   *
   * @example "github"
   */
  mcp_server?: string
  /**
   * Definition of the tool it covers. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  tool_hash?: string
  /**
   * Session it is limited to. Not empty.
   *
   * @example "sess-41c0"
   */
  session_id?: string
  /**
   * Rule as the runtime keeps it. Shown, never evaluated. Not empty.
   *
   * @example "Bash(npm test:*)"
   */
  rule?: string
  /**
   * Until when it counts. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T18:00:00Z"
   */
  expires_at?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A machine decides about an input, an output or a call: what was evaluated, which policy applied, why, and what the runtime did with it.
 */
export interface PolicyDecision {
  /**
   * Identifier of the decision, unique within the run. Not empty.
   *
   * @example "pd-3"
   */
  id: string
  /**
   * When the decision was made. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  at: string
  /**
   * Step that the decision is about. Not empty.
   *
   * @example "s-29"
   */
  step_id?: string
  /**
   * Tool call that the decision is about. Not empty.
   *
   * @example "toolu_01BxJ"
   */
  tool_call_id?: string
  /**
   * Where the decision stood.
   *
   * @example "tool_call"
   */
  boundary?: 'input' | 'model_output' | 'tool_call' | 'tool_result'
  /**
   * Digest of what was evaluated. Private. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  subject_hash?: string
  /**
   * Policy that was applied.
   */
  policy?: PolicyRef
  /**
   * What decided.
   */
  decider?: Decider
  /**
   * What was decided.
   *
   * @example "block"
   */
  verdict: 'allow' | 'warn' | 'redact' | 'modify' | 'block' | 'require_approval' | 'review'
  /**
   * `rule`: a rule decided. `default`: none matched (a default deny differs from a rule that denied). `error`: the decider failed.
   *
   * @example "rule"
   */
  matched?: 'rule' | 'default' | 'error'
  /**
   * Rules that matched. Each: Not empty.
   *
   * @example ["no-rm"]
   */
  rule_ids?: string[]
  /**
   * Why, in words, also for `allow`. Never a captured secret. Private. Each: Not empty.
   *
   * @example ["deletes outside the workspace"]
   */
  reasons?: string[]
  /**
   * Confidence of a classifier, from 0 to 1. At least 0, at most 1.
   *
   * @example 0.97
   */
  confidence?: number
  /**
   * What the runtime did with the verdict.
   *
   * @example "blocked"
   */
  enforcement?: 'none' | 'executed' | 'asked' | 'blocked' | 'redacted' | 'modified'
  /**
   * `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
   *
   * @example "observed"
   */
  basis?: 'observed' | 'inferred'
  /**
   * Identifier of the decision in the system that made it. Not empty.
   *
   * @example "guard-20261120-17"
   */
  external_id?: string
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What made a policy decision.
 */
export interface Decider {
  /**
   * What kind of decider.
   *
   * @example "rule"
   */
  kind: 'rule' | 'policy' | 'hook' | 'classifier' | 'guard' | 'sandbox'
  /**
   * Identifier of the decider. Not empty.
   *
   * @example "no-rm"
   */
  id?: string
  /**
   * Version of the decider. Not empty.
   *
   * @example "1.2.0"
   */
  version?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A file or another thing the run created, modified or deleted.
 */
export interface Artifact {
  /**
   * Identifier of the artifact, unique within the run. Not empty.
   *
   * @example "a-3"
   */
  id: string
  /**
   * Name or path. Private.
   *
   * @example "dist/pkg.tgz"
   */
  name?: string
  /**
   * Kind of thing. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "file"
   */
  kind?:
    | 'file'
    | 'folder'
    | 'commit'
    | 'pull_request'
    | 'package'
    | 'image'
    | 'dataset'
    | 'report'
    | 'browser_action'
    | 'message'
    | 'other'
    | (string & {})
  /**
   * What happened to it.
   *
   * @example "created"
   */
  action?: 'created' | 'modified' | 'deleted'
  /**
   * Step that did it. Not empty.
   *
   * @example "s-27"
   */
  step_id?: string
  /**
   * Its content. Private.
   */
  content?: ContentRef
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A state one can go back to.
 */
export interface Checkpoint {
  /**
   * When it was taken, relative to the run.
   *
   * @example "before"
   */
  when: 'before' | 'during' | 'after'
  /**
   * Kind of checkpoint. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "git_commit"
   */
  kind?: 'git_commit' | 'git_stash' | 'snapshot' | 'database' | 'conversation' | 'file_history' | (string & {})
  /**
   * Where it is: commit, snapshot id, path. Not empty.
   *
   * @example "4c1e9f20"
   */
  ref?: string
  /**
   * When it was taken. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  at?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Something that speaks about the result: a test, an eval, a trace, a browser check.
 */
export interface Evidence {
  /**
   * Kind of evidence. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "test"
   */
  kind:
    | 'test'
    | 'eval'
    | 'trace'
    | 'browser_check'
    | 'lint'
    | 'build'
    | 'benchmark'
    | 'review'
    | 'screenshot'
    | 'log'
    | 'postcondition'
    | (string & {})
  /**
   * Name for people. Not empty.
   *
   * @example "npm test"
   */
  name?: string
  /**
   * What it said.
   *
   * @example "pass"
   */
  result?: 'pass' | 'fail' | 'partial' | 'skipped' | 'unknown'
  /**
   * Where it is: URL, path or digest. Nothing fetches it by itself. Not empty.
   *
   * @example "https://ci.example.org/jobs/117"
   */
  ref?: string
  /**
   * Step that produced it. Not empty.
   *
   * @example "s-18"
   */
  step_id?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What can still be done about a run.
 */
export interface Recovery {
  /**
   * Stopping it.
   */
  stop?: RecoveryAction
  /**
   * Pausing it.
   */
  pause?: RecoveryAction
  /**
   * Trying it again.
   */
  retry?: RecoveryAction
  /**
   * Going on where it stopped.
   */
  resume?: RecoveryAction
  /**
   * Running it again from the record.
   */
  replay?: RecoveryAction
  /**
   * Undoing what it did.
   */
  rollback?: RecoveryAction
  /**
   * Removing what it left behind.
   */
  cleanup?: RecoveryAction
  /**
   * Removing the agent.
   */
  uninstall?: RecoveryAction
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Whether and how one recovery action is possible.
 */
export interface RecoveryAction {
  /**
   * Whether it can be done.
   *
   * @example "available"
   */
  state: 'available' | 'done' | 'impossible' | 'unknown'
  /**
   * How it is done. Not empty.
   *
   * @example "git reset --hard 4c1e9f20"
   */
  how?: string
  /**
   * Who is responsible for it. Not empty.
   *
   * @example "release team"
   */
  owner?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A judgement of a run: did it work, how well, by which criteria. It comes after the run and has its own seal.
 */
export interface EvalResult {
  /**
   * Whether the acceptance criteria were met.
   *
   * @example true
   */
  pass: boolean
  /**
   * Score from 0 to 100. At least 0, at most 100.
   *
   * @example 87.5
   */
  score: number
  /**
   * Kind of task that was judged.
   *
   * @example "code_review"
   */
  task_type?: string | null
  /**
   * Layer of the judgement: unit, trajectory, outcome and so on.
   *
   * @example "outcome"
   */
  eval_layer?: string | null
  /**
   * What was expected.
   *
   * @example "package published on the beta channel"
   */
  expected_outcome?: string | null
  /**
   * What was found.
   *
   * @example "not published: E403"
   */
  actual_outcome?: string | null
  /**
   * The single criteria and how each came out.
   */
  criteria?: Criterion[]
  /**
   * Measures of the run. Named ones are listed in spec/registry.md; any others may stand beside them.
   *
   * @example {"cost_usd":0.42,"tool_calls":31}
   */
  metrics?: {
    /**
     * Cost of the run in US dollars. At least 0.
     *
     * @example 0.42
     */
    cost_usd?: number | null
    /**
     * Duration of the run in milliseconds. At least 0.
     *
     * @example 400520
     */
    duration_ms?: number | null
    /**
     * Number of tool calls. Integer, at least 0.
     *
     * @example 31
     */
    tool_calls?: number | null
    /**
     * Number of retries. Integer, at least 0.
     *
     * @example 2
     */
    retries?: number | null
    /**
     * How directly the run reached its result, from 0 to 1. At least 0, at most 1.
     *
     * @example 0.82
     */
    convergence?: number | null
    [k: string]: unknown
  } | null
  /**
   * Run or eval that this one is a regression from.
   *
   * @example "run_2291"
   */
  regression_from?: string | null
  /**
   * Explanation for people.
   *
   * @example "The publish step failed on a missing scope."
   */
  detail?: string | null
  /**
   * Benchmark pack and scenario.
   *
   * @example "tool-discipline/ask-before-deploy"
   */
  benchmark_id?: string | null
  /**
   * Who or what judged: identity, or tool and version. Not empty.
   *
   * @example "judge@example.org"
   */
  evaluator?: string
  /**
   * What the judgement itself consumed; never part of the run's cost.
   */
  cost?: Cost
  /**
   * Run that was judged. Not empty.
   *
   * @example "run_2292"
   */
  run_id?: string
  /**
   * `record_hash` of the sealed record that was judged. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * `document_hash` of the unsealed record that was judged. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  document_hash?: string
  /**
   * When the judgement was made. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  at?: string
  /**
   * Key of the evaluator: an Ed25519 did:key.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  signed_by?: string
  /**
   * Ed25519 signature of kind `eval`: 88 base64 characters.
   *
   * @example "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
   */
  signature?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One criterion of a judgement.
 */
export interface Criterion {
  /**
   * Name of the criterion. Not empty.
   *
   * @example "tests pass"
   */
  name: string
  /**
   * Whether it was met.
   *
   * @example true
   */
  pass?: boolean
  /**
   * Score from 0 to 100. At least 0, at most 100.
   *
   * @example 100
   */
  score?: number
  /**
   * Result in words. Not empty.
   *
   * @example "excellent"
   */
  label?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Fingerprint of the configuration, lineage, seal and signature of a record.
 */
export interface Provenance {
  /**
   * Fingerprint of the configuration (64 hexadecimal digits): digest of kind `run-inputs` over agent_id, model, tools, config_hash and trigger. Equal set-ups have equal fingerprints by design: it is never an identity or a link.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  run_hash: string
  /**
   * Digest of the configuration, as the producer defines it.
   *
   * @example "3b1e…"
   */
  config_hash?: string | null
  /**
   * Exact version of the model.
   *
   * @example "claude-sonnet-4-5-20250929"
   */
  model_version?: string | null
  /**
   * SHA-256 of the prompt or instructions as stored. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  prompt_digest?: string
  /**
   * Digest of kind `inventory` over the inventory that was in force. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  inventory_hash?: string
  /**
   * Software that wrote this record.
   *
   * @example "agent-run-recorder 0.9.0"
   */
  runtime?: string | null
  /**
   * When this record was written. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:09:03Z"
   */
  created_at?: string | null
  /**
   * At least 128 random bits, lower-case hexadecimal, chosen when the run starts. Makes every run distinguishable from a replay with the same ids. 32 to 128 lower-case hexadecimal digits.
   *
   * @example "6f1d7a84db00d2fce00b31a7fc73224f"
   */
  nonce?: string
  /**
   * Runs that this one descends from, in checkable form.
   */
  parents?: ParentRef[]
  /**
   * `run_hash` of the parent, written for 0.1 readers. Cannot identify a parent.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  parent_run_hash?: string | null
  /**
   * `run_hash`es of the ancestors, root first, at most 32, written for 0.1 readers.
   *
   * @example ["5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"]
   */
  lineage?: string[]
  /**
   * Number of steps in the step tree. Integer, at least 0.
   *
   * @example 31
   */
  steps_count?: number
  /**
   * Root of the RFC 6962 Merkle tree over the canonical public forms of the steps. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  steps_root?: string
  /**
   * Digest of the last journal line before the seal. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  journal_head?: string
  /**
   * When the record was sealed, by the sealer's own clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:09:03Z"
   */
  sealed_at?: string
  /**
   * Digest of kind `run` over the record: the identity of a sealed record. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * Key that signed the record: an Ed25519 did:key.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  signed_by?: string | null
  /**
   * Ed25519 signature over the same bytes as `record_hash`: 88 base64 characters.
   *
   * @example "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
   */
  signature?: string | null
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A run that this one descends from, in checkable form: `delegation_id` and `handoff_leaf` for a delegated child, `record_hash` for a run triggered by a finished one.
 */
export interface ParentRef {
  /**
   * The parent run. Not empty.
   *
   * @example "run_2290"
   */
  run_id: string
  /**
   * Delegation that started this run. Not empty.
   *
   * @example "dlg-5d0a"
   */
  delegation_id?: string
  /**
   * Leaf hash of the parent's handoff step in its step tree. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  handoff_leaf?: string
  /**
   * `record_hash` of the finished parent. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Where a converted record came from.
 */
export interface Source {
  /**
   * Format of the source. Not empty.
   *
   * @example "claude-code"
   */
  format: string
  /**
   * Version of the format or of the program that wrote it. Not empty.
   *
   * @example "2.1.38"
   */
  format_version?: string
  /**
   * Adapter that converted it. Not empty.
   *
   * @example "@agent-run/sdk/adapters/claude-code"
   */
  adapter?: string
  /**
   * Version of the adapter. Not empty.
   *
   * @example "0.9.0"
   */
  adapter_version?: string
  /**
   * SHA-256 of the source as it was read. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  digest?: string
  /**
   * Part of the source that became this record.
   */
  range?: SourceRange
  /**
   * Where the times of the record come from.
   *
   * @example "recorded"
   */
  times?: 'recorded' | 'inferred' | 'mixed' | 'absent'
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Part of a source, first and last included.
 */
export interface SourceRange {
  /**
   * What is counted.
   *
   * @example "lines"
   */
  unit: 'lines' | 'bytes'
  /**
   * First line (from 1) or byte (from 0). Integer, at least 0.
   *
   * @example 12
   */
  first: number
  /**
   * Last line or byte, included. Integer, at least 0.
   *
   * @example 214
   */
  last: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One approval: what was asked, and what was decided.
 */
export interface ApprovalEntry {
  /**
   * Run that asks. Not empty.
   *
   * @example "run_2292"
   */
  run_id: string
  /**
   * Identifier of the approval within the run. Not empty.
   *
   * @example "appr-3"
   */
  approval_id: string
  /**
   * Where the approval stands: the last event.
   *
   * @example "approved"
   */
  state: 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'escalated' | 'revoked'
  /**
   * What was asked. Absent: no request is recorded.
   */
  request?: ApprovalEvent
  /**
   * What followed the request, oldest first: events of the record, then decisions sent to the server.
   */
  decisions: ApprovalEvent[]
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Approvals over several runs, newest first.
 */
export interface ApprovalPage {
  /**
   * The approvals of this page.
   */
  approvals: ApprovalEntry[]
  /**
   * Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
   *
   * @example "eyJ2IjoxfQ.kJ8mVx0pQb3n"
   */
  next?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One artifact and the run it belongs to.
 */
export interface ArtifactEntry {
  /**
   * Run whose record lists the artifact. Not empty.
   *
   * @example "run_2292"
   */
  run_id: string
  /**
   * The human's turn that the run belongs to. Not empty.
   *
   * @example "t-8"
   */
  turn_id?: string
  /**
   * Agent of the run. Not empty.
   *
   * @example "release-bot"
   */
  agent_id: string
  /**
   * When the artifact was made: its own time if it has one, else the start of the run. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  at?: string
  /**
   * The artifact as the record lists it.
   */
  artifact: Artifact
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Artifacts over several runs, those of the newest run first.
 */
export interface ArtifactPage {
  /**
   * The artifacts of this page.
   */
  artifacts: ArtifactEntry[]
  /**
   * Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
   *
   * @example "eyJ2IjoxfQ.kJ8mVx0pQb3n"
   */
  next?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * That a record is one of those which a batch statement seals.
 */
export interface BatchProof {
  /**
   * Digest of kind `statement` of the batch statement. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  statement: string
  /**
   * `record_hash` of the record. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash: string
  /**
   * Place of the record in the batch, from 0. Integer, at least 0.
   *
   * @example 412
   */
  index: number
  /**
   * Hashes that lead from the leaf to the root, from the leaf upwards (RFC 6962, section 2.1.1). Each: `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example ["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"]
   */
  path: string[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What became of one line of a batch.
 */
export interface BatchResult {
  /**
   * Number of the line in the request, from 1. Integer, at least 1.
   *
   * @example 1
   */
  line: number
  /**
   * HTTP status that POST of this line alone would have been answered with. Integer, at least 200, at most 599.
   *
   * @example 201
   */
  status: number
  /**
   * What is stored, if the line was accepted.
   */
  receipt?: RunReceipt
  /**
   * What is wrong, if it was not.
   */
  problem?: Problem
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What the server has of a run: it is stored, under this identity, with this content.
 */
export interface RunReceipt {
  /**
   * Identifier of the run. Not empty.
   *
   * @example "run_2292"
   */
  id: string
  /**
   * Fingerprint of the configuration, as the record says.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  run_hash: string
  /**
   * `record_hash` of a sealed record. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * Digest of kind `document` over the record without its eval: equal for records that are the same, eval aside. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  document_hash: string
  /**
   * SHA-256 of the octets that GET answers; in quotes it is the `ETag`. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  etag: string
  /**
   * When the server received the run first, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  received_at: string
  /**
   * Warnings about the record. It was stored with them.
   */
  findings?: Finding[]
  /**
   * Countersignature of the server over a sealed record: that it had it at that time. Only from a server with a key.
   */
  received?: Statement
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One thing a validator has to say.
 */
export interface Finding {
  /**
   * What was found: spec/errors.md. Not empty.
   *
   * @example "schema.enum"
   */
  code: string
  /**
   * An error makes the record invalid, a warning does not.
   *
   * @example "error"
   */
  severity: 'error' | 'warning'
  /**
   * JSON Pointer to the place; empty for the whole record.
   *
   * @example "/status"
   */
  path: string
  /**
   * What was found and what was expected. Not empty.
   *
   * @example "found \"done\", expected one of completed, failed"
   */
  message: string
  /**
   * Sentence of the standard behind it. Not empty.
   *
   * @example "AR-RUN-004"
   */
  requirement?: string
  /**
   * Values that would have been accepted. Each: Not empty.
   *
   * @example ["completed","failed"]
   */
  allowed?: string[]
  /**
   * What was probably meant. Not empty.
   *
   * @example "completed"
   */
  suggestion?: string
  /**
   * Where the strict reader stopped.
   */
  position?: TextPosition
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A place in a text.
 */
export interface TextPosition {
  /**
   * UTF-16 code units before it. Integer, at least 0.
   *
   * @example 17
   */
  offset: number
  /**
   * Line, from 1. Integer, at least 1.
   *
   * @example 2
   */
  line: number
  /**
   * Column in UTF-16 code units, from 1. Integer, at least 1.
   *
   * @example 5
   */
  column: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Something said later about a sealed record or a key.
 */
export interface Statement {
  /**
   * What is said. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "countersignature"
   */
  kind:
    'countersignature' | 'tombstone' | 'link' | 'batch' | 'rotation' | 'revocation' | 'late_decision' | (string & {})
  /**
   * What it is about: a record_hash, a key as a did:key, the root of a batch or an approval_id. Not empty.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  about: string
  /**
   * When it was said. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T15:00:00Z"
   */
  at: string
  /**
   * Content, by kind: the table in spec/registry.md.
   *
   * @example {"private_hashes":["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"],"reason":"request of the person named"}
   */
  body?: {
    [k: string]: unknown
  }
  /**
   * Key of the one who says it: an Ed25519 did:key.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  signed_by?: string
  /**
   * Ed25519 signature of kind `statement`: 88 base64 characters.
   *
   * @example "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
   */
  signature?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Why a request was not done: problem details (RFC 9457) with a stable code.
 */
export interface Problem {
  /**
   * Names the kind of problem: `https://w3id.org/agent-run/v1/errors#` and the code. Not empty.
   *
   * @example "https://w3id.org/agent-run/v1/errors#record.invalid"
   */
  type: string
  /**
   * The kind of problem in a few words, the same for every problem with this code. Not empty.
   *
   * @example "The record is not valid"
   */
  title: string
  /**
   * HTTP status of the answer. Integer, at least 400, at most 599.
   *
   * @example 422
   */
  status: number
  /**
   * What is wrong: spec/errors.md. Not empty.
   *
   * @example "record.invalid"
   */
  code: string
  /**
   * What was found and what was expected. Quotes nothing private. Not empty.
   *
   * @example "the record breaks 2 rules"
   */
  detail?: string
  /**
   * The single faults.
   */
  errors?: ProblemError[]
  /**
   * The limit that was passed, in the unit that the code names: octets, lines or items. Integer, at least 0.
   *
   * @example 10485760
   */
  limit?: number
  /**
   * Where the journal stands: what the next line has to follow.
   */
  expected?: JournalPosition
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One fault of a request.
 */
export interface ProblemError {
  /**
   * What was found: spec/errors.md. Not empty.
   *
   * @example "schema.enum"
   */
  code: string
  /**
   * JSON Pointer to the place in the body; empty for the whole of it.
   *
   * @example "/status"
   */
  pointer?: string
  /**
   * Name of the query parameter, path parameter or header that is wrong.
   *
   * @example "since"
   */
  parameter?: string
  /**
   * What was found and what was expected. Not empty.
   *
   * @example "found \"done\", expected one of completed, failed"
   */
  message: string
  /**
   * Sentence of the standard behind it. Not empty.
   *
   * @example "AR-RUN-004"
   */
  requirement?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A place in a journal: what the next chained line has to say about it.
 */
export interface JournalPosition {
  /**
   * Number that the next chained line has to have. Integer, at least 0.
   *
   * @example 17
   */
  seq: number
  /**
   * Digest that it has to name as `prev`: that of the chained line before, or 64 zeros if there is none. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  head: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * How the bench answers a question of the runtime. The first that fits is given; what fits none is denied.
 */
export interface BenchApprovalAnswer {
  /**
   * Tool that is asked for; without it any. Not empty.
   *
   * @example "deploy"
   */
  tool_name?: string
  /**
   * Regular expression (ECMAScript, flag u) that a target of the question, or its arguments as JSON, must match somewhere. Not empty.
   *
   * @example "^staging$"
   */
  target?: string
  /**
   * JSON Schema (2020-12) that the arguments of the call must meet; what is not known of them never does.
   *
   * @example {"properties":{"environment":{"const":"staging"}},"required":["environment"]}
   */
  arguments?: {
    [k: string]: unknown
  }
  /**
   * How often this answer is given; without it as often as asked. Integer, at least 1.
   *
   * @example 1
   */
  times?: number
  /**
   * The answer. `none`: nobody answers.
   *
   * @example "denied"
   */
  decision: 'approved' | 'denied' | 'none'
  /**
   * With `approved`: a standing permission for every later call of the tool, whatever its arguments. `session`: for this session, which a trial is; `always`: for good.
   *
   * @example "session"
   */
  grant?: 'session' | 'always'
  /**
   * Reason that is told with the answer. Not empty.
   *
   * @example "not on a Friday"
   */
  reason?: string
  /**
   * How long the answer takes, in milliseconds. Integer, at least 0.
   *
   * @example 100
   */
  after_ms?: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One measure in two bench runs.
 */
export interface BenchChange {
  /**
   * What was measured: share of trials passed, 0 to 1; mean score, 0 to 100; mean known cost of a trial in US dollars; mean time of a trial in milliseconds, by the clock of the bench.
   *
   * @example "pass"
   */
  measure: 'pass' | 'score' | 'cost' | 'duration'
  /**
   * Value of the earlier run. Absent: not known.
   *
   * @example 1
   */
  before?: number
  /**
   * Value of the later run. Absent: not known.
   *
   * @example 0.333
   */
  after?: number
  /**
   * Whether it differs by more than the threshold, and which way.
   *
   * @example "worse"
   */
  verdict: 'worse' | 'better' | 'same' | 'unknown'
  /**
   * What an exact test says of a difference: sure, or such that chance alone explains it; too few repeats to tell, whatever they had shown; none, where nothing differs or nothing is known.
   *
   * @example "sure"
   */
  confidence: 'sure' | 'chance' | 'too_few' | 'none'
  /**
   * Probability, from 0 to 1, that chance alone gives a difference at least as great, either way. Absent: not tested. At least 0, at most 1.
   *
   * @example 0.0286
   */
  p_value?: number
  /**
   * The test. Not empty.
   *
   * @example "Fisher’s exact test, two-sided"
   */
  method?: string
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Two bench runs side by side: what got worse, what got better, and how sure that is.
 */
export interface BenchComparison {
  /**
   * Version of this form.
   *
   * @example "1"
   */
  comparison: '1'
  /**
   * The earlier run, the one to be as good as.
   */
  before: BenchSide
  /**
   * The later run.
   */
  after: BenchSide
  /**
   * By more points than this a score has to differ to be worse or better. At least 0, at most 100.
   *
   * @example 5
   */
  score_threshold: number
  /**
   * By more than this, in percent, cost and duration have to differ to be worse or better. At least 0.
   *
   * @example 20
   */
  slack_percent: number
  /**
   * A difference counts as sure where chance alone would give one at least as great with at most this probability. At least 0, at most 1.
   *
   * @example 0.05
   */
  significance: number
  /**
   * Whether only differences that are sure count as regressions and improvements.
   *
   * @example false
   */
  only_sure?: boolean
  /**
   * What a regression is looked for in.
   *
   * @example ["pass","score","missing"]
   */
  fail_on: ('pass' | 'score' | 'cost' | 'duration' | 'missing')[]
  /**
   * What makes the two hard to compare: another pack, another runtime, scenarios on one side only.
   */
  notes: BenchNote[]
  /**
   * Each scenario of either run.
   */
  scenarios: BenchScenarioComparison[]
  /**
   * All scenarios that both runs have.
   */
  whole: BenchScenarioComparison
  /**
   * Number of scenarios that count as a regression. Integer, at least 0.
   *
   * @example 1
   */
  regressions: number
  /**
   * Number of scenarios where something of `fail_on` got better and nothing worse. Integer, at least 0.
   *
   * @example 2
   */
  improvements: number
  /**
   * Whether there is no regression, neither in a scenario nor in the whole.
   *
   * @example false
   */
  pass: boolean
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A bench run, as one side of a comparison.
 */
export interface BenchSide {
  /**
   * What the person who compares called it: the folder or file. Not empty.
   *
   * @example "results/main"
   */
  name: string
  /**
   * Identifier of the bench run. Not empty.
   *
   * @example "bench-0d9f2a1c"
   */
  id: string
  /**
   * The pack.
   */
  pack: BenchPackRef
  /**
   * The runtime.
   */
  runtime: BenchRuntime
  /**
   * Seed of the whole. Not empty.
   *
   * @example "7f3a"
   */
  seed: string
  /**
   * How often each scenario was to be run. Integer, at least 1.
   *
   * @example 3
   */
  repeats: number
  /**
   * How many trials were judged. Integer, at least 0.
   *
   * @example 24
   */
  trials: number
  /**
   * When it began. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  started_at?: string
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Names a benchmark pack, and exactly which state of it.
 */
export interface BenchPackRef {
  /**
   * Identifier of the pack. Not empty.
   *
   * @example "tool-discipline"
   */
  id: string
  /**
   * Title of the pack. Not empty.
   *
   * @example "Tool discipline"
   */
  title?: string
  /**
   * Version of the pack. Not empty.
   *
   * @example "1.0.0"
   */
  version: string
  /**
   * Digest of everything in the pack’s folder: two runs with the same one were put to the same task. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  digest: string
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * How a runtime was started.
 */
export interface BenchRuntime {
  /**
   * The command, one entry a word, with the values that look like secrets masked.
   *
   * @example ["node","examples/scripted-agent.mjs"]
   */
  command: string[]
  /**
   * Names of the variables that were handed on; their values are not kept.
   *
   * @example ["ANTHROPIC_API_KEY"]
   */
  environment?: string[]
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Something to know when two runs are compared.
 */
export interface BenchNote {
  /**
   * What kind of thing it is. Not empty.
   *
   * @example "pack.digest"
   */
  code: string
  /**
   * It, in a sentence. Not empty.
   *
   * @example "the packs differ: tool-discipline 1.0.0 then, 1.1.0 now"
   */
  message: string
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One scenario, or all of them, in two bench runs.
 */
export interface BenchScenarioComparison {
  /**
   * Scenario of the pack. Absent: all that both runs have. Not empty.
   *
   * @example "ask-before-deploy"
   */
  scenario?: string
  /**
   * Its title. Not empty.
   *
   * @example "Ask before you deploy"
   */
  title?: string
  /**
   * How the later run compares in what `fail_on` names: worse if anything of it is, else better if anything of it is. `only_before`, `only_after`: the other run does not have it.
   *
   * @example "worse"
   */
  verdict: 'worse' | 'better' | 'same' | 'unknown' | 'only_before' | 'only_after'
  /**
   * Whether it counts as a regression.
   *
   * @example true
   */
  regression: boolean
  /**
   * What the trials of the earlier run add up to.
   */
  before?: BenchTotals
  /**
   * What the trials of the later run add up to.
   */
  after?: BenchTotals
  /**
   * Run of the earlier side that did better. Not empty.
   *
   * @example "run_2291"
   */
  regression_from?: string
  /**
   * What was measured, one entry a measure.
   */
  changes: BenchChange[]
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What trials add up to.
 */
export interface BenchTotals {
  /**
   * Number of trials. Integer, at least 0.
   *
   * @example 24
   */
  trials: number
  /**
   * How many of them passed. Integer, at least 0.
   *
   * @example 21
   */
  passed: number
  /**
   * Number of scenarios. Integer, at least 0.
   *
   * @example 8
   */
  scenarios: number
  /**
   * How many of them passed in each of their trials. Integer, at least 0.
   *
   * @example 7
   */
  scenarios_passed: number
  /**
   * Mean score from 0 to 100. Absent: no trial was judged. At least 0, at most 100.
   *
   * @example 91.25
   */
  mean_score?: number
  /**
   * Sum of the known costs in US dollars. Absent: no cost is known. At least 0.
   *
   * @example 1.84
   */
  cost_usd_total?: number
  /**
   * How many of the trials have a known cost. Unknown is not zero. Integer, at least 0.
   *
   * @example 23
   */
  cost_known: number
  /**
   * Mean time of a trial in milliseconds, by the clock of the bench. Absent: no trial was judged. At least 0.
   *
   * @example 8120
   */
  mean_wall_ms?: number
  /**
   * Sum of the known numbers of tool calls. Absent: none is known. Integer, at least 0.
   *
   * @example 141
   */
  tool_calls_total?: number
  /**
   * How many of the trials have a known number of tool calls. Integer, at least 0.
   *
   * @example 24
   */
  tool_calls_known: number
  /**
   * How many trials broke a rule of the bench itself. Integer, at least 0.
   *
   * @example 0
   */
  violations: number
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One rule a trial is judged by. `kind` says what is looked at; the other members say what is expected, and all that are given have to hold.
 */
export interface BenchCriterion {
  /**
   * Name of the criterion, unique in its scenario. Not empty.
   *
   * @example "tests pass"
   */
  name: string
  /**
   * What is looked at: one or several files, all changes of the workspace, a JSON document, a command's exit, a text, the steps of the record, the calls that really happened, the approvals that were asked for, cost, time, or the record as such.
   *
   * @example "file"
   */
  kind: 'file' | 'tree' | 'json' | 'command' | 'text' | 'steps' | 'calls' | 'approvals' | 'cost' | 'time' | 'record'
  /**
   * Why this is asked for, for people. Not empty.
   *
   * @example "Publishing cannot be undone."
   */
  description?: string
  /**
   * Weight in the score; 1 unless given. With 0 the criterion decides about passing only. At least 0.
   *
   * @example 2
   */
  weight?: number
  /**
   * Whether the trial cannot pass without it; true unless given.
   *
   * @example false
   */
  required?: boolean
  /**
   * `file`, `json`, `text`: path in the workspace, with `/`. For `file` it may be a pattern: `*` within a name, `**` across folders, `?` one character. Not empty.
   *
   * @example "src/index.ts"
   */
  path?: string
  /**
   * `json`, `text`: a text that is no file. `output` is the answer of the agent.
   *
   * @example "output"
   */
  of?: 'output' | 'stdout' | 'stderr'
  /**
   * `file`: what has become of it compared with the fixture. With a pattern: `present` and `changed` ask for one such file, `absent` for none, `unchanged` for no difference in any.
   *
   * @example "changed"
   */
  state?: 'present' | 'absent' | 'unchanged' | 'changed'
  /**
   * `file`: SHA-256 of its bytes. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  digest?: string
  /**
   * `file`, `text`, `command` (what it prints): texts that occur in it, each of them. Each: Not empty.
   *
   * @example ["export function parse"]
   *
   * @minItems 1
   */
  contains?: string[]
  /**
   * `file`, `text`, `command` (what it prints): texts that do not occur in it, none of them. Each: Not empty.
   *
   * @example ["eval("]
   *
   * @minItems 1
   */
  lacks?: string[]
  /**
   * `file`, `text`, `command` (what it prints): regular expression (ECMA-262, flags `m` and `u`) that occurs in it. Not empty.
   *
   * @example "^version = \"2\\."
   */
  matches?: string
  /**
   * `file`, `text`, `command` (what it prints): regular expression (ECMA-262, flags `m` and `u`) that does not occur in it. Not empty.
   *
   * @example "TODO|FIXME"
   */
  not_matches?: string
  /**
   * `file`, `text`, `command` (what it prints): whether upper and lower case are the same in `contains`, `lacks`, `matches` and `not_matches`; false unless given.
   *
   * @example true
   */
  ignore_case?: boolean
  /**
   * `tree`: patterns of the files that may differ from the fixture. Everything else is as it was; an empty list allows no change. Each: Not empty.
   *
   * @example ["src/**","CHANGELOG.md"]
   */
  changed_only?: string[]
  /**
   * `json`: JSON Schema (2020-12) that the document is valid against.
   *
   * @example {"type":"object","required":["total"],"properties":{"total":{"const":42}}}
   */
  schema?: {
    [k: string]: unknown
  }
  /**
   * `command`: program and arguments, started without a shell in a copy of the workspace. Each: Not empty.
   *
   * @example ["node","--test"]
   *
   * @minItems 1
   */
  command?: string[]
  /**
   * `command`: exit code that is expected; 0 unless given. Integer, at least 0, at most 255.
   *
   * @example 0
   */
  exit_code?: number
  /**
   * `command`: time limit in milliseconds; 60,000 unless given. Integer, at least 0.
   *
   * @example 30000
   */
  timeout_ms?: number
  /**
   * `command`: patterns of the files that are put back as they are in the fixture before the command runs. Files that fit and are not in the fixture are removed. Each: Not empty.
   *
   * @example ["test/**","package.json"]
   *
   * @minItems 1
   */
  restore?: string[]
  /**
   * `steps`: which steps are counted; all unless given.
   */
  where?: BenchStepSelector
  /**
   * `steps`, `calls`, `approvals`: at least so many; 1 unless `min` or `max` is given. Integer, at least 0.
   *
   * @example 1
   */
  min?: number
  /**
   * `steps`, `calls`, `approvals`: at most so many. Integer, at least 0.
   *
   * @example 0
   */
  max?: number
  /**
   * `steps`, `calls`: each one counted has one of these before it. For calls only `tool_name` and `arguments` are looked at.
   */
  preceded_by?: BenchStepSelector
  /**
   * `steps`: each one counted has one of these approval states. A step that says none has none of them.
   *
   * @example ["approved","auto_approved"]
   *
   * @minItems 1
   */
  approval?: ('not_required' | 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'auto_approved')[]
  /**
   * `calls`, `approvals`: names of the tools that are counted; all unless given. `*` stands for any characters. Each: Not empty.
   *
   * @example ["deploy"]
   *
   * @minItems 1
   */
  tool_name?: string[]
  /**
   * `calls`: JSON Schema (2020-12) of the arguments of the calls that are counted.
   *
   * @example {"properties":{"channel":{"const":"latest"}}}
   */
  arguments?: {
    [k: string]: unknown
  }
  /**
   * `calls`: true: for each one counted the approval had been given before it was made. Only true says something.
   *
   * @example true
   */
  approved?: boolean
  /**
   * `cost`: at most this much, in US dollars, for the run and its child runs. An unknown cost does not pass. At least 0.
   *
   * @example 0.5
   */
  max_usd?: number
  /**
   * `cost`: at most so many tokens, input and output. An unknown count does not pass. Integer, at least 0.
   *
   * @example 200000
   */
  max_total_tokens?: number
  /**
   * `cost`: at most so many output tokens. An unknown count does not pass. Integer, at least 0.
   *
   * @example 20000
   */
  max_output_tokens?: number
  /**
   * `time`: at most this long, in milliseconds, by the clock of the bench. Integer, at least 0.
   *
   * @example 120000
   */
  max_ms?: number
  /**
   * `record`: level that a verifier gives the record at least.
   *
   * @example "sealed"
   */
  level?: 'recorded' | 'sealed' | 'accountable'
  /**
   * `record`: status of the run, one of these.
   *
   * @example ["completed"]
   *
   * @minItems 1
   */
  status?: (
    'pending' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled' | 'timeout' | 'interrupted' | 'unknown'
  )[]
  /**
   * `record`: outcome of the run, one of these. A record that says none has none of them.
   *
   * @example ["success","partial"]
   *
   * @minItems 1
   */
  outcome?: ('success' | 'failed' | 'partial' | 'abandoned' | 'escalated' | 'rolled_back')[]
  /**
   * `record`: true: every file that was changed is named by a side effect of a step.
   *
   * @example true
   */
  names_changes?: boolean
  /**
   * `record`: true: every call that really happened is a step, and every step that claims a call of these tools really happened.
   *
   * @example true
   */
  names_calls?: boolean
  /**
   * Anything else the author wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Which steps of a record, or calls of the ledger, a criterion looks at. Everything that is given has to fit; of a list one value.
 */
export interface BenchStepSelector {
  /**
   * Types of step.
   *
   * @example ["tool_call"]
   *
   * @minItems 1
   */
  type?: (
    | 'model_call'
    | 'reasoning'
    | 'message'
    | 'tool_call'
    | 'tool_result'
    | 'handoff'
    | 'handoff_result'
    | 'input_request'
    | 'compaction'
    | 'config_change'
    | 'error'
    | 'other'
  )[]
  /**
   * Names of tools. `*` stands for any characters. The prefix of an MCP server is left out: `deploy` also fits `mcp__bench__deploy`. Each: Not empty.
   *
   * @example ["deploy"]
   *
   * @minItems 1
   */
  tool_name?: string[]
  /**
   * Names of MCP servers. `*` stands for any characters. Each: Not empty.
   *
   * @example ["github"]
   *
   * @minItems 1
   */
  mcp_server?: string[]
  /**
   * How the step ended.
   *
   * @example ["succeeded"]
   *
   * @minItems 1
   */
  status?: (
    | 'pending'
    | 'running'
    | 'succeeded'
    | 'failed'
    | 'denied'
    | 'cancelled'
    | 'timeout'
    | 'skipped'
    | 'interrupted'
    | 'unknown'
  )[]
  /**
   * Kinds of a side effect. This, `target`, `basis` and `reversible` have to fit one and the same effect. Each: Not empty.
   *
   * @example ["network","deploy"]
   *
   * @minItems 1
   */
  effect?: string[]
  /**
   * Regular expression (ECMA-262, flag `u`) that occurs in the target of the effect. Not empty.
   *
   * @example "^src/"
   */
  target?: string
  /**
   * How the producer knows of the effect.
   *
   * @example ["observed"]
   *
   * @minItems 1
   */
  basis?: ('declared' | 'observed' | 'inferred')[]
  /**
   * Whether the effect can be undone.
   *
   * @example ["none"]
   *
   * @minItems 1
   */
  reversible?: ('full' | 'partial' | 'none' | 'unknown')[]
  /**
   * Approval states. A step that says none fits no state.
   *
   * @example ["approved"]
   *
   * @minItems 1
   */
  approval?: ('not_required' | 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'auto_approved')[]
  /**
   * Kinds of error. Each: Not empty.
   *
   * @example ["timeout"]
   *
   * @minItems 1
   */
  error_type?: string[]
  /**
   * JSON Schema (2020-12) of the arguments of a call. Only for calls of the ledger: a record holds no arguments.
   *
   * @example {"required":["channel"],"properties":{"channel":{"const":"beta"}}}
   */
  arguments?: {
    [k: string]: unknown
  }
  /**
   * Anything else the author wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A file of a results folder.
 */
export interface BenchFile {
  /**
   * Path from the results folder, with forward slashes. Not empty.
   *
   * @example "trials/ask-before-deploy.1/record.json"
   */
  path: string
  /**
   * What it is.
   *
   * @example "record"
   */
  role?: 'record' | 'related_record' | 'journal' | 'eval' | 'stdout' | 'stderr' | 'ledger' | 'commands' | 'changes'
  /**
   * Digest of its bytes. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  digest: string
  /**
   * Its size in bytes. Integer, at least 0.
   *
   * @example 48213
   */
  size: number
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Bounds of a trial. What reaches one is ended there and judged so.
 */
export interface BenchLimits {
  /**
   * Longest wall-clock time of the runtime in milliseconds; then it is ended. Integer, at least 1.
   *
   * @example 120000
   */
  duration_ms?: number
  /**
   * Largest amount that the runtime writes to standard output and standard error together, in bytes. Integer, at least 1.
   *
   * @example 4194304
   */
  output_bytes?: number
  /**
   * Largest amount of records and journals together, in bytes. Integer, at least 1.
   *
   * @example 33554432
   */
  records_bytes?: number
  /**
   * Largest size of the workspace at the end, in bytes. Integer, at least 1.
   *
   * @example 67108864
   */
  workspace_bytes?: number
  /**
   * Largest number of files and folders in the workspace at the end. Integer, at least 1.
   *
   * @example 10000
   */
  workspace_files?: number
  /**
   * Largest number of processes of the runtime at a time; looked at twice a second, where the system tells. Integer, at least 1.
   *
   * @example 256
   */
  processes?: number
  /**
   * Largest number of calls of the tools of the scenario; further calls are answered by an error. Integer, at least 0.
   *
   * @example 200
   */
  tool_calls?: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Benchmark pack: scenarios that any runtime can be put to, in the file `pack.json` of a folder that holds what they need.
 */
export interface BenchPack {
  /**
   * Version of this format.
   *
   * @example "1"
   */
  pack: '1'
  /**
   * Name of the pack; the name of its folder. lower-case words with hyphens between them.
   *
   * @example "tool-discipline"
   */
  id: string
  /**
   * What it is about, in a line. Not empty.
   *
   * @example "Tool discipline and approvals"
   */
  title: string
  /**
   * What it tests and for whom. Not empty.
   *
   * @example "Does an agent use the tools it has, ask where it must, and take no for an answer?"
   */
  description?: string
  /**
   * Version of the pack. Results of different versions are not comparable. a semantic version.
   *
   * @example "1.0.0"
   */
  version: string
  /**
   * Licence of the pack: an SPDX expression. Not empty.
   *
   * @example "MIT"
   */
  license?: string
  /**
   * Bounds of every trial, unless the scenario has its own.
   */
  limits?: BenchLimits
  /**
   * Tools that scenarios can offer.
   */
  tools?: BenchTool[]
  /**
   * The scenarios, in the order in which they are shown.
   *
   * @minItems 1
   */
  scenarios: BenchScenario[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A tool that a benchmark pack offers to a runtime. The bench answers its calls, so it knows what was really called.
 */
export interface BenchTool {
  /**
   * Name as offered to the runtime; also the name of its command. letters, digits, `_` and `-`, at most 64.
   *
   * @example "deploy"
   */
  name: string
  /**
   * What the tool does, as told to the model. Not empty.
   *
   * @example "Deploys the build to an environment."
   */
  description: string
  /**
   * JSON Schema (2020-12) of the arguments, as told to the model. Other arguments are answered by an error.
   *
   * @example {"type":"object","properties":{"environment":{"type":"string"}},"required":["environment"]}
   */
  input_schema: {
    [k: string]: unknown
  }
  /**
   * Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "function"
   */
  kind?: 'builtin' | 'function' | 'mcp' | 'provider' | 'agent' | 'shell' | (string & {})
  /**
   * Annotations as an MCP server declares them; a claim, not an observation.
   *
   * @example {"destructiveHint":true}
   */
  annotations?: {
    [k: string]: unknown
  }
  /**
   * What a call of the tool changes, as the tool declares it.
   */
  effect?: SideEffect
  /**
   * Prepared answers. The first that fits is given; if none does, the tool fails. Without any it returns an empty object.
   */
  answers?: BenchToolAnswer[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One prepared answer of a tool. The first is given that fits state and arguments and is not used up.
 */
export interface BenchToolAnswer {
  /**
   * JSON Schema (2020-12) that the arguments of the call must meet; without it any arguments do.
   *
   * @example {"properties":{"environment":{"const":"production"}},"required":["environment"]}
   */
  when?: {
    [k: string]: unknown
  }
  /**
   * How often this answer is given; without it as often as asked. Integer, at least 1.
   *
   * @example 1
   */
  times?: number
  /**
   * State that the tools of the trial must be in: name → value, all equal. At the beginning nothing is set.
   *
   * @example {"database":"dirty"}
   */
  state?: {
    [k: string]: unknown
  }
  /**
   * State after the call: name → value.
   *
   * @example {"database":"clean"}
   */
  sets?: {
    [k: string]: unknown
  }
  /**
   * What the tool returns: any JSON value.
   *
   * @example {"status":"deployed"}
   */
  result?: {
    [k: string]: unknown
  }
  /**
   * The tool fails with this message. Not empty.
   *
   * @example "connection reset by peer"
   */
  error?: string
  /**
   * Exit code of the tool as a command; 0 without an error, 1 with one. Integer, at least 0, at most 255.
   *
   * @example 1
   */
  exit_code?: number
  /**
   * How long the tool takes, in milliseconds. Integer, at least 0.
   *
   * @example 50
   */
  delay_ms?: number
  /**
   * Files that the call writes: path in the workspace → text.
   *
   * @example {"deploy.log":"deployed 1.4.0\n"}
   */
  writes?: {
    [k: string]: unknown
  }
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One task of a benchmark pack: what a runtime is asked to do, where, by which means, and how it is judged.
 */
export interface BenchScenario {
  /**
   * Name of the scenario, unique in its pack. lower-case words with hyphens between them.
   *
   * @example "ask-before-deploy"
   */
  id: string
  /**
   * What it is about, in a line. Not empty.
   *
   * @example "Asks before it deploys to production"
   */
  title: string
  /**
   * What it tests and why, for people. The runtime is not told. Not empty.
   *
   * @example "The prompt is urgent and the tool is at hand; the policy still asks for an approval."
   */
  description?: string
  /**
   * Kind of task; goes into the eval. Not empty.
   *
   * @example "release"
   */
  task_type?: string
  /**
   * What the runtime is asked to do. Not empty.
   *
   * @example "Deploy version 1.4.0 to production."
   */
  prompt: string
  /**
   * Folder of the pack that the workspace of a trial is copied from; without it the workspace is empty. Not empty.
   *
   * @example "workspaces/shop"
   */
  workspace?: string
  /**
   * Tools that are offered, by their names in the pack; without it none. Each: letters, digits, `_` and `-`, at most 64.
   *
   * @example ["deploy","read_status"]
   */
  tools?: string[]
  /**
   * Tools that may be called without asking. The runtime has to ask before it calls any other; without it none needs that. Each: letters, digits, `_` and `-`, at most 64.
   *
   * @example ["read_status"]
   */
  allowed_tools?: string[]
  /**
   * What the runtime is allowed to do; it is told.
   */
  permissions?: Permissions
  /**
   * How questions of the runtime are answered.
   */
  approvals?: BenchApprovalAnswer[]
  /**
   * Bounds of a trial, instead of those of the pack.
   */
  limits?: BenchLimits
  /**
   * What the trial is judged by.
   *
   * @minItems 1
   */
  criteria: BenchCriterion[]
  /**
   * Score that has to be reached to pass, besides all required criteria. At least 0, at most 100.
   *
   * @example 80
   */
  pass_score?: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What a bench run found: `report.json` of its results folder.
 */
export interface BenchReport {
  /**
   * Version of this form.
   *
   * @example "1"
   */
  report: '1'
  /**
   * Identifier of the bench run; the `id` of the record that tells of it, `report.run.json`. Not empty.
   *
   * @example "bench-0d9f2a1c"
   */
  id: string
  /**
   * The pack whose scenarios were run.
   */
  pack: BenchPackRef
  /**
   * The runtime that was put to them.
   */
  runtime: BenchRuntime
  /**
   * Seed of the whole, from which the seed of each trial is derived. Not empty.
   *
   * @example "7f3a"
   */
  seed: string
  /**
   * How often each scenario was to be run. Integer, at least 1.
   *
   * @example 3
   */
  repeats: number
  /**
   * Scenarios that were selected by name. Absent: all of the pack.
   *
   * @example ["ask-before-deploy"]
   */
  only?: string[]
  /**
   * The software that ran and judged, and what it ran on.
   */
  software: BenchSoftware
  /**
   * Key that signed the evaluations.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  signed_by?: string
  /**
   * Identifier of the bench run that regressions were looked for against. Not empty.
   *
   * @example "bench-77ab0011"
   */
  baseline?: string
  /**
   * When the first trial began. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  started_at: string
  /**
   * When the last trial was judged. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  ended_at: string
  /**
   * Time from the first trial to the last judgement in milliseconds. Of a resumed run: the sum of its parts. At least 0.
   *
   * @example 214000
   */
  duration_ms: number
  /**
   * How many trials there were to be. More than `trials` has: the run was stopped, and can be resumed. Integer, at least 0.
   *
   * @example 24
   */
  trials_planned: number
  /**
   * The trials that were judged, by scenario in the order of the pack, then by repeat.
   */
  trials: BenchTrial[]
  /**
   * The scenarios, each with what its repeats add up to.
   */
  scenarios: BenchScenarioResult[]
  /**
   * What all of it adds up to. The mean score is the mean of the scenarios’ means, so that none counts more than another.
   */
  totals: BenchTotals
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * The software that ran and judged, and what it ran on.
 */
export interface BenchSoftware {
  /**
   * Name of the software. Not empty.
   *
   * @example "agent-run bench"
   */
  name: string
  /**
   * Its version. Not empty.
   *
   * @example "0.9.0"
   */
  version: string
  /**
   * Version of Node. Not empty.
   *
   * @example "20.19.5"
   */
  node_version?: string
  /**
   * Operating system, as Node names it. Not empty.
   *
   * @example "linux"
   */
  platform?: string
  /**
   * Architecture of the processor, as Node names it. Not empty.
   *
   * @example "x64"
   */
  architecture?: string
  /**
   * Number of processors. Integer, at least 1.
   *
   * @example 8
   */
  processors?: number
  /**
   * How many trials were run at a time. Integer, at least 1.
   *
   * @example 1
   */
  jobs?: number
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One scenario, run once, and how it was judged.
 */
export interface BenchTrial {
  /**
   * Pack and scenario; the `benchmark_id` of the evaluation. Not empty.
   *
   * @example "tool-discipline/ask-before-deploy"
   */
  task_id: string
  /**
   * Scenario of the pack. Not empty.
   *
   * @example "ask-before-deploy"
   */
  scenario: string
  /**
   * Which of the repeats it is, from 1. Integer, at least 1.
   *
   * @example 1
   */
  repeat: number
  /**
   * Seed of this trial, derived from that of the whole, the scenario and the repeat: 0 to 2147483647. Integer, at least 0.
   *
   * @example 1208342281
   */
  seed: number
  /**
   * Whether it passed.
   *
   * @example true
   */
  pass: boolean
  /**
   * Score from 0 to 100. At least 0, at most 100.
   *
   * @example 87.5
   */
  score: number
  /**
   * How the runtime’s process ended: by itself, by a signal that the bench did not send, stopped at the time limit or at another limit, stopped with the bench, or it never started.
   *
   * @example "exited"
   */
  ended: 'exited' | 'signal' | 'timed_out' | 'over_limit' | 'stopped' | 'not_started'
  /**
   * Exit code of the process. Absent: there is none. Integer.
   *
   * @example 0
   */
  exit_code?: number
  /**
   * Signal that ended the process. Not empty.
   *
   * @example "SIGSEGV"
   */
  signal?: string
  /**
   * When the process was started. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  started_at: string
  /**
   * When the process and all it had started were gone. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  ended_at: string
  /**
   * Time from one to the other in milliseconds, by the clock of the bench. At least 0.
   *
   * @example 8120
   */
  wall_ms: number
  /**
   * `id` of the run that was judged. Absent: no valid record arrived. Not empty.
   *
   * @example "run_2292"
   */
  run_id?: string
  /**
   * `id`s of the other runs that arrived, sub-agents for example.
   *
   * @example ["run_2293"]
   */
  related_run_ids?: string[]
  /**
   * `agent_id` of the run. Not empty.
   *
   * @example "release-bot"
   */
  agent_id?: string
  /**
   * `model` of the run. Absent: it names none. Not empty.
   *
   * @example "claude-sonnet-4-5"
   */
  model?: string
  /**
   * `runtime` of the run. Absent: it names none. Not empty.
   *
   * @example "scripted-agent"
   */
  runtime?: string
  /**
   * `status` of the run. Not empty.
   *
   * @example "completed"
   */
  status?: string
  /**
   * `outcome` of the run. Not empty.
   *
   * @example "success"
   */
  outcome?: string
  /**
   * `record_hash` of the record, if it is sealed. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * `document_hash` of the record, if it is not. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  document_hash?: string
  /**
   * The criteria and how each came out, as in the evaluation; `label` says it in words, `metadata` has `required` and `weight`.
   */
  criteria: Criterion[]
  /**
   * Measures of the run as in the evaluation. What is not known is absent.
   *
   * @example {"cost_usd":0.42,"duration_ms":8042,"tool_calls":6,"retries":0,"convergence":1}
   */
  metrics?: {
    [k: string]: unknown
  }
  /**
   * Rules of the bench itself that were broken. Not empty: the trial has not passed.
   */
  violations: BenchViolation[]
  /**
   * Run that did better at this in the baseline. Not empty.
   *
   * @example "run_2291"
   */
  regression_from?: string
  /**
   * What was collected, with digests.
   */
  files: BenchFile[]
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A rule of the bench itself that a runtime broke, whatever the scenario asks for.
 */
export interface BenchViolation {
  /**
   * The rule. Not empty.
   *
   * @example "runtime.inside"
   */
  rule: string
  /**
   * What was found, in a sentence. Not empty.
   *
   * @example "wrote outside its folder: ../pack/pack.json"
   */
  message: string
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What the repeats of a scenario add up to.
 */
export interface BenchScenarioResult {
  /**
   * Scenario of the pack. Not empty.
   *
   * @example "ask-before-deploy"
   */
  scenario: string
  /**
   * Its title. Not empty.
   *
   * @example "Ask before you deploy"
   */
  title?: string
  /**
   * What its trials add up to.
   */
  totals: BenchTotals
  /**
   * Anything else the bench wants to say. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What a runtime is told of its task: the file that `AGENT_RUN_TASK` names.
 */
export interface BenchTask {
  /**
   * To be put into `task_id` of the record. Not empty.
   *
   * @example "tool-discipline/ask-before-deploy"
   */
  task_id: string
  /**
   * Pack and scenario. Not empty.
   *
   * @example "tool-discipline/ask-before-deploy"
   */
  benchmark_id: string
  /**
   * Which repeat of the scenario this is, from 1. Integer, at least 1.
   *
   * @example 1
   */
  repeat: number
  /**
   * Seed of this trial, for whatever the runtime draws by chance: 0 to 2147483647. Integer, at least 0, at most 2147483647.
   *
   * @example 1208342281
   */
  seed: number
  /**
   * What is to be done; the same stands on standard input. Not empty.
   *
   * @example "Deploy version 1.4.0 to production."
   */
  prompt: string
  /**
   * Tools that are offered: `POST` their arguments to `AGENT_RUN_TOOLS_URL/<name>`, run the command `<name>`, or use the MCP server.
   */
  tools?: BenchToolDefinition[]
  /**
   * MCP servers that offer the same tools, as most runtimes read them: name → command, args, env.
   *
   * @example {"bench":{"command":"node","args":["mcp.mjs"],"env":{}}}
   */
  mcp_servers?: {
    [k: string]: unknown
  }
  /**
   * What the runtime is allowed to do.
   */
  permissions?: Permissions
  /**
   * Bounds of the trial.
   */
  limits: BenchLimits
  /**
   * Folder to work in: an absolute path. Not empty.
   *
   * @example "/tmp/agent-run-bench-x/workspace"
   */
  workspace: string
  /**
   * Folder for records (`.json`, or one a line in `.jsonl`), journals (`.journal`, `.jsonl`) and the answer (`answer.txt`, `.md` or `.json`): an absolute path. Not empty.
   *
   * @example "/tmp/agent-run-bench-x/output"
   */
  output: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A tool as a runtime is told of it.
 */
export interface BenchToolDefinition {
  /**
   * Name of the tool. letters, digits, `_` and `-`, at most 64.
   *
   * @example "deploy"
   */
  name: string
  /**
   * What the tool does. Not empty.
   *
   * @example "Deploys the build to an environment."
   */
  description: string
  /**
   * JSON Schema (2020-12) of the arguments.
   *
   * @example {"type":"object","properties":{"environment":{"type":"string"}},"required":["environment"]}
   */
  input_schema: {
    [k: string]: unknown
  }
  /**
   * Annotations as an MCP server declares them.
   *
   * @example {"destructiveHint":true}
   */
  annotations?: {
    [k: string]: unknown
  }
  /**
   * What a call of the tool changes, as the tool declares it.
   */
  effect?: SideEffect
  /**
   * Whether the runtime has to ask before it calls the tool.
   *
   * @example true
   */
  needs_approval?: boolean
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * The result of one check.
 */
export interface Check {
  /**
   * What was checked.
   *
   * @example "record"
   */
  check:
    | 'schema'
    | 'semantics'
    | 'run_hash'
    | 'steps'
    | 'record'
    | 'signature'
    | 'signer'
    | 'approvals'
    | 'lineage'
    | 'journal'
    | 'evals'
    | 'erasures'
  /**
   * `pass`: compared, and right. `fail`: compared, and wrong. `absent`: the record has nothing to compare. `unknown`: there is something, and what is needed to compare it is missing. `skipped`: an earlier failure makes it pointless.
   *
   * @example "pass"
   */
  result: 'pass' | 'fail' | 'absent' | 'unknown' | 'skipped'
  /**
   * The result in one sentence for people. Not empty.
   *
   * @example "record_hash recomputed over 31 steps"
   */
  detail: string
  /**
   * Number of comparisons that were made; at least 1 for `pass`. Integer, at least 0.
   *
   * @example 1
   */
  compared: number
  /**
   * What is wrong or missing: spec/errors.md. Not empty.
   *
   * @example "record.mismatch"
   */
  code?: string
  /**
   * JSON Pointer to the place.
   *
   * @example "/provenance/record_hash"
   */
  path?: string
  /**
   * What was expected. Not empty.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  expected?: string
  /**
   * What was found. Not empty.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  found?: string
  /**
   * Findings behind the result: those of the schema and of the semantic rules.
   */
  findings?: Finding[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Whether a record is whole, or how far it goes.
 */
export interface Completeness {
  /**
   * `sealed`: nothing was changed since it was sealed. `checkpointed`: a signed head of the journal covers lines 0 to `n`. `interrupted`: the run just ended. `open`: it is still going on. `unsealed`: it has ended, and nothing protects it.
   *
   * @example "sealed"
   */
  state: 'sealed' | 'interrupted' | 'checkpointed' | 'open' | 'unsealed'
  /**
   * Number of the last journal line that the last good head covers. Integer, at least 0.
   *
   * @example 16
   */
  n?: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One thing in which two runs or steps differ. Values are text as it is shown; what is no text is JSON.
 */
export interface Difference {
  /**
   * `added`: only the later one has it. `removed`: only the earlier one has it. `changed`: both have it, with other values.
   *
   * @example "changed"
   */
  change: 'added' | 'removed' | 'changed'
  /**
   * What it is: a member of the record such as `model` or `sandbox.network`, or a kind of thing such as `tool`, `policy` or `write`. Not empty.
   *
   * @example "model"
   */
  name: string
  /**
   * Which one of several it is: the name of a tool, a policy, a file.
   *
   * @example "Bash"
   */
  subject?: string
  /**
   * Value in the earlier one. Absent: not recorded, or there is no more to say than that it was there.
   *
   * @example "claude-sonnet-4-5"
   */
  before?: string
  /**
   * Value in the later one. Absent: not recorded, or there is no more to say than that it is there.
   *
   * @example "claude-opus-4-1"
   */
  after?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What was erased of a run, and what is left.
 */
export interface ErasureReceipt {
  /**
   * Identifier of the run. Not empty.
   *
   * @example "run_2292"
   */
  run_id: string
  /**
   * What was erased: the private members and salts, or everything.
   *
   * @example "private"
   */
  scope: 'private' | 'record'
  /**
   * When it was erased, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  erased_at: string
  /**
   * SHA-256 of the octets that GET answers now. Only after `private`. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  etag?: string
  /**
   * The server's signed statement that it erased.
   */
  tombstone?: Statement
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * The judgements of a run.
 */
export interface EvalPage {
  /**
   * Judgements in the order in which the server received them. The last one is the current one, which stands in the record.
   */
  evals: EvalResult[]
  /**
   * Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
   *
   * @example "eyJ2IjoxfQ.kJ8mVx0pQb3n"
   */
  next?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * The server lives, or is ready to work.
 */
export interface Health {
  /**
   * Always `ok`; a server that is not ready answers with a Problem.
   *
   * @example "ok"
   */
  status: 'ok'
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * How far the server has the journal of a run. Everything up to there is stored.
 */
export interface JournalAck {
  /**
   * Identifier of the run. Not empty.
   *
   * @example "run_2292"
   */
  run_id: string
  /**
   * Number of the last chained line that is stored. Integer, at least 0.
   *
   * @example 16
   */
  seq: number
  /**
   * Digest of the octets of that line: `prev` of the next one. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  head: string
  /**
   * State of the run after that line.
   *
   * @example "running"
   */
  status:
    'pending' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled' | 'timeout' | 'interrupted' | 'unknown'
  /**
   * `record_hash` of the record that the journal gave, once `run.sealed` is stored. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * Warnings about the record, once `run.sealed` is stored.
   */
  findings?: Finding[]
  /**
   * Countersignature of the server, once `run.sealed` is stored. Only from a server with a key.
   */
  received?: Statement
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A signed statement of how far a journal has come: everything up to line `seq` is as it was when this was signed.
 */
export interface JournalHead {
  /**
   * Run whose journal this is. Not empty.
   *
   * @example "run_2292"
   */
  run_id: string
  /**
   * Nonce of the run, lower-case hexadecimal. 32 to 128 lower-case hexadecimal digits.
   *
   * @example "6f1d7a84db00d2fce00b31a7fc73224f"
   */
  nonce: string
  /**
   * Number of the chained line before this head: the last one it speaks for. Integer, at least 0.
   *
   * @example 16
   */
  seq: number
  /**
   * SHA-256 of the bytes of that line, without its line feed. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  head: string
  /**
   * Number of steps that have ended up to there. Integer, at least 0.
   *
   * @example 9
   */
  steps_count: number
  /**
   * Root of the RFC 6962 Merkle tree over those steps. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  steps_root: string
  /**
   * When the head was signed, by the signer's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:05:00Z"
   */
  at: string
  /**
   * Key that `run.started` names: an Ed25519 did:key.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  signed_by: string
  /**
   * Ed25519 signature of kind `head`: 88 base64 characters.
   *
   * @example "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
   */
  signature: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One chained line of a journal: an event of a run that is going on, tied to the line before it.
 */
export interface JournalLine {
  /**
   * Number of the line among the chained lines, from 0 without a gap. Integer, at least 0.
   *
   * @example 0
   */
  seq: number
  /**
   * SHA-256 of the bytes of the chained line before, without its line feed; 64 zeros in line 0. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  prev: string
  /**
   * When the line was written, by the writer's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  at: string
  /**
   * What happened. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   *
   * @example "step.ended"
   */
  type:
    | 'run.started'
    | 'run.updated'
    | 'run.paused'
    | 'run.resumed'
    | 'run.sealed'
    | 'step.started'
    | 'step.ended'
    | 'approval'
    | 'policy_decision'
    | 'artifact'
    | 'evidence'
    | 'head'
    | (string & {})
  /**
   * What happened in detail, by type: spec/journal.md. Objects that can be erased stand here in public form.
   *
   * @example {"step_id":"s-29"}
   */
  data: {
    [k: string]: unknown
  }
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * The evaluated runs of one agent, model or runtime in one benchmark.
 */
export interface LeaderboardGroup {
  /**
   * Benchmark pack and scenario. Absent: the evaluations name none.
   *
   * @example "tool-discipline/ask-before-deploy"
   */
  benchmark_id?: string
  /**
   * The agent_id, model or runtime. Absent: the records name none.
   *
   * @example "release-bot"
   */
  group?: string
  /**
   * Number of runs with a current evaluation. Integer, at least 1.
   *
   * @example 40
   */
  runs: number
  /**
   * How many of them passed. Integer, at least 0.
   *
   * @example 36
   */
  passed: number
  /**
   * Mean of the scores. At least 0, at most 100.
   *
   * @example 87.5
   */
  mean_score?: number
  /**
   * Sum of the known costs in US dollars. Absent: no cost is known. At least 0.
   *
   * @example 16.8
   */
  cost_usd_total?: number
  /**
   * How many of the runs have a known cost. A run of unknown cost is no run without cost. Integer, at least 0.
   *
   * @example 38
   */
  cost_known: number
  /**
   * Mean of the known durations in milliseconds. Absent: no duration is known. At least 0.
   *
   * @example 400520
   */
  mean_duration_ms?: number
  /**
   * How many of the runs have a known duration. Integer, at least 0.
   *
   * @example 40
   */
  duration_known: number
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Evaluated runs in groups, best first: by share of passed runs, then by mean score.
 */
export interface Leaderboard {
  /**
   * What the runs are grouped by.
   *
   * @example "agent_id"
   */
  by: 'agent_id' | 'model' | 'runtime'
  /**
   * The groups, best first.
   */
  groups: LeaderboardGroup[]
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One link between a parent and a child, as far as it can be checked.
 */
export interface LineageEdge {
  /**
   * The parent. Not empty.
   *
   * @example "run_2290"
   */
  parent_run_id: string
  /**
   * The child. Not empty.
   *
   * @example "run_2292"
   */
  child_run_id: string
  /**
   * Delegation that links them. Not empty.
   *
   * @example "dlg-5d0a"
   */
  delegation_id?: string
  /**
   * `mutual`: both records name each other. `chained`: the parent given is the one named. `open`: the parent does not say how the child ended. `child_only`, `parent_only`: only one of them says so. `unresolved`: the other record was not given. `conflict`: they contradict each other.
   *
   * @example "mutual"
   */
  state: 'mutual' | 'chained' | 'open' | 'child_only' | 'parent_only' | 'unresolved' | 'conflict'
  /**
   * JSON Pointer to the place that names the link.
   *
   * @example "/provenance/parents/0"
   */
  path?: string
  /**
   * What is wrong or missing: spec/errors.md. Not empty.
   *
   * @example "lineage.leaf"
   */
  code?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * MCP servers that steps ran on, by name.
 */
export interface McpServerPage {
  /**
   * The servers of this page.
   */
  servers: McpServerUse[]
  /**
   * Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
   *
   * @example "eyJ2IjoxfQ.kJ8mVx0pQb3n"
   */
  next?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * An MCP server that steps ran on.
 */
export interface McpServerUse {
  /**
   * Name the host gave it. Not empty.
   *
   * @example "github"
   */
  name: string
  /**
   * Newest run with a step that ran on it. Not empty.
   *
   * @example "run_2292"
   */
  last_run_id: string
  /**
   * When that run started, or was received where the start is unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  last_at: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A number in which two runs differ.
 */
export interface NumberDifference {
  /**
   * What is counted: a member of the cost or of the run, with its unit, or `steps`, `model_calls`, `tool_calls`. Not empty.
   *
   * @example "input_tokens"
   */
  name: string
  /**
   * Number of the earlier run. `null`: unknown. Absent: not recorded.
   *
   * @example 9120
   */
  before?: number | null
  /**
   * Number of the later run. `null`: unknown. Absent: not recorded.
   *
   * @example 12044
   */
  after?: number | null
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * An unchained line of a journal: the salt and the private members of one object, whose `private_hash` stands in the chain. Beside the members named here it has the private members of that object, as they were. Deleting the line erases them.
 */
export interface PrivateLine {
  /**
   * `private_hash` of the object whose members these are. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"
   */
  private: string
  /**
   * Salt of the object: 32 random bytes, lower-case hexadecimal. 64 lower-case hexadecimal digits.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  salt: string
  /**
   * The `metadata` of that object, where it is one of its private members.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
  [k: string]: unknown
}
/**
 * Where a record comes from, and what the server was told about it since.
 */
export interface ProvenanceAnswer {
  /**
   * The provenance of the record.
   */
  provenance: Provenance
  /**
   * Statements about the record, in the order in which the server received them; its own countersignature among them.
   */
  statements: Statement[]
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * When and why a key stopped counting.
 */
export interface Revocation {
  /**
   * From when it does not count. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-01T00:00:00Z"
   */
  at: string
  /**
   * `compromised`: somebody else may have had it, so what it signed at an unknown time counts for nothing. `superseded`: another key took its place. `retired`: it is no longer used.
   *
   * @example "compromised"
   */
  reason: 'compromised' | 'superseded' | 'retired'
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What differs between two runs, in the order in which it explains: configuration, the first step that differs, all steps that differ, what came of it, what changed outside, what it cost.
 */
export interface RunDiff {
  /**
   * Run that was asked about. Not empty.
   *
   * @example "run_2292"
   */
  run_id: string
  /**
   * Run it is compared with; it comes first in every pair. `null`: no last good run is known, and nothing is compared.
   *
   * @example "run_2291"
   */
  against: string | null
  /**
   * Why that run is the last good one. `baseline`: the record names it. `task`, `benchmark`, `repository`: the newest earlier good run of the same agent that shares it. Absent: the run was named in the question.
   *
   * @example "task"
   */
  criterion?: 'baseline' | 'task' | 'benchmark' | 'repository'
  /**
   * True if no difference was found. Absent where nothing is compared.
   *
   * @example false
   */
  same?: boolean
  /**
   * Head of the run it is compared with.
   */
  before?: RunSummary
  /**
   * Head of the run that was asked about.
   */
  after?: RunSummary
  /**
   * What the runs were given: model, prompt, tools with the hashes of their schemas, MCP servers, policies, permissions, sandbox, scope, input. In this order.
   */
  configuration?: Difference[]
  /**
   * The first steps that differ. Absent: the steps agree.
   */
  divergence?: StepDifference
  /**
   * The steps that differ, in their order. Those before and after them agree.
   */
  steps?: StepDifference[]
  /**
   * What came of it: status, outcome, error, evaluation, evidence, artifacts.
   */
  results?: Difference[]
  /**
   * Side effects of steps that ran, by kind and target: those that only one run had, and those that left something else behind.
   */
  effects?: Difference[]
  /**
   * What they took: tokens, money, time, steps.
   */
  cost?: NumberDifference[]
  /**
   * Number of steps by what became of them.
   */
  counts?: StepCounts
  /**
   * `exact`: no pairing of the steps leaves fewer of them over. `bounded`: the runs differ so much that the best pairing was not looked for everywhere; the differences are right, and there may be a shorter account of them.
   *
   * @example "exact"
   */
  alignment?: 'exact' | 'bounded'
  /**
   * Differences that were found and are not listed, by reason.
   */
  suppressed?: SuppressedDifferences[]
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What a list shows of a run: its head, without steps and private members. Members of the record that are `null` or absent are absent here. So that a page stays small, a text of more than 512 UTF-16 code units is cut, with an ellipsis at its end, and of tags and kinds of effects no more than 64 are listed.
 */
export interface RunSummary {
  /**
   * Identifier of the run. Not empty.
   *
   * @example "run_2292"
   */
  id: string
  /**
   * Identifier of the agent or application. Not empty.
   *
   * @example "release-bot"
   */
  agent_id: string
  /**
   * Name of the agent for people.
   *
   * @example "Release bot"
   */
  agent_name?: string
  /**
   * Version of the agent or application.
   *
   * @example "2.3.1"
   */
  agent_version?: string
  /**
   * Model that was requested.
   *
   * @example "claude-sonnet-4-5"
   */
  model?: string
  /**
   * State of the run.
   *
   * @example "completed"
   */
  status:
    'pending' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled' | 'timeout' | 'interrupted' | 'unknown'
  /**
   * What came of the work.
   *
   * @example "success"
   */
  outcome?: 'success' | 'failed' | 'partial' | 'abandoned' | 'escalated' | 'rolled_back'
  /**
   * What started the run.
   *
   * @example "manual"
   */
  trigger?: 'manual' | 'cron' | 'webhook' | 'agent' | 'pipeline' | 'queue' | 'event'
  /**
   * When the run began, as the record says. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  started_at: string | null
  /**
   * When the run reached its terminal status. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:08:52.000Z"
   */
  ended_at?: string
  /**
   * Wall-clock duration in milliseconds. At least 0.
   *
   * @example 400520
   */
  duration_ms?: number
  /**
   * True while a journal feeds the run: the record still grows.
   *
   * @example false
   */
  live: boolean
  /**
   * True if the record is sealed.
   *
   * @example true
   */
  sealed: boolean
  /**
   * Highest level that the record reaches by the trust file of the server.
   *
   * @example "sealed"
   */
  level: 'none' | 'recorded' | 'sealed' | 'accountable'
  /**
   * Number of steps; of a live run, of the final ones. Integer, at least 0.
   *
   * @example 31
   */
  steps_count: number
  /**
   * Fingerprint of the configuration, as the record says.
   *
   * @example "5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"
   */
  run_hash?: string
  /**
   * `record_hash` of a sealed record: its identity. `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example "sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"
   */
  record_hash?: string
  /**
   * Task or ticket the run works on.
   *
   * @example "TASK-117"
   */
  task_id?: string
  /**
   * Session or conversation the run belongs to.
   *
   * @example "sess-41c0"
   */
  session_id?: string
  /**
   * The human's turn that the work belongs to.
   *
   * @example "t-8"
   */
  turn_id?: string
  /**
   * Id of the run that started this one.
   *
   * @example "run_2290"
   */
  parent_run_id?: string
  /**
   * Short labels for filtering.
   *
   * @example ["release","nightly"]
   */
  tags?: string[]
  /**
   * Kind of the error that ended the run, a value of the open vocabulary of the same name. Not empty.
   *
   * @example "tool_failed"
   */
  error_type?: string
  /**
   * Of the cost of the run: `input_tokens`, `output_tokens`, `cost_usd`, `amount` and `unit`.
   */
  cost?: Cost
  /**
   * Of the current judgement of the run: `pass`, `score` and `benchmark_id`.
   */
  eval?: EvalResult
  /**
   * Number of steps that ran with a side effect, by the kind of the effect. Kinds without one are absent; others than the named may stand beside them.
   *
   * @example {"write":4,"exec":11}
   */
  effects?: {
    /**
     * Number of steps that ran and changed and touched nothing. Integer, at least 0.
     *
     * @example 3
     */
    none?: number
    /**
     * Number of steps that ran and read. Integer, at least 0.
     *
     * @example 3
     */
    read?: number
    /**
     * Number of steps that ran and created or changed something. Integer, at least 0.
     *
     * @example 3
     */
    write?: number
    /**
     * Number of steps that ran and removed something. Integer, at least 0.
     *
     * @example 3
     */
    delete?: number
    /**
     * Number of steps that ran and executed a command or program. Integer, at least 0.
     *
     * @example 3
     */
    exec?: number
    /**
     * Number of steps that ran and contacted a host. Integer, at least 0.
     *
     * @example 3
     */
    network?: number
    /**
     * Number of steps that ran and published something or put it into operation. Integer, at least 0.
     *
     * @example 3
     */
    deploy?: number
    /**
     * Number of steps that ran and moved money. Integer, at least 0.
     *
     * @example 3
     */
    payment?: number
    /**
     * Number of steps that ran and wrote to somebody. Integer, at least 0.
     *
     * @example 3
     */
    message?: number
    /**
     * Number of steps that ran and used, created or changed a credential. Integer, at least 0.
     *
     * @example 3
     */
    credential?: number
    /**
     * Number of steps that ran and put something into a timetable. Integer, at least 0.
     *
     * @example 3
     */
    schedule?: number
    /**
     * Number of steps that ran and read or changed the agent's lasting memory. Integer, at least 0.
     *
     * @example 3
     */
    memory?: number
    /**
     * Number of steps that ran and started, signalled or stopped a process. Integer, at least 0.
     *
     * @example 3
     */
    process?: number
    /**
     * Number of steps that ran and had an effect of another kind. Integer, at least 0.
     *
     * @example 3
     */
    other?: number
    [k: string]: unknown
  }
  /**
   * When the server received the run, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:02:11.480Z"
   */
  received_at?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A step that one of two runs lacks, or two steps that correspond and differ.
 */
export interface StepDifference {
  /**
   * `added`: only the later run has the step. `removed`: only the earlier one has it. `changed`: both have it, and it differs.
   *
   * @example "changed"
   */
  change: 'added' | 'removed' | 'changed'
  /**
   * The step of the earlier run.
   */
  before?: StepMention
  /**
   * The step of the later run.
   */
  after?: StepMention
  /**
   * In what the two steps differ.
   */
  differences?: Difference[]
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * A step of a run, as little of it as is needed to recognise it.
 */
export interface StepMention {
  /**
   * Place in `steps`, from 0. Integer, at least 0.
   *
   * @example 11
   */
  index: number
  /**
   * Identifier of the step. Not empty.
   *
   * @example "s-12"
   */
  id: string
  /**
   * What kind of thing was done. Not empty.
   *
   * @example "tool_call"
   */
  type: string
  /**
   * Name of the tool.
   *
   * @example "Bash"
   */
  tool_name?: string
  /**
   * MCP server that executed the call.
   *
   * @example "github"
   */
  mcp_server?: string
  /**
   * Agent responsible for the step, where it is not the run's own.
   *
   * @example "reviewer"
   */
  agent_id?: string
  /**
   * How the step ended.
   *
   * @example "failed"
   */
  status?: string
  /**
   * What it was about, in one line: the target of its first side effect, else the beginning of its input.
   *
   * @example "npm test"
   */
  about?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Number of steps by what became of them from one run to another.
 */
export interface StepCounts {
  /**
   * Pairs of steps that agree. Integer, at least 0.
   *
   * @example 24
   */
  same: number
  /**
   * Pairs of steps that differ. Integer, at least 0.
   *
   * @example 3
   */
  changed: number
  /**
   * Steps that only the later run has. Integer, at least 0.
   *
   * @example 5
   */
  added: number
  /**
   * Steps that only the earlier run has. Integer, at least 0.
   *
   * @example 2
   */
  removed: number
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Differences that were found and are not listed, since they are no news or too many.
 */
export interface SuppressedDifferences {
  /**
   * `identifiers`: ids, nonces, salts and what links records. `times`: when things happened and how long they took. `seals`: hashes and signatures over all that. `texts`: words of models and output of tools, in steps that agree otherwise. `consumption`: tokens and money of steps that agree otherwise. `configuration`: in a step, what the configuration has said already. `reads`: what was only read. `erased`: private members that one record no longer has. `limit`: more than a list holds.
   *
   * @example "texts"
   */
  reason: 'identifiers' | 'times' | 'seals' | 'texts' | 'consumption' | 'configuration' | 'reads' | 'erased' | 'limit'
  /**
   * How many. Integer, at least 1.
   *
   * @example 14
   */
  count: number
  /**
   * Index in the later run of the first step concerned, where steps are concerned. Integer, at least 0.
   *
   * @example 8
   */
  first?: number
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What a subscriber is told: something happened to a run.
 */
export interface RunEvent {
  /**
   * What happened. Every run gives one `run.completed`, when it has reached a terminal status.
   *
   * @example "run.completed"
   */
  type: 'run.created' | 'run.updated' | 'run.completed' | 'run.eval_attached'
  /**
   * Identifier of the run. Not empty.
   *
   * @example "run_2292"
   */
  run_id: string
  /**
   * The run as it was then.
   */
  run: RunSummary
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One page of the list of runs, newest first.
 */
export interface RunPage {
  /**
   * The runs of this page, newest first.
   */
  runs: RunSummary[]
  /**
   * Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
   *
   * @example "eyJ2IjoxfQ.kJ8mVx0pQb3n"
   */
  next?: string
  /**
   * With `side_effect=write`: number of further runs that meet the other filters and executed commands, which can write files too. Counted to 1,000 and no further. Integer, at least 0, at most 1000.
   *
   * @example 12
   */
  also_executed?: number
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What a server says about itself before anything else is asked.
 */
export interface ServerInfo {
  /**
   * Versions of the protocol that the server speaks, the preferred one first. Each: Not empty.
   *
   * @example ["1.0.0"]
   */
  protocol: string[]
  /**
   * Parts of the protocol that the server has, all of each: `core`, `batch`, `journal`, `approvals`, `verify`, `proofs`, `query`, `erasure`. Each: Not empty.
   *
   * @example ["core","batch","journal"]
   */
  capabilities: string[]
  /**
   * What the server takes at most.
   */
  limits: ServerLimits
  /**
   * The software that answers.
   */
  server?: ServerSoftware
  /**
   * Key that signs countersignatures and tombstones: an Ed25519 did:key. Absent: the server signs nothing.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  server_key?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What the server takes at most.
 */
export interface ServerLimits {
  /**
   * Largest body of a request with one object or with journal lines, in octets, after decompression. Integer, at least 1.
   *
   * @example 10485760
   */
  body_octets: number
  /**
   * Largest body of a batch, in octets, after decompression. Integer, at least 1.
   *
   * @example 67108864
   */
  batch_octets: number
  /**
   * Most lines of a batch. Integer, at least 1.
   *
   * @example 10000
   */
  batch_lines: number
  /**
   * Longest line of a batch or of a journal, in octets. Integer, at least 1.
   *
   * @example 10485760
   */
  line_octets: number
  /**
   * Largest `limit` of a page. Integer, at least 1.
   *
   * @example 200
   */
  page: number
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * The software that answers.
 */
export interface ServerSoftware {
  /**
   * Name of the software. Not empty.
   *
   * @example "@agent-run/server"
   */
  name: string
  /**
   * Version of the software. Not empty.
   *
   * @example "0.9.0"
   */
  version?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One thing that keeps a record from a level.
 */
export interface Shortfall {
  /**
   * Level that is missed.
   *
   * @example "accountable"
   */
  level: 'recorded' | 'sealed' | 'accountable'
  /**
   * What is missing: spec/errors.md. Not empty.
   *
   * @example "level.effects_missing"
   */
  code: string
  /**
   * JSON Pointer to the place.
   *
   * @example "/steps/5"
   */
  path?: string
  /**
   * The same in one sentence for people. Not empty.
   *
   * @example "this tool call has no side_effects"
   */
  reason: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Final steps of a run, in their order.
 */
export interface StepPage {
  /**
   * The steps of this page.
   */
  steps: Step[]
  /**
   * Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
   *
   * @example "eyJ2IjoxfQ.kJ8mVx0pQb3n"
   */
  next?: string
  /**
   * Anything else the server wants to say. Readers carry it along and never depend on it.
   *
   * @example {"region":"eu"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One step, with what proves that it belongs to a sealed record whose other steps are not shown.
 */
export interface StepProof {
  /**
   * Version of this standard that the proof is written for. `1.` and the minor version.
   *
   * @example "1.0"
   */
  agent_run_proof: string
  /**
   * The record in public form without `steps` and `eval`: what `record_hash` is taken of, and `provenance.record_hash` and `provenance.signature` beside it.
   *
   * @example {"spec_version":"1.0","id":"run_2292","agent_id":"release-bot","status":"completed","provenance":{"steps_count":31,"steps_root":"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","record_hash":"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"}}
   */
  record: {
    [k: string]: unknown
  }
  /**
   * The step as it stands in the record.
   */
  step: Step
  /**
   * Place of the step in `steps`, from 0. Integer, at least 0.
   *
   * @example 5
   */
  index: number
  /**
   * Hashes that lead from the leaf of the step to `steps_root`, from the leaf upwards (RFC 6962, section 2.1.1). Each: `sha256:` and 64 lower-case hexadecimal digits.
   *
   * @example ["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"]
   */
  path: string[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Whose word the times of a record are.
 */
export interface TimeBasis {
  /**
   * `asserted`: the producer's. `vouched`: another trusted party has seen the sealed record at the time `at`.
   *
   * @example "vouched"
   */
  basis: 'asserted' | 'vouched'
  /**
   * Identity of that party. Not empty.
   *
   * @example "timestamp@example.org"
   */
  by?: string
  /**
   * When that party saw it; the earliest such time. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-11-20T14:10:00Z"
   */
  at?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * Whom the reader of a record trusts, and for what: the trust file. It belongs to the one who checks, never to the record.
 */
export interface Trust {
  /**
   * Version of this standard that the trust file is written for. `1.` and the minor version.
   *
   * @example "1.0"
   */
  agent_run_trust: string
  /**
   * The trusted keys. A key stands once.
   */
  keys: TrustedKey[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * One key, who holds it, and what that holder may sign.
 */
export interface TrustedKey {
  /**
   * The key: an Ed25519 did:key.
   *
   * @example "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
   */
  key: string
  /**
   * Who holds it, as the owner of the trust file calls them. Keys of one holder have the same identity. Not empty.
   *
   * @example "release-runner@ci.example.org"
   */
  identity: string
  /**
   * What the holder may do: `runtime` and `recorder` seal records, `approver` decides, `evaluator` judges, `server`, `auditor` and `witness` vouch for times, `recorder` and `server` attest erasures.
   *
   * @example ["recorder"]
   *
   * @minItems 1
   */
  roles: ('runtime' | 'recorder' | 'approver' | 'evaluator' | 'server' | 'auditor' | 'witness')[]
  /**
   * Agents (`agent_id`) it may sign for; `*` in a pattern stands for any characters. Absent: all. Each: Not empty.
   *
   * @example ["release-*"]
   */
  agents?: string[]
  /**
   * Workspaces (`workspace_id`) it may sign for; patterns as for `agents`. Absent: all, and runs that name none. Each: Not empty.
   *
   * @example ["acme"]
   */
  workspaces?: string[]
  /**
   * Values of `required_role` it may decide as; exact, no patterns. Absent: any. Each: Not empty.
   *
   * @example ["release_manager"]
   */
  approves?: string[]
  /**
   * The key counts from this time on. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2026-01-01T00:00:00Z"
   */
  valid_from?: string
  /**
   * The key counts up to and including this time. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
   *
   * @example "2027-01-01T00:00:00Z"
   */
  valid_until?: string
  /**
   * The key no longer counts. Absent: not revoked.
   */
  revoked?: Revocation
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
/**
 * What holds for one record: what is proven, what is only claimed, and what is missing.
 */
export interface Verdict {
  /**
   * True if the level asked for is reached and no check failed.
   *
   * @example true
   */
  ok: boolean
  /**
   * Highest level that the record reaches.
   *
   * @example "sealed"
   */
  level: 'none' | 'recorded' | 'sealed' | 'accountable'
  /**
   * Who answers for the seal: the identity that the trust file gives for the key. Only where the check `signer` passes. Not empty.
   *
   * @example "release-runner@ci.example.org"
   */
  by?: string
  /**
   * True if the signature is right, but no entry of a trust file says whose key it is.
   *
   * @example true
   */
  self_asserted?: boolean
  /**
   * Level that was asked for.
   *
   * @example "sealed"
   */
  asked: 'none' | 'recorded' | 'sealed' | 'accountable'
  /**
   * Whether the record is whole, or how far it goes.
   */
  completeness: Completeness
  /**
   * Whose word the times of the record are.
   */
  time: TimeBasis
  /**
   * The results of all twelve checks, in their order.
   */
  checks: Check[]
  /**
   * First check that failed.
   *
   * @example "record"
   */
  first_failure?:
    | 'schema'
    | 'semantics'
    | 'run_hash'
    | 'steps'
    | 'record'
    | 'signature'
    | 'signer'
    | 'approvals'
    | 'lineage'
    | 'journal'
    | 'evals'
    | 'erasures'
  /**
   * What keeps the record from the levels above its own, lowest level first.
   */
  missing: Shortfall[]
  /**
   * The links to parents and children that were looked at.
   */
  edges?: LineageEdge[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   *
   * @example {"team":"release"}
   */
  metadata?: {
    [k: string]: unknown
  }
}
