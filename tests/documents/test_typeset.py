"""Text set into lines."""

from __future__ import annotations

from app.documents.fonts import Style, width_of
from app.documents.typeset import Words, flow


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
