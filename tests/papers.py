"""Papers about people who do not exist, the longest that may come, and what stands on a PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO

import pikepdf
import pypdfium2
from pypdfium2 import raw

from app.documents.forms import (
    f01,
    f15,
    f17a,
    f17b,
    f18,
    f20,
    f21,
    receipt,
    visit_log_sheet,
    visit_sheet,
)
from app.documents.fund_ledger import FundLedger, LedgerLine
from app.documents.stamp import Stamp
from app.documents.visit_log import LogOptions, row_of
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
    Today,
    Visit,
    WorkItem,
    WorkKind,
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
from app.domain.people import Hukou, Labour, Member, Obligor, Person, Relation, Sex, Student
from app.domain.relief_case import LATE_PAPERS, LateSupplement
from app.domain.relief_words import Afterwards, CheckResult
from tests.standing_papers import changes, grace, reviewed

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ON = date(2026, 3, 2)
NUMBER = documentno.make("459901", 7, 2026, 123)
LONG_NAME = "阿卜杜热西提江·买合木提尼亚孜"
LONG_ADDRESS = (
    "练习县云溪镇青石坳村民委员会第十三村民小组老寨子上坡第二排晒谷场"
    "东侧旧粮站职工宿舍院内进门左手第三间瓦房隔壁一百零八号"
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
        operation="第 57 号",
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


HOMES = {
    "h": visit_sheet.Home(
        address="青石坳村三组", phone="19900006621", knock="有狗，先喊一声", last="下次带药来"
    )
}


def today(items: int = 3) -> Today:
    """A work list of visits."""
    lines = tuple(
        WorkItem(
            kind=WorkKind.VISIT,
            household="h",
            entity_id="h",
            who="赵大山",
            place="三组12号",
            due_on=ON,
            overdue=False,
            due_text="3月3日前",
            why="上次走访是2月1日，每月至少走访一次。",
            rule="",
        )
        for _ in range(items)
    )
    return Today(
        on=ON,
        items=lines,
        visits_due=items,
        visits_left_this_month=0,
        deadlines=0,
        paperwork=0,
        waiting_upload=0,
        differing=0,
    )


def log_content(
    rows: int = 3, options: LogOptions | None = None
) -> visit_log_sheet.VisitLogContent:
    """A log of so many visits."""
    row = row_of(visit(), household())
    return visit_log_sheet.content_of(
        (row,) * rows,
        options or LogOptions(),
        unit="云溪镇青石坳村",
        first=date(2026, 3, 1),
        last=date(2026, 3, 31),
    )


UNIT = "云溪镇青石坳村"

TESTED = ("F02", "F03", "F05", "F11", "F12")
"""Forms that stand on a stored means test; `tests.tested` makes their contents."""


def _tested(code: str) -> tuple[object, object]:
    from tests import tested  # which takes its people's looks from here

    return tested.USUAL[code]()


USUAL = {
    "F01": lambda: (
        f01,
        f01.content_of(application(), household(), unit=UNIT, assessment=assessment()),
    ),
    "F15": lambda: (
        f15,
        f15.content_of(visit(), household(), unit=UNIT, next_visit_on=date(2026, 4, 2)),
    ),
    "F17a": lambda: (
        f17a,
        f17a.content_of(
            relief(),
            unit=UNIT,
            event_place="青石坳村三组12号",
            address="青石坳村三组12号",
            phone="19900006621",
        ),
    ),
    "F17b": lambda: (f17b, f17b.content_of(relief(), unit=UNIT, made=made_up())),
    "F18": lambda: (f18, f18.content_of(ledger())),
    "F20": lambda: (f20, f20.content_of(grace(), household(), unit=UNIT, tested=assessment())),
    "F21": lambda: (
        f21,
        f21.content_of(
            changes(),
            household(),
            unit=UNIT,
            handler="王秀英",
            tested=assessment(),
            review=reviewed(),
        ),
    ),
    "SJ": lambda: (receipt, receipt.content_of(relief(), payer=UNIT, address="青石坳村三组12号")),
    "visits": lambda: (
        visit_sheet,
        visit_sheet.content_of(ON, today().items, HOMES, unit=UNIT, visitor="王秀英"),
    ),
    "F15L": lambda: (visit_log_sheet, log_content()),
} | {code: partial(_tested, code) for code in TESTED}
"""One ordinary content for every form, with its module."""


def _longest_standing(code: str, text: str) -> tuple[object, object]:
    big = household(12, name=LONG_NAME, address=LONG_ADDRESS)
    unit = LONG_ADDRESS[:20]
    if code == "F20":
        told = replace(
            grace(12, LARGEST),
            reason=(text * 40 + "，") * 7,
            rule="依据" + text * 60,
            basis=text * 40,
            approved_by=LONG_NAME,
            paper_no=text * 20,
        )
        return f20, f20.content_of(told, big, unit=unit, tested=assessment())
    many = [replace(one, person_name=LONG_NAME, reason=text * 60) for one in changes(4)]
    return f21, f21.content_of(
        many, big, unit=unit, handler=LONG_NAME, tested=assessment(), review=reviewed()
    )


def longest(code: str, text: str = "长") -> tuple[object, object]:
    """The form with the longest realistic values (and `text` in them)."""
    if code in TESTED:
        from tests import tested

        return tested.longest(code, text)
    if code in {"F20", "F21"}:
        return _longest_standing(code, text)
    big = household(12, name=LONG_NAME, address=LONG_ADDRESS)
    note = (text * 40 + "，") * 12
    huge = relief(
        payee_name=LONG_NAME,
        amount=LARGEST,
        event_note=note,
        goods="大米、棉被、" * 8,
        way=ReliefWay.GOODS,
        paperwork_rule="依据" + text * 50,
    )
    match code:
        case "F01":
            tested = assessment(tuple(f"p{number}" for number in range(12)))
            return f01, f01.content_of(
                application(), big, unit=LONG_ADDRESS[:20], assessment=tested
            )
        case "F15":
            return f15, f15.content_of(visit(note), big, unit=LONG_ADDRESS[:20])
        case "F17a":
            return f17a, f17a.content_of(
                huge,
                unit=LONG_ADDRESS[:20],
                event_place=LONG_ADDRESS,
                address=LONG_ADDRESS,
                phone="199 0000 6621 / 199 0000 6622",
                reported_by=LONG_NAME,
            )
        case "F17b":
            late = replace(
                made_up(), text=note[:300], checked=text * 60, items=(*LATE_PAPERS, text * 4)
            )
            return f17b, f17b.content_of(huge, unit=LONG_ADDRESS[:20], made=late)
        case "F18":
            line = replace(
                ledger().lines[1],
                summary=text * 40,
                who=LONG_NAME,
                cause=text * 60,
                went=LARGEST,
                handler=LONG_NAME,
                approver=LONG_NAME,
            )
            return f18, f18.content_of(
                replace(ledger(), unit=LONG_ADDRESS[:20], opening=LARGEST, lines=(line,) * 30)
            )
        case "SJ":
            return receipt, receipt.content_of(huge, payer=LONG_ADDRESS, address=LONG_ADDRESS)
        case "visits":
            line = replace(today(1).items[0], who=LONG_NAME, place=LONG_ADDRESS, why=text * 60)
            home = visit_sheet.Home(
                address=LONG_ADDRESS,
                phone="199 0000 6621 / 199 0000 6622",
                knock=text * 60,
                last=text * 60,
            )
            return visit_sheet, visit_sheet.content_of(
                ON, (line,) * 20, {"h": home}, unit=LONG_ADDRESS[:20], visitor=LONG_NAME
            )
    row = row_of(visit(note), big)
    options = LogOptions(phone=True, health=True)
    return visit_log_sheet, visit_log_sheet.content_of(
        (row,) * 12, options, unit=LONG_ADDRESS[:20], first=ON, last=ON
    )


def pdf_of(code: str, **changes: object) -> bytes:
    """The PDF of an ordinary content."""
    form, content = USUAL[code]()
    return form.render(content, stamp(**changes))


def text_of(pdf: bytes) -> str:
    """All text as a reader extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def lines_on(pdf: bytes) -> list[str]:
    """Every run of text: page, x and y of its origin from the top left in whole mm, and itself."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [line for number, page in enumerate(document, 1) for line in _lines(number, page)]
    finally:
        document.close()


def _lines(number: int, page: pypdfium2.PdfPage) -> Iterator[str]:
    text = page.get_textpage()
    height = page.get_height()
    x, y = raw.c_double(), raw.c_double()
    run, start, last = "", (0.0, 0.0), (0.0, 0.0)
    for index in range(text.count_chars()):
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        at, character = (x.value, height - y.value), text.get_text_range(index, 1)
        if not character.strip():
            continue
        if run and (abs(at[1] - last[1]) > 0.5 or not 0 < at[0] - last[0] < 25):
            yield _line(number, start, run)
            run = ""
        if not run:
            start = at
        run, last = run + character, at
    if run:
        yield _line(number, start, run)


def _line(number: int, start: tuple[float, float], run: str) -> str:
    return f"{number} {start[0] / 72 * 25.4:.0f},{start[1] / 72 * 25.4:.0f} {run}"


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The PDF as objects."""
    return pikepdf.open(BytesIO(pdf))
