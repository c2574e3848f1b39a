"""The certificate of an erasure to print: what was erased, by whose word, and how to check it."""

from __future__ import annotations

from flask import Response
from flask_smorest import Blueprint

from services.portal.api.documents import described
from services.portal.api.openapi import add, new_blueprint
from services.portal.api.printing import paper_document, printed
from services.portal.api.resources.erasures import HOLDERS
from services.portal.papers.erasure_certificate import certificate
from services.portal.papers.setting import Paper
from services.portal.web.access import allow
from services.portal.web.edge import services
from shared.contracts.roles import Role


def blueprint() -> Blueprint:
    """`…/papers/certificate`, below the erasure."""
    made = new_blueprint("erasure_papers", "删除个人信息的证明")
    for service in HOLDERS:
        name = f"PrintErasureCertificateOf{service.title()}"
        view = _view_of(service)
        document = paper_document("打印删除证明", personal=False)
        path = f"/erasures/{service}/<id:erasure_id>/papers/certificate"
        add(made, path, "GET", name, view, described(view, name, **document))
    return made


def _view_of(service: str):  # type: ignore[no-untyped-def]
    @allow(Role.OFFICER, Role.LEADER, Role.AUDITOR)
    def erasure_certificate(erasure_id: str) -> Response:
        """删除证明, once the keys are destroyed."""
        told = services().query(service, "ShowErasure", {"erasure_id": erasure_id}).result
        return printed(Paper.SUPERVISION, certificate(service, told), told)

    return erasure_certificate
