"""Errors of jobs that could not be done. What content is worth is said in findings and verdicts, not by raising."""


class SealError(ValueError):
    """Something that would never verify was refused. ``code`` is stable, such as ``seal.already_sealed``."""

    def __init__(self, code: str, message: str, path: str = "") -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.path = path
