"""Text set into lines."""

from __future__ import annotations

import pytest

from app.documents.cells import FLOOR
from app.documents.fonts import Style, width_of
from app.documents.typeset import Setting, Tick, Words, fit, flow
from tests import records


def test_a_closing_mark_in_a_part_of_its_own_never_begins_a_line():
    said = Words("今收到青石坳村给付的救助", Style.KAI)
    narrow = width_of(Style.KAI, said.text) * 12 / 1000 + 1

    setting = flow((said, Words("。以上属实")), narrow, 12)

    firsts = [line[0].part for line in setting.lines]
    assert len(firsts) > 1
    assert not any(isinstance(part, Words) and part.text.startswith("。") for part in firsts)


def test_an_amount_is_never_torn_from_its_sign():
    said = Words("给付的救助人民币捌佰元整（¥800.00）和¥1,100.00", Style.KAI)

    for room in range(100, 240):
        lines = [
            "".join(piece.part.text for piece in line) for line in flow((said,), room, 12).lines
        ]

        assert any("¥800.00" in line for line in lines)
        assert any("¥1,100.00" in line for line in lines)


def lines_of(setting: Setting) -> list[str]:
    return ["".join(piece.part.text for piece in line) for line in setting.lines]


@pytest.mark.parametrize(
    "whole",
    ["2026年3月1日", "2026年12月31日，", "2026年3月", "3月16日", "12时05分", "　　年　　月　　日",
     "（盖章）", "（或按手印）："],
)  # fmt: skip
def test_a_day_and_a_short_remark_in_brackets_stay_whole(whole):
    said = Words(f"协议期限自这一天起{whole}止，由他们商量着定下来。")

    for room in range(round(width_of(Style.SONG, whole) * 12 / 1000) + 1, 300):
        assert any(whole in line for line in lines_of(flow((said,), room, 12)))


def test_a_day_wider_than_its_line_is_set_smaller():
    setting = flow((Words("2026年12月31日", Style.KAI),), 60, 12)

    assert lines_of(setting) == ["2026年12月31日"]
    assert setting.size < 12


def test_a_remark_wider_than_its_line_breaks_where_words_break():
    setting = flow((Words("（元，按月）"),), 30, 10)

    assert lines_of(setting) == ["（元，", "按月）"]
    assert lines_of(flow((Words("（共1,234）"),), 38, 10)) == ["（共", "1,234）"]


def test_words_dealt_out_evenly_keep_their_numbers_whole():
    said = (Words("一共 ¥9,999,999.99 元", Style.KAI),)

    setting = flow(said, 85, 10, evenly=True)

    assert len(setting.lines) > 1
    assert any("¥9,999,999.99" in line for line in lines_of(setting))


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("家庭年收入", 45, ["家庭年", "收入"]),
        ("还定不了", 35, ["还定", "不了"]),
        ("刚性支出困难家庭", 75, ["刚性支出", "困难家庭"]),
        ("（未成年人，不公布姓名）", 100, ["（未成年人，", "不公布姓名）"]),
        (records.LONG_NAME, 120, ["阿卜杜热西提江·", "买合木提尼亚孜江"]),
    ],
)
def test_words_in_the_middle_of_a_cell_are_dealt_out_evenly(text, room, expected):
    said = (Words(text, Style.KAI),)

    assert lines_of(flow(said, room, 10, evenly=True)) == expected
    assert lines_of(fit(said, room, 40, 10, 10, evenly=True)) == expected
    assert lines_of(flow(said, room, 10)) != expected


def test_running_text_and_typed_breaks_and_boxes_are_left_as_they_are():
    long, typed = Words("字" * 45), Words("头一行很长很长很长\n二")
    boxes = tuple(Tick(name) for name in ("头一", "第二", "第三"))

    for parts, room in (((long,), 100), ((typed,), 60), (boxes, 100)):
        assert flow(parts, room, 10, evenly=True).lines == flow(parts, room, 10).lines


def test_a_long_text_stands_on_two_lines_where_it_is_larger_so():
    address = (Words(records.LONG_ADDRESS[:36], Style.KAI),)

    setting = fit(address, 260, 22, 10.5, FLOOR)

    assert (setting.size, [len(line) for line in lines_of(setting)]) == (8, [18, 18])
    assert len(fit((Words("年龄"),), 15.5, 22, 10.5, FLOOR).lines) == 1
    assert len(fit(address, 260, 10, 10.5, FLOOR).lines) == 1
