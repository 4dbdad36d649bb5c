"""A whole day of a coordinator on the practice village, through the real services.

Each step does what the window would do and says in one line what came of it. Everything it makes
lies in one folder; nothing is faked: the vault is encrypted, the county is a process of its own
behind TLS on loopback, and its wire is cut twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.casework import (
    EventKind,
    Health,
    Housing,
    IncomeChange,
    Met,
    Need,
    Relief,
    ReliefWay,
    Supplies,
)
from app.domain.clock import Clock, day_words
from app.domain.exporting import Recipient
from app.domain.households import Category, Household
from app.domain.ids import ApplicationId, HouseholdId, VisitId
from app.domain.masking import Mask
from app.domain.money import Money
from app.domain.problem import Refused
from app.practice.case_papers import one_of_each
from app.practice.county import PracticeCounty
from app.practice.cutting import Fault
from app.practice.filings import Way
from app.practice.furnishing import past_visits
from app.practice.interview import answered
from app.practice.roster_file import write_roster
from app.practice.standing import VILLAGE_NAME
from app.practice.under_way import UnderWay, set_going
from app.practice.village import PracticeVillage, practice_village
from app.services.application_signatures import Sign
from app.services.due_visits import VISITING
from app.services.policies import Policies
from app.services.relief_asked import PayRelief
from app.services.rosters import ImportRoster
from app.services.vaults import CreateVault, Vaults
from app.services.visits import RecordVisit

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.store.unit_of_work import UnitOfWork
    from app.store.vault import OpenVault

OFFICER: Final = "韦春燕"
"""A generated name."""
PASSPHRASE: Final = "青石坳 练习 一天 的口令"  # noqa: S105  # the practice vault's, for everybody
RELIEF: Final = Money.yuan(800)
SMALLEST: Final = 3

Say = Callable[[str], None]
"""Hears one line for each thing that was done."""


@dataclass(slots=True)
class PracticeDay:
    """One day in `folder`. Call the steps in order, on one thread."""

    folder: Path
    clock: Clock
    say: Say
    county: PracticeCounty
    policies: Policies = field(default_factory=Policies)
    village: PracticeVillage = field(default_factory=practice_village)
    who: dict[str | None, HouseholdId] = field(default_factory=dict, repr=False)
    """Imported households by their head's ID number."""
    vault: OpenVault | None = None
    under_way: UnderWay | None = field(default=None, repr=False)
    relief: Relief | None = None
    application: ApplicationId | None = None
    tested: HouseholdId | None = None
    visited: VisitId | None = None

    @property
    def shown(self) -> dict[str, str]:
        """The ids of what the pictures show, as far as the day has come."""
        known = {"household": self.tested, "visit": self.visited}
        found: dict[str, str] = {kind: one for kind, one in known.items() if one is not None}
        return found if self.under_way is None else found | _pictured(self.under_way)

    @property
    def desk(self) -> Desk:
        """The use cases of the open vault."""
        from app.services.desk import open_desk

        return open_desk(self.open_vault, self.clock, self.policies)

    @property
    def filed(self) -> ApplicationId:
        """The application of step 5."""
        if self.application is None:
            raise RuntimeError("nothing has been filed yet")
        return self.application

    def begin_work(self) -> UnitOfWork:
        """A transaction, for looking behind the services."""
        from app.services.desk import begin_in

        return begin_in(self.open_vault, self.clock)()

    @property
    def open_vault(self) -> OpenVault:
        """The vault; the first step opens it."""
        if self.vault is None:
            raise RuntimeError("the day begins with the vault")
        return self.vault

    def begin(self) -> None:
        """1. County, vault, enrolment by file with the fingerprint compared, lock, unlock."""
        self.county.found()
        bundle = self.place("county") / "pack.json"
        bundle.write_bytes(self.policies.bundle(self.policies.load("practice")))
        self.county.ask("publish-pack", str(bundle))
        self.county.serve()
        wire = self.county.break_wire([Fault.REQUEST, Fault.ANSWER])
        ticket = self.folder / "enrolment.json"
        spoken = self.county.invite(ticket, officer=OFFICER, url=wire)
        vaults = Vaults(self.clock)
        self.vault, groups = vaults.create(
            CreateVault(
                directory=self.folder / "vault",
                passphrase=PASSPHRASE,
                officer=OFFICER,
                village=VILLAGE_NAME,
                practice=True,
            )
        )
        enrolment = self.desk.enrolment
        enrolment.prepare(ticket, fingerprint=spoken)
        member = enrolment.ask(run_in_store=lambda job: job())
        self.say(
            f"保险箱建好（恢复纸 {len(groups)} 组数字），核对码一致，成为 {member.device_no} 号电脑"
        )
        vaults.lock(self.vault)
        self.vault = vaults.open(self.folder / "vault", PASSPHRASE)
        left = self.desk.relief.allowance().left
        self.say(f"锁屏、再开锁，资料都在；县里给的先行救助额度 {left.grouped()} 元")

    def take_roster(self) -> None:
        """2. A roster with three bad rows is refused whole; the corrected one goes in."""
        desk, bad, good = self.desk, self.folder / "roster-bad.xlsx", self.folder / "roster.xlsx"
        spoilt = write_roster(bad, self.village, spoil=True)
        report = desk.rosters.read(bad)
        sheet = self.folder / "roster-errors.xlsx"
        desk.rosters.write_error_sheet(sheet, report)
        try:
            desk.rosters.import_(ImportRoster(report=report))
        except Refused as refusal:
            self.say(f"花名册第 {'、'.join(map(str, spoilt))} 行不对，整份退回：{refusal.code}")
        write_roster(good, self.village)
        done = desk.rosters.import_(ImportRoster(report=desk.rosters.read(good)))
        self.say(f"改好的花名册导入：{done.households} 户 {done.people} 人")
        self.say(f"以前的走访补录：{self._past_visits()} 次")

    def go_on_with_cases(self) -> None:
        """2b. What has been under way for weeks, deed by deed, each on its own day."""
        self.under_way = set_going(
            self.open_vault, self.clock, self.policies, self.village, self.who
        )
        filings, months = len(self.under_way.filings), len(self.desk.fund.state().months)
        standing = len(self.desk.standing_book.lines().lines)
        self.say(
            f"手头在办的：申请 {filings} 份，先行救助 {len(self.desk.relief.all())} 笔，"
            f"备用金月结 {months} 次，复核渐退 {standing} 件，"
            f"线索转介 {len(self.desk.referrals.lines())} 条"
        )

    def look_at_today(self) -> None:
        """3. What to do today, and why."""
        today = self.desk.worklist.today()
        self.say(f"今日工作 {len(today.items)} 件，第一件：{today.items[0].why}")

    def visit_two(self) -> None:
        """4. The first two households of the list are visited."""
        desk = self.desk
        wanted = [i for i in desk.worklist.today().items if i.kind in VISITING][:2]
        self.visit(
            wanted[0].household,
            note="老人说腿疼，药还够半个月",
            health=Health.ILL,
        )
        self.visit(
            wanted[1].household,
            note="屋顶漏雨，已报村委",
            housing=Housing.HAZARD,
            need=Need.OTHER,
        )
        self.say(f"走访 {len(wanted)} 户，边填边存")

    def test_means(self) -> None:
        """5. A means test of a household nobody supports yet, with the working shown."""
        desk = self.desk
        for recorded, generated in self._unsupported():
            facts = answered(recorded, generated)
            answer = desk.assessments.preview(facts)
            if answer.suggested is Category.DIBAO and len(answer.counted_members) >= SMALLEST:
                break
        else:
            raise LookupError("the practice village has no household to test")
        kept = desk.assessments.save(recorded.id, facts)
        drafted = desk.applications.from_assessment(kept).application
        self.tested, self.application = recorded.id, drafted.id
        self.say(f"转成申请 {drafted.document_no}")
        benefit = answer.benefit_month or Money(0)
        self.say(
            f"测算 {len(answer.counted_members)} 口人，{len(answer.lines)} 行算式，"
            f"初步看：{answer.suggested.label} 每月 {benefit.grouped()} 元"
        )

    def pay_relief(self) -> None:
        """6. One 先行救助; receipt and approval form; the paperwork owed from now on."""
        desk = self.desk
        household = self._by_category(Category.MARGINAL)
        head = household.head_member
        if head is None:
            raise LookupError("a practice household has a head")
        self.relief = desk.relief.pay(
            PayRelief(
                household=household.id,
                payee=head.person.id,
                payee_name=head.person.name,
                payee_id_number=head.person.id_number,
                event=EventKind.FIRE,
                event_note="灶房起火，烧了被褥和口粮",
                amount=RELIEF,
                way=ReliefWay.CASH,
            )
        )
        for form in ("SJ", "F17a"):
            self.print(form, household.id, self.relief.id)
        due = self.relief.paperwork_due_on
        papers = "" if due is None else f"，手续{day_words(due)}前补齐"
        self.say(f"先行救助 {self.relief.amount.in_words()}{papers}")

    def print_papers(self) -> None:
        """7. Every paper of the application, then it is submitted; the visit record; and one
        paper of every other sort that the cases under way have."""
        applications = self.desk.applications
        if self.tested is not None and self.application is not None:
            for paper in applications.papers(self.application):
                self.print(paper.form, self.tested, paper.entity_id)
            today = self.clock.today()
            self.desk.application_signatures.sign(
                Sign(application=self.application, signed_on=today)
            )
            submitted = applications.submit(self.application)
            self.say(f"申请{submitted.status.label}，签好的材料报镇里")
        newest = self.desk.visits.between(self.clock.today(), self.clock.today())[-1]
        self.visited = newest.id
        self.print("F15", newest.household, newest.id)
        if self.under_way is not None:
            made = [path.stem for path in self.place("papers").iterdir()]
            for form, household, about in one_of_each(self.desk, self.under_way, made):
                self.print(form, household, about)

    def export_log(self) -> None:
        """9. The visit log in three formats, ID numbers masked."""
        on, rows = self.clock.today(), 0
        for suffix in (".xlsx", ".csv", ".pdf"):
            path = self.place("exports") / f"visits{suffix}"
            report = self.desk.exports.visits(
                on - timedelta(days=on.day - 1),
                on,
                Mask.MIDDLE_8,
                path,
                reason="月底报镇民政办",
                recipient=Recipient.TOWNSHIP,
                passphrase=PASSPHRASE,
            )
            rows = report.rows
        self.say(f"走访台账 {rows} 条，身份证中间八位藏住，三种格式")

    def visit(
        self,
        household: HouseholdId | None,
        *,
        note: str,
        health: Health = Health.FAIR,
        housing: Housing = Housing.SAFE,
        need: Need = Need.NONE,
    ) -> None:
        """One visit made today; the answers must say what the note says."""
        if household is None:
            raise LookupError("a visit is made to a household")
        self.desk.visits.record(
            RecordVisit(
                household=household,
                visited_on=self.clock.today(),
                met=Met.SELF,
                health=health,
                supplies=Supplies.ENOUGH,
                housing=housing,
                income_change=IncomeChange.SAME,
                need=need,
                note=note,
            )
        )

    def print(self, form: str, household: HouseholdId, entity_id: str | None) -> None:
        """Make one paper and put its PDF where it can be looked at."""
        paper = self.desk.printing.make(form, household, entity_id)
        path = self.place("papers") / f"{form}.pdf"
        path.write_bytes(paper.pdf)
        self.say(f"打印 {paper.title} {paper.document_no}，{paper.pages} 页，校验码 {paper.code}")

    def place(self, name: str) -> Path:
        """A folder of the day, made when first asked for."""
        path = self.folder / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    def close(self) -> None:
        """Lock up: anchor, verified backup, everything let go."""
        vault, self.vault = self.vault, None
        if vault is not None:
            Vaults(self.clock).lock(vault)

    def _past_visits(self) -> int:
        """Visits from before the roster came."""
        self.who = {number: home.id for number, home in self._homes().items()}
        return past_visits(self.desk, self.village, self.who, self.clock.today())

    def _homes(self) -> dict[str | None, Household]:
        """Imported households by their head's ID number."""
        desk = self.desk
        homes = [desk.households.get(line.id) for line in desk.households.lines()]
        return {
            home.head_member.person.id_number: home
            for home in homes
            if home.head_member is not None
        }

    def _unsupported(self) -> list[tuple[Household, Household]]:
        """(recorded, generated) of every household the county has not taken in."""
        homes = self._homes()
        found = []
        for each in self.village.households:
            head = each.head_member
            if each.category is Category.NONE and head is not None:
                found.append((homes[head.person.id_number], each))
        return found

    def _by_category(self, category: Category) -> Household:
        """The first household of a category."""
        desk = self.desk
        line = next(line for line in desk.households.lines() if line.category is category)
        return desk.households.get(line.id)


def _pictured(under_way: UnderWay) -> dict[str, str]:
    """The cases the pictures show, by what they are to show."""
    filings, supported = under_way.filings, under_way.supported
    return {
        "life": under_way.known,
        "relief": under_way.purse.staged.id,
        "leaving": supported.running.home.id,
        "asked": filings[Way.MATERIALS_MISSING].id,
        "posted": filings[Way.ON_THE_BOARD].id,
        "reviewed": filings[Way.IN_REVIEW].id,
        "returned": filings[Way.TO_BE_RETURNED].id,
        "mended": filings[Way.TO_BE_RETURNED].home.id,
        "agreed": filings[Way.TO_BE_CONFIRMED].id,
        "unseen": filings[Way.TO_INVESTIGATE].id,
    }
