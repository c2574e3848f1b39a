"""`jiandu`: the stable commands for operators, auditors and scripts.

Exit codes: 0 done, 1 it says no, 2 wrong use.
"""

from __future__ import annotations

import click

from jiandu.audit_commands import audit
from jiandu.clock_commands import clock
from jiandu.erase_commands import erase
from jiandu.keys_commands import keys
from jiandu.log_commands import log
from jiandu.parked_commands import parked
from jiandu.send_commands import command, query
from jiandu.status_command import status


class Commands(click.Group):
    """Imports `rebuild`, which knows every read model of every service, when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), "rebuild"])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name != "rebuild":
            return super().get_command(context, name)
        from jiandu.rebuild_command import rebuild

        return rebuild


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """监督联系点系统的运维与审计命令。"""


for subcommand in (status, log, audit, parked, clock, command, query, erase, keys):
    main.add_command(subcommand)

if __name__ == "__main__":
    main()
