"""Documents of an application, as its applicant brings them and as the bureau reads them."""

from __future__ import annotations

import pytest

from shared.access.actor import Actor
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests import files
from tests.portal.pages.browsing import Browser, Page, shown_value
from tests.portal.pages.work.conftest import Staff, after, form_fields
from tests.portal.people import People
from tests.system.bureau import CITY, Bureau, application

PDF = "application/pdf"


@pytest.fixture
def applicant(staff: Staff) -> Browser:
    return staff(Role.APPLICANT)


@pytest.fixture
def own(people: People, bureau: Bureau) -> str:
    """An application of the known applicant's, as it was handed in."""
    payload = application(bureau.open_batch(), UnitKind.CHAMBER)
    account_id = people.known(Role.APPLICANT).account_id
    bureau.send(Actor(account_id, Role.APPLICANT, CITY), "SubmitApplication", payload)
    return str(payload["application_id"])


def test_a_document_is_brought_read_and_taken_back(
    applicant: Browser, officer: Browser, bureau: Bureau, own: str
) -> None:
    page = _open(applicant, bureau, own)
    assert "还没有上传材料" in page.main
    assert "承诺书" in page.one(".note-warning").get_text()
    raw = files.pdf()
    page = applicant.bring(page, "承诺书 𠮷.pdf", raw, PDF, kind="commitment")
    assert page.status == 200, page.main
    assert "材料已上传" in page.main
    assert page.texts("tbody th") == ["承诺书"]
    assert "承诺书" not in "".join(page.texts(".note-warning"))
    file = str(page.one("tbody a")["href"])
    for whoever in (applicant, officer):
        answer = whoever.file(file)
        assert answer.content == raw
        assert answer.headers["Content-Disposition"].startswith("attachment")
    asking = applicant.open(file.removesuffix("/file") + "/withdrawal")
    told = applicant.send(asking, reasons="")
    assert told.error_at("reasons") == "请写明为什么撤回。"
    page = applicant.send(told, reasons="上传了错误的文件。")
    assert "材料已撤回" in page.main
    assert "还没有上传材料" in page.main
    seen = officer.open(page.url.removeprefix(applicant.url))
    assert "已撤回" in seen.main  # the bureau still sees that it was there


@pytest.mark.parametrize(
    ("name", "raw", "media_type", "kind", "field", "said"),
    [
        ("", b"", PDF, "commitment", "file", "请选择文件。"),
        ("a.pdf", files.pdf(), PDF, "", "kind", "请选择材料类别。"),
        ("a.docx", b"PK", "application/zip", "commitment", "file", "请选择 PDF、JPEG"),
        ("a.pdf", b"", PDF, "commitment", "file", "文件是空的"),
        ("a.pdf", files.picture(), PDF, "commitment", "file", "文件内容与所报的类型不符"),
        ("a.pdf", files.pdf_with_script(), PDF, "commitment", "file", "文件中含有脚本"),
        ('a"b.pdf', files.pdf(), PDF, "commitment", "file", "文件名中有不能使用的符号"),
    ],
)
def test_a_file_that_is_wrong_is_told_at_its_field(
    applicant: Browser,
    bureau: Bureau,
    own: str,
    name: str,
    raw: bytes,
    media_type: str,
    kind: str,
    field: str,
    said: str,
) -> None:
    page = applicant.bring(_open(applicant, bureau, own), name, raw, media_type, kind=kind)
    assert page.status == 422
    assert page.error_at(field).startswith(said)
    assert shown_value(page, "kind") == kind
    good = applicant.bring(page, "b.pdf", files.pdf(), PDF, kind="commitment")
    assert "材料已上传" in good.main


def test_after_the_formal_check_an_applicant_brings_nothing_more(
    applicant: Browser, reviewer: Browser, bureau: Bureau, own: str
) -> None:
    bureau.pass_form(own)
    page = _open(applicant, bureau, own)
    assert form_fields(page) == set()
    assert "现在不能增加或者撤回材料" in page.main
    form = _open(reviewer, bureau, own)
    offered = {str(each["value"]) for each in form.tree.select("#field-kind option")} - {""}
    assert offered == {"review_evidence", "visit_record", "opinion_answer", "objection_evidence"}


def test_another_applicants_documents_are_nobodys_business(
    applicant: Browser, bureau: Bureau
) -> None:
    other = bureau.apply(bureau.open_batch(), UnitKind.CHAMBER)
    assert applicant.open(f"/applications/{other}/documents").status == 404


def _open(browser: Browser, bureau: Bureau, application_id: str) -> Page:
    page = browser.open(f"/applications/{application_id}/documents?{after(bureau)}")
    assert page.status == 200
    return page
