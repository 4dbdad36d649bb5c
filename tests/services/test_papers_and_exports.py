"""Applications filed, papers printed, lists exported, and what the log says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain import documentno
from app.domain.casework import Need
from app.domain.households import Category
from app.domain.masking import Mask
from app.domain.money import Money
from app.domain.problem import Refused, Unavailable
from app.services.applications import FileApplication
from app.services.fund import ReserveFunds
from app.services.household_corrections import Correction
from app.services.paper_checks import PaperAnswer, PaperChecks
from app.store import journal, projection
from app.store.atomic import disk_full
from tests.casework import TODAY, interviewed, payment, refusal, visit
from tests.pdfs import text_of
from tests.storefile import household_of


def once(begin):
    """Begins one transaction; then the disk is full."""
    left = [begin]

    def begin_or_fail():
        if not left:
            raise disk_full()
        return left.pop()()

    return begin_or_fail


@pytest.fixture
def household(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def test_an_application_is_numbered_and_filed_by_the_head(work, household):
    filed = work.applications.file(FileApplication(household=household.id, assessment=None))

    assert filed.applicant == household.head
    assert Category.DIBAO in filed.requested
    assert work.applications.of(household.id) == [filed]


def test_a_household_without_a_head_files_nothing(work):
    headless = replace(household_of("覃兰英"), head=None)
    work.households.add_all([headless])

    request = FileApplication(household=headless.id, assessment=None)

    assert refusal(work.applications.file, request).code == "F-30"


def test_a_paper_that_has_nothing_to_be_about_is_named_as_missing(work, household):
    offers = {offer.form: offer for offer in work.printing.offers(household.id)}

    assert {form for form, offer in offers.items() if offer.ready} == {
        "F01B", "F02B", "F03B", "F08L", "F08LA3", "F15B", "F16", "F17aB", "F23", "F24", "F28",
    }  # fmt: skip
    assert not any(offer.usual for offer in offers.values() if offer.ready)
    assert refusal(work.printing.make, "F01", household.id).code == "P-20"


def test_printing_again_keeps_the_number_and_counts(work, household):
    work.visits.record(visit(household))

    first = work.printing.make("F15", household.id)
    second = work.printing.make("F15", household.id)

    assert first.document_no == second.document_no
    with work.begin() as unit:
        prints = unit.casework.household_prints(household.id)
    assert sorted(one.reprint_no for one in prints) == [0, 1]


def test_a_paper_of_one_case_with_other_facts_says_so_under_the_same_number(
    work, household, begin, rules
):
    tested = work.assessments.save(household.id, interviewed(work, household))
    work.applications.from_assessment(tested)
    first = work.printing.make("F01", household.id)
    again = work.printing.make("F01", household.id)
    work.clock.advance(minutes=5)
    told = Correction(household=household.id, fields={"phone": "19900001111"})
    work.corrections.correct(told)
    looked = work.printing.sketch("F01", household.id)
    other = work.printing.make("F01", household.id)
    other_again = work.printing.make("F01", household.id)

    assert {first.document_no, again.document_no} == {other.document_no}
    assert "次改后打印" not in text_of(first.pdf) + text_of(again.pdf)
    assert looked.stamp.changed_no == 1
    assert "第 1 次改后打印" in text_of(other.pdf)
    assert "补打" not in text_of(other.pdf)
    assert "第 1 次改后打印 · 第 1 次补打" in text_of(other_again.pdf)
    checks = PaperChecks(begin, rules).of_file(other_again.pdf)
    assert [one.answer for one in checks] == [PaperAnswer.AGREES]


def test_a_visit_told_otherwise_is_another_paper_with_another_number(work, household):
    work.visits.record(visit(household))
    first = work.printing.make("F28", household.id)
    work.corrections.correct(Correction(household=household.id, fields={"address": "别的地方"}))

    other = work.printing.make("F28", household.id)

    assert first.document_no != other.document_no
    assert "次改后打印" not in text_of(other.pdf)


def test_a_look_at_a_paper_takes_no_number_and_cannot_be_told_from_the_log(work, household):
    work.visits.record(visit(household))
    with work.begin() as unit:
        head = unit.head

    looked = work.printing.sketch("F15", household.id)
    work.printing.sketch("F15", household.id)
    printed = work.printing.make("F15", household.id)

    assert not looked.stamp.counts
    assert documentno.parse(printed.document_no).serial == 1
    with work.begin() as unit:
        assert unit.head.n == head.n + 1
        assert unit.local.drafts() == []


def test_a_look_at_a_paper_that_has_a_number_shows_it(work, household):
    work.visits.record(visit(household))
    printed = work.printing.make("F15", household.id)

    assert work.printing.sketch("F15", household.id).stamp.document_no == printed.document_no


@pytest.mark.parametrize(
    ("name", "mask", "reason", "code"),
    [
        ("x.docx", Mask.MIDDLE_8, None, "E-01"),
        ("x.csv", Mask.FULL, None, "E-04"),
        ("x.xlsx", Mask.FULL, None, "E-03"),
    ],
)
def test_an_export_that_may_not_leave_is_refused_and_not_written(
    work, household, tmp_path, name, mask, reason, code
):
    work.visits.record(visit(household))

    with pytest.raises(Refused) as caught:
        work.exports.visits(TODAY, TODAY, mask, tmp_path / name, reason=reason)

    assert caught.value.code == code
    assert not (tmp_path / name).exists()


def test_an_empty_span_exports_nothing(work, household, tmp_path):
    del household

    problem = refusal(work.exports.visits, TODAY, TODAY, Mask.NONE, tmp_path / "x.csv")

    assert problem.code == "E-02"


def test_more_than_twenty_households_leave_only_with_a_reason(work, tmp_path):
    many = [household_of("覃兰英", door=f"{n}号") for n in range(21)]
    work.households.add_all(many)
    for each in many:
        work.visits.record(visit(each))

    problem = refusal(work.exports.visits, TODAY, TODAY, Mask.MIDDLE_8, tmp_path / "x.csv")
    report = work.exports.visits(TODAY, TODAY, Mask.MIDDLE_8, tmp_path / "x.csv", reason="月报")

    assert problem.code == "E-03"
    assert report.rows == 21


def test_an_export_that_cannot_be_recorded_is_not_left(work, household, tmp_path):
    work.visits.record(visit(household))
    exports = replace(work.exports, begin=once(work.begin))

    with pytest.raises(Unavailable):
        exports.visits(TODAY, TODAY, Mask.NONE, tmp_path / "x.csv")

    assert [one for one in tmp_path.iterdir() if "x.csv" in one.name] == []


def test_an_export_onto_a_folder_is_refused_and_not_recorded(work, household, tmp_path):
    work.visits.record(visit(household))
    (tmp_path / "x.csv").mkdir()
    with work.begin() as unit:
        head = unit.head

    with pytest.raises(Unavailable):
        work.exports.visits(TODAY, TODAY, Mask.NONE, tmp_path / "x.csv")

    with work.begin() as unit:
        assert unit.head == head


def test_a_ledger_that_cannot_be_recorded_is_not_left(work, tmp_path):
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(500), TODAY)
    month = f"{TODAY:%Y-%m}"

    with pytest.raises(Unavailable):
        replace(funds, begin=once(work.begin)).export(month, tmp_path / "x.xlsx")

    assert [one for one in tmp_path.iterdir() if "x.xlsx" in one.name] == []


def test_an_export_is_a_deed_in_the_log(work, household, tmp_path):
    work.visits.record(visit(household, need=Need.NONE))
    work.exports.visits(TODAY, TODAY, Mask.NONE, tmp_path / "x.csv")

    with work.begin() as unit:
        kinds = [op.kind for op in journal.read_operations(unit.connection)]
    assert kinds[-1] == "visits.exported"


def test_a_shown_number_is_a_deed_in_the_log(work, household):
    work.households.note_reveal(household.id, household.members[0].person.id)

    with work.begin() as unit:
        kinds = [op.kind for op in journal.read_operations(unit.connection)]
    assert kinds[-1] == "person.number_shown"


def test_a_roster_with_somebody_already_here_is_refused_whole(work):
    number = "459901195803090027"
    work.households.add_all([household_of("覃兰英", id_number=number)])

    others = [household_of("黄有财"), household_of("覃兰英", id_number=number)]

    assert refusal(work.households.add_all, others).code == "R-30"
    assert len(work.households.lines()) == 1


def test_everything_recorded_is_in_the_history_newest_first(work, household):
    work.visits.record(visit(household, visited_on=TODAY - timedelta(days=40)))
    work.relief.pay(payment(household))
    work.assessments.save(household.id, interviewed(work, household))

    kinds = [happening.kind for happening in work.households.history(household.id)]

    assert set(kinds) == {"visit", "relief", "assessment"}
    assert kinds[-1] == "visit"


def test_after_a_day_of_work_log_and_tables_agree(work, household):
    work.visits.record(visit(household))
    work.relief.pay(payment(household))
    work.assessments.save(household.id, interviewed(work, household))
    work.applications.file(FileApplication(household=household.id, assessment=None))

    with work.begin() as unit:
        assert projection.differences(unit.connection) == []
        assert journal.verify_chain(unit.connection).n == unit.head.n
