"""Going on with the journal of a run whose process died (spec/journal.md)."""

from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple

from ..ed25519 import Signer
from ..journal import Journal, fold, read_journal
from ..members import object_in, objects_in, without
from ..semantics import instant
from .clean import Cleaner
from .clock import Clock, Instant
from .end_run import TERMINAL
from .faults import Faults, RecorderError, RecorderFault
from .journal_file import JournalFile
from .log import Log
from .options import Options
from .run_members import tool_hashes
from .state import State

_YEAR_1970 = instant("1970-01-01T00:00:00Z") or 0
_COUNTED = {"steps": "id", "approvals": "approval_id", "policy_decisions": "id", "artifacts": "id"}


def reopen(path: Path, options: Options, faults: Faults) -> Tuple[State, JournalFile]:
    """The state that a journal tells of, and its file, cut to its sound part and open for more.

    :raises RecorderError: if it is no journal that can be gone on with; nothing was written then
    :raises OSError: if it cannot be read or written, or another process writes it
    """
    file = JournalFile(path, options.fsync, is_new=False)
    try:
        journal = read_journal(file.content())
        run = _usable(file.path, journal, options.signer)
        file.cut(journal.sound_octets)
        clock = Clock(options.clock)
        clock.advance_to(_ms(journal.lines[-1].at) or 0)
        log = Log(clock, faults, options.signer, file, journal)
        log.resume()
        cleaner = Cleaner(options.redact, options.preview_length)
        state = _restored(run, clock, faults, cleaner, log, options.head_every)
        if _lacks_private(journal):
            message = "the private members of the last line are not there: its writer died before it had written them"
            faults.report("recorder.private_lost", message)
        for step in objects_in(run, "steps"):
            if step[0] >= len(state.steps):
                # Its process died, and nobody knows when.
                _interrupt(state, dict(step[1]))
    except BaseException:
        file.close()
        raise
    return state, file


def place_of_journal(path: Path) -> Path:
    """Where the files of a run stand, without their endings."""
    return path.with_suffix("") if path.suffix == ".journal" else path


def _interrupt(state: State, step: Dict[str, object]) -> None:
    final = {**step, "status": "interrupted", "ended_at": None}
    state.steps.append(final)
    state.log.add("step.ended", final)


def _usable(path: Path, journal: Journal, signer: Optional[Signer]) -> Mapping[str, Any]:
    """The run of a journal that was left by a crash.

    :raises RecorderError: for any other
    """
    if journal.sound_lines == 0:
        raise _refused("journal_unusable", f"{path} has no sound beginning; expected a journal")
    if journal.faults:
        fault = journal.faults[0]
        raise _refused(
            "journal_damaged",
            f"{path} is not as it was written: {fault.code} at {fault.path}; its first {journal.sound_octets} bytes are"
            " sound. Nothing was cut off or added. Keep it, find out whether somebody changed it, and begin a new run",
        )
    if journal.sealed is not None:
        raise _refused("sealed", f"{path} ends with a sealed record; expected a run that is not over")
    run: Mapping[str, Any] = fold(journal, live=True) or {}
    key = object_in(journal.lines[0].data, "provenance").get("signed_by")
    # It may have died between the end of the run and its seal.
    place = place_of_journal(path)
    is_to_seal = key is not None and signer is not None and not place.with_name(place.name + ".json").exists()
    if run["status"] in TERMINAL and not is_to_seal:
        raise _refused(
            "finished", f"{path} tells of a run that ended as {run['status']}; expected one that is not over"
        )
    if signer is not None and signer.did != key:
        raise _refused("other_key", f"{path} was begun with another key; expected that key, or none")
    return {**run, "provenance": {**run["provenance"], **({} if key is None else {"signed_by": key})}}


def _refused(code: str, message: str) -> RecorderError:
    return RecorderError(RecorderFault(f"recorder.{code}", message))


def _restored(
    run: Mapping[str, Any], clock: Clock, faults: Faults, cleaner: Cleaner, log: Log, head_every: int
) -> State:
    members = without(run, "steps", "approvals", "policy_decisions", "artifacts", "evidence", "cost", "ended_at")
    started = str(run.get("started_at"))
    state = State(
        {**without(members, "duration_ms"), "status": "running"},
        Instant(started, _ms(started) or clock.now().ms),
        clock,
        faults,
        cleaner,
        log,
        head_every,
    )
    for _, step in objects_in(run, "steps"):
        state.begun[str(step["id"])] = str(step["type"])
        for name in ("tool_call_id", "response_id"):
            if name in step:
                state.claims[(name, step[name])] = str(step["id"])
        seq = step.get("seq")
        state.seq = max(state.seq, seq + 1 if isinstance(seq, int) else 0)
    lists: Dict[str, List[Dict[str, object]]] = {
        name: [dict(each) for _, each in objects_in(run, name)] for name in (*_COUNTED, "evidence")
    }
    state.steps = lists["steps"][: log.ended_steps]
    state.approvals, state.policy_decisions = lists["approvals"], lists["policy_decisions"]
    state.artifacts, state.evidence = lists["artifacts"], lists["evidence"]
    for name, member in _COUNTED.items():
        state.taken.update(str(each.get(member)) for each in lists[name])
    state.tool_hashes = tool_hashes(state.run)
    known = object_in(object_in(run, "provenance"), "metadata").get("recorder_faults")
    faults.count += known if isinstance(known, int) else 0
    return state


def _ms(at: str) -> Optional[int]:
    """A time of a record in milliseconds since 1970, rounded up: what comes later must not be earlier."""
    found = instant(at)
    return None if found is None else -((_YEAR_1970 - found) // 1_000_000)


def _lacks_private(journal: Journal) -> bool:
    """Whether private lines of the last line are missing, behind which nothing follows."""
    data = journal.lines[-1].data
    effects = [effect for _, effect in objects_in(data, "side_effects")]
    return any(
        isinstance(each.get("private_hash"), str) and each["private_hash"] not in journal.whole
        for each in (data, *effects)
    )
