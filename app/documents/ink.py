"""Pages to draw on: text in our fonts, rules, boxes, ticks. Lengths are points from the top left.

`show` is the only way text reaches a page. It writes glyph codes, never markup, so no content can
become a command, a link or a file name (security F18, R42).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import groupby
from math import cos, radians, sin
from typing import Final, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from app.documents.archival import make_archival
from app.documents.embedding import EmbeddedFont
from app.documents.fonts import MISSING_ADVANCE, Glyph, Style, face_now, glyphs_of, opened
from app.documents.measures import POINTS_A_MM
from app.domain.visiting import Strokes

MM: Final = POINTS_A_MM
"""Points in a millimetre."""

ASCENT: Final = 0.88
"""Where the baseline lies below the top of a Chinese em box, in em."""

HAIR: Final = 0.5
FRAME: Final = 1.0
"""Widths of inner rules and outer frames in points (ux §3: 0.5–1 pt)."""

rl_config.useA85 = 0
"""Streams stay binary: text armour costs a tenth of the time and a quarter of the size."""

_WATERMARK_GREY: Final = 0.9
_MARK_GREY: Final = 0.6


_BOX: Final = "□"
_KNOWN: Final = 2048
"""Texts whose codes are kept: more than the words of all forms together."""
_LONG: Final = 40
"""Characters; a longer line is a footer or running text, which the next paper has another of."""


class _Run(NamedTuple):
    """Characters of one font: its resource, their codes, their width in thousandths of an em.

    `boxes`: so many characters no font has, each a box an em wide; in the text of the page, which
    is searched and copied, a □ stands for each, or their neighbours would read as one word.
    """

    resource: str
    codes: str
    em: float
    boxes: int = 0


class Ink(Canvas):
    """A PDF in the making. The same calls always give the same bytes."""

    _doc: PDFDocument
    _code: list[str]

    def __init__(self, width: float, height: float, title: str) -> None:
        self._out = BytesIO()
        self._faces: dict[str, EmbeddedFont] = {}
        self._kept: dict[tuple[float, ...], tuple[object, str]] = {}
        self._known: dict[tuple[Style, str, str], tuple[_Run, ...]] = {}
        self.width = width
        self.height = height
        self._times = 1.0
        super().__init__(
            self._out,
            pagesize=(width, height),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
        )
        make_archival(self._doc, title)
        self.setViewerPreference("PrintScaling", "None")  # a reader prints it at its actual size

    def _make_preamble(self) -> None:
        """Open pages without ReportLab's default, a Helvetica that is not embedded."""
        self._preamble = ""

    def turn(self, width: float, height: float, scale: float = 1) -> None:
        """Give the following pages this size. What is drawn for it comes out `scale` times as
        large, on paper as much larger, once `enlarge` has begun a page."""
        self.width, self.height, self._times = width, height, scale
        self.setPageSize((width * scale, height * scale))

    def enlarge(self) -> None:
        """Begin a page of the scale that was chosen; before anything is drawn on it."""
        if self._times != 1:
            self.addLiteral(f"{self._times:.5f} 0 0 {self._times:.5f} 0 0 cm")

    def finish(self) -> bytes:
        """The whole PDF. Nothing may be drawn afterwards."""
        self.save()
        return self._out.getvalue()

    def show(self, x: float, baseline: float, style: Style, size: float, text: str) -> None:
        """Draw one line of `text` from `x` on; a character no font has is a box to write in."""
        up = self.height - baseline
        for resource, codes, em, boxes in self._coded(style, text):
            unseen, seen = (" 3 Tr", " 0 Tr") if boxes else ("", "")
            if resource:
                self.addLiteral(
                    f"BT /{resource} {size:g} Tf{unseen} {x:.2f} {up:.2f} Td <{codes}> Tj{seen} ET"
                )
            for at in range(boxes):
                left = x + at * MISSING_ADVANCE * size / 1000 + size * 0.06
                self.box(left, baseline - size * ASCENT, size * 0.88, size * 0.94)
            x += em * size / 1000

    def repeat(self, thing: object, *place: float) -> bool:
        """Draw again what this document has drawn at that very place on an earlier page."""
        known = self._kept.get((id(thing), self.height, *place))
        if known is None:
            return False
        self._code.append(known[1])
        return True

    def written(self, draw: Callable[[], None]) -> str:
        """What `draw` draws, to be added as a literal to other pages of this size."""
        start = len(self._code)
        draw()
        return "\n".join(self._code[start:])

    @contextmanager
    def keeping(self, thing: object, *place: float) -> Iterator[None]:
        """What the block draws can be repeated; `thing` is held so that its id stays its own."""
        start = len(self._code)
        yield
        if len(self._kept) < _KNOWN:
            self._kept[(id(thing), self.height, *place)] = thing, "\n".join(self._code[start:])

    def rule(self, x: float, y: float, x_end: float, y_end: float, weight: float = HAIR) -> None:
        """Draw a straight line."""
        up, up_end = self.height - y, self.height - y_end
        self.addLiteral(f"{weight} w {x:.2f} {up:.2f} m {x_end:.2f} {up_end:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, weight: float = HAIR) -> None:
        """Draw the outline of a rectangle whose top left corner is (x, y)."""
        up = self.height - y - height
        self.addLiteral(f"{weight} w {x:.2f} {up:.2f} {width:.2f} {height:.2f} re S")

    def bars(self, bars: Iterable[tuple[float, float, float]], tall: float) -> None:
        """Fill bars given by left, top and width."""
        up = self.height - tall
        shapes = [f"{x:.2f} {up - y:.2f} {wide:.3f} {tall:.3f} re" for x, y, wide in bars]
        self.addLiteral(" ".join(shapes) + " f")

    def tick_box(self, x: float, baseline: float, size: float, *, on: bool) -> None:
        """Draw □ or ☑ as lines, the same in every font; `size` is that of the text beside it."""
        side = size * 0.78
        top = baseline - side * 0.9
        self.box(x, top, side, side, 0.7)
        if on:
            up = self.height - top - side
            self.addLiteral(
                f"1.3 w {x + side * 0.16:.2f} {up + side * 0.52:.2f} m "
                f"{x + side * 0.42:.2f} {up + side * 0.18:.2f} l "
                f"{x + side * 0.88:.2f} {up + side * 0.88:.2f} l S"
            )

    def scrawl(self, x: float, y: float, side: float, strokes: Strokes) -> None:
        """Draw lines given in thousandths of `side`, from (x, y) to the right and down."""
        for line in strokes:
            points = [
                f"{x + side * across / 1000:.2f} {self.height - y - side * down / 1000:.2f}"
                for across, down in line
            ]
            rest = " ".join(f"{point} l" for point in points[1:]) or f"{points[0]} l"
            self.addLiteral(f"1 J 1 w {points[0]} m {rest} S")

    def keep_free(self, x: float, y: float, width: float, height: float) -> None:
        """Draw nothing here: a fingerprint or a seal comes here. Told, so that it can be tested."""

    def cell(self, x: float, y: float, width: float, height: float) -> None:
        """Draw the frame of one cell; what is shown next belongs inside it."""
        self.box(x, y, width, height)

    def watermark(self, text: str) -> None:
        """Write `text` large, light and slanted across the middle, under everything else."""
        size, angle = self.width / max(4, len(text)), radians(40)
        self.addLiteral(
            f"q {_WATERMARK_GREY} g {cos(angle):.4f} {sin(angle):.4f} {-sin(angle):.4f} "
            f"{cos(angle):.4f} {self.width / 2:.2f} {self.height / 2:.2f} cm"
        )
        self.show(-size * len(text) / 2, self.height + size / 3, Style.HEI, size, text)
        self.addLiteral("Q")

    def edge_mark(self, middle: float) -> None:
        """Half a dashed circle and 骑缝章 at the right edge, where a seal joins the pages."""
        radius = 9 * MM
        up, bend = self.height - middle, radius * 0.5523
        x = self.width
        self.addLiteral(
            f"q {_MARK_GREY} G {_MARK_GREY} g [2 2] 0 d 0.5 w {x:.2f} {up + radius:.2f} m "
            f"{x - bend:.2f} {up + radius:.2f} {x - radius:.2f} {up + bend:.2f} "
            f"{x - radius:.2f} {up:.2f} c "
            f"{x - radius:.2f} {up - bend:.2f} {x - bend:.2f} {up - radius:.2f} "
            f"{x:.2f} {up - radius:.2f} c S"
        )
        size = 7.0
        for row, character in enumerate("骑缝章"):
            self.show(x - 7.6 * MM, middle + (row - 0.5) * size * 1.3, Style.SONG, size, character)
        self.addLiteral("Q")

    def _coded(self, style: Style, text: str) -> tuple[_Run, ...]:
        """The runs of one line; those of a form's own words are looked up once a document."""
        if style is Style.KAI or len(text) > _LONG:
            return tuple(self._runs(style, text))
        key = style, text, face_now()
        known = self._known.get(key)
        if known is None:
            known = tuple(self._runs(style, text))
            if len(self._known) < _KNOWN:
                self._known[key] = known
        return known

    def _runs(self, style: Style, text: str) -> Iterator[_Run]:
        """One run for each font that `text` takes."""
        for font, run in groupby(glyphs_of(style, text), key=_font_of):
            glyphs = list(run)
            known = [glyph for glyph in glyphs if glyph]
            if known:
                face = self._faces.get(font) or self._embed(font)
                em = sum([glyph.advance for glyph in known])
                yield _Run(face.resource, face.encode(known), em)
            else:
                yield self._boxes(style, len(glyphs))

    def _boxes(self, style: Style, count: int) -> _Run:
        """Characters no font has, and what stands for them in the text of the page."""
        width = MISSING_ADVANCE * count
        glyphs = [glyph for glyph in glyphs_of(style, _BOX * count) if glyph]
        if not glyphs:
            return _Run("", "", width, count)
        font = glyphs[0].font
        face = self._faces.get(font) or self._embed(font)
        return _Run(face.resource, face.encode(glyphs), width, count)

    def _embed(self, font: str) -> EmbeddedFont:
        """Begin to use a font in this document."""
        file = opened(font)
        if file is None:
            raise ValueError("a glyph came from a font that is not there")
        face = EmbeddedFont(file, font.rpartition("/")[2], len(self._faces) + 1)
        self._faces[font] = face
        self._doc.delayedFonts.append(face)
        return face


def _font_of(glyph: Glyph | None) -> str:
    return glyph.font if glyph else ""
