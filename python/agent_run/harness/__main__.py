"""Started as ``python -m agent_run.harness``."""

import sys

from .serve import serve

serve(sys.stdin.buffer, sys.stdout.buffer)
