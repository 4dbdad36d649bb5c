"""What the print centre's presenter can have shown. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.documents.pdfium import Picture
from app.domain.households import HouseholdLine
from app.services.paper_offers import PaperOffer
from app.services.paper_packages import Purpose
from app.ui.form_screen import FormScreen


class PrintScreen(FormScreen, Protocol):
    """What the print centre can show."""

    def show_household(self, line: HouseholdLine) -> None:
        """For whom."""
        ...

    def ready_to_find(self) -> None:
        """Letters typed now look for somebody else."""
        ...

    def show_offers(
        self, purpose: Purpose, offers: Sequence[PaperOffer], beside: Sequence[str]
    ) -> None:
        """The forms of a purpose with what is missing for each, and what is handed in beside."""
        ...

    def show_ticked(self, ticked: frozenset[str], current: str) -> None:
        """Which ones are to be printed, and which one is looked at."""
        ...

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers; none means files only."""
        ...

    def show_kept(self, warning: str) -> None:
        """That the machine keeps what is printed, and what to do; nothing where it does not."""
        ...

    def show_amount(self, text: str, warning: str) -> None:
        """How much paper it will take; what will have to be written by hand."""
        ...

    def show_page(self, page: Picture, number: int, of: int) -> None:
        """One page as it will be printed, but for the mark of a preview."""
        ...

    def show_no_page(self, why: str) -> None:
        """Why there is no picture."""
        ...

    def preview_width(self) -> int:
        """How many pixels wide the picture should be."""
        ...

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF."""
        ...

    def say(self, text: str) -> None:
        """What was done."""
        ...
