import type { AgentRun, ApprovalEvent, Checkpoint, Evidence, PolicyDecision, Step } from '@agent-run/types'
import { recordApproval, recordDecision, recordForeign } from './approval-events.ts'
import { createCheckpoints } from './checkpoints.ts'
import type { Context } from './context.ts'
import { type Delegation, delegate, type Handoff, type HandoffResult, recordHandoffResult } from './delegation.ts'
import type { Delivery, RefusedRecord } from './delivery.ts'
import { endRun, unsealed } from './end-run.ts'
import { readError } from './errors-of-calls.ts'
import { type ChildWork, runHandoff } from './handoff.ts'
import {
  type ArtifactMade,
  beginStep,
  type LiveStep,
  type OpenStep,
  recordArtifact,
  recordEvidence,
  recordMoment,
} from './live-step.ts'
import { type ModelCall, recordModelCall } from './model-call.ts'
import type { RecordFile } from './record-file.ts'
import { keepFaults, noteFaults } from './recorded-faults.ts'
import type { RunEnd, RunStart, StepMembers } from './run-start.ts'
import { recordToolCall, settle, type ToolCall } from './tool-call.ts'
import { unrecordedStep } from './unrecorded.ts'
import { updateRun } from './update-run.ts'

/**
 * Members of a run that can change while it goes on; those that its fingerprint is made of cannot. What was mounted may only
 * grow: steps name its tools by their hash (AR-RUN-014).
 */
export type RunUpdate = Partial<
  Pick<
    AgentRun,
    | 'task_id'
    | 'job_id'
    | 'links'
    | 'tags'
    | 'related'
    | 'intent'
    | 'model_config'
    | 'prompt_version'
    | 'inventory'
    | 'permissions'
    | 'sandbox'
    | 'policies'
    | 'scope'
    | 'git_branch'
    | 'git_commit'
    | 'recovery'
    | 'input_refs'
    | 'output_refs'
    | 'metadata'
  >
>

/** What the receiver of the record has. */
export interface Flushed {
  /**
   * Digest that the receiver acknowledged: from a server the SHA-256 of the record in canonical form, which was compared
   * with that of the record here. Absent if it has acknowledged nothing.
   */
  readonly digest?: string
  /** The server will never take the record: why (a code of `spec/errors.md`), and where it was set aside. */
  readonly refused?: RefusedRecord
}

/**
 * Records one run as it happens. Nothing here throws because of the recorder, unless it is strict: what an agent's own
 * function throws is thrown on as it is, and faults go to `onFault` and are counted in the record
 * (`provenance.metadata.recorder_faults`).
 */
export interface Recorder {
  /** Identifier of the run. */
  readonly id: string
  /** File of the journal and, once the run has ended, of the record; absent where there are none. */
  readonly journalPath: string | undefined
  readonly recordPath: string | undefined
  /** How often each fault has occurred. */
  readonly faults: ReadonlyMap<string, number>

  /** Records one request to a model. */
  modelCall<T>(call: ModelCall, execute: (step: LiveStep) => T | Promise<T>): Promise<T>
  /**
   * Records one call of a tool; asks policy and person first, where there are any.
   * @throws CallRefused if they keep it from running
   */
  toolCall<A, T>(call: ToolCall<A>, execute: (args: A, step: LiveStep) => T | Promise<T>): Promise<T>
  /** Records a step of another type that takes time: a question to the user, a compaction. */
  step<T>(type: Step['type'], members: StepMembers, execute: (step: LiveStep) => T | Promise<T>): Promise<T>
  /** Begins a step that the caller ends, for work that no single function does, such as a streamed answer. */
  startStep(type: Step['type'], members?: StepMembers): OpenStep
  /** Records a step that is over at once: words, reasoning, a change of configuration, an error. Returns its id. */
  note(type: Step['type'], members?: StepMembers): string | undefined

  /** Hands work to a child run in this process: both records name each other. */
  handoff<T>(work: ChildWork, execute: (child: Recorder) => T | Promise<T>): Promise<T>
  /** Hands work to a run elsewhere: what is returned goes to its recorder as `delegation`. */
  delegate(work: Handoff): Delegation | undefined
  /** Records what came back from such a run. */
  handoffResult(delegation: Delegation, result: HandoffResult): void

  /** Records a decision that a machine made elsewhere. */
  decision(decision: Omit<PolicyDecision, 'id' | 'at'> & Partial<Pick<PolicyDecision, 'id' | 'at'>>): string | undefined
  /** Records an event of an approval that happened elsewhere, such as a grant given in another run; a signed one as it is. */
  approval(event: ApprovalEvent): void
  /** Takes an approval back: its grant covers nothing any more. */
  revoke(approvalId: string, by?: Pick<ApprovalEvent, 'actor' | 'reason'>): void
  artifact(artifact: ArtifactMade): string | undefined
  evidence(evidence: Evidence): void
  checkpoint(checkpoint: Checkpoint): void
  /** Gives members of the run new values. */
  update(members: RunUpdate): void
  pause(): void
  resume(): void

  /** Resolves when everything recorded so far is acknowledged; sends a finished record again if that failed before. */
  flush(): Promise<Flushed>
  /**
   * Ends the run: seals it if there is a key, writes the record beside the journal, returns it. Again: the same record.
   * Where the signer does not answer in time the record is written unsealed, and says so in its faults.
   */
  end(end?: RunEnd): Promise<AgentRun>
  /** Lets go of the journal without ending the run, so that it can be reopened. What is recorded afterwards is a fault. */
  abandon(): void
}

/** What a recorder is made of. */
export interface RecorderParts {
  readonly context: Context
  readonly journalPath: string | undefined
  readonly recordFile: RecordFile | undefined
  readonly delivery: Delivery
  /** Makes the recorder of a child run. */
  readonly child: (start: RunStart) => Recorder
}

/** What is known, where even ending the run failed or nobody may end it here: without a seal or a claim of one. */
const lastResort = (context: Context): AgentRun => ({
  ...unsealed(context),
  status: 'unknown',
  ended_at: null,
  cost: { input_tokens: null, output_tokens: null },
})

/** The recorder of a run that has begun. */
export function assembleRecorder({ context, journalPath, recordFile, delivery, child }: RecorderParts): Recorder {
  const { clock, faults, log, state } = context
  keepFaults(context)
  const checkpoints = createCheckpoints(context)
  let abandoned = false
  let ending: Promise<AgentRun> | undefined

  /** Work that has no place after the end. */
  const whileOpen = <T>(what: string, work: () => T): T | undefined => {
    if (state.ended) {
      faults.report('recorder.too_late', `${what} that comes after the end of its run is not recorded`)
      return undefined
    }
    return faults.guard('recorder.event_failed', `${what} cannot be recorded`, work)
  }

  const finish = async (members: RunEnd): Promise<AgentRun> => {
    let record: AgentRun | undefined
    faults.guard('recorder.event_failed', 'the checkpoints cannot be recorded', checkpoints.write)
    try {
      record = await faults.guardLater('recorder.end_failed', 'the record cannot be put together', () =>
        endRun(context, members),
      )
      state.ended = true
      if (record !== undefined) delivery.keep(record)
      await log.acknowledged()
    } finally {
      log.close()
    }
    record ??= lastResort(context)
    const whole = record
    faults.guard('recorder.write_failed', 'the record cannot be written', () => recordFile?.write(whole))
    await delivery.take(record)
    return record
  }

  return {
    id: state.run.id,
    journalPath,
    get recordPath() {
      return recordFile?.written
    },
    faults: faults.counts,

    modelCall: (call, execute) => recordModelCall(context, call, execute),
    toolCall: (call, execute) => recordToolCall(context, call, execute),
    async step(type, members, execute) {
      const step = whileOpen('a step', () => beginStep(context, type, members))
      if (step === undefined) return execute(unrecordedStep)
      step.start()
      let result: Awaited<ReturnType<typeof execute>>
      try {
        result = await execute(step)
      } catch (error) {
        await settle(context, step, () => readError(error, 'internal')).catch(() => undefined)
        throw error
      }
      await settle(context, step, () => (members.output === undefined ? { output: result } : {}))
      return result
    },
    startStep(type, members = {}) {
      const step = whileOpen('a step', () => beginStep(context, type, members))
      if (step === undefined) return { ...unrecordedStep, end: async () => undefined }
      step.start()
      return { ...step, end: (more = {}) => settle(context, step, () => more) }
    },
    note: (type, members = {}) => whileOpen('a step', () => recordMoment(context, type, members))?.id,

    handoff: (work, execute) => runHandoff(context, child, work, execute),
    delegate: (work) => whileOpen('a handoff', () => delegate(context, work)),
    handoffResult: (delegation, result) =>
      void whileOpen('the result of a handoff', () => recordHandoffResult(context, delegation, result)),

    decision: (decision) => whileOpen('a decision', () => recordDecision(context, decision))?.id,
    approval: (event) => void whileOpen('an approval', () => recordForeign(context, event)),
    revoke: (approvalId, by = {}) =>
      void whileOpen('a revocation', () =>
        recordApproval(context, {
          ...by,
          approval_id: approvalId,
          event: 'revoked',
          run_id: state.run.id,
          at: clock.time(),
          basis: 'observed',
        }),
      ),
    artifact: (artifact) => whileOpen('an artifact', () => recordArtifact(context, artifact)),
    evidence: (evidence) => void whileOpen('evidence', () => recordEvidence(context, evidence)),
    checkpoint: (checkpoint) => void whileOpen('a checkpoint', () => checkpoints.add(checkpoint)),
    update: (members) => void whileOpen('a change of the run', () => updateRun(context, members)),
    pause() {
      whileOpen('a pause', () => {
        state.run = { ...state.run, status: 'paused' }
        log.add('run.paused', {})
      })
    },
    resume() {
      whileOpen('a resumption', () => {
        state.run = { ...state.run, status: 'running' }
        log.resume()
      })
    },

    async flush() {
      await log.acknowledged()
      return delivery.flush()
    },
    async end(members = {}) {
      if (abandoned) {
        faults.report('recorder.too_late', 'a run that this recorder let go of is not ended by it')
        return lastResort(context)
      }
      ending ??= finish(members)
      return ending
    },
    abandon() {
      if (state.ended) return
      faults.guard('recorder.event_failed', 'the checkpoints cannot be recorded', checkpoints.write)
      faults.guard('recorder.write_failed', 'the faults cannot be recorded', () => noteFaults(context))
      state.ended = true
      abandoned = true
      log.close()
      delivery.stop()
    },
  }
}
