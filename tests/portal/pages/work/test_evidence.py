"""Files of evidence at a browser without JavaScript: with a filing, later, and beside a payment."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image

from services.portal.web.edge import Edge
from shared.contracts.roles import Role
from shared.privacy.evidence.scanning import Scanner
from tests import files
from tests.portal.client import Client, problem
from tests.portal.edge.test_files import LARGE, MIB, forget_peak, peak
from tests.portal.matrix.clue_cases import CLAIM, ORDERED_OF_BODY, Step, clue, go_on, referral_of
from tests.portal.matrix.scene import Scene
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import Staff
from tests.portal.pages.work.entering import send
from tests.portal.people import People
from tests.privacy.evidence.clamd_like import ClamdLike
from tests.system.bureau import ANYONE, DISTRICT, LEADER, OFFICER, Bureau, new_id
from tests.system.installation import Installation

TEXT = "检查时多收了费用，附上收据照片"
MARK = "MarkerOfAFrightenedReporter"
JPEG, PDF = "image/jpeg", "application/pdf"
TOLD = {
    "kinds": "illegal_fee",
    "body": "市水利局",
    "division": DISTRICT,
    "text": TEXT,
    "reporting": "anonymous",
}


@pytest.fixture(scope="module")
def scene(bureau: Bureau, people: People) -> Scene:
    return Scene(bureau, people)


def photo() -> bytes:
    """A picture in which its camera wrote who took it."""
    exif, made = Image.Exif(), io.BytesIO()
    exif[0x013B], exif[0x0112] = MARK, 6
    picture = Image.new("RGB", (40, 30), (10, 120, 30))
    picture.save(made, "JPEG", exif=exif, comment=MARK.encode())
    assert MARK.encode() in made.getvalue()
    return made.getvalue()


def told(people: People, *enclosed: tuple[str, bytes, str], **typed: str) -> Page:
    """What comes of telling by the form, as nobody."""
    browser = Browser(people.url)
    return browser.enclose(browser.open("/report/clue"), "evidence", enclosed, **{**TOLD, **typed})


def filed(scene: Scene, steps: list[Step] | None = None) -> str:
    """A clue of nobody's, so far on its way, that is shown."""
    clue_id, bureau = new_id(), scene.bureau
    payload = {"clue_id": clue_id, "reporter_id": new_id(), **clue("form")}
    send(bureau, ANYONE, "FileClue", **payload)
    officer_id = scene.people.known(Role.OFFICER).account_id
    go_on(scene, officer_id, clue_id, steps or [])
    tie = {"account_id": new_id(), "tie": "relative", "reasons": TEXT}
    send(bureau, LEADER, "RecuseOfficer", clue_id=clue_id, **tie)
    asked = {"clue_id": clue_id, "purpose": "查看办理情况"}
    bureau.client.query(OFFICER, "clues", "OpenClue", asked, after=bureau.last)
    return clue_id


def links(page: Page) -> list[str]:
    """Addresses of the files that a page tells of."""
    found = [str(each["href"]) for each in page.tree.select("main tbody a[href]")]
    return [each for each in found if re.search(r"/evidence/[0-9a-f-]{36}$", each)]


def test_a_frightened_reporter_s_photo_reaches_the_officer_and_tells_of_nobody(
    system: Installation, people: People, officer: Browser
) -> None:
    browser = Browser(people.url)
    page = browser.open("/report/clue")
    clue_id = str(page.one("input[name=clue_id]")["value"])
    sent = [
        (f"../../etc/{MARK}/收据.jpg", photo(), JPEG),
        ("罚款决定书.pdf", files.pdf(), "application/octet-stream"),
    ]
    done = browser.enclose(page, "evidence", sent, **TOLD)
    assert done.status == 200, done.main
    code = "".join(done.texts(".receipt-digits span"))
    case = officer.open(f"/clues/{clue_id}?after=clue-{clue_id}:1")
    first, second = links(case)
    read = officer.file(first)
    assert read.status_code == 200
    assert read.headers["Content-Type"] == JPEG
    assert int(read.headers["Content-Length"]) == len(read.content)
    assert "filename*=UTF-8''%E6%94%B6%E6%8D%AE.jpg" in read.headers["Content-Disposition"]
    assert read.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert MARK.encode() not in read.content
    with Image.open(io.BytesIO(read.content)) as picture:
        assert dict(picture.getexif()) == {0x0112: 6}
    assert officer.file(second).content == files.pdf()
    _reporter_adds(people, code, case_of=clue_id)
    _nothing_in_clear(system)


def _reporter_adds(people: People, code: str, case_of: str) -> None:
    """By the code alone, their own files and one more; the camera's words kept, as they asked."""
    browser = Browser(people.url)
    inside = browser.send(
        browser.open("/report/progress"), "main form:has([name=receipt_code])", receipt_code=code
    )
    assert "您提交的材料" in inside.main, inside.main
    assert len(links(inside)) == 2
    assert case_of not in "".join(links(inside))
    form = browser.open("/report/progress/evidence")
    empty = browser.send(form, "main form[enctype]")
    assert empty.error_at("files") == "请选择文件。"
    kept = [("原始照片.jpg", photo(), JPEG)]
    more = browser.enclose(form, "files", kept, keep_traces="yes")
    assert "材料已收到" in more.main
    assert "保留了附带信息" in more.main
    assert browser.file(links(more)[2]).content == photo()


def _nothing_in_clear(system: Installation) -> None:
    """Of what a camera wrote, nor of a folder's name: in no object, no log line."""
    for path in (*system.place.evidence.rglob("*"), *system.place.logs.iterdir()):
        if path.is_file():
            assert MARK.encode() not in path.read_bytes(), path


def test_a_form_that_is_shown_again_still_has_the_files(people: People, officer: Browser) -> None:
    browser = Browser(people.url)
    sent = [("收据.jpg", photo(), JPEG), ("旧收据.jpg", photo(), JPEG)]
    wrong = browser.enclose(browser.open("/report/clue"), "evidence", sent, **{**TOLD, "text": ""})
    assert wrong.status == 422
    assert wrong.error_at("text") == "请写明具体内容。"
    kept = [str(each["value"]) for each in wrong.tree.select("input[name=evidence_kept]")]
    assert len(kept) == 2
    assert "收据.jpg（图片（JPEG）" in wrong.main
    clue_id = str(wrong.one("input[name=clue_id]")["value"])
    done = browser.send(wrong, "main form[enctype]", text=TEXT, evidence_kept=kept[:1])
    assert done.status == 200
    assert len(links(officer.open(f"/clues/{clue_id}?after=clue-{clue_id}:1"))) == 1
    forged = browser.send(wrong, "main form[enctype]", text="", evidence_kept=[kept[0][:-8], "x"])
    assert forged.tree.select("input[name=evidence_kept]") == []


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("照片.jpg", b"MZ" + bytes(600), "内容与所报的类型不符"),
        ("照片.jpg", photo() + files.office_file(), "内容与所报的类型不符"),
        ("图.png", files.bomb(), "像素过多"),
        ("材料.zip", files.office_file(), "内容与所报的类型不符"),
        ("材料.pdf", files.pdf_with_script(), "脚本"),
        ("材料.pdf", files.pdf()[:-200], "已损坏"),
        ("照片.jpg", b"", "文件已损坏"),
    ],
    ids=["program", "polyglot", "bomb", "archive", "script", "cut", "empty"],
)
def test_what_is_no_evidence_is_told_at_its_field_and_nothing_is_filed(
    people: People, name: str, raw: bytes, said: str
) -> None:
    page = told(people, (name, raw, JPEG), ("好的.jpg", photo(), JPEG))
    assert page.status == 422
    error = page.error_at("evidence")
    assert name in error
    assert said in error
    assert len(page.tree.select("input[name=evidence_kept]")) == 1, "the good one stays"


def test_more_files_than_a_form_may_bring_are_told_so(people: People) -> None:
    page = told(people, *[(f"{n}.pdf", files.pdf(), PDF) for n in range(11)])
    assert "一次最多 10 个文件" in page.error_at("evidence")


@contextmanager
def store_away(root: Path) -> Iterator[None]:
    elsewhere = root.with_name("evidence-away")
    root.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(root)


def test_a_store_that_is_away_is_told_and_the_words_alone_can_be_sent(
    system: Installation, people: People
) -> None:
    with store_away(system.place.evidence):
        page = told(people, ("收据.jpg", photo(), JPEG))
        assert page.status == 422
        assert "可以先不带文件提交" in page.error_at("evidence")
        browser = Browser(people.url)
        without = browser.send(browser.open("/report/clue"), "main form[enctype]", **TOLD)
        assert without.status == 200, without.main
    assert told(people, ("收据.jpg", photo(), JPEG)).status == 200


def test_what_the_scanner_knows_is_refused_and_without_its_verdict_nothing_is_taken(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    evil, address = files.pdf(size=5_000, seed=3), str(tmp_path / "clamd.socket")
    its: Edge = app.extensions["jiandu"]
    scanned = replace(its, settings=replace(its.settings, scanner=Scanner(address, 5.0)))
    monkeypatch.setitem(app.extensions, "jiandu", scanned)
    with ClamdLike(address, evil, 10**8).running():
        refused = _told_in_process(app, evil)
        assert "没有通过病毒检查" in refused
        assert "evidence_kept" not in refused
        assert "evidence_kept" in _told_in_process(app, files.pdf())
    assert "文件暂时无法保存" in _told_in_process(app, files.pdf())


def _told_in_process(app: Flask, raw: bytes) -> str:
    """The form again, which lacks its text, after a file was sent with it."""
    client = app.test_client()
    form = BeautifulSoup(client.get("/report/clue").get_data(), "html.parser")
    hidden = {str(each["name"]): str(each["value"]) for each in form.select("[type=hidden]")}
    sent = {**hidden, "evidence": (io.BytesIO(raw), "材料.pdf", PDF)}
    answer = client.post("/report/clue", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    return answer.get_data(as_text=True)


def test_two_gigabytes_are_refused_before_they_are_read(people: People) -> None:
    its = urlsplit(people.url)
    head = (
        "POST /report/clue HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {2 * 1024**3}\r\n\r\n"
    )
    with socket.create_connection((str(its.hostname), int(its.port or 0)), 20) as connection:
        connection.sendall(head.encode() + b"--b\r\n")
        assert b" 413 " in connection.recv(4_096).split(b"\r\n")[0]


def test_a_body_proves_its_payment_with_a_paper_that_the_officer_reads(
    scene: Scene, staff: Staff, officer: Browser
) -> None:
    clue_id = filed(scene, ORDERED_OF_BODY)
    body, path = staff(Role.ENFORCEMENT_BODY), f"/referrals/{referral_of(clue_id)}"
    form = body.open(f"{path}/payment?about={CLAIM}")
    wrong = body.enclose(form, "proof_file", [("回单.pdf", b"%PDF-", PDF)], proof="银行回单")
    assert "已损坏" in wrong.error_at("proof_file")
    paid = body.enclose(wrong, "proof_file", [("回单.pdf", files.pdf(), PDF)], proof="银行回单")
    assert "付款已登记" in paid.main
    assert links(paid) == []
    case = officer.open(f"/clues/{clue_id}?after={scene.bureau.last['stream']}:1")
    (link,) = links(case)
    assert "付款单位（付款凭证）" in case.main
    assert officer.file(link).content == files.pdf()
    assert body.file(link).status_code == 403


def test_an_officer_adds_papers_and_another_district_s_does_not(
    scene: Scene, staff: Staff, officer: Browser
) -> None:
    clue_id = filed(scene)
    here = f"/clues/{clue_id}/evidence"
    added = officer.enclose(officer.open(here), "files", [("笔录.pdf", files.pdf(), PDF)])
    assert "材料已收到" in added.main
    (link,) = links(added)
    elsewhere = staff(Role.OFFICER, "430300")
    assert elsewhere.open(here).status == 404
    assert elsewhere.file(link).status_code == 404
    assert officer.file(f"{here}/{new_id()}").status_code == 404
    assert officer.file(f"{here}/..%2f..%2fx").status_code == 404


def test_a_program_of_the_bureau_s_brings_and_reads_by_the_api(
    scene: Scene, people: People
) -> None:
    clue_id, who = filed(scene), people.known(Role.OFFICER)
    answer = _bring(who, clue_id, photo(), file_name="现场.jpg")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    shown = who.get(f"/clues/{clue_id}/evidence").json()["items"]
    assert [(its["file_id"], its["brought_by"]) for its in shown] == [(made["id"], "bureau")]
    content = f"/clues/{clue_id}/evidence/{made['id']}/content"
    assert MARK.encode() not in who.get(content, purpose="办理线索").content
    problem(who.get(content), 422, "invalid")
    problem(_bring(who, clue_id, files.office_file()), 422, "refused")
    problem(_bring(who, new_id(), photo()), 404, "not_found")
    problem(_bring(people.known(Role.ENFORCEMENT_BODY), clue_id, photo()), 403, "wrong_role")


def test_a_file_of_twenty_megabytes_goes_in_and_out_in_little_memory(
    system: Installation, scene: Scene, people: People
) -> None:
    clue_id, who = filed(scene), people.known(Role.OFFICER)
    _bring(who, clue_id, files.pdf())  # whatever is loaded but once is loaded
    processes = ("portal-web", "clues-api")
    for name in processes:
        forget_peak(system, name)
    before = {name: peak(system, name) for name in processes}
    answer = _bring(who, clue_id, LARGE)
    assert answer.status_code == 201, answer.text
    content = f"/clues/{clue_id}/evidence/{answer.json()['id']}/content"
    assert who.get(content, purpose="办理线索").content == LARGE
    grown = {name: peak(system, name) - before[name] for name in processes}
    assert all(bytes_ < 14 * MIB for bytes_ in grown.values()), grown


def _bring(who: Client, clue_id: str, raw: bytes, **named: str):  # type: ignore[no-untyped-def]
    headers = {"Idempotency-Key": new_id(), "Content-Type": JPEG}
    return who.ask("POST", f"/clues/{clue_id}/evidence", data=raw, headers=headers, params=named)
