"""Runs in which people decide about tool calls, for tests."""

from typing import Any, Dict, List

from agent_run import Recorder, Signer, sign_object, validate, verify
from agent_run.recorder import ApprovalRequest

PERSON = {"kind": "human", "id": "u-17"}
APPROVER = Signer.from_seed(b"\x0a" * 32)
RUNTIME = Signer.from_seed(b"\x0b" * 32)


def states(run: Recorder) -> List[object]:
    """What the steps say, of a record that validates and verifies."""
    assert run.record is not None
    assert validate(run.record).findings == ()
    assert verify(run.record)["ok"]
    return [step.get("approval", {}).get("state") for step in run.record["steps"]]


def events(run: Recorder) -> List[str]:
    assert run.record is not None
    return [event["event"] for event in run.record.get("approvals", [])]


def recorder(**options: Any) -> Recorder:
    return Recorder("a", directory=None, signer=RUNTIME, **options)


def signed(request: ApprovalRequest, at: str, **changes: Any) -> Dict[str, object]:
    about = {name: request.event[name] for name in ("approval_id", "run_id", "step_id", "action_hash")}
    event = {**about, "request_hash": request.request_hash, "event": "approved", "at": at, "actor": PERSON, **changes}
    return sign_object("approval", event, APPROVER)


def trust() -> Dict[str, Any]:
    since = {"valid_from": "2020-01-01T00:00:00Z"}
    return {
        "agent_run_trust": "1.0",
        "keys": [
            {"key": RUNTIME.did, "identity": "runtime@example.org", "roles": ["runtime"], **since},
            {"key": APPROVER.did, "identity": "u-17@example.org", "roles": ["approver"], **since},
        ],
    }
