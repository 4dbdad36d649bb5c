"""The longest realistic content for each paper along a case."""

from __future__ import annotations

from dataclasses import replace

from app.documents.forms import (
    f04,
    f04_content,
    f06,
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
from app.domain.casework import ReliefWay
from app.domain.households import Category, MonitoringTag
from app.domain.investigating import BLOCKS
from app.domain.procedure import (
    Attendant,
    NoticePlace,
    ReviewRole,
)
from app.rules.care import CareLevel
from tests.case_papers import NOTICES, alone, ledger_line, line, notice, pieces
from tests.case_records import (
    agreement,
    figures,
    filing,
    investigation,
    materials,
    proxied,
    referral,
    refused,
    report,
    review,
    step,
)
from tests.records import (
    LARGEST,
    LONG_ADDRESS,
    LONG_NAME,
    ON,
    UNIT,
    application,
    assessment,
    household,
    relief,
)

LISTS = {"F08L": f08_list, "F08LA3": f08_list_enlarged}


def longest(code: str, text: str = "长") -> tuple[object, object]:
    """The form with the longest realistic values (and `text` in them)."""
    if code == "F22L":
        return f22_list, longest("F22", text)[1]
    unit, note = LONG_ADDRESS[:20], (text * 40 + "，") * 8
    if code in {*NOTICES, *LISTS}:
        lines = (
            line(
                head=LONG_NAME,
                place=text * 10,
                people=12,
                covered=12,
                benefit=LARGEST,
                former=LARGEST,
                category=Category.TEKUN,
                support="分散供养",
            ),
        ) * 30
        if code in LISTS:
            return LISTS[code], f08_list.F08ListContent(unit=unit, on=ON, lines=lines)
        return NOTICES[code], notice(
            code,
            unit=unit,
            lines=lines,
            contact=text * 20,
            places=tuple(NoticePlace),
            posted_by=(LONG_NAME,),
            witnesses=(LONG_NAME, LONG_NAME),
        )
    big = replace(
        household(12, name=LONG_NAME, address=LONG_ADDRESS),
        category=Category.RIGID_EXPENDITURE,
        monitoring_tag=MonitoringTag.SUDDEN_DIFFICULTY,
        benefit_month=LARGEST,
    )
    made = {
        "F04": lambda: (
            f04,
            f04_content.content_of(
                investigation(
                    investigators=(LONG_NAME,) * 5,
                    respondent=LONG_NAME,
                    answers={name: text * 200 for name, _label, _hint in BLOCKS},
                    conclusion=note,
                ),
                replace(big, obligors=big.obligors * 6),
                unit=unit,
                has_relative=True,
            ),
        ),
        "F06": lambda: (f06, _long_meeting(text)),
        "F09": lambda: (f09, _long_answer(text, big)),
        "F10": lambda: (
            f10,
            replace(
                f10.content_of(
                    refused(decision_note=note), big, unit=unit, tested=assessment()
                ),
                per_capita=LARGEST,
                standard=LARGEST,
                property="存款 ¥9,999,999.99，" * 9,
                received_by=LONG_NAME,
                told_on=ON,
                remedy=text * 120,
            ),
        ),
        "F13": lambda: (
            f13,
            f13.content_of(
                agreement(
                    person_name=LONG_NAME, carer=LONG_NAME, fee=LARGEST, services=note,
                    carer_phone="199 0000 6621 / 199 0000 6622", carer_address=LONG_ADDRESS,
                    carer_relation="外甥媳妇的侄子",
                ),
                big,
                village=unit,
            ),
        ),
        "F14": lambda: (
            f14,
            f14.content_of(
                agreement(
                    person_name=LONG_NAME, carer=LONG_NAME, services=text * 200,
                    carer_phone="199 0000 6621 / 199 0000 6622",
                ),
                big,
                unit=unit,
                on=ON,
                handler=LONG_NAME,
                care=CareLevel.FULL_CARE,
            ),
        ),
        "F16": lambda: (
            f16,
            f16.content_of(
                big,
                unit=unit,
                on=ON,
                relief=relief(
                    event_note=note, event_place=LONG_ADDRESS, amount=LARGEST,
                    way=ReliefWay.GOODS,
                ),
                paid=[relief(id="r0", amount=LARGEST)],
                supports=["困难残疾人生活补贴", "重度残疾人护理补贴", "事实无人抚养儿童补贴"],
            ),
        ),
        "F19": lambda: (
            f19,
            f19.content_of(
                referral(to_org=text * 30, content=note, handler=LONG_NAME),
                big,
                unit=unit,
                supports=["困难残疾人生活补贴", "重度残疾人护理补贴", "事实无人抚养儿童补贴"] * 2,
            ),
        ),
        "F22": lambda: (
            f22,
            f22.F22Content(
                unit=unit,
                lines=f22.content_of(
                    filing(
                        staff_name=LONG_NAME, staff_unit=text * 20, staff_post=text * 10,
                        relation=text * 6,
                    ),
                    big,
                    unit=unit,
                ).lines * 12,
            ),
        ),
        "F23": lambda: (
            f23,
            f23.content_of(
                [
                    replace(
                        ledger_line(note=text * 120, handler=LONG_NAME),
                        head=LONG_NAME,
                        place=text * 12,
                    )
                ] * 12,
                unit=unit,
                on=ON,
            ),
        ),
        "F24": lambda: (
            f24,
            f24.content_of_report(
                report(
                    told_to=text * 20, handler=LONG_NAME,
                    figures=figures(relief_fen=LARGEST.fen, visits=99_999),
                    progress=text * 500, problems=text * 500,
                    experience=text * 500, suggestions=text * 500,
                ),
                unit=unit,
            ),
        ),
        "F25": lambda: (f25, _long_alone(text)),
        "F26": lambda: (
            f26,
            f26.content_of(
                proxied(name=LONG_NAME, relation=text * 8, phone="199 0000 6621 / 199 0000 6622"),
                big,
                unit=unit,
            ),
        ),
        "F27": lambda: (
            f27,
            f27.content_of(
                big,
                unit=unit,
                notice="停发（减发、渐退）告知书",
                paper_no=text * 20,
                receiver=LONG_NAME,
                signed_by=LONG_NAME,
                server=LONG_NAME,
            ),
        ),
        "F28": lambda: (
            f28,
            f28.content_of(
                big,
                unit=unit,
                lines=[replace(one, author=LONG_ADDRESS[:20], title=text * 40)
                       for one in pieces(60)],
            ),
        ),
    }  # fmt: skip
    return made[code]()


def _long_meeting(text: str) -> f06.F06Content:
    seats = tuple(Attendant(name=LONG_NAME, role=role) for role in ReviewRole)
    told = review(
        place=text * 30, chair=LONG_NAME, recorder=LONG_NAME, attendance=seats,
        rule=text * 60, opinion=text * 200,
    )  # fmt: skip
    one = f06.case_of(
        told, head=LONG_NAME, place=text * 12, people=12,
        requested=(Category.DIBAO, Category.MARGINAL, Category.SINGLE_PERSON),
    )  # fmt: skip
    made = f06.content_of([told], [replace(one, recused=(LONG_NAME,) * 3)] * 12, unit=UNIT)
    return replace(made, seats=made.seats * 12)


def _long_answer(text: str, big: object) -> f09.F09Content:
    made = f09.content_of(
        step(), application(), big, unit=LONG_ADDRESS[:20], materials=materials() * 5
    )
    return replace(
        made,
        paper_no=text * 20,
        answered_by=LONG_ADDRESS[:20],
        asked=(text * 60,) * 12,
        received=tuple(replace(one, name=text * 40) for one in made.received),
        reason=text * 200,
        remedy=text * 120,
    )


def _long_alone(text: str) -> f25.F25Content:
    made = alone()
    who = replace(
        made.persons[0], name=LONG_NAME, phone="199 0000 6621 / 199 0000 6622",
        illness=f"重病（{text * 20}）",
    )  # fmt: skip
    return replace(
        made, head=LONG_NAME, address=LONG_ADDRESS, per_capita=LARGEST, standard=LARGEST,
        benefit=LARGEST, tested=text * 120, persons=(who, who),
    )  # fmt: skip
