"""A code of the trade together with the word a person reads.

The codes are the ones of the case file and of the stored rows; `docs/glossary.md` lists every
member, and a test keeps the two equal.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A string code with a Chinese `label`. Members are written `NAME = "code", "中文"`."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = label
        return word

    @property
    def value(self) -> str:
        """The code. The enum's own way to it takes three times as long, for every word written."""
        return self._value_
