"""The end of a run: open steps become final, the record is put together and, with a key, sealed.

The journal gets the same, in the same order, so that it folds to the record.
"""

from typing import Any, Dict, Mapping, Optional

from ..ed25519 import Signer
from ..errors import SealError
from ..members import object_in, without
from ..schema import validate
from ..seal import seal
from .errors import failure_of
from .run_members import updated
from .state import State
from .usage import known_cost

TERMINAL = frozenset(("completed", "failed", "cancelled", "timeout", "interrupted", "unknown"))
"""How a run may end."""


def end_run(
    state: State, signer: Optional[Signer], status: Optional[str], said: Mapping[str, Any]
) -> Dict[str, object]:
    """The record.

    :param said: members of the run, and ``output`` and ``error`` (a text or an exception)
    """
    for step in list(state.open.values()):
        step.finish("interrupted")
    with state.faults.guard("recorder.end_failed", "how the run ended cannot be recorded"):
        updated(state, _last(state, status, said))
    if state.run["status"] not in TERMINAL:
        updated(state, _last(state, "unknown", {}))
    state.is_ended = True
    with state.faults.guard("recorder.end_failed", "the record cannot be looked at"):
        for finding in validate(_unsealed(state)).findings[:20]:
            state.faults.report("recorder.finding", f"{finding['code']} at {finding['path'] or 'the root'}")
    _count_faults(state)
    if signer is None:
        return _unsealed(state)
    state.log.add_head()
    return _sealed(state, signer) or _unsealed(state)


def _last(state: State, status: Optional[str], said: Mapping[str, Any]) -> Dict[str, object]:
    ended = state.clock.now()
    last: Dict[str, object] = {**without(said, "output", "error"), "ended_at": ended.text}
    last["duration_ms"] = ended.ms - state.started.ms
    natural = "completed"
    error = said.get("error")
    if isinstance(error, BaseException):
        failure = failure_of(error, "internal")
        natural = failure.status
        last.update(error=state.cleaner.short(failure.error), error_type=failure.error_type)
    elif error is not None:
        natural = "failed"
        last["error"] = state.cleaner.short(error if isinstance(error, str) else type(error).__name__)
    last["status"] = status if status in TERMINAL else natural
    last["output_preview"] = state.cleaner.preview(said.get("output"))
    last["cost"] = known_cost(state, said.get("cost"))
    return {name: value for name, value in last.items() if value is not None}


def _composed(state: State) -> Dict[str, object]:
    lists = {
        "approvals": state.approvals,
        "policy_decisions": state.policy_decisions,
        "artifacts": state.artifacts,
        "evidence": state.evidence,
    }
    given = {name: list(items) for name, items in lists.items() if items}
    last = ("provenance", "salt", "private_hash")
    end = {name: state.run[name] for name in last if name in state.run}
    return {**without(state.run, *last), "steps": list(state.steps), **given, **end}


def _unsealed(state: State) -> Dict[str, object]:
    """The record as it is. One that is not sealed must not look like one whose seal was taken away."""
    record = _composed(state)
    return {**record, "provenance": without(object_in(record, "provenance"), "signed_by")}


def _sealed(state: State, signer: Signer) -> Optional[Dict[str, object]]:
    sealed: Optional[Dict[str, object]] = None
    with state.faults.guard("recorder.seal_failed", "the record cannot be sealed"):
        try:
            sealed = seal(_composed(state), signer, state.clock.now().text, state.log.head)
        except SealError as error:
            state.faults.report(
                "recorder.seal_failed", f"the record is not sealed: {error.code} at {error.path}", error
            )
    if sealed is not None:
        state.log.seal(sealed)
    return sealed


def _count_faults(state: State) -> None:
    if state.faults.count == 0:
        return
    with state.faults.guard("recorder.end_failed", "the faults cannot be counted"):
        known = object_in(object_in(state.run, "provenance"), "metadata")
        updated(state, {}, {"metadata": {**known, "recorder_faults": state.faults.count}})
