import type { AgentRun, ApprovalEvent, Artifact, Evidence, PolicyDecision, Step } from '@agent-run/types'
import type { Cleaner } from '../preview/clean.ts'
import type { Clock } from './clock.ts'
import type { Within } from './deadline.ts'
import type { Faults } from './faults.ts'
import type { Identifiers, Random } from './identifiers.ts'
import type { RecorderOptions } from './options.ts'
import type { RunLog } from './run-log.ts'

/** What a run consists of while it goes on. */
export interface RunState {
  /** The members of the run itself, without lists and cost; replaced when it is updated. */
  run: Omit<AgentRun, 'steps' | 'cost'>
  /** Final steps, whole, in their order. */
  readonly steps: Step[]
  /** Every step that has begun, in that order. */
  readonly begun: Map<string, Begun>
  /** Steps that have begun and not ended: how to end them when the run ends. */
  readonly open: Map<string, OpenEntry>
  readonly approvals: ApprovalEvent[]
  readonly policyDecisions: PolicyDecision[]
  readonly artifacts: Artifact[]
  readonly artifactIds: Set<string>
  readonly evidence: Evidence[]
  /** Step of each tool_call_id, the latest attempt. */
  readonly callIds: Map<string, string>
  /** Response ids whose usage is counted. */
  readonly responseIds: Set<string>
  /** `schema_hash` of the tools offered, by name and server as JSON; replaced with the inventory. */
  toolHashes: ReadonlyMap<string, string>
  /** Position of the next step that starts. */
  nextSeq: number
  /** Whether the run has ended: nothing more is recorded. */
  ended: boolean
}

/** What is known of every step that has begun. */
export interface Begun {
  readonly type: Step['type']
  readonly order: number
  /** Whether a policy decision says that it was kept from running. */
  readonly isBlocked?: true
}

/** A step that has begun. */
export interface OpenEntry {
  /** Ends it as it is when the run ends. */
  close(): void
}

/** What the parts of a recorder share. */
export interface Context {
  readonly options: RecorderOptions
  readonly clock: Clock
  readonly ids: Identifiers
  readonly random: Random
  readonly faults: Faults
  readonly cleaner: Cleaner
  /** Waits for signer and transport, but not forever. */
  readonly within: Within
  readonly log: RunLog
  readonly state: RunState
}
