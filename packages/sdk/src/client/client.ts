import type {
  AgentRun,
  ApprovalEntry,
  ApprovalEvent,
  ApprovalPage,
  ArtifactEntry,
  ArtifactPage,
  BatchResult,
  ErasureReceipt,
  EvalPage,
  EvalResult,
  JournalAck,
  Leaderboard,
  McpServerPage,
  McpServerUse,
  ProvenanceAnswer,
  RunDiff,
  RunPage,
  RunReceipt,
  RunSummary,
  ServerInfo,
  Step,
  StepPage,
  StepProof,
  Verdict,
} from '@agent-run/types'
import type { operations } from '@agent-run/types/http'
import type { CallOptions } from './options.ts'
import type { Pages } from './pages.ts'
import type { BatchOptions } from './post-runs.ts'
import type { RecordInput } from './record-body.ts'
import type { Streamed, StreamOptions } from './subscribe.ts'

/** The query of an operation, as the document of the protocol has it; the cursor is the client's business. */
type QueryOf<Name extends keyof operations> = operations[Name]['parameters'] extends { readonly query?: infer Query }
  ? Readonly<Omit<NonNullable<Query>, 'cursor'>>
  : never

/** Items of one page; the server's choice by default. */
export type PageQuery = QueryOf<'listSteps'>

/** Which runs: all of it must hold. The meanings are those of spec/query.md. */
export type RunQuery = Omit<QueryOf<'listRuns'>, 'tag' | 'has_error'> & {
  readonly has_error?: boolean
  /** Several: all of them. */
  readonly tag?: string | readonly string[]
}

/** Which artifacts: of a turn, of a run, or with a digest. */
export type ArtifactQuery = QueryOf<'listArtifacts'>

/** Which approvals. */
export type ApprovalQuery = QueryOf<'listApprovals'>

/** How a leaderboard is made. */
export type LeaderboardQuery = QueryOf<'getLeaderboard'>

/** A record as a server gives it. */
export interface ReadRun {
  readonly run: AgentRun
  /** Its octets, exactly; they have the digest that `etag` names. */
  readonly octets: Uint8Array
  /** For `patchRun`. Absent if something between here and the server took it away. */
  readonly etag?: string
}

/** Options of `postRun`. */
export interface PostOptions extends CallOptions {
  /** A key of the caller's, so that the same request in another process counts as the same; drawn at random by default. */
  readonly idempotencyKey?: string
}

/**
 * A server of the agent-run protocol. Every call rejects with a {@link RequestError}, which has the code of the server's
 * Problem, or with the reason of the caller's signal; wrong arguments are a TypeError. What is safe to repeat is repeated a
 * few times before that.
 */
export interface Client {
  /** Where the server is. */
  readonly url: string

  /** What the server is and can do; needs no key. */
  info(options?: CallOptions): Promise<ServerInfo>

  /** Sends a record. @returns the receipt, which is about exactly this record: its digests were compared */
  postRun(record: RecordInput, options?: PostOptions): Promise<RunReceipt>
  /** Sends many, in batches as they come; gives the result of each, numbered from 1. A bad one is a result, not an error. */
  postRuns(
    records: Iterable<RecordInput> | AsyncIterable<RecordInput>,
    options?: BatchOptions,
  ): AsyncIterable<BatchResult>
  /** A record; its octets were compared with their digest. */
  getRun(id: string, options?: CallOptions): Promise<AgentRun>
  /** The same, with octets and etag. */
  readRun(id: string, options?: CallOptions): Promise<ReadRun>
  /** Summaries, newest first. */
  listRuns(query?: RunQuery, options?: CallOptions): Pages<RunSummary, RunPage>
  /** Merges a patch (RFC 7396) into an unsealed record that still has this etag. */
  patchRun(id: string, patch: object, etag: string, options?: CallOptions): Promise<ReadRun>
  /** Erases the private members, or everything. */
  erase(id: string, scope: 'private' | 'record', options?: CallOptions): Promise<ErasureReceipt>

  /** Appends journal lines, each without its line feed; those that the server has are skipped. */
  appendEvents(
    id: string,
    lines: readonly (string | Uint8Array)[] | Uint8Array,
    options?: CallOptions,
  ): Promise<JournalAck>
  /** The lines of a journal whose number is greater than `after`, octet for octet. */
  readEvents(id: string, options?: CallOptions & { readonly after?: number }): AsyncIterable<Uint8Array>
  /** Final steps, in their order. */
  steps(id: string, query?: PageQuery, options?: CallOptions): Pages<Step, StepPage>

  provenance(id: string, options?: CallOptions): Promise<ProvenanceAnswer>
  /** The verdict of the server's verifier. Whoever does not trust the server gets the record and asks `verify` of core. */
  verify(id: string, options?: CallOptions): Promise<Verdict>
  /** Proof that a step is in a sealed record. */
  proof(id: string, stepId: string, options?: CallOptions): Promise<StepProof>

  /** Attaches a judgement. */
  putEval(id: string, judgement: EvalResult, options?: CallOptions): Promise<RunReceipt>
  /** All judgements, the current one last. */
  evals(id: string, query?: PageQuery, options?: CallOptions): Pages<EvalResult, EvalPage>
  /** Decides about an approval: a signed event. */
  decide(id: string, approvalId: string, event: ApprovalEvent, options?: CallOptions): Promise<ApprovalEntry>
  /** What was asked and answered, newest first. */
  approvals(query?: ApprovalQuery, options?: CallOptions): Pages<ApprovalEntry, ApprovalPage>

  /** What differs from another run, or from the last good one. */
  diff(id: string, against: string, options?: CallOptions): Promise<RunDiff>
  artifacts(query: ArtifactQuery, options?: CallOptions): Pages<ArtifactEntry, ArtifactPage>
  mcpServers(query?: PageQuery, options?: CallOptions): Pages<McpServerUse, McpServerPage>
  leaderboard(query?: LeaderboardQuery, options?: CallOptions): Promise<Leaderboard>

  /** What happens, as it happens; after a break it goes on where it was. Ends with the caller's loop or signal. */
  stream(options?: StreamOptions): AsyncIterable<Streamed>
}
