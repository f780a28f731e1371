"""Errors of jobs that could not be done. What content is worth is said in findings and verdicts, not by raising."""

from typing import Any, Tuple


class SealError(ValueError):
    """Something that would never verify was refused. ``code`` is stable, such as ``seal.already_sealed``."""

    def __init__(self, code: str, message: str, path: str = "") -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.path = path

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.code, self.message, self.path)


class CannotDo(Exception):
    """The job of a command could not be done; the message says why and what to do."""
