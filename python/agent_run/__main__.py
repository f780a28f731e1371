"""Started as ``python -m agent_run``."""

import sys

from .command import main

sys.exit(main())
