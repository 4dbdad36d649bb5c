"""What an office would hand out: record ids, identity numbers, telephone numbers, bank accounts.

All of it is visibly made up: area 459901 (nobody's county), telephones 199 0000 xxxx, accounts
under issuer 999 (no country's), and all of it comes out the same from the same seed.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Final

from app.domain.identity import make_id_number
from app.domain.people import Sex
from app.domain.roster_cells import passes_luhn

AREA: Final = "459901"
AGES_ON: Final = date(2026, 3, 2)
"""The day on which people have the ages they were given."""
_FOUNDED: Final = 1_735_689_600_000
"""1 January 2025, in milliseconds: the time inside every id."""
_VERSION: Final = 0x7 << 76 | 0b10 << 62
_PER_DAY: Final = 499
_TELEPHONES: Final = 10_000
_DAYS_A_YEAR: Final = 365


class Registry:
    """Hands out numbers that never repeat within one village."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._ids = 0
        self._born: Counter[tuple[date, Sex]] = Counter()
        self._telephones = 0
        self._accounts = 0

    def new_id(self) -> str:
        """An id of the shape of `app.domain.ids.new_id`, later ones greater."""
        self._ids += 1
        moment = _FOUNDED + (self._ids >> 12)
        value = moment << 80 | _VERSION | (self._ids & 0xFFF) << 64 | self._chance.getrandbits(62)
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def birth(self, age: int) -> date:
        """A birthday that makes somebody `age` years old on `AGES_ON`."""
        latest = AGES_ON.replace(year=AGES_ON.year - age)
        return latest - timedelta(days=self._chance.randrange(_DAYS_A_YEAR))

    def id_number(self, birth: date, sex: Sex) -> str:
        """A valid number of the unassigned county, used by nobody else here."""
        taken = self._born[birth, sex]
        self._born[birth, sex] += 1
        place = (birth.toordinal() * 37 + taken) % _PER_DAY
        return make_id_number(AREA, birth, 2 * place + (1 if sex is Sex.MALE else 2))

    def telephone(self) -> str:
        """199 0000 and four figures; they come round again after ten thousand."""
        self._telephones += 1
        return f"1990000{self._telephones * 7919 % _TELEPHONES:04d}"

    def account(self) -> str:
        """Nineteen figures that check, under an issuer number no country has."""
        self._accounts += 1
        first18 = f"999{459901:06d}{self._accounts:09d}"
        return next(first18 + digit for digit in "0123456789" if passes_luhn(first18 + digit))
