"""The OpenAPI document is valid, whole, and its examples are what the services take."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_smorest.spec.plugins import FlaskPlugin
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31

from services.portal.api import TABLES
from services.portal.api.answers import ANSWERS
from services.portal.api.binding import Command, Query
from services.portal.api.examples import example_of
from services.portal.web.kinds import KINDS

COMMANDS = [b for _, _, table in TABLES for b in table if isinstance(b, Command)]
QUERIES = [b for _, _, table in TABLES for b in table if isinstance(b, Query)]


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    told: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").get_json()
    return told


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    Draft202012Validator(OPENAPI_31).validate(document)
    assert document["openapi"].startswith("3.1.")


def test_every_route_of_the_api_is_in_the_document(app: Flask, document: dict[str, Any]) -> None:
    own = {"/api/v1/openapi.json", "/api/docs"}
    told = {
        (path, method.upper())
        for path, operations in document["paths"].items()
        for method in operations
        if method != "parameters"
    }
    served = {
        (FlaskPlugin.flaskpath2openapi(rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.rule not in own
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert told == served


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in _references(document):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


@pytest.mark.parametrize("bound", COMMANDS, ids=lambda bound: bound.kind.name)
def test_an_example_of_a_body_is_taken_by_its_command(bound: Command) -> None:
    told = bound.kind.schema.fields.items()
    payload = {name: example_of(name, its) for name, its in told if name not in bound.ours}
    bound.kind.load(payload)


def test_every_body_has_an_example_that_its_schema_takes(document: dict[str, Any]) -> None:
    bodies = [
        operation["requestBody"]["content"]["application/json"]
        for operations in document["paths"].values()
        for operation in operations.values()
        if isinstance(operation, dict) and "requestBody" in operation
        if "application/json" in operation["requestBody"]["content"]  # the others are files
    ]
    assert len(bodies) >= len([bound for bound in COMMANDS if bound.in_body])
    for body in bodies:
        schema = {**body["schema"], "components": document["components"]}
        Draft202012Validator(schema).validate(body["example"])


def test_every_query_says_what_it_is_answered_with() -> None:
    for bound in QUERIES:
        assert bound.asks in ANSWERS


def test_every_operation_says_who_may_call_it(document: dict[str, Any]) -> None:
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict):
                assert operation["x-jiandu-roles"], operation["operationId"]


def test_every_kind_of_problem_is_explained_at_its_address(app: Flask) -> None:
    client = app.test_client()
    for code, kind in KINDS.items():
        page = client.get(f"/problems/{code}")
        assert page.status_code == 200
        assert kind.meaning in page.get_data(as_text=True)
    assert client.get("/problems/unheard-of").status_code == 404


def test_the_document_can_be_read_as_a_page_without_inline_script(app: Flask) -> None:
    page = app.test_client().get("/api/docs")
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert 'data-document="/api/v1/openapi.json"' in text
    assert "<script>" not in text
    assert "style=" not in text


def _references(value: Any) -> list[str]:
    match value:
        case {"$ref": str(reference)}:
            return [reference]
        case dict():
            return [found for its in value.values() for found in _references(its)]
        case list():
            return [found for its in value for found in _references(its)]
    return []
