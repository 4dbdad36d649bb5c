"""What a family deed sets in which record, and in which household's hands each record lies.

Pure but for the ids it is lent: the same steps make the sentence before and the writing after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.family import (
    COMING,
    FamilyChange,
    FamilyDeed,
    Newcomer,
    seen_from,
    through,
)
from app.domain.households import Category, Household
from app.domain.ids import HouseholdId, PersonId
from app.domain.people import IdKind, Labour, Member, Person, PersonStatus, Relation
from app.services.household_records import (
    asset_fields,
    expense_fields,
    household_fields,
    income_fields,
    obligor_fields,
    person_fields,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One record set within one deed; `subject` is the household whose key seals it."""

    subject: HouseholdId
    entity: str
    entity_id: str
    fields: dict[str, object] = field(repr=False)
    new: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """Everything one deed sets, and which households it is recorded at."""

    all: tuple[Step, ...]
    other: HouseholdId | None = None
    people: tuple[PersonId, ...] = ()


@dataclass(slots=True)
class Planner:
    """Lays the steps of `change` out. `home` and `other` as they stand now."""

    change: FamilyChange
    home: Household
    other: Household | None
    fresh: Callable[[], str]
    known: PersonId | None = None
    """Who comes, where that person is on record already and lives nowhere here now."""
    was_dead: bool = False
    """Whether that person is on record as dead."""
    steps: list[Step] = field(default_factory=list)

    def plan(self) -> Steps:
        """All steps in the order in which they are written."""
        kind = self.change.kind
        if kind in COMING:
            return self._come()
        if kind is FamilyDeed.HEAD:
            self._lead(self.home, self.home.members, self._named(self.change.head))
            return self._done(people=(self._named(self.change.head),))
        if kind is FamilyDeed.SPLIT:
            return self._split()
        if kind is FamilyDeed.MERGE:
            return self._move(self.home.members)
        if kind is FamilyDeed.MOVE:
            return self._move(self._leavers())
        return self._go()

    def _come(self) -> Steps:
        """Somebody who was on no record."""
        newcomer = self.change.newcomer
        if newcomer is None:
            raise ValueError("somebody has to come")
        if self.known is not None:
            came: dict[str, object] = {"moved_on": self.change.on, **_told_of(newcomer)}
            if self.was_dead:
                came |= {"status": PersonStatus.NORMAL, "died_on": None}
            self._put(self.home.id, "person", self.known, came)
            self._join(self.home.id, self.known, newcomer.relation, len(self.home.members))
            return self._done(people=(self.known,))
        person = Person(
            id=PersonId(self.fresh()),
            name=newcomer.name,
            id_kind=IdKind.RESIDENT,
            id_number=newcomer.id_number,
            birth=newcomer.birth,
            sex=newcomer.sex,
            marriage=newcomer.marriage,
            education=newcomer.education,
            hukou_address=newcomer.hukou_address,
            labour=Labour.UNKNOWN,
            phone=newcomer.phone,
        )
        self._put(self.home.id, "person", person.id, person_fields(person), new=True)
        self._join(self.home.id, person.id, newcomer.relation, len(self.home.members))
        return self._done(people=(person.id,))

    def _go(self) -> Steps:
        """Death, or out of the village: the place is closed, and what they earned ends with it."""
        leavers = self._leavers()
        for member in leavers:
            self._leave(member)
            self._take_items(member.person.id, None)
            if self.change.kind is FamilyDeed.DEATH:
                gone = {"status": PersonStatus.DEAD, "died_on": self.change.on}
                self._put(self.home.id, "person", member.person.id, gone)
        self._after_leaving(leavers, successor=None)
        return self._done(people=tuple(one.person.id for one in leavers))

    def _move(self, movers: Sequence[Member]) -> Steps:
        """Into another household of the village; the whole household goes by a merger."""
        other = self._other()
        ids = tuple(one.person.id for one in movers)
        merged = self.change.kind is FamilyDeed.MERGE
        for at, member in enumerate(movers):
            self._leave(member)
            relation = self.change.relation
            if merged:
                relation = through(self.change.relation, member.relation)
            self._hand_on(member, other.id, relation, len(other.members) + at)
        if len(movers) == len(self.home.members):
            self._take_house(other.id)
        self._after_leaving(movers, successor=other.id)
        return self._done(other=other.id, people=ids)

    def _split(self) -> Steps:
        """A household of its own; benefits stay where they are until the county has decided."""
        movers = self._leavers()
        leads = self._named(self.change.leads)
        lead = next(one for one in movers if one.person.id == leads)
        made = HouseholdId(self.fresh())
        self._put(made, "household", made, self._new_home(made, leads), new=True)
        ordered = [lead, *(one for one in movers if one is not lead)]
        for at, member in enumerate(ordered):
            self._leave(member)
            relation = seen_from(lead.relation, member.relation)
            self._hand_on(member, made, Relation.HEAD if member is lead else relation, at)
        self._after_leaving(movers, successor=None)
        return self._done(other=made, people=tuple(one.person.id for one in ordered))

    def _new_home(self, made: HouseholdId, leads: PersonId) -> dict[str, object]:
        home = self.home
        return household_fields(
            Household(
                id=made,
                area=home.area,
                village_code=home.village_code,
                group_name=self.change.group_name or home.group_name,
                door=self.change.door or home.door,
                address=home.address,
                phone=None,
                category=Category.NONE,
                monitoring_tag=None,
                benefit_month=None,
                poverty_cause=None,
                knock_note=None,
                bank_name=None,
                bank_account=None,
                head=leads,
                members=(),
            )
        ) | {"split_from_id": home.id}

    def _leave(self, member: Member) -> None:
        """Close a place; the person stays on record."""
        closed = {"until_on": self.change.on, "until_by": self.change.kind, "is_removed": True}
        self._put(self.home.id, "household_member", member.id, closed)

    def _join(
        self, household: HouseholdId, person: PersonId, relation: Relation, position: int
    ) -> None:
        """Open a place."""
        place = {
            "household_id": household,
            "person_id": person,
            "position": position,
            "relation": relation,
            "living": None,
            "since_on": self.change.on,
            "since_by": self.change.kind,
            "is_removed": False,
        }
        self._put(household, "household_member", self.fresh(), place, new=True)

    def _hand_on(
        self, member: Member, household: HouseholdId, relation: Relation, position: int
    ) -> None:
        """A place elsewhere, with the person's own record and money in that household's hands."""
        self._put(household, "person", member.person.id, {"moved_on": self.change.on})
        self._join(household, member.person.id, relation, position)
        self._take_items(member.person.id, household)

    def _take_items(self, person: PersonId, to: HouseholdId | None) -> None:
        """What the person earns and pays goes along, or ends."""
        for income in self.home.incomes:
            if income.person == person:
                self._take("income_item", income.id, to, income_fields(income))
        for expense in self.home.expenses:
            if expense.person == person:
                self._take("expense_item", expense.id, to, expense_fields(expense))

    def _take_house(self, to: HouseholdId) -> None:
        """What belonged to them all, once nobody of them stays: money, property, who owes support.

        Where some stay, nothing is divided here: that is for both households to say.
        """
        for income in self.home.incomes:
            if income.person is None:
                self._take("income_item", income.id, to, income_fields(income))
        for expense in self.home.expenses:
            if expense.person is None:
                self._take("expense_item", expense.id, to, expense_fields(expense))
        for asset in self.home.assets:
            self._take("asset_item", asset.id, to, asset_fields(asset))
        for obligor in self.home.obligors:
            self._take("support_obligor", obligor.id, to, obligor_fields(obligor))

    def _take(
        self, entity: str, item: str, to: HouseholdId | None, kept: Mapping[str, object]
    ) -> None:
        self._put(self.home.id, entity, item, {"is_removed": True})
        if to is not None:
            fields = {**kept, "household_id": to, "is_removed": False}
            self._put(to, entity, self.fresh(), fields, new=True)

    def _after_leaving(self, leavers: Sequence[Member], successor: HouseholdId | None) -> None:
        """Another head where the head left; the end of the household where nobody stays."""
        gone = {one.person.id for one in leavers}
        stay = tuple(one for one in self.home.members if one.person.id not in gone)
        if not stay:
            ended = {"ended_on": self.change.on, "ended_by": self.change.kind}
            self._put(self.home.id, "household", self.home.id, ended | {"successor_id": successor})
        elif self.home.head in gone:
            self._lead(self.home, stay, self._named(self.change.head))

    def _lead(self, home: Household, members: Iterable[Member], leads: PersonId) -> None:
        """Make somebody the head and say anew what the others are to them."""
        members = tuple(members)
        link = next(one.relation for one in members if one.person.id == leads)
        self._put(home.id, "household", home.id, {"head_person_id": leads})
        for member in members:
            relation = seen_from(link, member.relation)
            if member.person.id == leads:
                relation = Relation.HEAD
            if relation is not member.relation:
                self._put(home.id, "household_member", member.id, {"relation": relation})

    def _leavers(self) -> tuple[Member, ...]:
        """The members named, in the order of the household."""
        return tuple(one for one in self.home.members if one.person.id in self.change.people)

    def _other(self) -> Household:
        if self.other is None:
            raise ValueError("a move has to go somewhere")
        return self.other

    def _named(self, person: PersonId | None) -> PersonId:
        if person is None:
            raise ValueError("a head has to be named")
        return person

    def _put(
        self,
        subject: HouseholdId,
        entity: str,
        entity_id: str,
        fields: dict[str, object],
        *,
        new: bool = False,
    ) -> None:
        self.steps.append(Step(subject, entity, entity_id, fields, new))

    def _done(
        self, *, other: HouseholdId | None = None, people: tuple[PersonId, ...] = ()
    ) -> Steps:
        return Steps(tuple(self.steps), other, people)


def _told_of(back: Newcomer) -> dict[str, object]:
    """What was told of somebody who comes back; what was left empty stays as it stood."""
    told = {
        "phone": back.phone,
        "marriage": back.marriage,
        "education": back.education,
        "hukou_address": back.hukou_address,
    }
    return {key: value for key, value in told.items() if value is not None}
