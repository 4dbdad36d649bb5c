"""What leaves as a file, and for whom (ux §4.3, Export)."""

from __future__ import annotations

from typing import Final

from app.domain.words import Word

FEW: Final = 20
"""Above so many people a file says what it is for, and who sits there proves it (security R24)."""


class Recipient(Word):
    """Who gets the file."""

    TOWNSHIP = "township", "镇民政办"
    COUNTY = "county", "县民政局"
    NOTICE_BOARD = "notice_board", "村公示栏"
    DISABLED_FEDERATION = "disabled_federation", "残联"
    OTHER = "other", "别的"
    OWN_COPY = "own_copy", "自己备份"


class ExportBook(Word):
    """Which book is exported."""

    VISITS = "visits", "走访台账"
    FUND = "fund", "备用金台账"
    WATCHED = "watched", "备案台账"
    REPORT = "report", "季（月）报"
    ROSTER = "roster", "花名册"


def usual_reason(recipient: Recipient) -> str:
    """What an export is for, where nobody says otherwise, as it goes into the log of deeds; ""
    where the person has to say it."""
    if recipient is Recipient.OTHER:
        return ""
    if recipient is Recipient.OWN_COPY:
        return recipient.label
    return "村公示栏公示" if recipient is Recipient.NOTICE_BOARD else f"报{recipient.label}"
