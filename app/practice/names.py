"""Names for people who do not exist: lists of our own, put together by chance.

They try every surface a name reaches: surnames with two readings, characters outside the basic
plane, names of three to sixteen characters with a `·`, names without a surname.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from random import Random
from typing import Final

from app.domain.people import Sex

TWO_READINGS: Final = ("单", "仇", "曾", "解", "查", "区", "朴", "覃", "侬", "闵", "瞿")
"""Surnames read otherwise than the word, or rare enough to be misread."""
RARE: Final = ("㐂", "䶮", "𬭼", "𠮷", "𬍛", "𪚥", "㛃", "𫖯")
"""Characters that are missing from old fonts; six of the eight lie beyond GB 2312 and GBK."""
LONGEST_NAME: Final = "祖丽胡玛尔古丽罕·阿卜杜热合曼江"

_HAN: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭肖田董袁潘蒋蔡余杜叶程苏魏吕"
    "丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏方白邹孟熊秦邱江尹薛段雷侯龙史陶黎贺顾毛郝龚邵万钱严戴莫孔"
)
_DOUBLE: Final = ("欧阳", "上官", "司徒", "尉迟", "令狐")
_SURNAMES: Final[dict[str, tuple[str, ...]]] = {
    "汉": (*_HAN, *_DOUBLE),
    "壮": tuple("韦黄陆农蒙莫罗梁岑零闭潘"),
    "瑶": tuple("盘蒋邓赵李冯蓝罗沈房唐"),
    "苗": tuple("龙吴杨石麻廖田侯"),
    "侗": tuple("吴杨石陆龙粟"),
    "回": tuple("马丁白哈沙"),
    "阿昌": tuple("曹囊们赵孙"),
    "德昂": tuple("李赵杨何"),
    "景颇": ("排", "勒", "何", "尚", "雷", "木然", "勒排"),
}
_MEN_OLD: Final = ("国建德明福贵有长永世正文光兴", "华军林生才发财根田山宝成富安")
_WOMEN_OLD: Final = ("秀桂玉凤春美月金素翠莲冬", "英兰珍芳花琴香莲梅娥菊珠")
_MEN_YOUNG: Final = ("浩子俊宇志家嘉晨天启泽文", "轩涵杰豪宇鹏辉诚睿航林阳")
_WOMEN_YOUNG: Final = ("雨梓欣诗佳思梦雅婷静晓若", "涵怡萱琪妍婷瑶彤娜洁雯菲")
_YI_CLANS: Final = ("吉克", "沙马", "曲比", "海来", "阿约", "马海")
_YI: Final = {
    Sex.MALE: ("木呷", "拉日", "尔古", "日哈", "伍牛", "子铁"),
    Sex.FEMALE: ("阿依", "阿呷", "伍果", "阿牛", "尔洛", "曲布"),
}
_DAI: Final = {Sex.MALE: "岩", Sex.FEMALE: "玉"}
_DAI_GIVEN: Final = ("罕", "温", "光", "香", "叫", "坎", "旺", "罕叫", "温香", "光龙", "罕勐")
_BY_BIRTH: Final = {Sex.MALE: "干弄腊堵当", Sex.FEMALE: "果鲁锐途宽"}
_DEANG: Final = {Sex.MALE: "腊", Sex.FEMALE: "玉"}
_DEANG_GIVEN: Final = "翁宝软补团相板"
_TIBETAN: Final = (
    *("扎西", "次仁", "顿珠", "格桑", "罗布", "旺堆", "边巴", "达瓦", "尼玛", "白玛"),
    *("平措", "多吉"),
)
_TIBETAN_WOMEN: Final = ("卓玛", "央金", "拉姆", "德吉", "曲珍", "卓嘎")
_UYGHUR_MEN: Final = (
    *("买买提", "艾合买提", "吐尔逊", "阿卜杜拉", "热合曼", "库尔班", "玉素甫", "亚森"),
    *("阿卜杜热合曼", "阿布都热依木", "麦麦提明"),
)
_UYGHUR_WOMEN: Final = (
    *("阿依古丽", "热依汗", "帕提古丽", "阿米娜", "祖丽胡玛尔", "茹鲜古丽", "努尔比娅", "古丽"),
)
_WITHOUT_SURNAME: Final = frozenset({"傣", "藏", "维吾尔"})
_OLD: Final = 40
_ONE_IN: Final = 40
"""Every so many given names one has a rare character."""
_ONE_SINGLE_IN: Final = 5
"""Every so many given names one is a single character."""
_HOUSEHOLDS_PER_READING: Final = 11
"""Every so many surnames one has two readings."""


class NameGiver:
    """Gives names, in an order fixed by the `Random` it is handed."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._rare = cycle(RARE)
        self._readings = cycle(TWO_READINGS)
        self._given = 0
        self._surnames = 0
        self._longest_given = False

    def surname(self, ethnicity: str) -> str:
        """A family name of that people; empty where families have none."""
        if ethnicity in _WITHOUT_SURNAME:
            return ""
        if ethnicity == "彝":
            return self._chance.choice(_YI_CLANS)
        self._surnames += 1
        if self._surnames % _HOUSEHOLDS_PER_READING == 0 and ethnicity in {"汉", "壮"}:
            return next(self._readings)
        return self._chance.choice(_SURNAMES[ethnicity])

    def name(self, ethnicity: str, surname: str, sex: Sex, age: int) -> str:
        """A whole name as that people forms it; `age` in years chooses the fashion."""
        pick: Callable[[Sequence[str]], str] = self._chance.choice
        if ethnicity == "维吾尔":
            return self._uyghur(sex)
        if ethnicity == "藏":
            return pick(_TIBETAN) + pick(_TIBETAN_WOMEN if sex is Sex.FEMALE else _TIBETAN)
        if ethnicity == "傣":
            return _DAI[sex] + pick(_DAI_GIVEN)
        if ethnicity == "彝":
            return f"{surname}·{pick(_YI[sex])}"
        if ethnicity == "景颇":
            return surname + pick("早麻勒宝") + pick(_BY_BIRTH[sex])
        if ethnicity == "德昂":
            return surname + _DEANG[sex] + pick(_DEANG_GIVEN)
        return surname + self._given_name(sex, age)

    def _given_name(self, sex: Sex, age: int) -> str:
        first, second = _fashion(sex, age)
        self._given += 1
        if self._given % _ONE_IN == 0:
            return self._chance.choice(first) + next(self._rare)
        given = self._chance.choice(second)
        is_single = self._chance.randrange(_ONE_SINGLE_IN) == 0
        return given if is_single else self._chance.choice(first) + given

    def _uyghur(self, sex: Sex) -> str:
        if sex is Sex.FEMALE and not self._longest_given:
            self._longest_given = True
            return LONGEST_NAME
        given = _UYGHUR_WOMEN if sex is Sex.FEMALE else _UYGHUR_MEN
        return f"{self._chance.choice(given)}·{self._chance.choice(_UYGHUR_MEN)}"


def _fashion(sex: Sex, age: int) -> tuple[str, str]:
    if sex is Sex.FEMALE:
        return _WOMEN_OLD if age >= _OLD else _WOMEN_YOUNG
    return _MEN_OLD if age >= _OLD else _MEN_YOUNG
