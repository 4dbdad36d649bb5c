"""Words of leads and referrals: where a lead came from, what somebody needs (F19)."""

from __future__ import annotations

from typing import Final

from app.domain.words import Word


class LeadSource(Word):
    """Who told of somebody in need (domain.md §3.18; S0:L27, S4:L36)."""

    VISIT = "visit", "走访看到的"
    SELF = "self", "自己来说的"
    NEIGHBOUR = "neighbour", "邻里说的"
    HOTLINE = "hotline", "热线"
    PLATFORM = "platform", "平台转来的"
    CHARITY = "charity", "社会组织"
    COMPARISON = "comparison", "县里比对名单"


class HandOn(Word):
    """What becomes of a lead that was looked into and is gone on with."""

    REFERRAL = "referral", "转介"
    APPLICATION = "application", "帮着申请"
    RELIEF = "relief", "先行救助"
    OTHERS = "others", "交给别人"
    CASE_PLAN = "case_plan", "开个案"
    PROTECTION = "protection", "报告，保护孩子"


OWN_WAYS: Final = frozenset({HandOn.APPLICATION, HandOn.RELIEF, HandOn.CASE_PLAN})
"""What the village begins itself, on a page of its own; a referral is made at once."""


class ReferralNeed(Word):
    """For what somebody is handed on (F19; S2:L16 适老化, S2:L23 慈善, S2:L28 强制报告)."""

    MEDICAL = "medical", "看病"
    EDUCATION = "education", "上学"
    HOUSING = "housing", "住房、适老化"
    WORK = "work", "就业"
    REHABILITATION = "rehabilitation", "残疾康复"
    CARE = "care", "养老照料"
    LAW = "law", "法律"
    MIND = "mind", "心理"
    OTHER = "other", "别的"
    CHARITY = "charity", "慈善帮扶"
    PROTECTION = "protection", "保护孩子"
