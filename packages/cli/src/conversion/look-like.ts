/** Formats told apart by what stands at their beginning: a test on the text, and a name for people. */
const looks: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'an empty file'],
  [
    /^[\s[]*\{[^{}]*"(agent_id|spec_version)"\s*:/,
    'agent-run records, which need no conversion (agent-run validate checks them)',
  ],
  [
    /"sessionId"\s*:[\s\S]*"(parentUuid|leafUuid)"|"(parentUuid|leafUuid)"[\s\S]*"sessionId"\s*:/,
    'a Claude Code transcript (agent-run convert makes records of it)',
  ],
  [/"type"\s*:\s*"session_meta"\s*,\s*"payload"/, 'a Codex rollout'],
  [/^\s*\{"type"\s*:\s*"session\.start"/, 'a Copilot CLI session'],
  [/"protocol_version"\s*:\s*"1\.\d+"\s*,\s*"created_at"/, 'a Kimi CLI session'],
  [/"\$schemaVersion"\s*:/, 'an OpenAI Agents run state'],
  [/"schema_version"\s*:\s*"ATIF-/, 'an ATIF trajectory'],
  [/"atof_version"\s*:/, 'ATOF events'],
  [/"resourceSpans"\s*:|"gen_ai\.[a-z_.]+"/, 'OpenTelemetry data'],
  [/"openinference\.span\.kind"|"llm\.model_name"/, 'OpenInference spans'],
  [/"spanContext"\s*:|"ai\.generateText/, 'AI SDK spans'],
  [/^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:[^{}]*"eval"\s*:/, 'an Inspect log'],
  [/^\s*\{\s*"trace"\s*:\s*\{/, 'a Langfuse export'],
  [/"client\.beta\.sessions\./, 'managed-agent events'],
  [/"trace_rows"\s*:|"harness_/, 'an Armature recording'],
  [/^\s*\{\s*"(history|trajectory)"\s*:/, 'a SWE-agent trajectory'],
  [/^\s*\[?\s*\{\s*"role"\s*:\s*"system"/, 'a bare list of messages'],
  [/^\s*[[{]/, 'JSON of another kind'],
  [/^\s*</, 'HTML or XML'],
]

/** What the beginning of a file looks like, in words. Never quotes it. */
export function lookLike(head: Buffer): string {
  if (head.includes(0)) return 'binary data'
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  return looks.find(([pattern]) => pattern.test(text))?.[1] ?? 'text that is not JSON'
}
