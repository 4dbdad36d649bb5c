"""What a pack's parameters are called in the village, and their values as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from app.domain.households import Per
from app.rules.values import GraceStep, Rate

MEANS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dibao_standard": "低保标准",
        "marginal_multiple": "低保边缘线是标准的几倍",
        "marginal_allowance": "低保边缘家庭每月补助",
        "income_window_months": "收入按几个月核算",
        "rigid_ratio_min": "刚性支出占收入的比例",
        "rigid_ratio_inclusive": "刚好到比例算不算",
        "rigid_income_ceiling": "上年度人均可支配收入",
        "rigid_validity_months": "刚性支出认定管几个月",
        "rigid_test": "刚性支出怎么判",
        "rigid_requires": "刚性支出户要先符合什么",
        "rigid_outlay_kinds": "哪些支出算刚性支出",
        "rigid_basic_living": "刚性支出加不加基本生活费",
        "rigid_remainder_multiple": "扣除支出后余额的线",
        "rigid_window_months": "刚性支出看几个月",
        "rigid_allowance": "刚性支出户每月救助",
        "watchlist_line": "备案的收入线",
        "near_line_percent": "离线多近算很接近",
        "monetary_asset_cap": "存款上限（几个月标准）",
        "vehicle_rule": "有机动车怎么办",
        "house_max": "住房最多几套",
        "house_over_rule": "住房超了怎么办",
        "nonresidential_rule": "有非居住房屋怎么办",
        "business_registration_rule": "有工商登记怎么办",
        "guangdong_check_income_ceiling": "核对前的收入上限",
        "family_rule_set": "家庭成员按哪套规则算",
        "nonlocal_member_counts": "外地户口的家人算不算",
        "single_person_groups": "单人保的人群",
        "single_person_more_groups": "单人保另加的人群",
        "single_person_base": "单人保看家庭够哪一档",
        "single_person_skip_family_check": "单人保免不免家庭核对",
        "single_person_amount_mode": "单人保怎么给钱",
        "single_person_percent": "单人保给标准的几成",
        "single_person_fixed": "单人保固定金额",
        "job_cost_first_employment": "首次就业成本",
        "job_cost_migrant": "外出务工成本",
        "job_cost_stacking": "两项就业成本能不能都扣",
        "basic_pension_excluded_until": "基础养老金不计入到哪天",
        "basic_pension_excluded_rungs": "基础养老金在哪几档不计入",
        "imputed_wage_rule": "能干活没干活算不算收入",
        "minimum_wage": "最低工资",
        "labour_capable_veto": "有劳动力就不给",
        "amount_rounding": "金额怎么取整",
        "min_topup_pct_of_std": "最低补差",
        "tier_amounts": "分档补助金额",
        "tier_rule": "怎么分档",
        "category_supplement": "分类施保金额",
        "supplement_elderly_age": "高龄从几岁算",
        "supplement_disability_groups": "分类施保的残疾等级",
        "disability_care_groups": "护理补贴的残疾等级",
        "disability_living_rungs": "哪几档家庭有生活补贴",
        "disability_living_groups": "生活补贴的残疾等级",
        "orphan_parent_status": "孤儿的父母是什么情况",
        "de_facto_orphan_status": "事实无人抚养的父母是什么情况",
        "de_facto_orphan_groups": "事实无人抚养的父母残疾等级",
        "leak_check": "提不提示防漏保",
        "benefit_conflict_rule": "待遇重复怎么办",
        "monitoring_tag_retained": "监测标注留不留",
        "tekun_minor_age": "特困未成年人到几岁",
        "tekun_disability_groups": "特困的残疾等级",
        "tekun_income_excluded": "特困不看哪些收入",
        "tekun_continuing_study": "特困继续读书的",
        "tekun_standard": "特困基本生活标准",
        "tekun_basic_multiple": "特困标准不低于低保几倍",
        "tekun_care_allowance": "特困照料护理标准",
        "grace_schedule": "渐退怎么给",
        "grace_condition": "渐退的条件",
        "grace_months_least": "渐退最少几个月",
        "grace_months_most": "渐退最多几个月",
        "exit_suspended": "退出暂停",
    }
)
"""Parameters a means test may lean on; the others are about procedure, relief and visits."""


def named(parameter: str) -> str:
    """The parameter in words; one that is no matter of the means test stands by its name."""
    return MEANS.get(parameter, parameter)


def said(value: object, unit: str = "") -> str:
    """A pack's value in words; `unit` follows a bare number. "" for what has no short form."""
    match value:
        case None:
            return "没有这条"
        case bool():
            return "是" if value else "不是"
        case Rate():
            return f"{value.amount.grouped()} 元/{'年' if value.per is Per.YEAR else '月'}"
        case int() | Fraction():
            return f"{float(value):g} {unit}".strip()
        case date():
            return value.isoformat()
        case tuple():
            steps = [step for step in value if isinstance(step, GraceStep)]
            return "、".join(f"{step.months} 个月给 {step.percent}%" for step in steps)
        case _:
            return ""
