"""Which store evidence lies in, as the environment says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from shared.privacy.evidence.folder import FolderStore
from shared.privacy.evidence.store import EvidenceStore

PLACE = "JIANDU_EVIDENCE_STORE"
_ENDPOINT, _REGION = "JIANDU_EVIDENCE_S3_ENDPOINT", "JIANDU_EVIDENCE_S3_REGION"
_KEYS_FILE = "JIANDU_EVIDENCE_S3_KEYS_FILE"


class BadPlace(ValueError):
    """The settings name no store; the text says what to set."""


def store_from(environ: Mapping[str, str]) -> EvidenceStore:
    """`folder:/path`, or `s3:bucket` with its endpoint and a file of two lines: key id, secret.

    Raises BadPlace. Whether the store answers shows when it is used.
    """
    kind, _, where = environ.get(PLACE, "").partition(":")
    if kind == "folder" and where.startswith("/"):
        return FolderStore(Path(where))
    if kind == "s3" and where:
        return _bucket(where, environ)
    raise BadPlace(f"set {PLACE} to folder:/path or s3:bucket (`make up` writes the first)")


def _bucket(name: str, environ: Mapping[str, str]) -> EvidenceStore:
    # Loaded where it is used: whoever keeps evidence in a folder does without its megabytes.
    from shared.privacy.evidence.s3 import Bucket, S3Store

    endpoint = environ.get(_ENDPOINT, "")
    if urlsplit(endpoint).scheme not in ("http", "https"):
        raise BadPlace(f"set {_ENDPOINT} to the http or https URL of the store {name}")
    path = Path(environ.get(_KEYS_FILE, ""))
    try:
        access_key, secret_key = path.read_text(encoding="ascii").split()
    except (OSError, ValueError):
        raise BadPlace(f"set {_KEYS_FILE} to a file of two lines: key id and secret") from None
    region = environ.get(_REGION, "us-east-1")
    return S3Store(Bucket(name, endpoint, region, access_key, secret_key))
