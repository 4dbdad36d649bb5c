"""People as they are typed."""

from __future__ import annotations

import pytest

from app.domain.problem import Refused
from app.domain.procedure import ReviewRole
from app.services.typed_people import attendance_of, names_of


@pytest.mark.parametrize(
    "text", ["张三、李四", "张三，李四", "张三 李四", "张三,李四", "张三\n李四", " 张三；李四； "]
)
def test_names_are_told_apart_however_they_are_typed(text):
    assert names_of(text) == ("张三", "李四")


def test_nobody_is_nobody():
    assert names_of("  ") == ()
    assert attendance_of("\n ") == ()


def test_a_line_holds_a_role_and_its_people():
    found = attendance_of("村民代表 张三、李四（回避）\n村干部：覃大山\n党员 韦小妹 回避")

    assert [(one.name, one.role, one.recused) for one in found] == [
        ("张三", ReviewRole.VILLAGER, False),
        ("李四", ReviewRole.VILLAGER, True),
        ("覃大山", ReviewRole.COMMITTEE, False),
        ("韦小妹", ReviewRole.PARTY, True),
    ]


@pytest.mark.parametrize("text", ["张三、李四", "村民代表", "队长 张三"])
def test_a_line_without_a_role_is_refused_with_the_roles_there_are(text):
    with pytest.raises(Refused) as refused:
        attendance_of(text)

    assert (refused.value.code, refused.value.field) == ("A-28", "attendance")
    assert all(role.label in refused.value.do for role in ReviewRole)
