"""Started as ``python -m agent_run``."""

import sys

from .command import main

if __name__ == "__main__":
    sys.exit(main())
