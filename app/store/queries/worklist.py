"""The few facts behind today's list: who was seen when, what paper is owed, what came back.

The statements are made once: these questions are asked inside every save (ADR 0013).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from app.domain.casework import (
    Channel,
    Met,
)
from app.domain.households import Category, MonitoringTag
from app.domain.people import Living, PersonStatus, Relation, Sex
from app.domain.visit_states import OPEN_PLANS
from app.domain.visit_words import VisitKind
from app.models.base import table_of
from app.models.casework import EmergencyReliefRow, VisitRow
from app.models.log import ConflictRow
from app.models.people import HouseholdMemberRow, HouseholdRow, PersonRow
from app.models.visiting import VisitPlanRow
from app.store.among import among
from app.store.prepared import Prepared
from app.store.queries.at_home import somebody_home

_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)
_MEMBER = table_of(HouseholdMemberRow)
_VISIT = table_of(VisitRow)
_RELIEF = table_of(EmergencyReliefRow)
_CONFLICT = table_of(ConflictRow)
_PLAN = table_of(VisitPlanRow)
_SUBJECTS: Final = among("subjects")

ASSISTED = (
    Category.DIBAO,
    Category.TEKUN,
    Category.MARGINAL,
    Category.RIGID_EXPENDITURE,
    Category.SINGLE_PERSON,
    Category.WATCHLIST,
)
"""Households a coordinator answers for every month (S3:L25)."""

_IS_ASSISTED: Final = and_(
    or_(_HOUSEHOLD.c.category.in_(ASSISTED), _HOUSEHOLD.c.monitoring_tag.is_not(None)),
    somebody_home(_HOUSEHOLD.c.id),
)
# plain text: the file's driver asks every other kind of string whether it can be adapted
_ROAD: Final = func.coalesce(
    _VISIT.c.channel,
    case((_VISIT.c.met == Met.PHONE.value, Channel.PHONE.value), else_=Channel.HOME.value),
)
_MET_SOMEBODY: Final = (_VISIT.c.met != Met.NOBODY.value) & _VISIT.c.adds_to_id.is_(None)
_TOLD: Final = case((_VISIT.c.kind == VisitKind.INVESTIGATION.value, ""), else_=_VISIT.c.note)
"""What the family said; the note of an 入户调查 is this program's own."""
_DAY_CHARACTERS: Final = 10
QUESTIONS: Final = ("health", "supplies", "housing")
"""What a visit asks that may be a danger."""
_MOMENT: Final = cast(_VISIT.c.visited_on, Text) + _VISIT.c.id
_HEAD: Final = _PERSON.alias("head")
_PUT_OFF_TO: Final = (
    select(func.max(_PLAN.c.planned_on))
    .where(
        _PLAN.c.household_id == _HOUSEHOLD.c.id,
        or_(*(_PLAN.c.status == one for one in sorted(one.value for one in OPEN_PLANS))),
    )
    .scalar_subquery()
)


_GOES_ON: Final = _HOUSEHOLD.c.ended_on.is_(None)


def _contacts(of: Callable[[ColumnElement[str]], ColumnElement[bool]]) -> Select[Any]:
    """The newest contact with each of some households, and the last by each road."""
    contacted = (
        select(
            _VISIT.c.household_id,
            # one walk over the visits without sorting: the day first, so the newest is greatest
            func.max(_MOMENT).label("newest"),
            *(
                func.max(case((_ROAD.is_(road.value), _VISIT.c.visited_on))).label(road.value)
                for road in Channel
            ),
            *(
                func.max(case((_ROAD.is_(road.value), _MOMENT + " " + _VISIT.c[question]))).label(
                    f"{question}_{road.value}"
                )
                for question in QUESTIONS
                for road in Channel
            ),
        )
        .where(of(_VISIT.c.household_id), _MET_SOMEBODY)
        .group_by(_VISIT.c.household_id)
        .subquery()
    )
    return select(
        contacted, _VISIT.c.visited_on, _ROAD.label("road"), _TOLD.label("note")
    ).join(_VISIT, _VISIT.c.id == func.substr(contacted.c.newest, _DAY_CHARACTERS + 1))  # fmt: skip


def _homes(
    of: Callable[[ColumnElement[str]], ColumnElement[bool]],
    when: ColumnElement[bool] = _GOES_ON,
) -> Select[Any]:
    """Each member of some households; those that ended only where `when` asks for them.

    Not joined with `_contacts`: the file would build an index for the join at every save.
    """
    return (
        select(
            _HOUSEHOLD.c.id, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door, _HOUSEHOLD.c.category,
            _HOUSEHOLD.c.monitoring_tag, _HEAD.c.name.label("head"), _MEMBER.c.living,
            _MEMBER.c.relation, _PERSON.c.sex,
            _PERSON.c.id.label("person_id"), _PERSON.c.birth_on, _PERSON.c.status,
            _PUT_OFF_TO.label("put_off_to"),
        )
        .outerjoin(_HEAD, _HEAD.c.id == _HOUSEHOLD.c.head_person_id)
        .outerjoin(_MEMBER, and_(_MEMBER.c.household_id == _HOUSEHOLD.c.id, ~_MEMBER.c.is_removed))
        .outerjoin(_PERSON, and_(_PERSON.c.id == _MEMBER.c.person_id, ~_PERSON.c.is_removed))
        .where(of(_HOUSEHOLD.c.id), ~_HOUSEHOLD.c.is_removed, when)
        .order_by(_HOUSEHOLD.c.id, _MEMBER.c.position, _MEMBER.c.id)
    )  # fmt: skip


_OF_ONE: Final = tuple(
    Prepared(make(lambda household: household == bindparam("subject")))
    for make in (_contacts, _homes)
)
"""What every save asks: a plain comparison costs half of a list of one."""
_OF_MANY: Final = tuple(
    Prepared(make(lambda household: household.in_(_SUBJECTS))) for make in (_contacts, _homes)
)
_ENDED: Final = _homes(
    lambda household: household.is_not(None), _HOUSEHOLD.c.ended_on >= bindparam("first")
).add_columns(_HOUSEHOLD.c.ended_on)
_DIFFERING: Final = (
    select(
        _CONFLICT.c.entity_id, func.count().label("fields"), func.min(_CONFLICT.c.raised_at)
        .label("raised_at"), _HOUSEHOLD.c.id.label("household_id"), _HOUSEHOLD.c.group_name,
        _HOUSEHOLD.c.door, _PERSON.c.name,
    )
    .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _CONFLICT.c.subject)
    .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
    .where(_CONFLICT.c.subject == bindparam("subject"), _CONFLICT.c.resolved_at.is_(None))
    .group_by(_CONFLICT.c.entity_id)
    .order_by(_CONFLICT.c.entity_id)
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Who and where, for one line of the list."""

    household: str | None
    name: str
    place: str


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """The newest time somebody of the household was met or spoken to, and the last by each road.

    `said`: by question and road, when it was last answered (to be compared only) and what was said.
    """

    on: date
    channel: Channel
    note: str
    by_road: Mapping[Channel, date]
    said: Mapping[str, Mapping[Channel, tuple[str, str]]]

    def standing(self, question: str, roads: frozenset[Channel]) -> frozenset[str]:
        """The answers that hold: the newest by any of `roads`, and what was said after it by
        another road, which may warn and takes nothing back."""
        answers = self.said[question]
        sure = max((one for road, one in answers.items() if road in roads), default=("", ""))
        return frozenset(one[1] for one in answers.values() if one >= sure)


_COUPLE: Final = frozenset({Relation.HEAD.value, Relation.SPOUSE.value})


@dataclass(frozen=True, slots=True, repr=False)
class AtHome:
    """One living member, as far as being left behind is concerned."""

    birth: date | None
    living: Living | None
    spouse: Sex | None = None
    """Of the couple that heads the household (head and spouse), which of them; else None."""


@dataclass(frozen=True, slots=True, repr=False)
class Visited:
    """A household, who lives there, the last contact with it and the day a visit is put off to."""

    place: Place
    category: Category
    tag: MonitoringTag | None
    people: tuple[AtHome, ...]
    last: Contact | None
    put_off_to: date | None

    @property
    def is_assisted(self) -> bool:
        """Whether the coordinator answers for it every month."""
        return self.category in ASSISTED or self.tag is not None


@dataclass(frozen=True, slots=True, repr=False)
class Differing:
    """A record on which both sides differ, undecided."""

    place: Place
    entity_id: str
    fields: int


@dataclass(frozen=True, slots=True)
class WorklistQueries:
    """Questions behind today's list."""

    connection: Connection

    def visited(self, subjects: Sequence[str]) -> list[Visited]:
        """Those of `subjects` that are households, with who lives there and when it was seen."""
        is_one = len(subjects) == 1
        part = {"subject": subjects[0]} if is_one else {"subjects": json.dumps(list(subjects))}
        asked = _OF_ONE if is_one else _OF_MANY
        contacts, homes = (query.rows(self.connection, part) for query in asked)
        last = {row["household_id"]: _contact(row) for row in contacts}
        return [
            _visited(list(members), last.get(household))
            for household, members in groupby(homes, key=itemgetter("id"))
        ]

    def ended_since(self, first: date) -> list[tuple[date, Visited]]:
        """Households that ended on `first` or later, each with its day and who lived there to the
        end; contacts are not read."""
        rows = map(dict, self.connection.execute(_ENDED, {"first": first}).mappings())
        return [
            (of[0]["ended_on"], _visited(of, None, lived_there=_is_named))
            for of in (list(members) for _id, members in groupby(rows, key=itemgetter("id")))
        ]

    def differing_of(self, subject: str) -> list[Differing]:
        """Records of a subject on which both sides differ and nobody has chosen yet."""
        return [
            Differing(_place(row), row["entity_id"], row["fields"])
            for row in self.connection.execute(_DIFFERING, {"subject": subject}).mappings()
        ]

    def differing(self) -> int:
        """How many records both sides differ on, undecided."""
        query = select(func.count(func.distinct(_CONFLICT.c.entity_id))).where(
            _CONFLICT.c.resolved_at.is_(None)
        )
        return int(self.connection.execute(query).scalar_one())

    def assisted(self) -> list[str]:
        """Every household somebody answers for each month, with somebody to be met at home."""
        query = select(_HOUSEHOLD.c.id).where(
            ~_HOUSEHOLD.c.is_removed, _HOUSEHOLD.c.ended_on.is_(None), _IS_ASSISTED
        )
        return list(self.connection.execute(query).scalars())

    def last_contacts(self, roads: frozenset[Channel]) -> dict[str, date]:
        """Assisted household → the last day somebody of it was spoken to by any of `roads`."""
        query = (
            select(_VISIT.c.household_id, func.max(_VISIT.c.visited_on).label("last_on"))
            .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _VISIT.c.household_id)
            .where(~_HOUSEHOLD.c.is_removed, _HOUSEHOLD.c.ended_on.is_(None))
            .where(_IS_ASSISTED, _MET_SOMEBODY, _ROAD.in_(sorted(road.value for road in roads)))
            .group_by(_VISIT.c.household_id)
        )
        return {row.household_id: row.last_on for row in self.connection.execute(query)}


def _place(row: RowMapping) -> Place:
    """Who and where, of a row that names a household and its head."""
    return Place(
        row["household_id"], row["name"] or "", f"{row['group_name'] or ''}{row['door'] or ''}"
    )


def _is_named(row: Mapping[str, Any]) -> bool:
    return row["person_id"] is not None


def _is_alive(row: Mapping[str, Any]) -> bool:
    return _is_named(row) and row["status"] != PersonStatus.DEAD


def _visited(
    rows: Sequence[Mapping[str, Any]],
    last: Contact | None,
    lived_there: Callable[[Mapping[str, Any]], bool] = _is_alive,
) -> Visited:
    """A household from its rows, one for each member."""
    home = rows[0]
    tag = home["monitoring_tag"]
    return Visited(
        Place(home["id"], home["head"] or "", f"{home['group_name']}{home['door']}"),
        Category(home["category"]),
        None if tag is None else MonitoringTag(tag),
        tuple(_at_home(row) for row in rows if lived_there(row)),
        last,
        home["put_off_to"],
    )


def _at_home(row: Mapping[str, Any]) -> AtHome:
    spouse = Sex(row["sex"]) if row["relation"] in _COUPLE else None
    living = None if row["living"] is None else Living(row["living"])
    return AtHome(row["birth_on"], living, spouse)


def _contact(row: Mapping[str, Any]) -> Contact:
    return Contact(
        on=row["visited_on"],
        channel=Channel(row["road"]),
        note=row["note"],
        by_road={road: row[road.value] for road in Channel if row[road.value] is not None},
        said={question: _said(row, question) for question in QUESTIONS},
    )


def _said(row: Mapping[str, Any], question: str) -> dict[Channel, tuple[str, str]]:
    """The newest answer to a question by each road."""
    told = {road: row[f"{question}_{road.value}"] for road in Channel}
    parted = {road: one.rpartition(" ") for road, one in told.items() if one is not None}
    return {road: (moment, answer) for road, (moment, _space, answer) in parted.items()}
