"""Values that are no JSON, and whose meaning everybody knows: shown as what they say, not as the name of their type."""

import dataclasses
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from uuid import UUID


def familiar(value: object) -> object:
    """A value that says the same and is nearer to JSON; ``None`` for one that nobody knows.

    Times, paths, decimals, enumerations, exceptions, dataclasses, and models of pydantic, which answers of model clients are.
    """
    try:
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, (date, time)):
            return value.isoformat()
        if isinstance(value, (Decimal, UUID, PurePath, timedelta)):
            return str(value)
        if isinstance(value, BaseException):
            return f"{type(value).__name__}: {value}"
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        dump = getattr(type(value), "model_dump", None)
        return dump(value) if callable(dump) and not isinstance(value, type) else None
    except Exception:
        # A stranger's object may raise whatever it likes when it is looked at.
        return None
