"""The columns of a roster of households, by the headings a province prints over them.

One row is one person; columns marked `shared` speak of the household and are read from the
head's row. The practice village writes the same headings this module reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """One heading. `needed`: every row fills it; `shared`: it belongs to the household.

    `plain` values are words of a list or amounts and may be shown back when they are wrong;
    all others are somebody's personal data and are shown masked.
    """

    heading: str
    needed: bool = False
    shared: bool = False
    plain: bool = False
    longest: int = 60


SERIAL: Final = Column("序号", plain=True)
VILLAGE_CODE: Final = Column("村代码", needed=True, shared=True, plain=True)
HOUSEHOLD_NO: Final = Column("户编号", needed=True, shared=True, plain=True)
HEAD_NAME: Final = Column("户主姓名", needed=True, shared=True)
RELATION: Final = Column("与户主关系", needed=True, plain=True)
NAME: Final = Column("姓名", needed=True)
SEX: Final = Column("性别", plain=True)
ID_KIND: Final = Column("证件类型", needed=True, plain=True)
ID_NUMBER: Final = Column("证件号码")
ETHNICITY: Final = Column("民族", plain=True)
BIRTH: Final = Column("出生日期")
HUKOU: Final = Column("户籍类别", plain=True)
HUKOU_ADDRESS: Final = Column("户籍地址", longest=120)
PERMIT_NO: Final = Column("居住证号")
RESIDENT_SINCE: Final = Column("来本地居住年份", plain=True)
MARRIAGE: Final = Column("婚姻状况", plain=True)
EDUCATION: Final = Column("文化程度", plain=True)
AREA: Final = Column("城乡", needed=True, shared=True, plain=True)
GROUP: Final = Column("村民小组", needed=True, shared=True, plain=True)
DOOR: Final = Column("门牌", shared=True)
ADDRESS: Final = Column("家庭住址", shared=True, longest=120)
PHONE: Final = Column("联系电话")
CATEGORY: Final = Column("救助类别", needed=True, shared=True, plain=True)
BENEFIT: Final = Column("月保障金(元)", shared=True, plain=True)
MONITORING: Final = Column("监测对象类别", shared=True, plain=True)
POVERTY_CAUSE: Final = Column("主要致贫原因", shared=True)
DISABILITY_KIND: Final = Column("残疾类别", plain=True)
DISABILITY_LEVEL: Final = Column("残疾等级", plain=True)
DISABILITY_NO: Final = Column("残疾证号")
SERIOUS_ILLNESS: Final = Column("重病", plain=True)
ILLNESS: Final = Column("健康状况")
LABOUR: Final = Column("劳动能力", plain=True)
EMPLOYER: Final = Column("工作单位", longest=40)
SELF_CARE: Final = Column("自己做不了的事")
STUDENT: Final = Column("就学", plain=True)
STATUS: Final = Column("人员状态", plain=True)
LIVING: Final = Column("居住情况", plain=True)
INCOME_SOURCES: Final = Column("就业/收入来源", longest=300)
INCOME_YEAR: Final = Column("年收入(元)", plain=True)
EXPENSES_YEAR: Final = Column("年刚性支出", longest=300)
SHARED_INCOME: Final = Column("家庭共同年收入", shared=True, longest=300)
ASSETS: Final = Column("家庭财产", shared=True, longest=300)
OBLIGORS: Final = Column("赡养义务人", shared=True, longest=400)
BANK_NAME: Final = Column("开户行", shared=True)
BANK_ACCOUNT: Final = Column("银行账号", shared=True)
REMARK: Final = Column("备注", shared=True, longest=200)

COLUMNS: Final = (
    *(SERIAL, VILLAGE_CODE, HOUSEHOLD_NO, HEAD_NAME, RELATION, NAME, SEX, ID_KIND, ID_NUMBER),
    *(ETHNICITY, BIRTH, HUKOU, HUKOU_ADDRESS, PERMIT_NO, RESIDENT_SINCE, MARRIAGE, EDUCATION),
    *(AREA, GROUP, DOOR, ADDRESS, PHONE, CATEGORY, BENEFIT, MONITORING, POVERTY_CAUSE),
    *(DISABILITY_KIND, DISABILITY_LEVEL, DISABILITY_NO, SERIOUS_ILLNESS, ILLNESS, LABOUR),
    *(EMPLOYER, SELF_CARE, STUDENT, STATUS, LIVING, INCOME_SOURCES, INCOME_YEAR, EXPENSES_YEAR),
    *(SHARED_INCOME, ASSETS, OBLIGORS, BANK_NAME, BANK_ACCOUNT, REMARK),
)
"""In the order a roster is written; a roster may be read in any order."""

SHARED_COLUMNS: Final = tuple(column for column in COLUMNS if column.shared)

REQUIRED_HEADINGS: Final = frozenset(
    column.heading
    for column in (
        *(VILLAGE_CODE, HOUSEHOLD_NO, HEAD_NAME, RELATION, NAME, SEX, ID_KIND, ID_NUMBER, BIRTH),
        *(AREA, GROUP, DOOR, PHONE, CATEGORY, BENEFIT),
    )
)
"""A roster without one of these is not one."""

ERROR_HEADING: Final = "哪里不对"
"""The column our own error sheet adds; a mended sheet may come back with it still there."""
