"""One ordinary and one longest content for every form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from app.documents.forms import (
    blank,
    f01,
    f01_blank,
    f02_blank,
    f03_blank,
    f15,
    f15_blank,
    f17a,
    f17a_blank,
    f17b,
    f18,
    f20,
    f21,
    f21_content,
    receipt,
    visit_log_sheet,
    visit_sheet,
)
from app.documents.visit_log import LogOptions, row_of
from app.domain.casework import ReliefWay
from app.domain.relief_case import LATE_PAPERS
from app.domain.today import Today, WorkItem, WorkKind
from tests import case_papers, case_papers_long
from tests.records import (
    LARGEST,
    LONG_ADDRESS,
    LONG_NAME,
    ON,
    UNIT,
    application,
    assessment,
    certified,
    household,
    ledger,
    made_up,
    relief,
    stamp,
    visit,
)
from tests.standing_papers import changes, grace, reviewed

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


BLANK = {"F01B": f01_blank, "F02B": f02_blank, "F03B": f03_blank, "F17aB": f17a_blank}
"""Forms handed out with nothing on them but whose they are."""
TESTED = ("F02", "F03", "F05", "F11", "F12")


"""Forms that stand on a stored means test; `tests.tested` makes their contents."""


def _blank(code: str) -> tuple[object, object]:
    return BLANK[code], blank.content_of(household(), unit=UNIT)


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
    "F15B": lambda: (f15_blank, f15_blank.content_of(household(), unit=UNIT, visitor="王秀英")),
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
        f21_content.content_of(
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
USUAL |= {code: partial(_blank, code) for code in BLANK}
USUAL |= {code: partial(case_papers.usual, code) for code in case_papers.CODES}


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
        return f20, f20.content_of(told, big, unit=unit, tested=assessment(), remedy=text * 120)
    many = [replace(one, person_name=LONG_NAME, reason=text * 60) for one in changes(4)]
    return f21, f21_content.content_of(
        many, big, unit=unit, handler=LONG_NAME, tested=assessment(), review=reviewed()
    )


def longest(code: str, text: str = "长") -> tuple[object, object]:
    """The form with the longest realistic values (and `text` in them)."""
    if code in case_papers.CODES:
        return case_papers_long.longest(code, text)
    if code in TESTED:
        from tests import tested_long

        return tested_long.longest(code, text)
    if code in {"F20", "F21"}:
        return _longest_standing(code, text)
    if code in BLANK:
        big = household(12, name=LONG_NAME, address=LONG_ADDRESS)
        return BLANK[code], blank.content_of(big, unit=LONG_ADDRESS[:20])
    return _longest_early(code, text)


def _longest_early(code: str, text: str) -> tuple[object, object]:
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
                application(), certified(big), unit=LONG_ADDRESS[:20], assessment=tested
            )
        case "F15":
            came = (f15.REFERRED, f15.APPLIED)
            return f15, f15.content_of(visit(note), big, unit=LONG_ADDRESS[:20], handled=came)
        case "F15B":
            return f15_blank, f15_blank.content_of(big, unit=LONG_ADDRESS[:20], visitor=LONG_NAME)
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
