"""``python -m sync.cli`` is ``fieldapp-sync``."""

import sys

from sync.cli import main

sys.exit(main())
