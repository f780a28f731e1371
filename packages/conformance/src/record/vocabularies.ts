/**
 * The registered values of the open vocabularies (spec/registry.md), by the places in the schemas that take them. Written
 * down here because the package carries no prose; a test holds it against the registry.
 */
export const vocabularies: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (
    [
      ['related-run.json#/properties/relation', 'retry_of resumes continues replays forks baseline follows'],
      [
        'agent-run.json#/properties/error_type step.json#/properties/error_type',
        'tool_failed timeout rate_limited provider_error invalid_request invalid_arguments not_found permission_denied cancelled interrupted context_overflow budget_exceeded network sandbox stage_failed output_invalid low_confidence high_escalation low_skill_activation internal',
      ],
      ['approval.json#/properties/risk', 'low medium high critical'],
      [
        'side-effect.json#/properties/kind tool.json#/properties/declared_effect',
        'none read write delete exec network deploy payment message credential schedule memory process other',
      ],
      [
        'side-effect.json#/properties/target_kind',
        'file repo ticket pull_request browser url database cloud service package credential memory process command person channel calendar other',
      ],
      [
        'artifact.json#/properties/kind',
        'file folder commit pull_request package image dataset report browser_action message other',
      ],
      ['tool.json#/properties/kind', 'builtin function mcp provider agent shell'],
      ['mcp-server.json#/properties/transport', 'stdio streamable_http sse websocket in_process'],
      ['sandbox.json#/properties/kind', 'none container vm os wasm remote'],
      ['checkpoint.json#/properties/kind', 'git_commit git_stash snapshot database conversation file_history'],
      [
        'evidence.json#/properties/kind',
        'test eval trace browser_check lint build benchmark review screenshot log postcondition',
      ],
      ['cost.json#/properties/unit', 'credits premium_requests compute_seconds eur gbp jpy cny'],
      ['statement.json#/properties/kind', 'countersignature tombstone link batch rotation revocation late_decision'],
      [
        'journal-line.json#/properties/type',
        'run.started run.updated run.paused run.resumed run.sealed step.started step.ended approval policy_decision artifact evidence head',
      ],
    ] as const
  ).flatMap(([places, values]) => places.split(' ').map((place) => [place, new Set(values.split(' '))] as const)),
)
