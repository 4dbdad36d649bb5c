"""What a paper that can be made will leave to be written by hand, named before it is printed.

It is read off what the paper says, so that nobody is named who is not on it. What is always written
by hand (docs/forms.md) is not named, nor what a household may well have none of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final

from app.domain.people import IdKind

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.domain.people import Person

_NUMBER: Final = "身份证号"
_NUMBERS: Final = {IdKind.NONE: "", IdKind.RESIDENT: _NUMBER} | dict.fromkeys(
    (IdKind.HUKOU_BOOK, IdKind.HK_MACAO_PERMIT, IdKind.OTHER), "证件号码"
)
_OF_SOMEBODY: Final = {
    "birth": "出生日期",
    "age": "出生日期",
    "sex": "性别",
    "ethnicity": "民族",
    "hukou": "户籍类别",
    "hukou_address": "户籍地址",
    "marriage": "婚姻状况",
    "education": "文化程度",
}
_OF_THE_HOME: Final = {
    "address": "家庭住址",
    "phone": "联系电话",
    "bank_name": "开户银行",
    "bank_account": "银行卡号",
}
_NAMES: Final = ("name", "person", "payee", "applicant", "receiver", "head")
"""Fields that say whose the facts beside them are, the nearest first."""
_TESTED: Final = "收入财产（还没有测算）"
_CARED: Final = {"care": "自理能力（还没评估）", "services": "服务内容"}
_CARER: Final = {"carer_relation": "照料人和本人的关系", "carer_phone": "照料人电话"}
_ASKED: Final[Mapping[str, Mapping[str, str]]] = {
    "F01": {
        "causes": "主要致贫原因", "sums": _TESTED, "per_capita_month": "人均收入（没算出来）",
    },
    "F03": {"has": "有没有收入财产（没问到）", "kin": "有没有近亲属在经办（还没问）"},
    "F05": {"standard_month": "低保标准（县里还没给）"},
    "F04": {"answers": "家里看到的、问到的"},
    "F06": {"place": "住在哪一组"},
    "F07": {"place": "住在哪一组", "contact": "反映情况打哪个电话", "benefit": "建议给多少"},
    "F08": {"place": "住在哪一组", "contact": "反映情况打哪个电话", "benefit": "每月给多少"},
    "F10": {"reason": "不同意的原因", "per_capita": _TESTED},
    "F11": _CARED | _CARER | {"carer": "照料人（还没定）", "per_capita_month": _TESTED},
    "F12": {"failed": "六项能不能自己做（没问全）"},
    "F13": _CARED | _CARER | {
        "carer_id_number": "照料人身份证号", "carer_address": "照料人住址", "fee": "照料费",
    },
    "F14": _CARED | _CARER,
    "F17b": {"text": "补充说明（手续还没补）"},
    "F19": {"source": "怎么发现的"},
    "F20": {"income_now": _TESTED, "amount_before": "原来每月多少"},
    "F21": {"per_capita": _TESTED},
    "F22": {"post": "工作人员的职务"},
    "F26": {
        "proxy": "代办人的姓名", "proxy_id": "代办人的身份证号",
        "relation": "代办人和本人的关系", "proxy_phone": "代办人的电话",
    },
}  # fmt: skip
"""What a form asks besides: a field of its content, in words."""
_LIKE: Final = {"F07A3": "F07", "F08A3": "F08"}
"""Enlarged ones ask what they are made of asks."""
_NOT_BESIDE: Final = {
    "id_number": "is_unknown",
    "causes": "other_cause",
    "birth": "is_unknown",
}
"""What is not asked where the other field says something."""


def lacking(form: str, content: FormContent, people: Iterable[Person] = ()) -> tuple[str, ...]:
    """The blanks of `form` in words, each once; of `people` it is known what papers they have."""
    asked = _ASKED.get(_LIKE.get(form, form), {})
    numbers = {one.name: _NUMBERS.get(one.id_kind, _NUMBER) for one in people}
    whose = _named(content)
    return tuple(dict.fromkeys(filter(None, _lacks(content, whose, whose, asked, numbers))))


def in_words(missing: Iterable[str]) -> str:
    """What is missing in one line; whose it is said once: 覃兰英的身份证号、性别、联系电话."""
    listed: dict[str, list[str]] = {}
    for what in missing:
        whose, of, rest = what.partition("的")
        listed.setdefault(whose + of if rest else what, []).append(rest)
    return "、".join(whose + "、".join(filter(None, rest)) for whose, rest in listed.items())


def _lacks(
    part: Any,  # noqa: ANN401  # a content, or a part of one
    whose: str,
    subject: str,
    asked: Mapping[str, str],
    numbers: Mapping[str, str],
) -> Iterator[str]:
    """What is blank in `part` about `whose`; `subject` is who the paper is about."""
    whose = _named(part) or whose
    for each in fields(part):
        value, name = getattr(part, each.name), each.name
        for inner in value if isinstance(value, tuple) else (value,):
            if is_dataclass(inner) and type(inner).__module__.startswith("app.documents"):
                yield from _lacks(inner, whose, subject, asked, numbers)
        if value not in (None, "", (), {}) or getattr(part, _NOT_BESIDE.get(name, ""), None):
            continue
        if name in asked:
            yield from _asked_of(part, name, asked)
        elif name == "id_number" and whose:
            said = numbers.get(whose, _NUMBER)
            yield f"{whose}的{said}" if said else ""
        elif name in _OF_SOMEBODY and whose:
            yield f"{whose}的{_OF_SOMEBODY[name]}"
        elif name in _OF_THE_HOME:
            said = _OF_THE_HOME[name]
            yield said if name != "phone" or whose == subject else f"{whose}的{said}"


def _asked_of(part: Any, name: str, asked: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401
    """Of a carer nobody has found yet nothing more is asked."""
    if name not in _CARER or part.carer:
        yield asked[name]


def _named(part: Any) -> str:  # noqa: ANN401
    """Who a part of a content is about; empty where it names nobody."""
    found = (getattr(part, name, "") for name in _NAMES)
    said = next(filter(None, found), "")
    return said if isinstance(said, str) else _named(said)
