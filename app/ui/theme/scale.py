"""Sizes: everything on the screen is a multiple of one type size in pixels."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.words import Word


class TypeSize(Word):
    """The three sizes a person may choose; `large` meets the elder guidance of ≥ 18 px."""

    STANDARD = "standard", "标准"
    LARGE = "large", "大"
    EXTRA = "extra", "特大"

    @property
    def base(self) -> int:
        """Pixels of body text."""
        return _BASES[self]

    def stepped(self, by: int) -> TypeSize:
        """The size `by` steps larger (or smaller), stopping at the ends."""
        sizes = list(TypeSize)
        return sizes[min(max(sizes.index(self) + by, 0), len(sizes) - 1)]


_BASES = {TypeSize.STANDARD: 15, TypeSize.LARGE: 18, TypeSize.EXTRA: 21}


class Scale(NamedTuple):
    """Every length, derived from `base` pixels of body text."""

    base: int

    def px(self, ratio: float) -> int:
        """`ratio` times the body size, in whole pixels."""
        return round(self.base * ratio)

    @property
    def xs(self) -> int:
        """Footnotes."""
        return self.px(0.87)

    @property
    def sm(self) -> int:
        """Hints and secondary lines."""
        return self.px(0.93)

    @property
    def lg(self) -> int:
        """Headings of a card."""
        return self.px(1.2)

    @property
    def xl(self) -> int:
        """The title of a page."""
        return self.px(1.47)

    @property
    def xxl(self) -> int:
        """Figures on the cards of the home page."""
        return self.px(1.87)

    @property
    def control(self) -> int:
        """Height of an input or button."""
        return self.px(2.4)

    @property
    def icon(self) -> int:
        """Side of an icon beside body text."""
        return self.px(1.27)

    @property
    def gap(self) -> int:
        """The usual distance between two things."""
        return self.px(0.8)

    @property
    def pad(self) -> int:
        """Inside edge of a card."""
        return self.px(1.07)
