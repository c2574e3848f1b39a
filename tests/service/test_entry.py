"""Applications until their formal check, over a real log: who may, what is claimed, what shows."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shared.access.actor import SYSTEM, Actor
from shared.contracts.errors import Invalid, JianduError, NotFound, Refused
from shared.contracts.registry import queries
from shared.contracts.registry.vocabulary import Channel, Size, UnitKind
from shared.contracts.roles import Role
from shared.privacy.transit import open_value
from shared.reference.credit_code import complete
from shared.service.query_bus import reply_context
from tests.service.test_lists import everything
from tests.service.town import APPLICANT, OFFICER, Town, credit_code, fresh, reply_key
from tests.services.registry import examples

BODY = Actor("partner-1", Role.PARTNER, "430200", "市工商联")
OTHER_BODY = Actor("partner-2", Role.PARTNER, "430200", "市个体劳动者协会")
READER = Actor("partner-3", Role.PARTNER, "430200")
RECOMMENDED = {"channel": Channel.RECOMMENDED, "recommender": "市 工商联"}
VILLAGE = {
    "unit_kind": UnitKind.VILLAGE_COMMUNITY,
    "credit_code": None,
    "industry_section": None,
    "trade": None,
    "staff": None,
    "revenue_wan": None,
    "declared_size": Size.SMALL,
}


def confirming(application_id: str, document: str | None = None) -> Any:
    return replace(
        examples.CONFIRM_RECOMMENDATION, application_id=application_id, document=document
    )


def supplying(application_id: str, **instead: Any) -> Any:
    return replace(examples.SUPPLY, application_id=application_id, **instead)


def refusal(town: Town, command: Any, actor: Actor) -> str | None:
    """Why it was refused; None when it was carried out."""
    try:
        town.send(command, actor)
    except Refused as refused:
        return refused.reason
    return None


def reason(town: Town, command: Any, actor: Actor) -> str:
    refused = refusal(town, command, actor)
    assert refused is not None
    return refused


def lapse(town: Town, application_id: str) -> None:
    """What the timekeeper does once the limit is over."""
    town.clock.time = examples.AFTER_LIMIT
    command = replace(examples.LAPSE, application_id=application_id)
    town.commands.act(command, fresh(), fresh(), fresh())


def test_of_twenty_who_apply_for_one_unit_at_once_one_is_heard(town: Town) -> None:
    batch_id, code = town.batch(), credit_code()

    def apply(number: int) -> str | None:
        command = town.submission(batch_id, credit_code=code, unit_name=f"晨光机械{number}")
        return refusal(town, command, replace(APPLICANT, id=f"applicant-{number}"))

    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(apply, range(20)))
    assert sorted(map(str, told)) == ["None", *["unit_applied_already"] * 19]


def test_of_twelve_who_apply_for_one_village_at_once_one_is_heard(town: Town) -> None:
    batch_id = town.batch()
    spellings = ["云麓村", "云麓 村", "云麓村\u200b", "云麓村"] * 3

    def apply(name: str) -> str | None:
        return refusal(town, town.submission(batch_id, **VILLAGE, unit_name=name), APPLICANT)

    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(apply, spellings))
    assert sorted(map(str, told)) == ["None", *["unit_applied_already"] * 11]


def test_a_unit_that_took_its_application_back_may_apply_again(town: Town) -> None:
    batch_id, code = town.batch(), credit_code()
    first = town.submitted(batch_id, credit_code=code)
    town.send(replace(examples.TAKE_BACK, application_id=first), APPLICANT)
    again = town.submitted(batch_id, credit_code=code)
    assert town.types(f"application-{first}")[-1] == "ApplicationWithdrawn"
    assert town.types(f"application-{again}") == ["ApplicationSubmitted"]


def test_a_unit_whose_application_lapsed_may_apply_again_while_the_batch_is_open(
    town: Town,
) -> None:
    batch_id, code = town.batch(), credit_code()
    first = town.submitted(batch_id, credit_code=code)
    town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=first), OFFICER)
    lapse(town, first)
    assert town.last(f"application-{first}").type == "ApplicationLapsed"
    assert reason(town, supplying(first, credit_code=code), APPLICANT) == "wrong_state"
    town.submitted(batch_id, credit_code=code)

    second = town.submitted(batch_id)
    town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=second), OFFICER)
    town.clock.time = examples.NOW + dt.timedelta(days=60)
    lapse_now = replace(examples.LAPSE, application_id=second)
    town.commands.act(lapse_now, fresh(), fresh(), fresh())
    assert reason(town, town.submission(batch_id), APPLICANT) == "batch_not_open"


def test_a_unit_that_was_rejected_does_not_apply_again_in_the_batch(town: Town) -> None:
    batch_id, code = town.batch(), credit_code()
    first = town.submitted(batch_id, credit_code=code)
    town.send(replace(examples.FAIL, application_id=first), OFFICER)
    again = town.submission(batch_id, credit_code=code)
    assert reason(town, again, APPLICANT) == "unit_applied_already"


def test_a_supplement_that_mends_the_credit_code_claims_the_right_unit(town: Town) -> None:
    batch_id, wrong, right = town.batch(), credit_code(), credit_code()
    first = town.submitted(batch_id, credit_code=wrong)
    taken = town.submission(batch_id)
    town.send(taken, APPLICANT)
    town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=first), OFFICER)

    foreign = supplying(first, credit_code=taken.credit_code)
    assert reason(town, foreign, APPLICANT) == "unit_applied_already"
    town.send(supplying(first, credit_code=right), APPLICANT)
    assert reason(town, town.submission(batch_id, credit_code=right), APPLICANT) == (
        "unit_applied_already"
    )
    town.submitted(batch_id, credit_code=wrong)


def test_an_applicants_own_alone_is_supplemented_and_taken_back(town: Town) -> None:
    application_id = town.submitted(town.batch())
    stranger = replace(APPLICANT, id="applicant-2")
    town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=application_id), OFFICER)
    for command in (
        supplying(application_id),
        replace(examples.TAKE_BACK, application_id=application_id),
    ):
        with pytest.raises(NotFound):
            town.send(command, stranger)


def test_an_officer_takes_back_at_the_units_wish_and_says_how_it_was_told(town: Town) -> None:
    application_id = town.submitted(town.batch())
    command = replace(examples.TAKE_BACK, application_id=application_id)
    assert reason(town, command, OFFICER) == "reasons_needed"
    town.send(replace(command, reasons="该单位来函撤回申报"), OFFICER)


def test_the_recommender_confirms_with_its_own_account(town: Town) -> None:
    application_id = town.submitted(town.batch(), **RECOMMENDED)
    passing = replace(examples.PASS, application_id=application_id)
    assert reason(town, passing, OFFICER) == "recommendation_missing"
    town.send(confirming(application_id), BODY)
    town.send(passing, OFFICER)


@pytest.mark.parametrize("forger", [OTHER_BODY, READER, replace(BODY, division="430300")], ids=str)
def test_nobody_else_speaks_for_the_recommender(town: Town, forger: Actor) -> None:
    application_id = town.submitted(town.batch(), **RECOMMENDED)
    with pytest.raises(NotFound):
        town.send(confirming(application_id), forger)
    assert reason(town, confirming(application_id), APPLICANT) == "wrong_role"


def test_a_body_whose_partnership_has_ended_speaks_for_nobody(town: Town) -> None:
    body = replace(BODY, unit=f"市{fresh()[:8]}协会")
    recommended = {**RECOMMENDED, "recommender": body.unit}
    first, second = (
        replace(examples.REGISTER_PARTNER, partner_id=fresh(), name=body.unit) for _ in range(2)
    )
    town.send(first, OFFICER)
    town.send(replace(examples.END_PARTNERSHIP, partner_id=first.partner_id), OFFICER)
    application_id = town.submitted(town.batch(), **recommended)
    for command in (examples.CONFIRM_RECOMMENDATION, examples.DECLINE_RECOMMENDATION):
        spoken = replace(command, application_id=application_id)
        assert reason(town, spoken, body) == "partnership_ended"

    town.send(second, OFFICER)  # registered anew
    town.send(replace(examples.CONFIRM_RECOMMENDATION, application_id=application_id), body)
    town.send(replace(examples.END_PARTNERSHIP, partner_id=second.partner_id), OFFICER)
    other = town.submitted(town.batch(), **recommended)
    spoken = replace(examples.CONFIRM_RECOMMENDATION, application_id=other)
    assert reason(town, spoken, body) == "partnership_ended"


def test_a_body_whose_partnership_has_ended_answers_and_sees_nothing(town: Town) -> None:
    body = replace(BODY, unit=f"市{fresh()[:8]}协会")
    register = replace(examples.REGISTER_PARTNER, partner_id=fresh(), name=body.unit)
    town.send(register, OFFICER)
    recommended = {**RECOMMENDED, "recommender": body.unit}
    application_id, other = (town.submitted(town.batch(), **its) for its in (recommended, {}))
    town.send(replace(examples.PASS, application_id=other), OFFICER)
    opinion = {"application_id": other, "opinion_id": fresh()}
    town.send(replace(examples.ASK_OPINION, **opinion, body_unit=body.unit), OFFICER)
    answer = replace(examples.ANSWER_OPINION, **opinion)

    def seen() -> tuple[bool, bool]:
        town.show()
        named = everything(town, queries.ListApplications(), body)
        asked_for = everything(town, queries.ListOpinions(), body)
        return (
            application_id in [its["application_id"] for its in named],
            opinion["opinion_id"] in [its["opinion_id"] for its in asked_for],
        )

    assert seen() == (True, True)
    town.send(replace(examples.END_PARTNERSHIP, partner_id=register.partner_id), OFFICER)
    assert reason(town, answer, body) == "partnership_ended"
    assert seen() == (False, False)
    for question in (
        queries.OpenApplication(application_id=application_id, purpose="核对推荐"),
        queries.OpenOpinion(opinion_id=opinion["opinion_id"], purpose="答复意见"),
    ):
        with pytest.raises(NotFound):
            town.ask(question, body)
    town.send(replace(register, partner_id=fresh()), OFFICER)
    assert seen() == (True, True)
    town.send(answer, body)


def test_an_officer_names_the_paper_in_which_the_recommender_says_so(town: Town) -> None:
    application_id = town.submitted(town.batch(), **RECOMMENDED)
    with pytest.raises(Invalid):
        town.send(confirming(application_id), OFFICER)
    town.send(confirming(application_id, "市工商联函〔2026〕12号"), OFFICER)
    stored = town.last(f"application-{application_id}")
    assert stored.clear()["document"] == "市工商联函〔2026〕12号"


def test_nobody_outside_sends_what_is_the_timekeepers(town: Town) -> None:
    application_id = town.submitted(town.batch())
    for command in (examples.LAPSE, examples.REPORT_OVERDUE):
        told = replace(command, application_id=application_id)
        assert reason(town, told, OFFICER) == "wrong_role"
        with pytest.raises(JianduError):
            town.send(told, SYSTEM)


def test_a_partner_sees_the_applications_that_name_its_body_and_not_whom_to_call(
    town: Town,
) -> None:
    batch_id = town.batch()
    named, _ = town.submitted(batch_id, **RECOMMENDED), town.submitted(batch_id)
    town.show("applications", "notices", "batches")
    asked = queries.ListApplications(batch_id=batch_id, limit=100)
    assert [its["application_id"] for its in everything(town, asked, BODY)] == [named]
    assert everything(town, asked, OTHER_BODY) == everything(town, asked, READER) == []

    opening = queries.OpenApplication(application_id=named, purpose="核对推荐")
    asker, query_id = X25519PrivateKey.generate(), fresh()
    told = town.ask(opening, BODY, id=query_id, reply_key=reply_key(asker))["result"]
    assert open_value(told["unit_name"], asker, reply_context(query_id)) == "晨光机械有限公司"
    assert told["recommendation"] == "awaited"
    hidden = ("contact_name", "contact_phone", "reasons", "missing", "grounds")
    assert [told[name] for name in hidden] == [None] * 5
    assert (told["findings"], told["history"], told["steps"]) == ({}, [], [])
    with pytest.raises(NotFound):
        town.ask(opening, OTHER_BODY, reply_key=reply_key(asker))


def test_what_was_supplied_opens_in_place_of_what_was_said_first(town: Town) -> None:
    application_id = town.submitted(town.batch())
    town.send(replace(examples.REQUEST_SUPPLEMENT, application_id=application_id), OFFICER)
    town.show("applications", "notices", "batches")
    opening = queries.OpenApplication(application_id=application_id, purpose="补正材料")

    def opened() -> tuple[Any, Any]:
        asker, query_id = X25519PrivateKey.generate(), fresh()
        told = town.ask(opening, APPLICANT, id=query_id, reply_key=reply_key(asker))["result"]
        return told, lambda name: open_value(told[name], asker, reply_context(query_id))

    told, value = opened()
    assert (told["status"], told["supplement_due"]) == ("supplementing", "2026-03-09")
    assert value("missing") == "请补交税务登记证明"
    town.send(supplying(application_id, unit_name="晨光𠮷机械有限公司"), APPLICANT)
    town.show("applications")
    told, value = opened()
    assert (told["status"], told["supplement_due"]) == ("submitted", None)
    assert value("unit_name") == "晨光𠮷机械有限公司"
    assert value("address") == "天元区工业路9号"


@pytest.mark.parametrize(
    "instead",
    [
        {"unit_name": "天元区市场监督管理局"},
        {"credit_code": complete("11430211MA4L1ABC2")},
        {"unit_kind": UnitKind.CHAMBER, "unit_name": "云麓街道办事处"},
    ],
)
def test_no_body_of_government_or_enforcement_applies(town: Town, instead: dict[str, Any]) -> None:
    organisation = VILLAGE if "unit_kind" in instead else {}
    command = town.submission(town.batch(), **{**organisation, **instead})
    with pytest.raises(Invalid) as invalid:
        town.send(command, APPLICANT)
    assert [(its.path, its.code) for its in invalid.value.problems] == [
        ("unit_name", "not_eligible")
    ]


def test_a_name_is_taken_up_to_its_length_and_told_when_it_is_longer(town: Town) -> None:
    batch_id = town.batch()
    town.submitted(batch_id, unit_name="长" * 195 + "有限公司")
    message = town.message(town.submission(batch_id, unit_name="长" * 296 + "有限公司"))
    with pytest.raises(Invalid) as invalid:
        town.commands.execute(town.signed(message, OFFICER))
    assert [(its.path, its.code) for its in invalid.value.problems] == [("unit_name", "bad_length")]


def test_characters_beyond_the_basic_plane_are_one_each_everywhere(town: Town) -> None:
    """U+20BB7 and U+2A6A5: in every text of an application, kept as they were written."""
    rare = "𠮷𪚥"
    batch_id = town.batch()
    application_id = town.submitted(
        batch_id,
        **{**RECOMMENDED, "recommender": f"{rare}商会"},
        **{"unit_name": rare * 100, "address": f"{rare}路1号", "contact_name": rare},
    )
    body = replace(BODY, unit=f"{rare}商会")
    town.send(confirming(application_id), body)
    missing = replace(
        examples.REQUEST_SUPPLEMENT, application_id=application_id, missing=f"请补交{rare}证"
    )
    town.send(missing, OFFICER)
    town.show("applications", "notices", "batches")
    opening = queries.OpenApplication(application_id=application_id, purpose="核对生僻字")
    asker, query_id = X25519PrivateKey.generate(), fresh()
    told = town.ask(opening, OFFICER, id=query_id, reply_key=reply_key(asker))["result"]
    opened = {
        name: open_value(told[name], asker, reply_context(query_id))
        for name in ("unit_name", "address", "contact_name", "missing")
    }
    assert opened == {
        "unit_name": rare * 100,
        "address": f"{rare}路1号",
        "contact_name": rare,
        "missing": f"请补交{rare}证",
    }
    assert told["recommender"] == f"{rare}商会"
