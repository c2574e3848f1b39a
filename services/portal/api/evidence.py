"""The content of evidence, in and out: bodies that are files and no JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from marshmallow import fields

from services.portal.api.documents import Document, described, json_answer, refusals
from services.portal.api.openapi import add, new_blueprint
from services.portal.api.shapes import ID, STREAM, VERSION, shape
from services.portal.web.access import allow
from services.portal.web.edge import services
from services.portal.web.evidence import evidence_file, take_spooled
from services.portal.web.reading import Unreadable, command_id, query_values
from services.portal.web.spool import Cut, received
from services.portal.web.uploads import takes_files
from shared.contracts.clues.evidence import LONGEST_NAME
from shared.contracts.clues.queries import QUERIES, OpenEvidence
from shared.contracts.fields import Flag, Text
from shared.contracts.media import LARGEST_FILE, MediaType
from shared.contracts.roles import Role

_EVIDENCE = "/clues/<id:clue_id>/evidence"
_READERS = (Role.OFFICER, Role.LEADER, Role.POINT)
BY_FILE = frozenset({("clues", "AttachEvidence"), ("clues", "OpenEvidence")})
"""What is done here, and so by no line of a table."""


def blueprint() -> Blueprint:
    """`/clues/…/evidence`, written, and its content read."""
    made = new_blueprint("evidence", "证据材料的文件")
    add(
        made,
        _EVIDENCE,
        "POST",
        "AttachEvidence",
        bring,
        described(bring, "AttachEvidence", **_BRING),
    )
    path = f"{_EVIDENCE}/<id:file_id>/content"
    add(made, path, "GET", "ReadEvidence", read, described(read, "ReadEvidence", **_READ))
    return made


@takes_files
@allow(*_READERS)
def bring(clue_id: str) -> Response:
    """Make the body a file of the clue."""
    identifier, asked = command_id(), query_values(_ASKED)
    if not request.content_length:
        raise Unreadable("请在 Content-Length 请求头中给出文件大小，文件不能为空。")
    try:
        with received(request.stream, request.content_length) as spool:
            name = str(asked.get("file_name", ""))
            taken = take_spooled(spool, name, keep_traces=bool(asked.get("keep_traces")))
    except Cut:
        raise Unreadable("文件没有完整收到，请重新上传。") from None
    payload: dict[str, Any] = {"clue_id": clue_id, "files": [taken.plain()]}
    done = services().command("clues", "AttachEvidence", payload, identifier)
    told = {"id": taken.file_id, "stream": done["stream"], "version": done["version"]}
    response = jsonify(told)
    response.status_code = 201
    return response


@allow(*_READERS)
def read(clue_id: str, file_id: str) -> Response:
    """The file, for a purpose that is put on record."""
    asked = {"clue_id": clue_id, "file_id": file_id, **query_values(_PURPOSE)}
    return evidence_file(services().query("clues", "OpenEvidence", asked).result)


_ASKED: dict[str, fields.Field[Any]] = {"file_name": Text(LONGEST_NAME), "keep_traces": Flag()}
_PURPOSE = {"purpose": QUERIES.find(OpenEvidence.__name__).schema.fields["purpose"]}
_FILES = {media_type: {"schema": {"maxLength": LARGEST_FILE}} for media_type in MediaType}
_BRING: Document = {
    "summary": "提交证据材料",
    "description": "正文就是文件。照片中的附带信息默认去掉；keep_traces=true 时保留。"
    "没有收到结果时先查询证据材料，确认没有收到再提交。",
    "parameters": [
        "IdempotencyKey",
        {
            "name": "file_name",
            "in": "query",
            "schema": {"type": "string", "maxLength": LONGEST_NAME},
        },
        {"name": "keep_traces", "in": "query", "schema": {"type": "boolean"}},
    ],
    "requestBody": {"required": True, "content": _FILES},
    "responses": {
        "201": json_answer("材料已收到", shape(id=ID, stream=STREAM, version=VERSION)),
        **refusals(400, 401, 403, 404, 409, 413, 422, 429, 503, 504),
    },
}
_READ: Document = {
    "summary": "下载证据材料",
    "parameters": [
        {
            "name": "purpose",
            "in": "query",
            "required": True,
            "schema": {"type": "string", "minLength": 4, "maxLength": 200},
            "example": "办理线索",
        }
    ],
    "responses": {
        "200": {"description": "文件内容", "content": {each: {} for each in MediaType}},
        **refusals(400, 401, 403, 404, 422, 429, 503),
    },
}
