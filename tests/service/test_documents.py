"""Files brought in chunks, attached, read and forgotten: over a real log, real keys, no broker."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from services.registry.handlers.documents import UPLOADS
from shared.access.actor import Actor
from shared.contracts.errors import Invalid, NotFound, Refused
from shared.contracts.media import MediaType
from shared.contracts.reasons import Reason
from shared.contracts.registry import commands, queries
from shared.contracts.registry.vocabulary import DocumentKind
from shared.contracts.roles import Role
from shared.contracts.transfers import BeginUpload, FinishUpload, PutChunk, ReadChunk
from shared.privacy.files.store import FileStore
from shared.privacy.sealing import CannotOpen
from shared.privacy.transit import open_value
from shared.service.loose_files import MOST_LOOSE_FILES, LooseFiles
from shared.service.query_bus import reply_context
from tests import files
from tests.service.town import APPLICANT, LEADER, OFFICER, REVIEWER, Town, fresh, reply_key
from tests.services.registry import examples

STRANGER = Actor("applicant-2", Role.APPLICANT)
ELSEWHERE = Actor("officer-9", Role.OFFICER, "430300")
PDF = files.pdf(size=300_000)


def declaration(application_id: str, raw: bytes, **instead: Any) -> BeginUpload:
    given = {
        "file_id": fresh(),
        "owner_id": application_id,
        "media_type": MediaType.PDF,
        "size": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }
    return BeginUpload(**{**given, **instead})


def put(
    town: Town, begin: BeginUpload, raw: bytes, indexes: Sequence[int] | None = None,
    actor: Actor = APPLICANT,
) -> None:  # fmt: skip
    told = town.transfer(begin, actor)
    length = told["chunk_bytes"]
    for index in told["missing"] if indexes is None else indexes:
        data = raw[index * length : (index + 1) * length]
        town.transfer(PutChunk(file_id=begin.file_id, index=index, data=data), actor)


def brought(
    town: Town, application_id: str, raw: bytes = PDF, actor: Actor = APPLICANT, **instead: Any
) -> BeginUpload:
    """A file that is there, whole and checked."""
    begin = declaration(application_id, raw, **instead)
    put(town, begin, raw, actor=actor)
    assert town.transfer(FinishUpload(file_id=begin.file_id), actor) == {"checked": True}
    return begin


def attachment(begin: BeginUpload, **instead: Any) -> commands.AttachDocument:
    return replace(
        examples.ATTACH,
        **{
            "application_id": begin.owner_id,
            "document_id": begin.file_id,
            "media_type": begin.media_type,
            "size": begin.size,
            "sha256": begin.sha256,
            **instead,
        },
    )


def attached(town: Town, application_id: str, raw: bytes = PDF) -> str:
    begin = brought(town, application_id, raw)
    town.send(attachment(begin), APPLICANT)
    return begin.file_id


def opening(town: Town, application_id: str, document_id: str, actor: Actor) -> Any:
    town.show()
    question = queries.OpenDocument(
        application_id=application_id, document_id=document_id, purpose="资格审查"
    )
    asker, query_id = X25519PrivateKey.generate(), fresh()
    told = town.ask(question, actor, id=query_id, reply_key=reply_key(asker))["result"]
    name = open_value(told["file_name"], asker, reply_context(query_id))
    return {**told, "file_name": name}


def chunk(town: Town, opened: Any, index: int, actor: Actor) -> bytes:
    asker, message_id = X25519PrivateKey.generate(), fresh()
    read = ReadChunk(file_id=opened["document_id"], opening=opened["opening"], index=index)
    told = town.transfer(read, actor, id=message_id, reply_key=reply_key(asker))
    return base64.b64decode(open_value(told["data"], asker, reply_context(message_id)))


def refused(reason: Reason, work: Any) -> None:
    with pytest.raises(Refused) as refusal:
        work()
    assert refusal.value.reason == reason


# Bringing -------------------------------------------------------------------------------------


def test_a_file_is_attached_and_read_back_byte_for_byte(town: Town) -> None:
    unit = town.submitted(town.batch())
    document = attached(town, unit)
    opened = opening(town, unit, document, REVIEWER)
    assert (opened["file_name"], opened["kind"]) == ("营业执照.pdf", "business_licence")
    assert (opened["size"], opened["sha256"]) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    chunks = [chunk(town, opened, index, REVIEWER) for index in range(3)]
    assert b"".join(chunks) == PDF


def test_an_interrupted_upload_goes_on_with_what_is_missing(town: Town) -> None:
    begin = declaration(town.submitted(town.batch()), PDF)
    put(town, begin, PDF, [2, 0])
    refused(
        Reason.FILE_INCOMPLETE,
        lambda: town.transfer(FinishUpload(file_id=begin.file_id), APPLICANT),
    )
    told = town.transfer(begin, APPLICANT)
    assert (told["chunks"], told["missing"], told["checked"]) == (3, [1], False)
    put(town, begin, PDF)
    town.transfer(FinishUpload(file_id=begin.file_id), APPLICANT)
    assert town.transfer(begin, APPLICANT)["checked"] is True


def test_what_was_acknowledged_is_there_for_another_process(town: Town) -> None:
    begin = declaration(town.submitted(town.batch()), PDF)
    put(town, begin, PDF, [0])
    another = FileStore(town.pool, town.keyring)
    found = another.find(begin.file_id)
    assert found is not None
    assert another.missing(found) == [1, 2]
    assert another.get(found, 0) == PDF[: found.chunk_bytes]


def test_another_file_under_an_id_that_is_not_finished_begins_anew(town: Town) -> None:
    other = files.pdf(size=200_000, seed=7)
    begin = declaration(town.submitted(town.batch()), PDF)
    put(town, begin, PDF)
    again = declaration(begin.owner_id, other, file_id=begin.file_id)
    put(town, again, other)
    town.transfer(FinishUpload(file_id=begin.file_id), APPLICANT)
    town.send(attachment(again), APPLICANT)


def test_a_checked_file_never_changes(town: Town) -> None:
    begin = brought(town, town.submitted(town.batch()))
    with pytest.raises(Invalid):
        town.transfer(PutChunk(file_id=begin.file_id, index=2, data=PDF[262144:]), APPLICANT)
    other = declaration(begin.owner_id, files.pdf(), file_id=begin.file_id)
    refused(Reason.ALREADY_EXISTS, lambda: town.transfer(other, APPLICANT))


@pytest.mark.parametrize(
    ("raw", "media_type", "reason"),
    [
        (files.picture("PNG"), MediaType.PDF, Reason.FILE_OTHER_TYPE),
        (files.pdf_with_script(), MediaType.PDF, Reason.FILE_ACTIVE_CONTENT),
        (files.pdf_with_password(), MediaType.PDF, Reason.FILE_ENCRYPTED),
        (files.bomb(), MediaType.PNG, Reason.FILE_TOO_LARGE_INSIDE),
        (PDF[:-1000], MediaType.PDF, Reason.FILE_UNREADABLE),
    ],
    ids=["png as pdf", "script", "password", "bomb", "cut"],
)
def test_content_that_is_not_its_type_is_refused(
    town: Town, raw: bytes, media_type: MediaType, reason: Reason
) -> None:
    begin = declaration(town.submitted(town.batch()), raw, media_type=media_type)
    put(town, begin, raw)
    refused(reason, lambda: town.transfer(FinishUpload(file_id=begin.file_id), APPLICANT))
    refused(Reason.FILE_INCOMPLETE, lambda: town.send(attachment(begin), APPLICANT))


def test_a_hash_that_is_not_the_files_is_refused(town: Town) -> None:
    begin = declaration(town.submitted(town.batch()), PDF, sha256="0" * 64)
    put(town, begin, PDF)
    refused(
        Reason.FILE_DIFFERS, lambda: town.transfer(FinishUpload(file_id=begin.file_id), APPLICANT)
    )


def test_chunks_must_have_the_bytes_and_places_that_were_declared(town: Town) -> None:
    begin = declaration(town.submitted(town.batch()), PDF)
    town.transfer(begin, APPLICANT)
    for index, data in ((0, PDF[:100]), (3, b"x"), (2, PDF[262144:] + b"x"), (0, b"")):
        with pytest.raises(Invalid):
            town.transfer(PutChunk(file_id=begin.file_id, index=index, data=data), APPLICANT)


def test_a_file_larger_than_the_setting_is_refused_before_anything_is_sent(town: Town) -> None:
    unit = town.submitted(town.batch())
    most = 20 * 1024 * 1024
    town.transfer(declaration(unit, PDF, size=most), APPLICANT)
    too_large = declaration(unit, PDF, size=most + 1)
    refused(Reason.FILE_TOO_LARGE, lambda: town.transfer(too_large, APPLICANT))


def test_files_are_brought_for_ones_own_application_alone(town: Town) -> None:
    unit = town.submitted(town.batch())
    for actor in (STRANGER, ELSEWHERE):
        with pytest.raises(NotFound):
            town.transfer(declaration(unit, PDF), actor)
    with pytest.raises(NotFound):
        town.transfer(declaration(fresh(), PDF), APPLICANT)
    refused(Reason.WRONG_ROLE, lambda: town.transfer(declaration(unit, PDF), LEADER))


def test_chunks_are_taken_from_whoever_declared_the_file_alone(town: Town) -> None:
    unit = town.submitted(town.batch())
    begin = declaration(unit, PDF)
    town.transfer(begin, APPLICANT)
    for actor in (STRANGER, OFFICER):
        with pytest.raises(NotFound):
            town.transfer(PutChunk(file_id=begin.file_id, index=0, data=PDF[:131072]), actor)
        with pytest.raises(NotFound):
            town.transfer(FinishUpload(file_id=begin.file_id), actor)
    refused(Reason.ALREADY_EXISTS, lambda: town.transfer(begin, OFFICER))


def test_a_chunk_in_clear_is_refused(town: Town) -> None:
    begin = declaration(town.submitted(town.batch()), PDF)
    town.transfer(begin, APPLICANT)
    data = base64.b64encode(PDF[:131072]).decode()
    message = {
        "id": fresh(),
        "type": "PutChunk",
        "schema_version": 1,
        "payload": {"file_id": begin.file_id, "index": 0, "data": data},
    }
    with pytest.raises(Invalid) as invalid:
        town.transfers.execute(town.signed(message, APPLICANT))
    assert [its.code for its in invalid.value.problems] == ["not_sealed"]


def test_two_who_write_one_file_at_once_leave_it_whole_or_unchecked(town: Town) -> None:
    """What is checked off is what was looked at: a write in between is noticed."""
    begin = declaration(town.submitted(town.batch()), PDF)
    put(town, begin, PDF)
    found = town.files.find(begin.file_id)
    assert found is not None
    seen = b"".join(town.files.read(found))
    town.transfer(PutChunk(file_id=begin.file_id, index=0, data=bytes(131072)), APPLICANT)
    assert seen == PDF
    assert not town.files.check_off(found)


def test_many_who_bring_the_same_file_at_once_all_succeed(town: Town) -> None:
    begin = declaration(town.submitted(town.batch()), PDF)
    failures: list[Exception] = []

    def bring() -> None:
        try:
            put(town, begin, PDF)
            town.transfer(FinishUpload(file_id=begin.file_id), APPLICANT)
        except (Invalid, Refused) as error:
            failures.append(error)

    threads = [threading.Thread(target=bring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # One is told that the file is done (its chunk comes too late) or being written: never a wrong
    # file. Whoever asks again finds it there.
    put(town, begin, PDF)
    town.transfer(FinishUpload(file_id=begin.file_id), APPLICANT)
    assert all(isinstance(its, Invalid) or its.reason == Reason.FILE_INCOMPLETE for its in failures)
    town.send(attachment(begin), APPLICANT)


# Attaching ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [("media_type", MediaType.PNG), ("size", 5), ("sha256", "1" * 64)],
)
def test_what_is_said_of_a_file_must_be_what_lies_there(town: Town, field: str, value: Any) -> None:
    begin = brought(town, town.submitted(town.batch()))
    before = town.counted()
    refused(Reason.FILE_DIFFERS, lambda: town.send(attachment(begin, **{field: value}), APPLICANT))
    assert town.counted() == before


def test_a_file_of_another_application_or_person_is_not_there(town: Town) -> None:
    batch = town.batch()
    unit, other = town.submitted(batch), town.submitted(batch)
    begin = brought(town, unit)
    moved = attachment(begin, application_id=other)
    refused(Reason.FILE_INCOMPLETE, lambda: town.send(moved, APPLICANT))
    refused(Reason.FILE_INCOMPLETE, lambda: town.send(attachment(begin), OFFICER))
    nothing = attachment(begin, document_id=fresh())
    refused(Reason.FILE_INCOMPLETE, lambda: town.send(nothing, APPLICANT))
    with pytest.raises(NotFound):
        town.send(attachment(begin), STRANGER)


def test_kinds_belong_to_whoever_brings_them(town: Town) -> None:
    unit = town.submitted(town.batch())
    begin = brought(town, unit)
    evidence = attachment(begin, kind=DocumentKind.REVIEW_EVIDENCE)
    refused(Reason.DOCUMENT_KIND_NOT_YOURS, lambda: town.send(evidence, APPLICANT))
    theirs = brought(town, unit, actor=REVIEWER)
    refused(Reason.DOCUMENT_KIND_NOT_YOURS, lambda: town.send(attachment(theirs), REVIEWER))
    town.send(attachment(theirs, kind=DocumentKind.VISIT_RECORD), REVIEWER)


def test_what_was_applied_with_is_closed_once_the_formal_check_has_passed(town: Town) -> None:
    unit = town.submitted(town.batch())
    document, begin = attached(town, unit), brought(town, unit)
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    refused(Reason.WRONG_STATE, lambda: town.send(attachment(begin), APPLICANT))
    withdrawal = replace(examples.WITHDRAW, application_id=unit, document_id=document)
    refused(Reason.WRONG_STATE, lambda: town.send(withdrawal, APPLICANT))


def test_a_withdrawn_document_is_the_bureaus_alone_to_see(town: Town) -> None:
    unit = town.submitted(town.batch())
    document = attached(town, unit)
    withdrawal = replace(examples.WITHDRAW, application_id=unit, document_id=document)
    town.send(withdrawal, APPLICANT)
    refused(Reason.DOCUMENT_UNKNOWN, lambda: town.send(withdrawal, APPLICANT))
    with pytest.raises(NotFound):
        opening(town, unit, document, APPLICANT)
    assert opening(town, unit, document, OFFICER)["withdrawn_at"] is not None
    asked = queries.ListDocuments(application_id=unit)
    assert town.ask(asked, APPLICANT)["result"]["items"] == []
    assert len(town.ask(asked, OFFICER)["result"]["items"]) == 1


# Reading --------------------------------------------------------------------------------------


def test_a_list_tells_no_name_and_pages_in_the_order_they_came(town: Town) -> None:
    unit = town.submitted(town.batch())
    came = [attached(town, unit, files.pdf(seed=n)) for n in range(3)]
    town.show()
    first = town.ask(queries.ListDocuments(application_id=unit, limit=2), APPLICANT)["result"]
    rest = town.ask(
        queries.ListDocuments(application_id=unit, limit=2, cursor=first["next"]), APPLICANT
    )["result"]
    assert [row["document_id"] for row in (*first["items"], *rest["items"])] == came
    assert "file_name" not in first["items"][0]
    assert "sealed" not in first["items"][0]


def test_a_file_is_read_by_whoever_opened_it_and_nobody_else(town: Town) -> None:
    unit = town.submitted(town.batch())
    one, two = attached(town, unit), attached(town, unit, files.pdf())
    opened = opening(town, unit, one, OFFICER)
    with pytest.raises(NotFound):
        chunk(town, opened, 0, REVIEWER)
    with pytest.raises(NotFound):
        chunk(town, {**opened, "opening": fresh()}, 0, OFFICER)
    with pytest.raises(NotFound):
        chunk(town, {**opened, "document_id": two}, 0, OFFICER)
    for actor in (STRANGER, ELSEWHERE):
        with pytest.raises(NotFound):
            opening(town, unit, one, actor)


def test_an_opened_file_is_on_record_with_its_purpose(town: Town) -> None:
    unit = town.submitted(town.batch())
    document = attached(town, unit)
    opening(town, unit, document, OFFICER)
    with town.pool.connection() as connection:
        rows = connection.execute(
            "SELECT subject, actor_id, purpose FROM ops.opening WHERE subject = ANY(%s)",
            ([f"application:{unit}", f"file:{document}"],),
        ).fetchall()
    assert sorted(rows) == [
        (f"application:{unit}", "officer-1", "资格审查"),
        (f"file:{document}", "officer-1", "资格审查"),
    ]


def test_nothing_of_a_file_lies_in_the_database_in_clear(town: Town) -> None:
    unit = town.submitted(town.batch())
    raw = files.pdf(size=5_000)
    document = attached(town, unit, raw)
    with town.pool.connection() as connection:
        (stored,) = connection.execute(
            "SELECT ciphertext FROM files.chunk WHERE file_id = %s", (document,)
        ).fetchone() or (b"",)
    assert raw[:100] not in bytes(stored)
    assert b"%PDF" not in bytes(stored)


def test_a_chunk_opens_at_its_own_place_alone(town: Town) -> None:
    unit = town.submitted(town.batch())
    document = attached(town, unit)
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE files.chunk c SET ciphertext = o.ciphertext FROM files.chunk o"
            " WHERE c.file_id = %s AND c.index = 0 AND o.file_id = c.file_id AND o.index = 1",
            (document,),
        )
    found = town.files.find(document)
    assert found is not None
    with pytest.raises(CannotOpen):
        town.files.get(found, 0)


def test_erasing_the_subjects_key_erases_the_file(town: Town) -> None:
    unit = town.submitted(town.batch())
    document = attached(town, unit)
    opened = opening(town, unit, document, OFFICER)
    town.keyring.destroy([f"application:{unit}"], town.clock.now())
    refused(Reason.SUBJECT_ERASED, lambda: chunk(town, opened, 0, OFFICER))
    refused(Reason.SUBJECT_ERASED, lambda: town.transfer(declaration(unit, PDF), APPLICANT))


# What nobody attaches ---------------------------------------------------------------------------


def test_only_what_nobody_attached_is_swept(town: Town) -> None:
    unit = town.submitted(town.batch())
    kept, loose = attached(town, unit), brought(town, unit).file_id
    lying = LooseFiles(town.pool, UPLOADS)
    lying.sweep()
    assert town.files.find(loose) is not None
    lying.sweep(older_than=dt.timedelta(0))
    assert town.files.find(loose) is None
    assert town.files.find(kept) is not None
    with town.pool.connection() as connection:
        row = connection.execute(
            "SELECT count(*) FROM files.chunk WHERE file_id = %s", (loose,)
        ).fetchone()
    assert row == (0,)


def test_one_account_leaves_only_so_much_lying_about(town: Town) -> None:
    unit, actor = town.submitted(town.batch()), Actor(fresh(), Role.OFFICER, "430200")
    raw = files.pdf()
    loose = [declaration(unit, raw) for _ in range(MOST_LOOSE_FILES)]
    for begin in loose:
        town.transfer(begin, actor)
    more = declaration(unit, raw)
    refused(Reason.TOO_MANY_UPLOADS, lambda: town.transfer(more, actor))
    put(town, loose[0], raw, actor=actor)
    town.transfer(FinishUpload(file_id=loose[0].file_id), actor)
    town.send(attachment(loose[0]), actor)
    town.transfer(more, actor)


def test_the_runtime_may_not_take_the_files_tables_away(town: Town) -> None:
    with (
        town.pool.connection() as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DROP TABLE files.chunk")
