"""Papers of a batch on its way, printed through the API as whoever may."""

from __future__ import annotations

import io

import pytest
import requests
from pypdf import PdfReader

from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests.portal.client import Client, problem
from tests.portal.people import People
from tests.system.bureau import Bureau


@pytest.fixture(scope="module")
def officer(people: People) -> Client:
    return people.known(Role.OFFICER)


def text_of(answer: requests.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_papers_follow_an_application_from_form_to_notice(
    bureau: Bureau, people: People, officer: Client
) -> None:
    batch_id = bureau.open_batch()
    unit = bureau.apply(batch_id, UnitKind.ENTERPRISE)
    bureau.applications(batch_id)  # shown by now
    papers = f"/applications/{unit}/papers"
    form = text_of(officer.get(f"{papers}/application-form", purpose="打印存档"))
    assert "行政执法监督联系点申报表" in form
    assert "13900001234" in form
    problem(officer.get(f"{papers}/application-form"), 422, "invalid")
    problem(officer.get(f"{papers}/review-opinion", purpose="打印存档"), 404, "not_found")
    elsewhere = people.known(Role.OFFICER, "430300")
    problem(elsewhere.get(f"{papers}/application-form", purpose="打印存档"), 404, "not_found")

    bureau.qualify(unit, UnitKind.ENTERPRISE)
    bureau.applications(batch_id)
    opinion = text_of(officer.get(f"{papers}/review-opinion", purpose="打印存档"))
    assert "结论：符合条件" in opinion

    bureau.deliberate(batch_id, [unit])
    notice_id = bureau.publish(batch_id, [unit])
    bureau.notice(batch_id)
    nobody = people.nobody()
    printed = nobody.get(f"/notices/{notice_id}/papers/notice")
    assert "公示期自" in text_of(printed)
    assert nobody.get(f"/notices/{notice_id}/papers/notice").content == printed.content
    problem(nobody.get(f"/notices/{notice_id}/papers/designation"), 404, "not_found")
