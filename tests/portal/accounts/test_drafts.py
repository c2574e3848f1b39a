"""What an applicant has typed so far: kept for them alone, and not in clear."""

from __future__ import annotations

from tests.portal.accounts.office import Office, fresh

KIND = "application"


def test_a_draft_is_there_until_it_is_dropped(office: Office) -> None:
    account_id, batch_id = fresh(), fresh()
    assert office.drafts.get(account_id, KIND, batch_id) == {}

    office.drafts.put(account_id, KIND, batch_id, {"name": "株洲某厂"})
    office.drafts.put(account_id, KIND, batch_id, {"name": "株洲某厂", "size": "small"})

    assert office.drafts.get(account_id, KIND, batch_id) == {"name": "株洲某厂", "size": "small"}
    assert office.drafts.of(account_id, KIND) == [batch_id]

    office.drafts.drop(account_id, KIND, batch_id)
    assert office.drafts.get(account_id, KIND, batch_id) == {}
    assert office.drafts.of(account_id, KIND) == []


def test_nobody_else_sees_it(office: Office) -> None:
    account_id, batch_id = fresh(), fresh()
    office.drafts.put(account_id, KIND, batch_id, {"name": "株洲某厂"})

    assert office.drafts.get(fresh(), KIND, batch_id) == {}


def test_the_database_holds_no_word_of_it(office: Office) -> None:
    account_id, batch_id = fresh(), fresh()
    office.drafts.put(account_id, KIND, batch_id, {"name": "unmistakable"})

    (row,) = office.rows("SELECT sealed FROM portal.draft WHERE account_id = %s", account_id)

    assert b"unmistakable" not in bytes(row[0])


def test_a_draft_that_was_moved_to_another_row_does_not_open(office: Office) -> None:
    account_id, batch_id, other = fresh(), fresh(), fresh()
    office.drafts.put(account_id, KIND, batch_id, {"name": "株洲某厂"})

    office.execute("UPDATE portal.draft SET about = %s WHERE about = %s", other, batch_id)

    assert office.drafts.get(account_id, KIND, other) == {}


def test_it_is_handed_in_under_one_command_id_until_it_is_dropped(office: Office) -> None:
    account_id, batch_id = fresh(), fresh()
    office.drafts.put(account_id, KIND, batch_id, {"name": "a"})
    first = office.drafts.command_id(account_id, KIND, batch_id)

    office.drafts.put(account_id, KIND, batch_id, {"name": "b"})
    assert office.drafts.command_id(account_id, KIND, batch_id) == first

    office.drafts.drop(account_id, KIND, batch_id)
    office.drafts.put(account_id, KIND, batch_id, {"name": "c"})
    assert office.drafts.command_id(account_id, KIND, batch_id) != first


def test_after_ninety_days_it_is_gone(office: Office) -> None:
    account_id, batch_id = fresh(), fresh()
    office.drafts.put(account_id, KIND, batch_id, {"name": "a"})
    office.execute(
        "UPDATE portal.draft SET seen_at = now() - interval '91 days' WHERE about = %s", batch_id
    )

    assert office.drafts.get(account_id, KIND, batch_id) == {}
    office.drafts.put(fresh(), KIND, fresh(), {})
    assert office.rows("SELECT 1 FROM portal.draft WHERE about = %s", batch_id) == []
