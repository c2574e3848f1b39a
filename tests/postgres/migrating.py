"""A process of its own that migrates: `python -m tests.postgres.migrating URL FOLDER ROLE`."""

from __future__ import annotations

import sys
from pathlib import Path

from shared.postgres.migrate import migrate

print("\n".join(migrate(sys.argv[1], Path(sys.argv[2]), sys.argv[3])))
