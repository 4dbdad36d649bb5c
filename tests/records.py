"""Records an ordinary paper is made of, and texts as long or rare as a paper may meet."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.documents.fund_ledger import FundLedger, LedgerLine
from app.documents.stamp import Stamp
from app.domain import documentno
from app.domain.casework import (
    Application,
    ApplicationStatus,
    AssessmentRecord,
    EventKind,
    Health,
    Housing,
    Met,
    Need,
    Relief,
    ReliefStatus,
    ReliefWay,
    Supplies,
    Visit,
)
from app.domain.households import (
    Area,
    AssetItem,
    AssetKind,
    Category,
    Household,
    IncomeItem,
    IncomeKind,
    Per,
)
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Hukou,
    Labour,
    Member,
    Obligor,
    Person,
    Relation,
    Sex,
    Student,
)
from app.domain.relief_case import LATE_PAPERS, LateSupplement
from app.domain.relief_words import Afterwards, CheckResult

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


ON = date(2026, 3, 2)


NUMBER = documentno.make("459901", 7, 2026, 123)


LONG_NAME = "阿卜杜热西提江·买合木提尼亚孜江"


LONG_ADDRESS = (
    "练习县云溪镇青石坳村民委员会第十三村民小组老寨子上坡第二排晒谷场"
    "东侧旧粮站职工宿舍院内进门左手第三间瓦房隔壁一百零八号屋"
)


LARGEST = Money(999_999_999)


RARE = "㐂䶮𬭼𠮷𪚥"


NOBODYS = "\U0003ffff"


"""A code point that is no character, so no font will ever have it."""


RELATIONS = (Relation.HEAD, Relation.SPOUSE, Relation.CHILD, Relation.PARENT)


def stamp(**changes: object) -> Stamp:
    """The stamp of an ordinary print, for one holder."""
    usual = Stamp(
        document_no=NUMBER,
        pack="示例县 2026.1 版",
        handler="王秀英",
        printed_at=AT,
        holders=("乡镇存",),
    )
    return replace(usual, **changes)


def household(
    members: int = 3, *, name: str = "赵大山", address: str = "青石坳村三组12号"
) -> Household:
    """A household whose head has that name."""
    people = tuple(
        Member(
            id=f"m{number}",
            household="h",
            relation=RELATIONS[min(number, 3)],
            person=Person(
                id=f"p{number}",
                name=name if number == 0 else f"{name[:1]}小{'一二三四五六七八九十'[number % 10]}",
                id_number=f"45990119{58 + number}0309001X",
                birth=date(1958 + number, 3, 9),
                sex=Sex.MALE if number % 2 == 0 else Sex.FEMALE,
                ethnicity="壮",
                hukou=Hukou.LOCAL,
                hukou_address=address,
                resident_since=2001 if number == 0 else None,
                employer="青石坳茶厂" if number == 1 else None,
                labour=Labour.PARTIAL,
                student=Student.COMPULSORY if number == 2 else Student.NONE,
                serious_illness=number == 1,
                illness="肾病" if number == 1 else None,
            ),
        )
        for number in range(members)
    )
    return Household(
        id="h",
        area=Area.RURAL,
        village_code="459901103207",
        group_name="三组",
        door="12号",
        address=address,
        phone="19900006621",
        category=Category.MARGINAL,
        monitoring_tag=None,
        benefit_month=None,
        poverty_cause="疾病",
        knock_note=None,
        bank_name="练习县农村信用合作联社",
        bank_account="9994599010000000142",
        head="p0",
        members=people,
        obligors=(
            Obligor(
                id="o1",
                household="h",
                name="赵建国",
                relation="儿子",
                birth=date(1988, 1, 1),
                monthly_income=Money.yuan(3000),
                maintenance_month=Money.yuan(200),
            ),
        ),
        incomes=(
            IncomeItem(
                id="i1", person="p0", kind=IncomeKind.FARMING, amount=Money.yuan(3864), per=Per.YEAR
            ),
            IncomeItem(
                id="i2",
                person="p1",
                kind=IncomeKind.WAGE,
                amount=Money.yuan(800),
                per=Per.MONTH,
                months=6,
            ),
        ),
        assets=(
            AssetItem(id="a1", kind=AssetKind.DEPOSIT, amount=Money.yuan(12_000)),
            AssetItem(id="a2", kind=AssetKind.HOUSE, count=1),
            AssetItem(id="a3", kind=AssetKind.VEHICLE, count=0),
        ),
    )


def certified(home: Household) -> Household:
    """The household with every number a certificate can have, and the longest place of work."""
    members = tuple(
        replace(
            one,
            person=replace(
                one.person,
                disability_kind=DisabilityKind.INTELLECTUAL,
                disability_level=1,
                disability_no=f"{one.person.id_number}61B1",
                permit_no="45990119580309001X",
                employer="练习县云溪镇青石坳村股份经济合作联合社" * 2,
            ),
        )
        for one in home.members
    )
    return replace(home, members=members)


def visit(note: str = "老人在家，精神好。灶房瓦片有两处漏，已告诉组长。") -> Visit:
    """A completed visit."""
    return Visit(
        id="v",
        household="h",
        visited_on=ON,
        met=Met.SELF,
        health=Health.FAIR,
        supplies=Supplies.ENOUGH,
        housing=Housing.SAFE,
        income_change=None,
        need=Need.NONE,
        note=note,
        visitor="王秀英",
        recorded_at=AT,
    )


def relief(**changes: object) -> Relief:
    """A payment of ¥800.50 after a fire."""
    usual = Relief(
        id="r",
        document_no=NUMBER,
        household="h",
        payee="p0",
        payee_name="赵大山",
        payee_id_number="45990119580309001X",
        event=EventKind.FIRE,
        event_note="3月1日夜里灶房起火，烧毁住房两间，当晚没有吃的。",
        event_area_code="459901103207",
        amount=Money(80_050),
        way=ReliefWay.CASH,
        goods="",
        persons=3,
        status=ReliefStatus.PAPERWORK_PENDING,
        found_at=AT,
        paid_at=AT + timedelta(minutes=35),
        payment_id="x",
        quota_id="q",
        paperwork_due_on=date(2026, 3, 16),
        paperwork_rule="10个工作日内补齐手续。",
        paperwork_done_on=None,
        handler="王秀英",
        cap=Money.yuan(1500),
        cap_rule="每人 500 元 × 3 人",
    )
    return replace(usual, **changes)


def made_up() -> LateSupplement:
    """The papers after a fire, all of them but the township's."""
    return LateSupplement(
        id="s",
        relief="r",
        text="当天夜里起火，先买了米和棉被送去。补来申请书，按了手印；两人入户看过，属实。",
        checked="核对没有车、没有登记公司",
        home_visited_on=date(2026, 3, 4),
        notice_from=date(2026, 3, 5),
        notice_to=date(2026, 3, 12),
        items=(*LATE_PAPERS[:3], "消防出警记录"),
        result=CheckResult.KEPT,
        afterwards=Afterwards.TO_DIBAO,
        completed_on=date(2026, 3, 13),
        handler="王秀英",
    )


def ledger() -> FundLedger:
    """A month with money in, money out, and one payment taken back."""
    spent = LedgerLine(
        on=date(2026, 3, 3),
        voucher=NUMBER,
        summary="先行救助（火灾）",
        came=None,
        went=Money(80_050),
        balance=Money(539_950),
        who="赵大山",
        id_tail="001X",
        cause="火灾：3月1日夜里灶房起火",
        handler="王秀英",
        approver="黄镇长",
        papers="待补手续",
    )
    put_in = replace(
        spent, on=date(2026, 3, 2), voucher="拨字12号", summary="云溪镇拨入", went=None,
        came=Money.yuan(5000), balance=Money.yuan(6200), who="", id_tail="", cause="",
        approver="", papers="",
    )  # fmt: skip
    back = replace(
        spent, on=date(2026, 3, 9), summary="冲正先行救助：金额写错", came=Money(80_050),
        went=None, balance=Money.yuan(6200), papers="已冲正",
    )  # fmt: skip
    return FundLedger(
        unit=UNIT,
        month="2026-03",
        opening=Money.yuan(1200),
        lines=(put_in, spent, back),
        closed_by="王秀英",
    )


def assessment(members: tuple[str, ...] = ("p0", "p1", "p2")) -> AssessmentRecord:
    """A means test with a line of every treatment; the answer is design §4's."""
    answer = {
        "counted_members": list(members), "income_year": "34800.00",
        "per_capita_month": "966.67", "standard_month": "1045.00",
        "rungs": [{"rung": "dibao", "outcome": "meets", "members": list(members)}],
        "lines": [
            {"item": "wage", "treatment": "counted", "amount_year": "31200.00"},
            {"item": "first_employment_cost", "treatment": "deducted", "amount_year": "-7200.00"},
            {"item": "rent", "treatment": "counted", "amount_year": "10800.00"},
            {"item": "resident_pension_basic", "treatment": "disregarded", "amount_year": "0.00"},
        ],
    }  # fmt: skip
    return AssessmentRecord(
        id="a",
        household="h",
        on=ON,
        pack_id="practice",
        pack_version="2026-01-01",
        pack_title="练习县（示例）",
        pack_sha256="",
        facts="",
        answer=json.dumps(answer),
        suggested=Category.DIBAO,
        benefit_month=Money(23_500),
        made_at=AT,
    )


def application() -> Application:
    """An application for two rungs."""
    return Application(
        id="ap",
        document_no=NUMBER,
        household="h",
        applicant="p0",
        requested=(Category.DIBAO, Category.MARGINAL),
        status=ApplicationStatus.SUBMITTED,
        filed_on=ON,
        assessment=None,
    )


UNIT = "云溪镇青石坳村"
