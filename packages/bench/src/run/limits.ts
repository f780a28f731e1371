import type { BenchPack, BenchScenario } from '@agent-run/types'
import type { TrialLimits } from '../trial.ts'

/** Limits where neither scenario nor pack has any. */
export const usualLimits: TrialLimits = {
  duration_ms: 600_000,
  output_bytes: 8 * 1024 * 1024,
  records_bytes: 32 * 1024 * 1024,
  workspace_bytes: 256 * 1024 * 1024,
  workspace_files: 20_000,
  tool_calls: 1000,
  processes: 256,
}

/** All limits of a trial: each of the scenario, else of the pack, else the usual one. */
export const limitsOf = (pack: BenchPack, scenario: BenchScenario): TrialLimits => {
  const { metadata: _, ...ofPack } = pack.limits ?? {}
  const { metadata: __, ...ofScenario } = scenario.limits ?? {}
  return { ...usualLimits, ...ofPack, ...ofScenario }
}
