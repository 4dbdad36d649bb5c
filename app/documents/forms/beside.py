"""What stands beside an application and belongs on its papers: who brings it, what came in with it,
relatives among the staff, who looks after whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.documents.cells import Cell, Row, fill, mixed, row, ticks
from app.documents.fonts import Style
from app.documents.typeset import Part, Tick, Words
from app.domain.care_states import IN_FORCE
from app.domain.caring import CareAgreement
from app.domain.ids import PersonId
from app.domain.procedure import (
    FiledBy,
    Material,
    MaterialCode,
    MaterialState,
    Notice,
    NoticeKind,
    Proxy,
    RelativeFiling,
)

ELSE: Final = "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The records; nothing of any kind where nobody recorded it."""

    materials: tuple[Material, ...] = ()
    relative: RelativeFiling | None = None
    agreements: tuple[CareAgreement, ...] = ()
    notices: tuple[Notice, ...] = ()
    """The newest first."""

    @property
    def notice(self) -> tuple[date | None, date | None]:
        """From when to when the 初审公示 hung."""
        first = (one for one in self.notices if one.kind is NoticeKind.F07)
        hung = next(first, None)
        return (None, None) if hung is None else (hung.posted_on, hung.ends_on)

    @property
    def received(self) -> tuple[str, ...]:
        """The names of what came in, each once; what the township asked besides comes last."""
        came = [one for one in self.materials if one.state is MaterialState.RECEIVED]
        listed = [one.code.label for one in came if one.code is not MaterialCode.ASKED]
        asked = [one.name for one in came if one.code is MaterialCode.ASKED]
        return tuple(dict.fromkeys((*listed, *asked)))

    def carer_of(self, person: PersonId) -> CareAgreement | None:
        """The agreement in force about somebody."""
        mine = (one for one in self.agreements if one.person == person)
        return next((one for one in mine if one.status in IN_FORCE), None)


NOTHING: Final = Beside()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyLine:
    """Who brings an application for somebody else."""

    name: str
    id_number: str
    relation: str


def proxy_line(proxy: Proxy) -> ProxyLine | None:
    """None where nobody else is recorded to bring it."""
    if proxy.filed_by is FiledBy.SELF:
        return None
    relation = proxy.relation or ("村里代办" if proxy.filed_by is FiledBy.VILLAGE else "")
    return ProxyLine(name=proxy.name, id_number=proxy.id_number, relation=relation)


def proxy_row(proxy: ProxyLine | None) -> Row:
    """代理申请: ticked where it is on record, with who and by what right."""
    said = ("", "") if proxy is None else (values.spaced(proxy.id_number), proxy.relation)
    return row(
        "代理申请",
        ticks(("是", "否"), () if proxy is None else ("是",)),
        "代理人",
        fill("" if proxy is None else proxy.name),
        "证件和关系",
        fill("，".join(filter(None, said))),
    )


def attached(names: Iterable[str], received: Iterable[str]) -> Cell:
    """The checklist of a form, ticked where a piece came in; what it does not name stands behind
    其他, its last."""
    known, came = tuple(names), tuple(received)
    other = "、".join(one for one in came if one not in known)
    parts: list[Part] = [Tick(one, one in came or (one == ELSE and bool(other))) for one in known]
    if other:
        parts.append(Words(other, Style.KAI))
    return mixed(*parts)
