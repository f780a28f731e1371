"""Applying the semantic rules to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..standard import standard
from .approvals import APPROVAL_RULES
from .cost import COST_RULES
from .privacy import PRIVACY_RULES
from .record import Record
from .references import REFERENCE_RULES
from .rule import WARNING
from .run import RUN_RULES, VOCABULARY_RULES
from .steps import STEP_RULES

if TYPE_CHECKING:
    from ..types import Finding

#: All rules. Their order decides which error a verdict names (spec/verdict.md, the first error).
RULES = (*RUN_RULES, *REFERENCE_RULES, *STEP_RULES, *COST_RULES, *APPROVAL_RULES, *PRIVACY_RULES, *VOCABULARY_RULES)


def check_semantics(run: Any) -> list[Finding]:
    """
    What the semantic rules find in a record that the schemas accept, rule by rule; of one that they don't, what can be
    read is looked at. In a record without ``spec_version`` everything is a warning (AR-VER-001). Never raises for content.
    """
    if not isinstance(run, dict):
        return []
    record = Record(run)
    is_legacy = not record.run.known("spec_version")
    codes = standard()["codes"]
    found: list[Finding] = []
    for rule in RULES:
        if is_legacy and rule.is_new:
            continue
        told = codes[rule.code]
        for case in rule.find(record):
            finding: dict[str, Any] = {
                "code": rule.code,
                "severity": WARNING if is_legacy else rule.severity,
                "path": case.path,
                "message": case.message,
                "requirement": told["requirement"],
            }
            if case.allowed is not None:
                finding["allowed"] = case.allowed
            if case.suggestion is not None:
                finding["suggestion"] = case.suggestion
            found.append(cast("Finding", finding))
    return found
