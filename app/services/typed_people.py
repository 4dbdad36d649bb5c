"""People as they are typed on one line: names, and who was there in what capacity."""

from __future__ import annotations

from app.domain.problem import Refused
from app.domain.procedure import Attendant, ReviewRole


def attendance_of(text: str) -> tuple[Attendant, ...]:
    """People as they are typed, one a line: "村民代表 韦大山、覃小妹 回避".

    Words: a role, then names; 回避 after a name sits that one out. Raises Refused A-28 for a line
    without a known role.
    """
    found: list[Attendant] = []
    roles = {role.label: role for role in ReviewRole}
    for line in (one.strip() for one in text.splitlines()):
        if not line:
            continue
        label, _, names = line.replace("：", " ").replace(":", " ").partition(" ")
        role = roles.get(label)
        if role is None or not names.strip():
            raise Refused(
                "到会的人要一行写一种身份。",
                do=f"请写成“{ReviewRole.VILLAGER.label} 张三、李四（回避）”，"
                f"身份有：{'、'.join(roles)}。",
                code="A-28",
                field="attendance",
            )
        found += [_attendant(name, role) for name in _split(names)]
    return tuple(found)


def _attendant(text: str, role: ReviewRole) -> Attendant:
    name = text.replace("（回避）", "").replace("(回避)", "").replace("回避", "").strip()
    return Attendant(name=name, role=role, recused="回避" in text)


def _split(names: str) -> list[str]:
    for mark in ("，", ",", " ", "；", ";"):
        names = names.replace(mark, "、")
    joined = names.replace("、回避", "回避").replace("、（回避）", "（回避）")
    return [one for one in joined.split("、") if one.strip()]


def names_of(text: str) -> tuple[str, ...]:
    """Names as they are typed: 、 ， or a blank between them, or one a line."""
    return tuple(_split("、".join(text.splitlines())))
