"""What lies on the desk of the print centre: the papers of a purpose, and which are ticked. No Qt.

A pile is a value; every change gives another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.services.paper_offers import PaperOffer
from app.services.paper_packages import Purpose, in_package, purpose_now, purpose_of, ticked_in


@dataclass(frozen=True, slots=True)
class Pile:
    """`offers` is everything; what is shown is the part one purpose takes, in its order."""

    offers: tuple[PaperOffer, ...] = ()
    attached: Mapping[Purpose, tuple[str, ...]] = field(default_factory=dict)
    wanted: frozenset[str] | None = None
    """The forms one application, test or record asks for; None for a whole household."""
    purpose: Purpose = Purpose.READY
    ticked: frozenset[str] = frozenset()
    current: str = ""
    page: int = 0
    copies: int | None = None
    draft: bool = False
    duplex: bool = False

    @classmethod
    def of(
        cls,
        offers: tuple[PaperOffer, ...],
        attached: Mapping[Purpose, tuple[str, ...]],
        wanted: frozenset[str] | None,
        *,
        duplex: bool = False,
    ) -> Pile:
        """The pile a household or one thing of it begins with."""
        pile = cls(offers, attached, wanted, duplex=duplex)
        newest = {one.form: one.entity_id for one in offers if one.ready and one.entity_id}
        return pile.for_purpose(purpose_now(newest) if wanted is None else purpose_of(wanted))

    def for_purpose(self, purpose: Purpose) -> Pile:
        """The papers of another purpose; what was asked for stays ticked where it belongs."""
        shown = [one for one in replace(self, purpose=purpose).shown if one.ready]
        forms = [one.form for one in shown]
        if self.wanted is not None and purpose is purpose_of(self.wanted):
            ticked = self.wanted.intersection(forms)
        elif purpose is Purpose.READY:
            ticked = frozenset(one.form for one in shown if one.usual)
        else:
            ticked = ticked_in(purpose, forms)
        first = next((one for one in forms if one in ticked), "")
        return replace(self, purpose=purpose, ticked=ticked, current=first, page=0, copies=None)

    def ticking(self, form: str) -> Pile:
        """With this one to be printed, or not any more."""
        return replace(self, ticked=self.ticked ^ {form}, current=form, page=0)

    def without(self, left: frozenset[str]) -> Pile:
        """Without those that have left."""
        ticked = self.ticked - left
        return replace(self, ticked=ticked, current=min(ticked, default=self.current))

    @property
    def shown(self) -> tuple[PaperOffer, ...]:
        """The papers of the purpose, in its order, and whatever else was asked for."""
        by_form = {one.form: one for one in self.offers}
        ready = [one.form for one in self.offers if one.ready]
        known = [one.form for one in self.offers if one.of_household and not one.is_blank]
        forms = list(in_package(self.purpose, ready, known))
        if self.wanted is not None and self.purpose is purpose_of(self.wanted):
            forms += [form for form in by_form if form in self.wanted and form not in forms]
        return tuple(by_form[form] for form in forms)

    @property
    def chosen(self) -> tuple[PaperOffer, ...]:
        """Those that are ticked, in order."""
        return tuple(one for one in self.shown if one.form in self.ticked)

    def offer(self, form: str) -> PaperOffer | None:
        """The paper of that form, if it is shown."""
        return next((one for one in self.shown if one.form == form), None)

    @property
    def beside(self) -> tuple[str, ...]:
        """What is handed in beside these papers."""
        return tuple(self.attached.get(self.purpose, ()))
