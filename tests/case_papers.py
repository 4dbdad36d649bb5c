"""One ordinary content for each paper along a case: F04 to F10, F13 to F28."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.documents.forms import (
    f04,
    f04_content,
    f06,
    f07,
    f07_enlarged,
    f07_joint,
    f07_joint_enlarged,
    f08,
    f08_enlarged,
    f08_list,
    f08_list_enlarged,
    f09,
    f10,
    f13,
    f14,
    f16,
    f19,
    f22,
    f22_list,
    f23,
    f24,
    f25,
    f26,
    f27,
    f28,
)
from app.domain.households import Category
from app.domain.money import Money
from app.domain.notice_body import UNNAMED
from app.domain.people import DisabilityKind
from app.domain.procedure import (
    NoticeKind,
    NoticePlace,
)
from app.domain.referral_words import LeadSource
from app.rules.care import CareLevel
from tests.case_records import (
    agreement,
    filing,
    investigation,
    materials,
    proxied,
    referral,
    refused,
    report,
    review,
    step,
    watched,
)
from tests.records import (
    NUMBER,
    ON,
    UNIT,
    application,
    assessment,
    household,
    made_up,
    relief,
)

CODES = (
    "F04", "F06", "F07", "F07A3", "F07L", "F07LA3", "F08", "F08A3", "F08L", "F08LA3", "F09", "F10",
    "F13", "F14", "F16", "F19", "F22", "F22L", "F23", "F24", "F25", "F26", "F27", "F28",
)  # fmt: skip
JOINT = {"F07L": f07_joint, "F07LA3": f07_joint_enlarged}
NOTICES = {"F07": f07, "F07A3": f07_enlarged, "F08": f08, "F08A3": f08_enlarged} | JOINT


def meeting(rounds: int = 2, **changes: object) -> f06.F06Content:
    """The record of a meeting about so many households."""
    reviews = [review(**changes) for _ in range(rounds)]
    cases = [
        f06.case_of(one, head="赵大山", place="三组12号", people=3, requested=(Category.DIBAO,))
        for one in reviews
    ]
    return f06.content_of(reviews, cases, unit=UNIT)


def line(**changes: object) -> f07.NoticeLine:
    """A household on a notice."""
    usual = f07.NoticeLine(
        head="赵大山",
        place="三组",
        people=3,
        covered=3,
        category=Category.DIBAO,
        benefit=Money(705_00),
        former=None,
        relative=False,
        support="",
    )
    return replace(usual, **changes)


def notice(code: str = "F07", **changes: object) -> f07.NoticeContent:
    """A notice that hangs."""
    usual = f07.NoticeContent(
        unit=UNIT,
        kind=NoticeKind(code[:3].lower()),
        lines=(line(),),
        was_reviewed=True,
        contact="0455-6620012",
        first=ON,
        last=date(2026, 3, 11),
        places=(NoticePlace.VILLAGE_BOARD,),
        posted_by=("王秀英",),
        witnesses=("黄永福", "李国富"),
    )
    return replace(usual, **changes)


def alone(people: int = 1) -> f25.F25Content:
    """Somebody whose test suggests 单人保."""
    home = household()
    ill = replace(
        home.members[1].person,
        disability_kind=DisabilityKind.PHYSICAL,
        disability_level=2,
        disabled=True,
    )
    home = replace(
        home, members=(home.members[0], replace(home.members[1], person=ill), home.members[2])
    )
    answer = (
        '{"counted_members": ["p0", "p1", "p2"], "per_capita_month": "1300.00", '
        '"standard_month": "1045.00", "rungs": [{"rung": "single_person", "outcome": "meets", '
        '"members": ["p1"], "benefit_month": "1045.00", "reasons": [{"text": '
        '"低保边缘家庭里的重度残疾人，参照单人户。", "basis": ""}]}]}'
    )
    tested = replace(assessment(), answer=answer, suggested=Category.SINGLE_PERSON)
    made = f25.content_of(application(), home, unit=UNIT, assessment=tested)
    return replace(made, persons=made.persons * people)


def pieces(count: int = 6) -> list[f28.F28Line]:
    """What lies in a file."""
    titles = ("最低生活保障申请（审批）表", "家庭经济状况核对授权书", "入户调查表", "户口本")
    return [
        f28.F28Line(number=NUMBER, author=UNIT, title=titles[number % 4], on=ON)
        for number in range(count)
    ]


def served() -> f27.F27Content:
    """A notice that was signed for."""
    return f27.content_of(
        household(),
        unit=UNIT,
        notice="不予确认同意告知书",
        paper_no=NUMBER,
        receiver="赵大山",
        id_number="45990119580309001X",
        signed_by="赵大山",
        served_on=ON,
        server="王秀英",
    )


def supported() -> f08_list.F08ListContent:
    """The list of a month."""
    return f08_list.F08ListContent(
        unit=UNIT,
        on=ON,
        lines=(line(), line(head=UNNAMED, covered=None, category=Category.SINGLE_PERSON)),
    )


def usual(code: str) -> tuple[object, object]:
    """The form with an ordinary content."""
    if code in JOINT:
        return JOINT[code], notice(
            code, lines=(line(), line(head=UNNAMED, place="五组", former=Money(300_00)))
        )
    if code in NOTICES:
        return NOTICES[code], notice(code)
    home = household()
    made = {
        "F04": lambda: (
            f04,
            f04_content.content_of(investigation(), home, unit=UNIT, has_relative=False),
        ),
        "F06": lambda: (f06, meeting()),
        "F08L": lambda: (f08_list, supported()),
        "F08LA3": lambda: (f08_list_enlarged, supported()),
        "F09": lambda: (
            f09,
            f09.content_of(step(), application(), home, unit=UNIT, materials=materials()),
        ),
        "F10": lambda: (
            f10,
            f10.content_of(refused(), home, unit=UNIT, tested=assessment()),
        ),
        "F13": lambda: (
            f13,
            f13.content_of(agreement(), home, village=UNIT, care=CareLevel.SEMI_CARE),
        ),
        "F14": lambda: (
            f14,
            f14.content_of(
                agreement(), home, unit=UNIT, on=ON, handler="王秀英", care=CareLevel.SEMI_CARE
            ),
        ),
        "F16": lambda: (
            f16,
            f16.content_of(
                home,
                unit=UNIT,
                on=ON,
                relief=relief(),
                paid=[relief(id="r0", amount=Money(600_00))],
                supports=["残疾人两项补贴"],
                event_place=UNIT,
                made=made_up(),
            ),
        ),
        "F19": lambda: (
            f19,
            f19.content_of(
                referral(),
                home,
                unit=UNIT,
                source=LeadSource.VISIT,
                supports=["低保金", "困难残疾人生活补贴"],
                has_agreed=True,
            ),
        ),
        "F22": lambda: (f22, f22.content_of(filing(), home, unit=UNIT)),
        "F22L": lambda: (
            f22_list,
            f22.F22Content(unit=UNIT, lines=f22.content_of(filing(), home, unit=UNIT).lines * 2),
        ),
        "F23": lambda: (f23, f23.content_of([ledger_line()] * 3, unit=UNIT, on=ON)),
        "F24": lambda: (f24, f24.content_of_report(report(), unit=UNIT)),
        "F25": lambda: (f25, alone()),
        "F26": lambda: (f26, f26.content_of(proxied(), home, unit=UNIT)),
        "F27": lambda: (f27, served()),
        "F28": lambda: (f28, f28.content_of(home, unit=UNIT, lines=pieces())),
    }
    return made[code]()


def ledger_line(**changes: object) -> f23.F23Line:
    """One line of the watch list."""
    return f23.line_of(watched(**changes), head="赵大山", place="三组12号", people=3)
