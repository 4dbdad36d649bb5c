"""What happens to an application, and whose word it is."""

from __future__ import annotations

from typing import Final

from app.domain.words import Word


class Actor(Word):
    """Whose step it is. What is not the village's it only records as it was told."""

    VILLAGE = "village", "村里"
    TOWNSHIP = "township", "乡镇"
    COUNTY = "county", "县里"


class ApplicationEvent(Word):
    """The steps of domain.md §5.3. The label follows "不能", "去", "已经"."""

    SUBMIT = "submit", "提交"
    NEED_MATERIAL = "need_material", "要求补材料"
    MATERIAL_IN = "material_in", "收齐材料"
    NOT_ACCEPT = "not_accept", "不予受理"
    PRECHECK = "precheck", "受理前核对"
    ACCEPT = "accept", "受理"
    SEND_CHECK = "send_check", "送去核对"
    CHECK_REPORT = "check_report", "记核对结果"
    INVESTIGATED = "investigated", "记入户调查"
    NEED_REVIEW = "need_review", "开民主评议"
    REVIEWED = "reviewed", "记评议结果"
    POST = "post", "贴出公示"
    OBJECTION = "objection", "记异议"
    REINVESTIGATED = "reinvestigated", "记复查结果"
    NOTICE_CLEAN = "notice_clean", "公示期满报上去"
    EXTEND = "extend", "延长期限"
    CONFIRM = "confirm", "确认同意"
    RETURN = "return", "退回"
    REFUSE = "refuse", "确认不同意"
    PUBLISH = "publish", "公布"
    REGISTER = "register", "备案"
    REWORK = "rework", "退到草稿重填"
    REOPEN = "reopen", "重新审核"
    RESUBMIT = "resubmit", "改好再提交"
    RESEND = "resend", "改好再报县里"
    POST_LIST = "post_list", "贴确认公示"
    TELL = "tell", "告知本人"
    WITHDRAW = "withdraw", "撤回"
    DEATH = "death", "因去世终止"


SENT: Final = frozenset(
    {
        ApplicationEvent.SUBMIT,
        ApplicationEvent.RESUBMIT,
        ApplicationEvent.NOTICE_CLEAN,
        ApplicationEvent.RESEND,
    }
)
"""Steps that hand the application on, upwards."""
