"""The words of 先行救助 beside what happened and how it is given (domain.md §2.8, §3.16)."""

from __future__ import annotations

from app.domain.words import Word


class ReportedBy(Word):
    """How the emergency came to be known."""

    VISIT = "visit", "走访发现"
    SELF = "self", "本人申请"
    OTHER = "other", "他人报告"
    HOTLINE = "hotline", "热线转来"


class FundSource(Word):
    """Which money it is."""

    RESERVE = "reserve", "备用金"
    BUDGET = "budget", "临时救助资金"


class ApprovalWay(Word):
    """How somebody above agreed."""

    PHONE = "phone", "电话"
    IN_PERSON = "in_person", "当面"
    MESSAGE = "message", "微信或短信"
    WRITTEN = "written", "书面"


class CheckResult(Word):
    """What the papers made up afterwards showed."""

    KEPT = "kept", "属实"
    RECOVER = "recover", "不符，要追回"


class Afterwards(Word):
    """What comes after the papers."""

    NOTHING = "nothing", "到此为止"
    GENERAL = "general", "继续走一般程序"
    FOLLOW_ON = "follow_on", "跟进救助"
    TO_DIBAO = "to_dibao", "转低保"


class InstalmentStatus(Word):
    """How one part of staged relief stands."""

    PLANNED = "planned", "还没给"
    PAID = "paid", "给过了"
    REVERSED = "reversed", "冲正了"
    CANCELLED = "cancelled", "不给了"


class EntryKind(Word):
    """What moved the reserve fund. `sign` says which way."""

    IN = "in", "拨入"
    OUT = "out", "支出"
    RECOVERED = "recovered", "追回"
    REVERSED = "reversed", "冲正退回"
    ADJUST_UP = "adjust_up", "调增"
    ADJUST_DOWN = "adjust_down", "调减"

    @property
    def sign(self) -> int:
        """1 for money that comes in, -1 for money that goes out."""
        return -1 if self in {EntryKind.OUT, EntryKind.ADJUST_DOWN} else 1
