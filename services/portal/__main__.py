"""`python -m services.portal migrate|api|log|web`."""

from shared.service.patching import prepare

prepare()

import sys  # noqa: E402 - eventlet must come first

from services.portal.definition import DEFINITION  # noqa: E402
from shared.service.main import main  # noqa: E402
from shared.service.wiring import Wiring  # noqa: E402


def _web(wiring: Wiring) -> None:
    from services.portal.web.server import run  # Flask and gunicorn, for this role alone

    run(wiring)


sys.exit(main(DEFINITION, sys.argv, {"web": _web}))
