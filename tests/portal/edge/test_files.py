"""Files through the API, with a browser's and a client's mistakes: real broker, real databases."""

from __future__ import annotations

import hashlib
import socket
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from deploy.local.processes import wait_until
from shared.contracts.registry.vocabulary import UnitKind
from shared.contracts.roles import Role
from tests import files
from tests.portal.client import API, Client, problem
from tests.portal.people import People
from tests.system.bureau import Bureau, application
from tests.system.installation import PATIENCE, Installation

MIB = 1024 * 1024
LARGE = files.pdf(size=20 * MIB - 4_000)
DISTRICT = "430211"


@pytest.fixture(scope="module")
def applicant(people: People) -> Client:
    return people.new(Role.APPLICANT, division=None)


@pytest.fixture(scope="module")
def unit(bureau: Bureau, applicant: Client) -> str:
    """An application of this applicant's, not checked yet."""
    return submitted(bureau, applicant)


def submitted(bureau: Bureau, applicant: Client) -> str:
    payload = application(bureau.open_batch(), UnitKind.ENTERPRISE, DISTRICT)
    answer = applicant.send("/applications", payload)
    assert answer.status_code == 201, answer.text
    return str(payload["application_id"])


def content(unit: str, document_id: str) -> str:
    return f"/applications/{unit}/documents/{document_id}/content"


def bring(
    who: Client, unit: str, raw: bytes, document_id: str, media_type: str = "application/pdf"
) -> requests.Response:
    headers = {"Content-Type": media_type}
    return who.ask("PUT", content(unit, document_id), data=raw, headers=headers)


def attach(who: Client, unit: str, told: dict[str, object]) -> dict[str, object]:
    payload = {**told, "kind": "business_licence", "file_name": "营业执照 𠮷.pdf"}
    answer = who.send(f"/applications/{unit}/documents", payload)
    assert answer.status_code == 200, answer.text
    done: dict[str, object] = answer.json()
    return done


def brought(who: Client, unit: str, raw: bytes) -> tuple[str, dict[str, object]]:
    """A document that is there; its id, and what attaching it gave."""
    answer = bring(who, unit, raw, str(uuid.uuid4()))
    assert answer.status_code == 200, answer.text
    told = answer.json()
    return told["document_id"], attach(who, unit, told)


def peak(system: Installation, name: str) -> int:
    """Bytes that a process has held at the most since `forget_peak`."""
    told = Path(f"/proc/{system.process(name).pid}/status").read_text()
    (line,) = (line for line in told.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def forget_peak(system: Installation, name: str) -> None:
    Path(f"/proc/{system.process(name).pid}/clear_refs").write_text("5")


def test_a_file_of_twenty_megabytes_goes_in_and_out_in_little_memory(
    system: Installation, people: People, applicant: Client, unit: str
) -> None:
    brought(applicant, unit, files.pdf())  # whatever is loaded but once is loaded
    processes = ("portal-web", "registry-api")
    for name in processes:
        forget_peak(system, name)
    before = {name: peak(system, name) for name in processes}
    document, done = brought(applicant, unit, LARGE)
    reviewer = people.known(Role.REVIEWER)
    after = f"{done['stream']}:{done['version']}"
    opened = reviewer.get(f"/applications/{unit}/documents/{document}", purpose="审查", after=after)
    assert opened.status_code == 422  # a purpose has four characters
    shown = reviewer.get(
        f"/applications/{unit}/documents/{document}", purpose="资格审查", after=after
    ).json()
    assert shown["sha256"] == hashlib.sha256(LARGE).hexdigest()
    read = reviewer.get(content(unit, document), purpose="资格审查")
    assert read.status_code == 200
    assert read.content == LARGE
    grown = {name: peak(system, name) - before[name] for name in processes}
    assert all(bytes_ < 14 * MIB for bytes_ in grown.values()), grown


def test_a_download_is_an_attachment_that_runs_nowhere(
    people: People, applicant: Client, unit: str
) -> None:
    raw = files.picture("PNG")
    told = bring(applicant, unit, raw, str(uuid.uuid4()), "image/png").json()
    done = attach(applicant, unit, told)
    after = f"{done['stream']}:{done['version']}"
    applicant.get(f"/applications/{unit}/documents", after=after)
    read = applicant.get(content(unit, told["document_id"]), purpose="核对材料")
    assert read.status_code == 200, read.text
    assert read.content == raw
    assert read.headers["Content-Type"] == "image/png"
    assert read.headers["Content-Length"] == str(len(raw))
    assert read.headers["X-Content-Type-Options"] == "nosniff"
    assert read.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert read.headers["Cache-Control"] == "no-store"
    disposition = read.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''" in disposition
    without = applicant.get(content(unit, told["document_id"]))
    problem(without, 422, "invalid")


@pytest.mark.parametrize(
    ("raw", "media_type", "status", "code", "reason"),
    [
        (files.picture("PNG"), "application/pdf", 422, "refused", "file_other_type"),
        (files.pdf_with_script(), "application/pdf", 422, "refused", "file_active_content"),
        (files.bomb(), "image/png", 422, "refused", "file_too_large_inside"),
        (files.office_file(), "application/zip", 415, "bad_request", None),
        (b"", "application/pdf", 400, "bad_request", None),
    ],
    ids=["other type", "script", "bomb", "office", "empty"],
)
def test_a_file_that_is_not_taken_is_told_why(
    applicant: Client, unit: str, raw: bytes, media_type: str, status: int, code: str,
    reason: str | None,
) -> None:  # fmt: skip
    told = problem(bring(applicant, unit, raw, str(uuid.uuid4()), media_type), status, code)
    assert told.get("reason") == reason


def test_a_file_above_the_limit_is_refused_and_a_huge_one_not_even_read(
    people: People, applicant: Client, unit: str
) -> None:
    answer = bring(applicant, unit, bytes(20 * MIB + 1), str(uuid.uuid4()))
    assert problem(answer, 422, "refused")["reason"] == "file_too_large"
    head = _head(applicant, unit, length=10**12)
    with _connect(people) as connection:
        connection.sendall(head)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413")


def test_nobody_else_brings_or_reads_files_of_an_application(
    people: People, applicant: Client, unit: str
) -> None:
    document, _ = brought(applicant, unit, files.pdf())
    stranger = people.new(Role.APPLICANT, division=None)
    problem(bring(stranger, unit, files.pdf(), str(uuid.uuid4())), 404, "not_found")
    problem(stranger.get(content(unit, document), purpose="核对材料"), 404, "not_found")
    problem(bring(people.nobody(), unit, files.pdf(), str(uuid.uuid4())), 401, "not_signed_in")
    elsewhere = people.known(Role.OFFICER, "430300")
    problem(elsewhere.get(content(unit, document), purpose="核对材料"), 404, "not_found")


def test_whoever_may_not_send_a_file_is_told_before_it_is_sent(people: People, unit: str) -> None:
    for who, status in ((people.nobody(), b"401"), (people.known(Role.LEADER), b"403")):
        with _connect(people) as connection:
            connection.sendall(_head(who, unit, length=30 * MIB))
            assert connection.recv(65_536).startswith(b"HTTP/1.1 " + status)


def test_an_upload_that_breaks_off_is_begun_again_under_its_id(
    people: People, applicant: Client, unit: str
) -> None:
    raw, document_id = files.pdf(size=3 * MIB), str(uuid.uuid4())
    with _connect(people) as connection:
        connection.sendall(_head(applicant, unit, len(raw), document_id) + raw[:MIB])
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 400")
    assert bring(applicant, unit, raw, document_id).status_code == 200
    assert bring(applicant, unit, raw, document_id).status_code == 200  # it is there


@pytest.mark.fault
def test_a_service_killed_half_way_keeps_what_it_has_acknowledged(
    healed: Installation, applicant: Client, unit: str
) -> None:
    document_id = str(uuid.uuid4())
    with healed.superuser() as rows, ThreadPoolExecutor(1) as pool:
        sending = pool.submit(bring, applicant, unit, LARGE, document_id)
        assert wait_until(lambda: _chunks(rows, document_id) >= 20, PATIENCE)
        healed.kill("registry-api")
        problem(sending.result(60), 503, "service_away")
        kept = _chunks(rows, document_id)
        assert 20 <= kept < 160
        healed.heal()
        written = _writes(rows, document_id)
        assert wait_until(
            lambda: bring(applicant, unit, LARGE, document_id).status_code == 200, PATIENCE
        )
        assert _writes(rows, document_id) - written <= 160 - kept
    attach(applicant, unit, bring(applicant, unit, LARGE, document_id).json())


def test_one_person_brings_one_file_at_a_time(people: People, applicant: Client, unit: str) -> None:
    def refused_beside_another() -> bool:
        """Whether the one that is under way came first, as it does sooner or later."""
        with _connect(people) as connection:
            connection.sendall(_head(applicant, unit, length=MIB) + bytes(1000))
            return bring(applicant, unit, files.pdf(), str(uuid.uuid4())).status_code == 429

    assert wait_until(refused_beside_another, PATIENCE)
    accepted = lambda: (  # noqa: E731
        bring(applicant, unit, files.pdf(), str(uuid.uuid4())).status_code == 200
    )
    assert wait_until(accepted, PATIENCE)


def _chunks(rows: object, document_id: str) -> int:
    found = rows.execute(  # type: ignore[attr-defined]
        "SELECT count(*) FROM files.chunk WHERE file_id = %s", (document_id,)
    ).fetchone()
    return int(found[0])


def _writes(rows: object, document_id: str) -> int:
    found = rows.execute(  # type: ignore[attr-defined]
        "SELECT writes FROM files.file WHERE file_id = %s", (document_id,)
    ).fetchone()
    return int(found[0])


def _connect(people: People) -> socket.socket:
    parts = urlsplit(people.url)
    assert parts.hostname is not None
    return socket.create_connection((parts.hostname, parts.port or 80), timeout=PATIENCE)


def _head(who: Client, unit: str, length: int, document_id: str = "") -> bytes:
    proof = f"Authorization: Bearer {who.token}\r\n" if who.token else ""
    address = API + content(unit, document_id or str(uuid.uuid4()))
    return (
        f"PUT {address} HTTP/1.1\r\nHost: portal\r\n{proof}"
        f"Content-Type: application/pdf\r\nContent-Length: {length}\r\n\r\n"
    ).encode()
