"""Books that leave on paper: each is a print, and its code is known again."""

from __future__ import annotations

import pytest

from app.documents.visit_log import LogOptions
from app.domain.exporting import ExportBook, Recipient
from app.domain.masking import Mask
from app.domain.problem import Unavailable
from app.services.paper_checks import PaperAnswer, PaperChecks
from tests.casework import visit
from tests.exporting import BOARD, order, village_of
from tests.records import NOBODYS
from tests.storefile import household_of


@pytest.fixture
def village(work):
    return village_of(work)


def prints(work) -> list[tuple[str, str, str]]:
    with work.begin() as unit:
        return [
            tuple(row)
            for row in unit.connection.exec_driver_sql(
                "SELECT form, document_no, code FROM print_record"
            )
        ]


@pytest.mark.parametrize("book", [one for one in ExportBook if one is not ExportBook.ROSTER])
def test_a_book_that_was_never_laid_down_was_never_printed(village, tmp_path, book):
    with pytest.raises(Unavailable):
        village.exports.write(order(tmp_path / "nowhere" / "x.pdf", book))

    assert prints(village) == []

    village.exports.write(order(tmp_path / "x.pdf", book))

    assert len(prints(village)) == 1


@pytest.mark.parametrize(
    ("book", "form"),
    [
        (ExportBook.VISITS, "F15L"),
        (ExportBook.FUND, "F18"),
        (ExportBook.WATCHED, "F23"),
        (ExportBook.REPORT, "F24"),
    ],
)
def test_the_code_on_an_exported_book_is_known(village, tmp_path, begin, rules, book, form):
    path = tmp_path / "x.pdf"
    village.exports.write(order(path, book))
    checks = PaperChecks(begin, rules)
    village.clock.advance(days=20)

    (check,) = checks.of_file(path.read_bytes())

    assert (check.answer, check.printed.form) == (PaperAnswer.AGREES, form)
    assert checks.of_code(check.printed.code).answer is PaperAnswer.AGREES


@pytest.mark.parametrize(
    "options",
    [LogOptions(), BOARD, LogOptions(mask=Mask.ONLY_LAST_4, phone=True, health=True, note=False)],
)
def test_the_log_is_known_again_as_it_was_shown(village, tmp_path, begin, rules, options):
    path = tmp_path / "x.pdf"
    recipient = Recipient.NOTICE_BOARD if options is BOARD else Recipient.COUNTY
    village.exports.write(order(path, options=options, recipient=recipient))

    (check,) = PaperChecks(begin, rules).of_file(path.read_bytes())

    assert check.answer is PaperAnswer.AGREES
    assert check.title == "走访台账"


def test_a_book_with_a_character_no_font_has_says_so(village, tmp_path):
    odd = household_of(f"王{NOBODYS}英", id_number=None)
    village.households.add_all([odd])
    village.visits.record(visit(odd))

    paper = village.exports.write(order(tmp_path / "x.pdf"))
    sheet = village.exports.write(order(tmp_path / "x.csv"))

    assert (paper.unprintable, sheet.unprintable) == ((NOBODYS,), ())
