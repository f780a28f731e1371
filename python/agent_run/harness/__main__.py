"""Started as ``python -m agent_run.harness``."""

import sys

from .serve import serve

if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
