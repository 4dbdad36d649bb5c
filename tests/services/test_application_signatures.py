"""Signatures of an application: who signs what, until when, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.households import Category
from app.domain.ids import ObligorId
from app.domain.people import Obligor, PersonStatus
from app.domain.problem import Refused
from app.domain.procedure import CheckScope, FiledBy, Proxy, SignedKind
from app.services.application_signatures import DeclareRelatives, births
from app.services.signed_days import require_signed_day
from app.services.signers import Signer, signers_of
from tests.cases import layered, value_toml
from tests.filing import Filing, refused
from tests.published import publish

DAY = timedelta(days=1)
COUSIN = {
    "staff_name": "覃主任", "staff_unit": "镇民政办", "staff_post": "办事员", "relation": "堂兄",
}  # fmt: skip


@pytest.fixture
def filing(work):
    return Filing(work)


def declare(filing, **said):
    request = {"application": filing.id, "declared_on": filing.today, "has_relative": False}
    filing.work.signatures.declare(DeclareRelatives(**(request | said)))


def with_members(household, *changes):
    """The household with its members' persons changed, one change after another."""
    members = tuple(
        replace(member, person=replace(member.person, **change))
        for member, change in zip(household.members, changes, strict=True)
    )
    return replace(household, members=members)


def test_everybody_grown_signs_both_papers_once(filing):
    filing.sign()
    assert [one.holds for one in filing.whole.signatures] == [True] * 4
    request = {"signer": "", "signed_on": filing.today}

    filing.sign(**request)

    with filing.work.begin() as unit:
        assert len(unit.procedure.signed(filing.household.id)) == 4


def test_children_and_the_dead_sign_nothing(filing):
    household = with_members(
        filing.household, {"birth": date(1970, 1, 1)}, {"birth": date(2012, 1, 1)}
    )
    dead = with_members(filing.household, {}, {"status": PersonStatus.DEAD})

    for one in (household, dead):
        assert [s.name for s in signers_of(filing.now, one, None)] == ["覃兰英"]


def test_where_all_need_a_guardian_one_signs_on_the_applicants_page(filing):
    children = with_members(
        filing.household, {"birth": date(2012, 1, 1)}, {"birth": date(2014, 1, 1)}
    )

    (signer,) = signers_of(filing.now, children, None)

    assert (signer.person, signer.is_guarded) == (children.head, True)


def test_for_tekun_the_obligors_authorise_the_check_and_declare_nothing(filing):
    obligor = Obligor(
        id=ObligorId("o-1"), household=filing.household.id, name="覃大海", relation="儿子"
    )
    household = replace(filing.household, obligors=(obligor,))
    tekun = replace(filing.now, requested=(Category.TEKUN,))

    signer = signers_of(tekun, household, None)[-1]

    assert (signer.obligor, signer.kinds) == ("o-1", (SignedKind.AUTHORISATION,))
    assert len(signers_of(filing.now, household, None)) == 2


def test_an_authorisation_warns_a_month_before_it_ends_and_is_signed_again(filing):
    filing.sign(valid_to=filing.today + 31 * DAY)
    first = filing.whole.signatures[0]
    assert (first.holds, first.ends_soon) == (True, False)

    filing.work.clock.advance(days=1)
    assert filing.whole.signatures[0].ends_soon
    filing.work.clock.advance(days=31)
    assert not filing.whole.signatures[0].holds

    filing.sign()
    assert filing.whole.signatures[0].holds


def test_the_scope_is_that_of_the_form_unless_something_was_crossed_out(filing):
    filing.sign(kind=SignedKind.AUTHORISATION, scope=(CheckScope.DEPOSIT, CheckScope.VEHICLE))

    paper = filing.whole.signatures[0].paper

    assert paper.scope == (CheckScope.DEPOSIT, CheckScope.VEHICLE)
    assert refused(filing.sign, scope=()).code == "A-32"


def test_where_the_paper_lies_is_the_applications_number_unless_said(filing):
    filing.sign(signer=filing.household.head)

    assert filing.whole.signatures[0].paper.paper_ref == filing.now.document_no


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"signed_on": date(2026, 3, 3)}, "A-30"),
        ({"valid_to": date(2026, 3, 1)}, "A-30"),
        ({"signer": "somebody-else"}, "A-31"),
    ],
)
def test_a_signature_that_cannot_be_is_refused(filing, said, code):
    assert refused(filing.sign, **said).code == code
    assert not any(one.holds for one in filing.whole.signatures)


def test_taking_back_needs_a_reason_a_past_day_and_a_paper(filing):
    filing.sign()
    revoke = filing.work.signatures.revoke
    paper = filing.whole.signatures[0].paper.id

    assert refused(revoke, paper, filing.today, " ").code == "A-08"
    assert refused(revoke, paper, filing.today + DAY, "不想查了").code == "A-30"
    assert refused(revoke, "nothing", filing.today, "不想查了").code == "A-31"
    assert all(one.holds for one in filing.whole.signatures)


def test_relatives_are_asked_for_until_somebody_answered(filing):
    kinds = {one.kind for one in filing.whole.lacks}
    assert "近亲属备案" in kinds

    declare(filing, is_signed=False)
    assert {one.kind for one in filing.whole.lacks} & {"近亲属备案", "近亲属备案签字"} == {
        "近亲属备案签字"
    }
    filing.work.clock.advance(days=1)
    declare(filing, has_relative=True, **COUSIN)

    assert filing.whole.relative.staff_name == "覃主任"
    assert not {one.kind for one in filing.whole.lacks} & {"近亲属备案", "近亲属备案签字"}


def test_a_county_that_does_not_file_relatives_asks_nobody(filing):
    publish(filing.work, layered(value_toml("relative_filing_required", "value = false")))

    assert "近亲属备案" not in {one.kind for one in filing.whole.lacks}


def test_a_relative_has_a_name_a_post_and_a_relation_and_a_day_that_came(filing):
    for missing in ("staff_name", "staff_post", "relation"):
        problem = refused(declare, filing, has_relative=True, **(COUSIN | {missing: " "}))
        assert (problem.code, problem.field) == ("A-34", missing)
    assert refused(declare, filing, declared_on=filing.today + DAY).code == "A-30"
    assert filing.whole.relative is None


def test_who_files_for_another_is_known_by_a_number_that_can_be_one(filing):
    proxy = Proxy(filed_by=FiledBy.PROXY, name="覃大山", id_number="459901196003090018")

    problem = refused(filing.work.signatures.set_proxy, filing.id, proxy)

    assert (problem.code, problem.field) == ("I-05", "id_number")
    filing.work.signatures.set_proxy(filing.id, replace(proxy, id_number="45990119600309 0019"))
    assert filing.now.proxy.id_number == "459901196003090019"
    assert "459901" not in repr(filing.now.proxy)


@pytest.mark.parametrize("missing", ["name", "id_number", "relation", "phone", "signed_on"])
def test_a_power_of_attorney_says_all_of_it(missing):
    whole = Proxy(
        filed_by=FiledBy.PROXY, name="覃大山", id_number="459901196003090019", relation="侄子",
        phone="0776-5551234", signed_on=date(2026, 3, 2),
    )  # fmt: skip

    assert whole.is_whole
    assert not replace(whole, **{missing: None}).is_whole
    assert replace(whole, filed_by=FiledBy.SELF, **{missing: None}).is_whole


def test_whose_hands_it_is_in_is_not_changed_once_it_is_with_the_county(filing):
    proxy = Proxy(filed_by=FiledBy.VILLAGE)
    set_proxy = filing.work.signatures.set_proxy
    late = replace(proxy, signed_on=filing.today + DAY)
    assert refused(set_proxy, filing.id, late).code == "A-30"

    set_proxy(filing.id, proxy)
    filing.work.signatures.set_proxy(filing.id, Proxy())
    filing.sent()

    assert refused(set_proxy, filing.id, proxy).code == "A-35"
    assert E.WITHDRAW in filing.events()


# which days a signature may have


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(1026, 3, 2)])
def test_nobody_signs_before_they_were_born(filing, day):
    problem = refused(filing.sign, signed_on=day)

    assert (problem.code, problem.field) == ("A-44", "signed_on")
    assert not any(one.holds for one in filing.whole.signatures)
    assert filing.sign(signed_on=date(1990, 1, 1)).whole.signatures[0].holds


def test_where_no_birthday_is_known_a_life_is_the_bound(work):
    with pytest.raises(Refused) as caught:
        require_signed_day(date(1896, 3, 1), date(2026, 3, 2), ())

    assert caught.value.code == "A-44"
    require_signed_day(date(1896, 3, 2), date(2026, 3, 2), (None,))


def test_an_obligor_does_not_sign_before_being_born(filing):
    with filing.work.begin() as unit:
        home = unit.households.get(filing.household.id)
        assert home is not None
    obligor = Obligor(
        id=ObligorId("o-1"), household=home.id, name="覃大", relation="儿子", birth=date(1995, 5, 5)
    )
    signer = Signer(None, obligor.id, obligor.name)

    assert births(replace(home, obligors=(obligor,)), signer) == [date(1995, 5, 5)]
    assert births(home, signer) == []


def test_a_paper_is_not_taken_back_before_it_was_signed(filing):
    filing.sign()
    with filing.work.begin() as unit:
        paper = unit.procedure.signed(filing.household.id)[0]

    problem = refused(filing.work.signatures.revoke, paper.id, filing.today - DAY, "不同意了")

    assert (problem.code, problem.field) == ("A-44", "on")
    filing.work.signatures.revoke(paper.id, filing.today, "不同意了")


def test_a_declaration_and_a_proxy_are_no_older_than_the_applicant(filing):
    old = date(1969, 12, 31)
    assert refused(declare, filing, declared_on=old).field == "declared_on"
    proxy = Proxy(filed_by=FiledBy.VILLAGE, name="韦主任", signed_on=old)

    assert refused(filing.work.signatures.set_proxy, filing.id, proxy).code == "A-44"
    filing.work.signatures.set_proxy(filing.id, replace(proxy, signed_on=date(1971, 1, 1)))


def test_a_proxy_signs_nothing_before_being_born_either(filing):
    number = "11010519991231002"
    proxy = Proxy(filed_by=FiledBy.VILLAGE, name="韦主任", id_number=whole(number))

    early = replace(proxy, signed_on=date(1999, 12, 30))

    assert refused(filing.work.signatures.set_proxy, filing.id, early).code == "A-44"
    filing.work.signatures.set_proxy(filing.id, replace(proxy, signed_on=date(2026, 1, 2)))


def whole(number: str) -> str:
    """Seventeen digits with their check digit (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    return number + "10X98765432"[total % 11]
