"""A process of its own that seals under the subjects given, as soon as it is told to.

`python -m tests.privacy.key_process URL MASTER_KEY_HEX SUBJECT...`; prints a hex ciphertext each.
"""

from __future__ import annotations

import datetime as dt
import sys

import psycopg
from psycopg_pool import ConnectionPool

from shared.privacy.keyring import Keyring


def main(url: str, master_key: str, *subjects: str) -> None:
    pool: ConnectionPool[psycopg.Connection] = ConnectionPool(
        url, kwargs={"autocommit": True}, min_size=1, max_size=1, open=True
    )
    with pool:
        pool.wait()
        keyring = Keyring("registry", pool, bytes.fromhex(master_key))
        print("ready", flush=True)
        sys.stdin.readline()
        for subject in subjects:
            sealed = keyring.seal(subject, "place", b"plain", dt.datetime.now(dt.UTC))
            print(sealed.hex(), flush=True)


main(*sys.argv[1:])
