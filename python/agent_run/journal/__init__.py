"""Journals: what a recorder writes while a run goes on, and what it proves (spec/journal.md)."""

from .check import JournalCheck, check
from .erase import ErasedJournal, erase_journal
from .fold import fold
from .line import ORIGIN, JournalFault, Line, PrivateLine
from .read import Journal, read_journal
from .writer import JournalWriter

__all__ = [
    "ORIGIN",
    "ErasedJournal",
    "Journal",
    "JournalCheck",
    "JournalFault",
    "JournalWriter",
    "Line",
    "PrivateLine",
    "check",
    "erase_journal",
    "fold",
    "read_journal",
]
