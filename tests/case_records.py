"""Records of a case beside the household: what F04 to F28 are made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.application_events import ApplicationEvent
from app.domain.care_states import CareStatus
from app.domain.caring import CareAgreement, WatchCause, WatchEntry
from app.domain.casework import Application, ApplicationStatus
from app.domain.money import Money
from app.domain.procedure import (
    ApplicationStep,
    Attendant,
    EvidenceMode,
    FiledBy,
    Material,
    MaterialCode,
    MaterialState,
    Proxy,
    RelativeFiling,
    Review,
    ReviewRole,
)
from app.domain.referral_states import ReferralStatus
from app.domain.referral_words import ReferralNeed
from app.domain.reports import Quarter, ReportFigures, VillageReport
from app.domain.visiting import Investigation, Referral
from app.domain.watch_states import WatchStatus
from tests.records import (
    AT,
    ON,
    application,
)

SAID = {
    "people": "老两口和孙女在家，儿子在外。",
    "housing": "自建砖瓦房 80 平方米，两间漏雨。",
    "vehicles": "没有车，有一台手扶拖拉机。",
    "farming": "水田两亩，养猪一头、鸡十来只。",
    "belongings": "电视、冰箱。",
    "utilities": "一个月水电 60 元，话费 38 元。",
    "obligors": "儿子每月给 200 元，女儿不给。",
    "neighbours": "问了隔壁覃大嫂，说属实。",
    "reasons": "老伴肾病，药费顶不住。",
    "found": "灶房瓦片破损，药盒在床头，米够吃半个月。",
}


def investigation(**changes: object) -> Investigation:
    """One 入户调查 of the household of `tests.records`."""
    usual = Investigation(
        id="in",
        household="h",
        application="ap",
        investigated_on=ON,
        investigators=("王秀英", "李国富"),
        respondent="赵大山",
        answers=SAID,
        fits=True,
        conclusion="情况属实，建议按低保办。",
        recorded_at=AT,
    )
    return replace(usual, **changes)


def review(**changes: object) -> Review:
    """A review of eleven people, one of whom sat out."""
    roles = (ReviewRole.TOWNSHIP, ReviewRole.COMMITTEE, *[ReviewRole.PARTY] * 3)
    seats = [*roles, *[ReviewRole.VILLAGER] * 6]
    usual = Review(
        id="rv",
        application="ap",
        session="rv",
        held_on=ON,
        place="村委会会议室",
        chair="黄永福",
        recorder="王秀英",
        expected=13,
        attendance=tuple(
            Attendant(name=f"评议员{number}", role=role, recused=number == 10)
            for number, role in enumerate(seats)
        ),
        agree=9,
        against=0,
        abstain=1,
        passed=True,
        rule="三分之二以上的人到会，过半数同意",
        opinion="家里老人长期吃药，儿子收入低，大家都清楚。",
    )
    return replace(usual, **changes)


def step(event: ApplicationEvent = ApplicationEvent.NEED_MATERIAL) -> ApplicationStep:
    """What the township answered."""
    return ApplicationStep(
        id="st",
        application="ap",
        household="h",
        number=2,
        event=event,
        before="submitted",
        after="supplement_requested",
        happened_on=ON,
        handler="王秀英",
        told_by="云溪镇社会救助办",
        paper_no="云民补〔2026〕7号",
        note="户籍不在本县，按规定应当向户籍所在地申请。",
        details={
            "materials": ["老伴的出院小结和费用单", "儿子的工资流水"],
            "due_on": "2026-03-16",
        },
        recorded_at=AT,
    )


def materials() -> list[Material]:
    """Two pieces that came in, one promised, one still missing."""
    told = (
        (MaterialCode.HUKOU_BOOK, MaterialState.RECEIVED, EvidenceMode.COPY),
        (MaterialCode.ID_CARD, MaterialState.RECEIVED, EvidenceMode.ORIGINAL),
        (MaterialCode.INCOME, MaterialState.PROMISED, None),
        (MaterialCode.DIAGNOSIS, MaterialState.NEEDED, None),
    )
    return [
        Material(
            id=f"mt{number}",
            application="ap",
            code=code,
            name=code.label,
            person=None,
            state=state,
            mode=mode,
            asked_on=ON,
            settled_on=None if state is MaterialState.NEEDED else ON,
            replaces="",
            note="",
        )
        for number, (code, state, mode) in enumerate(told)
    ]


def refused(**changes: object) -> Application:
    """An application the county did not agree to."""
    usual = replace(
        application(),
        status=ApplicationStatus.REFUSED,
        decided_on=date(2026, 3, 20),
        decision_note="人均月收入超过低保标准，家里有一辆小汽车。",
    )
    return replace(usual, **changes)


def agreement(**changes: object) -> CareAgreement:
    """A neighbour looks after the head."""
    usual = CareAgreement(
        id="ca",
        household="h",
        person="p0",
        person_name="赵大山",
        carer="覃小妹",
        carer_phone="19900006655",
        carer_relation="邻居",
        carer_id_number="459901197203090021",
        carer_address="青石坳村三组14号",
        fee=Money(260_00),
        services="每天早晚各一次：做饭、喂药；每周洗衣、打扫两次；就医陪同。",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        has_standard=True,
        has_plan=True,
        status=CareStatus.ACTIVE,
        follows=None,
        ended_on=None,
        ended_by=None,
    )
    return replace(usual, **changes)


def referral(**changes: object) -> Referral:
    """Handed on to the hospital."""
    usual = Referral(
        id="rf",
        household="h",
        need=ReferralNeed.MEDICAL,
        to_org="云溪镇卫生院",
        content="老伴肾病要定期透析，自己去不了县城，请帮联系接送和减免。",
        visit="v",
        lead=None,
        made_on=ON,
        due_on=date(2026, 3, 16),
        status=ReferralStatus.CONSENTED,
        handler="王秀英",
    )
    return replace(usual, **changes)


def filing(**changes: object) -> RelativeFiling:
    """The head's brother sits in the village committee."""
    usual = RelativeFiling(
        id="sf",
        household="h",
        has_relative=True,
        staff_name="赵大海",
        staff_unit="青石坳村委会",
        staff_post="副主任",
        relation="弟弟",
        declared_on=ON,
        is_signed=True,
    )
    return replace(usual, **changes)


def watched(**changes: object) -> WatchEntry:
    """A household kept in view."""
    usual = WatchEntry(
        id="w",
        household="h",
        cause=WatchCause.BETWEEN_LINES,
        note="收入比低保标准高 60 元，老伴要透析。",
        noticed_on=date(2026, 1, 12),
        listed_on=date(2026, 1, 20),
        compared_on=ON,
        status=WatchStatus.LISTED,
        handler="王秀英",
    )
    return replace(usual, **changes)


def figures(**changes: int) -> ReportFigures:
    """A quarter's work."""
    usual = {
        "visits": 182, "leads": 6, "applications": 9, "relief": 4, "relief_fen": 320_050,
        "overdue_papers": 1, "referred": 3, "answered": 2, "graces": 1, "listed": 2,
    }  # fmt: skip
    return ReportFigures(**(usual | changes))


def report(**changes: object) -> VillageReport:
    """The first quarter as it was reported."""
    usual = VillageReport(
        id="vr",
        quarter=Quarter(2026, 1),
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        told_on=date(2026, 4, 2),
        told_to="云溪镇社会救助办",
        progress="走访做到每户每月一次，新发现线索 6 件，都核实了。",
        problems="有一笔先行救助的手续超期，等医院的费用单。",
        experience="和村医一起走访，病情问得清楚。",
        suggestions="请县里把备用金的限额说清楚。",
        figures=figures(),
        corrects=None,
        handler="王秀英",
        recorded_at=AT,
    )
    return replace(usual, **changes)


def proxied(**changes: object) -> Application:
    """An application a daughter brings."""
    usual = Proxy(
        filed_by=FiledBy.PROXY,
        name="赵小红",
        id_number="45990119900309002X",
        relation="女儿",
        phone="19900006600",
        signed_on=ON,
    )
    return replace(application(), proxy=replace(usual, **changes))
