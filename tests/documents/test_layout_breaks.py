"""Where a page ends and a line breaks, and how large what is written by hand may be."""

from __future__ import annotations

from itertools import combinations

import pytest

from app.documents import paper as sheets
from app.documents.blocks import Grid, Prose, Sealed, Title
from app.documents.cells import (
    FINGERPRINT,
    FLOOR,
    SEAL,
    SIZE,
    SMALL,
    fill,
    head,
    label,
    mixed,
    opinion,
    row,
    sign,
    story,
)
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import MARGIN, Order, Paper, paginate
from app.documents.typeset import LEADING, WRITING, Blank, Tick, Words, fit, flow
from tests import papers, pdfs, records
from tests.laid_out import CODES, SLACK, WRITTEN_IN, Watched, on_watched


@pytest.fixture
def watched():
    """Lays a form out on watched ink."""
    return on_watched


class Sheet:
    """Rows on a paper of their own."""

    def __init__(self, rows) -> None:
        self.rows = rows

    def paper(self, *_: object) -> Paper:
        blocks = (Grid((1,) * len(self.rows[0].cells), self.rows),)
        return Paper(form="", version="", title="", blocks=blocks)


def test_a_table_goes_on_under_the_same_heads():
    grid = Grid(
        (1, 1), tuple(row(fill(str(n)), fill("")) for n in range(60)), (row(head("头"), head("")),)
    )
    pages = paginate([grid.lay(500)], 700)

    assert len(pages) == 3
    assert [placed.goes_on for page in pages for placed in page] == [False, True, True]
    assert [n for page in pages for placed in page for n in placed.strips] == list(range(1, 61))
    assert all(
        placed.top + sum(placed.laid.heights[n] for n in (0, *placed.strips)) <= 700
        for page in pages
        for placed in page
    )


@pytest.mark.parametrize(("goes_on", "expected"), [(False, "财产"), (True, "财产续")])
def test_the_name_down_the_side_says_that_the_table_goes_on(goes_on, expected):
    laid = Grid((1,), (row(fill("")),) * 20, side="财产").lay(190 * MM)
    ink = Watched(*sheets.A4, title="")
    laid.draw(ink, MARGIN, MARGIN, range(5, 15), goes_on)

    assert "".join(word[5] for word in ink.words).replace("　", "") == expected


def test_a_short_block_is_not_broken():
    long = Grid((1,), tuple(row(fill("")) for _ in range(25)))
    short = Grid((1,), tuple(row(fill("")) for _ in range(4)), side="财产")
    first, second = paginate([long.lay(500), short.lay(500)], 700)

    assert [len(placed.strips) for placed in first] == [25]
    assert [len(placed.strips) for placed in second] == [4]


@pytest.mark.parametrize(
    ("above", "first", "second"), [(25, [25, 2], [(2, True)]), (26, [26], [(4, False)])]
)
def test_a_short_block_that_may_be_broken_fills_the_page(above, first, second):
    long = Grid((1,), tuple(row(fill("")) for _ in range(above)))
    short = Grid((1,), tuple(row(fill("")) for _ in range(4)), side="对照", breaks=True)
    pages = paginate([long.lay(500), short.lay(500)], 700)

    assert [len(placed.strips) for placed in pages[0]] == first
    assert [(len(placed.strips), placed.goes_on) for placed in pages[1]] == second


@pytest.mark.parametrize(("rows", "first", "second"), [(27, [26], [1, 1]), (26, [26, 1], [])])
def test_what_clings_takes_the_last_row_above_along(rows, first, second):
    table = Grid((1,), tuple(row(fill("")) for _ in range(rows)))
    signature = Grid((1,), (row(fill("")),), clings=True)
    pages = paginate([table.lay(500), signature.lay(500)], 27 * 9 * MM)

    assert [[len(placed.strips) for placed in page] for page in pages] == [
        page for page in (first, second) if page
    ]
    assert [placed.top for page in pages[1:] for placed in page] == [0, 9 * MM][: len(second)]


def test_what_clings_to_a_single_row_leaves_it_where_it_is():
    table, signature = Grid((1,), (row(fill("")),)), Grid((1,), (row(fill("")),), clings=True)

    pages = paginate([table.lay(500), signature.lay(500)], 10 * MM)

    assert [[len(placed.strips) for placed in page] for page in pages] == [[1], [1]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (20, [[10], [20]]),  # it would be broken: taller than what is short, and the rest is full
        (17, [[10, 17]]),
        (28, [[10, 17], [11]]),  # no page holds it
    ],
)
def test_what_stays_together_is_broken_only_where_no_page_holds_it(rows, expected):
    above = Grid((1,), tuple(row(fill("")) for _ in range(10)))
    decisions = Grid((1,), tuple(row(fill("")) for _ in range(rows)), together=True)

    pages = paginate([above.lay(500), decisions.lay(500)], 27 * 9 * MM)

    assert [[len(placed.strips) for placed in page] for page in pages] == expected


def test_what_clings_takes_the_last_row_along_however_tall_it_is():
    table = Grid((1,), tuple(row(fill("")) for _ in range(26)))
    signatures = Grid((1,), tuple(row(fill("")) for _ in range(9)), clings=True)
    pages = paginate([table.lay(500), signatures.lay(500)], 26 * 9 * MM + 1)

    assert [[len(placed.strips) for placed in page] for page in pages] == [[25], [1, 9]]


OPINIONS = ("F01", "F01B", "F04", "F17a", "F19")
"""What begins a page there is no line of signatures but an office's opinion, or the strip that
is torn off."""


@pytest.mark.parametrize("code", [code for code in CODES if code not in OPINIONS])
@pytest.mark.parametrize("text", ["长", "W"])
def test_no_page_begins_with_places_to_sign(code, text):
    module, content = papers.longest(code, text)
    paper = module.paper(content, records.NUMBER)
    signed = [
        isinstance(block, Grid) and any(cell.free for cell in block.rows[0].cells)
        for block in paper.blocks
    ]
    laid = [block.lay(paper.size[0] - 2 * MARGIN) for block in paper.blocks]
    room = paper.size[1] - sheets.TOP - MARGIN - sheets.FOOTER

    for page in paginate(laid, room)[1:]:
        assert page[0].goes_on or not signed[laid.index(page[0].laid)]


def test_members_beyond_the_page_go_on_a_continuation_sheet():
    module, _ = papers.longest("F01")
    many = module.content_of(records.application(), records.household(30), unit="村")

    lines = pdfs.lines_on(module.render(many, records.stamp()))

    assert {line[0] for line in lines if "证件号码" in line and "与申请" not in line} >= {"1", "2"}
    assert sum("续" in line for line in lines) > 1


def test_a_story_longer_than_a_page_goes_on_over_the_next():
    content = papers.f15.content_of(records.visit("情况" * 3000), records.household(), unit="村")

    lines = pdfs.lines_on(papers.f15.render(content, records.stamp()))

    assert "".join(lines).count("情") >= 3000
    assert {line[0] for line in lines if "情况情况" in line} >= {"1", "2"}
    assert max(int(line.split()[1].split(",")[1]) for line in lines) <= 287


def test_a_row_that_goes_on_says_again_what_it_is_called(watched):
    rows = (row("主要意见", story("意" * 3000)),)

    ink = watched(Sheet(rows), None)

    labels = [(word[0], word[5]) for word in ink.words if word[5] in {"主要意见", "（续）"}]
    assert labels[0] == (1, "主要意见")
    assert [said for _, said in labels[1:]] == ["主要意见", "（续）"] * (len(labels) // 2)
    assert {page for page, _ in labels} == {word[0] for word in ink.words if "意意" in word[5]}
    assert ink.outside == []


def test_a_long_opinion_keeps_the_place_of_its_seal_where_it_ends(watched):
    rows = (row(opinion(Words("意" * 1500, Style.KAI), signers=("负责人",))),)

    ink = watched(Sheet(rows), None)

    last = max(word[0] for word in ink.words)
    assert {(page, *size) for page, _x, _y, *size in ink.kept} == {
        (last, *SEAL), (last, *FINGERPRINT),
    }  # fmt: skip
    assert sum("签字：" in word[5] for word in ink.words) == 1
    assert ink.outside == []


def test_words_beside_a_place_kept_free_stay_beside_it(watched):
    class Form:
        @staticmethod
        def paper(*_: object) -> Paper:
            rows = (row(sign("请签字或者按手印" * 6)), row(opinion(Words("意见" * 90), signers=())))
            return Paper(form="", version="", title="", blocks=(Grid((1,), rows),))

    ink = watched(Form, None)

    for _, x, y, _, height in ink.kept:
        beside = [word for word in ink.words if y <= word[2] <= y + height - 12]
        assert len(beside) > 1
        assert max(word[1] + word[3] for word in beside) <= x
    assert len(ink.kept) == 2


def test_words_that_have_no_room_beside_the_place_of_a_seal_stand_above_it(watched):
    ink = watched(
        Sheet((row(*[opinion(Words("县民政部门审核确认意见："), signers=("负责人",))] * 3),)), None
    )

    said = [word for word in ink.words if word[5] == "县民政部门审核确认意见："]
    signed = [word for word in ink.words if word[5] == "负责人签字："]
    seals = [kept for kept in ink.kept if kept[3:] == SEAL]
    places = [kept for kept in ink.kept if kept[3:] == FINGERPRINT]
    assert len(said) == len(signed) == len(seals) == len(places) == 3
    for seal, place, above, caption in zip(seals, places, said, signed, strict=True):
        assert above[1] < seal[1]
        assert above[2] + above[4] < seal[2]
        assert place[2] >= seal[2] + seal[4]
        assert place[2] < caption[2] < place[2] + place[4]
        assert caption[1] + caption[3] <= place[1]
    assert [word[4] for word in signed] == [SIZE] * 3
    assert ink.outside == []


@pytest.mark.parametrize("signers", [("送达人",), ("经办人", "负责人"), ("经办人", "科长", "领导")])
@pytest.mark.parametrize("count", [1, 2])
def test_who_signs_has_a_place_of_their_own_beside_the_seal(signers, count, watched):
    said = opinion(Words("意见："), signers=signers)

    ink = watched(Sheet((row(*[said] * count),)), None)

    seals = [kept for kept in ink.kept if kept[3:] == SEAL]
    places = [kept for kept in ink.kept if kept[3:] == FINGERPRINT]
    captions = [word for word in ink.words if word[5].endswith("签字：")]
    assert (len(seals), len(places), len(captions)) == (
        count, count * len(signers), count * len(signers),
    )  # fmt: skip
    for one, other in combinations(ink.kept, 2):
        apart = (
            one[1] + one[3] <= other[1] + SLACK or other[1] + other[3] <= one[1] + SLACK
            or one[2] + one[4] <= other[2] + SLACK or other[2] + other[4] <= one[2] + SLACK
        )  # fmt: skip
        assert apart
    assert all(word[4] >= SMALL for word in captions)
    assert ink.outside == []


def test_who_signs_beside_the_seal_never_signs_over_a_long_opinion(watched):
    said = opinion(Words("意" * 200), signers=("经办人", "负责人"))
    ink = watched(Sheet((row(said, said),)), None)

    for left in {word[1] for word in ink.words if "意" in word[5]}:
        mine = [word for word in ink.words if abs(word[1] - left) < 1]
        opinion_ends = max(word[2] + word[4] for word in mine if "意" in word[5])
        assert all(word[2] >= opinion_ends for word in mine if "签字：" in word[5])
    assert sum("签字：" in word[5] for word in ink.words) == 4
    assert ink.outside == []


@pytest.mark.parametrize("unit", ["青石坳村", records.LONG_ADDRESS])
@pytest.mark.parametrize("above", range(18, 24))
def test_the_place_of_a_seal_never_begins_a_page_alone(unit, above):
    table = Grid((1,), tuple(row(fill("")) for _ in range(above)))
    sealed = Sealed((Words(f"{unit}（盖章）\n"), Words("2026年3月2日")), size=14)
    pages = paginate([table.lay(500), sealed.lay(500)], 27 * 9 * MM)

    assert sealed.lay(500).heights[0] >= SEAL[1]
    assert all(len(page) == 2 for page in pages[-1:])
    assert sum(len(placed.strips) for page in pages for placed in page) == above + 1


def test_what_stands_left_under_a_title_takes_the_room_that_is_left(watched):
    left, right = "申报单位：" + records.LONG_ADDRESS[:20] + "　申请日期：2026年3月2日", "编号：1"
    title = Title("表", left=(Words(left),), right=(Words(right),))
    ink = Watched(*sheets.A4, title="")
    title.lay(190 * MM).draw(ink, MARGIN, MARGIN, range(1), False)

    sizes = {word[5]: word[4] for word in ink.words}
    assert sizes[left] == sizes[right] == SIZE


def test_short_text_keeps_its_size_longer_text_shrinks_and_the_longest_breaks():
    short, longer, longest = (
        fit((Words(text),), 60, 25, 10, FLOOR)
        for text in ("五个字以内", "七个字刚刚好", "十二个字一定要换成两行")
    )

    assert (short.size, len(short.lines)) == (10, 1)
    assert (7 <= longer.size <= 10, len(longer.lines)) == (True, 1)
    assert len(longest.lines) == 2
    assert longest.height <= 25


def test_a_number_is_not_broken_while_it_can_shrink():
    setting = fit((Words("459901 19580309 001X"),), 100, 30, 10.5, FLOOR)

    assert len(setting.lines) == 1


def test_a_word_wider_than_the_line_is_broken_rather_than_let_out():
    setting = fit((Words("1" * 60),), 50, 20, 10, FLOOR)

    assert len(setting.lines) > 3
    assert "".join(piece.part.text for line in setting.lines for piece in line) == "1" * 60


@pytest.mark.parametrize("mark", "，。；）”、·")
def test_no_line_begins_with_closing_punctuation(mark):
    setting = flow((Words(f"一二三四五六七八九十{mark}" * 6),), 105, 10.5)

    assert all(line[0].part.text[0] != mark for line in setting.lines)
    assert len(setting.lines) > 3


def test_a_label_on_two_lines_is_as_large_as_one_on_one():
    assert label("与户主\n关系").setting(60, WRITING).size == SIZE


def test_a_line_break_somebody_typed_is_kept():
    assert len(flow((Words("头一行\r\n第二行\n\n第四行"),), 300, 10).lines) == 4


def test_a_line_to_write_on_is_nine_millimetres_high():
    setting = flow((Words("意见："), Blank(50), Words("\n其他")), 300, 10)

    assert setting.line_heights == (WRITING, 10 * LEADING)
    assert WRITING >= 9 * MM


def test_rows_are_high_enough_to_write_in():
    heights = [
        height
        for code in WRITTEN_IN
        for block in papers.USUAL[code]()[0].paper(papers.USUAL[code]()[1], "").blocks
        if isinstance(block, Grid)
        for height in block.lay(190 * MM).heights
    ]

    assert min(heights) >= 9 * MM


def test_a_row_that_does_not_span_its_columns_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="span the columns"):
        Grid((1, 1), (row(fill("")),)).lay(100)


def test_a_tick_box_is_lines_and_never_a_character():
    paper = Paper(
        form="", version="", title="",
        blocks=(Grid((1,), (row(mixed(Tick("是", on=True), Tick("否"))),)),),
    )  # fmt: skip

    text = pdfs.text_of(sheets.press(Order(paper, records.stamp(), "0" * 12)))

    assert "是" in text
    assert not set("□☑☐✓") & set(text)


def test_the_frame_of_the_page_is_the_ministrys():
    assert MARGIN == 10 * MM
    assert sheets.TOP == 15 * MM


def test_the_parts_of_a_page_are_values():
    assert Title("题") == Title("题")
    assert Prose((Words("文"),)) == Prose((Words("文"),))
    assert sign("签字：").free == (30 * MM, 20 * MM)
    assert opinion(signers=("负责人",)).free == (42 * MM, 42 * MM)
    assert story(None).parts == (Words("", Style.KAI),)
