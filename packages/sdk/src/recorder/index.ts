export type { FileSystem, FsyncPolicy } from '../journal-file/index.ts'
export { createRecorder } from './create-recorder.ts'
export type { Timer } from './deadline.ts'
export {
  type Answer,
  type ApprovalRequest,
  type ApprovalTerms,
  type Ask,
  CallRefused,
  type Policy,
  type PolicyVerdict,
  type ProposedCall,
  type RefusalReason,
  type SignedAnswer,
} from './decisions.ts'
export type { Delegation, Handoff, HandoffResult } from './delegation.ts'
export type { RefusedRecord } from './delivery.ts'
export type { RecorderFault } from './faults.ts'
export type { IdKind, Random } from './identifiers.ts'
export type { ArtifactMade, LiveStep, OpenStep } from './live-step.ts'
export type { ModelCall } from './model-call.ts'
export type { RecorderOptions, ServerAccess, Transport } from './options.ts'
export type { Flushed, Recorder, RunUpdate } from './recorder.ts'
export { type Reopened, reopenRecorder } from './reopen-recorder.ts'
export type { OfferedTool, RunEnd, RunStart, StepMembers } from './run-start.ts'
export type { ToolCall } from './tool-call.ts'
export { type ModelAnswer, readAnswer } from './usage.ts'
