"""What hangs on a board, from records full of what must not hang there (F07, F08 and their A3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.documents.cells import SEAL, SMALL
from app.documents.forms import f07, f08_list, f08_list_enlarged
from app.documents.paper import TOP, Order, pages_in, press
from app.domain.households import Category
from app.domain.money import Money
from app.domain.notice_body import UNNAMED, notice_body
from app.domain.people import Student
from tests import case_papers, papers, pdfs, records
from tests.laid_out import on_watched
from tests.storefile import household_of

ON = date(2026, 3, 2)
LONG = "阿卜杜热合曼·买买提吐尔逊·艾则孜"
NUMBER = "459901197003090012"
LISTS = {"F08L": f08_list, "F08LA3": f08_list_enlarged}
CODES = [*case_papers.NOTICES, *LISTS]
_A3 = (842, 1191)


def line(*, head: int, name: str = LONG) -> f07.NoticeLine:
    """A family with a number, a telephone, an illness and a child, headed by a grown-up or her."""
    made = household_of(name, "覃小雨", birth=date(1970, 3, 9))
    mother, girl = made.members
    told = replace(
        mother.person, id_number=NUMBER, phone="13800005512", illness="尿毒症", serious_illness=True
    )
    child = replace(girl.person, birth=None, student=Student.COMPULSORY)
    home = replace(
        made,
        members=(replace(mother, person=told), replace(girl, person=child)),
        phone="0776-5551234",
        knock_note="狗凶，乙肝",
        poverty_cause="因病",
        bank_account="6222020000001234567",
    )
    return f07.line_of(
        notice_body(
            home,
            home.members[head].person,
            category=Category.DIBAO,
            covered=2,
            benefit=Money.yuan(470),
            relative=False,
            support="",
            on=ON,
            minors_shown=False,
        )
    )


def pdf_of(code: str, *lines: f07.NoticeLine) -> bytes:
    if code in LISTS:
        content = f08_list.F08ListContent(unit="青石村", on=ON, lines=lines)
        return LISTS[code].render(content, records.stamp())
    return case_papers.NOTICES[code].render(case_papers.notice(code, lines=lines), records.stamp())


def squeezed(pdf: bytes) -> str:
    return "".join(pdfs.text_of(pdf).split())


@pytest.mark.parametrize("code", CODES)
def test_nothing_of_the_record_that_must_not_hang_there_is_in_the_file(code: str):
    text = squeezed(pdf_of(code, line(head=0), line(head=1)))

    for secret in (
        NUMBER, NUMBER[-6:], "13800005512", "5551234", "尿毒症", "乙肝", "因病", "覃小雨", "12号",
        "6222020000001234567", "狗凶",
    ):  # fmt: skip
        assert secret not in text, secret
    assert UNNAMED in text


@pytest.mark.parametrize("code", [code for code in CODES if not code.endswith("A3")])
def test_a_long_name_and_what_stands_for_a_child_are_large_enough_to_be_read_on_a_board(code: str):
    module = LISTS.get(code) or case_papers.NOTICES[code]
    lines = (line(head=0), line(head=1))
    content = (
        f08_list.F08ListContent(unit="青石村", on=ON, lines=lines)
        if code in LISTS
        else case_papers.notice(code, lines=lines)
    )
    words = [word for word in on_watched(module, content).words if word[0] == 1]

    for said in ("阿卜杜热合曼·", "不公布姓名"):
        assert min(word[4] for word in words if said in word[5]) >= SMALL


@pytest.mark.parametrize("code", CODES)
def test_who_seals_a_notice_and_hears_objections_is_the_committee(code: str):
    said = squeezed(papers.pdf_of(code))

    assert "云溪镇青石坳村民委员会（盖章）" in said
    assert "请向云溪镇青石坳村民委员会反映" in said


@pytest.mark.parametrize("code", CODES)
def test_the_longest_name_of_a_minority_hangs_there_whole(code: str):
    assert LONG in squeezed(pdf_of(code, *[line(head=0)] * 25))


@pytest.mark.parametrize("code", CODES)
def test_the_place_of_the_seal_is_kept_free_however_many_households_hang(code: str):
    module = LISTS.get(code) or case_papers.NOTICES[code]
    for count in range(1, 46, 4):
        lines = (line(head=count % 2),) * count
        content = (
            f08_list.F08ListContent(unit="青石村", on=ON, lines=lines)
            if code in LISTS
            else case_papers.notice(code, lines=lines)
        )
        ink = on_watched(module, content)

        ((page, x, y, *_size),) = [kept for kept in ink.kept if (kept[3], kept[4]) == SEAL]
        reaching = [
            word for word in ink.words
            if word[0] == page and word[1] + word[3] > x and y < word[2] + word[4]
            and word[2] < y + SEAL[1]
        ]  # fmt: skip
        assert reaching == []
        assert any(word[0] == page and TOP <= word[2] < y for word in ink.words)


@pytest.mark.parametrize(
    ("small", "large"),
    [("F07", "F07A3"), ("F07L", "F07LA3"), ("F08", "F08A3"), ("F08L", "F08LA3")],
)
def test_the_enlarged_notice_is_a3_and_says_the_same(small: str, large: str):
    one, other = (pdf_of(code, line(head=0), line(head=1)) for code in (small, large))
    document = pypdfium2.PdfDocument(other)
    sizes = {tuple(round(side) for side in page.get_size()) for page in document}
    document.close()

    assert sizes == {_A3}
    for said in (LONG, UNNAMED, "470.00", "三组"):
        assert squeezed(one).count(said) == squeezed(other).count(said) > 0


def test_a_page_of_the_monthly_list_names_twenty_two_households():
    lines = (replace(line(head=0, name="赵大山"), place="三组"),) * 45
    content = f08_list.F08ListContent(unit="云溪镇青石坳村", on=ON, lines=lines)

    said = pdfs.lines_on(f08_list.render(content, records.stamp()))

    pages = [one[0] for one in said if one.endswith("赵大山")]
    assert [pages.count(page) for page in "123"] == [22, 22, 1]


@pytest.mark.parametrize(
    ("code", "keeper", "filed"),
    [
        ("F07", "张贴", "公示张贴记录"),
        ("F07L", "张贴", "公示张贴记录"),
        ("F08", "张贴", "公示张贴记录"),
        ("F07A3", "张贴", "公示张贴记录"),
        ("F20", "本人存", "渐退期审批表"),
    ],
)
def test_what_is_for_the_file_is_not_on_the_copy_of_who_reads_it(code, keeper, filed):
    form, content = papers.USUAL[code]()
    holders = (keeper, "存档")
    stamp = records.stamp(holders=holders)

    pdf = form.render(content, stamp)

    own, kept = pages_in(form.paper(content, records.NUMBER), stamp)
    said = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    assert len(said) == own + kept
    assert not any(filed in page for page in said[:own])
    assert any(filed in page for page in said[own:])
    assert f"第 {own} 页 共 {own} 页" in said[own - 1]
    assert f"第 {kept} 页 共 {kept} 页" in said[-1]
    assert f"第 1 份（{keeper}）" in said[0]
    assert "第 2 份（存档）" in said[own]


def test_a_notice_hung_on_both_sides_begins_the_copy_for_the_file_on_a_sheet_of_its_own():
    form, content = papers.USUAL["F07"]()
    stamp = records.stamp(holders=form.HOLDERS)
    order = Order(form.paper(content, records.NUMBER), stamp, "0" * 12)

    own, kept = pages_in(order.paper, stamp)

    assert own % 2 == 1
    assert len(pypdfium2.PdfDocument(press(order, duplex=True))) == own + 1 + kept + kept % 2
