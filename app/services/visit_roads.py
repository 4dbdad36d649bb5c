"""Which roads to a household the pack accepts, and what is said where one does not count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.casework import Channel
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class RoadWord:
    """What to say beside the road; `counts` is whether the contact settles what is asked for."""

    text: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Roads:
    """What the pack in force says of each road. `home_rule` is empty where nobody has to go."""

    accepted: frozenset[Channel] = frozenset(Channel)
    rule: str = ""
    home_rule: str = ""
    county: str = ""

    def word_on(self, road: Channel) -> RoadWord:
        """Why a contact by `road` does not count, or what it leaves to be done."""
        if road not in self.accepted:
            called = "入户" if self.accepted == {Channel.HOME} else "走访"
            text = (
                f"{_SAID[road]}不算{self.county}的{called}，这户还照样排着要去。依据：{self.rule}"
            )
            return RoadWord(text, counts=False)
        if road is not Channel.HOME and self.home_rule:
            return RoadWord(f"{_SAID[road]}算一次联系，上门的那一次还要去。依据：{self.home_rule}")
        return RoadWord()


_SAID: Final = {
    Channel.HOME: "上门",
    Channel.PHONE: "电话",
    Channel.VIDEO: "视频",
    Channel.WECHAT: "微信",
    Channel.REMOTE: "远程看护",
}


ANY_ROAD: Final = Roads()
"""While nobody has said which count."""


def roads_of(work: UnitOfWork, rules: GroundRules) -> Roads:
    """The roads under the pack in force today; all of them while the county has not said."""
    terms = rules.visit_terms(work)
    if terms is None:
        return ANY_ROAD
    return Roads(
        accepted=terms.channels,
        rule=terms.channels_rule,
        home_rule="" if terms.home is None else terms.home.rule,
        county=rules.pack(work).title,
    )
