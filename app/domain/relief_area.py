"""Where an emergency happened, by area code: it need not be where the household is registered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.domain.words import Word

_TOWNSHIP: Final = 9
_COUNTY: Final = 6
_BEYOND: Final = "000000"
"""The code of the whole country in GB/T 2260: somewhere else, the words beside it say where."""
_SEATED: Final = re.compile(
    r"(?P<above>.*[县市区旗])?(?P<township>[^省县市区旗、]+?(?:镇|乡|街道))(?!村)[^、]{2,}"
)
"""A village called with the township it lies in, and perhaps what lies above that."""
_COUNTY_NAME: Final = re.compile(r"[^省市州盟区]+[县旗]$")


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


def area_words(village: str) -> Mapping[EventArea, str]:
    """What each answer is called here, as far as `village` (the name the county gave it) tells.

    Of several villages none is named: which of them it was, the place says.
    """
    if not village or "、" in village:
        return {}
    named = {EventArea.VILLAGE: f"{EventArea.VILLAGE.label}（{village}）"}
    seated = _SEATED.fullmatch(village)
    if seated is not None:
        named[EventArea.TOWNSHIP] = f"{seated['township']}别的村"
        county = _COUNTY_NAME.search(seated["above"] or "")
        if county is not None:
            named[EventArea.COUNTY] = f"{county[0]}别的乡镇"
    return named
