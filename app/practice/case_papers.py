"""One paper of every sort that the cases of the practice village have, to be printed in its day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from app.domain.ids import HouseholdId
from app.practice.under_way import UnderWay

if TYPE_CHECKING:
    from app.services.desk import Desk


def one_of_each(
    desk: Desk, under_way: UnderWay, without: Collection[str]
) -> Iterator[tuple[str, HouseholdId, str]]:
    """Form, household and record of papers that are not among `without`, each form once."""
    printed = set(without)
    for home in dict.fromkeys(_homes(under_way)):
        for offer in desk.printing.offers(home):
            if offer.entity_id is not None and offer.form not in printed:
                printed.add(offer.form)
                yield offer.form, home, offer.entity_id


def _homes(under_way: UnderWay) -> Iterator[HouseholdId]:
    """The households something is under way with."""
    yield from (filing.home.id for filing in under_way.filings.values())
    yield under_way.supported.running.home.id
    yield under_way.looked_after.cared.id
