"""Trust files: whose keys are whose, in the words of the one who checks (spec/trust.md)."""

from .file import TrustError, TrustFault, read_trust, trust_fault
from .keys import REVOKED, TIME_UNPROVEN, TRUSTED, Keys, Vouched
from .pattern import fits

__all__ = [
    "REVOKED",
    "TIME_UNPROVEN",
    "TRUSTED",
    "Keys",
    "TrustError",
    "TrustFault",
    "Vouched",
    "fits",
    "read_trust",
    "trust_fault",
]
