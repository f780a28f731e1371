"""What schemas can't say: whether the parts of a record agree with each other (spec/errors.md)."""

from .approvals import is_decision
from .check import RULES, check_semantics
from .instant import instant, is_before
from .run import is_going_on
from .steps import NEEDED
from .thing import Thing, group_by

__all__ = [
    "NEEDED",
    "RULES",
    "Thing",
    "check_semantics",
    "group_by",
    "instant",
    "is_before",
    "is_decision",
    "is_going_on",
]
