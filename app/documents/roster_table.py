"""The roster as a table to hand over: a person a row, under the headings a roster is read by.

Whole only where the numbers are: a masked roster says who lives where, and leaves out doors, bank
accounts and money.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.documents import roster_rows
from app.documents.columns import Column
from app.documents.visit_log import LogOptions
from app.domain import roster_columns as headings
from app.domain.households import Household
from app.domain.masking import Mask, mask_in_text, mask_number

NAME: Final = "花名册"
FIELDS: Final = tuple(column.heading for column in headings.COLUMNS)
"""What a column layout calls them: our own headings."""
_ILLNESS: Final = (
    headings.DISABILITY_KIND, headings.DISABILITY_LEVEL, headings.SERIOUS_ILLNESS,
    headings.ILLNESS, headings.LABOUR, headings.SELF_CARE, headings.POVERTY_CAUSE,
)  # fmt: skip
_ONLY_WHOLE: Final = (
    headings.DOOR, headings.ADDRESS, headings.BIRTH, headings.MARRIAGE, headings.EDUCATION,
    headings.HUKOU_ADDRESS, headings.PERMIT_NO, headings.RESIDENT_SINCE, headings.DISABILITY_NO,
    headings.EMPLOYER, headings.INCOME_SOURCES, headings.INCOME_YEAR, headings.EXPENSES_YEAR,
    headings.SHARED_INCOME, headings.ASSETS, headings.OBLIGORS, headings.BANK_NAME,
    headings.BANK_ACCOUNT, headings.STATUS,
)  # fmt: skip
"""Among them where somebody serves a sentence or is treated by force."""
_WIDE: Final = 30
_USUAL: Final = 12
_LONG: Final = 100
"""From so many characters a cell may hold, its column is wide."""


def columns_of(households: Sequence[Household], options: LogOptions) -> list[Column]:
    """The columns `options` allow, in the order a roster is written."""
    rows = [
        cells
        for number, household in enumerate(households, start=1)
        for cells in roster_rows.cells_of(household, str(number))
    ]
    for serial, cells in enumerate(rows, start=1):
        cells[headings.SERIAL] = str(serial)
        if headings.REMARK in cells:
            shows_phone = options.phone or options.mask is Mask.FULL
            cells[headings.REMARK] = mask_in_text(
                cells[headings.REMARK], options.mask, phones=not shows_phone
            )
        cells[headings.ID_NUMBER] = mask_number(cells[headings.ID_NUMBER], options.mask)
    hidden = _hidden(options)
    return [
        Column(
            column.heading,
            column.heading,
            _WIDE if column.longest >= _LONG else _USUAL,
            tuple(cells.get(column, "") for cells in rows),
        )
        for column in headings.COLUMNS
        if column not in hidden
    ]


def _hidden(options: LogOptions) -> frozenset[headings.Column]:
    """What is left out."""
    whole = options.mask is Mask.FULL
    unwanted = (
        (options.phone or whole, (headings.PHONE,)),
        (options.health or whole, _ILLNESS),
        (options.note, (headings.REMARK,)),
        (options.place or whole, (headings.GROUP,)),
        (options.mask is not Mask.NONE, (headings.ID_NUMBER,)),
        (whole, _ONLY_WHOLE),
    )
    return frozenset(column for shown, columns in unwanted if not shown for column in columns)
