"""Where an emergency happened, by area code: it need not be where the household is registered."""

from __future__ import annotations

from typing import Final

from app.domain.words import Word

_TOWNSHIP: Final = 9
_COUNTY: Final = 6
_BEYOND: Final = "000000"
"""The code of the whole country in GB/T 2260: somewhere else, the words beside it say where."""


class EventArea(Word):
    """Where it happened, as far as the codes known here tell."""

    VILLAGE = "village", "本村"
    TOWNSHIP = "township", "本镇别的村"
    COUNTY = "county", "本县别的乡镇"
    BEYOND = "beyond", "外县、外省"


def area_code(area: EventArea | None, village: str) -> str:
    """The code kept with the record; that of the village where nothing was said."""
    if area is EventArea.BEYOND:
        return _BEYOND
    if area is EventArea.COUNTY:
        return village[:_COUNTY]
    return village[:_TOWNSHIP] if area is EventArea.TOWNSHIP else village


def event_area_of(code: str) -> EventArea:
    """What a code means, by its length."""
    if code == _BEYOND:
        return EventArea.BEYOND
    if len(code) == _COUNTY:
        return EventArea.COUNTY
    return EventArea.TOWNSHIP if len(code) == _TOWNSHIP else EventArea.VILLAGE
