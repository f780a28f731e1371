"""The harness of the verifier suite around this package: ``python -m agent_run.harness`` (conformance/harness.md)."""

from .serve import serve

__all__ = ["serve"]
