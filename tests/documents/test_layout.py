"""No text leaves its cell, nothing is printed where fingers and seals go, tables break well."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from app.documents import paper as sheets
from app.documents.blocks import Block, Grid, Laid, Prose, Title
from app.documents.cells import FLOOR, fill, head, mixed, opinion, row, sign, story
from app.documents.fonts import Style, width_of
from app.documents.ink import MM, Ink
from app.documents.paper import MARGIN, Order, Paper, paginate
from app.documents.typeset import LEADING, WRITING, Blank, Tick, Words, fit, flow
from tests import hostile, papers, pdfs, records

CODES = tuple(code for code in papers.USUAL if not code.endswith("A3"))
"""On A3 everything stands where it stands on A4."""
WRITTEN_IN = (
    "F01", "F02", "F03", "F04", "F06", "F07", "F09", "F10", "F11", "F12", "F13", "F14", "F15",
    "F15B", "F16", "F17a", "F19", "F22", "F23", "F24", "F25", "F26", "F27", "F28", "SJ",
)  # fmt: skip
"""Forms with lines to write on."""
SLACK = 0.6
"""Points a frame is thick, so that touching it is not leaving it."""


class Watched(Ink):
    """Ink that notes where things go, page by page. Outside cells, text stays in the margins."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)
        self.box_now: tuple[float, float, float, float] | None = None
        self.outside: list[str] = []
        self.words: list[tuple[int, float, float, float, float, str]] = []
        self.kept: list[tuple[int, float, float, float, float]] = []

    def cell(self, x: float, y: float, width: float, height: float) -> None:
        super().cell(x, y, width, height)
        self.box_now = (x, y, width, height)

    def keep_free(self, x: float, y: float, width: float, height: float) -> None:
        self.kept.append((self.getPageNumber(), x, y, width, height))

    def show(self, x: float, baseline: float, style: Style, size: float, text: str) -> None:
        super().show(x, baseline, style, size, text)
        width = width_of(style, text) * size / 1000
        self.words.append((self.getPageNumber(), x, baseline - size * 0.88, width, size, text))
        left, top, room, height = self.box_now or (
            MARGIN, 0, self.width - 2 * MARGIN, self.height - MARGIN
        )  # fmt: skip
        inside = left - SLACK <= x and x + width <= left + room + SLACK
        inside = inside and top - SLACK <= baseline - size * 0.88
        if not (inside and baseline + size * 0.12 <= top + height + SLACK):
            self.outside.append(text)

    def edge_mark(self, middle: float) -> None:
        """The mark for a seal across the pages stands outside the margins on purpose."""

    def rule(self, x: float, y: float, x_end: float, y_end: float, weight: float = 0.5) -> None:
        super().rule(x, y, x_end, y_end, weight)
        self.words.append((self.getPageNumber(), x, y, x_end - x, 0.1, ""))


@dataclass(frozen=True)
class Apart:
    """A block whose first words are not held against the last cell of the one above."""

    block: Block

    def lay(self, width: float) -> Laid:
        laid = self.block.lay(width)

        def draw(ink: Watched, x: float, top: float, strips: range, goes_on: bool) -> None:
            ink.box_now = None
            laid.draw(ink, x, top, strips, goes_on)
            ink.box_now = None

        return laid._replace(draw=draw)


def on_watched(module, content, **changes: object) -> Watched:
    """A whole form with its footers on watched ink."""
    paper = module.paper(content, records.NUMBER)
    ink = Watched(*paper.size, title="")
    apart = replace(paper, blocks=tuple(map(Apart, paper.blocks)))
    sheets.draw(ink, Order(apart, records.stamp(holders=(), **changes), "0" * 12))
    return ink


@pytest.fixture
def watched():
    """Lays a form out on watched ink."""
    return on_watched


def on_one_another(ink: Watched) -> list[tuple[str, str]]:
    """Texts of one page that cover each other by more than a point."""
    found = []
    for page in {word[0] for word in ink.words}:
        said = [word for word in ink.words if word[0] == page and word[4] > 1 and word[5].strip()]
        said.sort(key=lambda word: word[2])
        for number, one in enumerate(said):
            for other in said[number + 1 :]:
                if other[2] >= one[2] + one[4] - 1:
                    break
                if other[1] + 1 < one[1] + one[3] and one[1] + 1 < other[1] + other[3]:
                    found.append((one[5], other[5]))
    return found


RAREST = "㐂䶮𬭼𠮷𪚥葛\U000e0100辻\U000e0101𠀀·"
"""Rare characters of both planes, with variation selectors and the dot of long names."""
LONG_FOOT = {"handler": records.LONG_NAME, "pack": "练习县低保政策包（叠在广东省上面）2026.12 版"}


@pytest.mark.parametrize("everywhere", [records.LONG_NAME, RAREST * 2, records.NOBODYS * 16])
@pytest.mark.parametrize("code", CODES)
def test_no_text_leaves_its_cell_when_every_text_is_a_long_name(code, everywhere, watched):
    module, content = papers.longest(code)
    full, _ = hostile.put_into(content, lambda _: everywhere)

    assert watched(module, full, **LONG_FOOT).outside == []


@pytest.mark.parametrize("text", ["长", "W"])
@pytest.mark.parametrize("code", CODES)
def test_no_text_covers_another(code, text, watched):
    for module, content in (papers.USUAL[code](), papers.longest(code, text)):
        assert on_one_another(watched(module, content, **LONG_FOOT)) == []


def test_text_that_covers_another_is_seen():
    ink = Watched(*sheets.A4, title="")
    ink.show(100, 100, Style.SONG, 10, "上面的")
    ink.show(115, 104, Style.SONG, 10, "压着")
    ink.show(600, 300, Style.SONG, 10, "出去了")

    assert on_one_another(ink) == [("上面的", "压着")]
    assert ink.outside == ["出去了"]


def test_the_longest_values_are_as_long_as_they_get():
    assert len(records.LONG_NAME) == 16
    assert len(records.LONG_ADDRESS) == 60
    assert f"{records.LARGEST.grouped()}" == "9,999,999.99"


@pytest.mark.parametrize("text", ["长", records.RARE, records.NOBODYS, "W"])
@pytest.mark.parametrize("code", CODES)
def test_no_text_leaves_its_cell_for_the_longest_values(code, text, watched):
    ink = watched(*papers.longest(code, text))

    assert ink.outside == []


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_printed_where_a_finger_or_a_seal_goes(code, watched):
    for ink in (watched(*papers.USUAL[code]()), watched(*papers.longest(code))):
        for page, x, y, width, height in ink.kept:
            crossing = [
                word
                for word in ink.words
                if word[0] == page
                and word[1] < x + width and word[1] + word[3] > x
                and word[2] < y + height and word[2] + word[4] > y
            ]  # fmt: skip
            assert crossing == []


@pytest.mark.parametrize(
    ("code", "fingers", "seals"),
    [
        ("F01", 2, 3),
        ("F02", 4, 0),
        ("F03", 2, 0),
        ("F04", 4, 0),
        ("F06", 13, 0),
        ("F07", 3, 0),
        ("F08", 3, 0),
        ("F09", 1, 1),
        ("F10", 1, 1),
        ("F11", 2, 3),
        ("F12", 3, 1),
        ("F13", 2, 1),
        ("F16", 1, 3),
        ("F17a", 3, 1),
        ("F17b", 0, 3),
        ("F18", 0, 0),
        ("F19", 1, 2),
        ("F20", 1, 4),
        ("F21", 1, 2),
        ("F22", 2, 1),
        ("F23", 1, 1),
        ("F24", 2, 1),
        ("F25", 2, 2),
        ("F26", 3, 1),
        ("F27", 5, 1),
        ("SJ", 4, 0),
    ],
)
def test_every_place_to_sign_and_to_stamp_is_large_enough(code, fingers, seals, watched):
    kept = [
        (width / MM, height / MM) for _, _, _, width, height in watched(*papers.USUAL[code]()).kept
    ]

    assert sum(width >= 42 and height >= 42 for width, height in kept) == seals
    assert sum(30 <= width < 42 and height >= 20 for width, height in kept) == fingers


@pytest.mark.parametrize("code", CODES)
def test_everything_stays_inside_the_margins(code):
    module, content = papers.longest(code)
    with pdfs.opened(module.render(content, records.stamp())) as pdf:
        width, height = (float(edge) for edge in pdf.pages[0].mediabox[2:])

    for line in pdfs.lines_on(module.render(content, records.stamp())):
        x, y = map(int, line.split(" ", 2)[1].split(","))
        assert 10 <= x <= width / MM - 4
        assert 8 <= y <= height / MM


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


OPINIONS = ("F01", "F01B", "F04", "F17a", "F19")
"""What begins a page there is no line of signatures but an office's opinion, or the strip that
is torn off."""


@pytest.mark.parametrize("code", [code for code in CODES if code not in OPINIONS])
@pytest.mark.parametrize("text", ["长", "W"])
def test_no_page_begins_with_places_to_sign(code, text):
    module, content = papers.longest(code, text)
    paper = module.paper(content, records.NUMBER)
    signed = [
        isinstance(block, Grid) and any(cell.free for row in block.rows for cell in row.cells)
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


@pytest.mark.parametrize("mark", "，。；）”、")
def test_no_line_begins_with_closing_punctuation(mark):
    setting = flow((Words(f"一二三四五六七八九十{mark}" * 6),), 105, 10.5)

    assert all(line[0].part.text[0] != mark for line in setting.lines)
    assert len(setting.lines) > 3


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
