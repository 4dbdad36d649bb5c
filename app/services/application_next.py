"""The one next thing to do with an application in each state, in her words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.casework import ApplicationStatus as Status

NEXT: Final[Mapping[Status, str]] = {
    Status.DRAFT: "补齐签字和资料，提交",
    Status.SUBMITTED: "问镇里受理没有",
    Status.SUPPLEMENT_REQUESTED: "催材料，收齐了记一笔",
    Status.NOT_ACCEPTED: "把不予受理告知书送到手上",
    Status.ACCEPTED: "等核对，先约入户调查",
    Status.CHECKING: "问镇里核对结果",
    Status.INVESTIGATING: "两个人去入户调查",
    Status.ASSESSED: "评议或贴公示",
    Status.IN_REVIEW: "记评议结果，再贴公示",
    Status.NOTICE_POSTED: "公示满了没人提意见，就报上去",
    Status.REINVESTIGATING: "去复查，答复提意见的人",
    Status.SENT_FOR_CONFIRMATION: "等县里的决定",
    Status.CONFIRMED: "告诉这户",
    Status.REFUSED: "把不同意告知书送到手上",
    Status.RETURNED: "照县里的意见改好再报",
    Status.PUBLISHED: "办好了",
    Status.WATCHLISTED: "按备案户关注",
    Status.WITHDRAWN: "已撤回",
    Status.CLOSED_BY_DEATH: "已终止",
}
