"""What a caller says that the standard does not allow costs that member, not the record."""

from typing import Dict, Mapping, Optional

from ..schema import validate
from .faults import Faults


def keep_valid(schema: str, value: Mapping[str, object], faults: Faults) -> Optional[Dict[str, object]]:
    """An object without the members that its schema refuses or does not know; ``None`` if nothing of it can stay.

    Members that are not known would stand in the record for ever: they are most likely misspelt.
    """
    kept = dict(value)
    found = validate(kept, schema, strict=True, semantics=False, limit=1000).findings
    if not found:
        return kept
    for finding in found:
        member = finding["path"].partition("/")[2].partition("/")[0].replace("~1", "/").replace("~0", "~")
        if finding["severity"] != "error" and finding["code"] != "schema.unknown_member":
            continue
        if member in kept:
            why = f"{finding['message']} ({finding['code']})"
            faults.report("recorder.member_refused", f"{schema}: {member} is left out: at {finding['path']} {why}")
            del kept[member]
    if validate(kept, schema, semantics=False).ok:
        return kept
    faults.report("recorder.object_refused", f"{schema}: a member that it needs is missing")
    return None
