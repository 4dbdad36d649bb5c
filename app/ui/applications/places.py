"""Where something is mended: the page a field of a record is filled in on, and its word. No Qt."""

from __future__ import annotations

from typing import Final

from app.domain.procedure import ReturnComment

_FIELDS: Final = {
    ("household", "address"): "家庭住址",
    ("household", "phone"): "联系电话",
    ("household", "bank_name"): "开户行",
    ("household", "bank_account"): "银行卡号",
    ("household", "head_person_id"): "户主",
    ("person", "name"): "姓名",
    ("person", "id_number"): "身份证号",
    ("person", "birth"): "出生日期",
    ("person", "hukou"): "户籍",
    ("person", "labour"): "劳动能力",
    ("person", "disability_level"): "残疾等级",
    ("person", "illness"): "病情",
    ("income_item", "amount_fen"): "收入金额",
    ("expense_item", "amount_fen"): "支出金额",
    ("asset_item", "amount_fen"): "财产金额",
    ("application", "requested"): "申请哪一档",
}
_RECORDS: Final = {
    "household": "家庭资料",
    "person": "人员资料",
    "household_member": "家庭成员",
    "support_obligor": "赡养人",
    "income_item": "收入",
    "expense_item": "支出",
    "asset_item": "财产",
    "application": "申请",
    "assessment": "测算",
}
_TEST: Final = frozenset(
    {"income_item", "expense_item", "asset_item", "support_obligor", "assessment"}
)
_TOLD_IN_THE_TALK: Final = frozenset({"labour", "hukou", "illness", "disability_level", "student"})


_FACT_KEYS: Final = {"birth": "birth_on"}
"""Columns the facts page asks for under another name."""
_FACTS: Final = {
    "household": frozenset(
        {"phone", "bank_name", "bank_account", "knock_note", "group_name", "door", "address"}
    ),
    "person": frozenset({"id_number", "name", "birth", "sex", "phone"}),
}
"""What is asked on the facts page, by record and column."""


def field_key(column: str) -> str:
    """The field of the facts page that asks for a column."""
    return _FACT_KEYS.get(column, column)


def read_place(subject: str) -> tuple[str, str, str]:
    """(household, person or "", field or "") of what `target_of` wrote."""
    household, _, at = subject.partition("@")
    entity, _, rest = at.partition(":")
    record, _, column = rest.partition(":")
    return household, record if entity == "person" else "", field_key(column)


def field_label(comment: ReturnComment) -> str:
    """What the field is called."""
    known = _FIELDS.get((comment.entity, comment.column))
    return known or _RECORDS.get(comment.entity, "这一户的资料")


def comment_label(comment: ReturnComment) -> str:
    """The field with what the county said of it."""
    return f"{field_label(comment)}：{comment.text}"


def page_of(comment: ReturnComment) -> str:
    """The page the field is filled in on."""
    if _is_fact(comment):
        return "facts"
    told = comment.entity == "person" and comment.column in _TOLD_IN_THE_TALK
    return "assessment" if comment.entity in _TEST or told else "household"


def target_of(comment: ReturnComment, household: str) -> str:
    """What the page is opened about: the very field, where the page can be opened there."""
    return f"{household}@{comment.key}" if _is_fact(comment) else household


def _is_fact(comment: ReturnComment) -> bool:
    return comment.column in _FACTS.get(comment.entity, ())
