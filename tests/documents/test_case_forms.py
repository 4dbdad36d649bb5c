"""The papers along a case: how many pages, what is ticked, and what is left to be written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.documents.blocks import Grid
from app.documents.forms import f04, f06, f07, f09, f10, f13, f14, f16, f19, f22, f25, f28
from app.documents.typeset import Tick
from app.domain.application_events import ApplicationEvent
from app.domain.casework import EventKind
from app.domain.households import Category, MonitoringTag
from app.domain.money import Money
from app.domain.people import DisabilityKind
from app.domain.referral_words import LeadSource, ReferralNeed
from tests import case_papers, case_papers_long, papers, pdfs, records
from tests.case_records import SAID, step
from tests.documents.test_paper_safety import FORBIDDEN, keys_of

HOSTILE = "<img src='/etc/passwd'/>) Tj /URI (http://x) /JS ]]>"


def made(code: str):
    return case_papers.usual(code)[1]


def ticked(paper) -> dict[str, bool]:
    """Every box of a form and whether it is ticked."""
    cells = [
        cell
        for block in paper.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row.cells
    ]
    return {part.label: part.on for cell in cells for part in cell.parts if isinstance(part, Tick)}


@pytest.mark.parametrize(
    ("code", "pages"),
    [
        ("F04", 2), ("F06", 2), ("F07", 2), ("F08", 2), ("F09", 1), ("F10", 1), ("F13", 2),
        ("F14", 1), ("F16", 2), ("F19", 1), ("F22", 1), ("F23", 1), ("F24", 1), ("F25", 1),
        ("F26", 1), ("F27", 1), ("F28", 2),
    ],
)  # fmt: skip
def test_an_ordinary_case_takes_the_pages_the_print_specification_gives(code, pages):
    with pdfs.opened(papers.pdf_of(code)) as pdf:
        assert len(pdf.pages) == pages


@pytest.mark.parametrize("code", ["F04", "F09", "F16", "F19", "F24", "F28"])
def test_whatever_was_typed_acts_on_no_form(code):
    module, content = case_papers_long.longest(code, HOSTILE)

    with pdfs.opened(module.render(content, records.stamp())) as pdf:
        assert keys_of(pdf) & FORBIDDEN == set()


def test_a_notice_for_a_board_is_the_same_on_paper_twice_as_large():
    small, large = papers.pdf_of("F07"), papers.pdf_of("F07A3")

    with pdfs.opened(large) as pdf:
        assert [round(float(edge)) for edge in pdf.pages[0].mediabox[2:]] == [842, 1191]
    first, same = (
        [line.split(" ", 2) for line in pdfs.lines_on(pdf) if "0455-6620012" in line]
        for pdf in (small, large)
    )
    assert [words for _page, _at, words in first] == [words for _page, _at, words in same]
    for (_page, at, _words), (_other, there, _same) in zip(first, same, strict=True):
        for here, larger in zip(map(int, at.split(",")), map(int, there.split(",")), strict=True):
            assert larger == pytest.approx(here * 2**0.5, abs=1.5)


def test_no_box_is_ticked_by_what_a_sentence_says():
    said = replace(made("F04"), answers=SAID | {"housing": "危房", "vehicles": "汽车"})
    boxes = ticked(f04.paper(said, "N-1"))

    assert not any(boxes[name] for name in ("危房", "自建房", "汽车", "电视"))
    assert (boxes["符合"], boxes["不符合"]) == (True, False)


@pytest.mark.parametrize(
    ("answer", "boxes"), [(True, (True, False)), (False, (False, True)), (None, (False, False))]
)
def test_a_relative_nobody_asked_about_is_neither_there_nor_not(answer, boxes):
    found = ticked(f04.paper(replace(made("F04"), has_relative=answer), "N-1"))

    assert (found["有"], found["无"]) == boxes


@pytest.mark.parametrize(
    ("passed", "boxes"), [(True, (True, False)), (False, (False, True)), (None, (False, False))]
)
def test_a_verdict_is_ticked_only_where_there_is_one(passed, boxes):
    found = ticked(f06.paper(case_papers.meeting(1, passed=passed), "N-1"))

    assert (found["符合"], found["不符合"]) == boxes


def test_a_rule_the_county_has_not_given_is_a_line_to_write_on():
    assert f06.NO_RULE in str(f06.paper(case_papers.meeting(1, rule="", passed=None), "N-1"))
    assert f06.NO_RULE not in str(f06.paper(case_papers.meeting(1), "N-1"))


def test_a_notice_has_the_columns_its_households_need():
    def heads(**changes) -> list[str]:
        content = case_papers.notice(lines=(case_papers.line(**changes),))
        grid = next(b for b in f07.paper(content, "N-1").blocks if isinstance(b, Grid))
        return [cell.parts[0].text.replace("\n", "") for cell in grid.heads[0].cells]

    plain = heads()
    assert plain[-2:] == ["建议户月保障金（元）", "近亲属备案"]
    assert len(heads(former=Money(1))) == len(plain) + 1
    assert "建议供养方式" in heads(category=Category.TEKUN, support="分散供养")
    assert not {"证件号码", "联系电话"} & set(plain)


@pytest.mark.parametrize("event", f09.TITLES)
def test_each_answer_has_its_own_title_and_only_its_own_blocks(event):
    content = replace(made("F09"), event=event)
    text = pdfs.text_of(f09.render(content, records.stamp())).replace("\r\n", "")

    assert f09.TITLES[event] in text
    assert ("需要补正的材料" in text) == (event is ApplicationEvent.NEED_MATERIAL)
    assert ("不予受理理" in text) == (event is ApplicationEvent.NOT_ACCEPT)
    assert step().note not in text or event is ApplicationEvent.NOT_ACCEPT


def test_only_the_county_s_own_words_say_what_may_be_done():
    said = pdfs.text_of(papers.pdf_of("F10"))
    told = pdfs.text_of(f10.render(replace(made("F10"), remedy="可以复核。"), records.stamp()))

    assert said.count(f10.TO_FILL) == 2
    assert told.count(f10.TO_FILL) == 1
    assert not any(word in said for word in ("60日", "六十日", "6个月", "复议", "诉讼"))


def test_a_fee_nobody_has_set_is_a_line_to_write_on():
    open_fee = str(f13.paper(replace(made("F13"), fee=None), "N-1"))

    assert "人民币贰佰陆拾元整" in str(f13.paper(made("F13"), "N-1"))
    assert "人民币" not in open_fee


def test_a_card_is_folded_in_its_middle():
    (fold,) = [line for line in pdfs.lines_on(papers.pdf_of("F14")) if "沿此线对折" in line]

    assert int(fold.split(" ")[1].split(",")[1]) == pytest.approx(297 / 2, abs=4)
    assert f14.HOLDERS == ("住处张挂", "存档")


@pytest.mark.parametrize(
    ("event", "trouble"),
    [(EventKind.SUDDEN_ILLNESS, "疾病"), (EventKind.FLOOD, "灾害"), (EventKind.FIRE, "意外"),
     (EventKind.NO_FOOD, "其他"), (None, None)],
)  # fmt: skip
def test_the_kind_of_trouble_follows_from_what_happened(event, trouble):
    content = replace(made("F16"), event=event, category=Category.NONE)
    boxes = ticked(f16.paper(content, "N-1"))

    assert [name for name in ("疾病", "教育", "意外", "灾害") if boxes[name]] == [
        name for name in (trouble,) if name not in {None, "其他"}
    ]


def test_a_household_is_of_its_category_and_of_its_watch_tag():
    content = replace(
        made("F16"), category=Category.SINGLE_PERSON, tag=MonitoringTag.AT_RISK_MARGINAL, event=None
    )
    boxes = ticked(f16.paper(content, "N-1"))

    assert [name for name, on in boxes.items() if on] == ["低保", "边缘易致贫"]


def test_relief_this_record_knows_nothing_of_is_left_to_a_pen():
    content = replace(made("F16"), last_on=None, last_amount=None, times=0)
    rows = [row.cells for row in f16.paper(content, "N-1").blocks[1].rows]
    (before,) = [cells for cells in rows if cells[0].parts[0].text == "上次救助"]

    assert [before[1].parts[0].text, before[3].parts[0].text] == ["", ""]


def test_the_box_for_any_other_need_is_the_last_of_them():
    rows = [row.cells for row in f19.paper(made("F19"), "N-1").blocks[1].rows]
    (needs,) = [cells for cells in rows if cells[0].parts[0].text == "需　求"]
    labels = [part.label for part in needs[1].parts if isinstance(part, Tick)]

    assert labels[-2:] == ["慈善", "其他"]


def test_every_need_and_every_source_has_its_box():
    for need in ReferralNeed:
        boxes = ticked(f19.paper(replace(made("F19"), need=need, source=None), "N-1"))
        assert sum(boxes.values()) == 1
    for source in LeadSource:
        assert sum(ticked(f19.paper(replace(made("F19"), source=source), "N-1")).values()) == 2


def test_charity_has_its_box_and_is_none_of_the_rest():
    boxes = ticked(f19.paper(replace(made("F19"), need=ReferralNeed.CHARITY, source=None), "N-1"))

    assert [name for name, on in boxes.items() if on] == ["慈善"]


@pytest.mark.parametrize(
    ("kind", "level", "ill", "why"),
    [
        (DisabilityKind.PHYSICAL, 2, False, "重度残疾人（一、二级）"),
        (DisabilityKind.MENTAL, 3, False, "三级智力、精神残疾人"),
        (DisabilityKind.PHYSICAL, 3, False, None),
        (None, None, True, "重病患者"),
    ],
)
def test_why_somebody_may_ask_alone_follows_from_the_record(kind, level, ill, why):
    home = records.household()
    person = replace(
        home.members[1].person, disability_kind=kind, disability_level=level, serious_illness=ill
    )
    told = f25._person(replace(home.members[1], person=person), home, records.ON)
    boxes = ticked(f25.paper(replace(case_papers.alone(), persons=(told,)), "N-1"))

    assert [name for name, on in boxes.items() if on] == ([] if why is None else [why])


def test_a_form_for_the_unit_has_nine_lines_and_a_list_twenty():
    nine = f22.paper(made("F22"), "N-1").blocks[1]
    twenty = f28.paper(made("F28"), "N-1").blocks[-2]

    assert (len(nine.rows), len(twenty.rows)) == (9, 20)
