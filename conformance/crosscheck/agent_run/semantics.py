"""The semantic rules together: what a record means beyond its shape (spec/errors.md)."""

from __future__ import annotations

from typing import Any

from .context import Context
from .rule import Rule
from .rules_approvals import APPROVALS, GRANTS
from .rules_cost import COST
from .rules_privacy import EVALUATION, PRIVACY
from .rules_references import INVENTORY, REFERENCES
from .rules_run import RUN, TIMES, VERSION, VOCABULARIES
from .rules_steps import EFFECTS, STEPS

RULES: list[Rule] = [
    *VERSION,
    *RUN,
    *TIMES,
    *REFERENCES,
    *INVENTORY,
    *STEPS,
    *EFFECTS,
    *COST,
    *APPROVALS,
    *GRANTS,
    *PRIVACY,
    *EVALUATION,
    *VOCABULARIES,
]

Finding = tuple[str, str, str]


def check_semantics(run: dict[str, Any]) -> list[Finding]:
    """What the rules find in a record that fulfils the schemas: code, severity and JSON Pointer, rule by rule.

    In a record without spec_version everything is a warning, and rules that 0.1 could not know aren't applied
    (AR-VER-001).
    """
    context = Context(run)
    is_legacy = not context.run.has("spec_version")
    return [
        (rule.code, "warning" if is_legacy else rule.severity, path)
        for rule in RULES
        if not (is_legacy and rule.since_1_0)
        for path in rule.check(context)
    ]
