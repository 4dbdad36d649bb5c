"""A county's own words and margins on forms: from a file, whole or not at all, and verified so."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.documents import paper as sheets
from app.documents.batch import Batch
from app.documents.ink import MM
from app.documents.paper import Order, pages_of
from app.documents.registry import FORMS, bind
from app.domain.county_paper import PaperMargins
from app.domain.problem import Refused
from app.services import county_papers
from app.services.county_files import LARGEST
from app.services.county_papers import FORM_WORDS, CountyPapers, parse_paper
from app.services.paper_checks import PaperAnswer, PaperChecks
from app.services.printing import Printing, draw
from tests import papers, pdfs, records
from tests.casework import visit
from tests.documents.test_layout import Watched, on_one_another
from tests.storefile import household_of
from tools import form_words

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/papers-of-a-county.md"
HEAD = 'form = "F15"\nsource = "甲县的表样"\n'
TITLE = '[[wording]]\nold = "走访（巡访）记录表"\nnew = "甲县入户看望记录"\n'
VISITED = TITLE + '[[wording]]\nold = "联系电话"\nnew = "打哪个号"\n'
WIDEST = PaperMargins(left=20, right=20, top=25, bottom=20)


WORDED = [code for code in papers.USUAL if code != "F05" and "A3" not in code]
DIGITS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")


def told(body: str, head: str = HEAD) -> bytes:
    return (head + body).encode()


def worked_example() -> bytes:
    page = PAGE.read_text(encoding="utf-8")
    return page.split("```toml\n")[1].split("```")[0].encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    return made


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨")
    work.households.add_all([made])
    work.visits.record(visit(made))
    return made


@pytest.fixture
def printing(work, folder) -> Printing:
    return Printing(work.begin, work.clock, work.rules, county_papers=CountyPapers(folder))


@pytest.fixture
def checks(work, folder) -> PaperChecks:
    return PaperChecks(work.begin, work.rules, county_papers=CountyPapers(folder))


def text_of(pdf: bytes) -> str:
    return "".join(pdfs.text_of(pdf).split())


def test_the_worked_example_of_the_page_can_be_used_and_says_its_words():
    county = parse_paper("甲县先行救助.toml", worked_example())
    form, content = papers.USUAL["F17a"]()

    said = text_of(form.render(content, records.stamp(county=county)))

    assert "甲县急难救助先行审批表" in said
    assert "受助人" in said
    assert "救助对象" not in said
    assert f"F17a第{form.VERSION}版（县样{county.sha256[:8]}）" in said
    assert county.margins == PaperMargins(left=20, right=10, top=15, bottom=10)


def test_a_county_s_file_changes_the_next_paper_and_no_other_form(printing, folder, home):
    before = printing.make("F15", home.id).pdf
    (folder / "甲县.toml").write_bytes(told(VISITED))

    paper = printing.make("F15", home.id)

    assert "甲县入户看望记录" in text_of(paper.pdf)
    assert "打哪个号" in text_of(paper.pdf)
    assert "走访（巡访）记录表" in text_of(before)
    assert printing.county_papers.of("F01") is None


def test_what_was_filled_in_is_never_said_otherwise():
    county = parse_paper("甲.toml", told(VISITED))
    form, content = papers.USUAL["F15"]()
    content = replace(content, phone="联系电话")

    said = text_of(form.render(content, records.stamp(county=county)))

    assert said.count("打哪个号") == 1
    assert said.count("联系电话") == 1


@pytest.mark.parametrize("code", WORDED)
def test_places_for_fingers_and_seals_keep_their_size_at_the_widest_margins(code):
    """And nothing leaves its cell, covers another or stands in the margin."""
    form, content = papers.longest(code)
    paper = form.paper(content, records.NUMBER)
    county = parse_paper("甲.toml", told("[margins]\nleft=20\nright=20\ntop=25\nbottom=20\n"))
    wide = paper.worded(county)
    ink = Watched(*paper.size, title="")
    stamp = records.stamp(holders=(), county=county)

    sheets.draw(ink, Order(paper, stamp, "0" * 12))

    assert county.margins == WIDEST
    assert wide.room == pytest.approx(paper.room - 20 * MM)
    assert len(pages_of(wide)) >= len(pages_of(paper))
    assert on_one_another(ink) == []
    for page, x, y, width, height in ink.kept:
        assert x >= 20 * MM
        assert x + width <= ink.width - 20 * MM
        under = [
            word[5] for word in ink.words if word[0] == page and _in(word, x, y, width, height)
        ]
        assert [text for text in under if text.strip()] == []


@pytest.mark.parametrize("code", WORDED)
def test_the_longest_words_a_file_may_say_leave_no_cell_and_cover_nothing(code):
    known = county_papers.form_words()[code]
    pairs = (
        f'[[wording]]\nold = {json.dumps(old)}\nnew = "{_longest(old, known, number)}"\n'
        for number, old in enumerate(sorted(known.titles | known.words))
    )
    county = parse_paper("甲.toml", told("".join(pairs), f'form = "{code}"\nsource = "甲"\n'))
    form, content = papers.longest(code)
    paper = form.paper(content, records.NUMBER)
    ink = Watched(*paper.size, title="")

    sheets.draw(ink, Order(paper, records.stamp(holders=(), county=county), "0" * 12))

    assert on_one_another(ink) == []


def _longest(old: str, known: county_papers.FormWords, number: int) -> str:
    """As many characters as may stand for `old`, unlike those of any other word."""
    most = county_papers.most_for(old, known)
    return f"{number:03}".translate(DIGITS) + "长" * (most - 3)


def _in(word, x: float, y: float, width: float, height: float) -> bool:
    """Whether a text stands in a place kept free, by more than a point."""
    _, left, top, long, tall, _ = word
    across = left + 1 < x + width and x + 1 < left + long
    return across and top + 1 < y + height and y + 1 < top + tall


def test_one_paper_a_bundle_and_a_batch_look_the_same():
    county = parse_paper(
        "甲.toml", told(VISITED + "[margins]\nleft=20\nright=10\ntop=20\nbottom=15")
    )
    _, content = papers.USUAL["F15"]()
    stamp, out = records.stamp(county=county), io.BytesIO()
    batch = Batch(out, "一组")
    pages = batch.add(FORMS["F15"], content, stamp)
    batch.close()

    single = pdfs.text_of(FORMS["F15"].render(content, stamp))

    assert pdfs.text_of(bind([(FORMS["F15"], content, stamp)])) == single
    assert pdfs.text_of(out.getvalue()) == single
    assert pages == len(pdfs.opened(out.getvalue()).pages)


def test_a_paper_is_verified_in_the_words_it_was_printed_in(work, printing, checks, folder, home):
    usual = printing.prepare("F15", home.id)
    printing.record(usual)
    plain = draw(usual).pdf
    file = folder / "甲县.toml"
    file.write_bytes(told(VISITED))
    work.clock.advance(minutes=5)
    prepared = printing.prepare("F15", home.id)
    printing.record(prepared)
    pdf = draw(prepared).pdf

    assert checks.of_file(pdf)[0].answer is PaperAnswer.AGREES
    assert checks.of_file(plain)[0].answer is PaperAnswer.AGREES
    assert checks.again(prepared.code) == pdf
    assert prepared.code == usual.code


@pytest.mark.parametrize("gone", [True, False])
def test_another_wording_since_is_said_and_not_called_a_forgery(
    printing, checks, folder, home, gone
):
    file = folder / "甲县.toml"
    file.write_bytes(told(VISITED))
    prepared = printing.prepare("F15", home.id)
    printing.record(prepared)
    pdf = draw(prepared).pdf
    if gone:
        file.unlink()
    else:
        file.write_bytes(told(TITLE))

    assert checks.of_code(prepared.code).answer is PaperAnswer.OTHER_WORDING
    assert checks.of_file(pdf)[0].answer is PaperAnswer.OTHER_WORDING
    with pytest.raises(Refused) as caught:
        checks.again(prepared.code)
    assert caught.value.code == "P-27"


def test_a_wrong_file_is_told_and_the_form_looks_as_usual(printing, folder, home):
    usual = printing.sketch("F15", home.id)
    (folder / "坏.toml").write_bytes(
        told(VISITED + '[[wording]]\nold = "没有的字"\nnew = "别的"\n')
    )

    assert draw(printing.sketch("F15", home.id)).pdf == draw(usual).pdf
    (problem,) = printing.wrong_files()
    assert problem.code == "P-26"
    assert problem.what.startswith("坏.toml: wording[2].old")
    assert "照原来的样子打印" in problem.do


def test_of_two_files_for_one_form_the_second_is_told(folder):
    for name in ("1.toml", "2.toml"):
        (folder / name).write_bytes(told(TITLE))

    found = CountyPapers(folder).found()

    assert found.papers["F15"].name == "1"
    assert found.problems[0].what.startswith("2.toml: form")


def pair(old: str, new: str) -> bytes:
    return told(f'[[wording]]\nold = "{old}"\nnew = "{new}"\n')


def edges(**changed: object) -> bytes:
    usual = {"left": 10, "right": 10, "top": 15, "bottom": 10} | changed
    return told("[margins]\n" + "".join(f"{key} = {value}\n" for key, value in usual.items()))


@pytest.mark.parametrize(
    ("data", "at", "code"),
    [
        (b"\xff\xfe", "x.toml", "P-26"),
        (b"[margins", "x.toml", "P-26"),
        (b"#" * (LARGEST + 1), "x.toml", "P-26"),
        (b"", "x.toml: form", "C-03"),
        (told(TITLE, 'form = "F99"\nsource = "甲"\n'), "x.toml: form", "P-26"),
        (told(TITLE, 'form = "F05"\nsource = "甲"\n'), "x.toml: form", "P-26"),
        (told(TITLE, 'form = "F15"\n'), "x.toml: source", "C-03"),
        (told(""), "x.toml:", "P-26"),
        (told("colour = 1\n" + TITLE), "x.toml: colour", "C-02"),
        (told(TITLE + "colour = 1\n"), "x.toml: wording[0].colour", "C-02"),
        (told('[[wording]]\nold = "联系电话"\n'), "x.toml: wording[0].new", "C-03"),
        (told('[[wording]]\nnew = "联系电话"\n'), "x.toml: wording[0].old", "C-03"),
        (pair("没有的字", "别的"), "x.toml: wording[0].old", "P-26"),
        (pair("被访人签字", "别的"), "x.toml: wording[0].old", "P-26"),
        (told(TITLE + TITLE), "x.toml: wording[1].old", "P-26"),
        (pair("联系电话", "走访（巡访）记录表"), "x.toml: wording[0].new", "P-26"),
        (told(VISITED.replace("打哪个号", "甲县入户看望记录")), "x.toml: wording[1].new", "P-26"),
        (pair("联系电话", "长" * 11), "x.toml: wording[0].new", "P-26"),
        (pair("走访（巡访）记录表", "长" * 21), "x.toml: wording[0].new", "P-26"),
        (pair("联系电话", "住\\u0007址"), "x.toml: wording[0].new", "C-04"),
        (pair("联系电话", "住\\u202e址"), "x.toml: wording[0].new", "P-26"),
        (pair("联系电话", "长" * 401), "x.toml: wording[0].new", "C-04"),
        (edges(left=9), "x.toml: margins.left", "C-04"),
        (edges(left=21), "x.toml: margins.left", "C-04"),
        (edges(top=26), "x.toml: margins.top", "C-04"),
        (edges(right=21), "x.toml: margins.right", "C-04"),
        (edges(top=14), "x.toml: margins.top", "C-04"),
        (edges(bottom=21), "x.toml: margins.bottom", "C-04"),
        (edges(left=10.5), "x.toml: margins.left", "C-04"),
        (edges(gutter=10), "x.toml: margins.gutter", "C-02"),
        (told("[margins]\nleft = 10\n"), "x.toml: margins.right", "C-03"),
        (edges().replace(b"F15", b"F07A3"), "x.toml: margins", "P-26"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_names_the_place(data: bytes, at: str, code: str):
    with pytest.raises(Refused) as caught:
        parse_paper("x.toml", data)

    assert (caught.value.field, caught.value.code) == (at, code)


def test_a_file_s_name_is_bounded_because_a_record_keeps_it():
    for name in ("长" * 41, "甲\u202e"):
        with pytest.raises(Refused) as caught:
            parse_paper(f"{name}.toml", told(TITLE))
        assert caught.value.code == "P-26"


def test_the_list_of_words_is_what_stands_on_the_forms():
    """Written anew by `tools/form_words.py` after a form's words have changed."""
    assert FORM_WORDS.read_text(encoding="utf-8") == form_words.form_words()
