"""One cell of a roster: text in, a value of the trade out, or a Refused that says what is wrong.

The sentences never repeat the cell: the coordinator sees it beside them, masked where needed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar

from app.domain.ethnic_groups import ethnic_group
from app.domain.households import Category
from app.domain.money import Money
from app.domain.people import DisabilityKind, Education, Marriage, Relation, SelfCare
from app.domain.problem import Refused
from app.domain.words import Word

W = TypeVar("W", bound=Word)

_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_NAME: Final = re.compile(rf"[{_HAN}]+(?:·[{_HAN}]+)*|[A-Za-z]+(?:[ ,.'-]+[A-Za-z]+)*")
_DOTS: Final = str.maketrans(dict.fromkeys("•‧∙⋅・･．", "·"))
_DATE: Final = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))", re.ASCII
)
_RUINED: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2}", re.ASCII)
_MOBILE: Final = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}", re.ASCII)
_ACCOUNT: Final = re.compile(r"\d{10,30}", re.ASCII)
_BANK_CARD: Final = re.compile(r"62\d{14}|62\d{17}", re.ASCII)
_OTHER_NUMBER: Final = re.compile(r"[0-9A-Z()（）-]{5,20}", re.ASCII)
_CERTIFICATE: Final = re.compile(r"[0-9A-Z()（）-]{5,24}", re.ASCII)
"""Up to the 22 places of a 残疾人证 that was lost and issued again."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)
_VILLAGE_CODE: Final = re.compile(r"[1-8]\d{11}", re.ASCII)
_LONGEST_NAME: Final = 40
_NINE: Final = 9
_SEPARATORS: Final = re.compile(r"[、，,；;\s]+")

RELATION_WORDS: Final[Mapping[str, Relation]] = {
    **dict.fromkeys(("本人", "户主"), Relation.HEAD),
    **dict.fromkeys(("妻", "夫", "妻子", "丈夫"), Relation.SPOUSE),
    **dict.fromkeys(("子", "女", "儿子", "女儿", "长子", "次子", "长女", "次女"), Relation.CHILD),
    **dict.fromkeys(("儿媳", "女婿"), Relation.CHILD_IN_LAW),
    **dict.fromkeys(("孙子", "孙女", "外孙", "外孙女", "孙子女"), Relation.GRANDCHILD),
    **dict.fromkeys(("父", "母", "父亲", "母亲", "公公", "婆婆", "岳父", "岳母"), Relation.PARENT),
    **dict.fromkeys(("祖父", "祖母", "外祖父", "外祖母", "爷爷", "奶奶"), Relation.GRANDPARENT),
    **dict.fromkeys(("兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹"), Relation.SIBLING),
    **dict.fromkeys(("非亲属", "其他亲属"), Relation.OTHER),
}
"""GB/T 4761 words and what villages say, besides the labels of `Relation`."""

MARRIAGE_WORDS: Final[Mapping[str, Marriage]] = {
    **dict.fromkeys(("初婚", "再婚", "复婚", "有配偶"), Marriage.MARRIED),
    **dict.fromkeys(("离异", "离婚未再婚"), Marriage.DIVORCED),
    "丧偶未再婚": Marriage.WIDOWED,
}
"""GB/T 2261.2 words and what provinces print, besides the labels of `Marriage`."""

EDUCATION_WORDS: Final[Mapping[str, Education]] = {
    **dict.fromkeys(("硕士", "博士", "研究生教育"), Education.POSTGRADUATE),
    **dict.fromkeys(("大学本科", "大学"), Education.UNDERGRADUATE),
    **dict.fromkeys(("大学专科", "大专", "高职"), Education.COLLEGE),
    **dict.fromkeys(("中等专科", "职高", "中职"), Education.VOCATIONAL),
    "技工学校": Education.TECHNICAL,
    "普通高中": Education.HIGH,
    **dict.fromkeys(("文盲", "半文盲", "文盲或半文盲", "没上过学", "未上过学"), Education.NONE),
}
"""GB/T 4658 words and what provinces print, besides the labels of `Education`."""

CATEGORY_WORDS: Final[Mapping[str, Category]] = {
    **{f"低保{tier}类": Category.DIBAO for tier in "ABC"},
    **dict.fromkeys(("特困人员", "特困供养"), Category.TEKUN),
    **dict.fromkeys(("边缘", "低保边缘家庭"), Category.MARGINAL),
    **dict.fromkeys(("刚性支出困难家庭", "支出型困难"), Category.RIGID_EXPENDITURE),
    **dict.fromkeys(("无", "否"), Category.NONE),
}
"""What provinces print, besides the labels of `Category`. The A/B/C tier is not kept: the benefit
beside it says what it means in money."""

_DISABILITY_SUFFIXES: Final = ("残疾", "残")
_LEVELS: Final = {
    **{str(level): level for level in range(1, 5)},
    **{f"{word}级": level for level, word in enumerate("一二三四", 1)},
    **{f"{level}级": level for level in range(1, 5)},
}
_YES: Final = {"是": True, "有": True, "否": False, "无": False}


def word_of(kind: type[W], also: Mapping[str, W] | None = None) -> Callable[[str], W]:
    """A reader of the labels (and codes) of `kind`, and of the words in `also`. R-31."""
    words: dict[str, W] = {}
    for member in kind:
        words[member.value] = words[member.label] = member
    words.update(also or {})
    labels = "、".join(member.label for member in kind)

    def _read(text: str) -> W:
        found = words.get(text)
        if found is None:
            raise _wrong("这里只能填这些词中的一个。", do=f"可以填：{labels}。", code="R-31")
        return found

    return _read


def read_disability(text: str) -> DisabilityKind | None:
    """视力 or 视力残疾; None for 无, which says that there is none. Raises Refused (R-31)."""
    if text == NOT_DISABLED:
        return None
    for suffix in _DISABILITY_SUFFIXES:
        text = text.removesuffix(suffix)
    return _DISABILITY(text)


def read_level(text: str) -> int:
    """1…4, written 2, 2级 or 二级. Raises Refused (R-31)."""
    level = _LEVELS.get(text)
    if level is None:
        raise _wrong("残疾等级只有一级到四级。", do="请填：一级、二级、三级、四级。", code="R-31")
    return level


def read_yes_no(text: str) -> bool:
    """是 or 否. Raises Refused (R-31)."""
    answer = _YES.get(text)
    if answer is None:
        raise _wrong("这里只能填“是”或“否”。", do="不清楚就空着。", code="R-31")
    return answer


def read_ethnicity(text: str) -> str:
    """One of the fifty-six, with or without 族. Raises Refused (R-31)."""
    found = ethnic_group(text)
    if found is None:
        raise _wrong("没有这个民族。", do="请照身份证上的民族填，比如：汉、壮、瑶。", code="R-31")
    return found


def read_self_care(text: str) -> dict[str, bool]:
    """What the person cannot do alone, of the six things: 洗澡、上厕所; or 都能做.

    Raises Refused (R-31).
    """
    cannot = set() if text == ALL_SELF_CARE else set(_SEPARATORS.split(text))
    if cannot - {thing.label for thing in SelfCare}:
        labels = "、".join(thing.label for thing in SelfCare)
        raise _wrong(
            "这里只能填六件事里做不了的。",
            do=f"可以填：{labels}；都能做填“{ALL_SELF_CARE}”。",
            code="R-31",
        )
    return {thing.value: thing.label not in cannot for thing in SelfCare}


ALL_SELF_CARE: Final = "都能做"
NOT_DISABLED: Final = "无"
"""What 残疾类别 says of somebody without a disability; an empty cell says nothing."""


def read_date(text: str) -> date:
    """1979-05-03, 1979/5/3, 1979年5月3日 or 19790503. Raises Refused (R-32)."""
    match = _DATE.fullmatch(half_width(text))
    parts = [part for part in match.groups() if part] if match else []
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        raise _wrong("没有这样的日期。", do="请写成 1979-05-03 这样。", code="R-32") from None


def read_birth(on: date) -> Callable[[str], date]:
    """A reader of birth dates not after `on`. Raises Refused (R-32)."""

    def _read(text: str) -> date:
        birth = read_date(text)
        if birth > on:
            raise _wrong("出生日期在今天之后。", do="请核对年月日。", code="R-32")
        return birth

    return _read


def read_year(on: date) -> Callable[[str], int]:
    """A reader of years not after `on`: 2019 or 2019年. Raises Refused (R-32)."""

    def _read(text: str) -> int:
        year = half_width(text).removesuffix("年")
        if not _YEAR.fullmatch(year) or int(year) > on.year:
            raise _wrong("没有这样的年份。", do="请写四位数字，比如 2019。", code="R-32")
        return int(year)

    return _read


def read_amount(text: str) -> Money:
    """Yuan, not negative. Raises Refused (M-01, R-33)."""
    amount = Money.parse(half_width(text))
    if amount.fen < 0:
        raise _wrong("金额不能是负数。", do="请核对这个数。", code="R-33")
    return amount


def read_name(text: str) -> str:
    """A name in Chinese characters (rare ones too, `·` between parts) or in Latin letters.

    Raises Refused (R-34) for a character no font has: a private one, a question mark, a box.
    """
    name = text.translate(_DOTS)
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        raise _wrong(
            "姓名里有认不出的字或符号。",
            do="请照身份证上的字重打一遍；生僻字打不出来，请让县里导出时不要换成问号。",
            code="R-34",
        )
    return name


def read_phone(text: str) -> str:
    """A mobile or a land line. Raises Refused (R-35)."""
    phone = half_width(text)
    if not _MOBILE.fullmatch(phone):
        raise _wrong("电话号码不对。", do="手机是11位数字；没有电话就空着。", code="R-35")
    return phone


def read_account(text: str) -> str:
    """An account: digits; one that is a bank card must check (ISO/IEC 7812, Luhn).

    Raises Refused: R-36, or R-38 when a spreadsheet ruined it.
    """
    account = half_width(text)
    if _RUINED.fullmatch(account):
        raise _wrong(
            "银行账号被 Excel 弄坏了，后面几位已经丢了，补不回来。",
            do="请照着存折或银行卡重新填，这一列要设成“文本”。",
            code="R-38",
        )
    if not _ACCOUNT.fullmatch(account):
        raise _wrong("银行账号应全是数字。", do="请照着存折或银行卡核对。", code="R-36")
    if _BANK_CARD.fullmatch(account) and not passes_luhn(account):
        raise _wrong("银行卡号有一位不对。", do="请照着银行卡一位一位核对。", code="R-36")
    return account


def half_width(text: str) -> str:
    """Figures and signs as a keyboard in Latin mode types them, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def passes_luhn(digits: str) -> bool:
    """Whether the last digit of a card number agrees with the others (ISO/IEC 7812-1 annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - _NINE if value > _NINE else value
    return total % 10 == 0


def read_other_number(text: str) -> str:
    """A number on another document: letters and digits. Raises Refused (R-37)."""
    number = half_width(text).upper()
    if not _OTHER_NUMBER.fullmatch(number):
        raise _wrong("证件号码的写法不对。", do="请照着证件核对。", code="R-37")
    return number


def read_certificate_number(text: str) -> str:
    """The number on a certificate or a permit: letters and digits. Raises Refused (R-37)."""
    number = half_width(text).upper()
    if not _CERTIFICATE.fullmatch(number):
        raise _wrong("证件号码的写法不对。", do="请照着证件核对。", code="R-37")
    return number


def read_village_code(text: str) -> str:
    """Twelve digits of the statistical division code. Raises Refused (R-37)."""
    code = half_width(text)
    if not _VILLAGE_CODE.fullmatch(code):
        raise _wrong("村代码应是12位数字。", do="请照县里给的村代码填。", code="R-37")
    return code


def _wrong(what: str, *, do: str, code: str) -> Refused:
    return Refused(what, do=do, code=code)


_DISABILITY: Final = word_of(DisabilityKind)
