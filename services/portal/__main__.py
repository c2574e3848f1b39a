"""`python -m services.portal migrate|api|log|web`."""

from shared.service.patching import prepare

prepare()

import os  # noqa: E402 - eventlet must come first
import sys  # noqa: E402

from services.portal.accounts import passwords  # noqa: E402
from services.portal.definition import DEFINITION  # noqa: E402
from shared.service.config import Config  # noqa: E402
from shared.service.definition import ServiceDefinition  # noqa: E402
from shared.service.main import main  # noqa: E402


def _web(definition: ServiceDefinition, config: Config) -> None:
    from services.portal.web.server import run  # Flask and gunicorn, for this role alone

    run(definition, config)


try:
    passwords.go_by(passwords.costs(os.environ))
except passwords.CostsRefused as refused:
    sys.exit(f"portal: {refused}")
sys.exit(main(DEFINITION, sys.argv, {"web": _web}))
