"""Papers and time: no untouched one is called changed, no two different ones share a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.documents.visit_log import LogOptions
from app.domain.application_events import ApplicationEvent as E
from app.domain.caring import WatchCause
from app.domain.casework import ApplicationStatus as S
from app.domain.casework import EventKind
from app.domain.family import FamilyChange, FamilyDeed
from app.domain.households import Category
from app.domain.money import Money
from app.domain.people import IdKind
from app.domain.procedure import FiledBy, Proxy
from app.services.application_signatures import DeclareRelatives
from app.services.applications import FileApplication
from app.services.care_agreements import CareAgreements, NewCare
from app.services.fund import ReserveFunds
from app.services.ground_rules import GroundRules
from app.services.household_corrections import Correction
from app.services.investigations import Investigations, RecordInvestigation
from app.services.log_papers import LogSpan
from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.papers import KINDS
from app.services.policies import Policies
from app.services.printing import draw
from app.services.referrals import Referrals
from app.services.watchlist import NewWatch, Watchlist
from tests.casework import TODAY, interviewed, payment, visit
from tests.filing import Filing
from tests.pdfs import written
from tests.storefile import household_of
from tests.visiting import new_referral

MARCH = LogSpan(date(2026, 3, 1), date(2026, 3, 31), LogOptions())
TRUE = {PaperAnswer.AGREES, PaperAnswer.NEXT_STEP}


@pytest.fixture
def checks(begin, rules) -> PaperChecks:
    return PaperChecks(begin, rules)


@pytest.fixture
def home(work):
    """A household with most of what there can be about one."""
    made = household_of("覃兰英", "覃小雨", id_kind=IdKind.HUKOU_BOOK, birth=date(1970, 1, 1))
    made = replace(made, category=Category.DIBAO, benefit_month=Money(41_000))
    work.households.add_all([made])
    work.visits.record(visit(made))
    tested = work.assessments.save(made.id, interviewed(work, made))
    work.applications.from_assessment(tested)
    ReserveFunds(work.begin, work.clock).put_in(Money.yuan(1000), TODAY)
    work.relief.pay(payment(made))
    Referrals(work.begin, work.clock).refer(new_referral(made))
    CareAgreements(work.begin, work.clock).draft(
        NewCare(
            household=made.id, name="覃兰英", carer="韦阿姐", starts_on=TODAY,
            ends_on=TODAY + timedelta(days=300),
        )
    )  # fmt: skip
    Watchlist(work.begin, work.clock).notice(
        NewWatch(
            household=made.id, cause=WatchCause.AT_RISK_MARGINAL, note="欠账", noticed_on=TODAY
        )
    )
    return made


@pytest.fixture
def filings(work) -> dict[str, Filing]:
    """Applications as far as their papers go: to be posted, confirmed, refused, brought, 特困."""
    waiting, confirmed, refused, brought, reviewed = (Filing(work) for _ in range(5))
    brought.work.signatures.set_proxy(
        brought.id, Proxy(filed_by=FiledBy.PROXY, name="覃小妹", relation="女儿")
    )
    for one in (waiting, brought):
        work.signatures.declare(
            DeclareRelatives(
                application=one.id, has_relative=True, staff_name="覃大海",
                staff_unit="村委会", staff_post="副主任", relation="弟弟",
                declared_on=one.today, is_signed=True,
            )
        )  # fmt: skip
    Investigations(work.begin, work.clock).record(
        RecordInvestigation(
            household=waiting.household.id, application=waiting.id, investigated_on=TODAY,
            investigators=("王秀英", "韦志强"), respondent="覃兰英",
            answers={"housing": "自建砖房"}, fits=True, conclusion="属实",
        )
    )  # fmt: skip
    confirmed.sent().county_says(
        S.CONFIRMED, decided_category="dibao", decided_benefit_month_fen=41_000
    )
    refused.sent().county_says(S.REFUSED, decided_on=refused.today, decision_note="超过标准")
    waiting.assessed()
    reviewed.assessed().take(E.NEED_REVIEW).review()
    alone = household_of("侬阿公", door="31号", id_kind=IdKind.HUKOU_BOOK)
    work.households.add_all([alone])
    work.applications.file(
        FileApplication(household=alone.id, assessment=None, requested=(Category.TEKUN,))
    )
    left = household_of("韦一", "韦二", door="41号")
    work.households.add_all([left])
    work.families.do(
        FamilyChange(
            household=left.id, kind=FamilyDeed.MOVE_OUT, on=TODAY,
            people=(left.members[1].person.id,), to_place="省城",
        )
    )  # fmt: skip
    return {"waiting": waiting, "confirmed": confirmed, "refused": refused, "brought": brought}


def printed_all(work) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Form and household → code and file of everything that can be printed now."""
    found = {}
    homes = [line.id for line in work.households.lines()]
    wanted = [
        (one.form, home, one.entity_id)
        for home in homes
        for one in work.printing.offers(home)
        if one.ready and not KINDS[one.form].is_blank
    ]
    own = ("F18", f"{TODAY:%Y-%m}"), ("visits", work.clock.today().isoformat())
    wanted += [(form, None, about) for form, about in (*own, ("F15L", MARCH.key))]
    for form, home, about in wanted:
        prepared = work.printing.prepare(form, home, about)
        work.printing.record(prepared)
        found[form, home or ""] = prepared.code, draw(prepared).pdf
    return found


def test_no_paper_is_called_changed_because_days_have_passed(work, checks, home, filings):
    papers = printed_all(work)
    work.clock.advance(days=40)

    said = {key: checks.of_code(code).answer for key, (code, _pdf) in papers.items()}
    wrong = {key: answer for key, answer in said.items() if answer not in TRUE}
    forms = {form for form, _home in papers}

    assert wrong == {}
    assert {form for (form, _home), answer in said.items() if answer is PaperAnswer.NEXT_STEP} <= {
        "F28", "F27", "visits",
    }  # fmt: skip  # they name what was printed or is to be done since
    numbered = {code for code, kind in KINDS.items() if not kind.is_blank}
    assert numbered - forms <= {"F12", "F20", "F25"}
    once = {form: pdf for (form, _home), (_code, pdf) in papers.items()}
    for form, pdf in once.items():
        for check in checks.of_file(pdf):
            assert check.answer in TRUE, (form, check.answer, check.differing)


def test_after_the_next_step_a_paper_is_of_its_time_and_not_changed(work, checks, home, filings):
    papers = printed_all(work)
    work.clock.advance(days=1)
    filings["waiting"].post()
    filings["refused"].take(E.TELL, received_by="覃兰英", note="念给本人听了")
    work.visits.record(visit(home, visited_on=work.clock.today()))
    work.relief.pay(
        payment(
            home,
            payee_name="覃小雨",
            payee=home.members[1].person.id,
            event=EventKind.SUDDEN_ILLNESS,
        )
    )
    new = household_of("韦志强", door="15号")
    work.households.add_all([replace(new, category=Category.DIBAO)])

    said = {key: checks.of_code(code).answer for key, (code, _pdf) in papers.items()}

    assert {key: answer for key, answer in said.items() if answer not in TRUE} == {}
    hung = said["F07", filings["waiting"].household.id]
    assert hung is PaperAnswer.NEXT_STEP
    assert said["F10", filings["refused"].household.id] is PaperAnswer.NEXT_STEP


def test_a_correction_is_told_apart_from_a_next_step(work, checks, home):
    made = work.printing.make("F01", home.id)
    work.corrections.correct(Correction(household=home.id, fields={"address": "别的地方"}))

    assert checks.of_code(made.code).answer is PaperAnswer.MOVED_ON


def test_a_form_that_looks_otherwise_now_is_said_to(work, begin, checks, home):
    made = work.printing.make("F01", home.id)
    with begin() as unit:
        unit.connection.exec_driver_sql("UPDATE print_record SET form_version = '0'")
        unit.commit()

    assert checks.of_code(made.code).answer is PaperAnswer.OTHER_FORM


@pytest.mark.parametrize(("form", "about"), [("F16", None), ("F08L", "supported")])
def test_another_paper_about_the_same_gets_another_number(work, home, form, about):
    subject = about or home.id
    first = work.printing.make(form, home.id, subject)
    again = work.printing.make(form, home.id, subject)
    work.clock.advance(days=31)
    work.relief.pay(
        payment(
            home,
            payee_name="覃小雨",
            payee=home.members[1].person.id,
            event=EventKind.SUDDEN_ILLNESS,
        )
    )
    later = work.printing.make(form, home.id, subject)
    once_more = work.printing.make(form, home.id, subject)

    assert again.document_no == first.document_no
    assert "第1次补打" in "".join(written(again.pdf).split())
    assert later.document_no != first.document_no
    assert "补打" not in written(later.pdf)
    assert (once_more.document_no, once_more.code) == (later.document_no, later.code)
    assert "第1次补打" in "".join(written(once_more.pdf).split())


def test_a_look_says_the_number_only_of_the_paper_that_has_it(work, home):
    first = work.printing.make("F16", home.id, home.id)

    assert work.printing.sketch("F16", home.id, home.id).stamp.document_no == first.document_no
    work.relief.pay(
        payment(
            home,
            payee_name="覃小雨",
            payee=home.members[1].person.id,
            event=EventKind.SUDDEN_ILLNESS,
            apart="孩子也病了",
        )
    )
    assert work.printing.sketch("F16", home.id, home.id).stamp.document_no != first.document_no


class Updated(Policies):
    """The program a year later: it ships another pack."""

    def load(self, pack_id: str):
        del pack_id
        shipped = super().load("practice")
        return replace(shipped, title="新的政策包", version="2027.1", sha256="0" * 64)


@pytest.mark.parametrize("form", ["F05", "F15", "F16", "F01"])
def test_a_pack_the_program_no_longer_ships_makes_no_paper_false(work, begin, home, form):
    prepared = work.printing.prepare(form, home.id)
    work.printing.record(prepared)
    later = PaperChecks(begin, GroundRules(Updated(), work.clock))

    (check,) = later.of_file(draw(prepared).pdf)

    assert (check.answer, check.differing) == (PaperAnswer.AGREES, ())


def test_the_pack_in_force_is_kept_with_the_first_paper_that_names_it(work, begin):
    untested = household_of("韦志强")
    work.households.add_all([untested])
    prepared = work.printing.prepare("F16", untested.id)
    work.printing.record(prepared)
    later = PaperChecks(begin, GroundRules(Updated(), work.clock))

    assert later.of_file(draw(prepared).pdf)[0].answer is PaperAnswer.AGREES


def test_a_pack_nobody_knows_is_a_changed_paper(work, begin, checks, home):
    prepared = work.printing.prepare("F16", home.id)
    work.printing.record(prepared)
    other = replace(prepared, stamp=replace(prepared.stamp, pack="没有的政策包 2026 版"))

    (check,) = checks.of_file(draw(other).pdf)

    assert check.answer is PaperAnswer.DIFFERS
