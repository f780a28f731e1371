//! Rules about approvals and policy decisions (spec/approval-and-policy.md).
use std::collections::{HashMap, HashSet};

use super::instant::Instant;
use super::members::{precedes, Members, Place};
use super::record::{basis_of, Record};
use super::rule::{when, Rule};

pub(crate) const APPROVALS: &[Rule] = &[
    Rule::error("approval.state", approval_state),
    Rule::warning("approval.basis_missing", basis_missing),
    Rule::error("approval.contradiction", contradiction),
    Rule::error("approval.other_run", other_run),
    Rule::error("approval.other_step", other_step),
    Rule::error("approval.after_expiry", after_expiry),
    Rule::error("approval.order", order),
    Rule::error("approval.denied_ran", denied_ran),
    Rule::error("decision.blocked_ran", blocked_ran),
    Rule::warning("grant.other_session", grant_other_session),
    Rule::error("grant.other_tool", grant_other_tool),
];

/// Statuses of a step that ran.
const RAN: &[&str] = &["running", "succeeded", "failed", "timeout"];

/// Whether an approval event decides.
pub(crate) fn is_decision<'a>(event: impl Members<'a>) -> bool {
    event.is("event", &["approved", "denied"])
}

fn approval_state(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for basis in record.steps.iter().filter_map(basis_of) {
        let Some(state) = basis.text("state") else {
            continue;
        };
        let events = record.events_of(basis.text("approval_id"));
        if ["requested", "approved", "denied", "expired", "cancelled"].contains(&state) && !events.is_empty() {
            let is_there = events.iter().any(|event| event.is("event", &[state]));
            found.extend(when(!is_there, || basis.at("state")));
        }
        let decision = record.decision(basis.text("decision_id"));
        if let (true, Some(decision)) = (state == "denied" && !basis.is_given("approval_id"), decision) {
            let refuses = decision.is("verdict", &["block", "require_approval", "review"]);
            found.extend(when(!refuses, || basis.at("state")));
        }
    }
    found
}

fn basis_missing(record: &Record<'_>) -> Vec<String> {
    let is_bare = |basis: &Place<'_>| {
        let is_named = ["approval_id", "decision_id", "policy_id"].iter().any(|name| basis.is_given(name));
        basis.is("state", &["approved", "auto_approved", "not_required"]) && !is_named
    };
    record.steps.iter().filter_map(basis_of).filter(is_bare).map(|basis| basis.path).collect()
}

/// Of each approval the first event that decides otherwise than one before.
fn contradiction(record: &Record<'_>) -> Vec<String> {
    let first_other = |events: Vec<&Place<'_>>| {
        let mut decisions = events.into_iter().filter(|event| is_decision(*event));
        let first = decisions.next()?;
        decisions.find(|event| event.text("event") != first.text("event")).map(|event| event.at("event"))
    };
    record.event_groups().filter_map(first_other).collect()
}

fn other_run(record: &Record<'_>) -> Vec<String> {
    let is_other = |event: &&Place<'_>| {
        let run = event.text("run_id");
        run.is_some() && run != record.run.text("id") && event.child("grant").is_none()
    };
    record.approvals.iter().filter(is_other).map(|event| event.at("run_id")).collect()
}

fn other_step(record: &Record<'_>) -> Vec<String> {
    let (mut found, mut ids) = (Vec::new(), Vec::new());
    let (mut resting, mut approved) = (HashMap::<_, HashSet<_>>::new(), HashSet::new());
    for step in &record.steps {
        let Some(basis) = basis_of(step).filter(|basis| basis.is("state", &["approved", "denied"])) else {
            continue;
        };
        let Some(id) = basis.text("approval_id") else {
            continue;
        };
        if !resting.contains_key(id) {
            ids.push(id);
        }
        resting.entry(id).or_default().insert(step.text("id"));
        let is_second = basis.is("state", &["approved"]) && !approved.insert(id);
        found.extend(when(is_second, || basis.at("approval_id")));
    }
    for id in ids {
        for event in record.events_of(Some(id)) {
            let step = event.text("step_id");
            let is_other = record.step(step).is_some() && !resting[id].contains(&step);
            let counts = is_decision(event) && !record.is_copied_grant(event);
            found.extend(when(is_other && counts, || event.at("step_id")));
        }
    }
    found
}

/// When the last of some requests ends; one without end never does.
fn last_end(requests: &[&Place<'_>]) -> Option<Instant> {
    let ends: Option<Vec<Instant>> = requests.iter().map(|request| request.instant("expires_at")).collect();
    ends?.into_iter().max()
}

fn requests<'r, 'a>(events: &[&'r Place<'a>]) -> Vec<&'r Place<'a>> {
    events.iter().copied().filter(|event| event.is("event", &["requested"])).collect()
}

fn after_expiry(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for events in record.event_groups() {
        let end = last_end(&requests(&events));
        let late = events.iter().filter(|event| is_decision(**event) && precedes(end, event.instant("at")));
        found.extend(late.map(|event| event.at("at")));
    }
    found
}

fn order(record: &Record<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for events in record.event_groups() {
        let asked = requests(&events).iter().filter_map(|request| request.instant("at")).min();
        let answers = events.iter().filter(|event| event.is("event", &["approved", "denied", "expired", "cancelled"]));
        found.extend(answers.filter(|event| precedes(event.instant("at"), asked)).map(|event| event.at("at")));
    }
    found
}

fn denied_ran(record: &Record<'_>) -> Vec<String> {
    let is_wrong = |step: &&Place<'_>| {
        let basis = basis_of(step);
        let is_refused = basis.is_some_and(|basis| basis.is("state", &["denied", "expired", "cancelled"]));
        is_refused && step.is("status", RAN)
    };
    record.steps.iter().filter(is_wrong).map(|step| step.at("status")).collect()
}

fn blocked_ran(record: &Record<'_>) -> Vec<String> {
    let blocks = |decision: &&Place<'_>| {
        decision.is("enforcement", &["blocked"]) && !decision.is("boundary", &["model_output", "tool_result"])
    };
    let blocked = record.decisions.iter().filter(blocks);
    let about: HashSet<_> = blocked.filter_map(|decision| decision.text("step_id")).collect();
    let is_wrong = |step: &&Place<'_>| {
        let named = basis_of(step).and_then(|basis| record.decision(basis.text("decision_id")));
        let is_about = step.text("id").is_some_and(|id| about.contains(id));
        (is_about || named.is_some_and(|decision| blocks(&decision))) && step.is("status", RAN)
    };
    record.steps.iter().filter(is_wrong).map(|step| step.at("status")).collect()
}

fn grant_other_session(record: &Record<'_>) -> Vec<String> {
    let session = record.run.text("session_id");
    let is_other = |grant: &Place<'_>| grant.is("scope", &["session"]) && grant.text("session_id") != session;
    let grants = record.approvals.iter().filter_map(|event| event.part("grant")).filter(is_other);
    grants.map(|grant| if grant.is_given("session_id") { grant.at("session_id") } else { grant.path }).collect()
}

/// Tool, server and definition of a call; a member that a grant leaves open fits every call.
const USE: [&str; 3] = ["tool_name", "mcp_server", "tool_hash"];

/// A use: what a grant, or a call, says of each member of `USE`.
type Use<'a> = [Option<&'a str>; 3];

fn grant_other_tool(record: &Record<'_>) -> Vec<String> {
    // Grants of one approval by what they name, so that no step has to look through all of them.
    let mut known: HashMap<&str, HashSet<Use<'_>>> = HashMap::new();
    for event in &record.approvals {
        if let (Some(id), Some(grant)) = (event.text("approval_id"), event.child("grant")) {
            known.entry(id).or_default().insert(USE.map(|member| grant.text(member)));
        }
    }
    let is_other = |(step, basis): &(&Place<'_>, Place<'_>)| {
        let grants = basis.text("approval_id").and_then(|id| known.get(id));
        let call = USE.map(|member| step.text(member));
        basis.is("state", &["auto_approved"]) && grants.is_some_and(|grants| !covers(grants, call))
    };
    let resting = record.steps.iter().filter_map(|step| Some((step, basis_of(step)?)));
    resting.filter(is_other).map(|(_, basis)| basis.at("approval_id")).collect()
}

/// Whether one of the grants fits a call: for each member it names that of the call, or none.
fn covers(grants: &HashSet<Use<'_>>, call: Use<'_>) -> bool {
    (0..1 << USE.len()).any(|open: usize| {
        let named: Use<'_> = std::array::from_fn(|at| call[at].filter(|_| open & (1 << at) == 0));
        grants.contains(&named)
    })
}
