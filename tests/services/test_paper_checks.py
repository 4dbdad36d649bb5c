"""A stranger matches a paper to its record by the printed code; no changed copy passes."""

from __future__ import annotations

import random
from io import BytesIO

import pikepdf
import pytest

from app.documents.reading import Stopped, pages_read
from app.domain.problem import Refused
from app.domain.verification import printed_code
from app.services.household_corrections import Correction
from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.printing import bundle, draw
from tests import forgeries
from tests.casework import interviewed, visit
from tests.storefile import household_of

FORMS = ("F01", "F02", "F03", "F05", "F15")


@pytest.fixture
def home(work):
    """A household with a test, an application and a visit."""
    made = household_of("覃兰英", "覃小雨")
    work.households.add_all([made])
    work.visits.record(visit(made))
    tested = work.assessments.save(made.id, interviewed(work, made))
    work.applications.from_assessment(tested)
    return made


@pytest.fixture
def papers(work, home):
    """The papers of that household, printed."""
    prepared = [work.printing.prepare(form, home.id) for form in FORMS]
    work.printing.record_all(prepared)
    return prepared


@pytest.fixture
def checks(work, begin, rules) -> PaperChecks:
    return PaperChecks(begin, rules)


def test_the_code_read_off_a_paper_says_which_it_is(checks, papers):
    for paper in papers:
        check = checks.of_code(printed_code(paper.code).lower().replace("0", "O"))

        assert check.answer is PaperAnswer.AGREES
        assert check.printed.document_no == paper.stamp.document_no
        assert check.printed.form == paper.kind.form.code


def test_a_code_nobody_printed_is_refused(checks, papers):
    for code in ("", "0000-0000-0000", papers[0].code[:-1] + "Z", "不是校验码"):
        with pytest.raises(Refused) as refused:
            checks.of_code(code)
        assert refused.value.code == "P-24"


def test_a_paper_of_today_agrees_and_so_does_a_pile_of_them(checks, papers):
    for paper in papers:
        (check,) = checks.of_file(draw(paper).pdf)
        assert (check.answer, check.differing) == (PaperAnswer.AGREES, ())

    pile = checks.of_file(bundle(papers))

    assert [one.answer for one in pile] == [PaperAnswer.AGREES] * len(FORMS)
    assert [one.printed.form for one in pile] == list(FORMS)


def test_the_record_makes_the_same_paper_again(checks, papers):
    assert [checks.again(one.code) for one in papers] == [draw(one).pdf for one in papers]


def test_a_second_print_is_found_beside_the_first(work, checks, home, papers):
    second = work.printing.prepare("F15", home.id)
    work.printing.record(second)

    assert checks.of_file(draw(second).pdf)[0].answer is PaperAnswer.AGREES
    assert checks.of_file(draw(papers[-1]).pdf)[0].answer is PaperAnswer.AGREES


def pieces(pdf, *runs):
    """A file with these runs of its pages, one after the other."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as book, pikepdf.new() as made:
        for run in runs:
            made.pages.extend(book.pages[run])
        made.save(out)
    return out.getvalue()


@pytest.fixture
def for_two(work, home):
    """F02 of two people for two holders: four pages."""
    prepared = work.printing.prepare("F02", home.id, copies=2)
    work.printing.record(prepared)
    return draw(prepared).pdf


@pytest.mark.parametrize(
    "runs",
    [
        (slice(0, 2),),
        (slice(2, 4),),
        (slice(2, 4), slice(0, 2)),
        (slice(0, 4), slice(0, 2)),
    ],
    ids=["his own copy", "their own copy", "the other way round", "a pile"],
)
def test_each_holder_has_a_copy_that_agrees(checks, for_two, runs):
    (check,) = checks.of_file(pieces(for_two, *runs))

    assert (check.answer, check.differing) == (PaperAnswer.AGREES, ())


@pytest.mark.parametrize(
    "runs",
    [
        (slice(0, 1),),
        (slice(1, 2),),
        (slice(0, 1), slice(0, 2)),
        (slice(1, 2), slice(0, 1)),
        (slice(0, 1), slice(3, 4)),
        (slice(0, 2), slice(2, 3)),
    ],
    ids=["no second page", "no first page", "one twice", "turned round", "mixed", "half of two"],
)
def test_a_copy_with_a_page_left_out_or_moved_does_not(checks, for_two, runs):
    (check,) = checks.of_file(pieces(for_two, *runs))

    assert check.answer is PaperAnswer.DIFFERS


def test_a_print_and_the_next_one_in_one_file_agree(work, checks, home, papers):
    second = work.printing.prepare("F15", home.id)
    work.printing.record(second)
    out = BytesIO()
    with pikepdf.new() as made:
        for one in (papers[-1], second, papers[-1]):
            with pikepdf.open(BytesIO(draw(one).pdf)) as book:
                made.pages.extend(book.pages)
        made.save(out)

    answers = {one.answer for one in checks.of_file(out.getvalue())}

    assert answers == {PaperAnswer.AGREES}


def test_every_changed_copy_is_caught(checks, papers):
    """One sum, name, day or text changed, pages moved or changed for others, or drawn upon."""
    missed = [
        what
        for what, pdf in forgeries.forged(papers, 60, seed=11)
        if all(one.answer is PaperAnswer.AGREES for one in checks.of_file(pdf))
    ]

    assert missed == []


@pytest.mark.parametrize(
    "stroke",
    [
        "0.85 G 1 w",
        "0.82 G 1 w",
        "0.83 G 2 w",
        "0.96 G 1 w",
        "0 G 0.1 w",
    ],
)
def test_a_pale_or_thin_stroke_is_caught_as_well(checks, papers, stroke):
    """A zero drawn behind a sum, light enough to be taken for dirt."""
    zero = f"q {stroke} 300 500 m 305 500 l 305 509 l 300 509 l s Q"
    for paper in papers:
        with pikepdf.open(BytesIO(draw(paper).pdf)) as book:
            book.pages[0].contents_add(zero.encode())
            out = BytesIO()
            book.save(out)

        assert checks.of_file(out.getvalue())[0].answer is PaperAnswer.DIFFERS


def test_a_file_saved_again_by_another_program_still_agrees(checks, papers):
    for paper in papers:
        with pikepdf.open(BytesIO(draw(paper).pdf)) as book:
            out = BytesIO()
            book.save(out, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)

        assert checks.of_file(out.getvalue())[0].answer is PaperAnswer.AGREES


def test_what_differs_is_said_line_by_line(checks, papers):
    visit_sheet = papers[-1]
    changed = forgeries.replace(visit_sheet.content, head="韦阿英")

    (check,) = checks.of_file(forgeries.copy_of(visit_sheet, changed))

    assert check.answer is PaperAnswer.DIFFERS
    assert any("韦阿英" in theirs and "覃兰英" in ours for theirs, ours in check.differing)


def test_a_page_with_no_code_or_a_strange_one_was_never_printed(checks, papers):
    strange = forgeries.copy_of(forgeries.replace(papers[0], code="0" * 12), papers[0].content)

    assert checks.of_file(strange)[0].answer is PaperAnswer.UNKNOWN


def test_a_record_that_was_corrected_since_says_so(work, checks, home, papers):
    work.corrections.correct(Correction(household=home.id, fields={"address": "别的地方"}))

    assert checks.of_code(papers[0].code).answer is PaperAnswer.MOVED_ON
    assert checks.of_file(draw(papers[0]).pdf)[0].answer is PaperAnswer.MOVED_ON
    with pytest.raises(Refused):
        checks.again(papers[0].code)


@pytest.mark.parametrize("length", [0, 5, 400, 4000])
def test_what_is_no_pdf_is_refused_in_one_sentence(checks, papers, length):
    noise = random.Random(length).randbytes(length)  # noqa: S311  # noise
    for bad in (noise, b"%PDF-1.7\n" + noise, draw(papers[0]).pdf[:length]):
        with pytest.raises(Refused) as refused:
            checks.of_file(bad)
        assert refused.value.code == "P-25"


def test_a_file_needs_the_store_only_for_what_the_records_say(checks, papers):
    """Reading, drawing and comparing go on while somebody else saves."""
    asked: list[str] = []
    said: list[str] = []

    def in_store(job):
        asked.append(said[-1])
        found = job()
        assert not isinstance(found, bytes)
        return found

    def step(done: int, total: int) -> None:
        said.append(f"{done * 3 // total}")

    found = checks.of_file(bundle(papers), in_store, step)

    assert len(found) == len(asked) == len(FORMS)
    assert sorted(set(said)) == ["0", "1", "2"]
    assert "0" not in asked  # everything is read before the first question


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_check_can_be_stopped_at_any_page(checks, papers, after):
    steps = 0

    def step(_done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps == after:
            raise Stopped

    with pytest.raises(Stopped):
        checks.of_file(bundle(papers), step=step)
    assert steps == after


def test_a_page_larger_than_papers_get_is_not_drawn_and_is_no_empty_one(checks, papers):
    huge = pikepdf.open(BytesIO(draw(papers[-1]).pdf))
    huge.add_blank_page(page_size=(14_400, 14_400))
    out = BytesIO()
    huge.save(out)

    pages = pages_read(out.getvalue())
    answers = [one.answer for one in checks.of_file(out.getvalue())]

    assert pages[-1].looks == (14_400, 14_400, b"")
    assert answers[-1] is PaperAnswer.UNKNOWN
    assert answers[0] is PaperAnswer.AGREES


def test_a_page_with_more_text_than_papers_have_is_refused(papers):
    full = pikepdf.open(BytesIO(draw(papers[-1]).pdf))
    words = b"\n".join(
        b"BT /F1 1 Tf %d %d Td <0001> Tj ET" % (n % 599, n // 99) for n in range(30_000)
    )
    full.pages[0].contents_add(words)
    out = BytesIO()
    full.save(out)

    with pytest.raises(Refused) as refused:
        pages_read(out.getvalue())
    assert refused.value.code == "P-25"
