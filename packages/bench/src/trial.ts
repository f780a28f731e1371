import type { Signer, ValidRecord } from '@agent-run/core'
import type {
  AgentRun,
  BenchLimits,
  BenchPack,
  BenchScenario,
  BenchTrial,
  BenchViolation,
  Criterion,
  EvalResult,
  Trust,
} from '@agent-run/types'
import type { PackEntry } from './pack/pack-files.ts'
import type { AskedApproval, LedgerEntry } from './tools/index.ts'

/** A pack that was read and found right. */
export interface LoadedPack {
  /** Its folder: an absolute path. */
  readonly folder: string
  readonly pack: BenchPack
  /** Digest of everything in the folder: equal for packs that put the same task. */
  readonly digest: string
  /** Everything in the folder, in memory: what a runtime does to the files changes no later trial. */
  readonly files: readonly PackEntry[]
}

/** Limits of a trial, all of them: those of the scenario, else of the pack, else built in. */
export type TrialLimits = Required<Omit<BenchLimits, 'metadata'>>

/** How the process of a runtime ended. */
export interface TrialEnding {
  /**
   * `exited`: by itself. `signal`: by a signal that the bench did not send. `timed_out`: stopped at `duration_ms`.
   * `over_limit`: stopped at another limit. `stopped`: stopped with the bench. `not_started`: it never ran.
   */
  readonly how: BenchTrial['ended']
  /** Absent where there is none. */
  readonly exitCode?: number
  readonly signal?: string
  /** Code of the system error that kept it from starting, such as `EACCES`. */
  readonly problem?: string
  /** Milliseconds from its start until it and all it had started were gone. */
  readonly wallMs: number
  /** It left processes behind that had to be ended. */
  readonly leftBehind: boolean
}

/** What a stream of the runtime said. */
export interface StreamEvidence {
  /** Its first octets, as they came. */
  readonly octets: Uint8Array
  /** Octets that came altogether, as far as they were read. */
  readonly total: number
}

/** A record that arrived and is valid. */
export interface TrialRecord {
  readonly via: 'server' | 'file'
  /** Its octets as they arrived. Of a run that came as a journal only: canonical JSON of its fold. */
  readonly octets: Uint8Array
  readonly valid: ValidRecord<AgentRun>
  /** The journal of the run as it arrived: chained and private lines. Absent: none came. */
  readonly journal?: Uint8Array
  /** The journal is all there is: the runtime handed over no whole record. */
  readonly folded: boolean
}

/** Something that arrived and is no record that could be judged. */
export interface RefusedArrival {
  readonly via: 'server' | 'file'
  /** Name of the file below the output folder, or method and path of the request. */
  readonly name: string
  /** What is wrong with it, without quoting it. */
  readonly reason: string
  /** Of something that should have been a record: what a validator finds, the first twenty. */
  readonly faults?: readonly string[]
}

/** A file, link or folder that is not as it was. Paths have forward slashes. */
export interface FileChange {
  readonly path: string
  readonly change: 'added' | 'changed' | 'removed'
  readonly kind: 'file' | 'link' | 'folder' | 'other'
  /** `sha256:` and 64 hex; of files only. */
  readonly before?: string
  readonly after?: string
}

/** A limit that was reached. */
export interface LimitReached {
  readonly limit: keyof TrialLimits
  readonly allowed: number
  /** What was found when it was noticed; at least that much. */
  readonly found: number
}

/** Everything that is known of a trial that is over; its folder is still there. */
export interface TrialEvidence {
  readonly pack: LoadedPack
  readonly scenario: BenchScenario
  /** From 1. */
  readonly repeat: number
  /** 0 to 2³¹−1. */
  readonly seed: number
  /** `pack/scenario`: `task_id` of the task and `benchmark_id` of the eval. */
  readonly taskId: string
  readonly limits: TrialLimits
  /** RFC 3339, UTC, milliseconds. */
  readonly startedAt: string
  readonly endedAt: string
  readonly ending: TrialEnding
  /** Limits that were reached. */
  readonly reached: readonly LimitReached[]
  readonly stdout: StreamEvidence
  readonly stderr: StreamEvidence
  /** The run that is judged; undefined if no valid record of this task arrived, or several that could be it. */
  readonly root: TrialRecord | undefined
  /** The others, children of it for example. */
  readonly related: readonly TrialRecord[]
  readonly refused: readonly RefusedArrival[]
  /** Evals that the runtime handed over by themselves, to the server or as files. */
  readonly sentEvals: number
  readonly ledger: readonly LedgerEntry[]
  /** Approvals that were asked for, by the protocol or by the tool, and how they were answered. */
  readonly approvals: readonly AskedApproval[]
  /** The workspace as it was left: an absolute path. May be gone. */
  readonly workspace: string
  /** A fresh copy of what it began with: an absolute path. Absent: it began empty. */
  readonly fixture?: string
  /** `AGENT_RUN_OUTPUT`: an absolute path. May be gone. */
  readonly output: string
  /** An empty folder that the judge may write to; removed with the trial. */
  readonly scratch: string
  /** What differs in the workspace from the fixture, by path. */
  readonly changes: readonly FileChange[]
  /** What changed where the runtime has no business, as `place/path`, for people. */
  readonly outside: readonly string[]
}

/** What the judge is told besides the evidence. */
export interface JudgeOptions {
  /** The present time: RFC 3339, UTC, milliseconds. */
  readonly now: () => string
  /** `agent-run bench` and its version. */
  readonly evaluator: string
  /** Id of the bench run that the trial is of: its evaluation counts for no other. */
  readonly benchId?: string
  /** Variables for commands of criteria, such as PATH. */
  readonly env: Readonly<Record<string, string>>
  /**
   * Whose keys are whose: the approver of the trial, and what the user's trust file says. If it names no runtime or recorder, the
   * key that sealed the record is taken at its word.
   */
  readonly trust?: Trust
  /** Signs the eval. Without it, and where there is no record to name, the eval stays unsigned. */
  readonly signer?: Signer
  /** Ends commands of criteria when the bench is stopped. */
  readonly stopped?: AbortSignal
  /** The run of a baseline that this outcome is a regression from; undefined if it is none. */
  readonly regressionFrom?: (outcome: { readonly pass: boolean; readonly score: number }) => string | undefined
}

/** What the judge says. */
export interface Judgement {
  readonly pass: boolean
  readonly score: number
  /** Criteria of the scenario, then those that are always judged. */
  readonly criteria: readonly Criterion[]
  readonly metrics: Readonly<Record<string, unknown>>
  /** Rules of the bench itself that were broken. */
  readonly violations: readonly BenchViolation[]
  /** Signed, if a signer was given and a valid record arrived: a signed eval has to name one (AR-EVAL-012). */
  readonly eval: EvalResult
  /** What commands of criteria printed, the end of it, for people: why a test failed. Absent: nothing. */
  readonly printed?: Uint8Array
}

/** A key that a bench run signs with. */
export interface BenchKey {
  readonly did: string
  /** `evaluator`: signs evals and the record of the bench run. `approver`: signs answers to questions of runtimes. */
  readonly role: 'evaluator' | 'approver'
  /** The key is the user's; otherwise it was made for this bench run. */
  readonly own: boolean
  /** When it was first used: RFC 3339, UTC, milliseconds. */
  readonly since: string
}

/** A bench run as far as it got; what reports are made of. */
export interface BenchRun {
  /** `bench-` and 16 hex. */
  readonly id: string
  readonly pack: LoadedPack
  /** Results folder: an absolute path. */
  readonly out: string
  /** One entry a word, with the values that look like secrets masked. */
  readonly command: readonly string[]
  /** Names of the variables that were handed on. */
  readonly environment: readonly string[]
  readonly seed: string
  readonly repeats: number
  readonly jobs: number
  /** Scenarios selected by name; absent: all. */
  readonly only?: readonly string[]
  /** Id of the bench run that regressions were looked for against. */
  readonly baseline?: string
  /** Key that evals and the bench's own record are signed with. */
  readonly signer: Signer
  /** All keys that this bench run has used; several of a role if it was resumed. */
  readonly keys: readonly BenchKey[]
  readonly startedAt: string
  readonly endedAt: string
  /** Milliseconds; of a resumed run the sum of its parts. */
  readonly durationMs: number
  /** How many trials there were to be. */
  readonly planned: number
  /** Trials that were judged, by scenario in the order of the pack, then by repeat: what stands in their `trial.json`. */
  readonly trials: readonly BenchTrial[]
}
