"""A county's own wording and margins for one form, as a file of theirs says them.

Where the files lie and what they may say is `app.services.county_papers`; how a paper takes it on
is `app.documents.county_wording`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_SHOWN = 8
"""Hexadecimal digits of the file's hash that the footer shows."""


@dataclass(frozen=True, slots=True)
class PaperMargins:
    """Whole millimetres left free at each edge."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class CountyPaper:
    """What one file says about the form `form`. `wording`: the form's own words, each with the
    words printed instead of them; `sha256` is the file's, in hexadecimal."""

    form: str
    name: str
    sha256: str
    wording: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    margins: PaperMargins | None = None

    @property
    def mark(self) -> str:
        """How the footer tells a paper of this wording from the usual one."""
        return f"县样 {self.sha256[:_SHOWN]}"

    @property
    def reference(self) -> str:
        """The file as a print record names it."""
        return f"{self.name}@{self.sha256}"


def bare(text: str) -> str:
    """`text` without its blanks and line breaks, which do not count in a form's words."""
    return "".join(text.split())


def printed_version(version: str, county: CountyPaper | None) -> str:
    """The version of a form as a print record keeps it: with the file it was worded by."""
    return version if county is None else f"{version}+{county.reference}"


def version_and_wording(printed: str) -> tuple[str, str]:
    """What `printed_version` was made of: the form's version, and the file's reference or ""."""
    version, _, reference = printed.partition("+")
    return version, reference
