"""Papers in the machine's own 仿宋: which it is, that it is named, and where it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.documents.own_face import OwnFaces
from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.print_faces import PrintFaces
from app.services.printing import draw
from app.services.visits import Visits
from tests import pdfs
from tests.casework import refusal, visit
from tests.faces import installed
from tests.storefile import household_of

FORM = "F15"
ELSEWHERE = OwnFaces()
"""A machine without a 仿宋."""


@pytest.fixture
def faces(tmp_path: Path) -> OwnFaces:
    installed(tmp_path / "fonts")
    return OwnFaces((tmp_path / "fonts",))


@pytest.fixture
def home(work):
    found = household_of("覃兰英")
    work.households.add_all([found])
    Visits(work.begin, work.clock, work.rules).record(visit(found))
    return found


@pytest.fixture
def printing(work, faces):
    return replace(work.printing, faces=faces)


def checks(work, faces: OwnFaces) -> PaperChecks:
    return PaperChecks(work.begin, work.rules, faces=faces)


def printed(printing, home):
    """A paper that left: its file and its code."""
    prepared = printing.prepare(FORM, home.id)
    printing.record(prepared)
    return draw(prepared).pdf, prepared.code


def records_of(work, home) -> list[str]:
    with work.begin() as unit:
        return [one.face for one in unit.casework.household_prints(home.id)]


def test_a_machine_with_a_face_prints_in_it_and_the_record_names_it(work, printing, faces, home):
    pdf, _code = printed(printing, home)

    assert "FangSong" in pdfs.fonts_of(pdf)
    assert "NotoSerifSC-Regular" not in pdfs.fonts_of(pdf)
    assert records_of(work, home) == [faces.first.reference]


def test_a_machine_without_prints_as_ever_and_the_record_names_none(work, home):
    pdf, _code = printed(work.printing, home)

    assert "FangSong" not in pdfs.fonts_of(pdf)
    assert records_of(work, home) == [""]


def test_who_does_not_want_it_gets_the_program_s_own(work, printing, faces, home):
    choice = PrintFaces(work.begin, faces)
    before = choice.is_own()
    choice.choose(own=False)
    without, _code = printed(printing, home)
    after = choice.is_own()
    choice.choose(own=True)
    with_it, _code = printed(printing, home)

    assert (before, after, choice.is_own()) == (True, False, True)
    assert "FangSong" not in pdfs.fonts_of(without)
    assert "FangSong" in pdfs.fonts_of(with_it)


def test_where_there_is_none_there_is_nothing_to_choose(work):
    assert PrintFaces(work.begin, ELSEWHERE).is_own() is None


def test_content_number_and_code_are_the_same_in_any_hand(work, printing, home):
    own = printing.sketch(FORM, home.id)
    first = printing.prepare(FORM, home.id)
    other = work.printing.prepare(FORM, home.id)

    assert own.stamp.face is not None
    assert (first.content_sha256, first.code, first.stamp.document_no) == (
        other.content_sha256, other.code, other.stamp.document_no
    )  # fmt: skip


def test_a_paper_is_laid_beside_its_record_in_the_face_it_was_printed_in(
    work, printing, faces, home
):
    pdf, code = printed(printing, home)
    PrintFaces(work.begin, faces).choose(own=False)
    here = checks(work, faces)

    assert here.of_code(code).answer is PaperAnswer.AGREES
    assert here.of_file(pdf)[0].answer is PaperAnswer.AGREES
    assert here.again(code) == pdf


def test_a_machine_without_the_face_says_so_and_calls_nothing_false(work, printing, home):
    pdf, code = printed(printing, home)
    there = checks(work, ELSEWHERE)

    assert there.of_code(code).answer is PaperAnswer.OTHER_FACE
    assert there.of_code(code).printed.code == code
    assert there.of_file(pdf)[0].answer is PaperAnswer.OTHER_FACE
    assert there.of_file(pdf)[0].differing == ()
    assert refusal(there.again, code).code == "P-28"


def test_a_face_of_the_same_name_with_other_bytes_is_another(work, printing, home, tmp_path):
    pdf, _code = printed(printing, home)
    installed(tmp_path / "other", permissions=8)

    there = checks(work, OwnFaces((tmp_path / "other",)))

    assert there.of_file(pdf)[0].answer is PaperAnswer.OTHER_FACE


def test_a_reprint_elsewhere_makes_no_forgery_of_the_first_paper(work, printing, faces, home):
    own, _code = printed(printing, home)
    usual, _code = printed(work.printing, home)
    there = checks(work, ELSEWHERE)

    assert there.of_file(own)[0].answer is PaperAnswer.OTHER_FACE
    assert there.of_file(usual)[0].answer is PaperAnswer.AGREES
    assert checks(work, faces).of_file(own)[0].answer is PaperAnswer.AGREES
