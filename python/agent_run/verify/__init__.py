"""Verification: what holds for a record, check by check (spec/verdict.md)."""

from .bundle import Bundle, BundleVerdicts, LineFault, read_bundle, sort_of, verify_bundle
from .levels import LEVELS
from .outcome import CHECKS
from .verify import SignedBy, verify

__all__ = [
    "CHECKS",
    "LEVELS",
    "Bundle",
    "BundleVerdicts",
    "LineFault",
    "SignedBy",
    "read_bundle",
    "sort_of",
    "verify",
    "verify_bundle",
]
