"""Words of leads and referrals: where a lead came from, what somebody needs (F19)."""

from __future__ import annotations

from app.domain.words import Word


class LeadSource(Word):
    """Who told of somebody in need (domain.md §3.18; S0:L27, S4:L36)."""

    VISIT = "visit", "走访看到的"
    SELF = "self", "自己来说的"
    NEIGHBOUR = "neighbour", "邻里说的"
    HOTLINE = "hotline", "热线"
    PLATFORM = "platform", "平台转来的"
    CHARITY = "charity", "社会组织"


class ReferralNeed(Word):
    """For what somebody is handed on (F19)."""

    MEDICAL = "medical", "看病"
    EDUCATION = "education", "上学"
    HOUSING = "housing", "住房"
    WORK = "work", "就业"
    REHABILITATION = "rehabilitation", "残疾康复"
    CARE = "care", "养老照料"
    LAW = "law", "法律"
    MIND = "mind", "心理"
    OTHER = "other", "别的"
