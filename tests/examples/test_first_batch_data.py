"""The first batch's data: every proportion of the speech, and units that the rules let in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable

import pytest

from examples.first_batch import cast, points_data
from examples.first_batch.data import FirstBatch, load
from examples.play import papers, payloads
from examples.play.data import Applicant
from services.registry.domain.documents import required
from services.registry.domain.recusal import Interests, Unit, tie
from services.registry.domain.review import HARD_STOPS, checks_for
from services.registry.domain.settings import Settings
from services.registry.unit_data import profile
from shared.contracts.registry.commands import COMMANDS, SubmitApplication
from shared.contracts.registry.vocabulary import (
    Channel,
    DocumentKind,
    Finding,
    IndustryGroup,
    UnitKind,
)
from shared.reference import credit_code

BATCH = load()
DESIGNATED = [its for its in BATCH.batch.applicants if its.qualifies]
ELIMINATED = [its for its in BATCH.batch.applicants if not its.qualifies]
START = dt.date(2026, 11, 24)
SOME_ID = "0c9b8f0e-7f3d-4f4e-9a53-2f6d3c1b7a11"
OTHER_ID = "5f0e3a51-38a8-4c5e-8a25-1f1f3cbb0a3e"


def as_command(unit: Applicant) -> SubmitApplication:
    payload = payloads.application(unit, SOME_ID, OTHER_ID)
    command = COMMANDS.find("SubmitApplication").load(payload)
    assert isinstance(command, SubmitApplication)
    return command


def industry(unit: Applicant) -> str:
    return str(profile(as_command(unit), BATCH.batch.division, START).industry_group)


def size(unit: Applicant) -> str:
    return str(profile(as_command(unit), BATCH.batch.division, START).size)


def channel(unit: Applicant) -> str:
    return str(unit.application["channel"])


def test_25_units_apply_20_qualify_and_5_are_eliminated() -> None:
    assert len(BATCH.batch.applicants) == 25
    assert (len(DESIGNATED), len(ELIMINATED)) == (BATCH.speech.points, BATCH.speech.eliminated)
    assert BATCH.batch.places == 20
    assert len(BATCH.batch.objections) == BATCH.speech.objections


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (lambda unit: unit.division, BATCH.speech.by_district),
        (industry, BATCH.speech.by_industry),
        (size, BATCH.speech.by_size),
        (channel, BATCH.speech.by_channel),
    ],
    ids=["districts", "industries", "sizes", "channels"],
)
def test_the_20_have_every_proportion_of_the_speech(
    column: Callable[[Applicant], str], said: dict[str, int]
) -> None:
    assert Counter(column(unit) for unit in DESIGNATED) == said
    assert sum(said.values()) == 20


def test_the_speech_file_says_what_section_5_of_the_rules_says() -> None:
    speech = BATCH.speech
    assert sorted(speech.by_district.values(), reverse=True) == [5, 4, 3, 3, 2, 2, 1]
    assert list(speech.by_industry.values()) == [8, 5, 3, 2, 2]
    assert list(speech.by_size.values()) == [6, 8, 4, 2]
    assert list(speech.by_channel.values()) == [12, 8]


def test_every_line_of_business_that_the_speech_names_is_among_the_20() -> None:
    lines = {unit.line for unit in DESIGNATED}
    assert lines == {
        *("机械制造", "化工", "食品加工", "餐饮", "住宿", "物流", "大型商场", "超市", "便利店"),
        *("村", "社区", "企业家协会", "个体劳动者协会"),
    }


@pytest.mark.parametrize("unit", BATCH.batch.applicants, ids=lambda unit: unit.key)
def test_every_application_is_one_that_the_registry_takes(unit: Applicant) -> None:
    profile(as_command(unit), BATCH.batch.division, START)
    assert (unit.application["recommender"] is None) == (channel(unit) == "self_nominated")


@pytest.mark.parametrize("unit", BATCH.batch.applicants, ids=lambda unit: unit.key)
def test_a_credit_code_fits_its_unit_and_only_organisations_go_without(unit: Applicant) -> None:
    code = unit.application["credit_code"]
    kind = UnitKind(unit.application["unit_kind"])
    if code is None:
        assert kind in {UnitKind.VILLAGE_COMMUNITY, UnitKind.CHAMBER}
        return
    credit_code.validate(code)
    begins = {"enterprise": "91", "individual_business": "92", "chamber": "51"}[kind]
    assert code.startswith(begins + unit.division)
    assert organisation_check(code[8:16]) == code[16]


def organisation_check(eight: str) -> str:
    """The check character of an organisation code (GB 11714): weighted sum modulo 11."""
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(digits.index(c) * weight for c, weight in zip(eight, weights, strict=True))
    return "0123456789X"[-total % 11]


def test_no_two_units_share_name_code_address_contact_or_phone() -> None:
    for field in ("unit_name", "credit_code", "address", "contact_name", "contact_phone"):
        told = [its.application[field] for its in BATCH.batch.applicants]
        values = [value for value in told if value]
        assert len(values) == len(set(values)), field
    keys = [its.key for its in BATCH.batch.applicants]
    assert len(keys) == len(set(keys))


def test_phone_numbers_are_such_as_nobody_can_have() -> None:
    """Local numbers in China begin with 2 to 8; these begin with 0."""
    phones = [its.application["contact_phone"] for its in BATCH.batch.applicants]
    phones += [its.contact_phone for its in BATCH.batch.objections if its.contact_phone]
    assert len(phones) == len(set(phones))
    assert all(phone.startswith("0731-00000") for phone in phones)


@pytest.mark.parametrize("unit", BATCH.batch.applicants, ids=lambda unit: unit.key)
def test_each_unit_has_exactly_the_checks_of_its_kind(unit: Applicant) -> None:
    kind = UnitKind(unit.application["unit_kind"])
    assert {its.check for its in unit.checks} == {str(check) for check in checks_for(kind)}


@pytest.mark.parametrize("unit", DESIGNATED, ids=lambda unit: unit.key)
def test_who_is_designated_has_passed_everything(unit: Applicant) -> None:
    assert {its.finding for its in unit.checks} == {str(Finding.PASSED)}
    assert unit.conclusion.votes_for > unit.conclusion.votes_against


def test_five_are_eliminated_for_the_reasons_of_the_speech_and_the_rules() -> None:
    grounds = {its.key: set(its.conclusion.grounds) for its in ELIMINATED}
    assert grounds == {
        "department-store": {"penalty_within_year"},
        "builder": {"dishonest_debtor", "wage_arrears"},
        "freight": {"tax_arrears"},
        "hotpot-chain": {"wage_arrears"},
        "chemical-plant": {"serious_illegality", "penalty_within_year"},
    }
    assert all(its.conclusion.reasons for its in ELIMINATED)


def test_the_fined_retailer_is_flagged_so_that_people_decide() -> None:
    (retailer,) = (its for its in ELIMINATED if its.key == "department-store")
    found = {its.check: its.finding for its in retailer.checks if its.finding != "passed"}
    assert found == {"violations_and_penalties": "flagged"}
    assert found.keys().isdisjoint(str(check) for check in HARD_STOPS)
    assert retailer.conclusion.votes_against > retailer.conclusion.votes_for


def test_the_group_and_the_body_of_the_data_are_those_of_the_cast() -> None:
    assert {its.key: its.name for its in BATCH.batch.group} == {
        key: person.name for key, person in cast.REVIEWERS.items()
    }
    assert [(its["name"], its["unit"]) for its in BATCH.batch.bodies] == [
        (its.name, its.unit) for its in cast.CAST.bodies
    ]


def test_who_stays_out_is_whom_the_rules_find_or_says_why() -> None:
    assert [its.key for its in BATCH.batch.applicants if its.records.recusals] == [
        "entrepreneurs-association",
        "hotel",
    ]
    for unit in BATCH.batch.applicants:
        silent = {its.member for its in unit.records.recusals if its.reasons is None}
        assert silent == {key for key, interests in INTERESTS.items() if tie(interests, of(unit))}


INTERESTS = {
    its.key: Interests(bodies=its.interests.bodies)
    for its in BATCH.batch.group
    if its.interests is not None
}


def of(unit: Applicant) -> Unit:
    """The applicant as ties are looked for."""
    told = unit.application
    group = IndustryGroup(industry(unit))
    return Unit(told["unit_name"], told["credit_code"], told["recommender"], group, unit.division)


@pytest.mark.parametrize("unit", BATCH.batch.applicants, ids=lambda unit: unit.key)
def test_a_unit_brings_every_document_that_the_formal_check_may_require(unit: Applicant) -> None:
    brought = {DocumentKind(kind) for kind in papers.kinds_for(unit)}
    assert unit.brings_documents
    kind = UnitKind(unit.application["unit_kind"])
    assert brought >= required(kind, Channel(channel(unit)), Settings())


def test_a_paper_is_a_pdf_and_always_the_same() -> None:
    unit = BATCH.batch.applicants[0]
    first, again = (papers.paper("commitment", unit, START) for _ in range(2))
    assert first == again
    assert first.startswith(b"%PDF-")


def test_points_at_work_are_some_that_are_designated() -> None:
    told, designated = points_data.load(), {its.key for its in DESIGNATED}
    named = [*(its.applicant for its in told.in_office), told.retiring.applicant]
    assert set(named) <= designated
    assert len(named) == len(set(named))


def test_one_objection_is_named_and_one_anonymous_and_both_are_overruled() -> None:
    designated = {its.key for its in DESIGNATED}
    assert sorted(its.anonymous for its in BATCH.batch.objections) == [False, True]
    for objection in BATCH.batch.objections:
        assert objection.applicant in designated
        assert (objection.contact_name is None) == objection.anonymous
        assert (objection.contact_phone is None) == objection.anonymous
        assert objection.outcome == "overruled"


def test_the_deliberation_has_a_quorum_and_follows_the_close_of_applications() -> None:
    batch = BATCH.batch
    assert BATCH.meeting.deliberation.present * 2 > BATCH.meeting.deliberation.members
    assert batch.days.opens <= batch.days.closes < BATCH.meeting.day


def test_the_districts_figures_earn_the_speech_s_spread_by_either_method() -> None:
    entities = {its.division: its.market_entities for its in BATCH.batch.districts}
    assert largest_remainder(entities, 20) == BATCH.speech.by_district
    assert sainte_lague(entities, 20) == BATCH.speech.by_district


def largest_remainder(weights: dict[str, int], places: int) -> dict[str, int]:
    whole = sum(weights.values())
    spread = {name: weight * places // whole for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: -(weights[name] * places % whole))
    for name in by_remainder[: places - sum(spread.values())]:
        spread[name] += 1
    return spread


def sainte_lague(weights: dict[str, int], places: int) -> dict[str, int]:
    spread = dict.fromkeys(weights, 0)
    for _ in range(places):
        spread[max(weights, key=lambda name: weights[name] / (2 * spread[name] + 1))] += 1
    return spread


def every_payload(batch: FirstBatch) -> list[tuple[str, dict[str, object]]]:
    listed = [SOME_ID]
    figures = payloads.district_figures(batch.batch.division, batch.batch.districts, 2025)
    found = [
        ("OpenBatch", payloads.open_batch(batch.batch, SOME_ID, START)),
        ("RecordDistrictFigures", figures),
        (
            "RecordDeliberation",
            payloads.deliberation(batch.meeting.deliberation, SOME_ID, OTHER_ID, START, listed),
        ),
        (
            "PublishNotice",
            payloads.notice(batch.meeting.notice, SOME_ID, OTHER_ID, listed),
        ),
        ("DesignatePoints", payloads.designation(SOME_ID, listed)),
    ]
    for member in batch.batch.group:
        declared = payloads.interests(member.interests, SOME_ID, OTHER_ID)
        found.append(("DeclareInterests", declared))
    found.append(("AppointReviewGroup", payloads.group(SOME_ID, [SOME_ID, OTHER_ID])))
    for unit in batch.batch.applicants:
        found += recorded(unit)
        found.append(("ConcludeReview", payloads.conclusion(unit, SOME_ID)))
        found += [payloads.finding(check, SOME_ID, START) for check in unit.checks]
    for its in batch.batch.objections:
        found.append(("ObjectToNotice", payloads.objection(its, SOME_ID, OTHER_ID, SOME_ID)))
        found.append(("DecideObjection", payloads.decision(its, SOME_ID, OTHER_ID)))
    return found


def recorded(unit: Applicant) -> list[tuple[str, dict[str, object]]]:
    """What a review puts on record beside its checks."""
    found = [("CastVote", payloads.vote(SOME_ID, True))]
    for command, name, held in (
        ("RecordVisit", "visit_id", unit.records.visits),
        ("RecordTalk", "talk_id", unit.records.talks),
    ):
        made = {name: OTHER_ID}
        found += [(command, payloads.encounter(its, SOME_ID, made, START)) for its in held]
    for its in unit.records.opinions:
        found.append(("AskOpinion", payloads.question(its, SOME_ID, OTHER_ID, None)))
        found.append(("AnswerOpinion", payloads.answer(its, SOME_ID, OTHER_ID)))
    return found


def test_every_payload_is_one_that_its_command_s_schema_takes() -> None:
    for command_type, payload in every_payload(BATCH):
        COMMANDS.find(command_type).load(payload)
