"""Evidence in a bucket of a store that speaks S3: MinIO, Ceph, a cloud of the city's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from shared.privacy.evidence.pieces import cut
from shared.privacy.evidence.store import (
    EvidenceStore,
    ObjectMissing,
    StoreAway,
    StoredObject,
    checked,
)

PART_BYTES = 8 * 1024 * 1024
"""What memory holds of an object; S3 takes no parts below 5 MiB but the last."""
_PIECE = 256 * 1024
_PREFIX = "evidence/"
_ABSENT = frozenset({"NoSuchKey", "NoSuchUpload", "NotFound", "404"})


@dataclass(frozen=True)
class Bucket:
    """endpoint: the store's URL · access_key, secret_key: whom it knows us as"""

    name: str
    endpoint: str
    region: str
    access_key: str
    secret_key: str


class S3Store(EvidenceStore):
    """Objects lie under `evidence/` in a bucket that is there already."""

    def __init__(self, bucket: Bucket, seconds: float = 10.0) -> None:
        self._bucket = bucket.name
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=bucket.endpoint,
            region_name=bucket.region,
            aws_access_key_id=bucket.access_key,
            aws_secret_access_key=bucket.secret_key,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                connect_timeout=min(3.0, seconds),
                read_timeout=seconds,
                retries={"total_max_attempts": 2, "mode": "standard"},
                # Newer checksums that not every store knows; ours is over the whole ciphertext.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        key = _key(name)
        parts = cut(pieces, PART_BYTES)
        first = next(parts, b"")
        second = next(parts, None)
        if second is None:
            with _told():
                self._client.put_object(Bucket=self._bucket, Key=key, Body=first)
            return
        with _told():
            begun = self._client.create_multipart_upload(Bucket=self._bucket, Key=key)
        upload = {"Bucket": self._bucket, "Key": key, "UploadId": begun["UploadId"]}
        try:
            self._bring(upload, first, second, parts)
        except BaseException:
            with suppress(BotoCoreError, ClientError, HTTPClientError):
                self._client.abort_multipart_upload(**upload)
            raise

    def _bring(
        self, upload: dict[str, str], first: bytes, second: bytes, others: Iterator[bytes]
    ) -> None:
        done: list[dict[str, Any]] = []

        def bring(part: bytes) -> None:
            number = len(done) + 1
            with _told():
                answer = self._client.upload_part(**upload, PartNumber=number, Body=part)
            done.append({"ETag": answer["ETag"], "PartNumber": number})

        bring(first)
        bring(second)
        for part in others:
            bring(part)
        with _told():
            self._client.complete_multipart_upload(**upload, MultipartUpload={"Parts": done})

    def get(self, name: str) -> Iterator[bytes]:
        with _told(name):
            answer = self._client.get_object(Bucket=self._bucket, Key=_key(name))
        pieces = answer["Body"].iter_chunks(_PIECE)
        with answer["Body"]:
            while True:
                with _told():
                    piece = next(pieces, b"")
                if not piece:
                    return
                yield piece

    def find(self, name: str) -> StoredObject | None:
        try:
            with _told(name):
                head = self._client.head_object(Bucket=self._bucket, Key=_key(name))
        except ObjectMissing:
            return None
        return StoredObject(name, head["ContentLength"], head["LastModified"])

    def all(self) -> Iterator[StoredObject]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=_PREFIX
        )
        listed = iter(pages)
        while True:
            with _told():
                page = next(listed, None)
            if page is None:
                return
            for its in page.get("Contents", ()):
                name = its["Key"].removeprefix(_PREFIX)
                yield StoredObject(name, its["Size"], its["LastModified"])

    def delete(self, name: str) -> None:
        with suppress(ObjectMissing), _told(name):
            self._client.delete_object(Bucket=self._bucket, Key=_key(name))

    def forget_unfinished(self, before: dt.datetime) -> None:
        with _told():
            found = self._client.list_multipart_uploads(Bucket=self._bucket, Prefix=_PREFIX)
        for its in found.get("Uploads", ()):
            if its["Initiated"] < before:
                with suppress(ObjectMissing), _told(its["Key"]):
                    self._client.abort_multipart_upload(
                        Bucket=self._bucket, Key=its["Key"], UploadId=its["UploadId"]
                    )


def _key(name: str) -> str:
    return _PREFIX + checked(name)


@contextmanager
def _told(name: str | None = None) -> Iterator[None]:
    """Raises ObjectMissing for an object `name` that is not there, StoreAway for all else."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if name is not None and code in _ABSENT:
            raise ObjectMissing(name) from None
        raise StoreAway(f"the store of evidence says {code}") from error
    except (BotoCoreError, HTTPClientError) as error:
        raise StoreAway(f"the store of evidence: {type(error).__name__}") from error
