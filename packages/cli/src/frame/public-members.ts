/**
 * Members whose text may stand in a code frame: identifiers, names, states, times, digests. Everything else is masked:
 * what the standard calls private, keys and signatures, and whatever is no member of a record at all. A test compares
 * this list with the schemas and with the private members of the standard.
 */
export const publicMembers: ReadonlySet<string> = new Set(
  `$schema action action_hash actual_outcome adapter adapter_version agent_id agent_name agent_role agent_version
  approval_id approval_mode arguments_hash artifact_id artifact_ids at basis benchmark_id boundary
  caused_by child_record_hash child_run_id command config_hash created_at decision_id declared_effect delegation_id
  description_digest detail digest document_hash enforcement ended_at error_type eval_layer evaluator event
  expected_outcome expires_at external_id fallback_from files format format_version git_branch git_commit granted
  handoff_leaf how id image_digest initiated_by installed_at inventory_hash job_id journal_head kind label lineage
  matched mcp_server media_type method model model_call_id model_version models modified_action_hash name network nonce
  outcome owner parent_run_hash parent_run_id parent_step_id permission policy_id price_basis price_source private_hash
  prompt_digest prompt_version protocol_version provider record_hash ref regression_from relation repository
  ref request_hash required_role response_id result retry_of reversible risk role root rule rule_ids run_hash run_id runtime
  runtime_version schema_hash scope sealed_at server_name service_tier reasoning_effort session_id signed_by source_ref
  span_id spec_version started_at state state_version status step_id steps_root stop_reason stop_sequences tags target_kind task_id
  task_type tier times tool_call_id tool_hash tool_name tools_available tools_hash trace_id transport trigger turn_id
  type unit uri url urls verdict version when workspace_id writable_roots origin about`.split(/\s+/),
)

/** Members that hold a number or nothing. A number in any other is masked like a string: nobody knows what it says. */
export const publicNumbers: ReadonlySet<string> = new Set(
  `amount attempt cache_read_tokens cache_write_1h_tokens cache_write_5m_tokens cache_write_tokens confidence convergence
  cost_usd duration_ms exit_code first first_token_ms input_tokens last max_cost_usd max_duration_ms max_model_calls
  max_steps max_tokens output_tokens reasoning_tokens retries score seed seq size steps_count temperature tokens_used
  tool_calls top_k top_p total_tokens`.split(/\s+/),
)

/** Objects and lists of a record that hold public members. What stands in any other is masked. */
export const publicContainers: ReadonlySet<string> = new Set(
  `actor approval approvals artifacts by_model checkpoints cleanup config cost criteria decider eval evidence grant
  inventory limits links mcp_servers metrics model_config parents pause permissions policies policy policy_decisions
  provenance providers range recovery ref related replay resume retry rollback sandbox scope setup side_effects skills
  source steps stop tools uninstall package`.split(/\s+/),
)

/** Private lists and objects whose member names are those of the standard and may be read. */
export const privateContainers: ReadonlySet<string> = new Set(['input_refs', 'output_refs', 'content'])
