"""Who has a hand in the practice village's cases: generated names, and offices nobody has."""

from __future__ import annotations

from typing import Final

from app.domain.procedure import Attendant, ReviewRole
from app.practice.standing import TOWNSHIP_NAME

CLERK: Final = f"{TOWNSHIP_NAME}民政办 覃主任"
OFFICE: Final = f"{TOWNSHIP_NAME}民政办"
HOSPITAL: Final = f"{TOWNSHIP_NAME}卫生院"
SCHOOL: Final = f"{TOWNSHIP_NAME}中心校"
INVESTIGATORS: Final = ("农建国", "罗秀梅")
POSTED_BY: Final = ("农建国",)
WITNESSES: Final = ("蒙大才", "盘桂香")
CHAIR: Final = "农建国"
RECORDER: Final = "罗秀梅"
EXPECTED: Final = 12
AGREED: Final = 9
MEETING: Final = tuple(
    Attendant(name=name, role=role)
    for names, role in (
        (("农建国", "罗秀梅"), ReviewRole.COMMITTEE),
        (("黄永福", "陆小兰"), ReviewRole.PARTY),
        (("蒙大才", "盘桂香", "梁阿三", "赵木生", "邓金花", "沈老五"), ReviewRole.VILLAGER),
    )
    for name in names
)


def paper(what: str, year: int, number: int) -> str:
    """The number on a paper of the practice township: 练民受〔2026〕7号."""
    return f"练民{what}〔{year}〕{number}号"
