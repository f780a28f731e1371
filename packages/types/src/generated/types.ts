// Generated from schemas/ by "npm run gen". Do not edit.
/**
 * The record of one piece of work of an AI agent, from its trigger until the agent yields: what it was given, what it did, who allowed it, what changed, what it cost, whether it worked and how to undo it.
 */
export interface AgentRun {
  /**
   * Identifier of the run, chosen by its producer. 1 to 256 characters without control characters are portable.
   */
  id: string
  /**
   * Version of this standard the record was written for. A record without it is a 0.1 record.
   */
  spec_version?: string
  /**
   * Groups runs of one session or conversation. A session is not an object of its own.
   */
  session_id?: string
  /**
   * The human's turn that this work belongs to; inherited by child runs and by runs that an event of this work starts.
   */
  turn_id?: string
  /**
   * Task or ticket this run works on.
   */
  task_id?: string | null
  /**
   * Job, queue entry or workflow execution that contains this run.
   */
  job_id?: string
  /**
   * Tenant or workspace the run belongs to.
   */
  workspace_id?: string | null
  /**
   * Id of the run that started this one. The checkable link is `provenance.parents`.
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
   */
  tags?: string[]
  /**
   * Identifier of the agent or application. `unknown` is reserved for a source that does not say.
   */
  agent_id: string
  /**
   * Name of the agent for people.
   */
  agent_name?: string | null
  /**
   * Version of the agent or application.
   */
  agent_version?: string
  /**
   * Role of the agent in a larger arrangement, in the runtime's own words.
   */
  agent_role?: string
  /**
   * Software that executed the agent.
   */
  runtime?: string | null
  /**
   * Version of the runtime.
   */
  runtime_version?: string | null
  /**
   * Model that was requested, as the provider names it. What answered stands on each model_call step.
   */
  model?: string | null
  /**
   * Provider of the model.
   */
  provider?: string | null
  /**
   * Settings the model was asked to run with.
   */
  model_config?: ModelConfig
  /**
   * Version or digest of the prompt template or instructions.
   */
  prompt_version?: string
  /**
   * State of the run. `cancelled`: someone with authority stopped it. `interrupted`: it just ended. `unknown`: the source does not say.
   */
  status:
    'pending' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled' | 'timeout' | 'interrupted' | 'unknown'
  /**
   * What came of the work, as judged by the runtime or a person; independent of `status`.
   */
  outcome?: 'success' | 'failed' | 'partial' | 'abandoned' | 'escalated' | 'rolled_back' | null
  /**
   * What started the run.
   */
  trigger?: 'manual' | 'cron' | 'webhook' | 'agent' | 'pipeline' | 'queue' | 'event' | null
  /**
   * When the run began. `null`: unknown.
   */
  started_at: string | null
  /**
   * When the run reached its terminal status. `null`: unknown; absent: not ended.
   */
  ended_at?: string | null
  /**
   * Wall-clock duration in milliseconds.
   */
  duration_ms?: number | null
  /**
   * Why the run did not succeed, in words. Private.
   */
  error?: string | null
  /**
   * Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
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
   */
  input_preview?: string
  /**
   * Beginning of the answer. At most 2,000 code points; recorders cut it. Private.
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
   */
  intent?: string
  /**
   * Names of the tools as they were offered to the model.
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
   */
  git_branch?: string | null
  /**
   * Commit checked out when the run started.
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
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
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
   */
  relation: 'retry_of' | 'resumes' | 'continues' | 'replays' | 'forks' | 'baseline' | 'follows' | (string & {})
  /**
   * The other run.
   */
  run_id: string
  /**
   * Step of the other run, where the relation is to one step.
   */
  step_id?: string
  /**
   * `record_hash` of the other run.
   */
  record_hash?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  trace_id?: string
  /**
   * OpenTelemetry span, 16 lower-case hexadecimal digits.
   */
  span_id?: string
  /**
   * Pages about this run. Nothing fetches them by itself.
   */
  urls?: string[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Sampling temperature.
   */
  temperature?: number
  /**
   * Nucleus sampling threshold, from 0 to 1.
   */
  top_p?: number
  /**
   * Number of candidates considered.
   */
  top_k?: number
  /**
   * Largest number of tokens to write.
   */
  max_tokens?: number
  /**
   * Random seed.
   */
  seed?: number
  /**
   * Sequences that end the output.
   */
  stop_sequences?: string[]
  /**
   * How much reasoning was asked for, in the provider's words.
   */
  reasoning_effort?: string
  /**
   * Service or speed tier at the provider.
   */
  service_tier?: string
  /**
   * Model tier of the runtime that was resolved to this model.
   */
  tier?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * SHA-256 of the bytes as stored.
   */
  digest?: string
  /**
   * Size in bytes.
   */
  size?: number
  /**
   * Media type (RFC 6838).
   */
  media_type?: string
  /**
   * Where it can be fetched. Nothing fetches it by itself.
   */
  uri?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * When the inventory was taken.
   */
  at?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Name as offered to the model.
   */
  name: string
  /**
   * Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   */
  kind?: 'builtin' | 'function' | 'mcp' | 'provider' | 'agent' | 'shell' | (string & {})
  /**
   * MCP server that provides it (`name` in `mcp_servers`).
   */
  mcp_server?: string
  /**
   * SHA-256 of the description as offered.
   */
  description_digest?: string
  /**
   * Digest of kind `tool` over name, description and input_schema as offered; shows a definition that was silently replaced.
   */
  schema_hash?: string
  /**
   * Annotations as the tool declared them; a claim, not an observation.
   */
  annotations?: {
    [k: string]: unknown
  }
  /**
   * Effect that the tool declares; values of SideEffect `kind`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
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
   * Privilege the tool was mounted with, in the runtime's words.
   */
  permission?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Name the host gave it.
   */
  name: string
  /**
   * Name the server gave itself.
   */
  server_name?: string
  /**
   * Version of the server.
   */
  version?: string
  /**
   * MCP transport. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   */
  transport?: 'stdio' | 'streamable_http' | 'sse' | 'websocket' | 'in_process' | (string & {})
  /**
   * Negotiated MCP protocol version.
   */
  protocol_version?: string
  /**
   * Command it was started with, without secrets.
   */
  command?: string
  /**
   * Address it was reached at, without secrets.
   */
  url?: string
  /**
   * Digest of kind `tools` over the list of its tool definitions.
   */
  tools_hash?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Name of the skill.
   */
  name: string
  /**
   * Version of the skill.
   */
  version?: string
  /**
   * SHA-256 of the skill as stored.
   */
  digest?: string
  /**
   * Where it came from.
   */
  origin?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Name of the provider.
   */
  name: string
  /**
   * Models that were available from it.
   */
  models?: string[]
  /**
   * Address of its API, without secrets.
   */
  url?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Approval mode in the runtime's words.
   */
  approval_mode?: string
  /**
   * Permissions granted for this run, in the runtime's words. Shown, never evaluated.
   */
  granted?: string[]
  /**
   * Limits set for this run.
   */
  limits?: Limits
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Largest number of steps.
   */
  max_steps?: number
  /**
   * Largest number of model calls.
   */
  max_model_calls?: number
  /**
   * Largest number of tokens.
   */
  max_tokens?: number
  /**
   * Longest duration in milliseconds.
   */
  max_duration_ms?: number
  /**
   * Highest cost in US dollars.
   */
  max_cost_usd?: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  kind?: 'none' | 'container' | 'vm' | 'os' | 'wasm' | 'remote' | (string & {})
  /**
   * Digest of the container or machine image.
   */
  image_digest?: string
  /**
   * Folders that could be written to.
   */
  writable_roots?: string[]
  /**
   * Which network could be reached.
   */
  network?: 'none' | 'limited' | 'full' | 'unknown'
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Identifier of the policy.
   */
  id: string
  /**
   * Version of the policy.
   */
  version?: string
  /**
   * SHA-256 of the policy as stored.
   */
  digest?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Repository, as a URL without secrets or a name.
   */
  repository?: string
  /**
   * Folder the run worked in. Paths of side effects are relative to it.
   */
  root?: string
  /**
   * Whether there were uncommitted changes when the run started.
   */
  dirty?: boolean
  /**
   * Files that were given or named as in scope.
   */
  files?: string[]
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * How it was installed.
   */
  method?: string
  /**
   * When it was installed.
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
   * Identifier of the step, unique within the run.
   */
  id: string
  /**
   * What kind of thing was done. `model_call` is one request to a model; a tool call is one step with its result, `tool_result` stands only where the call was not recorded.
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
   * Position in the order in which steps started, from 0.
   */
  seq?: number
  /**
   * How the step ended, or that it has not. `denied`: a person or a policy refused it, it did not run.
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
   * Beginning of execution. `null`: unknown.
   */
  started_at: string | null
  /**
   * When the step became final. `null`: unknown.
   */
  ended_at?: string | null
  /**
   * Duration of the execution in milliseconds.
   */
  duration_ms?: number | null
  /**
   * Whose words or act this is.
   */
  role?: 'user' | 'assistant' | 'system' | 'tool'
  /**
   * Step that contains this one.
   */
  parent_step_id?: string
  /**
   * Steps that caused this one. Never cyclic.
   */
  caused_by?: string[]
  /**
   * The human's turn, where one record spans several.
   */
  turn_id?: string
  /**
   * Agent responsible for the step, where it is not the run's own.
   */
  agent_id?: string
  /**
   * OpenTelemetry span of this step, 16 lower-case hexadecimal digits.
   */
  span_id?: string
  /**
   * Id of the `model_call` step that this step came from.
   */
  model_call_id?: string
  /**
   * Which attempt this is, from 1.
   */
  attempt?: number
  /**
   * Id of the step that this one tries again.
   */
  retry_of?: string
  /**
   * Id of the step whose route failed and which this one replaces, for example with another model.
   */
  fallback_from?: string
  /**
   * True if the answer came from a cache of the runtime, without a request to the provider.
   */
  cache_hit?: boolean
  /**
   * Model that answered (`model_call`).
   */
  model?: string
  /**
   * Identifier of the response at the provider (`model_call`).
   */
  response_id?: string
  /**
   * Why the model stopped, in the provider's words (`model_call`).
   */
  stop_reason?: string
  /**
   * Time to the first token in milliseconds (`model_call`).
   */
  first_token_ms?: number
  /**
   * Version or digest of the prompt used (`model_call`).
   */
  prompt_version?: string
  /**
   * Name of the tool as offered to the model.
   */
  tool_name?: string | null
  /**
   * Identifier of the call, as the model or the protocol gave it.
   */
  tool_call_id?: string
  /**
   * Name of the MCP server that executed the call.
   */
  mcp_server?: string | null
  /**
   * `schema_hash` of the tool definition in force, equal to exactly one tool of the inventory.
   */
  tool_hash?: string
  /**
   * Digest of kind `arguments` over the arguments and the step's salt.
   */
  arguments_hash?: string
  /**
   * Host or client that issued the call.
   */
  initiated_by?: string
  /**
   * Privilege the step ran with, in the runtime's words.
   */
  permission?: string
  /**
   * Beginning of the input. At most 2,000 code points; recorders cut it. Private.
   */
  input_preview?: string | null
  /**
   * Beginning of the output. At most 2,000 code points; recorders cut it. Private.
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
   * Ids of the artifacts this step created, modified or deleted.
   */
  artifact_ids?: string[]
  /**
   * Version of the shared state the step read or wrote.
   */
  state_version?: string
  /**
   * Id of the run that this step delegated to (`handoff`, `handoff_result`).
   */
  child_run_id?: string
  /**
   * `record_hash` of the child run, once known (`handoff_result`).
   */
  child_record_hash?: string
  /**
   * Identifier of this delegation; fresh for every child, also for a retried one.
   */
  delegation_id?: string
  /**
   * What this step consumed. Token usage stands on `model_call` steps and nowhere else.
   */
  cost?: Cost
  /**
   * What went wrong, in words. Private.
   */
  error?: string | null
  /**
   * Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
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
   * Exit code of a command.
   */
  exit_code?: number
  /**
   * Where this step stands in the source of a converted record: line, event id or JSON Pointer.
   */
  source_ref?: string
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
   */
  private_hash?: string
  /**
   * @deprecated
   * 0.1 only, read and never written: use `status`.
   */
  success?: boolean | null
  /**
   * @deprecated
   * 0.1 only, read and never written: use `cost`. Tokens.
   */
  tokens_used?: number | null
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
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
   */
  operation?: string
  /**
   * What kind of thing was touched. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
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
   */
  target?: string
  /**
   * Whether it can be undone.
   */
  reversible?: 'full' | 'partial' | 'none' | 'unknown'
  /**
   * SHA-256 of the target before. Private.
   */
  before_digest?: string
  /**
   * SHA-256 of the target after. Private.
   */
  after_digest?: string
  /**
   * Artifact that holds the result.
   */
  artifact_id?: string
  /**
   * `declared`: the call says so. `observed`: it was seen to happen. `inferred`: a converter concluded it from tool and arguments.
   */
  basis?: 'declared' | 'observed' | 'inferred'
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
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
   */
  state: 'not_required' | 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'auto_approved'
  /**
   * Approval (or, for `auto_approved`, the grant's approval) that this rests on.
   */
  approval_id?: string
  /**
   * Policy decision that this rests on.
   */
  decision_id?: string
  /**
   * Policy that this rests on.
   */
  policy_id?: string
  /**
   * `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
   */
  basis?: 'observed' | 'inferred'
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Tokens read by the model, **cached ones included**. `null`: unknown.
   */
  input_tokens: number | null
  /**
   * Tokens written by the model, reasoning included. `null`: unknown.
   */
  output_tokens: number | null
  /**
   * Part of `input_tokens` that was read from a prompt cache, in tokens.
   */
  cache_read_tokens?: number | null
  /**
   * Part of `input_tokens` that was written to a prompt cache, in tokens.
   */
  cache_write_tokens?: number | null
  /**
   * Part of `cache_write_tokens` kept for five minutes, in tokens.
   */
  cache_write_5m_tokens?: number
  /**
   * Part of `cache_write_tokens` kept for one hour, in tokens.
   */
  cache_write_1h_tokens?: number
  /**
   * Part of `output_tokens` spent on reasoning, in tokens.
   */
  reasoning_tokens?: number
  /**
   * `input_tokens` + `output_tokens`, in tokens.
   */
  total_tokens?: number | null
  /**
   * Cost in US dollars.
   */
  cost_usd?: number | null
  /**
   * Cost in `unit`, where it is not in US dollars.
   */
  amount?: number
  /**
   * Unit of `amount`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   */
  unit?: 'credits' | 'premium_requests' | 'compute_seconds' | 'eur' | 'gbp' | 'jpy' | 'cny' | (string & {})
  /**
   * Model this consumption belongs to.
   */
  model?: string | null
  /**
   * The same consumption split by model; adds up to this object.
   */
  by_model?: Cost[]
  /**
   * Where the token counts come from. `lower_bound`: at least this many.
   */
  basis?: 'reported' | 'computed' | 'lower_bound' | 'unknown'
  /**
   * Where the price comes from.
   */
  price_basis?: 'reported' | 'computed' | 'unknown'
  /**
   * Price list and matched model behind a computed price.
   */
  price_source?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Identifier of the approval; the events of one approval share it.
   */
  approval_id: string
  /**
   * What happened.
   */
  event: 'requested' | 'approved' | 'denied' | 'expired' | 'cancelled' | 'escalated' | 'revoked'
  /**
   * Run in which the decision counts.
   */
  run_id?: string
  /**
   * Step that the decision is about.
   */
  step_id?: string
  /**
   * Tool call that the decision is about.
   */
  tool_call_id?: string
  /**
   * When it happened.
   */
  at: string
  /**
   * Until when the decision may be used.
   */
  expires_at?: string
  /**
   * Who decided or asked.
   */
  actor?: Actor
  /**
   * Role that the decision needs.
   */
  required_role?: string
  /**
   * How risky the action was said to be. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   */
  risk?: 'low' | 'medium' | 'high' | 'critical' | (string & {})
  /**
   * Why, in the person's words. Private.
   */
  reason?: string
  /**
   * SHA-256 of what the person was shown. Private.
   */
  presentation_digest?: string
  /**
   * Digest of kind `action`: exactly the call that was approved.
   */
  action_hash?: string
  /**
   * Digest of kind `action` of the call as the person changed it.
   */
  modified_action_hash?: string
  /**
   * Digest of kind `approval` over the request this answers.
   */
  request_hash?: string
  /**
   * A standing permission given with the decision.
   */
  grant?: Grant
  /**
   * Policy decision that asked for a person.
   */
  decision_id?: string
  /**
   * True if the decision ended the run.
   */
  stops_run?: boolean
  /**
   * `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
   */
  basis?: 'observed' | 'inferred'
  /**
   * Key of the approver: an Ed25519 did:key.
   */
  signed_by?: string
  /**
   * Ed25519 signature of kind `approval`: 88 base64 characters.
   */
  signature?: string
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
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
   */
  kind: 'human' | 'agent' | 'unknown'
  /**
   * Identifier of the actor.
   */
  id?: string
  /**
   * Name of the actor.
   */
  name?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  scope: 'session' | 'always'
  /**
   * Tool it covers.
   */
  tool_name?: string
  /**
   * MCP server it covers.
   */
  mcp_server?: string
  /**
   * Definition of the tool it covers.
   */
  tool_hash?: string
  /**
   * Session it is limited to.
   */
  session_id?: string
  /**
   * Rule as the runtime keeps it. Shown, never evaluated.
   */
  rule?: string
  /**
   * Until when it counts.
   */
  expires_at?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Identifier of the decision, unique within the run.
   */
  id: string
  /**
   * When the decision was made.
   */
  at: string
  /**
   * Step that the decision is about.
   */
  step_id?: string
  /**
   * Tool call that the decision is about.
   */
  tool_call_id?: string
  /**
   * Where the decision stood.
   */
  boundary?: 'input' | 'model_output' | 'tool_call' | 'tool_result'
  /**
   * Digest of what was evaluated. Private.
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
   */
  verdict: 'allow' | 'warn' | 'redact' | 'modify' | 'block' | 'require_approval' | 'review'
  /**
   * `rule`: a rule decided. `default`: none matched (a default deny differs from a rule that denied). `error`: the decider failed.
   */
  matched?: 'rule' | 'default' | 'error'
  /**
   * Rules that matched.
   */
  rule_ids?: string[]
  /**
   * Why, in words, also for `allow`. Never a captured secret. Private.
   */
  reasons?: string[]
  /**
   * Confidence of a classifier, from 0 to 1.
   */
  confidence?: number
  /**
   * What the runtime did with the verdict.
   */
  enforcement?: 'none' | 'executed' | 'asked' | 'blocked' | 'redacted' | 'modified'
  /**
   * `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
   */
  basis?: 'observed' | 'inferred'
  /**
   * Identifier of the decision in the system that made it.
   */
  external_id?: string
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
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
   */
  kind: 'rule' | 'policy' | 'hook' | 'classifier' | 'guard' | 'sandbox'
  /**
   * Identifier of the decider.
   */
  id?: string
  /**
   * Version of the decider.
   */
  version?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Identifier of the artifact, unique within the run.
   */
  id: string
  /**
   * Name or path. Private.
   */
  name?: string
  /**
   * Kind of thing. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
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
   */
  action?: 'created' | 'modified' | 'deleted'
  /**
   * Step that did it.
   */
  step_id?: string
  /**
   * Its content. Private.
   */
  content?: ContentRef
  /**
   * 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`.
   */
  salt?: string
  /**
   * Digest of kind `private` over `salt` and the private members of this object; stays when they are erased.
   */
  private_hash?: string
  /**
   * Anything else the producer wants to keep. Private: erased together with the other private members of this object.
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
   */
  when: 'before' | 'during' | 'after'
  /**
   * Kind of checkpoint. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
   */
  kind?: 'git_commit' | 'git_stash' | 'snapshot' | 'database' | 'conversation' | 'file_history' | (string & {})
  /**
   * Where it is: commit, snapshot id, path.
   */
  ref?: string
  /**
   * When it was taken.
   */
  at?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Name for people.
   */
  name?: string
  /**
   * What it said.
   */
  result?: 'pass' | 'fail' | 'partial' | 'skipped' | 'unknown'
  /**
   * Where it is: URL, path or digest. Nothing fetches it by itself.
   */
  ref?: string
  /**
   * Step that produced it.
   */
  step_id?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  state: 'available' | 'done' | 'impossible' | 'unknown'
  /**
   * How it is done.
   */
  how?: string
  /**
   * Who is responsible for it.
   */
  owner?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  pass: boolean
  /**
   * Score from 0 to 100.
   */
  score: number
  /**
   * Kind of task that was judged.
   */
  task_type?: string | null
  /**
   * Layer of the judgement: unit, trajectory, outcome and so on.
   */
  eval_layer?: string | null
  /**
   * What was expected.
   */
  expected_outcome?: string | null
  /**
   * What was found.
   */
  actual_outcome?: string | null
  /**
   * The single criteria and how each came out.
   */
  criteria?: Criterion[]
  /**
   * Measures of the run. Named ones are listed in spec/registry.md; any others may stand beside them.
   */
  metrics?: {
    /**
     * Cost of the run in US dollars.
     */
    cost_usd?: number | null
    /**
     * Duration of the run in milliseconds.
     */
    duration_ms?: number | null
    /**
     * Number of tool calls.
     */
    tool_calls?: number | null
    /**
     * Number of retries.
     */
    retries?: number | null
    /**
     * How directly the run reached its result, from 0 to 1.
     */
    convergence?: number | null
    [k: string]: unknown
  } | null
  /**
   * Run or eval that this one is a regression from.
   */
  regression_from?: string | null
  /**
   * Explanation for people.
   */
  detail?: string | null
  /**
   * Benchmark pack and scenario.
   */
  benchmark_id?: string | null
  /**
   * Who or what judged: identity, or tool and version.
   */
  evaluator?: string
  /**
   * What the judgement itself consumed; never part of the run's cost.
   */
  cost?: Cost
  /**
   * Run that was judged.
   */
  run_id?: string
  /**
   * `record_hash` of the sealed record that was judged.
   */
  record_hash?: string
  /**
   * `document_hash` of the unsealed record that was judged.
   */
  document_hash?: string
  /**
   * When the judgement was made.
   */
  at?: string
  /**
   * Key of the evaluator: an Ed25519 did:key.
   */
  signed_by?: string
  /**
   * Ed25519 signature of kind `eval`: 88 base64 characters.
   */
  signature?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Name of the criterion.
   */
  name: string
  /**
   * Whether it was met.
   */
  pass?: boolean
  /**
   * Score from 0 to 100.
   */
  score?: number
  /**
   * Result in words.
   */
  label?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  run_hash: string
  /**
   * Digest of the configuration, as the producer defines it.
   */
  config_hash?: string | null
  /**
   * Exact version of the model.
   */
  model_version?: string | null
  /**
   * SHA-256 of the prompt or instructions as stored.
   */
  prompt_digest?: string
  /**
   * Digest of kind `inventory` over the inventory that was in force.
   */
  inventory_hash?: string
  /**
   * Software that wrote this record.
   */
  runtime?: string | null
  /**
   * When this record was written.
   */
  created_at?: string | null
  /**
   * At least 128 random bits, lower-case hexadecimal, chosen when the run starts. Makes every run distinguishable from a replay with the same ids.
   */
  nonce?: string
  /**
   * Runs that this one descends from, in checkable form.
   */
  parents?: ParentRef[]
  /**
   * `run_hash` of the parent, written for 0.1 readers. Cannot identify a parent.
   */
  parent_run_hash?: string | null
  /**
   * `run_hash`es of the ancestors, root first, at most 32, written for 0.1 readers.
   */
  lineage?: string[]
  /**
   * Number of steps in the step tree.
   */
  steps_count?: number
  /**
   * Root of the RFC 6962 Merkle tree over the canonical public forms of the steps.
   */
  steps_root?: string
  /**
   * Digest of the last journal line before the seal.
   */
  journal_head?: string
  /**
   * When the record was sealed, by the sealer's own clock.
   */
  sealed_at?: string
  /**
   * Digest of kind `run` over the record: the identity of a sealed record.
   */
  record_hash?: string
  /**
   * Key that signed the record: an Ed25519 did:key.
   */
  signed_by?: string | null
  /**
   * Ed25519 signature over the same bytes as `record_hash`: 88 base64 characters.
   */
  signature?: string | null
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * The parent run.
   */
  run_id: string
  /**
   * Delegation that started this run.
   */
  delegation_id?: string
  /**
   * Leaf hash of the parent's handoff step in its step tree.
   */
  handoff_leaf?: string
  /**
   * `record_hash` of the finished parent.
   */
  record_hash?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   * Format of the source.
   */
  format: string
  /**
   * Version of the format or of the program that wrote it.
   */
  format_version?: string
  /**
   * Adapter that converted it.
   */
  adapter?: string
  /**
   * Version of the adapter.
   */
  adapter_version?: string
  /**
   * SHA-256 of the source as it was read.
   */
  digest?: string
  /**
   * Part of the source that became this record.
   */
  range?: SourceRange
  /**
   * Where the times of the record come from.
   */
  times?: 'recorded' | 'inferred' | 'mixed' | 'absent'
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  unit: 'lines' | 'bytes'
  /**
   * First line (from 1) or byte (from 0).
   */
  first: number
  /**
   * Last line or byte, included.
   */
  last: number
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
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
   */
  kind:
    'countersignature' | 'tombstone' | 'link' | 'batch' | 'rotation' | 'revocation' | 'late_decision' | (string & {})
  /**
   * What it is about: a record_hash, or a key as a did:key.
   */
  about: string
  /**
   * When it was said.
   */
  at: string
  /**
   * Content, by kind: spec/registry.md.
   */
  body?: {
    [k: string]: unknown
  }
  /**
   * Key of the one who says it: an Ed25519 did:key.
   */
  signed_by?: string
  /**
   * Ed25519 signature of kind `statement`: 88 base64 characters.
   */
  signature?: string
  /**
   * Anything else the producer wants to keep. Readers carry it along and never depend on it.
   */
  metadata?: {
    [k: string]: unknown
  }
}
