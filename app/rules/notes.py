"""What the answer points out beside the rungs: a hint decides nothing, somebody looks into it."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.words import Word


class HintCode(Word):
    """What a hint is about."""

    DISABILITY_LIVING = "disability_living", "困难残疾人生活补贴"
    DISABILITY_CARE = "disability_care", "重度残疾人护理补贴"
    ORPHAN = "orphan", "孤儿"
    DE_FACTO_ORPHAN = "de_facto_orphan", "事实无人抚养儿童"
    CHILD_WITHOUT_PARENTS = "child_without_parents", "父母不在的孩子"
    MONITORING_TAG = "monitoring_tag", "保留监测标注"
    CONFLICT = "conflict", "政策重复"
    LEAK = "leak", "防漏保"
    RIGID_VALIDITY = "rigid_validity", "刚性支出有效期"
    CHECK_CEILING = "check_ceiling", "核对收入上限"
    BETTER_OPEN = "better_open", "更靠前的还定不了"
    USUAL = "usual", "没问的按通常算"
    UNCHECKED_SOURCE = "unchecked_source", "依据没核对"


class Hint(NamedTuple):
    """One thing to look into, in village words; `member` None is about the household."""

    code: HintCode
    member: str | None
    text: str
    basis: str
