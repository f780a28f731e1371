"""The lines of a journal that prove an order (spec/approval-and-policy.md, AR-APPR-032)."""

from __future__ import annotations

from typing import Optional

from .journal import chained_lines, check_journal
from .seal import Json, is_sealed, provenance_of
from .trust import Keys


def proven_lines(run: Json, raw: Optional[bytes], keys: Keys) -> list[tuple[str, Json]]:
    """Types and data of those lines, from the first; none of a journal that doesn't hold or isn't bound."""
    if raw is None or check_journal(run, raw).outcome.result != "pass":
        return []
    lines = chained_lines(raw)
    if is_sealed(run) and provenance_of(run).get("journal_head") is not None:
        return lines
    # Without journal_head only a head speaks for the lines, and only for those before it.
    heads = [number for number, (kind, _) in enumerate(lines) if kind == "head"]
    signer = provenance_of(lines[0][1]).get("signed_by")
    is_answered_for = is_sealed(run) or keys.counts_now(signer, ("runtime", "recorder"), run)
    return lines[: heads[-1]] if heads and is_answered_for else []
