"""`python -m services.clues migrate|api|log`."""

from shared.service.patching import prepare

prepare()

import sys  # noqa: E402 - eventlet must come first

from services.clues.definition import DEFINITION  # noqa: E402
from shared.service.main import main  # noqa: E402

sys.exit(main(DEFINITION, sys.argv))
