"""The types of all objects of the standard, for annotations: ``from agent_run.types import Step``."""

from .generated.types import *  # noqa: F403
from .generated.types import __all__ as __all__
