import { hash } from './hash.ts'

/** The members of a run that its fingerprint is made of. */
export interface RunInputs {
  readonly agent_id: string
  readonly model?: string | null
  readonly tools_available?: readonly string[] | null
  readonly trigger?: string | null
  readonly provenance?: { readonly config_hash?: string | null }
}

/**
 * Fingerprint of a configuration, bare hexadecimal (AR-BYTES-011): hash of kind `run-inputs` over
 * `{agent_id, model, tools, config_hash, trigger}`. `tools` are the sorted unique tools_available, absent → `[]`;
 * the others are `null` where absent. Equal set-ups have equal fingerprints: it is no identity.
 */
export const runHash = (run: RunInputs): string => {
  const inputs = {
    agent_id: run.agent_id,
    model: run.model ?? null,
    tools: [...new Set(run.tools_available ?? [])].sort(),
    config_hash: run.provenance?.config_hash ?? null,
    trigger: run.trigger ?? null,
  }
  return hash('run-inputs', inputs).slice('sha256:'.length)
}
