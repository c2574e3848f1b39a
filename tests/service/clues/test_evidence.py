"""Evidence of a case: attached as it lies in the store, read by few, gone with the case's key."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import shutil
from typing import Any

import pytest

from services.clues.domain import evidence as domain
from services.clues.handlers.evidence import EVIDENCE_RULES
from shared.access.actor import Actor
from shared.contracts.clues import commands, queries
from shared.contracts.clues.evidence import EvidenceFile
from shared.contracts.clues.vocabulary import Reporting, Way
from shared.contracts.errors import Invalid, NotFound, Refused, Unavailable
from shared.contracts.reasons import Reason
from shared.contracts.roles import Role
from shared.service.loose_evidence import LooseEvidence
from tests.service.clues.evidence import CONTENT, brought, read
from tests.service.clues.test_refunding_bodies import owing
from tests.service.clues.town import BODY, COLLEAGUE, ELSEWHERE, LEADER, OFFICER, PUBLIC, ClueTown
from tests.service.town import fresh
from tests.services.clues import examples

AUDITOR = Actor("auditor-1", Role.AUDITOR, "430200")


def attach(town: ClueTown, clue_id: str, file: EvidenceFile, actor: Actor = OFFICER) -> Any:
    return town.send(commands.AttachEvidence(clue_id=clue_id, files=(file,)), actor)


def listed(town: ClueTown, clue_id: str, actor: Actor = OFFICER) -> list[dict[str, Any]]:
    return list(town.ask(queries.ListEvidence(clue_id=clue_id), actor)["items"])


def opened(town: ClueTown, clue_id: str, file_id: str, actor: Actor = OFFICER) -> dict[str, Any]:
    asked = queries.OpenEvidence(clue_id=clue_id, file_id=file_id, purpose="办理线索")
    answer: dict[str, Any] = town.ask(asked, actor)
    return answer


def receipt() -> str:
    return os.urandom(32).hex()


def refused(reason: str, call: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.reason == reason
    return refusal.value


def by_form(town: ClueTown, **instead: Any) -> tuple[str, Actor]:
    """A clue told by the form, and whoever holds its receipt."""
    code = receipt()
    clue_id = town.filed(
        PUBLIC,
        way=Way.FORM,
        reporting=Reporting.ANONYMOUS,
        reporter_name=None,
        reporter_phone=None,
        receipt=code,
        **instead,
    )
    return clue_id, Actor(code, Role.REPORTER)


def test_files_that_come_with_the_filing_are_its_reporter_s(town: ClueTown) -> None:
    files = (brought(town.evidence), brought(town.evidence, b"x"))
    clue_id, reporter = by_form(town, evidence=files)
    its = listed(town, clue_id)
    assert [each["file_id"] for each in its] == [each.file_id for each in files]
    assert {each["brought_by"] for each in its} == {"reporter"}
    assert "file_name" not in its[0]
    for who in (OFFICER, LEADER, reporter):
        told = opened(town, clue_id, files[0].file_id, who)
        assert read(town.evidence, told) == CONTENT
        assert told["file_name"] == "收据 张三.jpg"


def test_nothing_that_the_log_keeps_says_who_brought_it_or_opens_it(town: ClueTown) -> None:
    file = brought(town.evidence)
    clue_id, _ = by_form(town, evidence=(file,))
    (event,) = town.log.stream(f"evidence-{clue_id}")
    text = repr(event)
    assert file.file_key not in text
    assert "张三" not in text
    assert event.clear()["attached_by"] is None
    assert {its.subject for its in event.handles().values()} == {f"clue:{clue_id}"}


def test_a_filing_whose_file_is_not_there_is_not_filed(town: ClueTown) -> None:
    there, absent = brought(town.evidence), brought(town.evidence)
    town.evidence.delete(absent.file_id)
    clue_id = fresh()
    no = refused(
        Reason.EVIDENCE_MISSING,
        lambda: by_form(town, clue_id=clue_id, evidence=(there, absent)),
    )
    assert no.fields == ("evidence[1].file_id",)
    assert town.types(f"clue-{clue_id}") == []


@pytest.mark.parametrize(
    ("instead", "reason", "field"),
    [
        ({"ciphertext_sha256": "0" * 64}, Reason.FILE_DIFFERS, "files[0].ciphertext_sha256"),
        ({"size": len(CONTENT) + 1}, Reason.FILE_DIFFERS, "files[0].size"),
        ({"file_id": fresh()}, Reason.EVIDENCE_MISSING, "files[0].file_id"),
    ],
)
def test_what_was_told_must_be_what_the_store_holds(
    town: ClueTown, instead: dict[str, Any], reason: Reason, field: str
) -> None:
    clue_id, _ = by_form(town)
    file = brought(town.evidence, **instead)
    assert refused(reason, lambda: attach(town, clue_id, file)).fields == (field,)


def test_an_object_that_waited_for_a_day_may_be_gone_any_moment(town: ClueTown) -> None:
    clue_id, _ = by_form(town)
    file = brought(town.evidence)
    path = town.folder / file.file_id[:2] / file.file_id
    os.utime(path, times=(0, path.stat().st_mtime - 23 * 3_600))
    refused(Reason.EVIDENCE_MISSING, lambda: attach(town, clue_id, file))


def test_a_store_that_is_away_attaches_nothing_and_says_so(town: ClueTown) -> None:
    clue_id, _ = by_form(town)
    file = brought(town.evidence)
    shutil.rmtree(town.folder)
    with pytest.raises(Unavailable) as away:
        attach(town, clue_id, file)
    assert not away.value.may_be_done
    assert listed(town, clue_id) == []


def test_a_file_belongs_to_one_case_and_once(town: ClueTown) -> None:
    (first, _), (second, _) = by_form(town), by_form(town)
    file = brought(town.evidence)
    attach(town, first, file)
    for clue_id in (first, second):
        refused(Reason.ALREADY_EXISTS, lambda clue_id=clue_id: attach(town, clue_id, file))


def test_a_reporter_adds_to_their_own_case_after_its_end_too_and_no_other(
    town: ClueTown,
) -> None:
    clue_id, reporter = by_form(town)
    other, _ = by_form(town)
    town.does(
        clue_id,
        *(examples.ACCEPT, examples.ASSIGN, examples.START, examples.TAKE_STEP),
        *(examples.CONCLUDE, examples.DISCIPLINE, examples.CLOSE),
    )
    file = brought(town.evidence)
    attach(town, clue_id, file, reporter)
    assert [its["brought_by"] for its in listed(town, clue_id)] == ["reporter"]
    with pytest.raises(NotFound):
        attach(town, other, brought(town.evidence), reporter)
    for ask in (
        lambda: listed(town, other, reporter),
        lambda: opened(town, clue_id, fresh(), reporter),
    ):
        with pytest.raises(NotFound):
            ask()


def test_point_and_reporter_see_what_they_brought_and_the_bureau_sees_all(town: ClueTown) -> None:
    point, code = town.point(), receipt()
    of_point = brought(town.evidence)
    clue_id = town.filed(point, receipt=code, evidence=(of_point,))
    reporter = Actor(code, Role.REPORTER)
    of_reporter, of_bureau = brought(town.evidence), brought(town.evidence)
    attach(town, clue_id, of_reporter, reporter)
    attach(town, clue_id, of_bureau, LEADER)
    for who, own in ((point, of_point), (reporter, of_reporter)):
        assert [its["file_id"] for its in listed(town, clue_id, who)] == [own.file_id]
        assert read(town.evidence, opened(town, clue_id, own.file_id, who)) == CONTENT
        for others in {of_point, of_reporter, of_bureau} - {own}:
            with pytest.raises(NotFound):
                opened(town, clue_id, others.file_id, who)
    assert len(listed(town, clue_id)) == 3


def test_nobody_else_reads_evidence_or_adds_to_it(town: ClueTown) -> None:
    file = brought(town.evidence)
    clue_id, _ = by_form(town, evidence=(file,))
    for stranger in (town.point(), ELSEWHERE, Actor(receipt(), Role.REPORTER)):
        for ask in (
            lambda who=stranger: listed(town, clue_id, who),
            lambda who=stranger: opened(town, clue_id, file.file_id, who),
            lambda who=stranger: attach(town, clue_id, brought(town.evidence), who),
        ):
            with pytest.raises(NotFound):
                ask()
    for who in (BODY, AUDITOR, PUBLIC):
        for ask in (
            lambda who=who: listed(town, clue_id, who),
            lambda who=who: opened(town, clue_id, file.file_id, who),
            lambda who=who: attach(town, clue_id, brought(town.evidence), who),
        ):
            refused(Reason.WRONG_ROLE, ask)


def test_who_stays_out_of_a_case_has_none_of_its_evidence(town: ClueTown) -> None:
    file = brought(town.evidence)
    clue_id, _ = by_form(town, evidence=(file,))
    recuse = dataclasses.replace(examples.RECUSE, clue_id=clue_id, account_id=COLLEAGUE.id)
    town.send(recuse, LEADER)
    for ask in (
        lambda: listed(town, clue_id, COLLEAGUE),
        lambda: opened(town, clue_id, file.file_id, COLLEAGUE),
        lambda: attach(town, clue_id, brought(town.evidence), COLLEAGUE),
    ):
        refused(Reason.CASE_RECUSED, ask)


def test_opening_is_recorded_of_everybody_but_the_reporter(town: ClueTown) -> None:
    file = brought(town.evidence)
    clue_id, reporter = by_form(town, evidence=(file,))
    for who in (reporter, OFFICER):
        opened(town, clue_id, file.file_id, who)
    with town.pool.connection() as connection:
        found = connection.execute(
            "SELECT actor_id, purpose FROM ops.opening WHERE subject = %s", (f"clue:{clue_id}",)
        ).fetchall()
    assert found == [(OFFICER.id, "办理线索")]


def test_a_body_brings_the_paper_of_a_payment_and_reads_nothing(town: ClueTown) -> None:
    clue_id, _ = owing(town)
    file = brought(town.evidence)
    pay = dataclasses.replace(examples.PAY, clue_id=clue_id, payment_id=fresh(), proof_file=file)
    town.send(pay, BODY)
    (its,) = listed(town, clue_id)
    assert (its["brought_by"], its["payment_id"]) == ("body", pay.payment_id)
    assert read(town.evidence, opened(town, clue_id, file.file_id)) == CONTENT
    absent = dataclasses.replace(brought(town.evidence), file_id=fresh())
    again = dataclasses.replace(pay, payment_id=fresh(), proof_file=absent)
    no = refused(Reason.EVIDENCE_MISSING, lambda: town.send(again, BODY))
    assert no.fields == ("proof_file.file_id",)


def test_a_case_takes_no_end_of_files(town: ClueTown, monkeypatch: pytest.MonkeyPatch) -> None:
    clue_id, reporter = by_form(town)
    monkeypatch.setattr(domain, "MOST_FILES", 2)
    for _ in range(2):
        attach(town, clue_id, brought(town.evidence, b"x"), reporter)
    refused(
        Reason.TOO_MUCH_EVIDENCE,
        lambda: attach(town, clue_id, brought(town.evidence, b"x"), reporter),
    )
    monkeypatch.setattr(domain, "MOST_FILES", 50)
    monkeypatch.setattr(domain, "MOST_BYTES", len(CONTENT))
    refused(Reason.TOO_MUCH_EVIDENCE, lambda: attach(town, clue_id, brought(town.evidence)))


def test_more_files_at_once_than_a_form_brings_are_refused(town: ClueTown) -> None:
    files = tuple(brought(town.evidence, b"x") for _ in range(11))
    with pytest.raises(Invalid) as wrong:
        by_form(town, evidence=files)
    assert [(its.path, its.code) for its in wrong.value.problems] == [("evidence", "bad_length")]


def test_once_a_case_is_erased_no_file_of_it_opens_and_its_object_is_swept(
    town: ClueTown,
) -> None:
    gone, stays = brought(town.evidence), brought(town.evidence)
    clue_id, reporter = by_form(town, evidence=(gone,))
    other, _ = by_form(town, evidence=(stays,))
    town.erase(f"clue:{clue_id}")
    for who in (OFFICER, reporter):
        refused(Reason.SUBJECT_ERASED, lambda who=who: opened(town, clue_id, gone.file_id, who))
        refused(
            Reason.SUBJECT_ERASED,
            lambda who=who: attach(town, clue_id, brought(town.evidence), who),
        )
    assert [its["size"] for its in listed(town, clue_id)] == [len(CONTENT)]
    sweeper(town).sweep()
    assert town.evidence.find(gone.file_id) is None
    assert read(town.evidence, opened(town, other, stays.file_id)) == CONTENT


def test_what_no_case_has_is_swept_once_it_is_old_and_nothing_else_is(town: ClueTown) -> None:
    attached, loose = brought(town.evidence), brought(town.evidence)
    by_form(town, evidence=(attached,))
    assert sweeper(town).sweep() == 0
    assert sweeper(town).sweep(older_than=dt.timedelta(seconds=-60)) == 1
    assert town.evidence.find(loose.file_id) is None
    assert town.evidence.find(attached.file_id) is not None


def sweeper(town: ClueTown) -> LooseEvidence:
    return LooseEvidence(town.evidence, town.log, town.keyring, EVIDENCE_RULES)
