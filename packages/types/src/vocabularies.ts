import type {
  AgentRun,
  ApprovalEvent,
  Artifact,
  Check,
  Checkpoint,
  Completeness,
  Cost,
  Evidence,
  LineageEdge,
  PolicyDecision,
  RecoveryAction,
  Revocation,
  Sandbox,
  SideEffect,
  Step,
  StepApproval,
  TrustedKey,
  Verdict,
} from './generated/types.ts'

/** State of a run. (AR-RUN-004) */
export type RunStatus = AgentRun['status']

/** What came of the work of a run, independent of its state. */
export type RunOutcome = NonNullable<AgentRun['outcome']>

/** What started a run. */
export type RunTrigger = NonNullable<AgentRun['trigger']>

/** What a step is: a model call, a tool call, a message and so on. */
export type StepType = Step['type']

/** State of a step. */
export type StepStatus = NonNullable<Step['status']>

/** Who speaks in a step. */
export type StepRole = NonNullable<Step['role']>

/** Whether a step was allowed, as the step itself says. */
export type ApprovalState = StepApproval['state']

/** What an event in the history of an approval is. */
export type ApprovalEventName = ApprovalEvent['event']

/** What a policy said. */
export type PolicyVerdict = PolicyDecision['verdict']

/** Where a policy was asked: before or after the model, before or after a tool. */
export type PolicyBoundary = NonNullable<PolicyDecision['boundary']>

/** What was done with a policy's verdict. */
export type PolicyEnforcement = NonNullable<PolicyDecision['enforcement']>

/** Whether a side effect can be undone. */
export type Reversibility = NonNullable<SideEffect['reversible']>

/** How a side effect is known. */
export type SideEffectBasis = NonNullable<SideEffect['basis']>

/** How the tokens of a cost are known. */
export type CostBasis = NonNullable<Cost['basis']>

/** What happened to an artifact. */
export type ArtifactAction = NonNullable<Artifact['action']>

/** When a checkpoint was made. */
export type CheckpointTime = Checkpoint['when']

/** What a check that stands as evidence came to. */
export type EvidenceResult = NonNullable<Evidence['result']>

/** Whether a way back can be taken. */
export type RecoveryState = NonNullable<RecoveryAction['state']>

/** How much of the network a sandbox lets through. */
export type NetworkAccess = NonNullable<Sandbox['network']>

/** One of the twelve checks of a verdict. (AR-VERD-001) */
export type CheckName = Check['check']

/** How a check came out. */
export type CheckResult = Check['result']

/** The sum of a verdict in one word. (AR-LEVEL-001) */
export type Level = Verdict['level']

/** Whether a record is whole, or how far it goes. */
export type CompletenessState = Completeness['state']

/** How far a link between a parent and a child holds. */
export type EdgeState = LineageEdge['state']

/** What a trust file lets a key do. */
export type TrustRole = TrustedKey['roles'][number]

/** Why a key stopped counting. */
export type RevocationReason = Revocation['reason']
