"""What the relief page can show, as its presenter sees it. No Qt."""

from __future__ import annotations

from typing import Protocol

from app.domain.casework import Relief
from app.domain.households import HouseholdLine
from app.domain.ids import ReliefId
from app.ui.form_screen import FormScreen
from app.ui.relief.desk import Standing
from app.ui.relief.form import ReliefForm


class ReliefScreen(FormScreen, Protocol):
    """What the relief page can show."""

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed and the cursor still stands where the page put it."""
        ...

    def put(self, form: ReliefForm, line: HouseholdLine | None) -> None:
        """Fill every field."""
        ...

    def show_form(self, form: ReliefForm) -> None:
        """Show the rows the answers call for."""
        ...

    def show_standing(self, standing: Standing, chosen: ReliefId | None) -> None:
        """What may be paid, what must follow, and what was paid."""
        ...

    def show_chosen(self, case: Relief | None) -> None:
        """What can be done about the payment chosen in the list."""
        ...

    def warn_amount(self, text: str) -> None:
        """A line under the amount, while there is time to change it."""
        ...

    def show_paid(self, headline: str, detail: str) -> None:
        """The payment stands; what happens next."""
        ...

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        """What became of the paper; `to_file` offers to save it."""
        ...

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF."""
        ...

    def show_more(self, *, shown: bool) -> None:
        """The fields most relief needs no word about."""
        ...

    def show_follows(self, text: str) -> None:
        """What this follows on."""
        ...

    def show_noted(self, text: str) -> None:
        """That what was noted before is gone on with; whom and what it is about stand fast."""
        ...

    def offer_referral(self, *, offered: bool) -> None:
        """Whether the same answers can go up instead."""
        ...

    def hide_paid(self) -> None:
        """A new form begins."""
        ...

    def say(self, text: str, *, undo: bool = False) -> None:
        """One line below the form."""
        ...

    def go_to(self, field: str) -> None:
        """Put the cursor into a field."""
        ...
