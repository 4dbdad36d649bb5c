"""Which papers a household can have now, and what each of them says.

One entry a form: what it is about, what is still missing for it, and how its content comes from the
record. The forms themselves are drawn in `app.documents`, imported only when one is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.documents.forms.stored_answer import StoredAnswer
from app.documents.registry import FORMS, Form
from app.domain.casework import Application, AssessmentRecord, Relief
from app.domain.day_round import DayRound
from app.domain.fund import FundPage
from app.domain.households import Category, Household
from app.domain.ids import ApplicationId, AssessmentId, HouseholdId, ReliefId, VisitId
from app.domain.problem import Refused
from app.domain.procedure import FiledBy
from app.domain.standing import Benefit, CompositionChange, GracePeriod
from app.services import (
    blank_papers,
    care_papers,
    day_papers,
    home_papers,
    log_papers,
    procedure_papers,
    relief_papers,
    standing_papers,
    village_papers,
    visit_papers,
)
from app.services.case_paper import CasePaper
from app.services.estimates import relief_now
from app.services.homes_then import home_on
from app.services.missing import no_household
from app.services.paper_packs import Record, titled

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.services.ground_rules import GroundRules
    from app.store.blobs import BlobStore
    from app.store.unit_of_work import UnitOfWork

APPLICATION: Final = "F01"
AUTHORISATION: Final = "F02"
PROMISE: Final = "F03"
WORKING: Final = "F05"
TEKUN: Final = "F11"
CARE: Final = "F12"
VISIT: Final = "F15"
RELIEF: Final = "F17a"
LATE_PAPERS: Final = "F17b"
FUND: Final = "F18"
GRACE: Final = "F20"
CHANGES: Final = "F21"
DAY: Final = "visits"
RECEIPT: Final = "SJ"
REPORT: Final = "F24"
ALONE: Final = "F25"
PROXY: Final = "F26"

SOURCES: Final = (
    procedure_papers.SOURCES
    | home_papers.SOURCES
    | care_papers.SOURCES
    | village_papers.SOURCES
    | log_papers.SOURCES
    | blank_papers.SOURCES
)
"""Papers about what is no record of its own, by what they are about."""
_OF_NOBODY: Final = frozenset({"fund", "day", log_papers.ABOUT, *village_papers.SOURCES})


def _asks_for_tekun(record: Any) -> bool:  # noqa: ANN401  # the kind says of which record
    return Category.TEKUN in record.requested


def _always(_record: Any) -> bool:  # noqa: ANN401
    return True


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One form and what it is about."""

    form: Form
    about: str
    """A key of `SOURCES`, or of the records that a paper names themselves."""
    missing: str
    """What is missing when there is nothing for it to be about."""
    suits: Callable[[Any], bool] = _always
    """Whether a record of that sort wants this form."""
    usual: bool = True
    """Whether it is ticked from the start; a notice, a card or a cover is asked for."""

    @property
    def is_of_household(self) -> bool:
        """Whether it is one household's; the others are the village's books, rounds and reports."""
        return self.about not in _OF_NOBODY

    @property
    def is_blank(self) -> bool:
        """Whether it is filled in by hand: it takes no number, and is no record of anything."""
        return self.about in blank_papers.SOURCES

    def newest(self, records: Mapping[str, Sequence[Record]]) -> Record | None:
        """The newest record the form can be about."""
        return next(filter(self.suits, records.get(self.about, ())), None)


KINDS: Final = {
    kind.form.code: kind
    for kind in (
        PaperKind(FORMS[APPLICATION], "application", "还没有提交申请"),
        PaperKind(FORMS[AUTHORISATION], "application", "还没有提交申请"),
        PaperKind(FORMS[PROMISE], "application", "还没有提交申请"),
        PaperKind(FORMS["F04"], "investigation", "还没有入户调查", usual=False),
        PaperKind(FORMS[WORKING], "assessment", "还没有测算"),
        PaperKind(FORMS["F06"], "meeting", "还没有民主评议", usual=False),
        PaperKind(FORMS["F07"], "notice", "还没到初审公示", usual=False),
        PaperKind(FORMS["F07A3"], "notice", "还没到初审公示", usual=False),
        PaperKind(FORMS["F07L"], "joint_notice", "今天没有两户一起公示"),
        PaperKind(FORMS["F07LA3"], "joint_notice", "今天没有两户一起公示"),
        PaperKind(FORMS["F08"], "confirmed", "县里还没有确认同意", usual=False),
        PaperKind(FORMS["F08A3"], "confirmed", "县里还没有确认同意", usual=False),
        PaperKind(FORMS["F08L"], "supported", "没有这份名单"),
        PaperKind(FORMS["F08LA3"], "supported", "没有这份名单"),
        PaperKind(FORMS["F09"], "answer", "镇里还没有答复受不受理", usual=False),
        PaperKind(FORMS["F10"], "refusal", "没有不同意的申请", usual=False),
        PaperKind(FORMS[TEKUN], "application", "没有申请特困", _asks_for_tekun),
        PaperKind(FORMS[CARE], "ability", "测算里没有特困的人"),
        PaperKind(FORMS["F13"], "care", "没有照料协议", usual=False),
        PaperKind(FORMS["F14"], "card", "没有照料协议", usual=False),
        PaperKind(FORMS[VISIT], "visit", "还没有走访记录"),
        PaperKind(FORMS["F01B"], blank_papers.FORM, "找不到这一户", usual=False),
        PaperKind(FORMS["F02B"], blank_papers.FORM, "找不到这一户", usual=False),
        PaperKind(FORMS["F03B"], blank_papers.FORM, "找不到这一户", usual=False),
        PaperKind(FORMS["F15B"], blank_papers.VISIT, "找不到这一户", usual=False),
        PaperKind(FORMS["F17aB"], blank_papers.FORM, "找不到这一户", usual=False),
        PaperKind(FORMS["F16"], "aid", "找不到这一户", usual=False),
        PaperKind(FORMS[RELIEF], "relief", "没有先行救助"),
        PaperKind(FORMS[LATE_PAPERS], "relief", "没有先行救助"),
        PaperKind(FORMS[RECEIPT], "relief", "没有给付过", relief_papers.was_given),
        PaperKind(FORMS[FUND], "fund", "这个月没有备用金台账"),
        PaperKind(FORMS["F19"], "referral", "没有转介", usual=False),
        PaperKind(FORMS[GRACE], "grace", "还没有渐退、停发、减发"),
        PaperKind(FORMS[CHANGES], "change", "还没有增减员"),
        PaperKind(FORMS["F22"], "relatives", "没有申报近亲属在经办", usual=False),
        PaperKind(FORMS["F22L"], "related", "申报近亲属的不到两户"),
        PaperKind(FORMS["F23"], "watch_list", "没有这份台账"),
        PaperKind(FORMS[REPORT], "report", "没有这一期"),
        PaperKind(FORMS[ALONE], "alone", "测算没有建议单人保"),
        PaperKind(FORMS[PROXY], "proxy", "没有请人代办"),
        PaperKind(FORMS["F27"], "served", "没有要送达的告知书", usual=False),
        PaperKind(FORMS["F28"], "file", "找不到这一户", usual=False),
        PaperKind(FORMS[DAY], "day", "今天没有要走访的"),
        PaperKind(FORMS["F15L"], log_papers.ABOUT, "没有这份台账"),
    )
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is about: the record, its household, and the number it has, if any."""

    entity_id: str
    household: Household | None
    record: Record
    document_no: str | None


OF_A_HOUSEHOLD: Final = tuple(code for code, kind in KINDS.items() if kind.is_of_household)


def require_of_household(form: str) -> None:
    """Raises Refused P-22 for a form that is not about one household."""
    kind = KINDS[form]
    if not kind.is_of_household:
        raise Refused(
            f"“{kind.form.title}”不是哪一户的表。",
            do="请打开程序的窗口，在备用金或者今日工作那一页打印。",
            code="P-22",
            field="form",
        )


def records_of(work: UnitOfWork, household_id: HouseholdId) -> dict[str, Sequence[Record]]:
    """What a household's papers can be about, the newest first."""
    listed: dict[str, Sequence[Record]] = {
        "application": work.casework.applications_of(household_id),
        "assessment": work.casework.assessments_of(household_id),
        "visit": work.casework.visits_of(household_id),
        "relief": work.casework.relief_of(household_id),
        "grace": standing_papers.told_of(work, household_id),
        "change": work.standing.changes_of(household_id),
    }
    return listed | {about: one.listed(work, household_id) for about, one in SOURCES.items()}


_FINDERS: Final[Mapping[str, Callable[[UnitOfWork, str], Record | None]]] = {
    "application": lambda work, one: work.casework.application(ApplicationId(one)),
    "assessment": lambda work, one: work.casework.assessment(AssessmentId(one)),
    "visit": lambda work, one: work.casework.visit(VisitId(one)),
    "relief": lambda work, one: relief_papers.relief_of(work, ReliefId(one)),
    "fund": relief_papers.fund_page,
    "grace": standing_papers.find_told,
    "change": lambda work, one: work.standing.change(one),
    "day": day_papers.day_round,
}


def subject_of(work: UnitOfWork, kind: PaperKind, entity_id: str) -> Subject:
    """The record behind a paper. Raises Refused when there is none."""
    record: Record | None
    if kind.about in SOURCES:
        record = SOURCES[kind.about].find(work, entity_id)
    else:
        record = _FINDERS[kind.about](work, entity_id)
    if record is None:
        raise Refused(f"{kind.missing}，这张表还打不了。", do="请先把它记下来。", code="P-20")
    household = None if record.household is None else work.households.get(record.household)
    number = record.document_no if isinstance(record, Application | Relief) else None
    number = record.number if isinstance(record, CasePaper) else number
    if kind.form.code == LATE_PAPERS:
        number = None  # it names the relief's number, and has one of its own
    return Subject(entity_id, household, record, number)


def content_of(
    work: UnitOfWork,
    rules: GroundRules,
    kind: PaperKind,
    subject: Subject,
    blobs: BlobStore | None = None,
) -> FormContent:
    """What the paper says, as its form's content value.

    `blobs` is where signatures are. Raises Unavailable V-15 when one is damaged.
    """
    from app.documents.forms import f05_reading

    record, household, unit = subject.record, subject.household, work.identity.village_name
    if isinstance(record, CasePaper):
        return SOURCES[kind.about].content(work, rules, record)
    if isinstance(record, Relief):
        record = relief_now(work, rules, record)
        return relief_papers.content_of(work, kind.form.code, record, household)
    if isinstance(record, FundPage):
        return relief_papers.fund_ledger(work, record)
    if isinstance(record, DayRound):
        return day_papers.sheet_of(work, rules, record)
    if household is None:
        raise no_household()
    if isinstance(record, Application):
        tested = None if record.assessment is None else work.casework.assessment(record.assessment)
        tested = None if tested is None else titled(work, rules, tested)
        return _of_application(work, kind, record, household, tested)
    if isinstance(record, GracePeriod | Benefit | CompositionChange):
        return standing_papers.content_of(work, rules, record, household)
    if isinstance(record, AssessmentRecord):
        then = home_on(work, household, record.on)
        return f05_reading.content_of(titled(work, rules, record), then, unit=unit)
    return visit_papers.sheet_of(work, record, household, unit=unit, blobs=blobs)


def _of_application(
    work: UnitOfWork,
    kind: PaperKind,
    application: Application,
    household: Household,
    tested: AssessmentRecord | None,
) -> FormContent:
    from app.documents.forms import f01, f02_content, f03_content, f11_content
    from app.documents.forms.beside import Beside

    unit = work.identity.village_name
    if kind.form.code == AUTHORISATION:
        return f02_content.content_of(application, household, unit=unit, assessment=tested)
    contents: dict[str, Callable[..., FormContent]] = {
        APPLICATION: f01.content_of,
        PROMISE: f03_content.content_of,
        TEKUN: f11_content.content_of,
    }
    beside = Beside(
        materials=tuple(work.procedure.materials(application.id)),
        relative=work.procedure.relatives(household.id),
        agreements=tuple(work.caring.agreements_of(household.id)),
        notices=tuple(work.procedure.notices(application.id)),
    )
    return contents[kind.form.code](
        application, household, unit=unit, assessment=tested, beside=beside
    )


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """One paper an application takes: what `Printing` makes it from, and who has a page in it."""

    form: str
    title: str
    entity_id: str
    people: tuple[str, ...] = field(default=(), repr=False)
    """Names, where the form has pages for each person; empty for one about the household."""


def papers_needed(
    application: Application, household: Household, tested: AssessmentRecord | None
) -> tuple[PaperNeed, ...]:
    """The papers an application takes, in the order they are read out and signed.

    Those of 特困 come along only where it is asked for, those of a test only where there is one,
    the 委托书 where somebody else brings it.
    """
    from app.documents.forms import f02_content, f11_content, f12_content, f25

    unit = ""
    signers = f02_content.content_of(application, household, unit=unit, assessment=tested).signers
    needed = [
        _need(APPLICATION, application.id),
        _need(AUTHORISATION, application.id, (one.person.name for one in signers)),
        _need(PROMISE, application.id),
    ]
    if tested is not None:
        needed.append(_need(WORKING, tested.id))
        alone = f25.asks_alone(tested)
        names = [one.person.name for one in household.members if one.person.id in alone]
        if names:
            needed.append(_need(ALONE, application.id, names))
    if application.proxy.filed_by is not FiledBy.SELF:
        needed.append(_need(PROXY, application.id))
    if Category.TEKUN in application.requested:
        asked = f11_content.content_of(application, household, unit=unit, assessment=tested)
        needed.append(_need(TEKUN, application.id, (one.name for one in asked.people)))
        if tested is not None and StoredAnswer(tested).looked_after:
            care = f12_content.content_of(tested, household, unit=unit)
            needed.append(_need(CARE, tested.id, (one.name for one in care.people)))
    return tuple(needed)


def papers_of_test(tested: AssessmentRecord, household: Household) -> tuple[PaperNeed, ...]:
    """The papers a test alone makes: its working, and who cannot look after himself."""
    from app.documents.forms import f12_content

    needed = [_need(WORKING, tested.id)]
    if StoredAnswer(tested).looked_after:
        care = f12_content.content_of(tested, household, unit="")
        needed.append(_need(CARE, tested.id, (one.name for one in care.people)))
    return tuple(needed)


def papers_along(work: UnitOfWork, application: Application) -> tuple[PaperNeed, ...]:
    """What came out along one application (answers, a meeting, notices …), the newest of each."""
    found: list[PaperNeed] = []
    for kind in KINDS.values():
        source = SOURCES.get(kind.about)
        papers = () if source is None else source.listed(work, application.household)
        newest = next((one for one in papers if one.is_along(application)), None)
        if newest is not None:
            found.append(_need(kind.form.code, newest.id))
    return tuple(found)


_BY_THEMSELVES: Final = ("referral", "ability", "care", "card", "investigation")
"""What is opened by its own id on a page of its own, and has papers."""


def papers_about(
    work: UnitOfWork, subject: str
) -> tuple[HouseholdId, tuple[PaperNeed, ...]] | None:
    """Household and papers of a referral, an agreement or an investigation; None for no such."""
    needed: list[PaperNeed] = []
    household = None
    for kind in KINDS.values():
        if kind.about not in _BY_THEMSELVES:
            continue
        found = SOURCES[kind.about].find(work, subject)
        if found is not None and found.household is not None:
            household = found.household
            needed.append(_need(kind.form.code, found.id))
    return None if household is None else (household, tuple(needed))


def _need(form: str, entity_id: str, people: Iterable[str] = ()) -> PaperNeed:
    return PaperNeed(form, FORMS[form].title, entity_id, tuple(people))
