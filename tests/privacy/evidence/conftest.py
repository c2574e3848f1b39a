"""Both stores, each over what it really stands on: a folder, and a server that speaks S3."""

from __future__ import annotations

import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest

from deploy.local.processes import wait_until
from shared.privacy.evidence.folder import FolderStore
from shared.privacy.evidence.place import store_from
from shared.privacy.evidence.s3 import Bucket
from shared.privacy.evidence.store import EvidenceStore

_RCLONE = Path(sys.executable).parent / "rclone"


def free_port() -> int:
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return int(trying.getsockname()[1])


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with serving(tmp_path_factory.mktemp("s3")) as (bucket, _):
        yield bucket


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Bucket, subprocess.Popen[bytes]]]:
    """rclone's S3 server over a folder, with a bucket in it, and its process."""
    (folder / "bureau").mkdir()
    access, secret, port = "bureau", secrets.token_hex(16), free_port()
    arguments = ["serve", "s3", str(folder), "--addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [str(_RCLONE), *arguments, "--auth-key", f"{access},{secret}", "--vfs-cache-mode", "off"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    bucket = Bucket("bureau", f"http://127.0.0.1:{port}", "us-east-1", access, secret)
    try:
        assert wait_until(lambda: _answers(bucket), 20), "rclone's S3 server does not answer"
        yield bucket, server
    finally:
        server.kill()
        server.wait()


def _answers(bucket: Bucket) -> bool:
    client = boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        aws_access_key_id=bucket.access_key,
        aws_secret_access_key=bucket.secret_key,
    )
    try:
        client.list_objects_v2(Bucket=bucket.name)
    except Exception:
        return False
    return True


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "evidence"
    root.mkdir()
    return root


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> EvidenceStore:
    """As a process makes it out of its environment."""
    if request.param == "folder":
        root: Path = request.getfixturevalue("folder")
        return store_from({"JIANDU_EVIDENCE_STORE": f"folder:{root}"})
    bucket: Bucket = request.getfixturevalue("s3_server")
    keys = tmp_path / "s3.keys"
    keys.write_text(f"{bucket.access_key}\n{bucket.secret_key}\n")
    return store_from(
        {
            "JIANDU_EVIDENCE_STORE": f"s3:{bucket.name}",
            "JIANDU_EVIDENCE_S3_ENDPOINT": bucket.endpoint,
            "JIANDU_EVIDENCE_S3_KEYS_FILE": str(keys),
        }
    )


@pytest.fixture
def lost(request: pytest.FixtureRequest, folder: Path) -> EvidenceStore:
    """A folder that was there and is away now."""
    shutil.rmtree(folder)
    return FolderStore(folder)
