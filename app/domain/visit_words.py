"""Words of a visit beside the routine answers: what kind it was, the care given, what follows."""

from __future__ import annotations

from app.domain.words import Word


class VisitKind(Word):
    """Why the visitor went. A visit that says nothing was routine.

    上门服务 is what was done, in the note (S4:L40 助餐、助洁); 回访 those who get lost (S2:L19).
    """

    ROUTINE = "routine", "平常走访"
    WELFARE = "welfare", "探视探访"
    SWEEP = "sweep", "集中排查"
    INVESTIGATION = "investigation", "入户调查"
    SERVICE = "service", "上门服务"
    RETURNED = "returned", "走失流浪回访"


class Cleanliness(Word):
    """How clean a person, or a dwelling, is kept (F15)."""

    GOOD = "good", "好"
    FAIR = "fair", "一般"
    POOR = "poor", "差"


class FireSafety(Word):
    """Fire, electricity and gas (F15)."""

    SAFE = "safe", "无隐患"
    HAZARD = "hazard", "有隐患"


class CarerDuty(Word):
    """How whoever was engaged to look after somebody does it (S0:L31, F15)."""

    GOOD = "good", "好"
    FAIR = "fair", "一般"
    POOR = "poor", "差"
    NOBODY = "nobody", "没有照料人"


class Explained(Word):
    """Which policy was explained at the visit (宣传内容, F15; S1:L30, S2:L23)."""

    NOTHING = "nothing", "没讲"
    LIVING = "living", "低保特困"
    RELIEF = "relief", "临时救助"
    SPECIAL = "special", "看病上学住房"
    ALLOWANCES = "allowances", "残疾高龄补贴"
    SEVERAL = "several", "讲了好几样"


class Satisfaction(Word):
    """What the family says of the help it gets (满意度调查, S2:L23)."""

    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "一般"
    DISSATISFIED = "dissatisfied", "不满意"
    UNSAID = "unsaid", "没表态"


class FollowUp(Word):
    """What comes of a need that a visit found, chosen in place."""

    NOTHING = "nothing", "不用"
    LEAD = "lead", "留条线索"
    REFERRAL = "referral", "转介"
    APPLICATION = "application", "帮着申请"
    RELIEF = "relief", "先行救助"
    CASE_PLAN = "case_plan", "开个案"
    PROTECTION = "protection", "报告，保护孩子"


class FilePurpose(Word):
    """What a picture kept with a visit is."""

    PHOTO = "photo", "照片"
    SIGNATURE = "signature", "签字"
