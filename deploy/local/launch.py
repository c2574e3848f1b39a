"""Becomes another program, after writing down who it is.

Run as a file by `processes.start_process`, by the bare interpreter, so it imports the standard
library only. Record first, program second: at whatever moment the starter is killed, there is
either no process or a record of it. The process id and its start time survive `exec`.

    launch.py RECORD HEADER LOCK_FD UID GID -- PROGRAM ARGUMENT...
"""

from __future__ import annotations

import json
import os
import sys


def stat_fields(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name; the first is the state. See proc(5)."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def start_time(pid: int) -> int:
    """When the process started, in clock ticks since boot: field 22 of /proc/PID/stat."""
    return int(stat_fields(pid)[19])


def boot_id() -> str:
    """Names this boot of the machine; start times of two boots cannot be compared."""
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        return file.read().strip()


def _record(path: str, header: dict[str, str]) -> None:
    pid = os.getpid()
    record = {**header, "pid": pid, "started": start_time(pid), "boot": boot_id()}
    draft = f"{path}.{pid}"
    with open(draft, "w", encoding="utf-8") as file:
        json.dump(record, file)
    os.replace(draft, path)


def _become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main(arguments: list[str]) -> None:
    """Write the record, let go of the lock, change user when asked, run the program."""
    path, header, lock, uid, gid, _, *program = arguments
    _record(path, json.loads(header))
    if int(lock) >= 0:
        os.close(int(lock))
    if int(uid) >= 0:
        _become(int(uid), int(gid))
    try:
        os.execvp(program[0], program)  # noqa: S606 - the caller's own program, no shell
    except OSError as error:
        sys.exit(f"cannot run {program[0]}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
