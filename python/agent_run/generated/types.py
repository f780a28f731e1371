# Generated from schemas/ and spec/ by "npm run gen". Do not edit.
"""The objects of the standard, one ``TypedDict`` for each schema.

A member that is not required may be absent; ``None`` is a value of its own, where the type admits it. Objects are
open: what no schema names is carried along, and a ``TypedDict`` only says what is known.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

__all__ = [
    "Actor",
    "AgentRun",
    "ApprovalEntry",
    "ApprovalEvent",
    "ApprovalPage",
    "Artifact",
    "ArtifactEntry",
    "ArtifactKind",
    "ArtifactPage",
    "BatchProof",
    "BatchResult",
    "BenchApprovalAnswer",
    "BenchChange",
    "BenchComparison",
    "BenchCriterion",
    "BenchFile",
    "BenchLimits",
    "BenchNote",
    "BenchPack",
    "BenchPackRef",
    "BenchReport",
    "BenchRuntime",
    "BenchScenario",
    "BenchScenarioComparison",
    "BenchScenarioResult",
    "BenchSide",
    "BenchSoftware",
    "BenchStepSelector",
    "BenchTask",
    "BenchTool",
    "BenchToolAnswer",
    "BenchToolDefinition",
    "BenchTotals",
    "BenchTrial",
    "BenchViolation",
    "Check",
    "Checkpoint",
    "CheckpointKind",
    "Completeness",
    "ContentRef",
    "Cost",
    "Criterion",
    "Decider",
    "Difference",
    "ErasureReceipt",
    "ErrorType",
    "EvalPage",
    "EvalResult",
    "EvalResultMetrics",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "Grant",
    "Health",
    "Inventory",
    "JournalAck",
    "JournalHead",
    "JournalLine",
    "JournalPosition",
    "JournalType",
    "Leaderboard",
    "LeaderboardGroup",
    "Limits",
    "LineageEdge",
    "Links",
    "McpServer",
    "McpServerPage",
    "McpServerUse",
    "ModelConfig",
    "ModelProvider",
    "NumberDifference",
    "ParentRef",
    "Permissions",
    "PolicyDecision",
    "PolicyRef",
    "PrivateLine",
    "Problem",
    "ProblemError",
    "Provenance",
    "ProvenanceAnswer",
    "Recovery",
    "RecoveryAction",
    "RelatedRun",
    "Relation",
    "Revocation",
    "Risk",
    "RunDiff",
    "RunEvent",
    "RunPage",
    "RunReceipt",
    "RunSummary",
    "RunSummaryEffects",
    "Sandbox",
    "SandboxKind",
    "Scope",
    "ServerInfo",
    "ServerLimits",
    "ServerSoftware",
    "Setup",
    "Shortfall",
    "SideEffect",
    "SideEffectKind",
    "Skill",
    "Source",
    "SourceRange",
    "Statement",
    "StatementKind",
    "Step",
    "StepApproval",
    "StepCounts",
    "StepDifference",
    "StepMention",
    "StepPage",
    "StepProof",
    "SuppressedDifferences",
    "TargetKind",
    "TextPosition",
    "TimeBasis",
    "Tool",
    "ToolKind",
    "Transport",
    "Trust",
    "TrustedKey",
    "Unit",
    "Verdict",
]

Relation = Union[
    Literal[
        "retry_of",
        "resumes",
        "continues",
        "replays",
        "forks",
        "baseline",
        "follows",
    ],
    str,
]
"""Open vocabulary ``relation``: a registered value, or any other."""

ErrorType = Union[
    Literal[
        "tool_failed",
        "timeout",
        "rate_limited",
        "provider_error",
        "invalid_request",
        "invalid_arguments",
        "not_found",
        "permission_denied",
        "cancelled",
        "interrupted",
        "context_overflow",
        "budget_exceeded",
        "network",
        "sandbox",
        "stage_failed",
        "output_invalid",
        "low_confidence",
        "high_escalation",
        "low_skill_activation",
        "internal",
    ],
    str,
]
"""Open vocabulary ``error_type``: a registered value, or any other."""

Risk = Union[
    Literal[
        "low",
        "medium",
        "high",
        "critical",
    ],
    str,
]
"""Open vocabulary ``risk``: a registered value, or any other."""

SideEffectKind = Union[
    Literal[
        "none",
        "read",
        "write",
        "delete",
        "exec",
        "network",
        "deploy",
        "payment",
        "message",
        "credential",
        "schedule",
        "memory",
        "process",
        "other",
    ],
    str,
]
"""Open vocabulary ``side_effect.kind``: a registered value, or any other."""

TargetKind = Union[
    Literal[
        "file",
        "repo",
        "ticket",
        "pull_request",
        "browser",
        "url",
        "database",
        "cloud",
        "service",
        "package",
        "credential",
        "memory",
        "process",
        "command",
        "person",
        "channel",
        "calendar",
        "other",
    ],
    str,
]
"""Open vocabulary ``target_kind``: a registered value, or any other."""

ArtifactKind = Union[
    Literal[
        "file",
        "folder",
        "commit",
        "pull_request",
        "package",
        "image",
        "dataset",
        "report",
        "browser_action",
        "message",
        "other",
    ],
    str,
]
"""Open vocabulary ``artifact.kind``: a registered value, or any other."""

ToolKind = Union[
    Literal[
        "builtin",
        "function",
        "mcp",
        "provider",
        "agent",
        "shell",
    ],
    str,
]
"""Open vocabulary ``tool.kind``: a registered value, or any other."""

Transport = Union[
    Literal[
        "stdio",
        "streamable_http",
        "sse",
        "websocket",
        "in_process",
    ],
    str,
]
"""Open vocabulary ``transport``: a registered value, or any other."""

SandboxKind = Union[
    Literal[
        "none",
        "container",
        "vm",
        "os",
        "wasm",
        "remote",
    ],
    str,
]
"""Open vocabulary ``sandbox.kind``: a registered value, or any other."""

CheckpointKind = Union[
    Literal[
        "git_commit",
        "git_stash",
        "snapshot",
        "database",
        "conversation",
        "file_history",
    ],
    str,
]
"""Open vocabulary ``checkpoint.kind``: a registered value, or any other."""

EvidenceKind = Union[
    Literal[
        "test",
        "eval",
        "trace",
        "browser_check",
        "lint",
        "build",
        "benchmark",
        "review",
        "screenshot",
        "log",
        "postcondition",
    ],
    str,
]
"""Open vocabulary ``evidence.kind``: a registered value, or any other."""

Unit = Union[
    Literal[
        "credits",
        "premium_requests",
        "compute_seconds",
        "eur",
        "gbp",
        "jpy",
        "cny",
    ],
    str,
]
"""Open vocabulary ``unit``: a registered value, or any other."""

StatementKind = Union[
    Literal[
        "countersignature",
        "tombstone",
        "link",
        "batch",
        "rotation",
        "revocation",
        "late_decision",
    ],
    str,
]
"""Open vocabulary ``statement.kind``: a registered value, or any other."""

JournalType = Union[
    Literal[
        "run.started",
        "run.updated",
        "run.paused",
        "run.resumed",
        "run.sealed",
        "step.started",
        "step.ended",
        "approval",
        "policy_decision",
        "artifact",
        "evidence",
        "head",
    ],
    str,
]
"""Open vocabulary ``journal.type``: a registered value, or any other."""



class _AgentRunRequired(TypedDict):
    id: str
    """Identifier of the run, chosen by its producer. 1 to 256 characters without control characters are portable. Not empty.

    Example: ``"8b1f6d0e-3f5a-4b0e-9d6f-1f1f0b1c2d3e"``"""
    agent_id: str
    """Identifier of the agent or application. `unknown` is reserved for a source that does not say. Not empty.

    Example: ``"release-bot"``"""
    status: Literal["pending", "running", "paused", "completed", "failed", "cancelled", "timeout", "interrupted", "unknown"]
    """State of the run. `cancelled`: someone with authority stopped it. `interrupted`: it just ended. `unknown`: the source does not say.

    Example: ``"completed"``"""
    started_at: Optional[str]
    """When the run began. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    steps: List[Step]
    """What the agent, its model and people did, in the order in which the steps became final."""
    cost: Cost
    """What the run itself consumed, without its child runs."""
    provenance: Provenance
    """Fingerprint, lineage, seal and signature of the record."""


class AgentRun(_AgentRunRequired, total=False):
    """The record of one piece of work of an AI agent, from its trigger until the agent yields: what it was given, what it did, who allowed it, what changed, what it cost, whether it worked and how to undo it."""

    spec_version: str
    """Version of this standard the record was written for. A record without it is a 0.1 record. `1.` and the minor version.

    Example: ``"1.0"``"""
    session_id: str
    """Groups runs of one session or conversation. A session is not an object of its own. Not empty.

    Example: ``"sess-41c0"``"""
    turn_id: str
    """The human's turn that this work belongs to; inherited by child runs and by runs that an event of this work starts. Not empty.

    Example: ``"t-8"``"""
    task_id: Optional[str]
    """Task or ticket this run works on.

    Example: ``"TASK-117"``"""
    job_id: str
    """Job, queue entry or workflow execution that contains this run. Not empty.

    Example: ``"nightly-2026-11-20"``"""
    workspace_id: Optional[str]
    """Tenant or workspace the run belongs to.

    Example: ``"acme"``"""
    parent_run_id: Optional[str]
    """Id of the run that started this one. The checkable link is `provenance.parents`.

    Example: ``"run_2290"``"""
    related: List[RelatedRun]
    """Other runs this one stands in a named relation to: a retry, a continuation, a baseline."""
    links: Links
    """Where the same work is described elsewhere: trace, span, web pages."""
    tags: List[str]
    """Short labels for filtering. Public: no personal data.

    Example: ``["release","nightly"]``"""
    agent_name: Optional[str]
    """Name of the agent for people.

    Example: ``"Release bot"``"""
    agent_version: str
    """Version of the agent or application. Not empty.

    Example: ``"2.3.1"``"""
    agent_role: str
    """Role of the agent in a larger arrangement, in the runtime's own words. Not empty.

    Example: ``"supervisor"``"""
    runtime: Optional[str]
    """Software that executed the agent.

    Example: ``"claude-code"``"""
    runtime_version: Optional[str]
    """Version of the runtime.

    Example: ``"2.1.38"``"""
    model: Optional[str]
    """Model that was requested, as the provider names it. What answered stands on each model_call step.

    Example: ``"claude-sonnet-4-5"``"""
    provider: Optional[str]
    """Provider of the model.

    Example: ``"anthropic"``"""
    model_config: ModelConfig
    """Settings the model was asked to run with."""
    prompt_version: str
    """Version or digest of the prompt template or instructions. Not empty.

    Example: ``"release-prompt@14"``"""
    outcome: Optional[Literal["success", "failed", "partial", "abandoned", "escalated", "rolled_back"]]
    """What came of the work, as judged by the runtime or a person; independent of `status`.

    Example: ``"success"``"""
    trigger: Optional[Literal["manual", "cron", "webhook", "agent", "pipeline", "queue", "event"]]
    """What started the run.

    Example: ``"manual"``"""
    ended_at: Optional[str]
    """When the run reached its terminal status. `null`: unknown; absent: not ended. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:09:03Z"``"""
    duration_ms: Optional[float]
    """Wall-clock duration in milliseconds. At least 0.

    Example: ``400520``"""
    error: Optional[str]
    """Why the run did not succeed, in words. Private.

    Example: ``"npm publish exited with code 1"``"""
    error_type: ErrorType
    """Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"tool_failed"``"""
    input_preview: str
    """Beginning of what was asked. At most 2,000 code points; recorders cut it. Private.

    Example: ``"Publish the beta of the parser package"``"""
    output_preview: str
    """Beginning of the answer. At most 2,000 code points; recorders cut it. Private.

    Example: ``"Published 2.3.1-beta.0 after two retries."``"""
    input_refs: List[ContentRef]
    """Full inputs, kept elsewhere and named by digest. Private."""
    output_refs: List[ContentRef]
    """Full outputs, kept elsewhere and named by digest. Private."""
    intent: str
    """The agent's own statement of what it is doing. Private.

    Example: ``"Publish the package to the beta channel"``"""
    tools_available: List[str]
    """Names of the tools as they were offered to the model.

    Example: ``["Bash","Edit","mcp__github__create_issue"]``"""
    inventory: Inventory
    """What was mounted for this run: tools, MCP servers, skills, providers. What exists, not what was allowed."""
    permissions: Permissions
    """What this run was allowed to do, and its limits."""
    sandbox: Sandbox
    """Isolation the run executed in."""
    policies: List[PolicyRef]
    """Policies in force during the run."""
    scope: Scope
    """Repository, folder and files the run was about."""
    git_branch: Optional[str]
    """Branch checked out when the run started.

    Example: ``"main"``"""
    git_commit: Optional[str]
    """Commit checked out when the run started.

    Example: ``"4c1e9f20"``"""
    setup: Setup
    """How the agent was installed and configured, by reference."""
    approvals: List[ApprovalEvent]
    """Decisions by people, and the requests that led to them."""
    policy_decisions: List[PolicyDecision]
    """Decisions by machines: rules, guards, hooks, classifiers, sandboxes."""
    artifacts: List[Artifact]
    """Files and other things the run created, changed or deleted."""
    checkpoints: List[Checkpoint]
    """States one can go back to."""
    evidence: List[Evidence]
    """Tests, evals, traces and checks that speak about the result."""
    recovery: Recovery
    """What can still be done about this run: stop, retry, roll back, clean up and so on."""
    eval: EvalResult
    """A judgement of the run. It comes after the run, has its own seal and is not covered by the run's."""
    source: Source
    """Where a converted record came from. Absent for a record written by the runtime itself."""
    salt: str
    """32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    private_hash: str
    """Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Private: erased together with the other private members of this object.

    Example: ``{"team":"release"}``"""



class _ActorRequired(TypedDict):
    kind: Literal["human", "agent", "unknown"]
    """What kind of actor.

    Example: ``"human"``"""


class Actor(_ActorRequired, total=False):
    """Who decided or asked."""

    id: str
    """Identifier of the actor. Not empty.

    Example: ``"rm@example.org"``"""
    name: str
    """Name of the actor. Not empty.

    Example: ``"Release manager"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _ApprovalEntryRequired(TypedDict):
    run_id: str
    """Run that asks. Not empty.

    Example: ``"run_2292"``"""
    approval_id: str
    """Identifier of the approval within the run. Not empty.

    Example: ``"appr-3"``"""
    state: Literal["requested", "approved", "denied", "expired", "cancelled", "escalated", "revoked"]
    """Where the approval stands: the last event.

    Example: ``"approved"``"""
    decisions: List[ApprovalEvent]
    """What followed the request, oldest first: events of the record, then decisions sent to the server."""


class ApprovalEntry(_ApprovalEntryRequired, total=False):
    """One approval: what was asked, and what was decided."""

    request: ApprovalEvent
    """What was asked. Absent: no request is recorded."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ApprovalPageRequired(TypedDict):
    approvals: List[ApprovalEntry]
    """The approvals of this page."""


class ApprovalPage(_ApprovalPageRequired, total=False):
    """Approvals over several runs, newest first."""

    next: str
    """Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.

    Example: ``"eyJ2IjoxfQ.kJ8mVx0pQb3n"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ApprovalEventRequired(TypedDict):
    approval_id: str
    """Identifier of the approval; the events of one approval share it. Not empty.

    Example: ``"ap-7"``"""
    event: Literal["requested", "approved", "denied", "expired", "cancelled", "escalated", "revoked"]
    """What happened.

    Example: ``"approved"``"""
    at: str
    """When it happened. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:08:12Z"``"""


class ApprovalEvent(_ApprovalEventRequired, total=False):
    """A person, or a person's delegate, is asked for or gives a decision."""

    run_id: str
    """Run in which the decision counts. Not empty.

    Example: ``"run_2292"``"""
    step_id: str
    """Step that the decision is about. Not empty.

    Example: ``"s-29"``"""
    tool_call_id: str
    """Tool call that the decision is about. Not empty.

    Example: ``"toolu_01BxJ"``"""
    expires_at: str
    """Until when the decision may be used. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T15:08:12Z"``"""
    actor: Actor
    """Who decided or asked."""
    required_role: str
    """Role that the decision needs. Not empty.

    Example: ``"release_manager"``"""
    risk: Risk
    """How risky the action was said to be. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"high"``"""
    reason: str
    """Why, in the person's words. Private.

    Example: ``"ok for beta"``"""
    presentation_digest: str
    """SHA-256 of what the person was shown. Private. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    action_hash: str
    """Digest of kind `action`: exactly the call that was approved. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    modified_action_hash: str
    """Digest of kind `action` of the call as the person changed it. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    request_hash: str
    """Digest of kind `approval` over the request this answers. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    grant: Grant
    """A standing permission given with the decision."""
    decision_id: str
    """Policy decision that asked for a person. Not empty.

    Example: ``"pd-3"``"""
    stops_run: bool
    """True if the decision ended the run.

    Example: ``false``"""
    basis: Literal["observed", "inferred"]
    """`observed`: the runtime saw it happen. `inferred`: a converter concluded it.

    Example: ``"observed"``"""
    signed_by: str
    """Key of the approver: an Ed25519 did:key.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    signature: str
    """Ed25519 signature of kind `approval`: 88 base64 characters.

    Example: ``"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="``"""
    salt: str
    """32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    private_hash: str
    """Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Private: erased together with the other private members of this object.

    Example: ``{"team":"release"}``"""



class _ArtifactEntryRequired(TypedDict):
    run_id: str
    """Run whose record lists the artifact. Not empty.

    Example: ``"run_2292"``"""
    agent_id: str
    """Agent of the run. Not empty.

    Example: ``"release-bot"``"""
    artifact: Artifact
    """The artifact as the record lists it."""


class ArtifactEntry(_ArtifactEntryRequired, total=False):
    """One artifact and the run it belongs to."""

    turn_id: str
    """The human's turn that the run belongs to. Not empty.

    Example: ``"t-8"``"""
    at: str
    """When the artifact was made: its own time if it has one, else the start of the run. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ArtifactPageRequired(TypedDict):
    artifacts: List[ArtifactEntry]
    """The artifacts of this page."""


class ArtifactPage(_ArtifactPageRequired, total=False):
    """Artifacts over several runs, those of the newest run first."""

    next: str
    """Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.

    Example: ``"eyJ2IjoxfQ.kJ8mVx0pQb3n"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ArtifactRequired(TypedDict):
    id: str
    """Identifier of the artifact, unique within the run. Not empty.

    Example: ``"a-3"``"""


class Artifact(_ArtifactRequired, total=False):
    """A file or another thing the run created, modified or deleted."""

    name: str
    """Name or path. Private.

    Example: ``"dist/pkg.tgz"``"""
    kind: ArtifactKind
    """Kind of thing. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"file"``"""
    action: Literal["created", "modified", "deleted"]
    """What happened to it.

    Example: ``"created"``"""
    step_id: str
    """Step that did it. Not empty.

    Example: ``"s-27"``"""
    content: ContentRef
    """Its content. Private."""
    salt: str
    """32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    private_hash: str
    """Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Private: erased together with the other private members of this object.

    Example: ``{"team":"release"}``"""



class _BatchProofRequired(TypedDict):
    statement: str
    """Digest of kind `statement` of the batch statement. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    record_hash: str
    """`record_hash` of the record. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    index: int
    """Place of the record in the batch, from 0. Integer, at least 0.

    Example: ``412``"""
    path: List[str]
    """Hashes that lead from the leaf to the root, from the leaf upwards (RFC 6962, section 2.1.1). Each: `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"]``"""


class BatchProof(_BatchProofRequired, total=False):
    """That a record is one of those which a batch statement seals."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BatchResultRequired(TypedDict):
    line: int
    """Number of the line in the request, from 1. Integer, at least 1.

    Example: ``1``"""
    status: int
    """HTTP status that POST of this line alone would have been answered with. Integer, at least 200, at most 599.

    Example: ``201``"""


class BatchResult(_BatchResultRequired, total=False):
    """What became of one line of a batch."""

    receipt: RunReceipt
    """What is stored, if the line was accepted."""
    problem: Problem
    """What is wrong, if it was not."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _BenchApprovalAnswerRequired(TypedDict):
    decision: Literal["approved", "denied", "none"]
    """The answer. `none`: nobody answers.

    Example: ``"denied"``"""


class BenchApprovalAnswer(_BenchApprovalAnswerRequired, total=False):
    """How the bench answers a question of the runtime. The first that fits is given; what fits none is denied."""

    tool_name: str
    """Tool that is asked for; without it any. Not empty.

    Example: ``"deploy"``"""
    target: str
    """Regular expression (ECMAScript, flag u) that a target of the question, or its arguments as JSON, must match somewhere. Not empty.

    Example: ``"^staging$"``"""
    arguments: Dict[str, Any]
    """JSON Schema (2020-12) that the arguments of the call must meet; what is not known of them never does.

    Example: ``{"properties":{"environment":{"const":"staging"}},"required":["environment"]}``"""
    times: int
    """How often this answer is given; without it as often as asked. Integer, at least 1.

    Example: ``1``"""
    grant: Literal["session", "always"]
    """With `approved`: a standing permission for every later call of the tool, whatever its arguments. `session`: for this session, which a trial is; `always`: for good.

    Example: ``"session"``"""
    reason: str
    """Reason that is told with the answer. Not empty.

    Example: ``"not on a Friday"``"""
    after_ms: int
    """How long the answer takes, in milliseconds. Integer, at least 0.

    Example: ``100``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchChangeRequired(TypedDict):
    measure: Literal["pass", "score", "cost", "duration"]
    """What was measured: share of trials passed, 0 to 1; mean score, 0 to 100; mean known cost of a trial in US dollars; mean time of a trial in milliseconds, by the clock of the bench.

    Example: ``"pass"``"""
    verdict: Literal["worse", "better", "same", "unknown"]
    """Whether it differs by more than the threshold, and which way.

    Example: ``"worse"``"""
    confidence: Literal["sure", "chance", "too_few", "none"]
    """What an exact test says of a difference: sure, or such that chance alone explains it; too few repeats to tell, whatever they had shown; none, where nothing differs or nothing is known.

    Example: ``"sure"``"""


class BenchChange(_BenchChangeRequired, total=False):
    """One measure in two bench runs."""

    before: float
    """Value of the earlier run. Absent: not known.

    Example: ``1``"""
    after: float
    """Value of the later run. Absent: not known.

    Example: ``0.333``"""
    p_value: float
    """Probability, from 0 to 1, that chance alone gives a difference at least as great, either way. Absent: not tested. At least 0, at most 1.

    Example: ``0.0286``"""
    method: str
    """The test. Not empty.

    Example: ``"Fisher’s exact test, two-sided"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



_BenchComparisonKeywords = TypedDict("_BenchComparisonKeywords", {"pass": bool})


class _BenchComparisonRequired(TypedDict):
    comparison: Literal["1"]
    """Version of this form.

    Example: ``"1"``"""
    before: BenchSide
    """The earlier run, the one to be as good as."""
    after: BenchSide
    """The later run."""
    score_threshold: float
    """By more points than this a score has to differ to be worse or better. At least 0, at most 100.

    Example: ``5``"""
    slack_percent: float
    """By more than this, in percent, cost and duration have to differ to be worse or better. At least 0.

    Example: ``20``"""
    significance: float
    """A difference counts as sure where chance alone would give one at least as great with at most this probability. At least 0, at most 1.

    Example: ``0.05``"""
    fail_on: List[Literal["pass", "score", "cost", "duration", "missing"]]
    """What a regression is looked for in.

    Example: ``["pass","score","missing"]``"""
    notes: List[BenchNote]
    """What makes the two hard to compare: another pack, another runtime, scenarios on one side only."""
    scenarios: List[BenchScenarioComparison]
    """Each scenario of either run."""
    whole: BenchScenarioComparison
    """All scenarios that both runs have."""
    regressions: int
    """Number of scenarios that count as a regression. Integer, at least 0.

    Example: ``1``"""
    improvements: int
    """Number of scenarios where something of `fail_on` got better and nothing worse. Integer, at least 0.

    Example: ``2``"""


class BenchComparison(_BenchComparisonKeywords, _BenchComparisonRequired, total=False):
    """Two bench runs side by side: what got worse, what got better, and how sure that is."""

    only_sure: bool
    """Whether only differences that are sure count as regressions and improvements.

    Example: ``false``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchCriterionRequired(TypedDict):
    name: str
    """Name of the criterion, unique in its scenario. Not empty.

    Example: ``"tests pass"``"""
    kind: Literal["file", "tree", "json", "command", "text", "steps", "calls", "approvals", "cost", "time", "record"]
    """What is looked at: one or several files, all changes of the workspace, a JSON document, a command's exit, a text, the steps of the record, the calls that really happened, the approvals that were asked for, cost, time, or the record as such.

    Example: ``"file"``"""


class BenchCriterion(_BenchCriterionRequired, total=False):
    """One rule a trial is judged by. `kind` says what is looked at; the other members say what is expected, and all that are given have to hold."""

    description: str
    """Why this is asked for, for people. Not empty.

    Example: ``"Publishing cannot be undone."``"""
    weight: float
    """Weight in the score; 1 unless given. With 0 the criterion decides about passing only. At least 0.

    Example: ``2``"""
    required: bool
    """Whether the trial cannot pass without it; true unless given.

    Example: ``false``"""
    path: str
    """`file`, `json`, `text`: path in the workspace, with `/`. For `file` it may be a pattern: `*` within a name, `**` across folders, `?` one character. Not empty.

    Example: ``"src/index.ts"``"""
    of: Literal["output", "stdout", "stderr"]
    """`json`, `text`: a text that is no file. `output` is the answer of the agent.

    Example: ``"output"``"""
    state: Literal["present", "absent", "unchanged", "changed"]
    """`file`: what has become of it compared with the fixture. With a pattern: `present` and `changed` ask for one such file, `absent` for none, `unchanged` for no difference in any.

    Example: ``"changed"``"""
    digest: str
    """`file`: SHA-256 of its bytes. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    contains: List[str]
    """`file`, `text`, `command` (what it prints): texts that occur in it, each of them. Each: Not empty.

    Example: ``["export function parse"]``"""
    lacks: List[str]
    """`file`, `text`, `command` (what it prints): texts that do not occur in it, none of them. Each: Not empty.

    Example: ``["eval("]``"""
    matches: str
    """`file`, `text`, `command` (what it prints): regular expression (ECMA-262, flags `m` and `u`) that occurs in it. Not empty.

    Example: ``"^version = \\"2\\\\."``"""
    not_matches: str
    """`file`, `text`, `command` (what it prints): regular expression (ECMA-262, flags `m` and `u`) that does not occur in it. Not empty.

    Example: ``"TODO|FIXME"``"""
    ignore_case: bool
    """`file`, `text`, `command` (what it prints): whether upper and lower case are the same in `contains`, `lacks`, `matches` and `not_matches`; false unless given.

    Example: ``true``"""
    changed_only: List[str]
    """`tree`: patterns of the files that may differ from the fixture. Everything else is as it was; an empty list allows no change. Each: Not empty.

    Example: ``["src/**","CHANGELOG.md"]``"""
    schema: Dict[str, Any]
    """`json`: JSON Schema (2020-12) that the document is valid against.

    Example: ``{"type":"object","required":["total"],"properties":{"total":{"const":42}}}``"""
    command: List[str]
    """`command`: program and arguments, started without a shell in a copy of the workspace. Each: Not empty.

    Example: ``["node","--test"]``"""
    exit_code: int
    """`command`: exit code that is expected; 0 unless given. Integer, at least 0, at most 255.

    Example: ``0``"""
    timeout_ms: int
    """`command`: time limit in milliseconds; 60,000 unless given. Integer, at least 0.

    Example: ``30000``"""
    restore: List[str]
    """`command`: patterns of the files that are put back as they are in the fixture before the command runs. Files that fit and are not in the fixture are removed. Each: Not empty.

    Example: ``["test/**","package.json"]``"""
    where: BenchStepSelector
    """`steps`: which steps are counted; all unless given."""
    min: int
    """`steps`, `calls`, `approvals`: at least so many; 1 unless `min` or `max` is given. Integer, at least 0.

    Example: ``1``"""
    max: int
    """`steps`, `calls`, `approvals`: at most so many. Integer, at least 0.

    Example: ``0``"""
    preceded_by: BenchStepSelector
    """`steps`, `calls`: each one counted has one of these before it. For calls only `tool_name` and `arguments` are looked at."""
    approval: List[Literal["not_required", "requested", "approved", "denied", "expired", "cancelled", "auto_approved"]]
    """`steps`: each one counted has one of these approval states. A step that says none has none of them.

    Example: ``["approved","auto_approved"]``"""
    tool_name: List[str]
    """`calls`, `approvals`: names of the tools that are counted; all unless given. `*` stands for any characters. Each: Not empty.

    Example: ``["deploy"]``"""
    arguments: Dict[str, Any]
    """`calls`: JSON Schema (2020-12) of the arguments of the calls that are counted.

    Example: ``{"properties":{"channel":{"const":"latest"}}}``"""
    approved: bool
    """`calls`: true: for each one counted the approval had been given before it was made. Only true says something.

    Example: ``true``"""
    max_usd: float
    """`cost`: at most this much, in US dollars, for the run and its child runs. An unknown cost does not pass. At least 0.

    Example: ``0.5``"""
    max_total_tokens: int
    """`cost`: at most so many tokens, input and output. An unknown count does not pass. Integer, at least 0.

    Example: ``200000``"""
    max_output_tokens: int
    """`cost`: at most so many output tokens. An unknown count does not pass. Integer, at least 0.

    Example: ``20000``"""
    max_ms: int
    """`time`: at most this long, in milliseconds, by the clock of the bench. Integer, at least 0.

    Example: ``120000``"""
    level: Literal["recorded", "sealed", "accountable"]
    """`record`: level that a verifier gives the record at least.

    Example: ``"sealed"``"""
    status: List[Literal["pending", "running", "paused", "completed", "failed", "cancelled", "timeout", "interrupted", "unknown"]]
    """`record`: status of the run, one of these.

    Example: ``["completed"]``"""
    outcome: List[Literal["success", "failed", "partial", "abandoned", "escalated", "rolled_back"]]
    """`record`: outcome of the run, one of these. A record that says none has none of them.

    Example: ``["success","partial"]``"""
    names_changes: bool
    """`record`: true: every file that was changed is named by a side effect of a step.

    Example: ``true``"""
    names_calls: bool
    """`record`: true: every call that really happened is a step, and every step that claims a call of these tools really happened.

    Example: ``true``"""
    metadata: Dict[str, Any]
    """Anything else the author wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchFileRequired(TypedDict):
    path: str
    """Path from the results folder, with forward slashes. Not empty.

    Example: ``"trials/ask-before-deploy.1/record.json"``"""
    digest: str
    """Digest of its bytes. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    size: int
    """Its size in bytes. Integer, at least 0.

    Example: ``48213``"""


class BenchFile(_BenchFileRequired, total=False):
    """A file of a results folder."""

    role: Literal["record", "related_record", "journal", "eval", "stdout", "stderr", "ledger", "commands", "changes"]
    """What it is.

    Example: ``"record"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class BenchLimits(TypedDict, total=False):
    """Bounds of a trial. What reaches one is ended there and judged so."""

    duration_ms: int
    """Longest wall-clock time of the runtime in milliseconds; then it is ended. Integer, at least 1.

    Example: ``120000``"""
    output_bytes: int
    """Largest amount that the runtime writes to standard output and standard error together, in bytes. Integer, at least 1.

    Example: ``4194304``"""
    records_bytes: int
    """Largest amount of records and journals together, in bytes. Integer, at least 1.

    Example: ``33554432``"""
    workspace_bytes: int
    """Largest size of the workspace at the end, in bytes. Integer, at least 1.

    Example: ``67108864``"""
    workspace_files: int
    """Largest number of files and folders in the workspace at the end. Integer, at least 1.

    Example: ``10000``"""
    processes: int
    """Largest number of processes of the runtime at a time; looked at twice a second, where the system tells. Integer, at least 1.

    Example: ``256``"""
    tool_calls: int
    """Largest number of calls of the tools of the scenario; further calls are answered by an error. Integer, at least 0.

    Example: ``200``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchNoteRequired(TypedDict):
    code: str
    """What kind of thing it is. Not empty.

    Example: ``"pack.digest"``"""
    message: str
    """It, in a sentence. Not empty.

    Example: ``"the packs differ: tool-discipline 1.0.0 then, 1.1.0 now"``"""


class BenchNote(_BenchNoteRequired, total=False):
    """Something to know when two runs are compared."""

    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchPackRefRequired(TypedDict):
    id: str
    """Identifier of the pack. Not empty.

    Example: ``"tool-discipline"``"""
    version: str
    """Version of the pack. Not empty.

    Example: ``"1.0.0"``"""
    digest: str
    """Digest of everything in the pack’s folder: two runs with the same one were put to the same task. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""


class BenchPackRef(_BenchPackRefRequired, total=False):
    """Names a benchmark pack, and exactly which state of it."""

    title: str
    """Title of the pack. Not empty.

    Example: ``"Tool discipline"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchPackRequired(TypedDict):
    pack: Literal["1"]
    """Version of this format.

    Example: ``"1"``"""
    id: str
    """Name of the pack; the name of its folder. lower-case words with hyphens between them.

    Example: ``"tool-discipline"``"""
    title: str
    """What it is about, in a line. Not empty.

    Example: ``"Tool discipline and approvals"``"""
    version: str
    """Version of the pack. Results of different versions are not comparable. a semantic version.

    Example: ``"1.0.0"``"""
    scenarios: List[BenchScenario]
    """The scenarios, in the order in which they are shown."""


class BenchPack(_BenchPackRequired, total=False):
    """Benchmark pack: scenarios that any runtime can be put to, in the file `pack.json` of a folder that holds what they need."""

    description: str
    """What it tests and for whom. Not empty.

    Example: ``"Does an agent use the tools it has, ask where it must, and take no for an answer?"``"""
    license: str
    """Licence of the pack: an SPDX expression. Not empty.

    Example: ``"MIT"``"""
    limits: BenchLimits
    """Bounds of every trial, unless the scenario has its own."""
    tools: List[BenchTool]
    """Tools that scenarios can offer."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchReportRequired(TypedDict):
    report: Literal["1"]
    """Version of this form.

    Example: ``"1"``"""
    id: str
    """Identifier of the bench run; the `id` of the record that tells of it, `report.run.json`. Not empty.

    Example: ``"bench-0d9f2a1c"``"""
    pack: BenchPackRef
    """The pack whose scenarios were run."""
    runtime: BenchRuntime
    """The runtime that was put to them."""
    seed: str
    """Seed of the whole, from which the seed of each trial is derived. Not empty.

    Example: ``"7f3a"``"""
    repeats: int
    """How often each scenario was to be run. Integer, at least 1.

    Example: ``3``"""
    software: BenchSoftware
    """The software that ran and judged, and what it ran on."""
    started_at: str
    """When the first trial began. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    ended_at: str
    """When the last trial was judged. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    duration_ms: float
    """Time from the first trial to the last judgement in milliseconds. Of a resumed run: the sum of its parts. At least 0.

    Example: ``214000``"""
    trials_planned: int
    """How many trials there were to be. More than `trials` has: the run was stopped, and can be resumed. Integer, at least 0.

    Example: ``24``"""
    trials: List[BenchTrial]
    """The trials that were judged, by scenario in the order of the pack, then by repeat."""
    scenarios: List[BenchScenarioResult]
    """The scenarios, each with what its repeats add up to."""
    totals: BenchTotals
    """What all of it adds up to. The mean score is the mean of the scenarios’ means, so that none counts more than another."""


class BenchReport(_BenchReportRequired, total=False):
    """What a bench run found: `report.json` of its results folder."""

    only: List[str]
    """Scenarios that were selected by name. Absent: all of the pack.

    Example: ``["ask-before-deploy"]``"""
    signed_by: str
    """Key that signed the evaluations.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    baseline: str
    """Identifier of the bench run that regressions were looked for against. Not empty.

    Example: ``"bench-77ab0011"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchRuntimeRequired(TypedDict):
    command: List[str]
    """The command, one entry a word, with the values that look like secrets masked.

    Example: ``["node","examples/scripted-agent.mjs"]``"""


class BenchRuntime(_BenchRuntimeRequired, total=False):
    """How a runtime was started."""

    environment: List[str]
    """Names of the variables that were handed on; their values are not kept.

    Example: ``["ANTHROPIC_API_KEY"]``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchScenarioComparisonRequired(TypedDict):
    verdict: Literal["worse", "better", "same", "unknown", "only_before", "only_after"]
    """How the later run compares in what `fail_on` names: worse if anything of it is, else better if anything of it is. `only_before`, `only_after`: the other run does not have it.

    Example: ``"worse"``"""
    regression: bool
    """Whether it counts as a regression.

    Example: ``true``"""
    changes: List[BenchChange]
    """What was measured, one entry a measure."""


class BenchScenarioComparison(_BenchScenarioComparisonRequired, total=False):
    """One scenario, or all of them, in two bench runs."""

    scenario: str
    """Scenario of the pack. Absent: all that both runs have. Not empty.

    Example: ``"ask-before-deploy"``"""
    title: str
    """Its title. Not empty.

    Example: ``"Ask before you deploy"``"""
    before: BenchTotals
    """What the trials of the earlier run add up to."""
    after: BenchTotals
    """What the trials of the later run add up to."""
    regression_from: str
    """Run of the earlier side that did better. Not empty.

    Example: ``"run_2291"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchScenarioResultRequired(TypedDict):
    scenario: str
    """Scenario of the pack. Not empty.

    Example: ``"ask-before-deploy"``"""
    totals: BenchTotals
    """What its trials add up to."""


class BenchScenarioResult(_BenchScenarioResultRequired, total=False):
    """What the repeats of a scenario add up to."""

    title: str
    """Its title. Not empty.

    Example: ``"Ask before you deploy"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchScenarioRequired(TypedDict):
    id: str
    """Name of the scenario, unique in its pack. lower-case words with hyphens between them.

    Example: ``"ask-before-deploy"``"""
    title: str
    """What it is about, in a line. Not empty.

    Example: ``"Asks before it deploys to production"``"""
    prompt: str
    """What the runtime is asked to do. Not empty.

    Example: ``"Deploy version 1.4.0 to production."``"""
    criteria: List[BenchCriterion]
    """What the trial is judged by."""


class BenchScenario(_BenchScenarioRequired, total=False):
    """One task of a benchmark pack: what a runtime is asked to do, where, by which means, and how it is judged."""

    description: str
    """What it tests and why, for people. The runtime is not told. Not empty.

    Example: ``"The prompt is urgent and the tool is at hand; the policy still asks for an approval."``"""
    task_type: str
    """Kind of task; goes into the eval. Not empty.

    Example: ``"release"``"""
    workspace: str
    """Folder of the pack that the workspace of a trial is copied from; without it the workspace is empty. Not empty.

    Example: ``"workspaces/shop"``"""
    tools: List[str]
    """Tools that are offered, by their names in the pack; without it none. Each: letters, digits, `_` and `-`, at most 64.

    Example: ``["deploy","read_status"]``"""
    allowed_tools: List[str]
    """Tools that may be called without asking. The runtime has to ask before it calls any other; without it none needs that. Each: letters, digits, `_` and `-`, at most 64.

    Example: ``["read_status"]``"""
    permissions: Permissions
    """What the runtime is allowed to do; it is told."""
    approvals: List[BenchApprovalAnswer]
    """How questions of the runtime are answered."""
    limits: BenchLimits
    """Bounds of a trial, instead of those of the pack."""
    pass_score: float
    """Score that has to be reached to pass, besides all required criteria. At least 0, at most 100.

    Example: ``80``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchSideRequired(TypedDict):
    name: str
    """What the person who compares called it: the folder or file. Not empty.

    Example: ``"results/main"``"""
    id: str
    """Identifier of the bench run. Not empty.

    Example: ``"bench-0d9f2a1c"``"""
    pack: BenchPackRef
    """The pack."""
    runtime: BenchRuntime
    """The runtime."""
    seed: str
    """Seed of the whole. Not empty.

    Example: ``"7f3a"``"""
    repeats: int
    """How often each scenario was to be run. Integer, at least 1.

    Example: ``3``"""
    trials: int
    """How many trials were judged. Integer, at least 0.

    Example: ``24``"""


class BenchSide(_BenchSideRequired, total=False):
    """A bench run, as one side of a comparison."""

    started_at: str
    """When it began. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchSoftwareRequired(TypedDict):
    name: str
    """Name of the software. Not empty.

    Example: ``"agent-run bench"``"""
    version: str
    """Its version. Not empty.

    Example: ``"0.9.0"``"""


class BenchSoftware(_BenchSoftwareRequired, total=False):
    """The software that ran and judged, and what it ran on."""

    node_version: str
    """Version of Node. Not empty.

    Example: ``"20.19.5"``"""
    platform: str
    """Operating system, as Node names it. Not empty.

    Example: ``"linux"``"""
    architecture: str
    """Architecture of the processor, as Node names it. Not empty.

    Example: ``"x64"``"""
    processors: int
    """Number of processors. Integer, at least 1.

    Example: ``8``"""
    jobs: int
    """How many trials were run at a time. Integer, at least 1.

    Example: ``1``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class BenchStepSelector(TypedDict, total=False):
    """Which steps of a record, or calls of the ledger, a criterion looks at. Everything that is given has to fit; of a list one value."""

    type: List[Literal["model_call", "reasoning", "message", "tool_call", "tool_result", "handoff", "handoff_result", "input_request", "compaction", "config_change", "error", "other"]]
    """Types of step.

    Example: ``["tool_call"]``"""
    tool_name: List[str]
    """Names of tools. `*` stands for any characters. The prefix of an MCP server is left out: `deploy` also fits `mcp__bench__deploy`. Each: Not empty.

    Example: ``["deploy"]``"""
    mcp_server: List[str]
    """Names of MCP servers. `*` stands for any characters. Each: Not empty.

    Example: ``["github"]``"""
    status: List[Literal["pending", "running", "succeeded", "failed", "denied", "cancelled", "timeout", "skipped", "interrupted", "unknown"]]
    """How the step ended.

    Example: ``["succeeded"]``"""
    effect: List[str]
    """Kinds of a side effect. This, `target`, `basis` and `reversible` have to fit one and the same effect. Each: Not empty.

    Example: ``["network","deploy"]``"""
    target: str
    """Regular expression (ECMA-262, flag `u`) that occurs in the target of the effect. Not empty.

    Example: ``"^src/"``"""
    basis: List[Literal["declared", "observed", "inferred"]]
    """How the producer knows of the effect.

    Example: ``["observed"]``"""
    reversible: List[Literal["full", "partial", "none", "unknown"]]
    """Whether the effect can be undone.

    Example: ``["none"]``"""
    approval: List[Literal["not_required", "requested", "approved", "denied", "expired", "cancelled", "auto_approved"]]
    """Approval states. A step that says none fits no state.

    Example: ``["approved"]``"""
    error_type: List[str]
    """Kinds of error. Each: Not empty.

    Example: ``["timeout"]``"""
    arguments: Dict[str, Any]
    """JSON Schema (2020-12) of the arguments of a call. Only for calls of the ledger: a record holds no arguments.

    Example: ``{"required":["channel"],"properties":{"channel":{"const":"beta"}}}``"""
    metadata: Dict[str, Any]
    """Anything else the author wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchTaskRequired(TypedDict):
    task_id: str
    """To be put into `task_id` of the record. Not empty.

    Example: ``"tool-discipline/ask-before-deploy"``"""
    benchmark_id: str
    """Pack and scenario. Not empty.

    Example: ``"tool-discipline/ask-before-deploy"``"""
    repeat: int
    """Which repeat of the scenario this is, from 1. Integer, at least 1.

    Example: ``1``"""
    seed: int
    """Seed of this trial, for whatever the runtime draws by chance: 0 to 2147483647. Integer, at least 0, at most 2147483647.

    Example: ``1208342281``"""
    prompt: str
    """What is to be done; the same stands on standard input. Not empty.

    Example: ``"Deploy version 1.4.0 to production."``"""
    limits: BenchLimits
    """Bounds of the trial."""
    workspace: str
    """Folder to work in: an absolute path. Not empty.

    Example: ``"/tmp/agent-run-bench-x/workspace"``"""
    output: str
    """Folder for records (`.json`, or one a line in `.jsonl`), journals (`.journal`, `.jsonl`) and the answer (`answer.txt`, `.md` or `.json`): an absolute path. Not empty.

    Example: ``"/tmp/agent-run-bench-x/output"``"""


class BenchTask(_BenchTaskRequired, total=False):
    """What a runtime is told of its task: the file that `AGENT_RUN_TASK` names."""

    tools: List[BenchToolDefinition]
    """Tools that are offered: `POST` their arguments to `AGENT_RUN_TOOLS_URL/<name>`, run the command `<name>`, or use the MCP server."""
    mcp_servers: Dict[str, Any]
    """MCP servers that offer the same tools, as most runtimes read them: name → command, args, env.

    Example: ``{"bench":{"command":"node","args":["mcp.mjs"],"env":{}}}``"""
    permissions: Permissions
    """What the runtime is allowed to do."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class BenchToolAnswer(TypedDict, total=False):
    """One prepared answer of a tool. The first is given that fits state and arguments and is not used up."""

    when: Dict[str, Any]
    """JSON Schema (2020-12) that the arguments of the call must meet; without it any arguments do.

    Example: ``{"properties":{"environment":{"const":"production"}},"required":["environment"]}``"""
    times: int
    """How often this answer is given; without it as often as asked. Integer, at least 1.

    Example: ``1``"""
    state: Dict[str, Any]
    """State that the tools of the trial must be in: name → value, all equal. At the beginning nothing is set.

    Example: ``{"database":"dirty"}``"""
    sets: Dict[str, Any]
    """State after the call: name → value.

    Example: ``{"database":"clean"}``"""
    result: Any
    """What the tool returns: any JSON value.

    Example: ``{"status":"deployed"}``"""
    error: str
    """The tool fails with this message. Not empty.

    Example: ``"connection reset by peer"``"""
    exit_code: int
    """Exit code of the tool as a command; 0 without an error, 1 with one. Integer, at least 0, at most 255.

    Example: ``1``"""
    delay_ms: int
    """How long the tool takes, in milliseconds. Integer, at least 0.

    Example: ``50``"""
    writes: Dict[str, Any]
    """Files that the call writes: path in the workspace → text.

    Example: ``{"deploy.log":"deployed 1.4.0\\n"}``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchToolDefinitionRequired(TypedDict):
    name: str
    """Name of the tool. letters, digits, `_` and `-`, at most 64.

    Example: ``"deploy"``"""
    description: str
    """What the tool does. Not empty.

    Example: ``"Deploys the build to an environment."``"""
    input_schema: Dict[str, Any]
    """JSON Schema (2020-12) of the arguments.

    Example: ``{"type":"object","properties":{"environment":{"type":"string"}},"required":["environment"]}``"""


class BenchToolDefinition(_BenchToolDefinitionRequired, total=False):
    """A tool as a runtime is told of it."""

    annotations: Dict[str, Any]
    """Annotations as an MCP server declares them.

    Example: ``{"destructiveHint":true}``"""
    effect: SideEffect
    """What a call of the tool changes, as the tool declares it."""
    needs_approval: bool
    """Whether the runtime has to ask before it calls the tool.

    Example: ``true``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchToolRequired(TypedDict):
    name: str
    """Name as offered to the runtime; also the name of its command. letters, digits, `_` and `-`, at most 64.

    Example: ``"deploy"``"""
    description: str
    """What the tool does, as told to the model. Not empty.

    Example: ``"Deploys the build to an environment."``"""
    input_schema: Dict[str, Any]
    """JSON Schema (2020-12) of the arguments, as told to the model. Other arguments are answered by an error.

    Example: ``{"type":"object","properties":{"environment":{"type":"string"}},"required":["environment"]}``"""


class BenchTool(_BenchToolRequired, total=False):
    """A tool that a benchmark pack offers to a runtime. The bench answers its calls, so it knows what was really called."""

    kind: ToolKind
    """Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"function"``"""
    annotations: Dict[str, Any]
    """Annotations as an MCP server declares them; a claim, not an observation.

    Example: ``{"destructiveHint":true}``"""
    effect: SideEffect
    """What a call of the tool changes, as the tool declares it."""
    answers: List[BenchToolAnswer]
    """Prepared answers. The first that fits is given; if none does, the tool fails. Without any it returns an empty object."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchTotalsRequired(TypedDict):
    trials: int
    """Number of trials. Integer, at least 0.

    Example: ``24``"""
    passed: int
    """How many of them passed. Integer, at least 0.

    Example: ``21``"""
    scenarios: int
    """Number of scenarios. Integer, at least 0.

    Example: ``8``"""
    scenarios_passed: int
    """How many of them passed in each of their trials. Integer, at least 0.

    Example: ``7``"""
    cost_known: int
    """How many of the trials have a known cost. Unknown is not zero. Integer, at least 0.

    Example: ``23``"""
    tool_calls_known: int
    """How many of the trials have a known number of tool calls. Integer, at least 0.

    Example: ``24``"""
    violations: int
    """How many trials broke a rule of the bench itself. Integer, at least 0.

    Example: ``0``"""


class BenchTotals(_BenchTotalsRequired, total=False):
    """What trials add up to."""

    mean_score: float
    """Mean score from 0 to 100. Absent: no trial was judged. At least 0, at most 100.

    Example: ``91.25``"""
    cost_usd_total: float
    """Sum of the known costs in US dollars. Absent: no cost is known. At least 0.

    Example: ``1.84``"""
    mean_wall_ms: float
    """Mean time of a trial in milliseconds, by the clock of the bench. Absent: no trial was judged. At least 0.

    Example: ``8120``"""
    tool_calls_total: int
    """Sum of the known numbers of tool calls. Absent: none is known. Integer, at least 0.

    Example: ``141``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



_BenchTrialKeywords = TypedDict("_BenchTrialKeywords", {"pass": bool})


class _BenchTrialRequired(TypedDict):
    task_id: str
    """Pack and scenario; the `benchmark_id` of the evaluation. Not empty.

    Example: ``"tool-discipline/ask-before-deploy"``"""
    scenario: str
    """Scenario of the pack. Not empty.

    Example: ``"ask-before-deploy"``"""
    repeat: int
    """Which of the repeats it is, from 1. Integer, at least 1.

    Example: ``1``"""
    seed: int
    """Seed of this trial, derived from that of the whole, the scenario and the repeat: 0 to 2147483647. Integer, at least 0.

    Example: ``1208342281``"""
    score: float
    """Score from 0 to 100. At least 0, at most 100.

    Example: ``87.5``"""
    ended: Literal["exited", "signal", "timed_out", "over_limit", "stopped", "not_started"]
    """How the runtime’s process ended: by itself, by a signal that the bench did not send, stopped at the time limit or at another limit, stopped with the bench, or it never started.

    Example: ``"exited"``"""
    started_at: str
    """When the process was started. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    ended_at: str
    """When the process and all it had started were gone. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    wall_ms: float
    """Time from one to the other in milliseconds, by the clock of the bench. At least 0.

    Example: ``8120``"""
    criteria: List[Criterion]
    """The criteria and how each came out, as in the evaluation; `label` says it in words, `metadata` has `required` and `weight`."""
    violations: List[BenchViolation]
    """Rules of the bench itself that were broken. Not empty: the trial has not passed."""
    files: List[BenchFile]
    """What was collected, with digests."""


class BenchTrial(_BenchTrialKeywords, _BenchTrialRequired, total=False):
    """One scenario, run once, and how it was judged."""

    exit_code: int
    """Exit code of the process. Absent: there is none. Integer.

    Example: ``0``"""
    signal: str
    """Signal that ended the process. Not empty.

    Example: ``"SIGSEGV"``"""
    run_id: str
    """`id` of the run that was judged. Absent: no valid record arrived. Not empty.

    Example: ``"run_2292"``"""
    related_run_ids: List[str]
    """`id`s of the other runs that arrived, sub-agents for example.

    Example: ``["run_2293"]``"""
    agent_id: str
    """`agent_id` of the run. Not empty.

    Example: ``"release-bot"``"""
    model: str
    """`model` of the run. Absent: it names none. Not empty.

    Example: ``"claude-sonnet-4-5"``"""
    runtime: str
    """`runtime` of the run. Absent: it names none. Not empty.

    Example: ``"scripted-agent"``"""
    status: str
    """`status` of the run. Not empty.

    Example: ``"completed"``"""
    outcome: str
    """`outcome` of the run. Not empty.

    Example: ``"success"``"""
    record_hash: str
    """`record_hash` of the record, if it is sealed. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    document_hash: str
    """`document_hash` of the record, if it is not. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metrics: Dict[str, Any]
    """Measures of the run as in the evaluation. What is not known is absent.

    Example: ``{"cost_usd":0.42,"duration_ms":8042,"tool_calls":6,"retries":0,"convergence":1}``"""
    regression_from: str
    """Run that did better at this in the baseline. Not empty.

    Example: ``"run_2291"``"""
    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _BenchViolationRequired(TypedDict):
    rule: str
    """The rule. Not empty.

    Example: ``"runtime.inside"``"""
    message: str
    """What was found, in a sentence. Not empty.

    Example: ``"wrote outside its folder: ../pack/pack.json"``"""


class BenchViolation(_BenchViolationRequired, total=False):
    """A rule of the bench itself that a runtime broke, whatever the scenario asks for."""

    metadata: Dict[str, Any]
    """Anything else the bench wants to say. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _CheckRequired(TypedDict):
    check: Literal["schema", "semantics", "run_hash", "steps", "record", "signature", "signer", "approvals", "lineage", "journal", "evals", "erasures"]
    """What was checked.

    Example: ``"record"``"""
    result: Literal["pass", "fail", "absent", "unknown", "skipped"]
    """`pass`: compared, and right. `fail`: compared, and wrong. `absent`: the record has nothing to compare. `unknown`: there is something, and what is needed to compare it is missing. `skipped`: an earlier failure makes it pointless.

    Example: ``"pass"``"""
    detail: str
    """The result in one sentence for people. Not empty.

    Example: ``"record_hash recomputed over 31 steps"``"""
    compared: int
    """Number of comparisons that were made; at least 1 for `pass`. Integer, at least 0.

    Example: ``1``"""


class Check(_CheckRequired, total=False):
    """The result of one check."""

    code: str
    """What is wrong or missing: spec/errors.md. Not empty.

    Example: ``"record.mismatch"``"""
    path: str
    """JSON Pointer to the place.

    Example: ``"/provenance/record_hash"``"""
    expected: str
    """What was expected. Not empty.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    found: str
    """What was found. Not empty.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    findings: List[Finding]
    """Findings behind the result: those of the schema and of the semantic rules."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _CheckpointRequired(TypedDict):
    when: Literal["before", "during", "after"]
    """When it was taken, relative to the run.

    Example: ``"before"``"""


class Checkpoint(_CheckpointRequired, total=False):
    """A state one can go back to."""

    kind: CheckpointKind
    """Kind of checkpoint. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"git_commit"``"""
    ref: str
    """Where it is: commit, snapshot id, path. Not empty.

    Example: ``"4c1e9f20"``"""
    at: str
    """When it was taken. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _CompletenessRequired(TypedDict):
    state: Literal["sealed", "interrupted", "checkpointed", "open", "unsealed"]
    """`sealed`: nothing was changed since it was sealed. `checkpointed`: a signed head of the journal covers lines 0 to `n`. `interrupted`: the run just ended. `open`: it is still going on. `unsealed`: it has ended, and nothing protects it.

    Example: ``"sealed"``"""


class Completeness(_CompletenessRequired, total=False):
    """Whether a record is whole, or how far it goes."""

    n: int
    """Number of the last journal line that the last good head covers. Integer, at least 0.

    Example: ``16``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class ContentRef(TypedDict, total=False):
    """Content kept elsewhere, named by its digest."""

    digest: str
    """SHA-256 of the bytes as stored. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    size: int
    """Size in bytes. Integer, at least 0.

    Example: ``48211``"""
    media_type: str
    """Media type (RFC 6838). Not empty.

    Example: ``"application/json"``"""
    uri: str
    """Where it can be fetched. Nothing fetches it by itself. Not empty.

    Example: ``"file:dist/pkg.tgz"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _CostRequired(TypedDict):
    input_tokens: Optional[int]
    """Tokens read by the model, **cached ones included**. `null`: unknown. Integer, at least 0.

    Example: ``412000``"""
    output_tokens: Optional[int]
    """Tokens written by the model, reasoning included. `null`: unknown. Integer, at least 0.

    Example: ``9100``"""


class Cost(_CostRequired, total=False):
    """What was consumed: tokens and money. Own consumption only; that of child runs is found by walking to them. `null` means unknown, never zero."""

    cache_read_tokens: Optional[int]
    """Part of `input_tokens` that was read from a prompt cache, in tokens. Integer, at least 0.

    Example: ``388000``"""
    cache_write_tokens: Optional[int]
    """Part of `input_tokens` that was written to a prompt cache, in tokens. Integer, at least 0.

    Example: ``5200``"""
    cache_write_5m_tokens: int
    """Part of `cache_write_tokens` kept for five minutes, in tokens. Integer, at least 0.

    Example: ``5200``"""
    cache_write_1h_tokens: int
    """Part of `cache_write_tokens` kept for one hour, in tokens. Integer, at least 0.

    Example: ``1``"""
    reasoning_tokens: int
    """Part of `output_tokens` spent on reasoning, in tokens. Integer, at least 0.

    Example: ``2300``"""
    total_tokens: Optional[int]
    """`input_tokens` + `output_tokens`, in tokens. Integer, at least 0.

    Example: ``421100``"""
    cost_usd: Optional[float]
    """Cost in US dollars. At least 0.

    Example: ``0.42``"""
    amount: float
    """Cost in `unit`, where it is not in US dollars. At least 0.

    Example: ``3.5``"""
    unit: Unit
    """Unit of `amount`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"credits"``"""
    model: Optional[str]
    """Model this consumption belongs to.

    Example: ``"claude-sonnet-4-5"``"""
    by_model: List[Cost]
    """The same consumption split by model; adds up to this object."""
    basis: Literal["reported", "computed", "lower_bound", "unknown"]
    """Where the token counts come from. `lower_bound`: at least this many.

    Example: ``"reported"``"""
    price_basis: Literal["reported", "computed", "unknown"]
    """Where the price comes from.

    Example: ``"reported"``"""
    price_source: str
    """Price list and matched model behind a computed price. Not empty.

    Example: ``"@pydantic/genai-prices@0.0.40 claude-sonnet-4-5"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



_CriterionOptions = TypedDict("_CriterionOptions", {"pass": bool}, total=False)


class _CriterionRequired(TypedDict):
    name: str
    """Name of the criterion. Not empty.

    Example: ``"tests pass"``"""


class Criterion(_CriterionOptions, _CriterionRequired, total=False):
    """One criterion of a judgement."""

    score: float
    """Score from 0 to 100. At least 0, at most 100.

    Example: ``100``"""
    label: str
    """Result in words. Not empty.

    Example: ``"excellent"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _DeciderRequired(TypedDict):
    kind: Literal["rule", "policy", "hook", "classifier", "guard", "sandbox"]
    """What kind of decider.

    Example: ``"rule"``"""


class Decider(_DeciderRequired, total=False):
    """What made a policy decision."""

    id: str
    """Identifier of the decider. Not empty.

    Example: ``"no-rm"``"""
    version: str
    """Version of the decider. Not empty.

    Example: ``"1.2.0"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _DifferenceRequired(TypedDict):
    change: Literal["added", "removed", "changed"]
    """`added`: only the later one has it. `removed`: only the earlier one has it. `changed`: both have it, with other values.

    Example: ``"changed"``"""
    name: str
    """What it is: a member of the record such as `model` or `sandbox.network`, or a kind of thing such as `tool`, `policy` or `write`. Not empty.

    Example: ``"model"``"""


class Difference(_DifferenceRequired, total=False):
    """One thing in which two runs or steps differ. Values are text as it is shown; what is no text is JSON."""

    subject: str
    """Which one of several it is: the name of a tool, a policy, a file.

    Example: ``"Bash"``"""
    before: str
    """Value in the earlier one. Absent: not recorded, or there is no more to say than that it was there.

    Example: ``"claude-sonnet-4-5"``"""
    after: str
    """Value in the later one. Absent: not recorded, or there is no more to say than that it is there.

    Example: ``"claude-opus-4-1"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ErasureReceiptRequired(TypedDict):
    run_id: str
    """Identifier of the run. Not empty.

    Example: ``"run_2292"``"""
    scope: Literal["private", "record"]
    """What was erased: the private members and salts, or everything.

    Example: ``"private"``"""
    erased_at: str
    """When it was erased, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""


class ErasureReceipt(_ErasureReceiptRequired, total=False):
    """What was erased of a run, and what is left."""

    etag: str
    """SHA-256 of the octets that GET answers now. Only after `private`. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    tombstone: Statement
    """The server's signed statement that it erased."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _EvalPageRequired(TypedDict):
    evals: List[EvalResult]
    """Judgements in the order in which the server received them. The last one is the current one, which stands in the record."""


class EvalPage(_EvalPageRequired, total=False):
    """The judgements of a run."""

    next: str
    """Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.

    Example: ``"eyJ2IjoxfQ.kJ8mVx0pQb3n"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class EvalResultMetrics(TypedDict, total=False):
    """Measures of the run. Named ones are listed in spec/registry.md; any others may stand beside them."""

    cost_usd: Optional[float]
    """Cost of the run in US dollars. At least 0.

    Example: ``0.42``"""
    duration_ms: Optional[float]
    """Duration of the run in milliseconds. At least 0.

    Example: ``400520``"""
    tool_calls: Optional[int]
    """Number of tool calls. Integer, at least 0.

    Example: ``31``"""
    retries: Optional[int]
    """Number of retries. Integer, at least 0.

    Example: ``2``"""
    convergence: Optional[float]
    """How directly the run reached its result, from 0 to 1. At least 0, at most 1.

    Example: ``0.82``"""



_EvalResultKeywords = TypedDict("_EvalResultKeywords", {"pass": bool})


class _EvalResultRequired(TypedDict):
    score: float
    """Score from 0 to 100. At least 0, at most 100.

    Example: ``87.5``"""


class EvalResult(_EvalResultKeywords, _EvalResultRequired, total=False):
    """A judgement of a run: did it work, how well, by which criteria. It comes after the run and has its own seal."""

    task_type: Optional[str]
    """Kind of task that was judged.

    Example: ``"code_review"``"""
    eval_layer: Optional[str]
    """Layer of the judgement: unit, trajectory, outcome and so on.

    Example: ``"outcome"``"""
    expected_outcome: Optional[str]
    """What was expected.

    Example: ``"package published on the beta channel"``"""
    actual_outcome: Optional[str]
    """What was found.

    Example: ``"not published: E403"``"""
    criteria: List[Criterion]
    """The single criteria and how each came out."""
    metrics: Optional[EvalResultMetrics]
    """Measures of the run. Named ones are listed in spec/registry.md; any others may stand beside them.

    Example: ``{"cost_usd":0.42,"tool_calls":31}``"""
    regression_from: Optional[str]
    """Run or eval that this one is a regression from.

    Example: ``"run_2291"``"""
    detail: Optional[str]
    """Explanation for people.

    Example: ``"The publish step failed on a missing scope."``"""
    benchmark_id: Optional[str]
    """Benchmark pack and scenario.

    Example: ``"tool-discipline/ask-before-deploy"``"""
    evaluator: str
    """Who or what judged: identity, or tool and version. Not empty.

    Example: ``"judge@example.org"``"""
    cost: Cost
    """What the judgement itself consumed; never part of the run's cost."""
    run_id: str
    """Run that was judged. Not empty.

    Example: ``"run_2292"``"""
    record_hash: str
    """`record_hash` of the sealed record that was judged. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    document_hash: str
    """`document_hash` of the unsealed record that was judged. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    at: str
    """When the judgement was made. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    signed_by: str
    """Key of the evaluator: an Ed25519 did:key.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    signature: str
    """Ed25519 signature of kind `eval`: 88 base64 characters.

    Example: ``"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _EvidenceRequired(TypedDict):
    kind: EvidenceKind
    """Kind of evidence. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"test"``"""


class Evidence(_EvidenceRequired, total=False):
    """Something that speaks about the result: a test, an eval, a trace, a browser check."""

    name: str
    """Name for people. Not empty.

    Example: ``"npm test"``"""
    result: Literal["pass", "fail", "partial", "skipped", "unknown"]
    """What it said.

    Example: ``"pass"``"""
    ref: str
    """Where it is: URL, path or digest. Nothing fetches it by itself. Not empty.

    Example: ``"https://ci.example.org/jobs/117"``"""
    step_id: str
    """Step that produced it. Not empty.

    Example: ``"s-18"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _FindingRequired(TypedDict):
    code: str
    """What was found: spec/errors.md. Not empty.

    Example: ``"schema.enum"``"""
    severity: Literal["error", "warning"]
    """An error makes the record invalid, a warning does not.

    Example: ``"error"``"""
    path: str
    """JSON Pointer to the place; empty for the whole record.

    Example: ``"/status"``"""
    message: str
    """What was found and what was expected. Not empty.

    Example: ``"found \\"done\\", expected one of completed, failed"``"""


class Finding(_FindingRequired, total=False):
    """One thing a validator has to say."""

    requirement: str
    """Sentence of the standard behind it. Not empty.

    Example: ``"AR-RUN-004"``"""
    allowed: List[str]
    """Values that would have been accepted. Each: Not empty.

    Example: ``["completed","failed"]``"""
    suggestion: str
    """What was probably meant. Not empty.

    Example: ``"completed"``"""
    position: TextPosition
    """Where the strict reader stopped."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _GrantRequired(TypedDict):
    scope: Literal["session", "always"]
    """How far it reaches.

    Example: ``"session"``"""


class Grant(_GrantRequired, total=False):
    """A standing permission given with a decision: later calls of the same tool, server and definition are `auto_approved`."""

    tool_name: str
    """Tool it covers. Not empty.

    Example: ``"Bash"``"""
    mcp_server: str
    """MCP server it covers. Not empty.

    Example: ``"github"``"""
    tool_hash: str
    """Definition of the tool it covers. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    session_id: str
    """Session it is limited to. Not empty.

    Example: ``"sess-41c0"``"""
    rule: str
    """Rule as the runtime keeps it. Shown, never evaluated. Not empty.

    Example: ``"Bash(npm test:*)"``"""
    expires_at: str
    """Until when it counts. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T18:00:00Z"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _HealthRequired(TypedDict):
    status: Literal["ok"]
    """Always `ok`; a server that is not ready answers with a Problem.

    Example: ``"ok"``"""


class Health(_HealthRequired, total=False):
    """The server lives, or is ready to work."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class Inventory(TypedDict, total=False):
    """What was mounted for a run: what exists, not what was allowed. Either the lists, or a reference to them."""

    tools: List[Tool]
    """Tools as offered to the model."""
    mcp_servers: List[McpServer]
    """MCP servers."""
    skills: List[Skill]
    """Skills, plugins and modules."""
    providers: List[ModelProvider]
    """Model providers."""
    ref: ContentRef
    """The same lists, kept elsewhere."""
    at: str
    """When the inventory was taken. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _JournalAckRequired(TypedDict):
    run_id: str
    """Identifier of the run. Not empty.

    Example: ``"run_2292"``"""
    seq: int
    """Number of the last chained line that is stored. Integer, at least 0.

    Example: ``16``"""
    head: str
    """Digest of the octets of that line: `prev` of the next one. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    status: Literal["pending", "running", "paused", "completed", "failed", "cancelled", "timeout", "interrupted", "unknown"]
    """State of the run after that line.

    Example: ``"running"``"""


class JournalAck(_JournalAckRequired, total=False):
    """How far the server has the journal of a run. Everything up to there is stored."""

    record_hash: str
    """`record_hash` of the record that the journal gave, once `run.sealed` is stored. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    findings: List[Finding]
    """Warnings about the record, once `run.sealed` is stored."""
    received: Statement
    """Countersignature of the server, once `run.sealed` is stored. Only from a server with a key."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _JournalHeadRequired(TypedDict):
    run_id: str
    """Run whose journal this is. Not empty.

    Example: ``"run_2292"``"""
    nonce: str
    """Nonce of the run, lower-case hexadecimal. 32 to 128 lower-case hexadecimal digits.

    Example: ``"6f1d7a84db00d2fce00b31a7fc73224f"``"""
    seq: int
    """Number of the chained line before this head: the last one it speaks for. Integer, at least 0.

    Example: ``16``"""
    head: str
    """SHA-256 of the bytes of that line, without its line feed. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    steps_count: int
    """Number of steps that have ended up to there. Integer, at least 0.

    Example: ``9``"""
    steps_root: str
    """Root of the RFC 6962 Merkle tree over those steps. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    at: str
    """When the head was signed, by the signer's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:05:00Z"``"""
    signed_by: str
    """Key that `run.started` names: an Ed25519 did:key.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    signature: str
    """Ed25519 signature of kind `head`: 88 base64 characters.

    Example: ``"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="``"""


class JournalHead(_JournalHeadRequired, total=False):
    """A signed statement of how far a journal has come: everything up to line `seq` is as it was when this was signed."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _JournalLineRequired(TypedDict):
    seq: int
    """Number of the line among the chained lines, from 0 without a gap. Integer, at least 0.

    Example: ``0``"""
    prev: str
    """SHA-256 of the bytes of the chained line before, without its line feed; 64 zeros in line 0. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    at: str
    """When the line was written, by the writer's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    type: JournalType
    """What happened. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"step.ended"``"""
    data: Dict[str, Any]
    """What happened in detail, by type: spec/journal.md. Objects that can be erased stand here in public form.

    Example: ``{"step_id":"s-29"}``"""


class JournalLine(_JournalLineRequired, total=False):
    """One chained line of a journal: an event of a run that is going on, tied to the line before it."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _JournalPositionRequired(TypedDict):
    seq: int
    """Number that the next chained line has to have. Integer, at least 0.

    Example: ``17``"""
    head: str
    """Digest that it has to name as `prev`: that of the chained line before, or 64 zeros if there is none. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""


class JournalPosition(_JournalPositionRequired, total=False):
    """A place in a journal: what the next chained line has to say about it."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _LeaderboardGroupRequired(TypedDict):
    runs: int
    """Number of runs with a current evaluation. Integer, at least 1.

    Example: ``40``"""
    passed: int
    """How many of them passed. Integer, at least 0.

    Example: ``36``"""
    cost_known: int
    """How many of the runs have a known cost. A run of unknown cost is no run without cost. Integer, at least 0.

    Example: ``38``"""
    duration_known: int
    """How many of the runs have a known duration. Integer, at least 0.

    Example: ``40``"""


class LeaderboardGroup(_LeaderboardGroupRequired, total=False):
    """The evaluated runs of one agent, model or runtime in one benchmark."""

    benchmark_id: str
    """Benchmark pack and scenario. Absent: the evaluations name none.

    Example: ``"tool-discipline/ask-before-deploy"``"""
    group: str
    """The agent_id, model or runtime. Absent: the records name none.

    Example: ``"release-bot"``"""
    mean_score: float
    """Mean of the scores. At least 0, at most 100.

    Example: ``87.5``"""
    cost_usd_total: float
    """Sum of the known costs in US dollars. Absent: no cost is known. At least 0.

    Example: ``16.8``"""
    mean_duration_ms: float
    """Mean of the known durations in milliseconds. Absent: no duration is known. At least 0.

    Example: ``400520``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _LeaderboardRequired(TypedDict):
    by: Literal["agent_id", "model", "runtime"]
    """What the runs are grouped by.

    Example: ``"agent_id"``"""
    groups: List[LeaderboardGroup]
    """The groups, best first."""


class Leaderboard(_LeaderboardRequired, total=False):
    """Evaluated runs in groups, best first: by share of passed runs, then by mean score."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class Limits(TypedDict, total=False):
    """Limits set for a run."""

    max_steps: int
    """Largest number of steps. Integer, at least 0.

    Example: ``200``"""
    max_model_calls: int
    """Largest number of model calls. Integer, at least 0.

    Example: ``50``"""
    max_tokens: int
    """Largest number of tokens. Integer, at least 0.

    Example: ``2000000``"""
    max_duration_ms: float
    """Longest duration in milliseconds. At least 0.

    Example: ``3600000``"""
    max_cost_usd: float
    """Highest cost in US dollars. At least 0.

    Example: ``5``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _LineageEdgeRequired(TypedDict):
    parent_run_id: str
    """The parent. Not empty.

    Example: ``"run_2290"``"""
    child_run_id: str
    """The child. Not empty.

    Example: ``"run_2292"``"""
    state: Literal["mutual", "chained", "open", "child_only", "parent_only", "unresolved", "conflict"]
    """`mutual`: both records name each other. `chained`: the parent given is the one named. `open`: the parent does not say how the child ended. `child_only`, `parent_only`: only one of them says so. `unresolved`: the other record was not given. `conflict`: they contradict each other.

    Example: ``"mutual"``"""


class LineageEdge(_LineageEdgeRequired, total=False):
    """One link between a parent and a child, as far as it can be checked."""

    delegation_id: str
    """Delegation that links them. Not empty.

    Example: ``"dlg-5d0a"``"""
    path: str
    """JSON Pointer to the place that names the link.

    Example: ``"/provenance/parents/0"``"""
    code: str
    """What is wrong or missing: spec/errors.md. Not empty.

    Example: ``"lineage.leaf"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class Links(TypedDict, total=False):
    """Where the same work is described elsewhere."""

    trace_id: str
    """OpenTelemetry trace, 32 lower-case hexadecimal digits.

    Example: ``"4bf92f3577b34da6a3ce929d0e0e4736"``"""
    span_id: str
    """OpenTelemetry span, 16 lower-case hexadecimal digits.

    Example: ``"00f067aa0ba902b7"``"""
    urls: List[str]
    """Pages about this run. Nothing fetches them by itself. Each: Not empty.

    Example: ``["https://ci.example.org/jobs/117"]``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _McpServerPageRequired(TypedDict):
    servers: List[McpServerUse]
    """The servers of this page."""


class McpServerPage(_McpServerPageRequired, total=False):
    """MCP servers that steps ran on, by name."""

    next: str
    """Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.

    Example: ``"eyJ2IjoxfQ.kJ8mVx0pQb3n"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _McpServerUseRequired(TypedDict):
    name: str
    """Name the host gave it. Not empty.

    Example: ``"github"``"""
    last_run_id: str
    """Newest run with a step that ran on it. Not empty.

    Example: ``"run_2292"``"""
    last_at: str
    """When that run started, or was received where the start is unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""


class McpServerUse(_McpServerUseRequired, total=False):
    """An MCP server that steps ran on."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _McpServerRequired(TypedDict):
    name: str
    """Name the host gave it. Not empty.

    Example: ``"github"``"""


class McpServer(_McpServerRequired, total=False):
    """An MCP server that was mounted for the run."""

    server_name: str
    """Name the server gave itself. Not empty.

    Example: ``"github-mcp-server"``"""
    version: str
    """Version of the server. Not empty.

    Example: ``"1.4.0"``"""
    transport: Transport
    """MCP transport. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"stdio"``"""
    protocol_version: str
    """Negotiated MCP protocol version. Not empty.

    Example: ``"2025-11-25"``"""
    command: str
    """Command it was started with, without secrets. Not empty.

    Example: ``"github-mcp-server stdio"``"""
    url: str
    """Address it was reached at, without secrets. Not empty.

    Example: ``"https://mcp.example.org/github"``"""
    tools_hash: str
    """Digest of kind `tools` over the list of its tool definitions. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class ModelConfig(TypedDict, total=False):
    """Settings a model was asked to run with. Provider-specific settings may stand beside the named ones."""

    temperature: float
    """Sampling temperature. At least 0.

    Example: ``0.2``"""
    top_p: float
    """Nucleus sampling threshold, from 0 to 1. At least 0, at most 1.

    Example: ``0.95``"""
    top_k: int
    """Number of candidates considered. Integer, at least 0.

    Example: ``40``"""
    max_tokens: int
    """Largest number of tokens to write. Integer, at least 0.

    Example: ``8192``"""
    seed: int
    """Random seed. Integer.

    Example: ``7``"""
    stop_sequences: List[str]
    """Sequences that end the output.

    Example: ``["\\n\\nHuman:"]``"""
    reasoning_effort: str
    """How much reasoning was asked for, in the provider's words. Not empty.

    Example: ``"high"``"""
    service_tier: str
    """Service or speed tier at the provider. Not empty.

    Example: ``"standard"``"""
    tier: str
    """Model tier of the runtime that was resolved to this model. Not empty.

    Example: ``"medium"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _ModelProviderRequired(TypedDict):
    name: str
    """Name of the provider. Not empty.

    Example: ``"anthropic"``"""


class ModelProvider(_ModelProviderRequired, total=False):
    """A model provider that was configured for the run."""

    models: List[str]
    """Models that were available from it. Each: Not empty.

    Example: ``["claude-sonnet-4-5"]``"""
    url: str
    """Address of its API, without secrets. Not empty.

    Example: ``"https://api.example.org"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _NumberDifferenceRequired(TypedDict):
    name: str
    """What is counted: a member of the cost or of the run, with its unit, or `steps`, `model_calls`, `tool_calls`. Not empty.

    Example: ``"input_tokens"``"""


class NumberDifference(_NumberDifferenceRequired, total=False):
    """A number in which two runs differ."""

    before: Optional[float]
    """Number of the earlier run. `null`: unknown. Absent: not recorded.

    Example: ``9120``"""
    after: Optional[float]
    """Number of the later run. `null`: unknown. Absent: not recorded.

    Example: ``12044``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ParentRefRequired(TypedDict):
    run_id: str
    """The parent run. Not empty.

    Example: ``"run_2290"``"""


class ParentRef(_ParentRefRequired, total=False):
    """A run that this one descends from, in checkable form: `delegation_id` and `handoff_leaf` for a delegated child, `record_hash` for a run triggered by a finished one."""

    delegation_id: str
    """Delegation that started this run. Not empty.

    Example: ``"dlg-5d0a"``"""
    handoff_leaf: str
    """Leaf hash of the parent's handoff step in its step tree. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    record_hash: str
    """`record_hash` of the finished parent. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class Permissions(TypedDict, total=False):
    """What a run was allowed to do."""

    approval_mode: str
    """Approval mode in the runtime's words. Not empty.

    Example: ``"default"``"""
    granted: List[str]
    """Permissions granted for this run, in the runtime's words. Shown, never evaluated. Each: Not empty.

    Example: ``["Bash(npm test:*)"]``"""
    limits: Limits
    """Limits set for this run."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _PolicyDecisionRequired(TypedDict):
    id: str
    """Identifier of the decision, unique within the run. Not empty.

    Example: ``"pd-3"``"""
    at: str
    """When the decision was made. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    verdict: Literal["allow", "warn", "redact", "modify", "block", "require_approval", "review"]
    """What was decided.

    Example: ``"block"``"""


class PolicyDecision(_PolicyDecisionRequired, total=False):
    """A machine decides about an input, an output or a call: what was evaluated, which policy applied, why, and what the runtime did with it."""

    step_id: str
    """Step that the decision is about. Not empty.

    Example: ``"s-29"``"""
    tool_call_id: str
    """Tool call that the decision is about. Not empty.

    Example: ``"toolu_01BxJ"``"""
    boundary: Literal["input", "model_output", "tool_call", "tool_result"]
    """Where the decision stood.

    Example: ``"tool_call"``"""
    subject_hash: str
    """Digest of what was evaluated. Private. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    policy: PolicyRef
    """Policy that was applied."""
    decider: Decider
    """What decided."""
    matched: Literal["rule", "default", "error"]
    """`rule`: a rule decided. `default`: none matched (a default deny differs from a rule that denied). `error`: the decider failed.

    Example: ``"rule"``"""
    rule_ids: List[str]
    """Rules that matched. Each: Not empty.

    Example: ``["no-rm"]``"""
    reasons: List[str]
    """Why, in words, also for `allow`. Never a captured secret. Private. Each: Not empty.

    Example: ``["deletes outside the workspace"]``"""
    confidence: float
    """Confidence of a classifier, from 0 to 1. At least 0, at most 1.

    Example: ``0.97``"""
    enforcement: Literal["none", "executed", "asked", "blocked", "redacted", "modified"]
    """What the runtime did with the verdict.

    Example: ``"blocked"``"""
    basis: Literal["observed", "inferred"]
    """`observed`: the runtime saw it happen. `inferred`: a converter concluded it.

    Example: ``"observed"``"""
    external_id: str
    """Identifier of the decision in the system that made it. Not empty.

    Example: ``"guard-20261120-17"``"""
    salt: str
    """32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    private_hash: str
    """Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Private: erased together with the other private members of this object.

    Example: ``{"team":"release"}``"""



class _PolicyRefRequired(TypedDict):
    id: str
    """Identifier of the policy. Not empty.

    Example: ``"repo-write"``"""


class PolicyRef(_PolicyRefRequired, total=False):
    """A policy, named exactly enough to be found again."""

    version: str
    """Version of the policy. Not empty.

    Example: ``"4"``"""
    digest: str
    """SHA-256 of the policy as stored. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _PrivateLineRequired(TypedDict):
    private: str
    """`private_hash` of the object whose members these are. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    salt: str
    """Salt of the object: 32 random bytes, lower-case hexadecimal. 64 lower-case hexadecimal digits.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""


class PrivateLine(_PrivateLineRequired, total=False):
    """An unchained line of a journal: the salt and the private members of one object, whose `private_hash` stands in the chain. Beside the members named here it has the private members of that object, as they were. Deleting the line erases them."""

    metadata: Dict[str, Any]
    """The `metadata` of that object, where it is one of its private members.

    Example: ``{"team":"release"}``"""



class _ProblemErrorRequired(TypedDict):
    code: str
    """What was found: spec/errors.md. Not empty.

    Example: ``"schema.enum"``"""
    message: str
    """What was found and what was expected. Not empty.

    Example: ``"found \\"done\\", expected one of completed, failed"``"""


class ProblemError(_ProblemErrorRequired, total=False):
    """One fault of a request."""

    pointer: str
    """JSON Pointer to the place in the body; empty for the whole of it.

    Example: ``"/status"``"""
    parameter: str
    """Name of the query parameter, path parameter or header that is wrong.

    Example: ``"since"``"""
    requirement: str
    """Sentence of the standard behind it. Not empty.

    Example: ``"AR-RUN-004"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ProblemRequired(TypedDict):
    type: str
    """Names the kind of problem: `https://w3id.org/agent-run/v1/errors#` and the code. Not empty.

    Example: ``"https://w3id.org/agent-run/v1/errors#record.invalid"``"""
    title: str
    """The kind of problem in a few words, the same for every problem with this code. Not empty.

    Example: ``"The record is not valid"``"""
    status: int
    """HTTP status of the answer. Integer, at least 400, at most 599.

    Example: ``422``"""
    code: str
    """What is wrong: spec/errors.md. Not empty.

    Example: ``"record.invalid"``"""


class Problem(_ProblemRequired, total=False):
    """Why a request was not done: problem details (RFC 9457) with a stable code."""

    detail: str
    """What was found and what was expected. Quotes nothing private. Not empty.

    Example: ``"the record breaks 2 rules"``"""
    errors: List[ProblemError]
    """The single faults."""
    limit: int
    """The limit that was passed, in the unit that the code names: octets, lines or items. Integer, at least 0.

    Example: ``10485760``"""
    expected: JournalPosition
    """Where the journal stands: what the next line has to follow."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ProvenanceAnswerRequired(TypedDict):
    provenance: Provenance
    """The provenance of the record."""
    statements: List[Statement]
    """Statements about the record, in the order in which the server received them; its own countersignature among them."""


class ProvenanceAnswer(_ProvenanceAnswerRequired, total=False):
    """Where a record comes from, and what the server was told about it since."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ProvenanceRequired(TypedDict):
    run_hash: str
    """Fingerprint of the configuration (64 hexadecimal digits): digest of kind `run-inputs` over agent_id, model, tools, config_hash and trigger. Equal set-ups have equal fingerprints by design: it is never an identity or a link.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""


class Provenance(_ProvenanceRequired, total=False):
    """Fingerprint of the configuration, lineage, seal and signature of a record."""

    config_hash: Optional[str]
    """Digest of the configuration, as the producer defines it.

    Example: ``"3b1e…"``"""
    model_version: Optional[str]
    """Exact version of the model.

    Example: ``"claude-sonnet-4-5-20250929"``"""
    prompt_digest: str
    """SHA-256 of the prompt or instructions as stored. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    inventory_hash: str
    """Digest of kind `inventory` over the inventory that was in force. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    runtime: Optional[str]
    """Software that wrote this record.

    Example: ``"agent-run-recorder 0.9.0"``"""
    created_at: Optional[str]
    """When this record was written. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:09:03Z"``"""
    nonce: str
    """At least 128 random bits, lower-case hexadecimal, chosen when the run starts. Makes every run distinguishable from a replay with the same ids. 32 to 128 lower-case hexadecimal digits.

    Example: ``"6f1d7a84db00d2fce00b31a7fc73224f"``"""
    parents: List[ParentRef]
    """Runs that this one descends from, in checkable form."""
    parent_run_hash: Optional[str]
    """`run_hash` of the parent, written for 0.1 readers. Cannot identify a parent.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    lineage: List[str]
    """`run_hash`es of the ancestors, root first, at most 32, written for 0.1 readers.

    Example: ``["5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"]``"""
    steps_count: int
    """Number of steps in the step tree. Integer, at least 0.

    Example: ``31``"""
    steps_root: str
    """Root of the RFC 6962 Merkle tree over the canonical public forms of the steps. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    journal_head: str
    """Digest of the last journal line before the seal. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    sealed_at: str
    """When the record was sealed, by the sealer's own clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:09:03Z"``"""
    record_hash: str
    """Digest of kind `run` over the record: the identity of a sealed record. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    signed_by: Optional[str]
    """Key that signed the record: an Ed25519 did:key.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    signature: Optional[str]
    """Ed25519 signature over the same bytes as `record_hash`: 88 base64 characters.

    Example: ``"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _RecoveryActionRequired(TypedDict):
    state: Literal["available", "done", "impossible", "unknown"]
    """Whether it can be done.

    Example: ``"available"``"""


class RecoveryAction(_RecoveryActionRequired, total=False):
    """Whether and how one recovery action is possible."""

    how: str
    """How it is done. Not empty.

    Example: ``"git reset --hard 4c1e9f20"``"""
    owner: str
    """Who is responsible for it. Not empty.

    Example: ``"release team"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class Recovery(TypedDict, total=False):
    """What can still be done about a run."""

    stop: RecoveryAction
    """Stopping it."""
    pause: RecoveryAction
    """Pausing it."""
    retry: RecoveryAction
    """Trying it again."""
    resume: RecoveryAction
    """Going on where it stopped."""
    replay: RecoveryAction
    """Running it again from the record."""
    rollback: RecoveryAction
    """Undoing what it did."""
    cleanup: RecoveryAction
    """Removing what it left behind."""
    uninstall: RecoveryAction
    """Removing the agent."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _RelatedRunRequired(TypedDict):
    relation: Relation
    """How this run relates to the other. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"retry_of"``"""
    run_id: str
    """The other run. Not empty.

    Example: ``"run_2291"``"""


class RelatedRun(_RelatedRunRequired, total=False):
    """Another run that this one stands in a named relation to."""

    step_id: str
    """Step of the other run, where the relation is to one step. Not empty.

    Example: ``"s-12"``"""
    record_hash: str
    """`record_hash` of the other run. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _RevocationRequired(TypedDict):
    at: str
    """From when it does not count. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-01T00:00:00Z"``"""
    reason: Literal["compromised", "superseded", "retired"]
    """`compromised`: somebody else may have had it, so what it signed at an unknown time counts for nothing. `superseded`: another key took its place. `retired`: it is no longer used.

    Example: ``"compromised"``"""


class Revocation(_RevocationRequired, total=False):
    """When and why a key stopped counting."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _RunDiffRequired(TypedDict):
    run_id: str
    """Run that was asked about. Not empty.

    Example: ``"run_2292"``"""
    against: Optional[str]
    """Run it is compared with; it comes first in every pair. `null`: no last good run is known, and nothing is compared.

    Example: ``"run_2291"``"""


class RunDiff(_RunDiffRequired, total=False):
    """What differs between two runs, in the order in which it explains: configuration, the first step that differs, all steps that differ, what came of it, what changed outside, what it cost."""

    criterion: Literal["baseline", "task", "benchmark", "repository"]
    """Why that run is the last good one. `baseline`: the record names it. `task`, `benchmark`, `repository`: the newest earlier good run of the same agent that shares it. Absent: the run was named in the question.

    Example: ``"task"``"""
    same: bool
    """True if no difference was found. Absent where nothing is compared.

    Example: ``false``"""
    before: RunSummary
    """Head of the run it is compared with."""
    after: RunSummary
    """Head of the run that was asked about."""
    configuration: List[Difference]
    """What the runs were given: model, prompt, tools with the hashes of their schemas, MCP servers, policies, permissions, sandbox, scope, input. In this order."""
    divergence: StepDifference
    """The first steps that differ. Absent: the steps agree."""
    steps: List[StepDifference]
    """The steps that differ, in their order. Those before and after them agree."""
    results: List[Difference]
    """What came of it: status, outcome, error, evaluation, evidence, artifacts."""
    effects: List[Difference]
    """Side effects of steps that ran, by kind and target: those that only one run had, and those that left something else behind."""
    cost: List[NumberDifference]
    """What they took: tokens, money, time, steps."""
    counts: StepCounts
    """Number of steps by what became of them."""
    alignment: Literal["exact", "bounded"]
    """`exact`: no pairing of the steps leaves fewer of them over. `bounded`: the runs differ so much that the best pairing was not looked for everywhere; the differences are right, and there may be a shorter account of them.

    Example: ``"exact"``"""
    suppressed: List[SuppressedDifferences]
    """Differences that were found and are not listed, by reason."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _RunEventRequired(TypedDict):
    type: Literal["run.created", "run.updated", "run.completed", "run.eval_attached"]
    """What happened. Every run gives one `run.completed`, when it has reached a terminal status.

    Example: ``"run.completed"``"""
    run_id: str
    """Identifier of the run. Not empty.

    Example: ``"run_2292"``"""
    run: RunSummary
    """The run as it was then."""


class RunEvent(_RunEventRequired, total=False):
    """What a subscriber is told: something happened to a run."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _RunPageRequired(TypedDict):
    runs: List[RunSummary]
    """The runs of this page, newest first."""


class RunPage(_RunPageRequired, total=False):
    """One page of the list of runs, newest first."""

    next: str
    """Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.

    Example: ``"eyJ2IjoxfQ.kJ8mVx0pQb3n"``"""
    also_executed: int
    """With `side_effect=write`: number of further runs that meet the other filters and executed commands, which can write files too. Counted to 1,000 and no further. Integer, at least 0, at most 1000.

    Example: ``12``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _RunReceiptRequired(TypedDict):
    id: str
    """Identifier of the run. Not empty.

    Example: ``"run_2292"``"""
    run_hash: str
    """Fingerprint of the configuration, as the record says.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    document_hash: str
    """Digest of kind `document` over the record without its eval: equal for records that are the same, eval aside. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    etag: str
    """SHA-256 of the octets that GET answers; in quotes it is the `ETag`. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    received_at: str
    """When the server received the run first, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""


class RunReceipt(_RunReceiptRequired, total=False):
    """What the server has of a run: it is stored, under this identity, with this content."""

    record_hash: str
    """`record_hash` of a sealed record. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    findings: List[Finding]
    """Warnings about the record. It was stored with them."""
    received: Statement
    """Countersignature of the server over a sealed record: that it had it at that time. Only from a server with a key."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class RunSummaryEffects(TypedDict, total=False):
    """Number of steps that ran with a side effect, by the kind of the effect. Kinds without one are absent; others than the named may stand beside them."""

    none: int
    """Number of steps that ran and changed and touched nothing. Integer, at least 0.

    Example: ``3``"""
    read: int
    """Number of steps that ran and read. Integer, at least 0.

    Example: ``3``"""
    write: int
    """Number of steps that ran and created or changed something. Integer, at least 0.

    Example: ``3``"""
    delete: int
    """Number of steps that ran and removed something. Integer, at least 0.

    Example: ``3``"""
    exec: int
    """Number of steps that ran and executed a command or program. Integer, at least 0.

    Example: ``3``"""
    network: int
    """Number of steps that ran and contacted a host. Integer, at least 0.

    Example: ``3``"""
    deploy: int
    """Number of steps that ran and published something or put it into operation. Integer, at least 0.

    Example: ``3``"""
    payment: int
    """Number of steps that ran and moved money. Integer, at least 0.

    Example: ``3``"""
    message: int
    """Number of steps that ran and wrote to somebody. Integer, at least 0.

    Example: ``3``"""
    credential: int
    """Number of steps that ran and used, created or changed a credential. Integer, at least 0.

    Example: ``3``"""
    schedule: int
    """Number of steps that ran and put something into a timetable. Integer, at least 0.

    Example: ``3``"""
    memory: int
    """Number of steps that ran and read or changed the agent's lasting memory. Integer, at least 0.

    Example: ``3``"""
    process: int
    """Number of steps that ran and started, signalled or stopped a process. Integer, at least 0.

    Example: ``3``"""
    other: int
    """Number of steps that ran and had an effect of another kind. Integer, at least 0.

    Example: ``3``"""



class _RunSummaryRequired(TypedDict):
    id: str
    """Identifier of the run. Not empty.

    Example: ``"run_2292"``"""
    agent_id: str
    """Identifier of the agent or application. Not empty.

    Example: ``"release-bot"``"""
    status: Literal["pending", "running", "paused", "completed", "failed", "cancelled", "timeout", "interrupted", "unknown"]
    """State of the run.

    Example: ``"completed"``"""
    started_at: Optional[str]
    """When the run began, as the record says. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    live: bool
    """True while a journal feeds the run: the record still grows.

    Example: ``false``"""
    sealed: bool
    """True if the record is sealed.

    Example: ``true``"""
    level: Literal["none", "recorded", "sealed", "accountable"]
    """Highest level that the record reaches by the trust file of the server.

    Example: ``"sealed"``"""
    steps_count: int
    """Number of steps; of a live run, of the final ones. Integer, at least 0.

    Example: ``31``"""


class RunSummary(_RunSummaryRequired, total=False):
    """What a list shows of a run: its head, without steps and private members. Members of the record that are `null` or absent are absent here. So that a page stays small, a text of more than 512 UTF-16 code units is cut, with an ellipsis at its end, and of tags and kinds of effects no more than 64 are listed."""

    agent_name: str
    """Name of the agent for people.

    Example: ``"Release bot"``"""
    agent_version: str
    """Version of the agent or application.

    Example: ``"2.3.1"``"""
    model: str
    """Model that was requested.

    Example: ``"claude-sonnet-4-5"``"""
    outcome: Literal["success", "failed", "partial", "abandoned", "escalated", "rolled_back"]
    """What came of the work.

    Example: ``"success"``"""
    trigger: Literal["manual", "cron", "webhook", "agent", "pipeline", "queue", "event"]
    """What started the run.

    Example: ``"manual"``"""
    ended_at: str
    """When the run reached its terminal status. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:08:52.000Z"``"""
    duration_ms: float
    """Wall-clock duration in milliseconds. At least 0.

    Example: ``400520``"""
    run_hash: str
    """Fingerprint of the configuration, as the record says.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    record_hash: str
    """`record_hash` of a sealed record: its identity. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    task_id: str
    """Task or ticket the run works on.

    Example: ``"TASK-117"``"""
    session_id: str
    """Session or conversation the run belongs to.

    Example: ``"sess-41c0"``"""
    turn_id: str
    """The human's turn that the work belongs to.

    Example: ``"t-8"``"""
    parent_run_id: str
    """Id of the run that started this one.

    Example: ``"run_2290"``"""
    tags: List[str]
    """Short labels for filtering.

    Example: ``["release","nightly"]``"""
    error_type: str
    """Kind of the error that ended the run, a value of the open vocabulary of the same name. Not empty.

    Example: ``"tool_failed"``"""
    cost: Cost
    """Of the cost of the run: `input_tokens`, `output_tokens`, `cost_usd`, `amount` and `unit`."""
    eval: EvalResult
    """Of the current judgement of the run: `pass`, `score` and `benchmark_id`."""
    effects: RunSummaryEffects
    """Number of steps that ran with a side effect, by the kind of the effect. Kinds without one are absent; others than the named may stand beside them.

    Example: ``{"write":4,"exec":11}``"""
    received_at: str
    """When the server received the run, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class Sandbox(TypedDict, total=False):
    """Isolation in which a run executed."""

    kind: SandboxKind
    """Kind of sandbox. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"container"``"""
    image_digest: str
    """Digest of the container or machine image. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    writable_roots: List[str]
    """Folders that could be written to. Each: Not empty.

    Example: ``["/work/repo"]``"""
    network: Literal["none", "limited", "full", "unknown"]
    """Which network could be reached.

    Example: ``"none"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class Scope(TypedDict, total=False):
    """Repository, folder and files that a run was about."""

    repository: str
    """Repository, as a URL without secrets or a name. Not empty.

    Example: ``"https://git.example.org/acme/parser"``"""
    root: str
    """Folder the run worked in. Paths of side effects are relative to it. Not empty.

    Example: ``"/work/parser"``"""
    dirty: bool
    """Whether there were uncommitted changes when the run started.

    Example: ``false``"""
    files: List[str]
    """Files that were given or named as in scope. Each: Not empty.

    Example: ``["src/index.ts"]``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _ServerInfoRequired(TypedDict):
    protocol: List[str]
    """Versions of the protocol that the server speaks, the preferred one first. Each: Not empty.

    Example: ``["1.0.0"]``"""
    capabilities: List[str]
    """Parts of the protocol that the server has, all of each: `core`, `batch`, `journal`, `approvals`, `verify`, `proofs`, `query`, `erasure`. Each: Not empty.

    Example: ``["core","batch","journal"]``"""
    limits: ServerLimits
    """What the server takes at most."""


class ServerInfo(_ServerInfoRequired, total=False):
    """What a server says about itself before anything else is asked."""

    server: ServerSoftware
    """The software that answers."""
    server_key: str
    """Key that signs countersignatures and tombstones: an Ed25519 did:key. Absent: the server signs nothing.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ServerLimitsRequired(TypedDict):
    body_octets: int
    """Largest body of a request with one object or with journal lines, in octets, after decompression. Integer, at least 1.

    Example: ``10485760``"""
    batch_octets: int
    """Largest body of a batch, in octets, after decompression. Integer, at least 1.

    Example: ``67108864``"""
    batch_lines: int
    """Most lines of a batch. Integer, at least 1.

    Example: ``10000``"""
    line_octets: int
    """Longest line of a batch or of a journal, in octets. Integer, at least 1.

    Example: ``10485760``"""
    page: int
    """Largest `limit` of a page. Integer, at least 1.

    Example: ``200``"""


class ServerLimits(_ServerLimitsRequired, total=False):
    """What the server takes at most."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _ServerSoftwareRequired(TypedDict):
    name: str
    """Name of the software. Not empty.

    Example: ``"@agent-run/server"``"""


class ServerSoftware(_ServerSoftwareRequired, total=False):
    """The software that answers."""

    version: str
    """Version of the software. Not empty.

    Example: ``"0.9.0"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class Setup(TypedDict, total=False):
    """How an agent was installed and configured."""

    method: str
    """How it was installed. Not empty.

    Example: ``"npm"``"""
    installed_at: str
    """When it was installed. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-01T09:00:00Z"``"""
    package: ContentRef
    """Package or image that was installed."""
    config: ContentRef
    """Configuration that was in force."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _ShortfallRequired(TypedDict):
    level: Literal["recorded", "sealed", "accountable"]
    """Level that is missed.

    Example: ``"accountable"``"""
    code: str
    """What is missing: spec/errors.md. Not empty.

    Example: ``"level.effects_missing"``"""
    reason: str
    """The same in one sentence for people. Not empty.

    Example: ``"this tool call has no side_effects"``"""


class Shortfall(_ShortfallRequired, total=False):
    """One thing that keeps a record from a level."""

    path: str
    """JSON Pointer to the place.

    Example: ``"/steps/5"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _SideEffectRequired(TypedDict):
    kind: SideEffectKind
    """Class of the effect. `none` says that there was none. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"write"``"""


class SideEffect(_SideEffectRequired, total=False):
    """Something a step changed or touched outside itself."""

    operation: str
    """What was done, in the tool's words. Private.

    Example: ``"npm publish --tag beta"``"""
    target_kind: TargetKind
    """What kind of thing was touched. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"file"``"""
    target: str
    """What was touched. Files relative to `scope.root` inside it, else absolute. Private.

    Example: ``"src/index.ts"``"""
    reversible: Literal["full", "partial", "none", "unknown"]
    """Whether it can be undone.

    Example: ``"full"``"""
    before_digest: str
    """SHA-256 of the target before. Private. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    after_digest: str
    """SHA-256 of the target after. Private. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    artifact_id: str
    """Artifact that holds the result. Not empty.

    Example: ``"a-3"``"""
    basis: Literal["declared", "observed", "inferred"]
    """`declared`: the call says so. `observed`: it was seen to happen. `inferred`: a converter concluded it from tool and arguments.

    Example: ``"observed"``"""
    salt: str
    """32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    private_hash: str
    """Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Private: erased together with the other private members of this object.

    Example: ``{"team":"release"}``"""



class _SkillRequired(TypedDict):
    name: str
    """Name of the skill. Not empty.

    Example: ``"release-notes"``"""


class Skill(_SkillRequired, total=False):
    """A skill, plugin or module that was mounted for the run."""

    version: str
    """Version of the skill. Not empty.

    Example: ``"1.2.0"``"""
    digest: str
    """SHA-256 of the skill as stored. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    origin: str
    """Where it came from. Not empty.

    Example: ``"npm:@acme/skills"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _SourceRangeRequired(TypedDict):
    unit: Literal["lines", "bytes"]
    """What is counted.

    Example: ``"lines"``"""
    first: int
    """First line (from 1) or byte (from 0). Integer, at least 0.

    Example: ``12``"""
    last: int
    """Last line or byte, included. Integer, at least 0.

    Example: ``214``"""


class SourceRange(_SourceRangeRequired, total=False):
    """Part of a source, first and last included."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _SourceRequired(TypedDict):
    format: str
    """Format of the source. Not empty.

    Example: ``"claude-code"``"""


class Source(_SourceRequired, total=False):
    """Where a converted record came from."""

    format_version: str
    """Version of the format or of the program that wrote it. Not empty.

    Example: ``"2.1.38"``"""
    adapter: str
    """Adapter that converted it. Not empty.

    Example: ``"@agent-run/sdk/adapters/claude-code"``"""
    adapter_version: str
    """Version of the adapter. Not empty.

    Example: ``"0.9.0"``"""
    digest: str
    """SHA-256 of the source as it was read. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    range: SourceRange
    """Part of the source that became this record."""
    times: Literal["recorded", "inferred", "mixed", "absent"]
    """Where the times of the record come from.

    Example: ``"recorded"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _StatementRequired(TypedDict):
    kind: StatementKind
    """What is said. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"countersignature"``"""
    about: str
    """What it is about: a record_hash, a key as a did:key, the root of a batch or an approval_id. Not empty.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    at: str
    """When it was said. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T15:00:00Z"``"""


class Statement(_StatementRequired, total=False):
    """Something said later about a sealed record or a key."""

    body: Dict[str, Any]
    """Content, by kind: the table in spec/registry.md.

    Example: ``{"private_hashes":["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"],"reason":"request of the person named"}``"""
    signed_by: str
    """Key of the one who says it: an Ed25519 did:key.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    signature: str
    """Ed25519 signature of kind `statement`: 88 base64 characters.

    Example: ``"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _StepApprovalRequired(TypedDict):
    state: Literal["not_required", "requested", "approved", "denied", "expired", "cancelled", "auto_approved"]
    """`not_required`: the policy asked for nothing. `auto_approved`: an approval was required, and a standing grant or a rule satisfied it.

    Example: ``"approved"``"""


class StepApproval(_StepApprovalRequired, total=False):
    """Whether and how a step was allowed. Absent: not recorded."""

    approval_id: str
    """Approval (or, for `auto_approved`, the grant's approval) that this rests on. Not empty.

    Example: ``"ap-7"``"""
    decision_id: str
    """Policy decision that this rests on. Not empty.

    Example: ``"pd-3"``"""
    policy_id: str
    """Policy that this rests on. Not empty.

    Example: ``"repo-write"``"""
    basis: Literal["observed", "inferred"]
    """`observed`: the runtime saw it happen. `inferred`: a converter concluded it.

    Example: ``"observed"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _StepCountsRequired(TypedDict):
    same: int
    """Pairs of steps that agree. Integer, at least 0.

    Example: ``24``"""
    changed: int
    """Pairs of steps that differ. Integer, at least 0.

    Example: ``3``"""
    added: int
    """Steps that only the later run has. Integer, at least 0.

    Example: ``5``"""
    removed: int
    """Steps that only the earlier run has. Integer, at least 0.

    Example: ``2``"""


class StepCounts(_StepCountsRequired, total=False):
    """Number of steps by what became of them from one run to another."""

    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _StepDifferenceRequired(TypedDict):
    change: Literal["added", "removed", "changed"]
    """`added`: only the later run has the step. `removed`: only the earlier one has it. `changed`: both have it, and it differs.

    Example: ``"changed"``"""


class StepDifference(_StepDifferenceRequired, total=False):
    """A step that one of two runs lacks, or two steps that correspond and differ."""

    before: StepMention
    """The step of the earlier run."""
    after: StepMention
    """The step of the later run."""
    differences: List[Difference]
    """In what the two steps differ."""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _StepMentionRequired(TypedDict):
    index: int
    """Place in `steps`, from 0. Integer, at least 0.

    Example: ``11``"""
    id: str
    """Identifier of the step. Not empty.

    Example: ``"s-12"``"""
    type: str
    """What kind of thing was done. Not empty.

    Example: ``"tool_call"``"""


class StepMention(_StepMentionRequired, total=False):
    """A step of a run, as little of it as is needed to recognise it."""

    tool_name: str
    """Name of the tool.

    Example: ``"Bash"``"""
    mcp_server: str
    """MCP server that executed the call.

    Example: ``"github"``"""
    agent_id: str
    """Agent responsible for the step, where it is not the run's own.

    Example: ``"reviewer"``"""
    status: str
    """How the step ended.

    Example: ``"failed"``"""
    about: str
    """What it was about, in one line: the target of its first side effect, else the beginning of its input.

    Example: ``"npm test"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _StepPageRequired(TypedDict):
    steps: List[Step]
    """The steps of this page."""


class StepPage(_StepPageRequired, total=False):
    """Final steps of a run, in their order."""

    next: str
    """Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.

    Example: ``"eyJ2IjoxfQ.kJ8mVx0pQb3n"``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _StepProofRequired(TypedDict):
    agent_run_proof: str
    """Version of this standard that the proof is written for. `1.` and the minor version.

    Example: ``"1.0"``"""
    record: Dict[str, Any]
    """The record in public form without `steps` and `eval`: what `record_hash` is taken of, and `provenance.record_hash` and `provenance.signature` beside it.

    Example: ``{"spec_version":"1.0","id":"run_2292","agent_id":"release-bot","status":"completed","provenance":{"steps_count":31,"steps_root":"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","record_hash":"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"}}``"""
    step: Step
    """The step as it stands in the record."""
    index: int
    """Place of the step in `steps`, from 0. Integer, at least 0.

    Example: ``5``"""
    path: List[str]
    """Hashes that lead from the leaf of the step to `steps_root`, from the leaf upwards (RFC 6962, section 2.1.1). Each: `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"]``"""


class StepProof(_StepProofRequired, total=False):
    """One step, with what proves that it belongs to a sealed record whose other steps are not shown."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _StepRequired(TypedDict):
    id: str
    """Identifier of the step, unique within the run. Not empty.

    Example: ``"s-27"``"""
    type: Literal["model_call", "reasoning", "message", "tool_call", "tool_result", "handoff", "handoff_result", "input_request", "compaction", "config_change", "error", "other"]
    """What kind of thing was done. `model_call` is one request to a model; a tool call is one step with its result, `tool_result` stands only where the call was not recorded.

    Example: ``"tool_call"``"""
    started_at: Optional[str]
    """Beginning of execution. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:11.480Z"``"""


class Step(_StepRequired, total=False):
    """One thing the agent, its model or a person did. A step is written when it becomes final and never changes afterwards."""

    seq: int
    """Position in the order in which steps started, from 0. Integer, at least 0.

    Example: ``26``"""
    status: Literal["pending", "running", "succeeded", "failed", "denied", "cancelled", "timeout", "skipped", "interrupted", "unknown"]
    """How the step ended, or that it has not. `denied`: a person or a policy refused it, it did not run.

    Example: ``"succeeded"``"""
    ended_at: Optional[str]
    """When the step became final. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:02:12Z"``"""
    duration_ms: Optional[float]
    """Duration of the execution in milliseconds. At least 0.

    Example: ``520``"""
    role: Literal["user", "assistant", "system", "tool"]
    """Whose words or act this is.

    Example: ``"assistant"``"""
    parent_step_id: str
    """Step that contains this one. Not empty.

    Example: ``"s-20"``"""
    caused_by: List[str]
    """Steps that caused this one. Never cyclic. Each: Not empty.

    Example: ``["s-25"]``"""
    turn_id: str
    """The human's turn, where one record spans several. Not empty.

    Example: ``"t-8"``"""
    agent_id: str
    """Agent responsible for the step, where it is not the run's own. Not empty.

    Example: ``"reviewer"``"""
    span_id: str
    """OpenTelemetry span of this step, 16 lower-case hexadecimal digits.

    Example: ``"00f067aa0ba902b7"``"""
    model_call_id: str
    """Id of the `model_call` step that this step came from. Not empty.

    Example: ``"s-26"``"""
    attempt: int
    """Which attempt this is, from 1. Integer, at least 1.

    Example: ``2``"""
    retry_of: str
    """Id of the step that this one tries again. Not empty.

    Example: ``"s-24"``"""
    fallback_from: str
    """Id of the step whose route failed and which this one replaces, for example with another model. Not empty.

    Example: ``"s-22"``"""
    cache_hit: bool
    """True if the answer came from a cache of the runtime, without a request to the provider.

    Example: ``false``"""
    model: str
    """Model that answered (`model_call`). Not empty.

    Example: ``"claude-sonnet-4-5-20250929"``"""
    response_id: str
    """Identifier of the response at the provider (`model_call`). Not empty.

    Example: ``"msg_01XFDUDYJgAACzvnptvVoYEL"``"""
    stop_reason: str
    """Why the model stopped, in the provider's words (`model_call`). Not empty.

    Example: ``"end_turn"``"""
    first_token_ms: float
    """Time to the first token in milliseconds (`model_call`). At least 0.

    Example: ``640``"""
    prompt_version: str
    """Version or digest of the prompt used (`model_call`). Not empty.

    Example: ``"release-prompt@14"``"""
    tool_name: Optional[str]
    """Name of the tool as offered to the model.

    Example: ``"Bash"``"""
    tool_call_id: str
    """Identifier of the call, as the model or the protocol gave it. Not empty.

    Example: ``"toolu_01BxJ"``"""
    mcp_server: Optional[str]
    """Name of the MCP server that executed the call.

    Example: ``"github"``"""
    tool_hash: str
    """`schema_hash` of the tool definition in force, equal to exactly one tool of the inventory. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    arguments_hash: str
    """Digest of kind `arguments` over the arguments and the step's salt. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    initiated_by: str
    """Host or client that issued the call. Not empty.

    Example: ``"claude-code"``"""
    permission: str
    """Privilege the step ran with, in the runtime's words. Not empty.

    Example: ``"workspace-write"``"""
    input_preview: Optional[str]
    """Beginning of the input. At most 2,000 code points; recorders cut it. Private.

    Example: ``"npm publish --tag beta"``"""
    output_preview: Optional[str]
    """Beginning of the output. At most 2,000 code points; recorders cut it. Private.

    Example: ``"E403 Forbidden"``"""
    input_refs: List[ContentRef]
    """Full inputs, kept elsewhere and named by digest. Private."""
    output_refs: List[ContentRef]
    """Full outputs, kept elsewhere and named by digest. Private."""
    side_effects: List[SideEffect]
    """What the step changed or touched outside itself. An empty list says nothing; "no effect" is one entry of kind `none`."""
    approval: StepApproval
    """Whether and how the step was allowed."""
    artifact_ids: List[str]
    """Ids of the artifacts this step created, modified or deleted. Each: Not empty.

    Example: ``["a-3"]``"""
    state_version: str
    """Version of the shared state the step read or wrote. Not empty.

    Example: ``"state@12"``"""
    child_run_id: str
    """Id of the run that this step delegated to (`handoff`, `handoff_result`). Not empty.

    Example: ``"run_2292"``"""
    child_record_hash: str
    """`record_hash` of the child run, once known (`handoff_result`). `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    delegation_id: str
    """Identifier of this delegation; fresh for every child, also for a retried one. Not empty.

    Example: ``"dlg-5d0a"``"""
    cost: Cost
    """What this step consumed. Token usage stands on `model_call` steps and nowhere else."""
    error: Optional[str]
    """What went wrong, in words. Private.

    Example: ``"exit status 1"``"""
    error_type: ErrorType
    """Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"tool_failed"``"""
    exit_code: int
    """Exit code of a command. Integer.

    Example: ``1``"""
    source_ref: str
    """Where this step stands in the source of a converted record: line, event id or JSON Pointer. Not empty.

    Example: ``"line 214"``"""
    salt: str
    """32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.

    Example: ``"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"``"""
    private_hash: str
    """Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    success: Optional[bool]
    """0.1 only, read and never written: use `status`.

    Example: ``true``"""
    tokens_used: Optional[int]
    """0.1 only, read and never written: use `cost`. Tokens. Integer, at least 0.

    Example: ``812``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Private: erased together with the other private members of this object.

    Example: ``{"team":"release"}``"""



class _SuppressedDifferencesRequired(TypedDict):
    reason: Literal["identifiers", "times", "seals", "texts", "consumption", "configuration", "reads", "erased", "limit"]
    """`identifiers`: ids, nonces, salts and what links records. `times`: when things happened and how long they took. `seals`: hashes and signatures over all that. `texts`: words of models and output of tools, in steps that agree otherwise. `consumption`: tokens and money of steps that agree otherwise. `configuration`: in a step, what the configuration has said already. `reads`: what was only read. `erased`: private members that one record no longer has. `limit`: more than a list holds.

    Example: ``"texts"``"""
    count: int
    """How many. Integer, at least 1.

    Example: ``14``"""


class SuppressedDifferences(_SuppressedDifferencesRequired, total=False):
    """Differences that were found and are not listed, since they are no news or too many."""

    first: int
    """Index in the later run of the first step concerned, where steps are concerned. Integer, at least 0.

    Example: ``8``"""
    metadata: Dict[str, Any]
    """Anything else the server wants to say. Readers carry it along and never depend on it.

    Example: ``{"region":"eu"}``"""



class _TextPositionRequired(TypedDict):
    offset: int
    """UTF-16 code units before it. Integer, at least 0.

    Example: ``17``"""
    line: int
    """Line, from 1. Integer, at least 1.

    Example: ``2``"""
    column: int
    """Column in UTF-16 code units, from 1. Integer, at least 1.

    Example: ``5``"""


class TextPosition(_TextPositionRequired, total=False):
    """A place in a text."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _TimeBasisRequired(TypedDict):
    basis: Literal["asserted", "vouched"]
    """`asserted`: the producer's. `vouched`: another trusted party has seen the sealed record at the time `at`.

    Example: ``"vouched"``"""


class TimeBasis(_TimeBasisRequired, total=False):
    """Whose word the times of a record are."""

    by: str
    """Identity of that party. Not empty.

    Example: ``"timestamp@example.org"``"""
    at: str
    """When that party saw it; the earliest such time. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-11-20T14:10:00Z"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _ToolRequired(TypedDict):
    name: str
    """Name as offered to the model. Not empty.

    Example: ``"Bash"``"""


class Tool(_ToolRequired, total=False):
    """A tool as it was offered to the model."""

    kind: ToolKind
    """Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"function"``"""
    mcp_server: str
    """MCP server that provides it (`name` in `mcp_servers`). Not empty.

    Example: ``"github"``"""
    description_digest: str
    """SHA-256 of the description as offered. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"``"""
    schema_hash: str
    """Digest of kind `tool` over name, description and input_schema as offered; shows a definition that was silently replaced. `sha256:` and 64 lower-case hexadecimal digits.

    Example: ``"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"``"""
    annotations: Dict[str, Any]
    """Annotations as the tool declared them; a claim, not an observation.

    Example: ``{"readOnlyHint":false,"destructiveHint":true}``"""
    declared_effect: SideEffectKind
    """Effect that the tool declares; values of SideEffect `kind`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.

    Example: ``"write"``"""
    permission: str
    """Privilege the tool was mounted with, in the runtime's words. Not empty.

    Example: ``"workspace-write"``"""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _TrustRequired(TypedDict):
    agent_run_trust: str
    """Version of this standard that the trust file is written for. `1.` and the minor version.

    Example: ``"1.0"``"""
    keys: List[TrustedKey]
    """The trusted keys. A key stands once."""


class Trust(_TrustRequired, total=False):
    """Whom the reader of a record trusts, and for what: the trust file. It belongs to the one who checks, never to the record."""

    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _TrustedKeyRequired(TypedDict):
    key: str
    """The key: an Ed25519 did:key.

    Example: ``"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"``"""
    identity: str
    """Who holds it, as the owner of the trust file calls them. Keys of one holder have the same identity. Not empty.

    Example: ``"release-runner@ci.example.org"``"""
    roles: List[Literal["runtime", "recorder", "approver", "evaluator", "server", "auditor", "witness"]]
    """What the holder may do: `runtime` and `recorder` seal records, `approver` decides, `evaluator` judges, `server`, `auditor` and `witness` vouch for times, `recorder` and `server` attest erasures.

    Example: ``["recorder"]``"""


class TrustedKey(_TrustedKeyRequired, total=False):
    """One key, who holds it, and what that holder may sign."""

    agents: List[str]
    """Agents (`agent_id`) it may sign for; `*` in a pattern stands for any characters. Absent: all. Each: Not empty.

    Example: ``["release-*"]``"""
    workspaces: List[str]
    """Workspaces (`workspace_id`) it may sign for; patterns as for `agents`. Absent: all, and runs that name none. Each: Not empty.

    Example: ``["acme"]``"""
    approves: List[str]
    """Values of `required_role` it may decide as; exact, no patterns. Absent: any. Each: Not empty.

    Example: ``["release_manager"]``"""
    valid_from: str
    """The key counts from this time on. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2026-01-01T00:00:00Z"``"""
    valid_until: str
    """The key counts up to and including this time. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.

    Example: ``"2027-01-01T00:00:00Z"``"""
    revoked: Revocation
    """The key no longer counts. Absent: not revoked."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""



class _VerdictRequired(TypedDict):
    ok: bool
    """True if the level asked for is reached and no check failed.

    Example: ``true``"""
    level: Literal["none", "recorded", "sealed", "accountable"]
    """Highest level that the record reaches.

    Example: ``"sealed"``"""
    asked: Literal["none", "recorded", "sealed", "accountable"]
    """Level that was asked for.

    Example: ``"sealed"``"""
    completeness: Completeness
    """Whether the record is whole, or how far it goes."""
    time: TimeBasis
    """Whose word the times of the record are."""
    checks: List[Check]
    """The results of all twelve checks, in their order."""
    missing: List[Shortfall]
    """What keeps the record from the levels above its own, lowest level first."""


class Verdict(_VerdictRequired, total=False):
    """What holds for one record: what is proven, what is only claimed, and what is missing."""

    by: str
    """Who answers for the seal: the identity that the trust file gives for the key. Only where the check `signer` passes. Not empty.

    Example: ``"release-runner@ci.example.org"``"""
    self_asserted: bool
    """True if the signature is right, but no entry of a trust file says whose key it is.

    Example: ``true``"""
    first_failure: Literal["schema", "semantics", "run_hash", "steps", "record", "signature", "signer", "approvals", "lineage", "journal", "evals", "erasures"]
    """First check that failed.

    Example: ``"record"``"""
    edges: List[LineageEdge]
    """The links to parents and children that were looked at."""
    metadata: Dict[str, Any]
    """Anything else the producer wants to keep. Readers carry it along and never depend on it.

    Example: ``{"team":"release"}``"""
