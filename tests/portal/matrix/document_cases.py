"""Cases of the writes about an application's documents."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from shared.access.actor import Actor
from tests import files
from tests.portal.matrix.scene import Case, Make, Scene, ones_own
from tests.system.bureau import Bureau, new_id

_PDF = files.pdf()


def brought(bureau: Bureau, actor: Actor, application_id: str) -> dict[str, Any]:
    """A file that the actor has brought for an application; what AttachDocument says of it."""
    file_id, sha256 = new_id(), hashlib.sha256(_PDF).hexdigest()
    told = {"media_type": "application/pdf", "size": len(_PDF), "sha256": sha256}
    for transfer, payload in (
        ("BeginUpload", {"owner_id": application_id, **told}),
        ("PutChunk", {"index": 0, "data": base64.b64encode(_PDF).decode()}),
        ("FinishUpload", {}),
    ):
        bureau.client.transfer(actor, "registry", transfer, {"file_id": file_id, **payload})
    return {"document_id": file_id, **told, "kind": "other", "file_name": "材料.pdf"}


def _without_group(scene: Scene, caller: str) -> tuple[Actor, str]:
    """In a batch without a review group: once there is one, of the reviewers its members alone
    bring documents.
    """
    return ones_own(scene, caller, scene.bureau.open_batch())


def _documents(scene: Scene, caller: str) -> Case:
    actor, made = _without_group(scene, caller)
    return Case({"application_id": made}, brought(scene.bureau, actor, made))


def _withdrawals(scene: Scene, caller: str) -> Case:
    actor, made = _without_group(scene, caller)
    document = brought(scene.bureau, actor, made)
    scene.bureau.send(actor, "AttachDocument", {"application_id": made, **document})
    named = {"application_id": made, "document_id": document["document_id"]}
    return Case(named, {"reasons": "上传了错误的文件"})


def _contents(scene: Scene, caller: str) -> Case:
    _, made = _without_group(scene, caller)
    return Case({"application_id": made, "document_id": new_id()}, _PDF)


_DOCUMENTS = "/api/v1/applications/<application_id>/documents"

DOCUMENT_CASES: dict[str, Make] = {
    f"POST {_DOCUMENTS}": _documents,
    f"POST {_DOCUMENTS}/<document_id>/withdrawal": _withdrawals,
    f"PUT {_DOCUMENTS}/<document_id>/content": _contents,
}
"""By the names of the written table."""
