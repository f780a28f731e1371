"""The data of the standard that the package carries: schemas, open vocabularies and codes of findings."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Dict, List, Optional, TypedDict


class Code(TypedDict):
    """What a code of a finding means."""

    severity: str
    """``error`` or ``warning``."""
    requirement: Optional[str]
    """Id of the normative sentence behind it, where there is one for all its findings."""
    means: str
    """What was found, in a few words."""
    do: str
    """What to do about it, in a few words."""


class Standard(TypedDict):
    """The generated data file."""

    schemas: Dict[str, Dict[str, object]]
    """JSON Schema by name, such as ``agent-run`` or ``step``, without its prose. A ``$ref`` is such a name."""
    default_requirement: str
    """The sentence behind every place in the schemas that has none of its own."""
    schema_requirements: Dict[str, str]
    """Sentences by place, such as ``step.json#``; the longest places first."""
    vocabularies: Dict[str, List[str]]
    """Registered values of an open vocabulary, by place: ``step.json#/properties/error_type``."""
    codes: Dict[str, Code]
    """Every code of a finding."""


@lru_cache(maxsize=None)
def standard() -> Standard:
    """The data, read once. Not to be changed."""
    text = files("agent_run.generated").joinpath("standard.json").read_text("utf-8")
    data: Standard = json.loads(text)
    return data
