"""Journals at fault, beside the records that they should give."""

from __future__ import annotations

from agent_run.seal import Json

from .case import case
from .journals import Writer, whole, with_steps
from .records import without

WRITER, RECORD = whole()
TEXT = WRITER.text()
LINES = WRITER.lines


def lines_of(*lines: str) -> str:
    """The text of a journal of these lines."""
    return "".join(line + "\n" for line in lines)


def unsealed(
    name: str, description: str, writer: Writer, requirement: str = "AR-JRNL-014", live: bool = False, torn: str = ""
):
    """A journal without a seal, beside the run that its lines give."""
    return case(name, requirement, description, writer.fold(live), journal_text=writer.text(torn), level="recorded")


def broken(name: str, requirement: str, description: str, journal: str, record: Json = RECORD):
    """A journal with a fault, beside a sealed record."""
    return case(name, requirement, description, record, journal_text=journal)


def bad(name: str, requirement: str, description: str, writer: Writer, record: Json | None = None):
    """A journal without a seal and with a fault, beside the run that it should give."""
    run = without(with_steps(()).fold(), "steps")
    return case(
        name, requirement, description, record or {**run, "steps": []}, journal_text=writer.text(), level="recorded"
    )


def without_line(number: int) -> str:
    """The whole journal but for one line."""
    return lines_of(*(line for index, line in enumerate(LINES) if index != number))


def changed_line(number: int, old: str, new: str) -> str:
    """The whole journal with other words in one line."""
    if LINES[number].count(old) != 1:
        raise ValueError(f"{old} stands {LINES[number].count(old)} times")
    return lines_of(*(line.replace(old, new) if index == number else line for index, line in enumerate(LINES)))


def number_of(kind: str, last: bool = False) -> int:
    """Number of the first or last line of a type; of private lines for `private`."""
    numbers = [
        n for n, line in enumerate(LINES) if f'"type":"{kind}"' in line or (kind == "private" and '"private":' in line)
    ]
    return numbers[-1 if last else 0]
