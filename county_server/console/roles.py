"""Who may do what: the roles, their place, and the two people a decision takes. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from app.domain.problem import Refused
from app.domain.words import Word

TOWNSHIP_FIGURES: Final = 9
"""A village code of twelve figures begins with its township's nine."""


class Level(Word):
    """Whose a decision is (分级审批)."""

    TOWNSHIP = "township", "乡镇"
    COUNTY = "county", "县里"


class Role(Word):
    """What somebody is employed as."""

    TOWNSHIP_HANDLER = "township_handler", "乡镇经办"
    TOWNSHIP_HEAD = "township_head", "乡镇负责人"
    COUNTY_HANDLER = "county_handler", "县经办"
    COUNTY_REVIEWER = "county_reviewer", "县审核人"

    @property
    def level(self) -> Level:
        """Where they sit."""
        return Level.TOWNSHIP if self in _IN_TOWNSHIPS else Level.COUNTY

    @property
    def proposes(self) -> bool:
        """Whether they make proposals; the others answer them."""
        return self in {Role.TOWNSHIP_HANDLER, Role.COUNTY_HANDLER}


_IN_TOWNSHIPS: Final = frozenset({Role.TOWNSHIP_HANDLER, Role.TOWNSHIP_HEAD})


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in. `township` is "" for the county."""

    id: str
    name: str = field(repr=False)
    role: Role
    township: str
    must_change: bool = False

    @property
    def title(self) -> str:
        """As it is written under a decision: "乡镇负责人 韦主任"."""
        return f"{self.role.label} {self.name}"

    def sees(self, village: str | None) -> bool:
        """Whether a village lies in their scope."""
        return (village or "").startswith(self.township)


def check_scope(staff: Staff, village: str | None) -> None:
    """Raises Refused K-65 for what lies outside their township."""
    if not staff.sees(village):
        raise Refused("这不在您管的乡镇范围内。", do="请回到列表，办自己乡镇的。", code="K-65")


def check_proposes(staff: Staff) -> None:
    """Raises Refused K-64 for those who only answer proposals."""
    if not staff.role.proposes:
        raise Refused("提出意见是经办的事。", do="请让经办先提出，您再审批。", code="K-64")


def check_answers(staff: Staff, maker_id: str, maker: Level, decider: Level) -> None:
    """Maker and checker are two people, and the checker is of the level that may answer.

    Raises Refused K-66 for one's own proposal, K-64 for a role that answers none, K-67 where the
    decision is the county's and the proposal already stands before it.
    """
    if staff.id == maker_id:
        raise Refused("自己提出的意见不能自己审批。", do="请换一位负责人来审批。", code="K-66")
    if staff.role.proposes:
        raise Refused("审批是负责人的事。", do="请让负责人来审批。", code="K-64")
    if staff.role.level is Level.TOWNSHIP and Level.COUNTY in {maker, decider}:
        raise Refused("这一件要县里定，乡镇不能批。", do="请用“同意上报”交给县里。", code="K-67")


def check_sends_back(staff: Staff, stands: Level | None) -> None:
    """Raises Refused K-67 for a township where the proposal that waits stands before the county."""
    if staff.role.level is Level.TOWNSHIP and stands is Level.COUNTY:
        raise Refused(
            "这一件已经在县里等审批，乡镇不能退回。",
            do="请县里打回，或由县里退回村里。",
            code="K-67",
        )


def check_endorses(staff: Staff, maker_id: str, maker: Level, decider: Level) -> None:
    """Whether a township head may hand a proposal on to the county.

    Raises Refused K-66 for one's own, K-64 for another role, or where nothing is to be handed on.
    """
    if staff.id == maker_id:
        raise Refused("自己提出的意见不能自己审批。", do="请换一位负责人来审批。", code="K-66")
    if staff.role is not Role.TOWNSHIP_HEAD:
        raise Refused("同意上报是乡镇负责人的事。", do="请让乡镇负责人来办。", code="K-64")
    if maker is Level.COUNTY or decider is Level.TOWNSHIP:
        raise Refused("这一件不用上报。", do="乡镇能定的请直接审批。", code="K-64")
