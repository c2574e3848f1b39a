"""The content of documents, in and out: bodies that are files and no JSON."""

from __future__ import annotations

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from werkzeug.exceptions import UnsupportedMediaType

from services.portal.api.documents import Document, described, json_answer, refusals
from services.portal.api.openapi import add, new_blueprint
from services.portal.api.shapes import ID, TEXT, WHOLE, shape, words
from services.portal.web.access import allow
from services.portal.web.downloads import stored_file
from services.portal.web.edge import services
from services.portal.web.reading import Unreadable, query_values
from services.portal.web.uploads import takes_files, upload
from shared.contracts.media import LARGEST_FILE, MediaType
from shared.contracts.registry.queries import QUERIES, OpenDocument
from shared.contracts.roles import Role

CONTENT = "/applications/<id:application_id>/documents/<id:document_id>/content"


def blueprint() -> Blueprint:
    """`/applications/…/documents/…/content`, written and read."""
    made = new_blueprint("files", "申报材料的文件")
    add(made, CONTENT, "PUT", "BringFile", bring, described(bring, "BringFile", **_BRING))
    add(made, CONTENT, "GET", "ReadFile", read, described(read, "ReadFile", **_READ))
    return made


@takes_files
@allow(Role.APPLICANT, Role.OFFICER, Role.REVIEWER)
def bring(application_id: str, document_id: str) -> Response:
    """Keep the body as a file, which AttachDocument then makes a document."""
    query_values({})
    if request.mimetype not in set(MediaType):
        raise UnsupportedMediaType
    if not request.content_length:
        raise Unreadable("请在 Content-Length 请求头中给出文件大小，文件不能为空。")
    brought = upload(
        "registry",
        application_id,
        document_id,
        request.mimetype,
        request.stream,
        request.content_length,
    )
    return jsonify({"document_id": brought.pop("file_id"), **brought})


@allow(Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.APPLICANT)
def read(application_id: str, document_id: str) -> Response:
    """The file, for a purpose that is put on record."""
    fields = {"purpose": QUERIES.find(OpenDocument.__name__).schema.fields["purpose"]}
    asked = {"application_id": application_id, "document_id": document_id, **query_values(fields)}
    return stored_file("registry", services().query("registry", "OpenDocument", asked).result)


_FILES = {media_type: {"schema": {"maxLength": LARGEST_FILE}} for media_type in MediaType}
_BRING: Document = {
    "summary": "上传申报材料的文件",
    "description": "先上传文件，再以 AttachDocument 提交为材料；中断后以同一编号再次上传即可续传。",
    "requestBody": {"required": True, "content": _FILES},
    "responses": {
        "200": json_answer(
            "文件已完整收到并核对",
            shape(document_id=ID, media_type=words(MediaType), size=WHOLE, sha256=TEXT),
        ),
        **refusals(400, 401, 403, 404, 409, 413, 415, 422, 429, 503),
    },
}
_READ: Document = {
    "summary": "下载申报材料的文件",
    "parameters": [
        {
            "name": "purpose",
            "in": "query",
            "required": True,
            "schema": {"type": "string", "minLength": 4, "maxLength": 200},
            "example": "资格审查",
        }
    ],
    "responses": {
        "200": {"description": "文件内容", "content": {each: {} for each in MediaType}},
        **refusals(400, 401, 403, 404, 422, 429, 503),
    },
}
