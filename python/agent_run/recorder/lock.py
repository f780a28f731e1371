"""Which process writes a journal: ``<journal>.lock``, in the words of ``@agent-run/sdk``."""

import json
import os
from pathlib import Path
from secrets import token_hex
from typing import Any, Dict, Mapping, Optional, Union


class Lock:
    """A held lock. That of a process that has died is taken over; one that cannot be seen from here stays.

    :param path: of the journal, without symbolic links: all who write it must meet at one lock
    :raises FileExistsError: if somebody else may be writing; what it says tells what to do
    :raises OSError: if it cannot be made
    """

    def __init__(self, path: Path) -> None:
        self._place = path.with_name(path.name + ".lock")
        # The token keeps a lock that was taken over from being given back by who had it before.
        self._own = json.dumps({**_identity(), "token": token_hex(8)}, separators=(",", ":")) + "\n"
        if not _make(self._place, self._own):
            self._take_over(path)

    def release(self) -> None:
        """Gives it back, if it is still ours."""
        try:
            if self._place.read_text("utf-8") == self._own:
                self._place.unlink()
        except (OSError, ValueError):
            # Gone already, or the folder is: nobody is kept out by it.
            pass

    def _take_over(self, path: Path) -> None:
        stale = self._stale(path)
        claim = self._place.with_name(self._place.name + ".takeover")
        # Only who holds the claim may do so, and looks again when it has it: of any number that saw it one wins.
        if not _make(claim, self._own):
            raise _locked(path, f"another recorder is taking it over, or died while it did and left {claim}")
        try:
            if self._stale(path) != stale:
                raise _locked(path, "another recorder has just taken it over")
            os.replace(claim, self._place)
        finally:
            claim.unlink(missing_ok=True)

    def _stale(self, path: Path) -> str:
        """The lock of a process that is known to have died."""
        try:
            text = self._place.read_text("utf-8", "replace")
            holder = json.loads(text)
        except FileNotFoundError:
            raise _locked(path, "it was released just now: try again") from None
        except ValueError:
            holder = None
        if not isinstance(holder, dict) or not _is_number(holder.get("pid")):
            # It may be that of a recorder that is only just writing it.
            raise _locked(path, "its .lock names no process")
        is_alive = _is_alive(holder)
        if is_alive is False:
            return text
        where = "its .lock was left on another machine, in another container or before a restart, where nobody here can look"
        raise _locked(path, where if is_alive is None else f"process {holder['pid']} is writing it")


def _locked(path: Path, why: str) -> FileExistsError:
    do = f"if you know that nobody writes, remove {path.name}.lock"
    return FileExistsError(f"{path} is locked: {why}; expected no other writer; {do}")


def _make(path: Path, text: str) -> bool:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as lock:
            lock.write(text)
    except OSError:
        # The disk is full: a lock that names nobody would keep everybody out for ever.
        path.unlink(missing_ok=True)
        raise
    return True


def _identity() -> Dict[str, Union[int, str]]:
    """This process. A number alone is soon used again, and is 1 in every container; the rest only Linux tells."""
    known = {"started": _started(os.getpid()), "boot": _boot(), "namespace": _namespace()}
    return {"pid": os.getpid(), **{name: value for name, value in known.items() if value is not None}}


def _is_alive(holder: Mapping[str, Any]) -> Optional[bool]:
    """Whether a process is still there, not one that got its number later; ``None`` of one that nobody here can see."""
    for name, here in (("boot", _boot), ("namespace", _namespace)):
        if holder.get(name) is not None and holder[name] != here():
            return None
    if holder.get("started") is not None:
        return bool(_started(holder["pid"]) == holder["started"])
    if os.name == "nt":
        # There os.kill ends a process, whatever the signal.
        return None
    try:
        os.kill(holder["pid"], 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return None if holder["pid"] < 1 else True
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31


def _started(pid: int) -> Optional[str]:
    """Field 22 of /proc/<pid>/stat; the name of the program, field 2, may hold spaces and brackets."""
    fields = (_told(f"/proc/{pid}/stat") or "").split(") ")[-1].split(" ")
    # One that nobody has waited for yet writes nothing any more.
    return fields[19] if len(fields) > 19 and fields[0] != "Z" else None


def _boot() -> Optional[str]:
    return (_told("/proc/sys/kernel/random/boot_id") or "").strip() or None


def _namespace() -> Optional[str]:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return None


def _told(path: str) -> Optional[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None
