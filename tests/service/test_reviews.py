"""A review by its group, over a log: who may take part, what is on record, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from psycopg.rows import dict_row

from services.registry.answers.seeing import may_follow
from shared.access.actor import Actor
from shared.contracts.errors import NotFound, Refused
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import DocumentKind, Finding, IndustryGroup
from shared.contracts.roles import Role
from shared.service.query_bus import reply_context
from tests.service.test_documents import attachment, brought
from tests.service.test_lists import everything
from tests.service.test_opened_application import opened, steps
from tests.service.town import CITY, LEADER, OFFICER, PUBLIC, REVIEWER, Town, fresh, reply_key
from tests.service.unsealing import unsealed
from tests.services.registry import examples

BODY = Actor("environment-1", Role.ENFORCEMENT_BODY, unit="environment-bureau")
OTHER_BODY = replace(BODY, id="market-1", unit="market-bureau")


def member(number: int, division: str = CITY) -> Actor:
    return Actor(f"reviewer-{number}", Role.REVIEWER, division)


MEMBERS = [member(n) for n in range(1, 6)]
Told = Mapping[str, Any]


def asked(town: Town, query: Any, actor: Actor) -> Told:
    """The answer with every sealed value opened."""
    town.show()
    key, query_id = X25519PrivateKey.generate(), fresh()
    answer = town.ask(query, actor, id=query_id, reply_key=reply_key(key))
    clear: Told = unsealed(answer["result"], key, reply_context(query_id))
    return clear


def reviewed_by_group(town: Town, **unit: Any) -> tuple[str, str]:
    """A batch with a group, and an application whose checks are all made."""
    batch_id = town.batch()
    town.group(batch_id, *MEMBERS)
    application_id = town.submitted(batch_id, **unit)
    town.send(replace(examples.PASS, application_id=application_id), OFFICER)
    for check in examples.ALL_CHECKS:
        town.send(replace(check, application_id=application_id), MEMBERS[0])
    town.visited(application_id)
    return batch_id, application_id


def votes(town: Town, application_id: str, *actors: Actor, in_favour: bool = True) -> None:
    vote = replace(examples.VOTE, application_id=application_id, in_favour=in_favour)
    for actor in actors:
        town.send(vote, actor)


def declares(town: Town, batch_id: str, actor: Actor, **interests: Any) -> None:
    nothing = {"employer_name": None, "employer_code": None, "bodies": ()}
    command = replace(examples.DECLARE_INTERESTS, batch_id=batch_id, member_id=actor.id)
    town.send(replace(command, **{**nothing, **interests}), actor)


def refused(town: Town, command: Any, actor: Actor) -> str:
    with pytest.raises(Refused) as refusal:
        town.send(command, actor)
    return refusal.value.reason


def test_the_group_votes_and_its_votes_conclude(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    conclude = replace(examples.CONCLUDE, application_id=unit, votes_for=None, votes_against=None)
    assert refused(town, conclude, MEMBERS[0]) == "no_quorum"
    votes(town, unit, *MEMBERS[:3])
    votes(town, unit, MEMBERS[3], in_favour=False)
    town.send(conclude, MEMBERS[0])
    told = opened(town, unit, OFFICER)
    assert told["status"] == "qualified"
    assert told["history"][-1]["changed"] == {
        "conclusion": "qualified", "votes_for": 3, "votes_against": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "interests",
    [
        {"employer_name": "晨光机械有限公司"},
        {"employer_code": "of the unit"},
        {"industry_group": IndustryGroup.MANUFACTURING, "district": "430211"},
    ],
    ids=["employer", "code", "competitor"],
)
def test_a_member_with_a_tie_is_refused_and_does_not_count(
    town: Town, interests: dict[str, Any]
) -> None:
    batch_id = town.batch()
    code = town.submission(batch_id).credit_code
    batch_id, unit = reviewed_by_group(town, credit_code=code)
    if "employer_code" in interests:
        interests = {"employer_code": code}
    tied = MEMBERS[4]
    declares(town, batch_id, tied, **interests)
    for command in (examples.VOTE, examples.CHECK, examples.VISIT):
        assert refused(town, replace(command, application_id=unit), tied) == "recused"

    told = asked(town, queries.OpenReview(application_id=unit, purpose="核对回避"), LEADER)
    assert (list(told["ties"]), told["recused"]) == ([tied.id], {})
    town.send(replace(examples.EXAMINE_RECUSALS, application_id=unit), OFFICER)
    told = asked(town, queries.OpenReview(application_id=unit, purpose="核对回避"), LEADER)
    assert list(told["recused"]) == [tied.id]
    votes(town, unit, *MEMBERS[:3])
    town.send(replace(examples.CONCLUDE, application_id=unit, votes_for=3), MEMBERS[0])


def test_whoever_is_not_of_the_group_takes_no_part(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    stranger = member(9)
    for command in (examples.VOTE, examples.CHECK, examples.POLITICAL, examples.CONCLUDE):
        assert refused(town, replace(command, application_id=unit), stranger) == "not_a_member"


def test_a_batch_without_a_group_has_nobody_who_votes(town: Town) -> None:
    unit = town.submitted(town.batch())
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    for command in (examples.VOTE, examples.EXAMINE_RECUSALS):
        its = replace(command, application_id=unit)
        assert refused(town, its, MEMBERS[0]) == "no_review_group"


def test_an_officer_who_stays_out_records_no_visit(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    town.send(replace(examples.DECLARE_RECUSAL, application_id=unit), OFFICER)
    assert refused(town, replace(examples.VISIT, application_id=unit), OFFICER) == "recused"
    step = steps(opened(town, unit, OFFICER))["RecordVisit", None]
    assert (step["possible"], step["reason"]) == (False, "recused")


def test_steps_say_who_may_vote_and_who_has(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    votes(town, unit, MEMBERS[0])
    told = {
        actor.id: steps(opened(town, unit, actor))["CastVote", None]["reason"]
        for actor in (MEMBERS[0], MEMBERS[1], member(9), LEADER)
    }
    assert list(told.values()) == ["voted_already", None, "not_a_member", "wrong_role"]


def test_a_member_of_a_district_declares_interests_for_the_citys_batch(town: Town) -> None:
    batch_id = town.batch()
    local = member(7, "430211")
    group = replace(
        examples.APPOINT_GROUP, batch_id=batch_id, member_ids=(local.id,), chair=local.id
    )
    town.send(group, LEADER)
    declares(town, batch_id, local, employer_name="市律师协会")
    town.show()
    told = town.ask(queries.ShowReviewGroup(batch_id=batch_id), local)["result"]
    assert list(told["declared"]) == [local.id]
    assert "市律师协会" not in str(told)
    with pytest.raises(NotFound):
        town.ask(queries.ShowReviewGroup(batch_id=batch_id), member(8, "430211"))


def test_records_are_read_with_their_minutes_and_what_they_found(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    for command in (examples.POLITICAL, examples.VISIT, examples.TALK):
        town.send(replace(command, application_id=unit), MEMBERS[0])
    told = asked(town, queries.OpenReview(application_id=unit, purpose="查看记录"), OFFICER)
    found = {its["type"]: its["values"] for its in told["records"]}
    assert found["VisitRecorded"]["minutes"] == "现场查看生产经营情况"
    assert found["TalkRecorded"]["participants"] == "街道办事处、社区居委会"
    assert found["PoliticalDirectionRecorded"]["party_organisation"] == "branch"


def test_a_body_answers_what_it_was_asked_and_sees_nothing_else(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    opinion_id = fresh()
    ask = replace(examples.ASK_OPINION, application_id=unit, opinion_id=opinion_id)
    town.send(ask, OFFICER)
    town.show()
    seen = everything(town, queries.ListOpinions(), BODY)
    assert opinion_id in [its["opinion_id"] for its in seen]
    assert opinion_id not in [
        its["opinion_id"] for its in everything(town, queries.ListOpinions(), OTHER_BODY)
    ]
    about = asked(town, queries.OpenOpinion(opinion_id=opinion_id, purpose="答复意见"), BODY)
    assert about["unit_name"] == "晨光机械有限公司"
    assert "contact_phone" not in about

    answer = replace(examples.ANSWER_OPINION, application_id=unit, opinion_id=opinion_id)
    with pytest.raises(NotFound):
        town.send(answer, OTHER_BODY)
    with pytest.raises(NotFound):
        town.ask(queries.OpenOpinion(opinion_id=opinion_id, purpose="答复意见"), OTHER_BODY)
    town.send(answer, BODY)
    told = asked(town, queries.OpenOpinion(opinion_id=opinion_id, purpose="查看答复"), OFFICER)
    assert (told["view"], told["by_body"], told["text"]) == (
        "no_objection", True, "近三年无行政处罚记录",
    )  # fmt: skip


def test_a_body_of_the_same_name_elsewhere_was_not_asked(town: Town) -> None:
    """Every district's market regulator bears one name."""
    _, unit = reviewed_by_group(town)
    opinion_id = fresh()
    ask = replace(examples.ASK_OPINION, application_id=unit, opinion_id=opinion_id)
    town.send(ask, OFFICER)
    here, city, elsewhere = (replace(BODY, division=its) for its in ("430211", CITY, "430281"))
    answer = replace(examples.ANSWER_OPINION, application_id=unit, opinion_id=opinion_id)
    question = queries.OpenOpinion(opinion_id=opinion_id, purpose="答复意见")
    town.show()

    def is_listed(actor: Actor) -> bool:
        seen = everything(town, queries.ListOpinions(), actor)
        return opinion_id in [its["opinion_id"] for its in seen]

    assert [is_listed(its) for its in (here, city, elsewhere)] == [True, True, False]
    with pytest.raises(NotFound):
        town.ask(question, elsewhere)
    with pytest.raises(NotFound):
        town.send(answer, elsewhere)
    stream = f"application-{unit}"
    rows = partial(asked_rows, town)
    followed = [may_follow(its, rows, stream, 99) for its in (here, city, elsewhere)]
    assert followed == [True, True, False]
    assert asked(town, question, here)["unit_name"]
    town.send(answer, here)


def asked_rows(town: Town, statement: str, *values: object) -> list[dict[str, Any]]:
    with town.pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(statement.encode(), values).fetchall()


def test_no_two_applications_have_an_opinion_of_one_id(town: Town) -> None:
    """The later one would take the place of the first in every list."""
    batch_id, unit = reviewed_by_group(town)
    other = town.submitted(batch_id)
    town.send(replace(examples.PASS, application_id=other), OFFICER)
    asks = replace(examples.ASK_OPINION, application_id=unit, opinion_id=fresh())
    town.send(asks, OFFICER)
    assert refused(town, replace(asks, application_id=other), OFFICER) == "already_exists"
    town.send(replace(asks, application_id=other, opinion_id=fresh()), OFFICER)


def test_an_officer_enters_the_answer_of_a_street_without_an_account(town: Town) -> None:
    _, unit = reviewed_by_group(town)
    opinion_id = fresh()
    ask = replace(examples.ASK_OPINION, application_id=unit, opinion_id=opinion_id, body_unit=None)
    town.send(ask, MEMBERS[1])
    answer = replace(examples.ANSWER_OPINION, application_id=unit, opinion_id=opinion_id)
    with pytest.raises(NotFound):
        town.send(answer, replace(BODY, unit=None))
    letter = attachment(brought(town, unit, actor=OFFICER), kind=DocumentKind.OPINION_ANSWER)
    assert refused(town, replace(answer, document=letter.document_id), OFFICER) == (
        "document_unknown"
    )
    town.send(letter, OFFICER)
    town.send(replace(answer, document=letter.document_id), OFFICER)
    town.show()
    listed = everything(town, queries.ListOpinions(application_id=unit), LEADER)
    (told,) = (its for its in listed if its["opinion_id"] == opinion_id)
    assert (told["by_body"], told["late"]) == (False, False)


def test_who_has_declared_nothing_does_not_vote(town: Town) -> None:
    batch_id = town.batch()
    members = (MEMBERS[0].id,)
    appointing = replace(examples.APPOINT_GROUP, batch_id=batch_id, member_ids=members)
    town.send(replace(appointing, chair=members[0]), LEADER)
    unit = town.submitted(batch_id)
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    vote = replace(examples.VOTE, application_id=unit)
    assert refused(town, vote, MEMBERS[0]) == "interests_not_declared"
    assert kept_from(town, unit, "CastVote", MEMBERS[0]) == "checks_missing"
    declares(town, batch_id, MEMBERS[0])
    assert refused(town, vote, MEMBERS[0]) == "checks_missing"
    for check in examples.ALL_CHECKS:
        town.send(replace(check, application_id=unit), MEMBERS[0])
    assert kept_from(town, unit, "CastVote", MEMBERS[0]) is None
    town.send(vote, MEMBERS[0])


@pytest.mark.parametrize(
    "command",
    [examples.CHECK, examples.VISIT, examples.RESOLVE, examples.ASK_OPINION, examples.CONCLUDE],
)
def test_who_has_declared_nothing_records_and_concludes_nothing(town: Town, command: Any) -> None:
    batch_id, unit = reviewed_by_group(town)
    town.send(replace(examples.CHECK, application_id=unit, finding=Finding.FLAGGED), MEMBERS[0])
    ids = tuple(its.id for its in (*MEMBERS, member(6)))
    changed = replace(examples.CHANGE_GROUP, batch_id=batch_id, member_ids=ids, chair=ids[0])
    town.send(changed, LEADER)
    votes(town, unit, *MEMBERS)
    its = replace(command, application_id=unit)
    if command is examples.RESOLVE:
        its = replace(its, check=examples.CHECK.check)
    if command is examples.CONCLUDE:
        its = replace(its, votes_for=None, votes_against=None)
        cleared = replace(examples.RESOLVE, application_id=unit, check=examples.CHECK.check)
        town.send(cleared, MEMBERS[0])
    assert refused(town, its, member(6)) == "interests_not_declared"
    declares(town, batch_id, member(6))
    town.send(its, member(6))


def test_an_officer_declares_interests_and_is_kept_out_by_the_rules(town: Town) -> None:
    """Officers visit, answer for streets and correct data; a leader strikes off."""
    batch_id, unit = reviewed_by_group(town)
    tied = replace(OFFICER, id="officer-of-the-employer", division="430211")
    chief = replace(LEADER, id="leader-of-the-employer")
    opinion_id = fresh()
    ask = replace(examples.ASK_OPINION, application_id=unit, opinion_id=opinion_id, body_unit=None)
    town.send(ask, OFFICER)
    for actor in (tied, chief):
        declares(town, batch_id, actor, employer_name="晨光机械有限公司")
    answer = replace(examples.ANSWER_OPINION, opinion_id=opinion_id)
    for command in (examples.VISIT, answer, examples.CORRECT_UNIT_DATA):
        assert refused(town, replace(command, application_id=unit), tied) == "recused"
        town.send(replace(command, application_id=unit), OFFICER)
    votes(town, unit, *MEMBERS[:3])
    conclude = replace(examples.CONCLUDE, application_id=unit, votes_for=None, votes_against=None)
    town.send(conclude, MEMBERS[0])
    strike_off = replace(examples.STRIKE_OFF, application_id=unit, deliberation_id=fresh())
    assert refused(town, strike_off, chief) == "recused"
    for command, actor in (("CorrectUnitData", tied), ("StrikeOff", chief)):
        assert kept_from(town, unit, command, actor) == "recused"
    town.send(strike_off, LEADER)


def test_who_has_nothing_to_do_with_a_batch_declares_nothing_for_it(town: Town) -> None:
    batch_id, _ = reviewed_by_group(town)
    with pytest.raises(NotFound):
        declares(town, batch_id, replace(OFFICER, id="officer-9", division="430300"))
    nothing = {"employer_name": None, "employer_code": None, "bodies": ()}
    command = replace(examples.DECLARE_INTERESTS, batch_id=batch_id, **nothing)
    assert refused(town, replace(command, member_id=member(9).id), member(9)) == "not_a_member"
    assert refused(town, replace(command, member_id=MEMBERS[0].id), OFFICER) == "not_a_member"


def kept_from(town: Town, unit: str, command: str, actor: Actor) -> str | None:
    """Why the actor is not offered the command."""
    reason: str | None = steps(opened(town, unit, actor))[command, None]["reason"]
    return reason


@pytest.mark.parametrize("command", [examples.PASS, examples.FAIL, examples.REQUEST_SUPPLEMENT])
def test_an_officer_with_a_tie_does_not_do_the_formal_check(town: Town, command: Any) -> None:
    unit = town.submitted(town.batch())
    town.send(replace(examples.DECLARE_RECUSAL, application_id=unit), OFFICER)
    assert refused(town, replace(command, application_id=unit), OFFICER) == "recused"
    assert kept_from(town, unit, type(command).__name__, OFFICER) == "recused"
    town.send(replace(command, application_id=unit), replace(OFFICER, id="officer-2"))


@pytest.mark.parametrize("by_rule", [True, False])
def test_who_has_a_tie_to_the_unit_decides_no_objection_to_it(town: Town, by_rule: bool) -> None:
    batch_id = town.batch()
    officer = replace(OFFICER, id=MEMBERS[1].id)  # who is of the group in another role
    town.group(batch_id, *MEMBERS[:2])
    unit = town.submitted(batch_id)
    town.send(replace(examples.PASS, application_id=unit), OFFICER)
    for check in examples.ALL_CHECKS:
        town.send(replace(check, application_id=unit), REVIEWER)
    town.visited(unit)
    votes(town, unit, *MEMBERS[:2])
    conclude = replace(examples.CONCLUDE, application_id=unit, votes_for=None, votes_against=None)
    town.send(conclude, REVIEWER)
    about = {"notice_id": town.noticed(batch_id, unit), "objection_id": fresh()}
    town.send(replace(examples.OBJECT, **about, application_id=unit), PUBLIC)
    if by_rule:
        declares(town, batch_id, MEMBERS[1], employer_name="晨光机械有限公司")
    else:
        town.send(replace(examples.DECLARE_RECUSAL, application_id=unit), officer)
    leader = replace(LEADER, id=officer.id)
    for command, actor in ((examples.OVERRULE, officer), (examples.EXTEND_VERIFICATION, leader)):
        assert refused(town, replace(command, **about), actor) == "recused"
        assert kept_from(town, unit, type(command).__name__, actor) == "recused"
    town.send(replace(examples.OVERRULE, **about), OFFICER)
