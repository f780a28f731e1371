// Generated from schemas/ by "npm run gen". Do not edit.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{closed::*, open::*};
use crate::number;
use crate::presence::{nullable, present};
use crate::Nullable;

/// The record of one piece of work of an AI agent, from its trigger until the agent yields: what it was given, what it did, who allowed it, what changed, what it cost, whether it worked and how to undo it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentRun {
    /// Identifier of the run, chosen by its producer. 1 to 256 characters without control characters are portable. Not empty.
    ///
    /// Example: `"8b1f6d0e-3f5a-4b0e-9d6f-1f1f0b1c2d3e"`
    pub id: String,
    /// Version of this standard the record was written for. A record without it is a 0.1 record. `1.` and the minor version.
    ///
    /// Example: `"1.0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub spec_version: Option<String>,
    /// Groups runs of one session or conversation. A session is not an object of its own. Not empty.
    ///
    /// Example: `"sess-41c0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// The human's turn that this work belongs to; inherited by child runs and by runs that an event of this work starts. Not empty.
    ///
    /// Example: `"t-8"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<String>,
    /// Task or ticket this run works on.
    ///
    /// Example: `"TASK-117"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub task_id: Nullable<String>,
    /// Job, queue entry or workflow execution that contains this run. Not empty.
    ///
    /// Example: `"nightly-2026-11-20"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,
    /// Tenant or workspace the run belongs to.
    ///
    /// Example: `"acme"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub workspace_id: Nullable<String>,
    /// Id of the run that started this one. The checkable link is `provenance.parents`.
    ///
    /// Example: `"run_2290"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub parent_run_id: Nullable<String>,
    /// Other runs this one stands in a named relation to: a retry, a continuation, a baseline.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub related: Option<Vec<RelatedRun>>,
    /// Where the same work is described elsewhere: trace, span, web pages.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// Short labels for filtering. Public: no personal data.
    ///
    /// Example: `["release","nightly"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Identifier of the agent or application. `unknown` is reserved for a source that does not say. Not empty.
    ///
    /// Example: `"release-bot"`
    pub agent_id: String,
    /// Name of the agent for people.
    ///
    /// Example: `"Release bot"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub agent_name: Nullable<String>,
    /// Version of the agent or application. Not empty.
    ///
    /// Example: `"2.3.1"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agent_version: Option<String>,
    /// Role of the agent in a larger arrangement, in the runtime's own words. Not empty.
    ///
    /// Example: `"supervisor"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agent_role: Option<String>,
    /// Software that executed the agent.
    ///
    /// Example: `"claude-code"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub runtime: Nullable<String>,
    /// Version of the runtime.
    ///
    /// Example: `"2.1.38"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub runtime_version: Nullable<String>,
    /// Model that was requested, as the provider names it. What answered stands on each model_call step.
    ///
    /// Example: `"claude-sonnet-4-5"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub model: Nullable<String>,
    /// Provider of the model.
    ///
    /// Example: `"anthropic"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub provider: Nullable<String>,
    /// Settings the model was asked to run with.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub model_config: Option<ModelConfig>,
    /// Version or digest of the prompt template or instructions. Not empty.
    ///
    /// Example: `"release-prompt@14"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub prompt_version: Option<String>,
    /// State of the run. `cancelled`: someone with authority stopped it. `interrupted`: it just ended. `unknown`: the source does not say.
    ///
    /// Example: `"completed"`
    pub status: AgentRunStatus,
    /// What came of the work, as judged by the runtime or a person; independent of `status`.
    ///
    /// Example: `"success"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub outcome: Nullable<AgentRunOutcome>,
    /// What started the run.
    ///
    /// Example: `"manual"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub trigger: Nullable<AgentRunTrigger>,
    /// When the run began. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(deserialize_with = "nullable")]
    pub started_at: Option<String>,
    /// When the run reached its terminal status. `null`: unknown; absent: not ended. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:09:03Z"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub ended_at: Nullable<String>,
    /// Wall-clock duration in milliseconds. At least 0.
    ///
    /// Example: `400520`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub duration_ms: Nullable<f64>,
    /// Why the run did not succeed, in words. Private.
    ///
    /// Example: `"npm publish exited with code 1"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub error: Nullable<String>,
    /// Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"tool_failed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub error_type: Option<ErrorType>,
    /// Beginning of what was asked. At most 2,000 code points; recorders cut it. Private.
    ///
    /// Example: `"Publish the beta of the parser package"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub input_preview: Option<String>,
    /// Beginning of the answer. At most 2,000 code points; recorders cut it. Private.
    ///
    /// Example: `"Published 2.3.1-beta.0 after two retries."`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub output_preview: Option<String>,
    /// Full inputs, kept elsewhere and named by digest. Private.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub input_refs: Option<Vec<ContentRef>>,
    /// Full outputs, kept elsewhere and named by digest. Private.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub output_refs: Option<Vec<ContentRef>>,
    /// The agent's own statement of what it is doing. Private.
    ///
    /// Example: `"Publish the package to the beta channel"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// Names of the tools as they were offered to the model.
    ///
    /// Example: `["Bash","Edit","mcp__github__create_issue"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tools_available: Option<Vec<String>>,
    /// What was mounted for this run: tools, MCP servers, skills, providers. What exists, not what was allowed.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub inventory: Option<Inventory>,
    /// What this run was allowed to do, and its limits.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// Isolation the run executed in.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<Sandbox>,
    /// Policies in force during the run.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub policies: Option<Vec<PolicyRef>>,
    /// Repository, folder and files the run was about.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// Branch checked out when the run started.
    ///
    /// Example: `"main"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub git_branch: Nullable<String>,
    /// Commit checked out when the run started.
    ///
    /// Example: `"4c1e9f20"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub git_commit: Nullable<String>,
    /// How the agent was installed and configured, by reference.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub setup: Option<Setup>,
    /// What the agent, its model and people did, in the order in which the steps became final.
    pub steps: Vec<Step>,
    /// Decisions by people, and the requests that led to them.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approvals: Option<Vec<ApprovalEvent>>,
    /// Decisions by machines: rules, guards, hooks, classifiers, sandboxes.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub policy_decisions: Option<Vec<PolicyDecision>>,
    /// Files and other things the run created, changed or deleted.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub artifacts: Option<Vec<Artifact>>,
    /// States one can go back to.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub checkpoints: Option<Vec<Checkpoint>>,
    /// Tests, evals, traces and checks that speak about the result.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// What can still be done about this run: stop, retry, roll back, clean up and so on.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub recovery: Option<Recovery>,
    /// A judgement of the run. It comes after the run, has its own seal and is not covered by the run's.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub eval: Option<EvalResult>,
    /// What the run itself consumed, without its child runs.
    pub cost: Cost,
    /// Fingerprint, lineage, seal and signature of the record.
    pub provenance: Provenance,
    /// Where a converted record came from. Absent for a record written by the runtime itself.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub private_hash: Option<String>,
    /// Anything else the producer wants to keep. Private: erased together with the other private members of this object.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl AgentRun {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>, agent_id: impl Into<String>, status: AgentRunStatus, started_at: Option<String>, steps: Vec<Step>, cost: Cost, provenance: Provenance) -> Self {
        Self {
            id: id.into(),
            spec_version: Default::default(),
            session_id: Default::default(),
            turn_id: Default::default(),
            task_id: Default::default(),
            job_id: Default::default(),
            workspace_id: Default::default(),
            parent_run_id: Default::default(),
            related: Default::default(),
            links: Default::default(),
            tags: Default::default(),
            agent_id: agent_id.into(),
            agent_name: Default::default(),
            agent_version: Default::default(),
            agent_role: Default::default(),
            runtime: Default::default(),
            runtime_version: Default::default(),
            model: Default::default(),
            provider: Default::default(),
            model_config: Default::default(),
            prompt_version: Default::default(),
            status,
            outcome: Default::default(),
            trigger: Default::default(),
            started_at,
            ended_at: Default::default(),
            duration_ms: Default::default(),
            error: Default::default(),
            error_type: Default::default(),
            input_preview: Default::default(),
            output_preview: Default::default(),
            input_refs: Default::default(),
            output_refs: Default::default(),
            intent: Default::default(),
            tools_available: Default::default(),
            inventory: Default::default(),
            permissions: Default::default(),
            sandbox: Default::default(),
            policies: Default::default(),
            scope: Default::default(),
            git_branch: Default::default(),
            git_commit: Default::default(),
            setup: Default::default(),
            steps,
            approvals: Default::default(),
            policy_decisions: Default::default(),
            artifacts: Default::default(),
            checkpoints: Default::default(),
            evidence: Default::default(),
            recovery: Default::default(),
            eval: Default::default(),
            cost,
            provenance,
            source: Default::default(),
            salt: Default::default(),
            private_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Who decided or asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    ///
    /// Example: `"human"`
    pub kind: ActorKind,
    /// Identifier of the actor. Not empty.
    ///
    /// Example: `"rm@example.org"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name of the actor. Not empty.
    ///
    /// Example: `"Release manager"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Actor {
    /// One that has the members that are required, and no others.
    pub fn new(kind: ActorKind) -> Self {
        Self {
            kind,
            id: Default::default(),
            name: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One approval: what was asked, and what was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApprovalEntry {
    /// Run that asks. Not empty.
    ///
    /// Example: `"run_2292"`
    pub run_id: String,
    /// Identifier of the approval within the run. Not empty.
    ///
    /// Example: `"appr-3"`
    pub approval_id: String,
    /// Where the approval stands: the last event.
    ///
    /// Example: `"approved"`
    pub state: ApprovalEntryState,
    /// What was asked. Absent: no request is recorded.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub request: Option<ApprovalEvent>,
    /// What followed the request, oldest first: events of the record, then decisions sent to the server.
    pub decisions: Vec<ApprovalEvent>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ApprovalEntry {
    /// One that has the members that are required, and no others.
    pub fn new(run_id: impl Into<String>, approval_id: impl Into<String>, state: ApprovalEntryState, decisions: Vec<ApprovalEvent>) -> Self {
        Self {
            run_id: run_id.into(),
            approval_id: approval_id.into(),
            state,
            request: Default::default(),
            decisions,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Approvals over several runs, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApprovalPage {
    /// The approvals of this page.
    pub approvals: Vec<ApprovalEntry>,
    /// Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
    ///
    /// Example: `"eyJ2IjoxfQ.kJ8mVx0pQb3n"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ApprovalPage {
    /// One that has the members that are required, and no others.
    pub fn new(approvals: Vec<ApprovalEntry>) -> Self {
        Self {
            approvals,
            next: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A person, or a person's delegate, is asked for or gives a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApprovalEvent {
    /// Identifier of the approval; the events of one approval share it. Not empty.
    ///
    /// Example: `"ap-7"`
    pub approval_id: String,
    /// What happened.
    ///
    /// Example: `"approved"`
    pub event: ApprovalEventEvent,
    /// Run in which the decision counts. Not empty.
    ///
    /// Example: `"run_2292"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// Step that the decision is about. Not empty.
    ///
    /// Example: `"s-29"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub step_id: Option<String>,
    /// Tool call that the decision is about. Not empty.
    ///
    /// Example: `"toolu_01BxJ"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_call_id: Option<String>,
    /// When it happened. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:08:12Z"`
    pub at: String,
    /// Until when the decision may be used. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T15:08:12Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Who decided or asked.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// Role that the decision needs. Not empty.
    ///
    /// Example: `"release_manager"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub required_role: Option<String>,
    /// How risky the action was said to be. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"high"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
    /// Why, in the person's words. Private.
    ///
    /// Example: `"ok for beta"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// SHA-256 of what the person was shown. Private. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub presentation_digest: Option<String>,
    /// Digest of kind `action`: exactly the call that was approved. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub action_hash: Option<String>,
    /// Digest of kind `action` of the call as the person changed it. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub modified_action_hash: Option<String>,
    /// Digest of kind `approval` over the request this answers. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub request_hash: Option<String>,
    /// A standing permission given with the decision.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub grant: Option<Grant>,
    /// Policy decision that asked for a person. Not empty.
    ///
    /// Example: `"pd-3"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub decision_id: Option<String>,
    /// True if the decision ended the run.
    ///
    /// Example: `false`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub stops_run: Option<bool>,
    /// `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
    ///
    /// Example: `"observed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub basis: Option<ApprovalEventBasis>,
    /// Key of the approver: an Ed25519 did:key.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// Ed25519 signature of kind `approval`: 88 base64 characters.
    ///
    /// Example: `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub private_hash: Option<String>,
    /// Anything else the producer wants to keep. Private: erased together with the other private members of this object.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ApprovalEvent {
    /// One that has the members that are required, and no others.
    pub fn new(approval_id: impl Into<String>, event: ApprovalEventEvent, at: impl Into<String>) -> Self {
        Self {
            approval_id: approval_id.into(),
            event,
            run_id: Default::default(),
            step_id: Default::default(),
            tool_call_id: Default::default(),
            at: at.into(),
            expires_at: Default::default(),
            actor: Default::default(),
            required_role: Default::default(),
            risk: Default::default(),
            reason: Default::default(),
            presentation_digest: Default::default(),
            action_hash: Default::default(),
            modified_action_hash: Default::default(),
            request_hash: Default::default(),
            grant: Default::default(),
            decision_id: Default::default(),
            stops_run: Default::default(),
            basis: Default::default(),
            signed_by: Default::default(),
            signature: Default::default(),
            salt: Default::default(),
            private_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One artifact and the run it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArtifactEntry {
    /// Run whose record lists the artifact. Not empty.
    ///
    /// Example: `"run_2292"`
    pub run_id: String,
    /// The human's turn that the run belongs to. Not empty.
    ///
    /// Example: `"t-8"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<String>,
    /// Agent of the run. Not empty.
    ///
    /// Example: `"release-bot"`
    pub agent_id: String,
    /// When the artifact was made: its own time if it has one, else the start of the run. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The artifact as the record lists it.
    pub artifact: Artifact,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ArtifactEntry {
    /// One that has the members that are required, and no others.
    pub fn new(run_id: impl Into<String>, agent_id: impl Into<String>, artifact: Artifact) -> Self {
        Self {
            run_id: run_id.into(),
            turn_id: Default::default(),
            agent_id: agent_id.into(),
            at: Default::default(),
            artifact,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Artifacts over several runs, those of the newest run first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArtifactPage {
    /// The artifacts of this page.
    pub artifacts: Vec<ArtifactEntry>,
    /// Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
    ///
    /// Example: `"eyJ2IjoxfQ.kJ8mVx0pQb3n"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ArtifactPage {
    /// One that has the members that are required, and no others.
    pub fn new(artifacts: Vec<ArtifactEntry>) -> Self {
        Self {
            artifacts,
            next: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A file or another thing the run created, modified or deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Artifact {
    /// Identifier of the artifact, unique within the run. Not empty.
    ///
    /// Example: `"a-3"`
    pub id: String,
    /// Name or path. Private.
    ///
    /// Example: `"dist/pkg.tgz"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Kind of thing. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"file"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ArtifactKind>,
    /// What happened to it.
    ///
    /// Example: `"created"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub action: Option<ArtifactAction>,
    /// Step that did it. Not empty.
    ///
    /// Example: `"s-27"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub step_id: Option<String>,
    /// Its content. Private.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub content: Option<ContentRef>,
    /// 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub private_hash: Option<String>,
    /// Anything else the producer wants to keep. Private: erased together with the other private members of this object.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Artifact {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: Default::default(),
            kind: Default::default(),
            action: Default::default(),
            step_id: Default::default(),
            content: Default::default(),
            salt: Default::default(),
            private_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// That a record is one of those which a batch statement seals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchProof {
    /// Digest of kind `statement` of the batch statement. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub statement: String,
    /// `record_hash` of the record. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    pub record_hash: String,
    /// Place of the record in the batch, from 0. Integer, at least 0.
    ///
    /// Example: `412`
    #[serde(with = "number::required")]
    pub index: u64,
    /// Hashes that lead from the leaf to the root, from the leaf upwards (RFC 6962, section 2.1.1). Each: `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"]`
    pub path: Vec<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BatchProof {
    /// One that has the members that are required, and no others.
    pub fn new(statement: impl Into<String>, record_hash: impl Into<String>, index: u64, path: Vec<String>) -> Self {
        Self {
            statement: statement.into(),
            record_hash: record_hash.into(),
            index,
            path,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What became of one line of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchResult {
    /// Number of the line in the request, from 1. Integer, at least 1.
    ///
    /// Example: `1`
    #[serde(with = "number::required")]
    pub line: u64,
    /// HTTP status that POST of this line alone would have been answered with. Integer, at least 200, at most 599.
    ///
    /// Example: `201`
    #[serde(with = "number::required")]
    pub status: u64,
    /// What is stored, if the line was accepted.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub receipt: Option<RunReceipt>,
    /// What is wrong, if it was not.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BatchResult {
    /// One that has the members that are required, and no others.
    pub fn new(line: u64, status: u64) -> Self {
        Self {
            line,
            status,
            receipt: Default::default(),
            problem: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// How the bench answers a question of the runtime. The first that fits is given; what fits none is denied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchApprovalAnswer {
    /// Tool that is asked for; without it any. Not empty.
    ///
    /// Example: `"deploy"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<String>,
    /// Regular expression (ECMAScript, flag u) that a target of the question, or its arguments as JSON, must match somewhere. Not empty.
    ///
    /// Example: `"^staging$"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// JSON Schema (2020-12) that the arguments of the call must meet; what is not known of them never does.
    ///
    /// Example: `{"properties":{"environment":{"const":"staging"}},"required":["environment"]}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Map<String, Value>>,
    /// How often this answer is given; without it as often as asked. Integer, at least 1.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// The answer. `none`: nobody answers.
    ///
    /// Example: `"denied"`
    pub decision: BenchApprovalAnswerDecision,
    /// With `approved`: a standing permission for every later call of the tool, whatever its arguments. `session`: for this session, which a trial is; `always`: for good.
    ///
    /// Example: `"session"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub grant: Option<BenchApprovalAnswerGrant>,
    /// Reason that is told with the answer. Not empty.
    ///
    /// Example: `"not on a Friday"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How long the answer takes, in milliseconds. Integer, at least 0.
    ///
    /// Example: `100`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub after_ms: Option<u64>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchApprovalAnswer {
    /// One that has the members that are required, and no others.
    pub fn new(decision: BenchApprovalAnswerDecision) -> Self {
        Self {
            tool_name: Default::default(),
            target: Default::default(),
            arguments: Default::default(),
            times: Default::default(),
            decision,
            grant: Default::default(),
            reason: Default::default(),
            after_ms: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One measure in two bench runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchChange {
    /// What was measured: share of trials passed, 0 to 1; mean score, 0 to 100; mean known cost of a trial in US dollars; mean time of a trial in milliseconds, by the clock of the bench.
    ///
    /// Example: `"pass"`
    pub measure: BenchChangeMeasure,
    /// Value of the earlier run. Absent: not known.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub before: Option<f64>,
    /// Value of the later run. Absent: not known.
    ///
    /// Example: `0.333`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub after: Option<f64>,
    /// Whether it differs by more than the threshold, and which way.
    ///
    /// Example: `"worse"`
    pub verdict: BenchChangeVerdict,
    /// What an exact test says of a difference: sure, or such that chance alone explains it; too few repeats to tell, whatever they had shown; none, where nothing differs or nothing is known.
    ///
    /// Example: `"sure"`
    pub confidence: BenchChangeConfidence,
    /// Probability, from 0 to 1, that chance alone gives a difference at least as great, either way. Absent: not tested. At least 0, at most 1.
    ///
    /// Example: `0.0286`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub p_value: Option<f64>,
    /// The test. Not empty.
    ///
    /// Example: `"Fisher’s exact test, two-sided"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchChange {
    /// One that has the members that are required, and no others.
    pub fn new(measure: BenchChangeMeasure, verdict: BenchChangeVerdict, confidence: BenchChangeConfidence) -> Self {
        Self {
            measure,
            before: Default::default(),
            after: Default::default(),
            verdict,
            confidence,
            p_value: Default::default(),
            method: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Two bench runs side by side: what got worse, what got better, and how sure that is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchComparison {
    /// Version of this form.
    ///
    /// Example: `"1"`
    pub comparison: BenchComparisonComparison,
    /// The earlier run, the one to be as good as.
    pub before: BenchSide,
    /// The later run.
    pub after: BenchSide,
    /// By more points than this a score has to differ to be worse or better. At least 0, at most 100.
    ///
    /// Example: `5`
    #[serde(with = "number::required")]
    pub score_threshold: f64,
    /// By more than this, in percent, cost and duration have to differ to be worse or better. At least 0.
    ///
    /// Example: `20`
    #[serde(with = "number::required")]
    pub slack_percent: f64,
    /// A difference counts as sure where chance alone would give one at least as great with at most this probability. At least 0, at most 1.
    ///
    /// Example: `0.05`
    #[serde(with = "number::required")]
    pub significance: f64,
    /// Whether only differences that are sure count as regressions and improvements.
    ///
    /// Example: `false`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub only_sure: Option<bool>,
    /// What a regression is looked for in.
    ///
    /// Example: `["pass","score","missing"]`
    pub fail_on: Vec<BenchComparisonFailOn>,
    /// What makes the two hard to compare: another pack, another runtime, scenarios on one side only.
    pub notes: Vec<BenchNote>,
    /// Each scenario of either run.
    pub scenarios: Vec<BenchScenarioComparison>,
    /// All scenarios that both runs have.
    pub whole: BenchScenarioComparison,
    /// Number of scenarios that count as a regression. Integer, at least 0.
    ///
    /// Example: `1`
    #[serde(with = "number::required")]
    pub regressions: u64,
    /// Number of scenarios where something of `fail_on` got better and nothing worse. Integer, at least 0.
    ///
    /// Example: `2`
    #[serde(with = "number::required")]
    pub improvements: u64,
    /// Whether there is no regression, neither in a scenario nor in the whole.
    ///
    /// Example: `false`
    pub pass: bool,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// One rule a trial is judged by. `kind` says what is looked at; the other members say what is expected, and all that are given have to hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchCriterion {
    /// Name of the criterion, unique in its scenario. Not empty.
    ///
    /// Example: `"tests pass"`
    pub name: String,
    /// What is looked at: one or several files, all changes of the workspace, a JSON document, a command's exit, a text, the steps of the record, the calls that really happened, the approvals that were asked for, cost, time, or the record as such.
    ///
    /// Example: `"file"`
    pub kind: BenchCriterionKind,
    /// Why this is asked for, for people. Not empty.
    ///
    /// Example: `"Publishing cannot be undone."`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Weight in the score; 1 unless given. With 0 the criterion decides about passing only. At least 0.
    ///
    /// Example: `2`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Whether the trial cannot pass without it; true unless given.
    ///
    /// Example: `false`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// `file`, `json`, `text`: path in the workspace, with `/`. For `file` it may be a pattern: `*` within a name, `**` across folders, `?` one character. Not empty.
    ///
    /// Example: `"src/index.ts"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `json`, `text`: a text that is no file. `output` is the answer of the agent.
    ///
    /// Example: `"output"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub of: Option<BenchCriterionOf>,
    /// `file`: what has become of it compared with the fixture. With a pattern: `present` and `changed` ask for one such file, `absent` for none, `unchanged` for no difference in any.
    ///
    /// Example: `"changed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub state: Option<BenchCriterionState>,
    /// `file`: SHA-256 of its bytes. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// `file`, `text`, `command` (what it prints): texts that occur in it, each of them. Each: Not empty.
    ///
    /// Example: `["export function parse"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub contains: Option<Vec<String>>,
    /// `file`, `text`, `command` (what it prints): texts that do not occur in it, none of them. Each: Not empty.
    ///
    /// Example: `["eval("]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub lacks: Option<Vec<String>>,
    /// `file`, `text`, `command` (what it prints): regular expression (ECMA-262, flags `m` and `u`) that occurs in it. Not empty.
    ///
    /// Example: `"^version = \"2\\."`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub matches: Option<String>,
    /// `file`, `text`, `command` (what it prints): regular expression (ECMA-262, flags `m` and `u`) that does not occur in it. Not empty.
    ///
    /// Example: `"TODO|FIXME"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub not_matches: Option<String>,
    /// `file`, `text`, `command` (what it prints): whether upper and lower case are the same in `contains`, `lacks`, `matches` and `not_matches`; false unless given.
    ///
    /// Example: `true`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub ignore_case: Option<bool>,
    /// `tree`: patterns of the files that may differ from the fixture. Everything else is as it was; an empty list allows no change. Each: Not empty.
    ///
    /// Example: `["src/**","CHANGELOG.md"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub changed_only: Option<Vec<String>>,
    /// `json`: JSON Schema (2020-12) that the document is valid against.
    ///
    /// Example: `{"type":"object","required":["total"],"properties":{"total":{"const":42}}}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub schema: Option<Map<String, Value>>,
    /// `command`: program and arguments, started without a shell in a copy of the workspace. Each: Not empty.
    ///
    /// Example: `["node","--test"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub command: Option<Vec<String>>,
    /// `command`: exit code that is expected; 0 unless given. Integer, at least 0, at most 255.
    ///
    /// Example: `0`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<u64>,
    /// `command`: time limit in milliseconds; 60,000 unless given. Integer, at least 0.
    ///
    /// Example: `30000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    /// `command`: patterns of the files that are put back as they are in the fixture before the command runs. Files that fit and are not in the fixture are removed. Each: Not empty.
    ///
    /// Example: `["test/**","package.json"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub restore: Option<Vec<String>>,
    /// `steps`: which steps are counted; all unless given.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub r#where: Option<BenchStepSelector>,
    /// `steps`, `calls`, `approvals`: at least so many; 1 unless `min` or `max` is given. Integer, at least 0.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// `steps`, `calls`, `approvals`: at most so many. Integer, at least 0.
    ///
    /// Example: `0`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
    /// `steps`, `calls`: each one counted has one of these before it. For calls only `tool_name` and `arguments` are looked at.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub preceded_by: Option<BenchStepSelector>,
    /// `steps`: each one counted has one of these approval states. A step that says none has none of them.
    ///
    /// Example: `["approved","auto_approved"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approval: Option<Vec<BenchCriterionApproval>>,
    /// `calls`, `approvals`: names of the tools that are counted; all unless given. `*` stands for any characters. Each: Not empty.
    ///
    /// Example: `["deploy"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<Vec<String>>,
    /// `calls`: JSON Schema (2020-12) of the arguments of the calls that are counted.
    ///
    /// Example: `{"properties":{"channel":{"const":"latest"}}}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Map<String, Value>>,
    /// `calls`: true: for each one counted the approval had been given before it was made. Only true says something.
    ///
    /// Example: `true`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approved: Option<bool>,
    /// `cost`: at most this much, in US dollars, for the run and its child runs. An unknown cost does not pass. At least 0.
    ///
    /// Example: `0.5`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_usd: Option<f64>,
    /// `cost`: at most so many tokens, input and output. An unknown count does not pass. Integer, at least 0.
    ///
    /// Example: `200000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_total_tokens: Option<u64>,
    /// `cost`: at most so many output tokens. An unknown count does not pass. Integer, at least 0.
    ///
    /// Example: `20000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_output_tokens: Option<u64>,
    /// `time`: at most this long, in milliseconds, by the clock of the bench. Integer, at least 0.
    ///
    /// Example: `120000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_ms: Option<u64>,
    /// `record`: level that a verifier gives the record at least.
    ///
    /// Example: `"sealed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub level: Option<BenchCriterionLevel>,
    /// `record`: status of the run, one of these.
    ///
    /// Example: `["completed"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<BenchCriterionStatu>>,
    /// `record`: outcome of the run, one of these. A record that says none has none of them.
    ///
    /// Example: `["success","partial"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Vec<BenchCriterionOutcome>>,
    /// `record`: true: every file that was changed is named by a side effect of a step.
    ///
    /// Example: `true`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub names_changes: Option<bool>,
    /// `record`: true: every call that really happened is a step, and every step that claims a call of these tools really happened.
    ///
    /// Example: `true`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub names_calls: Option<bool>,
    /// Anything else the author wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchCriterion {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>, kind: BenchCriterionKind) -> Self {
        Self {
            name: name.into(),
            kind,
            description: Default::default(),
            weight: Default::default(),
            required: Default::default(),
            path: Default::default(),
            of: Default::default(),
            state: Default::default(),
            digest: Default::default(),
            contains: Default::default(),
            lacks: Default::default(),
            matches: Default::default(),
            not_matches: Default::default(),
            ignore_case: Default::default(),
            changed_only: Default::default(),
            schema: Default::default(),
            command: Default::default(),
            exit_code: Default::default(),
            timeout_ms: Default::default(),
            restore: Default::default(),
            r#where: Default::default(),
            min: Default::default(),
            max: Default::default(),
            preceded_by: Default::default(),
            approval: Default::default(),
            tool_name: Default::default(),
            arguments: Default::default(),
            approved: Default::default(),
            max_usd: Default::default(),
            max_total_tokens: Default::default(),
            max_output_tokens: Default::default(),
            max_ms: Default::default(),
            level: Default::default(),
            status: Default::default(),
            outcome: Default::default(),
            names_changes: Default::default(),
            names_calls: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A file of a results folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchFile {
    /// Path from the results folder, with forward slashes. Not empty.
    ///
    /// Example: `"trials/ask-before-deploy.1/record.json"`
    pub path: String,
    /// What it is.
    ///
    /// Example: `"record"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub role: Option<BenchFileRole>,
    /// Digest of its bytes. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub digest: String,
    /// Its size in bytes. Integer, at least 0.
    ///
    /// Example: `48213`
    #[serde(with = "number::required")]
    pub size: u64,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchFile {
    /// One that has the members that are required, and no others.
    pub fn new(path: impl Into<String>, digest: impl Into<String>, size: u64) -> Self {
        Self {
            path: path.into(),
            role: Default::default(),
            digest: digest.into(),
            size,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Bounds of a trial. What reaches one is ended there and judged so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BenchLimits {
    /// Longest wall-clock time of the runtime in milliseconds; then it is ended. Integer, at least 1.
    ///
    /// Example: `120000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Largest amount that the runtime writes to standard output and standard error together, in bytes. Integer, at least 1.
    ///
    /// Example: `4194304`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub output_bytes: Option<u64>,
    /// Largest amount of records and journals together, in bytes. Integer, at least 1.
    ///
    /// Example: `33554432`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub records_bytes: Option<u64>,
    /// Largest size of the workspace at the end, in bytes. Integer, at least 1.
    ///
    /// Example: `67108864`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub workspace_bytes: Option<u64>,
    /// Largest number of files and folders in the workspace at the end. Integer, at least 1.
    ///
    /// Example: `10000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub workspace_files: Option<u64>,
    /// Largest number of processes of the runtime at a time; looked at twice a second, where the system tells. Integer, at least 1.
    ///
    /// Example: `256`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub processes: Option<u64>,
    /// Largest number of calls of the tools of the scenario; further calls are answered by an error. Integer, at least 0.
    ///
    /// Example: `200`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub tool_calls: Option<u64>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Something to know when two runs are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchNote {
    /// What kind of thing it is. Not empty.
    ///
    /// Example: `"pack.digest"`
    pub code: String,
    /// It, in a sentence. Not empty.
    ///
    /// Example: `"the packs differ: tool-discipline 1.0.0 then, 1.1.0 now"`
    pub message: String,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchNote {
    /// One that has the members that are required, and no others.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Names a benchmark pack, and exactly which state of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchPackRef {
    /// Identifier of the pack. Not empty.
    ///
    /// Example: `"tool-discipline"`
    pub id: String,
    /// Title of the pack. Not empty.
    ///
    /// Example: `"Tool discipline"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Version of the pack. Not empty.
    ///
    /// Example: `"1.0.0"`
    pub version: String,
    /// Digest of everything in the pack’s folder: two runs with the same one were put to the same task. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub digest: String,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchPackRef {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>, version: impl Into<String>, digest: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            title: Default::default(),
            version: version.into(),
            digest: digest.into(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Benchmark pack: scenarios that any runtime can be put to, in the file `pack.json` of a folder that holds what they need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchPack {
    /// Version of this format.
    ///
    /// Example: `"1"`
    pub pack: BenchPackPack,
    /// Name of the pack; the name of its folder. lower-case words with hyphens between them.
    ///
    /// Example: `"tool-discipline"`
    pub id: String,
    /// What it is about, in a line. Not empty.
    ///
    /// Example: `"Tool discipline and approvals"`
    pub title: String,
    /// What it tests and for whom. Not empty.
    ///
    /// Example: `"Does an agent use the tools it has, ask where it must, and take no for an answer?"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Version of the pack. Results of different versions are not comparable. a semantic version.
    ///
    /// Example: `"1.0.0"`
    pub version: String,
    /// Licence of the pack: an SPDX expression. Not empty.
    ///
    /// Example: `"MIT"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Bounds of every trial, unless the scenario has its own.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub limits: Option<BenchLimits>,
    /// Tools that scenarios can offer.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<BenchTool>>,
    /// The scenarios, in the order in which they are shown.
    pub scenarios: Vec<BenchScenario>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchPack {
    /// One that has the members that are required, and no others.
    pub fn new(pack: BenchPackPack, id: impl Into<String>, title: impl Into<String>, version: impl Into<String>, scenarios: Vec<BenchScenario>) -> Self {
        Self {
            pack,
            id: id.into(),
            title: title.into(),
            description: Default::default(),
            version: version.into(),
            license: Default::default(),
            limits: Default::default(),
            tools: Default::default(),
            scenarios,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What a bench run found: `report.json` of its results folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchReport {
    /// Version of this form.
    ///
    /// Example: `"1"`
    pub report: BenchReportReport,
    /// Identifier of the bench run; the `id` of the record that tells of it, `report.run.json`. Not empty.
    ///
    /// Example: `"bench-0d9f2a1c"`
    pub id: String,
    /// The pack whose scenarios were run.
    pub pack: BenchPackRef,
    /// The runtime that was put to them.
    pub runtime: BenchRuntime,
    /// Seed of the whole, from which the seed of each trial is derived. Not empty.
    ///
    /// Example: `"7f3a"`
    pub seed: String,
    /// How often each scenario was to be run. Integer, at least 1.
    ///
    /// Example: `3`
    #[serde(with = "number::required")]
    pub repeats: u64,
    /// Scenarios that were selected by name. Absent: all of the pack.
    ///
    /// Example: `["ask-before-deploy"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<String>>,
    /// The software that ran and judged, and what it ran on.
    pub software: BenchSoftware,
    /// Key that signed the evaluations.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// Identifier of the bench run that regressions were looked for against. Not empty.
    ///
    /// Example: `"bench-77ab0011"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// When the first trial began. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub started_at: String,
    /// When the last trial was judged. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub ended_at: String,
    /// Time from the first trial to the last judgement in milliseconds. Of a resumed run: the sum of its parts. At least 0.
    ///
    /// Example: `214000`
    #[serde(with = "number::required")]
    pub duration_ms: f64,
    /// How many trials there were to be. More than `trials` has: the run was stopped, and can be resumed. Integer, at least 0.
    ///
    /// Example: `24`
    #[serde(with = "number::required")]
    pub trials_planned: u64,
    /// The trials that were judged, by scenario in the order of the pack, then by repeat.
    pub trials: Vec<BenchTrial>,
    /// The scenarios, each with what its repeats add up to.
    pub scenarios: Vec<BenchScenarioResult>,
    /// What all of it adds up to. The mean score is the mean of the scenarios’ means, so that none counts more than another.
    pub totals: BenchTotals,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// How a runtime was started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchRuntime {
    /// The command, one entry a word, with the values that look like secrets masked.
    ///
    /// Example: `["node","examples/scripted-agent.mjs"]`
    pub command: Vec<String>,
    /// Names of the variables that were handed on; their values are not kept.
    ///
    /// Example: `["ANTHROPIC_API_KEY"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub environment: Option<Vec<String>>,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchRuntime {
    /// One that has the members that are required, and no others.
    pub fn new(command: Vec<String>) -> Self {
        Self {
            command,
            environment: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One scenario, or all of them, in two bench runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchScenarioComparison {
    /// Scenario of the pack. Absent: all that both runs have. Not empty.
    ///
    /// Example: `"ask-before-deploy"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// Its title. Not empty.
    ///
    /// Example: `"Ask before you deploy"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How the later run compares in what `fail_on` names: worse if anything of it is, else better if anything of it is. `only_before`, `only_after`: the other run does not have it.
    ///
    /// Example: `"worse"`
    pub verdict: BenchScenarioComparisonVerdict,
    /// Whether it counts as a regression.
    ///
    /// Example: `true`
    pub regression: bool,
    /// What the trials of the earlier run add up to.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub before: Option<BenchTotals>,
    /// What the trials of the later run add up to.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub after: Option<BenchTotals>,
    /// Run of the earlier side that did better. Not empty.
    ///
    /// Example: `"run_2291"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub regression_from: Option<String>,
    /// What was measured, one entry a measure.
    pub changes: Vec<BenchChange>,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchScenarioComparison {
    /// One that has the members that are required, and no others.
    pub fn new(verdict: BenchScenarioComparisonVerdict, regression: bool, changes: Vec<BenchChange>) -> Self {
        Self {
            scenario: Default::default(),
            title: Default::default(),
            verdict,
            regression,
            before: Default::default(),
            after: Default::default(),
            regression_from: Default::default(),
            changes,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What the repeats of a scenario add up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchScenarioResult {
    /// Scenario of the pack. Not empty.
    ///
    /// Example: `"ask-before-deploy"`
    pub scenario: String,
    /// Its title. Not empty.
    ///
    /// Example: `"Ask before you deploy"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What its trials add up to.
    pub totals: BenchTotals,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchScenarioResult {
    /// One that has the members that are required, and no others.
    pub fn new(scenario: impl Into<String>, totals: BenchTotals) -> Self {
        Self {
            scenario: scenario.into(),
            title: Default::default(),
            totals,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One task of a benchmark pack: what a runtime is asked to do, where, by which means, and how it is judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchScenario {
    /// Name of the scenario, unique in its pack. lower-case words with hyphens between them.
    ///
    /// Example: `"ask-before-deploy"`
    pub id: String,
    /// What it is about, in a line. Not empty.
    ///
    /// Example: `"Asks before it deploys to production"`
    pub title: String,
    /// What it tests and why, for people. The runtime is not told. Not empty.
    ///
    /// Example: `"The prompt is urgent and the tool is at hand; the policy still asks for an approval."`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Kind of task; goes into the eval. Not empty.
    ///
    /// Example: `"release"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub task_type: Option<String>,
    /// What the runtime is asked to do. Not empty.
    ///
    /// Example: `"Deploy version 1.4.0 to production."`
    pub prompt: String,
    /// Folder of the pack that the workspace of a trial is copied from; without it the workspace is empty. Not empty.
    ///
    /// Example: `"workspaces/shop"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// Tools that are offered, by their names in the pack; without it none. Each: letters, digits, `_` and `-`, at most 64.
    ///
    /// Example: `["deploy","read_status"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<String>>,
    /// Tools that may be called without asking. The runtime has to ask before it calls any other; without it none needs that. Each: letters, digits, `_` and `-`, at most 64.
    ///
    /// Example: `["read_status"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub allowed_tools: Option<Vec<String>>,
    /// What the runtime is allowed to do; it is told.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// How questions of the runtime are answered.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approvals: Option<Vec<BenchApprovalAnswer>>,
    /// Bounds of a trial, instead of those of the pack.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub limits: Option<BenchLimits>,
    /// What the trial is judged by.
    pub criteria: Vec<BenchCriterion>,
    /// Score that has to be reached to pass, besides all required criteria. At least 0, at most 100.
    ///
    /// Example: `80`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub pass_score: Option<f64>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchScenario {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>, title: impl Into<String>, prompt: impl Into<String>, criteria: Vec<BenchCriterion>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            description: Default::default(),
            task_type: Default::default(),
            prompt: prompt.into(),
            workspace: Default::default(),
            tools: Default::default(),
            allowed_tools: Default::default(),
            permissions: Default::default(),
            approvals: Default::default(),
            limits: Default::default(),
            criteria,
            pass_score: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A bench run, as one side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchSide {
    /// What the person who compares called it: the folder or file. Not empty.
    ///
    /// Example: `"results/main"`
    pub name: String,
    /// Identifier of the bench run. Not empty.
    ///
    /// Example: `"bench-0d9f2a1c"`
    pub id: String,
    /// The pack.
    pub pack: BenchPackRef,
    /// The runtime.
    pub runtime: BenchRuntime,
    /// Seed of the whole. Not empty.
    ///
    /// Example: `"7f3a"`
    pub seed: String,
    /// How often each scenario was to be run. Integer, at least 1.
    ///
    /// Example: `3`
    #[serde(with = "number::required")]
    pub repeats: u64,
    /// How many trials were judged. Integer, at least 0.
    ///
    /// Example: `24`
    #[serde(with = "number::required")]
    pub trials: u64,
    /// When it began. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub started_at: Option<String>,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchSide {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>, id: impl Into<String>, pack: BenchPackRef, runtime: BenchRuntime, seed: impl Into<String>, repeats: u64, trials: u64) -> Self {
        Self {
            name: name.into(),
            id: id.into(),
            pack,
            runtime,
            seed: seed.into(),
            repeats,
            trials,
            started_at: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// The software that ran and judged, and what it ran on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchSoftware {
    /// Name of the software. Not empty.
    ///
    /// Example: `"agent-run bench"`
    pub name: String,
    /// Its version. Not empty.
    ///
    /// Example: `"0.9.0"`
    pub version: String,
    /// Version of Node. Not empty.
    ///
    /// Example: `"20.19.5"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub node_version: Option<String>,
    /// Operating system, as Node names it. Not empty.
    ///
    /// Example: `"linux"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Architecture of the processor, as Node names it. Not empty.
    ///
    /// Example: `"x64"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub architecture: Option<String>,
    /// Number of processors. Integer, at least 1.
    ///
    /// Example: `8`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub processors: Option<u64>,
    /// How many trials were run at a time. Integer, at least 1.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub jobs: Option<u64>,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchSoftware {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
            node_version: Default::default(),
            platform: Default::default(),
            architecture: Default::default(),
            processors: Default::default(),
            jobs: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Which steps of a record, or calls of the ledger, a criterion looks at. Everything that is given has to fit; of a list one value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BenchStepSelector {
    /// Types of step.
    ///
    /// Example: `["tool_call"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub r#type: Option<Vec<BenchStepSelectorType>>,
    /// Names of tools. `*` stands for any characters. The prefix of an MCP server is left out: `deploy` also fits `mcp__bench__deploy`. Each: Not empty.
    ///
    /// Example: `["deploy"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<Vec<String>>,
    /// Names of MCP servers. `*` stands for any characters. Each: Not empty.
    ///
    /// Example: `["github"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub mcp_server: Option<Vec<String>>,
    /// How the step ended.
    ///
    /// Example: `["succeeded"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<BenchStepSelectorStatu>>,
    /// Kinds of a side effect. This, `target`, `basis` and `reversible` have to fit one and the same effect. Each: Not empty.
    ///
    /// Example: `["network","deploy"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub effect: Option<Vec<String>>,
    /// Regular expression (ECMA-262, flag `u`) that occurs in the target of the effect. Not empty.
    ///
    /// Example: `"^src/"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// How the producer knows of the effect.
    ///
    /// Example: `["observed"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub basis: Option<Vec<BenchStepSelectorBasi>>,
    /// Whether the effect can be undone.
    ///
    /// Example: `["none"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub reversible: Option<Vec<BenchStepSelectorReversible>>,
    /// Approval states. A step that says none fits no state.
    ///
    /// Example: `["approved"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approval: Option<Vec<BenchStepSelectorApproval>>,
    /// Kinds of error. Each: Not empty.
    ///
    /// Example: `["timeout"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub error_type: Option<Vec<String>>,
    /// JSON Schema (2020-12) of the arguments of a call. Only for calls of the ledger: a record holds no arguments.
    ///
    /// Example: `{"required":["channel"],"properties":{"channel":{"const":"beta"}}}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Map<String, Value>>,
    /// Anything else the author wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// What a runtime is told of its task: the file that `AGENT_RUN_TASK` names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchTask {
    /// To be put into `task_id` of the record. Not empty.
    ///
    /// Example: `"tool-discipline/ask-before-deploy"`
    pub task_id: String,
    /// Pack and scenario. Not empty.
    ///
    /// Example: `"tool-discipline/ask-before-deploy"`
    pub benchmark_id: String,
    /// Which repeat of the scenario this is, from 1. Integer, at least 1.
    ///
    /// Example: `1`
    #[serde(with = "number::required")]
    pub repeat: u64,
    /// Seed of this trial, for whatever the runtime draws by chance: 0 to 2147483647. Integer, at least 0, at most 2147483647.
    ///
    /// Example: `1208342281`
    #[serde(with = "number::required")]
    pub seed: u64,
    /// What is to be done; the same stands on standard input. Not empty.
    ///
    /// Example: `"Deploy version 1.4.0 to production."`
    pub prompt: String,
    /// Tools that are offered: `POST` their arguments to `AGENT_RUN_TOOLS_URL/<name>`, run the command `<name>`, or use the MCP server.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<BenchToolDefinition>>,
    /// MCP servers that offer the same tools, as most runtimes read them: name → command, args, env.
    ///
    /// Example: `{"bench":{"command":"node","args":["mcp.mjs"],"env":{}}}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub mcp_servers: Option<Map<String, Value>>,
    /// What the runtime is allowed to do.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Permissions>,
    /// Bounds of the trial.
    pub limits: BenchLimits,
    /// Folder to work in: an absolute path. Not empty.
    ///
    /// Example: `"/tmp/agent-run-bench-x/workspace"`
    pub workspace: String,
    /// Folder for records (`.json`, or one a line in `.jsonl`), journals (`.journal`, `.jsonl`) and the answer (`answer.txt`, `.md` or `.json`): an absolute path. Not empty.
    ///
    /// Example: `"/tmp/agent-run-bench-x/output"`
    pub output: String,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// One prepared answer of a tool. The first is given that fits state and arguments and is not used up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BenchToolAnswer {
    /// JSON Schema (2020-12) that the arguments of the call must meet; without it any arguments do.
    ///
    /// Example: `{"properties":{"environment":{"const":"production"}},"required":["environment"]}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub when: Option<Map<String, Value>>,
    /// How often this answer is given; without it as often as asked. Integer, at least 1.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// State that the tools of the trial must be in: name → value, all equal. At the beginning nothing is set.
    ///
    /// Example: `{"database":"dirty"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub state: Option<Map<String, Value>>,
    /// State after the call: name → value.
    ///
    /// Example: `{"database":"clean"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub sets: Option<Map<String, Value>>,
    /// What the tool returns: any JSON value.
    ///
    /// Example: `{"status":"deployed"}`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub result: Nullable<Value>,
    /// The tool fails with this message. Not empty.
    ///
    /// Example: `"connection reset by peer"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Exit code of the tool as a command; 0 without an error, 1 with one. Integer, at least 0, at most 255.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<u64>,
    /// How long the tool takes, in milliseconds. Integer, at least 0.
    ///
    /// Example: `50`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// Files that the call writes: path in the workspace → text.
    ///
    /// Example: `{"deploy.log":"deployed 1.4.0\n"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub writes: Option<Map<String, Value>>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A tool as a runtime is told of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchToolDefinition {
    /// Name of the tool. letters, digits, `_` and `-`, at most 64.
    ///
    /// Example: `"deploy"`
    pub name: String,
    /// What the tool does. Not empty.
    ///
    /// Example: `"Deploys the build to an environment."`
    pub description: String,
    /// JSON Schema (2020-12) of the arguments.
    ///
    /// Example: `{"type":"object","properties":{"environment":{"type":"string"}},"required":["environment"]}`
    pub input_schema: Map<String, Value>,
    /// Annotations as an MCP server declares them.
    ///
    /// Example: `{"destructiveHint":true}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Map<String, Value>>,
    /// What a call of the tool changes, as the tool declares it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub effect: Option<SideEffect>,
    /// Whether the runtime has to ask before it calls the tool.
    ///
    /// Example: `true`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub needs_approval: Option<bool>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchToolDefinition {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>, description: impl Into<String>, input_schema: Map<String, Value>) -> Self {
        Self {
            name: name.into(),
            description: description.into(),
            input_schema,
            annotations: Default::default(),
            effect: Default::default(),
            needs_approval: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A tool that a benchmark pack offers to a runtime. The bench answers its calls, so it knows what was really called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchTool {
    /// Name as offered to the runtime; also the name of its command. letters, digits, `_` and `-`, at most 64.
    ///
    /// Example: `"deploy"`
    pub name: String,
    /// What the tool does, as told to the model. Not empty.
    ///
    /// Example: `"Deploys the build to an environment."`
    pub description: String,
    /// JSON Schema (2020-12) of the arguments, as told to the model. Other arguments are answered by an error.
    ///
    /// Example: `{"type":"object","properties":{"environment":{"type":"string"}},"required":["environment"]}`
    pub input_schema: Map<String, Value>,
    /// Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"function"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ToolKind>,
    /// Annotations as an MCP server declares them; a claim, not an observation.
    ///
    /// Example: `{"destructiveHint":true}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Map<String, Value>>,
    /// What a call of the tool changes, as the tool declares it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub effect: Option<SideEffect>,
    /// Prepared answers. The first that fits is given; if none does, the tool fails. Without any it returns an empty object.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<BenchToolAnswer>>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchTool {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>, description: impl Into<String>, input_schema: Map<String, Value>) -> Self {
        Self {
            name: name.into(),
            description: description.into(),
            input_schema,
            kind: Default::default(),
            annotations: Default::default(),
            effect: Default::default(),
            answers: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What trials add up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchTotals {
    /// Number of trials. Integer, at least 0.
    ///
    /// Example: `24`
    #[serde(with = "number::required")]
    pub trials: u64,
    /// How many of them passed. Integer, at least 0.
    ///
    /// Example: `21`
    #[serde(with = "number::required")]
    pub passed: u64,
    /// Number of scenarios. Integer, at least 0.
    ///
    /// Example: `8`
    #[serde(with = "number::required")]
    pub scenarios: u64,
    /// How many of them passed in each of their trials. Integer, at least 0.
    ///
    /// Example: `7`
    #[serde(with = "number::required")]
    pub scenarios_passed: u64,
    /// Mean score from 0 to 100. Absent: no trial was judged. At least 0, at most 100.
    ///
    /// Example: `91.25`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub mean_score: Option<f64>,
    /// Sum of the known costs in US dollars. Absent: no cost is known. At least 0.
    ///
    /// Example: `1.84`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub cost_usd_total: Option<f64>,
    /// How many of the trials have a known cost. Unknown is not zero. Integer, at least 0.
    ///
    /// Example: `23`
    #[serde(with = "number::required")]
    pub cost_known: u64,
    /// Mean time of a trial in milliseconds, by the clock of the bench. Absent: no trial was judged. At least 0.
    ///
    /// Example: `8120`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub mean_wall_ms: Option<f64>,
    /// Sum of the known numbers of tool calls. Absent: none is known. Integer, at least 0.
    ///
    /// Example: `141`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub tool_calls_total: Option<u64>,
    /// How many of the trials have a known number of tool calls. Integer, at least 0.
    ///
    /// Example: `24`
    #[serde(with = "number::required")]
    pub tool_calls_known: u64,
    /// How many trials broke a rule of the bench itself. Integer, at least 0.
    ///
    /// Example: `0`
    #[serde(with = "number::required")]
    pub violations: u64,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchTotals {
    /// One that has the members that are required, and no others.
    pub fn new(trials: u64, passed: u64, scenarios: u64, scenarios_passed: u64, cost_known: u64, tool_calls_known: u64, violations: u64) -> Self {
        Self {
            trials,
            passed,
            scenarios,
            scenarios_passed,
            mean_score: Default::default(),
            cost_usd_total: Default::default(),
            cost_known,
            mean_wall_ms: Default::default(),
            tool_calls_total: Default::default(),
            tool_calls_known,
            violations,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One scenario, run once, and how it was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchTrial {
    /// Pack and scenario; the `benchmark_id` of the evaluation. Not empty.
    ///
    /// Example: `"tool-discipline/ask-before-deploy"`
    pub task_id: String,
    /// Scenario of the pack. Not empty.
    ///
    /// Example: `"ask-before-deploy"`
    pub scenario: String,
    /// Which of the repeats it is, from 1. Integer, at least 1.
    ///
    /// Example: `1`
    #[serde(with = "number::required")]
    pub repeat: u64,
    /// Seed of this trial, derived from that of the whole, the scenario and the repeat: 0 to 2147483647. Integer, at least 0.
    ///
    /// Example: `1208342281`
    #[serde(with = "number::required")]
    pub seed: u64,
    /// Whether it passed.
    ///
    /// Example: `true`
    pub pass: bool,
    /// Score from 0 to 100. At least 0, at most 100.
    ///
    /// Example: `87.5`
    #[serde(with = "number::required")]
    pub score: f64,
    /// How the runtime’s process ended: by itself, by a signal that the bench did not send, stopped at the time limit or at another limit, stopped with the bench, or it never started.
    ///
    /// Example: `"exited"`
    pub ended: BenchTrialEnded,
    /// Exit code of the process. Absent: there is none. Integer.
    ///
    /// Example: `0`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// Signal that ended the process. Not empty.
    ///
    /// Example: `"SIGSEGV"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signal: Option<String>,
    /// When the process was started. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub started_at: String,
    /// When the process and all it had started were gone. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub ended_at: String,
    /// Time from one to the other in milliseconds, by the clock of the bench. At least 0.
    ///
    /// Example: `8120`
    #[serde(with = "number::required")]
    pub wall_ms: f64,
    /// `id` of the run that was judged. Absent: no valid record arrived. Not empty.
    ///
    /// Example: `"run_2292"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// `id`s of the other runs that arrived, sub-agents for example.
    ///
    /// Example: `["run_2293"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub related_run_ids: Option<Vec<String>>,
    /// `agent_id` of the run. Not empty.
    ///
    /// Example: `"release-bot"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// `model` of the run. Absent: it names none. Not empty.
    ///
    /// Example: `"claude-sonnet-4-5"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// `runtime` of the run. Absent: it names none. Not empty.
    ///
    /// Example: `"scripted-agent"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub runtime: Option<String>,
    /// `status` of the run. Not empty.
    ///
    /// Example: `"completed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `outcome` of the run. Not empty.
    ///
    /// Example: `"success"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// `record_hash` of the record, if it is sealed. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// `document_hash` of the record, if it is not. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub document_hash: Option<String>,
    /// The criteria and how each came out, as in the evaluation; `label` says it in words, `metadata` has `required` and `weight`.
    pub criteria: Vec<Criterion>,
    /// Measures of the run as in the evaluation. What is not known is absent.
    ///
    /// Example: `{"cost_usd":0.42,"duration_ms":8042,"tool_calls":6,"retries":0,"convergence":1}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metrics: Option<Map<String, Value>>,
    /// Rules of the bench itself that were broken. Not empty: the trial has not passed.
    pub violations: Vec<BenchViolation>,
    /// Run that did better at this in the baseline. Not empty.
    ///
    /// Example: `"run_2291"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub regression_from: Option<String>,
    /// What was collected, with digests.
    pub files: Vec<BenchFile>,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A rule of the bench itself that a runtime broke, whatever the scenario asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BenchViolation {
    /// The rule. Not empty.
    ///
    /// Example: `"runtime.inside"`
    pub rule: String,
    /// What was found, in a sentence. Not empty.
    ///
    /// Example: `"wrote outside its folder: ../pack/pack.json"`
    pub message: String,
    /// Anything else the bench wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl BenchViolation {
    /// One that has the members that are required, and no others.
    pub fn new(rule: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            message: message.into(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// What was checked.
    ///
    /// Example: `"record"`
    pub check: CheckCheck,
    /// `pass`: compared, and right. `fail`: compared, and wrong. `absent`: the record has nothing to compare. `unknown`: there is something, and what is needed to compare it is missing. `skipped`: an earlier failure makes it pointless.
    ///
    /// Example: `"pass"`
    pub result: CheckResult,
    /// The result in one sentence for people. Not empty.
    ///
    /// Example: `"record_hash recomputed over 31 steps"`
    pub detail: String,
    /// Number of comparisons that were made; at least 1 for `pass`. Integer, at least 0.
    ///
    /// Example: `1`
    #[serde(with = "number::required")]
    pub compared: u64,
    /// What is wrong or missing: spec/errors.md. Not empty.
    ///
    /// Example: `"record.mismatch"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// JSON Pointer to the place.
    ///
    /// Example: `"/provenance/record_hash"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What was expected. Not empty.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found. Not empty.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Findings behind the result: those of the schema and of the semantic rules.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<Finding>>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Check {
    /// One that has the members that are required, and no others.
    pub fn new(check: CheckCheck, result: CheckResult, detail: impl Into<String>, compared: u64) -> Self {
        Self {
            check,
            result,
            detail: detail.into(),
            compared,
            code: Default::default(),
            path: Default::default(),
            expected: Default::default(),
            found: Default::default(),
            findings: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A state one can go back to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// When it was taken, relative to the run.
    ///
    /// Example: `"before"`
    pub when: CheckpointWhen,
    /// Kind of checkpoint. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"git_commit"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub kind: Option<CheckpointKind>,
    /// Where it is: commit, snapshot id, path. Not empty.
    ///
    /// Example: `"4c1e9f20"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<String>,
    /// When it was taken. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Checkpoint {
    /// One that has the members that are required, and no others.
    pub fn new(when: CheckpointWhen) -> Self {
        Self {
            when,
            kind: Default::default(),
            r#ref: Default::default(),
            at: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Whether a record is whole, or how far it goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completeness {
    /// `sealed`: nothing was changed since it was sealed. `checkpointed`: a signed head of the journal covers lines 0 to `n`. `interrupted`: the run just ended. `open`: it is still going on. `unsealed`: it has ended, and nothing protects it.
    ///
    /// Example: `"sealed"`
    pub state: CompletenessState,
    /// Number of the last journal line that the last good head covers. Integer, at least 0.
    ///
    /// Example: `16`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Completeness {
    /// One that has the members that are required, and no others.
    pub fn new(state: CompletenessState) -> Self {
        Self {
            state,
            n: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Content kept elsewhere, named by its digest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContentRef {
    /// SHA-256 of the bytes as stored. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Size in bytes. Integer, at least 0.
    ///
    /// Example: `48211`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Media type (RFC 6838). Not empty.
    ///
    /// Example: `"application/json"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Where it can be fetched. Nothing fetches it by itself. Not empty.
    ///
    /// Example: `"file:dist/pkg.tgz"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// What was consumed: tokens and money. Own consumption only; that of child runs is found by walking to them. `null` means unknown, never zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Tokens read by the model, **cached ones included**. `null`: unknown. Integer, at least 0.
    ///
    /// Example: `412000`
    #[serde(with = "number::nullable")]
    pub input_tokens: Option<u64>,
    /// Tokens written by the model, reasoning included. `null`: unknown. Integer, at least 0.
    ///
    /// Example: `9100`
    #[serde(with = "number::nullable")]
    pub output_tokens: Option<u64>,
    /// Part of `input_tokens` that was read from a prompt cache, in tokens. Integer, at least 0.
    ///
    /// Example: `388000`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub cache_read_tokens: Nullable<u64>,
    /// Part of `input_tokens` that was written to a prompt cache, in tokens. Integer, at least 0.
    ///
    /// Example: `5200`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub cache_write_tokens: Nullable<u64>,
    /// Part of `cache_write_tokens` kept for five minutes, in tokens. Integer, at least 0.
    ///
    /// Example: `5200`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub cache_write_5m_tokens: Option<u64>,
    /// Part of `cache_write_tokens` kept for one hour, in tokens. Integer, at least 0.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub cache_write_1h_tokens: Option<u64>,
    /// Part of `output_tokens` spent on reasoning, in tokens. Integer, at least 0.
    ///
    /// Example: `2300`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub reasoning_tokens: Option<u64>,
    /// `input_tokens` + `output_tokens`, in tokens. Integer, at least 0.
    ///
    /// Example: `421100`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub total_tokens: Nullable<u64>,
    /// Cost in US dollars. At least 0.
    ///
    /// Example: `0.42`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub cost_usd: Nullable<f64>,
    /// Cost in `unit`, where it is not in US dollars. At least 0.
    ///
    /// Example: `3.5`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// Unit of `amount`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"credits"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Model this consumption belongs to.
    ///
    /// Example: `"claude-sonnet-4-5"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub model: Nullable<String>,
    /// The same consumption split by model; adds up to this object.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub by_model: Option<Vec<Cost>>,
    /// Where the token counts come from. `lower_bound`: at least this many.
    ///
    /// Example: `"reported"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub basis: Option<CostBasis>,
    /// Where the price comes from.
    ///
    /// Example: `"reported"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub price_basis: Option<CostPriceBasis>,
    /// Price list and matched model behind a computed price. Not empty.
    ///
    /// Example: `"@pydantic/genai-prices@0.0.40 claude-sonnet-4-5"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub price_source: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Cost {
    /// One that has the members that are required, and no others.
    pub fn new(input_tokens: Option<u64>, output_tokens: Option<u64>) -> Self {
        Self {
            input_tokens,
            output_tokens,
            cache_read_tokens: Default::default(),
            cache_write_tokens: Default::default(),
            cache_write_5m_tokens: Default::default(),
            cache_write_1h_tokens: Default::default(),
            reasoning_tokens: Default::default(),
            total_tokens: Default::default(),
            cost_usd: Default::default(),
            amount: Default::default(),
            unit: Default::default(),
            model: Default::default(),
            by_model: Default::default(),
            basis: Default::default(),
            price_basis: Default::default(),
            price_source: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One criterion of a judgement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// Name of the criterion. Not empty.
    ///
    /// Example: `"tests pass"`
    pub name: String,
    /// Whether it was met.
    ///
    /// Example: `true`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub pass: Option<bool>,
    /// Score from 0 to 100. At least 0, at most 100.
    ///
    /// Example: `100`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Result in words. Not empty.
    ///
    /// Example: `"excellent"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Criterion {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            pass: Default::default(),
            score: Default::default(),
            label: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What made a policy decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decider {
    /// What kind of decider.
    ///
    /// Example: `"rule"`
    pub kind: DeciderKind,
    /// Identifier of the decider. Not empty.
    ///
    /// Example: `"no-rm"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Version of the decider. Not empty.
    ///
    /// Example: `"1.2.0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Decider {
    /// One that has the members that are required, and no others.
    pub fn new(kind: DeciderKind) -> Self {
        Self {
            kind,
            id: Default::default(),
            version: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One thing in which two runs or steps differ. Values are text as it is shown; what is no text is JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// `added`: only the later one has it. `removed`: only the earlier one has it. `changed`: both have it, with other values.
    ///
    /// Example: `"changed"`
    pub change: DifferenceChange,
    /// What it is: a member of the record such as `model` or `sandbox.network`, or a kind of thing such as `tool`, `policy` or `write`. Not empty.
    ///
    /// Example: `"model"`
    pub name: String,
    /// Which one of several it is: the name of a tool, a policy, a file.
    ///
    /// Example: `"Bash"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Value in the earlier one. Absent: not recorded, or there is no more to say than that it was there.
    ///
    /// Example: `"claude-sonnet-4-5"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Value in the later one. Absent: not recorded, or there is no more to say than that it is there.
    ///
    /// Example: `"claude-opus-4-1"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Difference {
    /// One that has the members that are required, and no others.
    pub fn new(change: DifferenceChange, name: impl Into<String>) -> Self {
        Self {
            change,
            name: name.into(),
            subject: Default::default(),
            before: Default::default(),
            after: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What was erased of a run, and what is left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErasureReceipt {
    /// Identifier of the run. Not empty.
    ///
    /// Example: `"run_2292"`
    pub run_id: String,
    /// What was erased: the private members and salts, or everything.
    ///
    /// Example: `"private"`
    pub scope: ErasureReceiptScope,
    /// When it was erased, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub erased_at: String,
    /// SHA-256 of the octets that GET answers now. Only after `private`. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The server's signed statement that it erased.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tombstone: Option<Statement>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ErasureReceipt {
    /// One that has the members that are required, and no others.
    pub fn new(run_id: impl Into<String>, scope: ErasureReceiptScope, erased_at: impl Into<String>) -> Self {
        Self {
            run_id: run_id.into(),
            scope,
            erased_at: erased_at.into(),
            etag: Default::default(),
            tombstone: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// The judgements of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvalPage {
    /// Judgements in the order in which the server received them. The last one is the current one, which stands in the record.
    pub evals: Vec<EvalResult>,
    /// Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
    ///
    /// Example: `"eyJ2IjoxfQ.kJ8mVx0pQb3n"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl EvalPage {
    /// One that has the members that are required, and no others.
    pub fn new(evals: Vec<EvalResult>) -> Self {
        Self {
            evals,
            next: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A judgement of a run: did it work, how well, by which criteria. It comes after the run and has its own seal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvalResult {
    /// Whether the acceptance criteria were met.
    ///
    /// Example: `true`
    pub pass: bool,
    /// Score from 0 to 100. At least 0, at most 100.
    ///
    /// Example: `87.5`
    #[serde(with = "number::required")]
    pub score: f64,
    /// Kind of task that was judged.
    ///
    /// Example: `"code_review"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub task_type: Nullable<String>,
    /// Layer of the judgement: unit, trajectory, outcome and so on.
    ///
    /// Example: `"outcome"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub eval_layer: Nullable<String>,
    /// What was expected.
    ///
    /// Example: `"package published on the beta channel"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub expected_outcome: Nullable<String>,
    /// What was found.
    ///
    /// Example: `"not published: E403"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub actual_outcome: Nullable<String>,
    /// The single criteria and how each came out.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Vec<Criterion>>,
    /// Measures of the run. Named ones are listed in spec/registry.md; any others may stand beside them.
    ///
    /// Example: `{"cost_usd":0.42,"tool_calls":31}`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub metrics: Nullable<EvalResultMetrics>,
    /// Run or eval that this one is a regression from.
    ///
    /// Example: `"run_2291"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub regression_from: Nullable<String>,
    /// Explanation for people.
    ///
    /// Example: `"The publish step failed on a missing scope."`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub detail: Nullable<String>,
    /// Benchmark pack and scenario.
    ///
    /// Example: `"tool-discipline/ask-before-deploy"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub benchmark_id: Nullable<String>,
    /// Who or what judged: identity, or tool and version. Not empty.
    ///
    /// Example: `"judge@example.org"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub evaluator: Option<String>,
    /// What the judgement itself consumed; never part of the run's cost.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Run that was judged. Not empty.
    ///
    /// Example: `"run_2292"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub run_id: Option<String>,
    /// `record_hash` of the sealed record that was judged. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// `document_hash` of the unsealed record that was judged. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub document_hash: Option<String>,
    /// When the judgement was made. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Key of the evaluator: an Ed25519 did:key.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// Ed25519 signature of kind `eval`: 88 base64 characters.
    ///
    /// Example: `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl EvalResult {
    /// One that has the members that are required, and no others.
    pub fn new(pass: bool, score: f64) -> Self {
        Self {
            pass,
            score,
            task_type: Default::default(),
            eval_layer: Default::default(),
            expected_outcome: Default::default(),
            actual_outcome: Default::default(),
            criteria: Default::default(),
            metrics: Default::default(),
            regression_from: Default::default(),
            detail: Default::default(),
            benchmark_id: Default::default(),
            evaluator: Default::default(),
            cost: Default::default(),
            run_id: Default::default(),
            record_hash: Default::default(),
            document_hash: Default::default(),
            at: Default::default(),
            signed_by: Default::default(),
            signature: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Measures of the run. Named ones are listed in spec/registry.md; any others may stand beside them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EvalResultMetrics {
    /// Cost of the run in US dollars. At least 0.
    ///
    /// Example: `0.42`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub cost_usd: Nullable<f64>,
    /// Duration of the run in milliseconds. At least 0.
    ///
    /// Example: `400520`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub duration_ms: Nullable<f64>,
    /// Number of tool calls. Integer, at least 0.
    ///
    /// Example: `31`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub tool_calls: Nullable<u64>,
    /// Number of retries. Integer, at least 0.
    ///
    /// Example: `2`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub retries: Nullable<u64>,
    /// How directly the run reached its result, from 0 to 1. At least 0, at most 1.
    ///
    /// Example: `0.82`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub convergence: Nullable<f64>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Something that speaks about the result: a test, an eval, a trace, a browser check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Kind of evidence. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"test"`
    pub kind: EvidenceKind,
    /// Name for people. Not empty.
    ///
    /// Example: `"npm test"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it said.
    ///
    /// Example: `"pass"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub result: Option<EvidenceResult>,
    /// Where it is: URL, path or digest. Nothing fetches it by itself. Not empty.
    ///
    /// Example: `"https://ci.example.org/jobs/117"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<String>,
    /// Step that produced it. Not empty.
    ///
    /// Example: `"s-18"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub step_id: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Evidence {
    /// One that has the members that are required, and no others.
    pub fn new(kind: EvidenceKind) -> Self {
        Self {
            kind,
            name: Default::default(),
            result: Default::default(),
            r#ref: Default::default(),
            step_id: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One thing a validator has to say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found: spec/errors.md. Not empty.
    ///
    /// Example: `"schema.enum"`
    pub code: String,
    /// An error makes the record invalid, a warning does not.
    ///
    /// Example: `"error"`
    pub severity: FindingSeverity,
    /// JSON Pointer to the place; empty for the whole record.
    ///
    /// Example: `"/status"`
    pub path: String,
    /// What was found and what was expected. Not empty.
    ///
    /// Example: `"found \"done\", expected one of completed, failed"`
    pub message: String,
    /// Sentence of the standard behind it. Not empty.
    ///
    /// Example: `"AR-RUN-004"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// Values that would have been accepted. Each: Not empty.
    ///
    /// Example: `["completed","failed"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Vec<String>>,
    /// What was probably meant. Not empty.
    ///
    /// Example: `"completed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Where the strict reader stopped.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub position: Option<TextPosition>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Finding {
    /// One that has the members that are required, and no others.
    pub fn new(code: impl Into<String>, severity: FindingSeverity, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity,
            path: path.into(),
            message: message.into(),
            requirement: Default::default(),
            allowed: Default::default(),
            suggestion: Default::default(),
            position: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A standing permission given with a decision: later calls of the same tool, server and definition are `auto_approved`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// How far it reaches.
    ///
    /// Example: `"session"`
    pub scope: GrantScope,
    /// Tool it covers. Not empty.
    ///
    /// Example: `"Bash"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<String>,
    /// MCP server it covers. Not empty.
    ///
    /// Example: `"github"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub mcp_server: Option<String>,
    /// Definition of the tool it covers. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_hash: Option<String>,
    /// Session it is limited to. Not empty.
    ///
    /// Example: `"sess-41c0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// Rule as the runtime keeps it. Shown, never evaluated. Not empty.
    ///
    /// Example: `"Bash(npm test:*)"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Until when it counts. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T18:00:00Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Grant {
    /// One that has the members that are required, and no others.
    pub fn new(scope: GrantScope) -> Self {
        Self {
            scope,
            tool_name: Default::default(),
            mcp_server: Default::default(),
            tool_hash: Default::default(),
            session_id: Default::default(),
            rule: Default::default(),
            expires_at: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// The server lives, or is ready to work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// Always `ok`; a server that is not ready answers with a Problem.
    ///
    /// Example: `"ok"`
    pub status: HealthStatus,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Health {
    /// One that has the members that are required, and no others.
    pub fn new(status: HealthStatus) -> Self {
        Self {
            status,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What was mounted for a run: what exists, not what was allowed. Either the lists, or a reference to them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inventory {
    /// Tools as offered to the model.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<Tool>>,
    /// MCP servers.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub mcp_servers: Option<Vec<McpServer>>,
    /// Skills, plugins and modules.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<Skill>>,
    /// Model providers.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub providers: Option<Vec<ModelProvider>>,
    /// The same lists, kept elsewhere.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub r#ref: Option<ContentRef>,
    /// When the inventory was taken. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// How far the server has the journal of a run. Everything up to there is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalAck {
    /// Identifier of the run. Not empty.
    ///
    /// Example: `"run_2292"`
    pub run_id: String,
    /// Number of the last chained line that is stored. Integer, at least 0.
    ///
    /// Example: `16`
    #[serde(with = "number::required")]
    pub seq: u64,
    /// Digest of the octets of that line: `prev` of the next one. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub head: String,
    /// State of the run after that line.
    ///
    /// Example: `"running"`
    pub status: JournalAckStatus,
    /// `record_hash` of the record that the journal gave, once `run.sealed` is stored. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// Warnings about the record, once `run.sealed` is stored.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<Finding>>,
    /// Countersignature of the server, once `run.sealed` is stored. Only from a server with a key.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub received: Option<Statement>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl JournalAck {
    /// One that has the members that are required, and no others.
    pub fn new(run_id: impl Into<String>, seq: u64, head: impl Into<String>, status: JournalAckStatus) -> Self {
        Self {
            run_id: run_id.into(),
            seq,
            head: head.into(),
            status,
            record_hash: Default::default(),
            findings: Default::default(),
            received: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A signed statement of how far a journal has come: everything up to line `seq` is as it was when this was signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalHead {
    /// Run whose journal this is. Not empty.
    ///
    /// Example: `"run_2292"`
    pub run_id: String,
    /// Nonce of the run, lower-case hexadecimal. 32 to 128 lower-case hexadecimal digits.
    ///
    /// Example: `"6f1d7a84db00d2fce00b31a7fc73224f"`
    pub nonce: String,
    /// Number of the chained line before this head: the last one it speaks for. Integer, at least 0.
    ///
    /// Example: `16`
    #[serde(with = "number::required")]
    pub seq: u64,
    /// SHA-256 of the bytes of that line, without its line feed. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub head: String,
    /// Number of steps that have ended up to there. Integer, at least 0.
    ///
    /// Example: `9`
    #[serde(with = "number::required")]
    pub steps_count: u64,
    /// Root of the RFC 6962 Merkle tree over those steps. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    pub steps_root: String,
    /// When the head was signed, by the signer's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:05:00Z"`
    pub at: String,
    /// Key that `run.started` names: an Ed25519 did:key.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    pub signed_by: String,
    /// Ed25519 signature of kind `head`: 88 base64 characters.
    ///
    /// Example: `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="`
    pub signature: String,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// One chained line of a journal: an event of a run that is going on, tied to the line before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalLine {
    /// Number of the line among the chained lines, from 0 without a gap. Integer, at least 0.
    ///
    /// Example: `0`
    #[serde(with = "number::required")]
    pub seq: u64,
    /// SHA-256 of the bytes of the chained line before, without its line feed; 64 zeros in line 0. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub prev: String,
    /// When the line was written, by the writer's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub at: String,
    /// What happened. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"step.ended"`
    pub r#type: JournalType,
    /// What happened in detail, by type: spec/journal.md. Objects that can be erased stand here in public form.
    ///
    /// Example: `{"step_id":"s-29"}`
    pub data: Map<String, Value>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl JournalLine {
    /// One that has the members that are required, and no others.
    pub fn new(seq: u64, prev: impl Into<String>, at: impl Into<String>, r#type: JournalType, data: Map<String, Value>) -> Self {
        Self {
            seq,
            prev: prev.into(),
            at: at.into(),
            r#type,
            data,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A place in a journal: what the next chained line has to say about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JournalPosition {
    /// Number that the next chained line has to have. Integer, at least 0.
    ///
    /// Example: `17`
    #[serde(with = "number::required")]
    pub seq: u64,
    /// Digest that it has to name as `prev`: that of the chained line before, or 64 zeros if there is none. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub head: String,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl JournalPosition {
    /// One that has the members that are required, and no others.
    pub fn new(seq: u64, head: impl Into<String>) -> Self {
        Self {
            seq,
            head: head.into(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// The evaluated runs of one agent, model or runtime in one benchmark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeaderboardGroup {
    /// Benchmark pack and scenario. Absent: the evaluations name none.
    ///
    /// Example: `"tool-discipline/ask-before-deploy"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub benchmark_id: Option<String>,
    /// The agent_id, model or runtime. Absent: the records name none.
    ///
    /// Example: `"release-bot"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Number of runs with a current evaluation. Integer, at least 1.
    ///
    /// Example: `40`
    #[serde(with = "number::required")]
    pub runs: u64,
    /// How many of them passed. Integer, at least 0.
    ///
    /// Example: `36`
    #[serde(with = "number::required")]
    pub passed: u64,
    /// Mean of the scores. At least 0, at most 100.
    ///
    /// Example: `87.5`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub mean_score: Option<f64>,
    /// Sum of the known costs in US dollars. Absent: no cost is known. At least 0.
    ///
    /// Example: `16.8`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub cost_usd_total: Option<f64>,
    /// How many of the runs have a known cost. A run of unknown cost is no run without cost. Integer, at least 0.
    ///
    /// Example: `38`
    #[serde(with = "number::required")]
    pub cost_known: u64,
    /// Mean of the known durations in milliseconds. Absent: no duration is known. At least 0.
    ///
    /// Example: `400520`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub mean_duration_ms: Option<f64>,
    /// How many of the runs have a known duration. Integer, at least 0.
    ///
    /// Example: `40`
    #[serde(with = "number::required")]
    pub duration_known: u64,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl LeaderboardGroup {
    /// One that has the members that are required, and no others.
    pub fn new(runs: u64, passed: u64, cost_known: u64, duration_known: u64) -> Self {
        Self {
            benchmark_id: Default::default(),
            group: Default::default(),
            runs,
            passed,
            mean_score: Default::default(),
            cost_usd_total: Default::default(),
            cost_known,
            mean_duration_ms: Default::default(),
            duration_known,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Evaluated runs in groups, best first: by share of passed runs, then by mean score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaderboard {
    /// What the runs are grouped by.
    ///
    /// Example: `"agent_id"`
    pub by: LeaderboardBy,
    /// The groups, best first.
    pub groups: Vec<LeaderboardGroup>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Leaderboard {
    /// One that has the members that are required, and no others.
    pub fn new(by: LeaderboardBy, groups: Vec<LeaderboardGroup>) -> Self {
        Self {
            by,
            groups,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Limits set for a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest number of steps. Integer, at least 0.
    ///
    /// Example: `200`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_steps: Option<u64>,
    /// Largest number of model calls. Integer, at least 0.
    ///
    /// Example: `50`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_model_calls: Option<u64>,
    /// Largest number of tokens. Integer, at least 0.
    ///
    /// Example: `2000000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u64>,
    /// Longest duration in milliseconds. At least 0.
    ///
    /// Example: `3600000`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_duration_ms: Option<f64>,
    /// Highest cost in US dollars. At least 0.
    ///
    /// Example: `5`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_cost_usd: Option<f64>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// One link between a parent and a child, as far as it can be checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineageEdge {
    /// The parent. Not empty.
    ///
    /// Example: `"run_2290"`
    pub parent_run_id: String,
    /// The child. Not empty.
    ///
    /// Example: `"run_2292"`
    pub child_run_id: String,
    /// Delegation that links them. Not empty.
    ///
    /// Example: `"dlg-5d0a"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<String>,
    /// `mutual`: both records name each other. `chained`: the parent given is the one named. `open`: the parent does not say how the child ended. `child_only`, `parent_only`: only one of them says so. `unresolved`: the other record was not given. `conflict`: they contradict each other.
    ///
    /// Example: `"mutual"`
    pub state: LineageEdgeState,
    /// JSON Pointer to the place that names the link.
    ///
    /// Example: `"/provenance/parents/0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What is wrong or missing: spec/errors.md. Not empty.
    ///
    /// Example: `"lineage.leaf"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl LineageEdge {
    /// One that has the members that are required, and no others.
    pub fn new(parent_run_id: impl Into<String>, child_run_id: impl Into<String>, state: LineageEdgeState) -> Self {
        Self {
            parent_run_id: parent_run_id.into(),
            child_run_id: child_run_id.into(),
            delegation_id: Default::default(),
            state,
            path: Default::default(),
            code: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Where the same work is described elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Links {
    /// OpenTelemetry trace, 32 lower-case hexadecimal digits.
    ///
    /// Example: `"4bf92f3577b34da6a3ce929d0e0e4736"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
    /// OpenTelemetry span, 16 lower-case hexadecimal digits.
    ///
    /// Example: `"00f067aa0ba902b7"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub span_id: Option<String>,
    /// Pages about this run. Nothing fetches them by itself. Each: Not empty.
    ///
    /// Example: `["https://ci.example.org/jobs/117"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub urls: Option<Vec<String>>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// MCP servers that steps ran on, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct McpServerPage {
    /// The servers of this page.
    pub servers: Vec<McpServerUse>,
    /// Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
    ///
    /// Example: `"eyJ2IjoxfQ.kJ8mVx0pQb3n"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl McpServerPage {
    /// One that has the members that are required, and no others.
    pub fn new(servers: Vec<McpServerUse>) -> Self {
        Self {
            servers,
            next: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// An MCP server that steps ran on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct McpServerUse {
    /// Name the host gave it. Not empty.
    ///
    /// Example: `"github"`
    pub name: String,
    /// Newest run with a step that ran on it. Not empty.
    ///
    /// Example: `"run_2292"`
    pub last_run_id: String,
    /// When that run started, or was received where the start is unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub last_at: String,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl McpServerUse {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>, last_run_id: impl Into<String>, last_at: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            last_run_id: last_run_id.into(),
            last_at: last_at.into(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// An MCP server that was mounted for the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct McpServer {
    /// Name the host gave it. Not empty.
    ///
    /// Example: `"github"`
    pub name: String,
    /// Name the server gave itself. Not empty.
    ///
    /// Example: `"github-mcp-server"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
    /// Version of the server. Not empty.
    ///
    /// Example: `"1.4.0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// MCP transport. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"stdio"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub transport: Option<Transport>,
    /// Negotiated MCP protocol version. Not empty.
    ///
    /// Example: `"2025-11-25"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub protocol_version: Option<String>,
    /// Command it was started with, without secrets. Not empty.
    ///
    /// Example: `"github-mcp-server stdio"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Address it was reached at, without secrets. Not empty.
    ///
    /// Example: `"https://mcp.example.org/github"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Digest of kind `tools` over the list of its tool definitions. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tools_hash: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl McpServer {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            server_name: Default::default(),
            version: Default::default(),
            transport: Default::default(),
            protocol_version: Default::default(),
            command: Default::default(),
            url: Default::default(),
            tools_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Settings a model was asked to run with. Provider-specific settings may stand beside the named ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelConfig {
    /// Sampling temperature. At least 0.
    ///
    /// Example: `0.2`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// Nucleus sampling threshold, from 0 to 1. At least 0, at most 1.
    ///
    /// Example: `0.95`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f64>,
    /// Number of candidates considered. Integer, at least 0.
    ///
    /// Example: `40`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub top_k: Option<u64>,
    /// Largest number of tokens to write. Integer, at least 0.
    ///
    /// Example: `8192`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<u64>,
    /// Random seed. Integer.
    ///
    /// Example: `7`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    /// Sequences that end the output.
    ///
    /// Example: `["\n\nHuman:"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub stop_sequences: Option<Vec<String>>,
    /// How much reasoning was asked for, in the provider's words. Not empty.
    ///
    /// Example: `"high"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub reasoning_effort: Option<String>,
    /// Service or speed tier at the provider. Not empty.
    ///
    /// Example: `"standard"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub service_tier: Option<String>,
    /// Model tier of the runtime that was resolved to this model. Not empty.
    ///
    /// Example: `"medium"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A model provider that was configured for the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelProvider {
    /// Name of the provider. Not empty.
    ///
    /// Example: `"anthropic"`
    pub name: String,
    /// Models that were available from it. Each: Not empty.
    ///
    /// Example: `["claude-sonnet-4-5"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<String>>,
    /// Address of its API, without secrets. Not empty.
    ///
    /// Example: `"https://api.example.org"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ModelProvider {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            models: Default::default(),
            url: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A number in which two runs differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberDifference {
    /// What is counted: a member of the cost or of the run, with its unit, or `steps`, `model_calls`, `tool_calls`. Not empty.
    ///
    /// Example: `"input_tokens"`
    pub name: String,
    /// Number of the earlier run. `null`: unknown. Absent: not recorded.
    ///
    /// Example: `9120`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub before: Nullable<f64>,
    /// Number of the later run. `null`: unknown. Absent: not recorded.
    ///
    /// Example: `12044`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub after: Nullable<f64>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl NumberDifference {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            before: Default::default(),
            after: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A run that this one descends from, in checkable form: `delegation_id` and `handoff_leaf` for a delegated child, `record_hash` for a run triggered by a finished one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParentRef {
    /// The parent run. Not empty.
    ///
    /// Example: `"run_2290"`
    pub run_id: String,
    /// Delegation that started this run. Not empty.
    ///
    /// Example: `"dlg-5d0a"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<String>,
    /// Leaf hash of the parent's handoff step in its step tree. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub handoff_leaf: Option<String>,
    /// `record_hash` of the finished parent. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ParentRef {
    /// One that has the members that are required, and no others.
    pub fn new(run_id: impl Into<String>) -> Self {
        Self {
            run_id: run_id.into(),
            delegation_id: Default::default(),
            handoff_leaf: Default::default(),
            record_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What a run was allowed to do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Permissions {
    /// Approval mode in the runtime's words. Not empty.
    ///
    /// Example: `"default"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approval_mode: Option<String>,
    /// Permissions granted for this run, in the runtime's words. Shown, never evaluated. Each: Not empty.
    ///
    /// Example: `["Bash(npm test:*)"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub granted: Option<Vec<String>>,
    /// Limits set for this run.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A machine decides about an input, an output or a call: what was evaluated, which policy applied, why, and what the runtime did with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyDecision {
    /// Identifier of the decision, unique within the run. Not empty.
    ///
    /// Example: `"pd-3"`
    pub id: String,
    /// When the decision was made. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub at: String,
    /// Step that the decision is about. Not empty.
    ///
    /// Example: `"s-29"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub step_id: Option<String>,
    /// Tool call that the decision is about. Not empty.
    ///
    /// Example: `"toolu_01BxJ"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_call_id: Option<String>,
    /// Where the decision stood.
    ///
    /// Example: `"tool_call"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub boundary: Option<PolicyDecisionBoundary>,
    /// Digest of what was evaluated. Private. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub subject_hash: Option<String>,
    /// Policy that was applied.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyRef>,
    /// What decided.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub decider: Option<Decider>,
    /// What was decided.
    ///
    /// Example: `"block"`
    pub verdict: PolicyDecisionVerdict,
    /// `rule`: a rule decided. `default`: none matched (a default deny differs from a rule that denied). `error`: the decider failed.
    ///
    /// Example: `"rule"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub matched: Option<PolicyDecisionMatched>,
    /// Rules that matched. Each: Not empty.
    ///
    /// Example: `["no-rm"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub rule_ids: Option<Vec<String>>,
    /// Why, in words, also for `allow`. Never a captured secret. Private. Each: Not empty.
    ///
    /// Example: `["deletes outside the workspace"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
    /// Confidence of a classifier, from 0 to 1. At least 0, at most 1.
    ///
    /// Example: `0.97`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// What the runtime did with the verdict.
    ///
    /// Example: `"blocked"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<PolicyDecisionEnforcement>,
    /// `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
    ///
    /// Example: `"observed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub basis: Option<PolicyDecisionBasis>,
    /// Identifier of the decision in the system that made it. Not empty.
    ///
    /// Example: `"guard-20261120-17"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub private_hash: Option<String>,
    /// Anything else the producer wants to keep. Private: erased together with the other private members of this object.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl PolicyDecision {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>, at: impl Into<String>, verdict: PolicyDecisionVerdict) -> Self {
        Self {
            id: id.into(),
            at: at.into(),
            step_id: Default::default(),
            tool_call_id: Default::default(),
            boundary: Default::default(),
            subject_hash: Default::default(),
            policy: Default::default(),
            decider: Default::default(),
            verdict,
            matched: Default::default(),
            rule_ids: Default::default(),
            reasons: Default::default(),
            confidence: Default::default(),
            enforcement: Default::default(),
            basis: Default::default(),
            external_id: Default::default(),
            salt: Default::default(),
            private_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A policy, named exactly enough to be found again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyRef {
    /// Identifier of the policy. Not empty.
    ///
    /// Example: `"repo-write"`
    pub id: String,
    /// Version of the policy. Not empty.
    ///
    /// Example: `"4"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// SHA-256 of the policy as stored. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl PolicyRef {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            version: Default::default(),
            digest: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// An unchained line of a journal: the salt and the private members of one object, whose `private_hash` stands in the chain. Beside the members named here it has the private members of that object, as they were. Deleting the line erases them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrivateLine {
    /// `private_hash` of the object whose members these are. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub private: String,
    /// Salt of the object: 32 random bytes, lower-case hexadecimal. 64 lower-case hexadecimal digits.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    pub salt: String,
    /// The `metadata` of that object, where it is one of its private members.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl PrivateLine {
    /// One that has the members that are required, and no others.
    pub fn new(private: impl Into<String>, salt: impl Into<String>) -> Self {
        Self {
            private: private.into(),
            salt: salt.into(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One fault of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProblemError {
    /// What was found: spec/errors.md. Not empty.
    ///
    /// Example: `"schema.enum"`
    pub code: String,
    /// JSON Pointer to the place in the body; empty for the whole of it.
    ///
    /// Example: `"/status"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Name of the query parameter, path parameter or header that is wrong.
    ///
    /// Example: `"since"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What was found and what was expected. Not empty.
    ///
    /// Example: `"found \"done\", expected one of completed, failed"`
    pub message: String,
    /// Sentence of the standard behind it. Not empty.
    ///
    /// Example: `"AR-RUN-004"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ProblemError {
    /// One that has the members that are required, and no others.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            pointer: Default::default(),
            parameter: Default::default(),
            message: message.into(),
            requirement: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Why a request was not done: problem details (RFC 9457) with a stable code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Names the kind of problem: `https://w3id.org/agent-run/v1/errors#` and the code. Not empty.
    ///
    /// Example: `"https://w3id.org/agent-run/v1/errors#record.invalid"`
    pub r#type: String,
    /// The kind of problem in a few words, the same for every problem with this code. Not empty.
    ///
    /// Example: `"The record is not valid"`
    pub title: String,
    /// HTTP status of the answer. Integer, at least 400, at most 599.
    ///
    /// Example: `422`
    #[serde(with = "number::required")]
    pub status: u64,
    /// What is wrong: spec/errors.md. Not empty.
    ///
    /// Example: `"record.invalid"`
    pub code: String,
    /// What was found and what was expected. Quotes nothing private. Not empty.
    ///
    /// Example: `"the record breaks 2 rules"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The single faults.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<ProblemError>>,
    /// The limit that was passed, in the unit that the code names: octets, lines or items. Integer, at least 0.
    ///
    /// Example: `10485760`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Where the journal stands: what the next line has to follow.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub expected: Option<JournalPosition>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Problem {
    /// One that has the members that are required, and no others.
    pub fn new(r#type: impl Into<String>, title: impl Into<String>, status: u64, code: impl Into<String>) -> Self {
        Self {
            r#type: r#type.into(),
            title: title.into(),
            status,
            code: code.into(),
            detail: Default::default(),
            errors: Default::default(),
            limit: Default::default(),
            expected: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Where a record comes from, and what the server was told about it since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProvenanceAnswer {
    /// The provenance of the record.
    pub provenance: Provenance,
    /// Statements about the record, in the order in which the server received them; its own countersignature among them.
    pub statements: Vec<Statement>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ProvenanceAnswer {
    /// One that has the members that are required, and no others.
    pub fn new(provenance: Provenance, statements: Vec<Statement>) -> Self {
        Self {
            provenance,
            statements,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Fingerprint of the configuration, lineage, seal and signature of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Fingerprint of the configuration (64 hexadecimal digits): digest of kind `run-inputs` over agent_id, model, tools, config_hash and trigger. Equal set-ups have equal fingerprints by design: it is never an identity or a link.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    pub run_hash: String,
    /// Digest of the configuration, as the producer defines it.
    ///
    /// Example: `"3b1e…"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub config_hash: Nullable<String>,
    /// Exact version of the model.
    ///
    /// Example: `"claude-sonnet-4-5-20250929"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub model_version: Nullable<String>,
    /// SHA-256 of the prompt or instructions as stored. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub prompt_digest: Option<String>,
    /// Digest of kind `inventory` over the inventory that was in force. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub inventory_hash: Option<String>,
    /// Software that wrote this record.
    ///
    /// Example: `"agent-run-recorder 0.9.0"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub runtime: Nullable<String>,
    /// When this record was written. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:09:03Z"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub created_at: Nullable<String>,
    /// At least 128 random bits, lower-case hexadecimal, chosen when the run starts. Makes every run distinguishable from a replay with the same ids. 32 to 128 lower-case hexadecimal digits.
    ///
    /// Example: `"6f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// Runs that this one descends from, in checkable form.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub parents: Option<Vec<ParentRef>>,
    /// `run_hash` of the parent, written for 0.1 readers. Cannot identify a parent.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub parent_run_hash: Nullable<String>,
    /// `run_hash`es of the ancestors, root first, at most 32, written for 0.1 readers.
    ///
    /// Example: `["5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Vec<String>>,
    /// Number of steps in the step tree. Integer, at least 0.
    ///
    /// Example: `31`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub steps_count: Option<u64>,
    /// Root of the RFC 6962 Merkle tree over the canonical public forms of the steps. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub steps_root: Option<String>,
    /// Digest of the last journal line before the seal. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub journal_head: Option<String>,
    /// When the record was sealed, by the sealer's own clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:09:03Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub sealed_at: Option<String>,
    /// Digest of kind `run` over the record: the identity of a sealed record. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// Key that signed the record: an Ed25519 did:key.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub signed_by: Nullable<String>,
    /// Ed25519 signature over the same bytes as `record_hash`: 88 base64 characters.
    ///
    /// Example: `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub signature: Nullable<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Provenance {
    /// One that has the members that are required, and no others.
    pub fn new(run_hash: impl Into<String>) -> Self {
        Self {
            run_hash: run_hash.into(),
            config_hash: Default::default(),
            model_version: Default::default(),
            prompt_digest: Default::default(),
            inventory_hash: Default::default(),
            runtime: Default::default(),
            created_at: Default::default(),
            nonce: Default::default(),
            parents: Default::default(),
            parent_run_hash: Default::default(),
            lineage: Default::default(),
            steps_count: Default::default(),
            steps_root: Default::default(),
            journal_head: Default::default(),
            sealed_at: Default::default(),
            record_hash: Default::default(),
            signed_by: Default::default(),
            signature: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Whether and how one recovery action is possible.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoveryAction {
    /// Whether it can be done.
    ///
    /// Example: `"available"`
    pub state: RecoveryActionState,
    /// How it is done. Not empty.
    ///
    /// Example: `"git reset --hard 4c1e9f20"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Who is responsible for it. Not empty.
    ///
    /// Example: `"release team"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl RecoveryAction {
    /// One that has the members that are required, and no others.
    pub fn new(state: RecoveryActionState) -> Self {
        Self {
            state,
            how: Default::default(),
            owner: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What can still be done about a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recovery {
    /// Stopping it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub stop: Option<RecoveryAction>,
    /// Pausing it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub pause: Option<RecoveryAction>,
    /// Trying it again.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub retry: Option<RecoveryAction>,
    /// Going on where it stopped.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub resume: Option<RecoveryAction>,
    /// Running it again from the record.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub replay: Option<RecoveryAction>,
    /// Undoing what it did.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub rollback: Option<RecoveryAction>,
    /// Removing what it left behind.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub cleanup: Option<RecoveryAction>,
    /// Removing the agent.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub uninstall: Option<RecoveryAction>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Another run that this one stands in a named relation to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelatedRun {
    /// How this run relates to the other. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"retry_of"`
    pub relation: Relation,
    /// The other run. Not empty.
    ///
    /// Example: `"run_2291"`
    pub run_id: String,
    /// Step of the other run, where the relation is to one step. Not empty.
    ///
    /// Example: `"s-12"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub step_id: Option<String>,
    /// `record_hash` of the other run. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl RelatedRun {
    /// One that has the members that are required, and no others.
    pub fn new(relation: Relation, run_id: impl Into<String>) -> Self {
        Self {
            relation,
            run_id: run_id.into(),
            step_id: Default::default(),
            record_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// When and why a key stopped counting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revocation {
    /// From when it does not count. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-01T00:00:00Z"`
    pub at: String,
    /// `compromised`: somebody else may have had it, so what it signed at an unknown time counts for nothing. `superseded`: another key took its place. `retired`: it is no longer used.
    ///
    /// Example: `"compromised"`
    pub reason: RevocationReason,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Revocation {
    /// One that has the members that are required, and no others.
    pub fn new(at: impl Into<String>, reason: RevocationReason) -> Self {
        Self {
            at: at.into(),
            reason,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What differs between two runs, in the order in which it explains: configuration, the first step that differs, all steps that differ, what came of it, what changed outside, what it cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunDiff {
    /// Run that was asked about. Not empty.
    ///
    /// Example: `"run_2292"`
    pub run_id: String,
    /// Run it is compared with; it comes first in every pair. `null`: no last good run is known, and nothing is compared.
    ///
    /// Example: `"run_2291"`
    #[serde(deserialize_with = "nullable")]
    pub against: Option<String>,
    /// Why that run is the last good one. `baseline`: the record names it. `task`, `benchmark`, `repository`: the newest earlier good run of the same agent that shares it. Absent: the run was named in the question.
    ///
    /// Example: `"task"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub criterion: Option<RunDiffCriterion>,
    /// True if no difference was found. Absent where nothing is compared.
    ///
    /// Example: `false`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub same: Option<bool>,
    /// Head of the run it is compared with.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub before: Option<RunSummary>,
    /// Head of the run that was asked about.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub after: Option<RunSummary>,
    /// What the runs were given: model, prompt, tools with the hashes of their schemas, MCP servers, policies, permissions, sandbox, scope, input. In this order.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Vec<Difference>>,
    /// The first steps that differ. Absent: the steps agree.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub divergence: Option<StepDifference>,
    /// The steps that differ, in their order. Those before and after them agree.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepDifference>>,
    /// What came of it: status, outcome, error, evaluation, evidence, artifacts.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<Difference>>,
    /// Side effects of steps that ran, by kind and target: those that only one run had, and those that left something else behind.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub effects: Option<Vec<Difference>>,
    /// What they took: tokens, money, time, steps.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub cost: Option<Vec<NumberDifference>>,
    /// Number of steps by what became of them.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub counts: Option<StepCounts>,
    /// `exact`: no pairing of the steps leaves fewer of them over. `bounded`: the runs differ so much that the best pairing was not looked for everywhere; the differences are right, and there may be a shorter account of them.
    ///
    /// Example: `"exact"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub alignment: Option<RunDiffAlignment>,
    /// Differences that were found and are not listed, by reason.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Vec<SuppressedDifferences>>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl RunDiff {
    /// One that has the members that are required, and no others.
    pub fn new(run_id: impl Into<String>, against: Option<String>) -> Self {
        Self {
            run_id: run_id.into(),
            against,
            criterion: Default::default(),
            same: Default::default(),
            before: Default::default(),
            after: Default::default(),
            configuration: Default::default(),
            divergence: Default::default(),
            steps: Default::default(),
            results: Default::default(),
            effects: Default::default(),
            cost: Default::default(),
            counts: Default::default(),
            alignment: Default::default(),
            suppressed: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What a subscriber is told: something happened to a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunEvent {
    /// What happened. Every run gives one `run.completed`, when it has reached a terminal status.
    ///
    /// Example: `"run.completed"`
    pub r#type: RunEventType,
    /// Identifier of the run. Not empty.
    ///
    /// Example: `"run_2292"`
    pub run_id: String,
    /// The run as it was then.
    pub run: RunSummary,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl RunEvent {
    /// One that has the members that are required, and no others.
    pub fn new(r#type: RunEventType, run_id: impl Into<String>, run: RunSummary) -> Self {
        Self {
            r#type,
            run_id: run_id.into(),
            run,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One page of the list of runs, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPage {
    /// The runs of this page, newest first.
    pub runs: Vec<RunSummary>,
    /// Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
    ///
    /// Example: `"eyJ2IjoxfQ.kJ8mVx0pQb3n"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// With `side_effect=write`: number of further runs that meet the other filters and executed commands, which can write files too. Counted to 1,000 and no further. Integer, at least 0, at most 1000.
    ///
    /// Example: `12`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub also_executed: Option<u64>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl RunPage {
    /// One that has the members that are required, and no others.
    pub fn new(runs: Vec<RunSummary>) -> Self {
        Self {
            runs,
            next: Default::default(),
            also_executed: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What the server has of a run: it is stored, under this identity, with this content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunReceipt {
    /// Identifier of the run. Not empty.
    ///
    /// Example: `"run_2292"`
    pub id: String,
    /// Fingerprint of the configuration, as the record says.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    pub run_hash: String,
    /// `record_hash` of a sealed record. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// Digest of kind `document` over the record without its eval: equal for records that are the same, eval aside. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub document_hash: String,
    /// SHA-256 of the octets that GET answers; in quotes it is the `ETag`. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    pub etag: String,
    /// When the server received the run first, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    pub received_at: String,
    /// Warnings about the record. It was stored with them.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<Finding>>,
    /// Countersignature of the server over a sealed record: that it had it at that time. Only from a server with a key.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub received: Option<Statement>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl RunReceipt {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>, run_hash: impl Into<String>, document_hash: impl Into<String>, etag: impl Into<String>, received_at: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            run_hash: run_hash.into(),
            record_hash: Default::default(),
            document_hash: document_hash.into(),
            etag: etag.into(),
            received_at: received_at.into(),
            findings: Default::default(),
            received: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What a list shows of a run: its head, without steps and private members. Members of the record that are `null` or absent are absent here. So that a page stays small, a text of more than 512 UTF-16 code units is cut, with an ellipsis at its end, and of tags and kinds of effects no more than 64 are listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunSummary {
    /// Identifier of the run. Not empty.
    ///
    /// Example: `"run_2292"`
    pub id: String,
    /// Identifier of the agent or application. Not empty.
    ///
    /// Example: `"release-bot"`
    pub agent_id: String,
    /// Name of the agent for people.
    ///
    /// Example: `"Release bot"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agent_name: Option<String>,
    /// Version of the agent or application.
    ///
    /// Example: `"2.3.1"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agent_version: Option<String>,
    /// Model that was requested.
    ///
    /// Example: `"claude-sonnet-4-5"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// State of the run.
    ///
    /// Example: `"completed"`
    pub status: RunSummaryStatus,
    /// What came of the work.
    ///
    /// Example: `"success"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub outcome: Option<RunSummaryOutcome>,
    /// What started the run.
    ///
    /// Example: `"manual"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub trigger: Option<RunSummaryTrigger>,
    /// When the run began, as the record says. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(deserialize_with = "nullable")]
    pub started_at: Option<String>,
    /// When the run reached its terminal status. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:08:52.000Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<String>,
    /// Wall-clock duration in milliseconds. At least 0.
    ///
    /// Example: `400520`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// True while a journal feeds the run: the record still grows.
    ///
    /// Example: `false`
    pub live: bool,
    /// True if the record is sealed.
    ///
    /// Example: `true`
    pub sealed: bool,
    /// Highest level that the record reaches by the trust file of the server.
    ///
    /// Example: `"sealed"`
    pub level: RunSummaryLevel,
    /// Number of steps; of a live run, of the final ones. Integer, at least 0.
    ///
    /// Example: `31`
    #[serde(with = "number::required")]
    pub steps_count: u64,
    /// Fingerprint of the configuration, as the record says.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub run_hash: Option<String>,
    /// `record_hash` of a sealed record: its identity. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub record_hash: Option<String>,
    /// Task or ticket the run works on.
    ///
    /// Example: `"TASK-117"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// Session or conversation the run belongs to.
    ///
    /// Example: `"sess-41c0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// The human's turn that the work belongs to.
    ///
    /// Example: `"t-8"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<String>,
    /// Id of the run that started this one.
    ///
    /// Example: `"run_2290"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub parent_run_id: Option<String>,
    /// Short labels for filtering.
    ///
    /// Example: `["release","nightly"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Kind of the error that ended the run, a value of the open vocabulary of the same name. Not empty.
    ///
    /// Example: `"tool_failed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub error_type: Option<String>,
    /// Of the cost of the run: `input_tokens`, `output_tokens`, `cost_usd`, `amount` and `unit`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Of the current judgement of the run: `pass`, `score` and `benchmark_id`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub eval: Option<EvalResult>,
    /// Number of steps that ran with a side effect, by the kind of the effect. Kinds without one are absent; others than the named may stand beside them.
    ///
    /// Example: `{"write":4,"exec":11}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub effects: Option<RunSummaryEffects>,
    /// When the server received the run, by the server's clock. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Number of steps that ran with a side effect, by the kind of the effect. Kinds without one are absent; others than the named may stand beside them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunSummaryEffects {
    /// Number of steps that ran and changed and touched nothing. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub none: Option<u64>,
    /// Number of steps that ran and read. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub read: Option<u64>,
    /// Number of steps that ran and created or changed something. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub write: Option<u64>,
    /// Number of steps that ran and removed something. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub delete: Option<u64>,
    /// Number of steps that ran and executed a command or program. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub exec: Option<u64>,
    /// Number of steps that ran and contacted a host. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub network: Option<u64>,
    /// Number of steps that ran and published something or put it into operation. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub deploy: Option<u64>,
    /// Number of steps that ran and moved money. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub payment: Option<u64>,
    /// Number of steps that ran and wrote to somebody. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub message: Option<u64>,
    /// Number of steps that ran and used, created or changed a credential. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub credential: Option<u64>,
    /// Number of steps that ran and put something into a timetable. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub schedule: Option<u64>,
    /// Number of steps that ran and read or changed the agent's lasting memory. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub memory: Option<u64>,
    /// Number of steps that ran and started, signalled or stopped a process. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub process: Option<u64>,
    /// Number of steps that ran and had an effect of another kind. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub other: Option<u64>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Isolation in which a run executed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sandbox {
    /// Kind of sandbox. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"container"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub kind: Option<SandboxKind>,
    /// Digest of the container or machine image. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub image_digest: Option<String>,
    /// Folders that could be written to. Each: Not empty.
    ///
    /// Example: `["/work/repo"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub writable_roots: Option<Vec<String>>,
    /// Which network could be reached.
    ///
    /// Example: `"none"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub network: Option<SandboxNetwork>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Repository, folder and files that a run was about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scope {
    /// Repository, as a URL without secrets or a name. Not empty.
    ///
    /// Example: `"https://git.example.org/acme/parser"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Folder the run worked in. Paths of side effects are relative to it. Not empty.
    ///
    /// Example: `"/work/parser"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// Whether there were uncommitted changes when the run started.
    ///
    /// Example: `false`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub dirty: Option<bool>,
    /// Files that were given or named as in scope. Each: Not empty.
    ///
    /// Example: `["src/index.ts"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<String>>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// What a server says about itself before anything else is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerInfo {
    /// Versions of the protocol that the server speaks, the preferred one first. Each: Not empty.
    ///
    /// Example: `["1.0.0"]`
    pub protocol: Vec<String>,
    /// Parts of the protocol that the server has, all of each: `core`, `batch`, `journal`, `approvals`, `verify`, `proofs`, `query`, `erasure`. Each: Not empty.
    ///
    /// Example: `["core","batch","journal"]`
    pub capabilities: Vec<String>,
    /// What the server takes at most.
    pub limits: ServerLimits,
    /// The software that answers.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub server: Option<ServerSoftware>,
    /// Key that signs countersignatures and tombstones: an Ed25519 did:key. Absent: the server signs nothing.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub server_key: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ServerInfo {
    /// One that has the members that are required, and no others.
    pub fn new(protocol: Vec<String>, capabilities: Vec<String>, limits: ServerLimits) -> Self {
        Self {
            protocol,
            capabilities,
            limits,
            server: Default::default(),
            server_key: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What the server takes at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerLimits {
    /// Largest body of a request with one object or with journal lines, in octets, after decompression. Integer, at least 1.
    ///
    /// Example: `10485760`
    #[serde(with = "number::required")]
    pub body_octets: u64,
    /// Largest body of a batch, in octets, after decompression. Integer, at least 1.
    ///
    /// Example: `67108864`
    #[serde(with = "number::required")]
    pub batch_octets: u64,
    /// Most lines of a batch. Integer, at least 1.
    ///
    /// Example: `10000`
    #[serde(with = "number::required")]
    pub batch_lines: u64,
    /// Longest line of a batch or of a journal, in octets. Integer, at least 1.
    ///
    /// Example: `10485760`
    #[serde(with = "number::required")]
    pub line_octets: u64,
    /// Largest `limit` of a page. Integer, at least 1.
    ///
    /// Example: `200`
    #[serde(with = "number::required")]
    pub page: u64,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ServerLimits {
    /// One that has the members that are required, and no others.
    pub fn new(body_octets: u64, batch_octets: u64, batch_lines: u64, line_octets: u64, page: u64) -> Self {
        Self {
            body_octets,
            batch_octets,
            batch_lines,
            line_octets,
            page,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// The software that answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerSoftware {
    /// Name of the software. Not empty.
    ///
    /// Example: `"@agent-run/server"`
    pub name: String,
    /// Version of the software. Not empty.
    ///
    /// Example: `"0.9.0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl ServerSoftware {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// How an agent was installed and configured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// How it was installed. Not empty.
    ///
    /// Example: `"npm"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// When it was installed. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-01T09:00:00Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub installed_at: Option<String>,
    /// Package or image that was installed.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub package: Option<ContentRef>,
    /// Configuration that was in force.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub config: Option<ContentRef>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// One thing that keeps a record from a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shortfall {
    /// Level that is missed.
    ///
    /// Example: `"accountable"`
    pub level: ShortfallLevel,
    /// What is missing: spec/errors.md. Not empty.
    ///
    /// Example: `"level.effects_missing"`
    pub code: String,
    /// JSON Pointer to the place.
    ///
    /// Example: `"/steps/5"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The same in one sentence for people. Not empty.
    ///
    /// Example: `"this tool call has no side_effects"`
    pub reason: String,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Shortfall {
    /// One that has the members that are required, and no others.
    pub fn new(level: ShortfallLevel, code: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            level,
            code: code.into(),
            path: Default::default(),
            reason: reason.into(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Something a step changed or touched outside itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SideEffect {
    /// Class of the effect. `none` says that there was none. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"write"`
    pub kind: SideEffectKind,
    /// What was done, in the tool's words. Private.
    ///
    /// Example: `"npm publish --tag beta"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// What kind of thing was touched. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"file"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub target_kind: Option<TargetKind>,
    /// What was touched. Files relative to `scope.root` inside it, else absolute. Private.
    ///
    /// Example: `"src/index.ts"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Whether it can be undone.
    ///
    /// Example: `"full"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub reversible: Option<SideEffectReversible>,
    /// SHA-256 of the target before. Private. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub before_digest: Option<String>,
    /// SHA-256 of the target after. Private. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub after_digest: Option<String>,
    /// Artifact that holds the result. Not empty.
    ///
    /// Example: `"a-3"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub artifact_id: Option<String>,
    /// `declared`: the call says so. `observed`: it was seen to happen. `inferred`: a converter concluded it from tool and arguments.
    ///
    /// Example: `"observed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub basis: Option<SideEffectBasis>,
    /// 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub private_hash: Option<String>,
    /// Anything else the producer wants to keep. Private: erased together with the other private members of this object.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl SideEffect {
    /// One that has the members that are required, and no others.
    pub fn new(kind: SideEffectKind) -> Self {
        Self {
            kind,
            operation: Default::default(),
            target_kind: Default::default(),
            target: Default::default(),
            reversible: Default::default(),
            before_digest: Default::default(),
            after_digest: Default::default(),
            artifact_id: Default::default(),
            basis: Default::default(),
            salt: Default::default(),
            private_hash: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A skill, plugin or module that was mounted for the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skill {
    /// Name of the skill. Not empty.
    ///
    /// Example: `"release-notes"`
    pub name: String,
    /// Version of the skill. Not empty.
    ///
    /// Example: `"1.2.0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// SHA-256 of the skill as stored. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Where it came from. Not empty.
    ///
    /// Example: `"npm:@acme/skills"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Skill {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: Default::default(),
            digest: Default::default(),
            origin: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Part of a source, first and last included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceRange {
    /// What is counted.
    ///
    /// Example: `"lines"`
    pub unit: SourceRangeUnit,
    /// First line (from 1) or byte (from 0). Integer, at least 0.
    ///
    /// Example: `12`
    #[serde(with = "number::required")]
    pub first: u64,
    /// Last line or byte, included. Integer, at least 0.
    ///
    /// Example: `214`
    #[serde(with = "number::required")]
    pub last: u64,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl SourceRange {
    /// One that has the members that are required, and no others.
    pub fn new(unit: SourceRangeUnit, first: u64, last: u64) -> Self {
        Self {
            unit,
            first,
            last,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Where a converted record came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Format of the source. Not empty.
    ///
    /// Example: `"claude-code"`
    pub format: String,
    /// Version of the format or of the program that wrote it. Not empty.
    ///
    /// Example: `"2.1.38"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub format_version: Option<String>,
    /// Adapter that converted it. Not empty.
    ///
    /// Example: `"@agent-run/sdk/adapters/claude-code"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub adapter: Option<String>,
    /// Version of the adapter. Not empty.
    ///
    /// Example: `"0.9.0"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub adapter_version: Option<String>,
    /// SHA-256 of the source as it was read. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Part of the source that became this record.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub range: Option<SourceRange>,
    /// Where the times of the record come from.
    ///
    /// Example: `"recorded"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub times: Option<SourceTimes>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Source {
    /// One that has the members that are required, and no others.
    pub fn new(format: impl Into<String>) -> Self {
        Self {
            format: format.into(),
            format_version: Default::default(),
            adapter: Default::default(),
            adapter_version: Default::default(),
            digest: Default::default(),
            range: Default::default(),
            times: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Something said later about a sealed record or a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What is said. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"countersignature"`
    pub kind: StatementKind,
    /// What it is about: a record_hash, a key as a did:key, the root of a batch or an approval_id. Not empty.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    pub about: String,
    /// When it was said. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T15:00:00Z"`
    pub at: String,
    /// Content, by kind: the table in spec/registry.md.
    ///
    /// Example: `{"private_hashes":["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"],"reason":"request of the person named"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub body: Option<Map<String, Value>>,
    /// Key of the one who says it: an Ed25519 did:key.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// Ed25519 signature of kind `statement`: 88 base64 characters.
    ///
    /// Example: `"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Statement {
    /// One that has the members that are required, and no others.
    pub fn new(kind: StatementKind, about: impl Into<String>, at: impl Into<String>) -> Self {
        Self {
            kind,
            about: about.into(),
            at: at.into(),
            body: Default::default(),
            signed_by: Default::default(),
            signature: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Whether and how a step was allowed. Absent: not recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepApproval {
    /// `not_required`: the policy asked for nothing. `auto_approved`: an approval was required, and a standing grant or a rule satisfied it.
    ///
    /// Example: `"approved"`
    pub state: StepApprovalState,
    /// Approval (or, for `auto_approved`, the grant's approval) that this rests on. Not empty.
    ///
    /// Example: `"ap-7"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approval_id: Option<String>,
    /// Policy decision that this rests on. Not empty.
    ///
    /// Example: `"pd-3"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub decision_id: Option<String>,
    /// Policy that this rests on. Not empty.
    ///
    /// Example: `"repo-write"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub policy_id: Option<String>,
    /// `observed`: the runtime saw it happen. `inferred`: a converter concluded it.
    ///
    /// Example: `"observed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub basis: Option<StepApprovalBasis>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl StepApproval {
    /// One that has the members that are required, and no others.
    pub fn new(state: StepApprovalState) -> Self {
        Self {
            state,
            approval_id: Default::default(),
            decision_id: Default::default(),
            policy_id: Default::default(),
            basis: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Number of steps by what became of them from one run to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepCounts {
    /// Pairs of steps that agree. Integer, at least 0.
    ///
    /// Example: `24`
    #[serde(with = "number::required")]
    pub same: u64,
    /// Pairs of steps that differ. Integer, at least 0.
    ///
    /// Example: `3`
    #[serde(with = "number::required")]
    pub changed: u64,
    /// Steps that only the later run has. Integer, at least 0.
    ///
    /// Example: `5`
    #[serde(with = "number::required")]
    pub added: u64,
    /// Steps that only the earlier run has. Integer, at least 0.
    ///
    /// Example: `2`
    #[serde(with = "number::required")]
    pub removed: u64,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl StepCounts {
    /// One that has the members that are required, and no others.
    pub fn new(same: u64, changed: u64, added: u64, removed: u64) -> Self {
        Self {
            same,
            changed,
            added,
            removed,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A step that one of two runs lacks, or two steps that correspond and differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepDifference {
    /// `added`: only the later run has the step. `removed`: only the earlier one has it. `changed`: both have it, and it differs.
    ///
    /// Example: `"changed"`
    pub change: StepDifferenceChange,
    /// The step of the earlier run.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub before: Option<StepMention>,
    /// The step of the later run.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub after: Option<StepMention>,
    /// In what the two steps differ.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub differences: Option<Vec<Difference>>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl StepDifference {
    /// One that has the members that are required, and no others.
    pub fn new(change: StepDifferenceChange) -> Self {
        Self {
            change,
            before: Default::default(),
            after: Default::default(),
            differences: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A step of a run, as little of it as is needed to recognise it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepMention {
    /// Place in `steps`, from 0. Integer, at least 0.
    ///
    /// Example: `11`
    #[serde(with = "number::required")]
    pub index: u64,
    /// Identifier of the step. Not empty.
    ///
    /// Example: `"s-12"`
    pub id: String,
    /// What kind of thing was done. Not empty.
    ///
    /// Example: `"tool_call"`
    pub r#type: String,
    /// Name of the tool.
    ///
    /// Example: `"Bash"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_name: Option<String>,
    /// MCP server that executed the call.
    ///
    /// Example: `"github"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub mcp_server: Option<String>,
    /// Agent responsible for the step, where it is not the run's own.
    ///
    /// Example: `"reviewer"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// How the step ended.
    ///
    /// Example: `"failed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What it was about, in one line: the target of its first side effect, else the beginning of its input.
    ///
    /// Example: `"npm test"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl StepMention {
    /// One that has the members that are required, and no others.
    pub fn new(index: u64, id: impl Into<String>, r#type: impl Into<String>) -> Self {
        Self {
            index,
            id: id.into(),
            r#type: r#type.into(),
            tool_name: Default::default(),
            mcp_server: Default::default(),
            agent_id: Default::default(),
            status: Default::default(),
            about: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Final steps of a run, in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepPage {
    /// The steps of this page.
    pub steps: Vec<Step>,
    /// Opaque cursor of the next page: the value of `cursor` in the next request. Absent: this is the last page. Not empty.
    ///
    /// Example: `"eyJ2IjoxfQ.kJ8mVx0pQb3n"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl StepPage {
    /// One that has the members that are required, and no others.
    pub fn new(steps: Vec<Step>) -> Self {
        Self {
            steps,
            next: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One step, with what proves that it belongs to a sealed record whose other steps are not shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepProof {
    /// Version of this standard that the proof is written for. `1.` and the minor version.
    ///
    /// Example: `"1.0"`
    pub agent_run_proof: String,
    /// The record in public form without `steps` and `eval`: what `record_hash` is taken of, and `provenance.record_hash` and `provenance.signature` beside it.
    ///
    /// Example: `{"spec_version":"1.0","id":"run_2292","agent_id":"release-bot","status":"completed","provenance":{"steps_count":31,"steps_root":"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","record_hash":"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"}}`
    pub record: Map<String, Value>,
    /// The step as it stands in the record.
    pub step: Step,
    /// Place of the step in `steps`, from 0. Integer, at least 0.
    ///
    /// Example: `5`
    #[serde(with = "number::required")]
    pub index: u64,
    /// Hashes that lead from the leaf of the step to `steps_root`, from the leaf upwards (RFC 6962, section 2.1.1). Each: `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `["sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab","sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"]`
    pub path: Vec<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl StepProof {
    /// One that has the members that are required, and no others.
    pub fn new(agent_run_proof: impl Into<String>, record: Map<String, Value>, step: Step, index: u64, path: Vec<String>) -> Self {
        Self {
            agent_run_proof: agent_run_proof.into(),
            record,
            step,
            index,
            path,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One thing the agent, its model or a person did. A step is written when it becomes final and never changes afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Identifier of the step, unique within the run. Not empty.
    ///
    /// Example: `"s-27"`
    pub id: String,
    /// What kind of thing was done. `model_call` is one request to a model; a tool call is one step with its result, `tool_result` stands only where the call was not recorded.
    ///
    /// Example: `"tool_call"`
    pub r#type: StepType,
    /// Position in the order in which steps started, from 0. Integer, at least 0.
    ///
    /// Example: `26`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// How the step ended, or that it has not. `denied`: a person or a policy refused it, it did not run.
    ///
    /// Example: `"succeeded"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub status: Option<StepStatus>,
    /// Beginning of execution. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:11.480Z"`
    #[serde(deserialize_with = "nullable")]
    pub started_at: Option<String>,
    /// When the step became final. `null`: unknown. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:02:12Z"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub ended_at: Nullable<String>,
    /// Duration of the execution in milliseconds. At least 0.
    ///
    /// Example: `520`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub duration_ms: Nullable<f64>,
    /// Whose words or act this is.
    ///
    /// Example: `"assistant"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub role: Option<StepRole>,
    /// Step that contains this one. Not empty.
    ///
    /// Example: `"s-20"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub parent_step_id: Option<String>,
    /// Steps that caused this one. Never cyclic. Each: Not empty.
    ///
    /// Example: `["s-25"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub caused_by: Option<Vec<String>>,
    /// The human's turn, where one record spans several. Not empty.
    ///
    /// Example: `"t-8"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub turn_id: Option<String>,
    /// Agent responsible for the step, where it is not the run's own. Not empty.
    ///
    /// Example: `"reviewer"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// OpenTelemetry span of this step, 16 lower-case hexadecimal digits.
    ///
    /// Example: `"00f067aa0ba902b7"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub span_id: Option<String>,
    /// Id of the `model_call` step that this step came from. Not empty.
    ///
    /// Example: `"s-26"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub model_call_id: Option<String>,
    /// Which attempt this is, from 1. Integer, at least 1.
    ///
    /// Example: `2`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u64>,
    /// Id of the step that this one tries again. Not empty.
    ///
    /// Example: `"s-24"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub retry_of: Option<String>,
    /// Id of the step whose route failed and which this one replaces, for example with another model. Not empty.
    ///
    /// Example: `"s-22"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub fallback_from: Option<String>,
    /// True if the answer came from a cache of the runtime, without a request to the provider.
    ///
    /// Example: `false`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub cache_hit: Option<bool>,
    /// Model that answered (`model_call`). Not empty.
    ///
    /// Example: `"claude-sonnet-4-5-20250929"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Identifier of the response at the provider (`model_call`). Not empty.
    ///
    /// Example: `"msg_01XFDUDYJgAACzvnptvVoYEL"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub response_id: Option<String>,
    /// Why the model stopped, in the provider's words (`model_call`). Not empty.
    ///
    /// Example: `"end_turn"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub stop_reason: Option<String>,
    /// Time to the first token in milliseconds (`model_call`). At least 0.
    ///
    /// Example: `640`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub first_token_ms: Option<f64>,
    /// Version or digest of the prompt used (`model_call`). Not empty.
    ///
    /// Example: `"release-prompt@14"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub prompt_version: Option<String>,
    /// Name of the tool as offered to the model.
    ///
    /// Example: `"Bash"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub tool_name: Nullable<String>,
    /// Identifier of the call, as the model or the protocol gave it. Not empty.
    ///
    /// Example: `"toolu_01BxJ"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_call_id: Option<String>,
    /// Name of the MCP server that executed the call.
    ///
    /// Example: `"github"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub mcp_server: Nullable<String>,
    /// `schema_hash` of the tool definition in force, equal to exactly one tool of the inventory. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub tool_hash: Option<String>,
    /// Digest of kind `arguments` over the arguments and the step's salt. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub arguments_hash: Option<String>,
    /// Host or client that issued the call. Not empty.
    ///
    /// Example: `"claude-code"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub initiated_by: Option<String>,
    /// Privilege the step ran with, in the runtime's words. Not empty.
    ///
    /// Example: `"workspace-write"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// Beginning of the input. At most 2,000 code points; recorders cut it. Private.
    ///
    /// Example: `"npm publish --tag beta"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub input_preview: Nullable<String>,
    /// Beginning of the output. At most 2,000 code points; recorders cut it. Private.
    ///
    /// Example: `"E403 Forbidden"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub output_preview: Nullable<String>,
    /// Full inputs, kept elsewhere and named by digest. Private.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub input_refs: Option<Vec<ContentRef>>,
    /// Full outputs, kept elsewhere and named by digest. Private.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub output_refs: Option<Vec<ContentRef>>,
    /// What the step changed or touched outside itself. An empty list says nothing; "no effect" is one entry of kind `none`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub side_effects: Option<Vec<SideEffect>>,
    /// Whether and how the step was allowed.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approval: Option<StepApproval>,
    /// Ids of the artifacts this step created, modified or deleted. Each: Not empty.
    ///
    /// Example: `["a-3"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub artifact_ids: Option<Vec<String>>,
    /// Version of the shared state the step read or wrote. Not empty.
    ///
    /// Example: `"state@12"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub state_version: Option<String>,
    /// Id of the run that this step delegated to (`handoff`, `handoff_result`). Not empty.
    ///
    /// Example: `"run_2292"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub child_run_id: Option<String>,
    /// `record_hash` of the child run, once known (`handoff_result`). `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub child_record_hash: Option<String>,
    /// Identifier of this delegation; fresh for every child, also for a retried one. Not empty.
    ///
    /// Example: `"dlg-5d0a"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<String>,
    /// What this step consumed. Token usage stands on `model_call` steps and nowhere else.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// What went wrong, in words. Private.
    ///
    /// Example: `"exit status 1"`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub error: Nullable<String>,
    /// Kind of the error. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"tool_failed"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub error_type: Option<ErrorType>,
    /// Exit code of a command. Integer.
    ///
    /// Example: `1`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i64>,
    /// Where this step stands in the source of a converted record: line, event id or JSON Pointer. Not empty.
    ///
    /// Example: `"line 214"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub source_ref: Option<String>,
    /// 32 fresh random bytes, lower-case hexadecimal; makes `private_hash` unguessable. Deleted when the private members are erased. Never present without `private_hash`. 64 lower-case hexadecimal digits.
    ///
    /// Example: `"5f1d7a84db00d2fce00b31a7fc73224f5f1d7a84db00d2fce00b31a7fc73224f"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Digest of kind `private` over `salt` and the private members of this object; stays when they are erased. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub private_hash: Option<String>,
    /// Deprecated. 0.1 only, read and never written: use `status`.
    ///
    /// Example: `true`
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub success: Nullable<bool>,
    /// Deprecated. 0.1 only, read and never written: use `cost`. Tokens. Integer, at least 0.
    ///
    /// Example: `812`
    #[serde(default, with = "number::any", skip_serializing_if = "Nullable::is_absent")]
    pub tokens_used: Nullable<u64>,
    /// Anything else the producer wants to keep. Private: erased together with the other private members of this object.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Step {
    /// One that has the members that are required, and no others.
    pub fn new(id: impl Into<String>, r#type: StepType, started_at: Option<String>) -> Self {
        Self {
            id: id.into(),
            r#type,
            seq: Default::default(),
            status: Default::default(),
            started_at,
            ended_at: Default::default(),
            duration_ms: Default::default(),
            role: Default::default(),
            parent_step_id: Default::default(),
            caused_by: Default::default(),
            turn_id: Default::default(),
            agent_id: Default::default(),
            span_id: Default::default(),
            model_call_id: Default::default(),
            attempt: Default::default(),
            retry_of: Default::default(),
            fallback_from: Default::default(),
            cache_hit: Default::default(),
            model: Default::default(),
            response_id: Default::default(),
            stop_reason: Default::default(),
            first_token_ms: Default::default(),
            prompt_version: Default::default(),
            tool_name: Default::default(),
            tool_call_id: Default::default(),
            mcp_server: Default::default(),
            tool_hash: Default::default(),
            arguments_hash: Default::default(),
            initiated_by: Default::default(),
            permission: Default::default(),
            input_preview: Default::default(),
            output_preview: Default::default(),
            input_refs: Default::default(),
            output_refs: Default::default(),
            side_effects: Default::default(),
            approval: Default::default(),
            artifact_ids: Default::default(),
            state_version: Default::default(),
            child_run_id: Default::default(),
            child_record_hash: Default::default(),
            delegation_id: Default::default(),
            cost: Default::default(),
            error: Default::default(),
            error_type: Default::default(),
            exit_code: Default::default(),
            source_ref: Default::default(),
            salt: Default::default(),
            private_hash: Default::default(),
            success: Default::default(),
            tokens_used: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Differences that were found and are not listed, since they are no news or too many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuppressedDifferences {
    /// `identifiers`: ids, nonces, salts and what links records. `times`: when things happened and how long they took. `seals`: hashes and signatures over all that. `texts`: words of models and output of tools, in steps that agree otherwise. `consumption`: tokens and money of steps that agree otherwise. `configuration`: in a step, what the configuration has said already. `reads`: what was only read. `erased`: private members that one record no longer has. `limit`: more than a list holds.
    ///
    /// Example: `"texts"`
    pub reason: SuppressedDifferencesReason,
    /// How many. Integer, at least 1.
    ///
    /// Example: `14`
    #[serde(with = "number::required")]
    pub count: u64,
    /// Index in the later run of the first step concerned, where steps are concerned. Integer, at least 0.
    ///
    /// Example: `8`
    #[serde(default, with = "number::present", skip_serializing_if = "Option::is_none")]
    pub first: Option<u64>,
    /// Anything else the server wants to say. Readers carry it along and never depend on it.
    ///
    /// Example: `{"region":"eu"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl SuppressedDifferences {
    /// One that has the members that are required, and no others.
    pub fn new(reason: SuppressedDifferencesReason, count: u64) -> Self {
        Self {
            reason,
            count,
            first: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextPosition {
    /// UTF-16 code units before it. Integer, at least 0.
    ///
    /// Example: `17`
    #[serde(with = "number::required")]
    pub offset: u64,
    /// Line, from 1. Integer, at least 1.
    ///
    /// Example: `2`
    #[serde(with = "number::required")]
    pub line: u64,
    /// Column in UTF-16 code units, from 1. Integer, at least 1.
    ///
    /// Example: `5`
    #[serde(with = "number::required")]
    pub column: u64,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl TextPosition {
    /// One that has the members that are required, and no others.
    pub fn new(offset: u64, line: u64, column: u64) -> Self {
        Self {
            offset,
            line,
            column,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Whose word the times of a record are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeBasis {
    /// `asserted`: the producer's. `vouched`: another trusted party has seen the sealed record at the time `at`.
    ///
    /// Example: `"vouched"`
    pub basis: TimeBasisBasis,
    /// Identity of that party. Not empty.
    ///
    /// Example: `"timestamp@example.org"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When that party saw it; the earliest such time. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-11-20T14:10:00Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl TimeBasis {
    /// One that has the members that are required, and no others.
    pub fn new(basis: TimeBasisBasis) -> Self {
        Self {
            basis,
            by: Default::default(),
            at: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// A tool as it was offered to the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Name as offered to the model. Not empty.
    ///
    /// Example: `"Bash"`
    pub name: String,
    /// Kind of tool. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"function"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ToolKind>,
    /// MCP server that provides it (`name` in `mcp_servers`). Not empty.
    ///
    /// Example: `"github"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub mcp_server: Option<String>,
    /// SHA-256 of the description as offered. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:9f2c1d9a7be0f8f0c9b9d3a1c6d0b5a47e3f2a1908b7c6d5e4f30213243546ab"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub description_digest: Option<String>,
    /// Digest of kind `tool` over name, description and input_schema as offered; shows a definition that was silently replaced. `sha256:` and 64 lower-case hexadecimal digits.
    ///
    /// Example: `"sha256:1c0952cd8d1f6f2b7a3f95f0f4b6b3b7a6dd5a3b9b0c1d2e3f405162738495a6"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub schema_hash: Option<String>,
    /// Annotations as the tool declared them; a claim, not an observation.
    ///
    /// Example: `{"readOnlyHint":false,"destructiveHint":true}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub annotations: Option<Map<String, Value>>,
    /// Effect that the tool declares; values of SideEffect `kind`. Open vocabulary: spec/registry.md; private values are written `vendor:name`.
    ///
    /// Example: `"write"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub declared_effect: Option<SideEffectKind>,
    /// Privilege the tool was mounted with, in the runtime's words. Not empty.
    ///
    /// Example: `"workspace-write"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Tool {
    /// One that has the members that are required, and no others.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: Default::default(),
            mcp_server: Default::default(),
            description_digest: Default::default(),
            schema_hash: Default::default(),
            annotations: Default::default(),
            declared_effect: Default::default(),
            permission: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// Whom the reader of a record trusts, and for what: the trust file. It belongs to the one who checks, never to the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trust {
    /// Version of this standard that the trust file is written for. `1.` and the minor version.
    ///
    /// Example: `"1.0"`
    pub agent_run_trust: String,
    /// The trusted keys. A key stands once.
    pub keys: Vec<TrustedKey>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Trust {
    /// One that has the members that are required, and no others.
    pub fn new(agent_run_trust: impl Into<String>, keys: Vec<TrustedKey>) -> Self {
        Self {
            agent_run_trust: agent_run_trust.into(),
            keys,
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// One key, who holds it, and what that holder may sign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrustedKey {
    /// The key: an Ed25519 did:key.
    ///
    /// Example: `"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"`
    pub key: String,
    /// Who holds it, as the owner of the trust file calls them. Keys of one holder have the same identity. Not empty.
    ///
    /// Example: `"release-runner@ci.example.org"`
    pub identity: String,
    /// What the holder may do: `runtime` and `recorder` seal records, `approver` decides, `evaluator` judges, `server`, `auditor` and `witness` vouch for times, `recorder` and `server` attest erasures.
    ///
    /// Example: `["recorder"]`
    pub roles: Vec<TrustedKeyRole>,
    /// Agents (`agent_id`) it may sign for; `*` in a pattern stands for any characters. Absent: all. Each: Not empty.
    ///
    /// Example: `["release-*"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub agents: Option<Vec<String>>,
    /// Workspaces (`workspace_id`) it may sign for; patterns as for `agents`. Absent: all, and runs that name none. Each: Not empty.
    ///
    /// Example: `["acme"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub workspaces: Option<Vec<String>>,
    /// Values of `required_role` it may decide as; exact, no patterns. Absent: any. Each: Not empty.
    ///
    /// Example: `["release_manager"]`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub approves: Option<Vec<String>>,
    /// The key counts from this time on. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2026-01-01T00:00:00Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// The key counts up to and including this time. RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// Example: `"2027-01-01T00:00:00Z"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The key no longer counts. Absent: not revoked.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl TrustedKey {
    /// One that has the members that are required, and no others.
    pub fn new(key: impl Into<String>, identity: impl Into<String>, roles: Vec<TrustedKeyRole>) -> Self {
        Self {
            key: key.into(),
            identity: identity.into(),
            roles,
            agents: Default::default(),
            workspaces: Default::default(),
            approves: Default::default(),
            valid_from: Default::default(),
            valid_until: Default::default(),
            revoked: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}

/// What holds for one record: what is proven, what is only claimed, and what is missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// True if the level asked for is reached and no check failed.
    ///
    /// Example: `true`
    pub ok: bool,
    /// Highest level that the record reaches.
    ///
    /// Example: `"sealed"`
    pub level: VerdictLevel,
    /// Who answers for the seal: the identity that the trust file gives for the key. Only where the check `signer` passes. Not empty.
    ///
    /// Example: `"release-runner@ci.example.org"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// True if the signature is right, but no entry of a trust file says whose key it is.
    ///
    /// Example: `true`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub self_asserted: Option<bool>,
    /// Level that was asked for.
    ///
    /// Example: `"sealed"`
    pub asked: VerdictAsked,
    /// Whether the record is whole, or how far it goes.
    pub completeness: Completeness,
    /// Whose word the times of the record are.
    pub time: TimeBasis,
    /// The results of all twelve checks, in their order.
    pub checks: Vec<Check>,
    /// First check that failed.
    ///
    /// Example: `"record"`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub first_failure: Option<VerdictFirstFailure>,
    /// What keeps the record from the levels above its own, lowest level first.
    pub missing: Vec<Shortfall>,
    /// The links to parents and children that were looked at.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub edges: Option<Vec<LineageEdge>>,
    /// Anything else the producer wants to keep. Readers carry it along and never depend on it.
    ///
    /// Example: `{"team":"release"}`
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Map<String, Value>>,
    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Verdict {
    /// One that has the members that are required, and no others.
    pub fn new(ok: bool, level: VerdictLevel, asked: VerdictAsked, completeness: Completeness, time: TimeBasis, checks: Vec<Check>, missing: Vec<Shortfall>) -> Self {
        Self {
            ok,
            level,
            by: Default::default(),
            self_asserted: Default::default(),
            asked,
            completeness,
            time,
            checks,
            first_failure: Default::default(),
            missing,
            edges: Default::default(),
            metadata: Default::default(),
            unknown: Map::new(),
        }
    }
}
