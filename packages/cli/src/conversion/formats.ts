/** Formats that are converted, in the order in which a person looks for them; a test compares them with the adapters. */
export const importFormats = [
  'claude-code',
  'codex',
  'copilot-cli',
  'kimi-cli',
  'managed-agents',
  'otel-genai',
  'openai-agents',
  'langfuse',
  'inspect',
  'atif',
  'atof',
  'swe-agent',
  'mini-swe-agent',
  'openhands',
  'armature',
  'armorer-guard',
  'run-record',
] as const

/** Formats that records are written in; a test compares them with the exporters. */
export const exportFormats = ['otlp', 'atif'] as const
