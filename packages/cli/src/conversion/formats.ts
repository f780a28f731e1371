import type { Adapter, Attacher, Formats } from '@agent-run/sdk/conversion'

const guard = async (): Promise<Attacher> =>
  (await import('@agent-run/sdk/adapters/armorer-guard')).armorerGuardAttacher

/** What says something about the runs of others is told from files of any format. */
const only = async (adapter: Adapter): Promise<Formats> => ({ adapters: [adapter], attachers: [await guard()] })

/** In the order in which a person looks for them; a test compares them with the adapters. */
const loaders: Readonly<Record<string, () => Promise<Formats>>> = {
  'claude-code': async () => only((await import('@agent-run/sdk/adapters/claude-code')).claudeCodeAdapter),
  codex: async () => only((await import('@agent-run/sdk/adapters/codex')).codexAdapter),
  'copilot-cli': async () => only((await import('@agent-run/sdk/adapters/copilot-cli')).copilotCliAdapter),
  'kimi-cli': async () => only((await import('@agent-run/sdk/adapters/kimi-cli')).kimiCliAdapter),
  'managed-agents': async () => only((await import('@agent-run/sdk/adapters/managed-agents')).managedAgentsAdapter),
  'otel-genai': async () => only((await import('@agent-run/sdk/adapters/otel-genai')).otelGenaiAdapter),
  'openai-agents': async () => only((await import('@agent-run/sdk/adapters/openai-agents')).openaiAgentsAdapter),
  langfuse: async () => only((await import('@agent-run/sdk/adapters/langfuse')).langfuseAdapter),
  inspect: async () => only((await import('@agent-run/sdk/adapters/inspect')).inspectAdapter),
  atif: async () => only((await import('@agent-run/sdk/adapters/atif')).atifAdapter),
  atof: async () => only((await import('@agent-run/sdk/adapters/atof')).atofAdapter),
  'swe-agent': async () => only((await import('@agent-run/sdk/adapters/swe-agent')).sweAgentAdapter),
  'mini-swe-agent': async () => only((await import('@agent-run/sdk/adapters/mini-swe-agent')).miniSweAgentAdapter),
  openhands: async () => only((await import('@agent-run/sdk/adapters/openhands')).openHandsAdapter),
  armature: async () => only((await import('@agent-run/sdk/adapters/armature')).armatureAdapter),
  'armorer-guard': async () => ({ adapters: [], attachers: [await guard()] }),
  'run-record': async () => only((await import('@agent-run/sdk/adapters/run-record')).runRecordAdapter),
}

/** Formats that are converted. */
export const importFormats: readonly string[] = Object.keys(loaders)

/**
 * What files may be. Of a format that is given only its own modules are loaded: those of all are some three hundred.
 *
 * @param from one of the formats that are converted; without it all are
 */
export const formatsFor = (from?: string): Promise<Formats> =>
  loaders[from ?? '']?.() ?? import('@agent-run/sdk/adapters')

/** Formats that records are written in; a test compares them with the exporters. */
export const exportFormats = ['otlp', 'atif'] as const
