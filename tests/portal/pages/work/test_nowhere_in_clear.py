"""A frightened reporter's name, phone, address and words, driven through every path: then every
byte that the installation has written is searched for them."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import kombu
import pytest
import requests
from flask import Flask
from pypdf import PdfReader

from deploy.local import ports
from deploy.local.accounts import server_account
from deploy.local.binaries import find_postgres
from deploy.local.homes import postgres_home, rabbitmq_home
from deploy.local.processes import wait_until
from deploy.local.services import SERVICES
from deploy.local.urls import with_path
from shared.contracts.roles import Role
from shared.messaging.topology import (
    RPC_EXCHANGE,
    declare_service,
    internal_exchange,
    public_exchange,
)
from tests import files
from tests.portal.matrix.clue_cases import FED_BACK, go_on
from tests.portal.matrix.scene import Scene
from tests.portal.pages.browsing import Browser, Page
from tests.portal.pages.work.conftest import signed_in
from tests.portal.pages.work.ways_in import Words, heard_by_every_way
from tests.portal.people import People
from tests.privacy.markers import Sighting, seen_below, seen_in
from tests.system.bureau import DISTRICT, Bureau
from tests.system.installation import PATIENCE, Installation, settle

_HEX = secrets.token_hex(6)
MARKERS = {
    "name": f"惧某{_HEX}",
    "phone": f"139{secrets.randbelow(10**8):08}",
    "address": f"隐蔽巷{_HEX}号",
    "unit": f"受罚工厂{_HEX}",
    "words": f"收费的人扬言{_HEX}关门",
    "answer": f"当天在场的是{_HEX}",
    "addition": f"后来又想起{_HEX}",
    "suffering": f"门口被堵了{_HEX}",
    "note": f"先不去现场{_HEX}",
    "question": f"请问收据上写{_HEX}",
    "follow up": f"电话里说不怕{_HEX}",
    "comment": f"还是不放心{_HEX}",
    "file name": f"收据照片{_HEX}",
    "file": f"InsideTheFile{_HEX}",
    "why opened": f"当面核对经过{_HEX}",
    **{
        way: f"{way}{_HEX}"
        for way in (
            *("for someone", "named", "anonymous", "slip", "minutes", "symposium", "work order"),
            *("opinion", "summary", "reply", "proof"),
        )
    },
}
_PROGRESS = "/report/progress"


@contextmanager
def overheard(system: Installation) -> Iterator[list[bytes]]:
    """Every message that goes by meanwhile: what services publish, in both forms, and what is asked
    of them and answered."""
    heard: list[bytes] = []
    with kombu.Connection(system.amqp_url) as connection, connection.channel() as channel:
        queue = kombu.Queue(exclusive=True, auto_delete=True, channel=channel)
        queue.declare()
        for name in SERVICES:
            declare_service(channel, name)
            for exchange in (internal_exchange(name), public_exchange(name)):
                queue.bind_to(exchange, routing_key="#")
        queue.bind_to(RPC_EXCHANGE, routing_key="#")
        yield heard
        while (message := queue.get(no_ack=True)) is not None:
            body = message.body
            heard.append(body if isinstance(body, bytes) else str(body).encode())


@dataclass
class Case:
    """The reporter with their code, the bureau's people at their pages, and what was published."""

    reporter: Browser
    officer: Browser
    leaders: tuple[Browser, Browser]
    clue_id: str = ""
    code: str = ""
    messages: Sequence[bytes] = ()
    given_out: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    """What the officer took away from the desk: by its address, what can be read of it."""

    @property
    def page(self) -> str:
        return f"/clues/{self.clue_id}"

    def told(self) -> None:
        form = self.reporter.open("/report/clue")
        self.clue_id = str(form.one("input[name=clue_id]")["value"])
        document = files.pdf() + f"\n% {MARKERS['file']}\n".encode()
        enclosed = [(f"{MARKERS['file name']}.pdf", document, "application/pdf")]
        done = self.reporter.enclose(
            form, "evidence", enclosed,
            kinds="illegal_fine", body="市生态环境局", division=DISTRICT,
            text=MARKERS["words"], place=MARKERS["address"], unit_concerned=MARKERS["unit"],
            reporting="confidential", reporter_name=MARKERS["name"],
            reporter_phone=MARKERS["phone"],
        )  # fmt: skip
        assert done.status == 200, done.main
        self.code = "".join(done.texts(".receipt-digits span"))

    def followed(self) -> Page:
        entered = self.reporter.send(self.reporter.open(_PROGRESS), receipt_code=self.code)
        assert MARKERS["words"] in entered.main, "the reporter reads what they told"
        return entered

    def talked(self) -> None:
        """Asked and answered, added to, noted; and what is told of retaliation."""
        self._act("question", text=MARKERS["question"])
        self._act("note", text=MARKERS["note"])
        page = self.followed()
        answering = str(page.one(f'main a[href^="{_PROGRESS}/question/"]')["href"])
        for path, words in (
            (answering, "answer"),
            (f"{_PROGRESS}/information", "addition"),
            (f"{_PROGRESS}/retaliation", "suffering"),
        ):
            told = self.reporter.send(self.reporter.open(path), text=MARKERS[words])
            assert told.status == 200, told.main

    def rated(self) -> None:
        rating = self.reporter.open(f"{_PROGRESS}/satisfaction")
        done = self.reporter.send(rating, satisfaction="satisfied", comment=MARKERS["comment"])
        assert "评价已提交" in done.main

    def _act(self, name: str, **typed: str) -> None:
        assert self.officer.send(self.officer.open(f"{self.page}/{name}"), **typed).status == 200


def readable(answer: requests.Response) -> list[bytes]:
    """What a person can read of a table, a workbook or a paper."""
    assert answer.status_code == 200
    kind, content = answer.headers["Content-Type"], answer.content
    if "spreadsheet" in kind:
        with ZipFile(BytesIO(content)) as book:
            return [book.read(name) for name in book.namelist()]
    if "pdf" in kind:
        return [page.extract_text().encode() for page in PdfReader(BytesIO(content)).pages]
    return [content]


def opened(case: Case) -> None:
    """The identity is asked for, agreed to by two, and read by who asked."""
    form = case.officer.open(f"{case.page}/openings/new")
    asked = case.officer.send(form, reason=MARKERS["why opened"])
    path = asked.url.partition("?")[0].removeprefix(case.officer.url)
    for leader in case.leaders:
        leader.send(leader.open(f"{path}/approval"))
    told = case.officer.send(case.officer.open(f"{path}/identity"), purpose="电话核对")
    assert MARKERS["name"] in told.main
    assert MARKERS["phone"] in told.main


def used(case: Case) -> None:
    """The case is searched for, exported, printed, and its file read."""
    case.officer.send(case.officer.open("/search"), words=MARKERS["words"])
    paper = f"/api/v1{case.page}/papers/acceptance?purpose=办理线索"
    case.given_out = {
        path: readable(case.officer.file(path)) for path in ("/clues.csv", "/clues.xlsx", paper)
    }
    shown = case.officer.open(case.page)
    links = [str(its["href"]) for its in shown.tree.select('main a[href*="/evidence/"]')]
    read = [case.officer.file(each).content for each in links]
    assert any(MARKERS["file"].encode() in each for each in read), "the officer reads the file"


@pytest.fixture(scope="module")
def case(system: Installation, bureau: Bureau, people: People, app: Flask) -> Case:
    """A case on its way from telling to the reporter's last word."""
    officer = people.known(Role.OFFICER)
    scene = Scene(bureau, people)
    first, second = (signed_in(app, people, people.new(Role.LEADER)) for _ in range(2))
    made = Case(Browser(people.url), signed_in(app, people, officer), (first, second))
    with overheard(system) as messages:
        heard_by_every_way(scene, officer.account_id, Words(MARKERS))
        made.told()
        assert wait_until(lambda: made.officer.open(made.page).status == 200, PATIENCE)
        go_on(scene, officer.account_id, made.clue_id, FED_BACK[:2])
        made.talked()
        opened(made)
        used(made)
        go_on(scene, officer.account_id, made.clue_id, FED_BACK[2:])
        made.rated()
        with system.superuser("clues") as connection:
            settle(connection)
    made.messages = messages
    return made


def in_databases(system: Installation, tmp_path: Path, markers: Mapping[str, str]) -> set[Sighting]:
    """In dumps of every database, since pages on disk may be compressed."""
    binaries = find_postgres()
    assert binaries is not None
    with system.superuser() as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE NOT datistemplate"
        ).fetchall()
        connection.execute("CHECKPOINT")
    for (name,) in names:
        url = with_path(system.servers.postgres_url, str(name))
        dump = tmp_path / f"{name}.sql"
        subprocess.run([binaries / "pg_dump", "-f", dump, url], check=True)
    return seen_below(tmp_path, markers)


def on_disk(system: Installation, markers: Mapping[str, str]) -> set[Sighting]:
    """In the run folder, and in the servers' own where they had to lie elsewhere."""
    homes = {postgres_home(system.place, server_account()), rabbitmq_home(system.place)}
    seen = seen_below(system.place.root, markers)
    for home in homes:
        if not home.is_relative_to(system.place.root):
            seen |= seen_below(home, markers)
    return seen


def everywhere(
    system: Installation, tmp_path: Path, markers: Mapping[str, str] = MARKERS
) -> set[Sighting]:
    """In all that is written: databases, the broker, logs, stores of files."""
    return in_databases(system, tmp_path, markers) | on_disk(system, markers)


def metrics(system: Installation) -> list[bytes]:
    """Of every process, each of which tells how many commands or events it has seen."""
    told = []
    for port in ports.remembered(system.place).values():
        try:
            answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE)
        except requests.RequestException:
            continue  # the servers' own ports speak no HTTP
        if b"jiandu_" in answer.content:
            told.append(answer.content)
    return told


def exported(system: Installation, tmp_path: Path) -> Path:
    """The log as auditors get it."""
    file = tmp_path / "clues.jsonl"
    jiandu = str(Path(sys.executable).with_name("jiandu"))

    def is_signed() -> bool:
        ended = subprocess.run(
            [jiandu, "audit", "export", "clues", str(file)],
            env={**os.environ, "JIANDU_RUN_DIR": str(system.place.root)},
            capture_output=True,
            check=False,
        )
        return ended.returncode == 0

    assert wait_until(is_signed, PATIENCE)
    return file


@contextmanager
def planted(system: Installation) -> Iterator[dict[str, str]]:
    """Marks of this test's own in a table, in a queue and in a log, by where they lie."""
    marks = {where: f"planted in a {where} {_HEX}" for where in ("table", "queue", "log")}
    log = system.place.root / "logs" / "planted.log"
    name = f"planted-{_HEX}"
    log.write_text(marks["log"])
    with (
        system.superuser("clues") as connection,
        kombu.Connection(system.amqp_url) as broker,
        broker.channel() as channel,
    ):
        connection.execute("CREATE TABLE public.planted (word text)")
        connection.execute("INSERT INTO public.planted VALUES (%s)", (marks["table"],))
        connection.execute("CHECKPOINT")
        queue = kombu.Queue(name, durable=True, channel=channel)
        queue.declare()
        kombu.Producer(channel).publish(marks["queue"], routing_key=name, delivery_mode=2)
        try:
            yield marks
        finally:
            queue.delete()
            connection.execute("DROP TABLE public.planted")
            log.unlink()


def test_the_search_finds_what_lies_in_a_table_in_a_queue_and_in_a_log(
    system: Installation, tmp_path: Path
) -> None:
    if not (system.servers.private_postgres and system.servers.private_rabbitmq):
        pytest.skip("the folders of servers that were given are not ours to read")
    with planted(system) as marks:
        assert {its.marker for its in in_databases(system, tmp_path, marks)} == {"table"}
        assert wait_until(
            lambda: {its.marker for its in on_disk(system, marks)} == set(marks), PATIENCE
        )


def test_what_a_reporter_told_stands_in_clear_in_nothing_that_was_written(
    case: Case, system: Installation, tmp_path: Path
) -> None:
    seen = everywhere(system, tmp_path)
    told, export = metrics(system), exported(system, tmp_path).read_bytes()
    seen |= seen_in(case.messages, MARKERS, "a message")
    seen |= seen_in(told, MARKERS, "metrics")
    seen |= seen_in([export], MARKERS, "an export")

    assert len(told) >= len(SERVICES) * 2, "a log and an api process of each"
    assert any(b'"OpenClue"' in its for its in case.messages), "what was asked was overheard"
    assert b"ClueFiled" in export
    assert seen == set()


def test_what_the_officer_takes_away_names_nobody_who_is_not_to_be_named(case: Case) -> None:
    """Tables and papers hold none of it: who told and what in whose words stays in the case."""
    assert all(case.given_out.values())
    for path, parts in case.given_out.items():
        assert seen_in(parts, MARKERS, path) == set()


def test_the_code_stands_nowhere_at_all(case: Case, system: Installation, tmp_path: Path) -> None:
    code = case.code
    grouped = {sign: sign.join(code[at : at + 5] for at in range(0, 25, 5)) for sign in ("-", " ")}
    codes = {"code": code, **{f"code with {sign!r}": its for sign, its in grouped.items()}}

    assert everywhere(system, tmp_path, codes) == set()


def test_what_is_erased_is_forgotten_by_the_search_and_read_by_nobody(
    case: Case, system: Installation, tmp_path: Path
) -> None:
    def found() -> list[tuple[object, ...]]:
        with system.superuser("clues") as connection:
            query = "SELECT stream FROM search.words WHERE stream = %s"
            return connection.execute(query, (f"clue-{case.clue_id}",)).fetchall()

    assert found(), "somebody has searched"
    form = case.officer.open(f"/erasures/clues/new?stream=clue-{case.clue_id}")
    asked = case.officer.send(form, scope="whole", reason="本人到窗口提出，已核对身份。")
    assert asked.status == 200, asked.main
    path = asked.url.partition("?")[0].removeprefix(case.officer.url)
    for leader in case.leaders:
        assert wait_until(lambda: leader.open(path).status == 200, PATIENCE)  # noqa: B023
        leader.send(leader.open(f"{path}/approval"))

    assert wait_until(lambda: not found(), PATIENCE)
    told = {its: words for its, words in MARKERS.items() if its not in ("why opened",)}
    assert wait_until(lambda: not _on_pages(case, told), PATIENCE), _on_pages(case, told)
    assert everywhere(system, tmp_path) == set()


def _on_pages(case: Case, markers: Mapping[str, str]) -> set[Sighting]:
    """What of it officer and reporter are still shown."""
    shown = case.officer.open(case.page).main
    followed = case.reporter.open(_PROGRESS).main
    return seen_in([shown.encode(), followed.encode()], markers, "a page")
