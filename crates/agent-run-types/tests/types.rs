//! The types as a program uses them.

use agent_run_types::{
    AgentRun, AgentRunStatus, Cost, ErrorType, Nullable, Provenance, SideEffectKind, Step, StepType,
};
use serde_json::json;

fn record() -> serde_json::Value {
    json!({
        "id": "run_1", "agent_id": "release-bot", "status": "completed", "started_at": null, "steps": [],
        "cost": { "input_tokens": null, "output_tokens": 12.0 }, "provenance": { "run_hash": "" }
    })
}

/// A record with one more member.
fn record_with(member: &str, value: serde_json::Value) -> serde_json::Value {
    let mut record = record();
    record[member] = value;
    record
}

fn refusal(value: serde_json::Value) -> String {
    serde_json::from_value::<AgentRun>(value).expect_err("a refusal").to_string()
}

#[test]
fn absent_null_and_given_are_three_things() {
    for (value, expected) in [
        (None, Nullable::Absent),
        (Some(json!(null)), Nullable::Null),
        (Some(json!("claude-sonnet-4-5")), "claude-sonnet-4-5".into()),
    ] {
        let document = value.map_or_else(record, |value| record_with("model", value));
        let run: AgentRun = serde_json::from_value(document.clone()).expect("a record");
        assert_eq!(run.model, expected);
        assert_eq!(serde_json::to_value(&run).expect("JSON").get("model"), document.get("model"));
    }
}

#[test]
fn null_is_refused_where_the_standard_refuses_it() {
    assert!(refusal(record_with("session_id", json!(null))).contains("invalid type: null"));
    assert!(refusal(record_with("cost", json!({ "input_tokens": 1, "output_tokens": 1, "reasoning_tokens": null })))
        .contains("invalid type: null"));
}

#[test]
fn a_required_member_has_to_be_there_also_where_it_may_be_null() {
    for member in ["id", "started_at", "cost"] {
        let mut document = record();
        document.as_object_mut().expect("an object").remove(member);
        assert!(refusal(document).contains(&format!("missing field `{member}`")));
    }
    assert!(refusal(record_with("cost", json!({ "input_tokens": 1 }))).contains("missing field `output_tokens`"));
}

#[test]
fn unknown_members_are_kept_at_every_depth() {
    let unknown = json!({ "deep": [null, 1.5, { "a": "b" }] });
    let mut document = record_with("from_the_future", unknown.clone());
    document["cost"]["new"] = json!(null);
    document["steps"] = json!([{ "id": "s", "type": "message", "started_at": null, "x": unknown }]);
    let run: AgentRun = serde_json::from_value(document.clone()).expect("a record");
    assert_eq!(run.unknown["from_the_future"], unknown);
    let written = serde_json::to_value(&run).expect("JSON");
    assert_eq!(written["cost"]["new"], json!(null));
    assert_eq!(written["steps"], document["steps"]);
    assert_eq!(written["from_the_future"], unknown);
}

#[test]
fn whole_numbers_are_integers_however_they_are_spelled() {
    let run: AgentRun = serde_json::from_value(record_with("duration_ms", json!(520.0))).expect("a record");
    assert_eq!(run.cost.output_tokens, Some(12));
    let text = serde_json::to_string(&run).expect("JSON");
    assert!(text.contains("\"output_tokens\":12,") || text.contains("\"output_tokens\":12}"), "{text}");
    assert!(text.contains("\"duration_ms\":520,"), "{text}");
}

#[test]
fn numbers_that_the_type_has_not_are_refused() {
    for tokens in [json!(1.5), json!(-1), json!(9_007_199_254_740_992_u64), json!(1e300), json!("1")] {
        assert!(serde_json::from_value::<Cost>(json!({ "input_tokens": tokens, "output_tokens": 0 })).is_err());
    }
    let mut run: AgentRun = serde_json::from_value(record()).expect("a record");
    run.duration_ms = Nullable::Value(f64::NAN);
    assert!(serde_json::to_string(&run).is_err());
    run.duration_ms = Nullable::Value(0.1 + 0.2);
    assert!(serde_json::to_string(&run).expect("JSON").contains("\"duration_ms\":0.30000000000000004"));
}

#[test]
fn every_double_comes_back() {
    // A quick reader of decimals takes some of these for their neighbours.
    for text in ["0.00008386049999999999", "123456789012345.67", "5e-324", "2.2250738585072011e-308", "8.41E+15"] {
        let document = record().to_string().replace("\"steps\":[]", &format!("\"steps\":[],\"duration_ms\":{text}"));
        let run: AgentRun = serde_json::from_str(&document).expect("a record");
        let expected: f64 = text.parse().expect("a double");
        assert_eq!(run.duration_ms, Nullable::Value(expected), "{text}");
        let again: AgentRun = serde_json::from_str(&serde_json::to_string(&run).expect("JSON")).expect("a record");
        assert_eq!(again.duration_ms, run.duration_ms, "{text}");
    }
}

#[test]
fn an_open_vocabulary_keeps_what_is_not_registered() {
    let run: AgentRun = serde_json::from_value(record_with("error_type", json!("acme:out_of_tea"))).expect("a record");
    assert_eq!(run.error_type, Some(ErrorType::Other("acme:out_of_tea".into())));
    assert_eq!(serde_json::to_value(&run).expect("JSON")["error_type"], "acme:out_of_tea");
    assert_eq!(ErrorType::from("timeout"), ErrorType::Timeout);
    assert_eq!(SideEffectKind::from("other").as_str(), "other");
    assert_eq!(SideEffectKind::Deploy.to_string(), "deploy");
}

#[test]
fn a_closed_vocabulary_refuses_what_it_has_not_without_repeating_it() {
    let message = refusal(record_with("status", json!("hunter2")));
    assert!(message.contains("expected one of pending, running, paused"), "{message}");
    assert!(!message.contains("hunter2"));
    assert_eq!("completed".parse(), Ok(AgentRunStatus::Completed));
    assert!(AgentRunStatus::ALL.iter().all(|status| status.as_str().parse() == Ok(*status)));
}

#[test]
fn a_record_is_made_of_what_is_required() {
    let run = AgentRun {
        spec_version: Some("1.0".into()),
        model: "claude-sonnet-4-5".into(),
        steps: vec![Step::new("s-1", StepType::Message, None)],
        ..AgentRun::new(
            "run_1",
            "release-bot",
            AgentRunStatus::Running,
            Some("2026-11-20T14:02:11Z".into()),
            Vec::new(),
            Cost::new(None, None),
            Provenance::new(""),
        )
    };
    assert_eq!(
        serde_json::to_value(&run).expect("JSON"),
        json!({
            "spec_version": "1.0", "id": "run_1", "agent_id": "release-bot", "status": "running", "model": "claude-sonnet-4-5",
            "started_at": "2026-11-20T14:02:11Z", "steps": [{ "id": "s-1", "type": "message", "started_at": null }],
            "cost": { "input_tokens": null, "output_tokens": null }, "provenance": { "run_hash": "" }
        })
    );
}

#[test]
fn a_member_given_twice_is_refused() {
    let twice = record().to_string().replacen('{', "{\"id\":\"run_0\",", 1);
    assert!(serde_json::from_str::<AgentRun>(&twice).is_err());
}
