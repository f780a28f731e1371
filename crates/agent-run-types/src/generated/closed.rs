// Generated from schemas/ by "npm run gen". Do not edit.

use crate::vocabulary::closed_vocabulary;

closed_vocabulary! {
    /// Values of `AgentRun::status`.
    AgentRunStatus {
        Pending = "pending",
        Running = "running",
        Paused = "paused",
        Completed = "completed",
        Failed = "failed",
        Cancelled = "cancelled",
        Timeout = "timeout",
        Interrupted = "interrupted",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `AgentRun::outcome`.
    AgentRunOutcome {
        Success = "success",
        Failed = "failed",
        Partial = "partial",
        Abandoned = "abandoned",
        Escalated = "escalated",
        RolledBack = "rolled_back",
    }
}

closed_vocabulary! {
    /// Values of `AgentRun::trigger`.
    AgentRunTrigger {
        Manual = "manual",
        Cron = "cron",
        Webhook = "webhook",
        Agent = "agent",
        Pipeline = "pipeline",
        Queue = "queue",
        Event = "event",
    }
}

closed_vocabulary! {
    /// Values of `Actor::kind`.
    ActorKind {
        Human = "human",
        Agent = "agent",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `ApprovalEntry::state`.
    ApprovalEntryState {
        Requested = "requested",
        Approved = "approved",
        Denied = "denied",
        Expired = "expired",
        Cancelled = "cancelled",
        Escalated = "escalated",
        Revoked = "revoked",
    }
}

closed_vocabulary! {
    /// Values of `ApprovalEvent::event`.
    ApprovalEventEvent {
        Requested = "requested",
        Approved = "approved",
        Denied = "denied",
        Expired = "expired",
        Cancelled = "cancelled",
        Escalated = "escalated",
        Revoked = "revoked",
    }
}

closed_vocabulary! {
    /// Values of `ApprovalEvent::basis`.
    ApprovalEventBasis {
        Observed = "observed",
        Inferred = "inferred",
    }
}

closed_vocabulary! {
    /// Values of `Artifact::action`.
    ArtifactAction {
        Created = "created",
        Modified = "modified",
        Deleted = "deleted",
    }
}

closed_vocabulary! {
    /// Values of `BenchApprovalAnswer::decision`.
    BenchApprovalAnswerDecision {
        Approved = "approved",
        Denied = "denied",
        None = "none",
    }
}

closed_vocabulary! {
    /// Values of `BenchApprovalAnswer::grant`.
    BenchApprovalAnswerGrant {
        Session = "session",
        Always = "always",
    }
}

closed_vocabulary! {
    /// Values of `BenchChange::measure`.
    BenchChangeMeasure {
        Pass = "pass",
        Score = "score",
        Cost = "cost",
        Duration = "duration",
    }
}

closed_vocabulary! {
    /// Values of `BenchChange::verdict`.
    BenchChangeVerdict {
        Worse = "worse",
        Better = "better",
        Same = "same",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `BenchChange::confidence`.
    BenchChangeConfidence {
        Sure = "sure",
        Chance = "chance",
        TooFew = "too_few",
        None = "none",
    }
}

closed_vocabulary! {
    /// Values of `BenchComparison::comparison`.
    BenchComparisonComparison {
        V1 = "1",
    }
}

closed_vocabulary! {
    /// Values of `BenchComparison::fail_on`.
    BenchComparisonFailOn {
        Pass = "pass",
        Score = "score",
        Cost = "cost",
        Duration = "duration",
        Missing = "missing",
    }
}

closed_vocabulary! {
    /// Values of `BenchCriterion::kind`.
    BenchCriterionKind {
        File = "file",
        Tree = "tree",
        Json = "json",
        Command = "command",
        Text = "text",
        Steps = "steps",
        Calls = "calls",
        Approvals = "approvals",
        Cost = "cost",
        Time = "time",
        Record = "record",
    }
}

closed_vocabulary! {
    /// Values of `BenchCriterion::of`.
    BenchCriterionOf {
        Output = "output",
        Stdout = "stdout",
        Stderr = "stderr",
    }
}

closed_vocabulary! {
    /// Values of `BenchCriterion::state`.
    BenchCriterionState {
        Present = "present",
        Absent = "absent",
        Unchanged = "unchanged",
        Changed = "changed",
    }
}

closed_vocabulary! {
    /// Values of `BenchCriterion::approval`.
    BenchCriterionApproval {
        NotRequired = "not_required",
        Requested = "requested",
        Approved = "approved",
        Denied = "denied",
        Expired = "expired",
        Cancelled = "cancelled",
        AutoApproved = "auto_approved",
    }
}

closed_vocabulary! {
    /// Values of `BenchCriterion::level`.
    BenchCriterionLevel {
        Recorded = "recorded",
        Sealed = "sealed",
        Accountable = "accountable",
    }
}

closed_vocabulary! {
    /// Values of `BenchCriterion::status`.
    BenchCriterionStatu {
        Pending = "pending",
        Running = "running",
        Paused = "paused",
        Completed = "completed",
        Failed = "failed",
        Cancelled = "cancelled",
        Timeout = "timeout",
        Interrupted = "interrupted",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `BenchCriterion::outcome`.
    BenchCriterionOutcome {
        Success = "success",
        Failed = "failed",
        Partial = "partial",
        Abandoned = "abandoned",
        Escalated = "escalated",
        RolledBack = "rolled_back",
    }
}

closed_vocabulary! {
    /// Values of `BenchFile::role`.
    BenchFileRole {
        Record = "record",
        RelatedRecord = "related_record",
        Journal = "journal",
        Eval = "eval",
        Stdout = "stdout",
        Stderr = "stderr",
        Ledger = "ledger",
        Commands = "commands",
        Changes = "changes",
    }
}

closed_vocabulary! {
    /// Values of `BenchPack::pack`.
    BenchPackPack {
        V1 = "1",
    }
}

closed_vocabulary! {
    /// Values of `BenchReport::report`.
    BenchReportReport {
        V1 = "1",
    }
}

closed_vocabulary! {
    /// Values of `BenchScenarioComparison::verdict`.
    BenchScenarioComparisonVerdict {
        Worse = "worse",
        Better = "better",
        Same = "same",
        Unknown = "unknown",
        OnlyBefore = "only_before",
        OnlyAfter = "only_after",
    }
}

closed_vocabulary! {
    /// Values of `BenchStepSelector::type`.
    BenchStepSelectorType {
        ModelCall = "model_call",
        Reasoning = "reasoning",
        Message = "message",
        ToolCall = "tool_call",
        ToolResult = "tool_result",
        Handoff = "handoff",
        HandoffResult = "handoff_result",
        InputRequest = "input_request",
        Compaction = "compaction",
        ConfigChange = "config_change",
        Error = "error",
        Other = "other",
    }
}

closed_vocabulary! {
    /// Values of `BenchStepSelector::status`.
    BenchStepSelectorStatu {
        Pending = "pending",
        Running = "running",
        Succeeded = "succeeded",
        Failed = "failed",
        Denied = "denied",
        Cancelled = "cancelled",
        Timeout = "timeout",
        Skipped = "skipped",
        Interrupted = "interrupted",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `BenchStepSelector::basis`.
    BenchStepSelectorBasi {
        Declared = "declared",
        Observed = "observed",
        Inferred = "inferred",
    }
}

closed_vocabulary! {
    /// Values of `BenchStepSelector::reversible`.
    BenchStepSelectorReversible {
        Full = "full",
        Partial = "partial",
        None = "none",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `BenchStepSelector::approval`.
    BenchStepSelectorApproval {
        NotRequired = "not_required",
        Requested = "requested",
        Approved = "approved",
        Denied = "denied",
        Expired = "expired",
        Cancelled = "cancelled",
        AutoApproved = "auto_approved",
    }
}

closed_vocabulary! {
    /// Values of `BenchTrial::ended`.
    BenchTrialEnded {
        Exited = "exited",
        Signal = "signal",
        TimedOut = "timed_out",
        OverLimit = "over_limit",
        Stopped = "stopped",
        NotStarted = "not_started",
    }
}

closed_vocabulary! {
    /// Values of `Check::check`.
    CheckCheck {
        Schema = "schema",
        Semantics = "semantics",
        RunHash = "run_hash",
        Steps = "steps",
        Record = "record",
        Signature = "signature",
        Signer = "signer",
        Approvals = "approvals",
        Lineage = "lineage",
        Journal = "journal",
        Evals = "evals",
        Erasures = "erasures",
    }
}

closed_vocabulary! {
    /// Values of `Check::result`.
    CheckResult {
        Pass = "pass",
        Fail = "fail",
        Absent = "absent",
        Unknown = "unknown",
        Skipped = "skipped",
    }
}

closed_vocabulary! {
    /// Values of `Checkpoint::when`.
    CheckpointWhen {
        Before = "before",
        During = "during",
        After = "after",
    }
}

closed_vocabulary! {
    /// Values of `Completeness::state`.
    CompletenessState {
        Sealed = "sealed",
        Interrupted = "interrupted",
        Checkpointed = "checkpointed",
        Open = "open",
        Unsealed = "unsealed",
    }
}

closed_vocabulary! {
    /// Values of `Cost::basis`.
    CostBasis {
        Reported = "reported",
        Computed = "computed",
        LowerBound = "lower_bound",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `Cost::price_basis`.
    CostPriceBasis {
        Reported = "reported",
        Computed = "computed",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `Decider::kind`.
    DeciderKind {
        Rule = "rule",
        Policy = "policy",
        Hook = "hook",
        Classifier = "classifier",
        Guard = "guard",
        Sandbox = "sandbox",
    }
}

closed_vocabulary! {
    /// Values of `Difference::change`.
    DifferenceChange {
        Added = "added",
        Removed = "removed",
        Changed = "changed",
    }
}

closed_vocabulary! {
    /// Values of `ErasureReceipt::scope`.
    ErasureReceiptScope {
        Private = "private",
        Record = "record",
    }
}

closed_vocabulary! {
    /// Values of `Evidence::result`.
    EvidenceResult {
        Pass = "pass",
        Fail = "fail",
        Partial = "partial",
        Skipped = "skipped",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `Finding::severity`.
    FindingSeverity {
        Error = "error",
        Warning = "warning",
    }
}

closed_vocabulary! {
    /// Values of `Grant::scope`.
    GrantScope {
        Session = "session",
        Always = "always",
    }
}

closed_vocabulary! {
    /// Values of `Health::status`.
    HealthStatus {
        Ok = "ok",
    }
}

closed_vocabulary! {
    /// Values of `JournalAck::status`.
    JournalAckStatus {
        Pending = "pending",
        Running = "running",
        Paused = "paused",
        Completed = "completed",
        Failed = "failed",
        Cancelled = "cancelled",
        Timeout = "timeout",
        Interrupted = "interrupted",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `Leaderboard::by`.
    LeaderboardBy {
        AgentId = "agent_id",
        Model = "model",
        Runtime = "runtime",
    }
}

closed_vocabulary! {
    /// Values of `LineageEdge::state`.
    LineageEdgeState {
        Mutual = "mutual",
        Chained = "chained",
        Open = "open",
        ChildOnly = "child_only",
        ParentOnly = "parent_only",
        Unresolved = "unresolved",
        Conflict = "conflict",
    }
}

closed_vocabulary! {
    /// Values of `PolicyDecision::boundary`.
    PolicyDecisionBoundary {
        Input = "input",
        ModelOutput = "model_output",
        ToolCall = "tool_call",
        ToolResult = "tool_result",
    }
}

closed_vocabulary! {
    /// Values of `PolicyDecision::verdict`.
    PolicyDecisionVerdict {
        Allow = "allow",
        Warn = "warn",
        Redact = "redact",
        Modify = "modify",
        Block = "block",
        RequireApproval = "require_approval",
        Review = "review",
    }
}

closed_vocabulary! {
    /// Values of `PolicyDecision::matched`.
    PolicyDecisionMatched {
        Rule = "rule",
        Default = "default",
        Error = "error",
    }
}

closed_vocabulary! {
    /// Values of `PolicyDecision::enforcement`.
    PolicyDecisionEnforcement {
        None = "none",
        Executed = "executed",
        Asked = "asked",
        Blocked = "blocked",
        Redacted = "redacted",
        Modified = "modified",
    }
}

closed_vocabulary! {
    /// Values of `PolicyDecision::basis`.
    PolicyDecisionBasis {
        Observed = "observed",
        Inferred = "inferred",
    }
}

closed_vocabulary! {
    /// Values of `RecoveryAction::state`.
    RecoveryActionState {
        Available = "available",
        Done = "done",
        Impossible = "impossible",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `Revocation::reason`.
    RevocationReason {
        Compromised = "compromised",
        Superseded = "superseded",
        Retired = "retired",
    }
}

closed_vocabulary! {
    /// Values of `RunDiff::criterion`.
    RunDiffCriterion {
        Baseline = "baseline",
        Task = "task",
        Benchmark = "benchmark",
        Repository = "repository",
    }
}

closed_vocabulary! {
    /// Values of `RunDiff::alignment`.
    RunDiffAlignment {
        Exact = "exact",
        Bounded = "bounded",
    }
}

closed_vocabulary! {
    /// Values of `RunEvent::type`.
    RunEventType {
        RunCreated = "run.created",
        RunUpdated = "run.updated",
        RunCompleted = "run.completed",
        RunEvalAttached = "run.eval_attached",
    }
}

closed_vocabulary! {
    /// Values of `RunSummary::status`.
    RunSummaryStatus {
        Pending = "pending",
        Running = "running",
        Paused = "paused",
        Completed = "completed",
        Failed = "failed",
        Cancelled = "cancelled",
        Timeout = "timeout",
        Interrupted = "interrupted",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `RunSummary::outcome`.
    RunSummaryOutcome {
        Success = "success",
        Failed = "failed",
        Partial = "partial",
        Abandoned = "abandoned",
        Escalated = "escalated",
        RolledBack = "rolled_back",
    }
}

closed_vocabulary! {
    /// Values of `RunSummary::trigger`.
    RunSummaryTrigger {
        Manual = "manual",
        Cron = "cron",
        Webhook = "webhook",
        Agent = "agent",
        Pipeline = "pipeline",
        Queue = "queue",
        Event = "event",
    }
}

closed_vocabulary! {
    /// Values of `RunSummary::level`.
    RunSummaryLevel {
        None = "none",
        Recorded = "recorded",
        Sealed = "sealed",
        Accountable = "accountable",
    }
}

closed_vocabulary! {
    /// Values of `Sandbox::network`.
    SandboxNetwork {
        None = "none",
        Limited = "limited",
        Full = "full",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `Shortfall::level`.
    ShortfallLevel {
        Recorded = "recorded",
        Sealed = "sealed",
        Accountable = "accountable",
    }
}

closed_vocabulary! {
    /// Values of `SideEffect::reversible`.
    SideEffectReversible {
        Full = "full",
        Partial = "partial",
        None = "none",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `SideEffect::basis`.
    SideEffectBasis {
        Declared = "declared",
        Observed = "observed",
        Inferred = "inferred",
    }
}

closed_vocabulary! {
    /// Values of `SourceRange::unit`.
    SourceRangeUnit {
        Lines = "lines",
        Bytes = "bytes",
    }
}

closed_vocabulary! {
    /// Values of `Source::times`.
    SourceTimes {
        Recorded = "recorded",
        Inferred = "inferred",
        Mixed = "mixed",
        Absent = "absent",
    }
}

closed_vocabulary! {
    /// Values of `StepApproval::state`.
    StepApprovalState {
        NotRequired = "not_required",
        Requested = "requested",
        Approved = "approved",
        Denied = "denied",
        Expired = "expired",
        Cancelled = "cancelled",
        AutoApproved = "auto_approved",
    }
}

closed_vocabulary! {
    /// Values of `StepApproval::basis`.
    StepApprovalBasis {
        Observed = "observed",
        Inferred = "inferred",
    }
}

closed_vocabulary! {
    /// Values of `StepDifference::change`.
    StepDifferenceChange {
        Added = "added",
        Removed = "removed",
        Changed = "changed",
    }
}

closed_vocabulary! {
    /// Values of `Step::type`.
    StepType {
        ModelCall = "model_call",
        Reasoning = "reasoning",
        Message = "message",
        ToolCall = "tool_call",
        ToolResult = "tool_result",
        Handoff = "handoff",
        HandoffResult = "handoff_result",
        InputRequest = "input_request",
        Compaction = "compaction",
        ConfigChange = "config_change",
        Error = "error",
        Other = "other",
    }
}

closed_vocabulary! {
    /// Values of `Step::status`.
    StepStatus {
        Pending = "pending",
        Running = "running",
        Succeeded = "succeeded",
        Failed = "failed",
        Denied = "denied",
        Cancelled = "cancelled",
        Timeout = "timeout",
        Skipped = "skipped",
        Interrupted = "interrupted",
        Unknown = "unknown",
    }
}

closed_vocabulary! {
    /// Values of `Step::role`.
    StepRole {
        User = "user",
        Assistant = "assistant",
        System = "system",
        Tool = "tool",
    }
}

closed_vocabulary! {
    /// Values of `SuppressedDifferences::reason`.
    SuppressedDifferencesReason {
        Identifiers = "identifiers",
        Times = "times",
        Seals = "seals",
        Texts = "texts",
        Consumption = "consumption",
        Configuration = "configuration",
        Reads = "reads",
        Erased = "erased",
        Limit = "limit",
    }
}

closed_vocabulary! {
    /// Values of `TimeBasis::basis`.
    TimeBasisBasis {
        Asserted = "asserted",
        Vouched = "vouched",
    }
}

closed_vocabulary! {
    /// Values of `TrustedKey::roles`.
    TrustedKeyRole {
        Runtime = "runtime",
        Recorder = "recorder",
        Approver = "approver",
        Evaluator = "evaluator",
        Server = "server",
        Auditor = "auditor",
        Witness = "witness",
    }
}

closed_vocabulary! {
    /// Values of `Verdict::level`.
    VerdictLevel {
        None = "none",
        Recorded = "recorded",
        Sealed = "sealed",
        Accountable = "accountable",
    }
}

closed_vocabulary! {
    /// Values of `Verdict::asked`.
    VerdictAsked {
        None = "none",
        Recorded = "recorded",
        Sealed = "sealed",
        Accountable = "accountable",
    }
}

closed_vocabulary! {
    /// Values of `Verdict::first_failure`.
    VerdictFirstFailure {
        Schema = "schema",
        Semantics = "semantics",
        RunHash = "run_hash",
        Steps = "steps",
        Record = "record",
        Signature = "signature",
        Signer = "signer",
        Approvals = "approvals",
        Lineage = "lineage",
        Journal = "journal",
        Evals = "evals",
        Erasures = "erasures",
    }
}
