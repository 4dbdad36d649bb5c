"""What village and township write on an application, the same on every form that asks them."""

from __future__ import annotations

from datetime import date

from app.documents import values
from app.documents.cells import Row, mixed, opinion, row, sign
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.typeset import Blank, Part, Tick, Words


def village() -> Row:
    """协助意见 of the village: whether it is so, signed and sealed."""
    truth = (
        Tick("情况属实"), Tick("情况不属实"),
        Words("\n协助意见："), Blank(92), Words("\n"), Blank(110),
    )  # fmt: skip
    return row("村（居）委会\n协助意见", opinion(*truth, signers=("经办人", "负责人")))


def township(first: date | None = None, last: date | None = None) -> Row:
    """初审意见 of the township, with the public notice and what was objected.

    `first` and `last` say from when to when the notice hung, where it has.
    """
    notice = (
        Words("公示时间"), *_day(first), Words("至"), *_day(last),
        Words("\n公示异议　"), Tick("有"), Tick("无"),
        Words("\n初审意见："), Blank(92), Words("\n"), Blank(110),
    )  # fmt: skip
    return row("乡镇（街道）\n初审意见", opinion(*notice, signers=("经办人", "负责人")))


def _day(value: date | None) -> tuple[Part, ...]:
    return (Words(f" {values.day(value)} ", Style.KAI),) if value else (Blank(40),)


def declaration(text: str) -> tuple[Row, ...]:
    """What the applicant declares, in two columns: read out if need be, signed or pressed."""
    written = Tick("由他人代写，已念给本人听，本人确认")
    return (
        row(mixed(Words(f"{text}\n"), written, span=2), height=26 * MM),
        row(sign("申请人签字\n（或按手印）："), sign("代理人签字\n（或按手印）：")),
    )
