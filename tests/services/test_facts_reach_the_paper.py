"""What was recorded once stands on every form that asks for it; what was not asked stays empty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.documents import values
from app.documents.registry import form_of
from app.domain.households import AssetKind, Category, IncomeKind, Per
from app.domain.money import Money
from app.domain.people import Education, IdKind, Marriage
from app.domain.procedure import EvidenceMode, FiledBy, MaterialCode, MaterialState, Proxy
from app.domain.referral_states import LeadEvent
from app.domain.referral_words import HandOn
from app.domain.relief_case import LATE_PAPERS
from app.domain.visit_words import FollowUp
from app.rules import facts as case
from app.services.application_materials import SettleMaterial
from app.services.application_signatures import DeclareRelatives
from app.services.applications import FileApplication
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.household_corrections import Correction
from app.services.printing import draw
from app.services.referrals import Referrals
from app.services.relief_asked import MakeUp
from app.services.visit_following import Following
from tests.casework import TODAY, payment, visit
from tests.filing import Filing
from tests.pdfs import lines_on
from tests.storefile import household_of
from tests.visiting import new_referral

PROXY = Proxy(
    filed_by=FiledBy.PROXY,
    name="覃小妹",
    id_number="110101199001011237",
    relation="外甥女",
    phone="19900001111",
    signed_on=date(2026, 3, 1),
)


@pytest.fixture
def filing(work):
    return Filing(work)


def text(work, filing, form):
    """What stands on a paper, without the white space lines are broken at."""
    return "".join(
        line.split(" ", 2)[2]
        for line in lines_on(draw(work.printing.sketch(form, filing.household.id)).pdf)
    )


def content(work, home, form):
    return work.printing.sketch(form, home.id).content


def row_of(work, filing, form):
    """What F01 or F11 says of who brings it."""
    said = text(work, filing, form)
    return said[said.index("代理申请") : said.index("代理申请") + 60]


def test_whoever_brings_the_application_stands_on_it(work, filing):
    assert content(work, filing.household, "F01").proxy is None

    work.signatures.set_proxy(filing.id, PROXY)

    row = row_of(work, filing, "F01")
    assert "覃小妹" in row
    assert "外甥女" in row
    assert "110101" in row


def test_marriage_and_schooling_stand_on_the_application_once_told(work, filing):
    assert "婚姻状况丧偶" not in text(work, filing, "F01")
    assert "文化程度小学" not in text(work, filing, "F01")

    applicant = filing.household.head_member.person.id
    told = {"marriage": Marriage.WIDOWED, "education": Education.PRIMARY}
    work.corrections.correct(
        Correction(household=filing.household.id, person=applicant, fields=told)
    )

    person = work.households.get(filing.household.id).head_member.person
    assert (person.marriage, person.education) == (Marriage.WIDOWED, Education.PRIMARY)
    assert "婚姻状况丧偶" in text(work, filing, "F01")
    assert "文化程度小学" in text(work, filing, "F01")


LIVES = {
    "hukou_address": "练习县白石镇老街8号",
    "resident_since": 2019,
    "permit_no": "459902195803090042",
    "employer": "青石坳茶厂",
    "disability_no": "45990219580309004262",
}
LIVES_ON_PAPER = (
    "户籍地址练习县白石镇老街8号", "居住年限2019年起", "居住证号459902195803090042", "青石坳茶厂",
    "残疾证号459902195803090042", "62",
)  # fmt: skip


def test_where_somebody_is_registered_works_and_how_long_they_live_here_stand_on_f01(work, filing):
    applicant = filing.household.head_member.person.id
    work.corrections.correct(
        Correction(household=filing.household.id, person=applicant, fields=LIVES)
    )

    person = work.households.get(filing.household.id).head_member.person
    assert {key: getattr(person, key) for key in LIVES} == LIVES
    said = text(work, filing, "F01").replace(" ", "")
    for words in LIVES_ON_PAPER:
        assert words in said, words


def test_where_somebody_is_registered_and_works_stands_on_the_other_forms_too(work, filing):
    home = filing.household
    head = home.head_member.person.id
    work.corrections.correct(Correction(household=home.id, person=head, fields=LIVES))

    asked = content(work, home, "F16")
    assert asked.hukou_address == LIVES["hukou_address"]
    assert asked.members[0].employer == LIVES["employer"]


def test_from_when_to_when_the_notice_hung_stands_on_the_application(work, filing):
    assert content(work, filing.household, "F01").notice == (None, None)

    filing.posted()

    first, last = content(work, filing.household, "F01").notice
    assert first is not None
    assert last is not None
    said = text(work, filing, "F01").replace(" ", "")
    assert f"公示时间{values.day(first)}至{values.day(last)}" in said


def test_the_telephone_of_the_last_notice_stands_on_the_monthly_list(work, filing):
    def contact():
        return work.printing.sketch("F08L", None, entity_id="supported").content.contact

    assert contact() == ""

    filing.assessed().post(contact="云溪镇民政办 0898-66881234")

    assert contact() == "云溪镇民政办 0898-66881234"


def test_the_certificate_and_the_registered_address_stand_on_the_application_of_tekun(work, home):
    work.applications.file(
        FileApplication(household=home.id, assessment=None, requested=(Category.TEKUN,))
    )
    head = home.head_member.person.id
    work.corrections.correct(Correction(household=home.id, person=head, fields=LIVES))

    (person,) = content(work, home, "F11").people
    assert (person.hukou_address, person.disability_no) == (
        LIVES["hukou_address"], LIVES["disability_no"],
    )  # fmt: skip


def test_relatives_among_the_staff_stand_on_the_promise_as_they_were_declared(work, filing):
    assert content(work, filing.household, "F03").kin is None
    work.signatures.declare(
        DeclareRelatives(
            application=filing.id, has_relative=True, staff_name="覃大海",
            staff_unit="云溪镇政府", staff_post="副镇长", relation="叔侄",
            declared_on=date(2026, 3, 1), is_signed=True,
        )
    )  # fmt: skip

    said = text(work, filing, "F03")

    assert "覃大海" in said
    assert "云溪镇政府副镇长" in said
    assert "叔侄" in said


def test_what_came_in_is_ticked_and_what_was_promised_is_said_on_the_promise(work, filing):
    def settle(code, name, state, **more):
        work.materials.settle(
            SettleMaterial(
                application=filing.id, code=code, person=None, name=name, state=state, day=TODAY,
                **more,
            )
        )  # fmt: skip

    settle(MaterialCode.HUKOU_BOOK, "户口本", MaterialState.RECEIVED, mode=EvidenceMode.COPY)
    settle(MaterialCode.ASKED, "村里的说明", MaterialState.RECEIVED, mode=EvidenceMode.ORIGINAL)
    settle(MaterialCode.SCHOOL, "学籍证明", MaterialState.RECEIVED, mode=EvidenceMode.SHARED)
    settle(MaterialCode.INCOME, "收入材料", MaterialState.PROMISED, replaces="务工收入证明")

    assert content(work, filing.household, "F01").attached == (
        "户口本", "学籍证明", "村里的说明",
    )  # fmt: skip
    assert "其他村里的说明" in text(work, filing, "F01")
    proofs = {
        one.item: (one.mode, one.promised) for one in content(work, filing.household, "F03").proofs
    }
    assert proofs == {
        "学籍证明": ("部门共享查得", ""),
        "收入证明": ("以承诺代替证明", "务工收入证明"),
    }
    assert "务工收入证明" in text(work, filing, "F03")


@pytest.mark.parametrize("form", ["F01", "F15", "F15B", "F16", "F03", "F21", "F28"])
def test_an_address_is_whole_on_every_form(form):
    from app.documents.forms import f01, f15, f15_blank
    from tests import papers, records

    home = records.household(address="青石坳村")
    made = {
        "F01": lambda: f01.content_of(records.application(), home, unit="").applicant.address,
        "F15": lambda: f15.content_of(records.visit(), home, unit="").address,
        "F15B": lambda: f15_blank.content_of(home, unit="", visitor="").address,
    }.get(form, lambda: home.whole_address)
    assert made() == "青石坳村三组12号"
    assert form_of(form).code in papers.USUAL


@pytest.mark.parametrize(
    ("said", "boxes", "other"),
    [
        ("因病", ("疾病",), ""),
        ("因残", ("残疾",), ""),
        ("缺劳力", ("缺乏劳动力",), ""),
        ("因病致贫、因灾", ("疾病", "灾害"), ""),
        ("因婚", ("其他",), "因婚"),
        ("因残，因丧", ("残疾", "其他"), "因丧"),
        ("其他", ("其他",), ""),
        (None, (), ""),
    ],
)
def test_a_cause_in_the_roster_s_words_is_ticked_or_said_behind_else(said, boxes, other):
    from app.documents.forms.causes import causes_of

    assert causes_of(said) == (boxes, other)


def test_a_cause_no_box_means_stands_behind_else_on_f01(work, filing):
    home = replace(household_of("韦志强", door="15号"), poverty_cause="因婚返乡")
    work.households.add_all([home])
    work.applications.file(FileApplication(household=home.id, assessment=None))

    said = "".join(
        line.split(" ", 2)[2] for line in lines_on(draw(work.printing.sketch("F01", home.id)).pdf)
    )

    assert "其他因婚返乡" in said


def test_an_account_is_in_the_applicant_s_name_only_where_the_head_applies(work):
    from app.documents.forms import f01
    from tests import records

    home = records.household()
    other = replace(records.application(), applicant="p1")

    assert f01.content_of(records.application(), home, unit="").account_name == "赵大山"
    assert f01.content_of(other, home, unit="").account_name == ""


def tested(work, home, **told):
    """A saved test with what was told in it, and the application that follows."""
    facts = work.assessments.start(home.id)
    work.assessments.save(home.id, replace(facts, household=replace(facts.household, **told)))


@pytest.fixture
def home(work):
    made = household_of("覃兰英", "覃小雨", id_kind=IdKind.HUKOU_BOOK, birth=date(1970, 1, 1))
    work.households.add_all([made])
    return made


def test_what_was_told_in_the_test_stands_on_f01_and_f16(work, home):
    head = home.members[0].person.id
    wage = case.Income(member=head, kind=IncomeKind.WAGE, amount=Money.yuan(800), per=Per.MONTH)
    tested(
        work, home, incomes=(wage,), expenses=(), obligors=(),
        assets=(case.Asset(kind=AssetKind.DEPOSIT, amount=Money.yuan(5000)),
                case.Asset(kind=AssetKind.VEHICLE, count=0)),
    )  # fmt: skip
    with work.begin() as unit:
        (record,) = unit.casework.assessments_of(home.id)
    work.applications.from_assessment(record.id)

    said = content(work, home, "F01")
    owned = {one.kind: one.said for one in said.assets}
    assert [one.income_year for one in said.members] == [Money.yuan(9600), Money(0)]
    assert said.members[0].employment == "务工"
    assert (owned["存款"], owned["机动车"], owned["船舶、农机"]) == ("¥5,000.00", "无", "")
    assert said.obligors == ()
    on_f16 = content(work, home, "F16")
    assert [one.income_year for one in on_f16.members] == [Money.yuan(9600), Money(0)]


def test_asked_and_nothing_there_is_said_in_every_cell_and_unasked_in_none(work, home):
    tested(work, home, incomes=(), expenses=(), obligors=(), assets=())
    with work.begin() as unit:
        (record,) = unit.casework.assessments_of(home.id)
    work.applications.from_assessment(record.id)

    assert {one.said for one in content(work, home, "F01").assets} == {"无"}

    from app.documents.forms import f01
    from tests import records

    bare = replace(records.household(), assets=(), obligors=())
    unasked = f01.content_of(records.application(), bare, unit="")
    assert {one.said for one in unasked.assets} == {""}
    assert unasked.obligors is None


def test_relief_nobody_recorded_here_is_asked_and_not_denied(work, home):
    before = text_of_f16(work, home)
    work.relief.pay(payment(home))
    after = text_of_f16(work, home)

    assert "上次救助本年累计" in before
    assert "上次救助2026年" in after


def text_of_f16(work, home):
    drawn = draw(work.printing.sketch("F16", home.id, home.id)).pdf
    return "".join(line.split(" ", 2)[2] for line in lines_on(drawn))


def test_who_looks_after_a_tekun_person_stands_on_f11(work, home):
    from app.domain.care_states import CareEvent

    work.applications.file(
        FileApplication(household=home.id, assessment=None, requested=(Category.TEKUN,))
    )
    care = CareAgreements(work.begin, work.clock)
    made = care.draft(
        NewCare(
            household=home.id, name="覃兰英", carer="韦小芳", carer_phone="19900002222",
            carer_relation="侄女", carer_id_number="459901197203090026",
            carer_address="练习县白石镇老街8号", starts_on=TODAY, ends_on=date(2027, 3, 1),
        )
    )  # fmt: skip
    assert content(work, home, "F11").people[0].carer == ""

    care.step(made, CareEvent.SIGN, CareFacts(happened_on=TODAY))

    (person,) = content(work, home, "F11").people
    assert (person.carer, person.carer_phone, person.carer_relation) == (
        "韦小芳", "19900002222", "侄女",
    )  # fmt: skip
    agreed = content(work, home, "F13")
    assert (agreed.carer_relation, agreed.carer_id_number, agreed.carer_address) == (
        "侄女", "459901197203090026", "练习县白石镇老街8号",
    )  # fmt: skip
    assert content(work, home, "F14").carer_relation == "侄女"


def test_marriage_and_schooling_stand_on_the_application_of_tekun_once_told(work, home):
    work.applications.file(
        FileApplication(household=home.id, assessment=None, requested=(Category.TEKUN,))
    )
    (before,) = content(work, home, "F11").people
    assert (before.marriage, before.education) == ("", "")

    told = {"marriage": Marriage.WIDOWED, "education": Education.PRIMARY}
    head = home.head_member.person.id
    work.corrections.correct(Correction(household=home.id, person=head, fields=told))

    drawn = draw(work.printing.sketch("F11", home.id)).pdf
    said = "".join(line.split(" ", 2)[2] for line in lines_on(drawn))
    assert "婚姻状况丧偶" in said
    assert "文化程度小学" in said


def test_from_when_to_when_relief_given_first_was_announced_stands_on_its_application(work, home):
    paid = work.relief.pay(payment(home))
    assert work.printing.sketch("F16", home.id, paid.id).content.notice == (None, None)

    last = TODAY + timedelta(days=7)
    work.clock.advance(days=9)
    made = MakeUp(
        items=LATE_PAPERS, completed_on=last, home_visited_on=TODAY,
        notice_from=TODAY, notice_to=last,
    )  # fmt: skip
    work.relief.steps.make_up(paid.id, made)

    assert work.printing.sketch("F16", home.id, paid.id).content.notice == (TODAY, last)


def test_what_came_of_a_visit_is_ticked_on_its_sheet(work):
    home = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([home])
    referrals = Referrals(work.begin, work.clock)
    plain = work.visits.record(visit(home))
    led = work.visits.record(visit(home, following=Following(how=FollowUp.LEAD, content="断药")))

    def handled(about):
        return work.printing.sketch("F15", home.id, about).content.handled

    before = handled(led)
    with work.begin() as unit:
        (lead,) = unit.visiting.leads_of(home.id)
    referrals.move_lead(lead.id, LeadEvent.VERIFY, "去看过")
    referrals.hand_on(lead.id, HandOn.APPLICATION)
    applied = handled(led)
    referrals.refer(new_referral(home, visit=led))

    assert (before, applied) == ((), ("协助申请",))
    assert handled(led) == ("转介", "协助申请")
    assert handled(plain) == ()
