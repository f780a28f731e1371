import type { Adapter, Attacher } from '../conversion/adapter.ts'
import { armatureAdapter } from './armature/index.ts'
import { armorerGuardAttacher } from './armorer-guard/index.ts'
import { atifAdapter } from './atif/index.ts'
import { atofAdapter } from './atof/index.ts'
import { claudeCodeAdapter } from './claude-code/index.ts'
import { codexAdapter } from './codex/index.ts'
import { copilotCliAdapter } from './copilot-cli/index.ts'
import { inspectAdapter } from './inspect/index.ts'
import { kimiCliAdapter } from './kimi-cli/index.ts'
import { langfuseAdapter } from './langfuse/index.ts'
import { managedAgentsAdapter } from './managed-agents/index.ts'
import { miniSweAgentAdapter } from './mini-swe-agent/index.ts'
import { openaiAgentsAdapter } from './openai-agents/index.ts'
import { openHandsAdapter } from './openhands/index.ts'
import { otelGenaiAdapter } from './otel-genai/index.ts'
import { runRecordAdapter } from './run-record/index.ts'
import { sweAgentAdapter } from './swe-agent/index.ts'

/** Every adapter there is, in the order in which they are asked whether a file is theirs. */
export const adapters: readonly Adapter[] = [
  claudeCodeAdapter,
  otelGenaiAdapter,
  armatureAdapter,
  runRecordAdapter,
  codexAdapter,
  copilotCliAdapter,
  kimiCliAdapter,
  managedAgentsAdapter,
  atifAdapter,
  atofAdapter,
  inspectAdapter,
  langfuseAdapter,
  openaiAgentsAdapter,
  openHandsAdapter,
  sweAgentAdapter,
  miniSweAgentAdapter,
]

/** Every format that says something about runs of other formats. */
export const attachers: readonly Attacher[] = [armorerGuardAttacher]
