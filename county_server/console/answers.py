"""What may be answered to a case: the words an officer chooses from, and what each one does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.domain.grace_states import GRACE, GraceEvent, GraceStatus
from app.domain.words import Word


class Answer(Word):
    """What is proposed: of what was asked, of a 渐退 under way, of a benefit that runs."""

    AGREE = "agree", "同意"
    REFUSE = "refuse", "不同意"
    REINSTATE = "reinstate", "恢复保障"
    CANCEL = "cancel", "取消渐退"
    STOP = "stop", "停发"
    CHANGE = "change", "改金额"
    UNDO = "undo", "撤回上一次停发、改发"


ASKED: Final = frozenset({Answer.AGREE, Answer.REFUSE})
"""What is said of an application and of a 先行救助."""


ASKED_GRACES: Final = (GraceStatus.PROPOSED.value, GraceStatus.ENDED.value)
"""Whether it begins, and whether the household leaves once its months are over."""
A, S, E = Answer, GraceStatus, GraceEvent
_GRACES: Final[Mapping[GraceStatus, Mapping[Answer, tuple[GraceEvent, str]]]] = {
    S.PROPOSED: {
        A.AGREE: (E.APPROVE, "同意渐退"),
        A.REFUSE: (E.CANCEL, "不同意渐退"),
    },
    S.APPROVED: {
        A.CANCEL: (E.CANCEL, "取消渐退，照原来的发"),
    },
    S.RUNNING: {
        A.REINSTATE: (E.REINSTATE, "恢复保障，照原来的发（又在标准以内了）"),
        A.CANCEL: (E.CANCEL, "取消渐退（批错了，或已经没有人了）"),
    },
    S.ENDED: {
        A.AGREE: (E.EXIT, "同意退出"),
        A.REFUSE: (E.REINSTATE, "不退出，恢复保障"),
        A.CANCEL: (E.CANCEL, "取消渐退（批错了，或已经没有人了）"),
    },
}
"""What each answer says of a 渐退, and how the page puts it. What is proposed and what is over
waits for one; the others are said when the county hears that things changed."""


def grace_event(body: Mapping[str, Any], answer: Answer) -> GraceEvent:
    """What an answer says of a 渐退. Raises Refused G-01 where it does not follow."""
    status = GraceStatus(str(body["status"]))
    event, _label = _GRACES.get(status, {}).get(answer, (_UNASKED.get(answer, E.APPROVE), ""))
    GRACE.after(status, event)
    return event


_UNASKED: Final[Mapping[Answer, GraceEvent]] = {
    A.AGREE: E.APPROVE, A.REFUSE: E.EXIT, A.REINSTATE: E.REINSTATE, A.CANCEL: E.CANCEL,
}  # fmt: skip
"""The event a refusal names where an answer does not follow."""


def grace_answers(body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(answer, how the page puts it) of everything that may be said of a 渐退 now."""
    said = _GRACES.get(GraceStatus(str(body["status"])), {})
    return tuple((answer.value, label) for answer, (_event, label) in said.items())
