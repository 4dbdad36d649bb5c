"""The same form for other programs: a paper of ours said again in Typst and in HTML.

What a peer gets is what our kit gets: the blocks of the form with their texts, spans, heights and
faces, to be laid out, broken into pages and embedded with the same font files.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from app.documents.blocks import Block, Grid, Prose, Title
from app.documents.cells import Cell, Row
from app.documents.fonts import Style
from app.documents.ink import MM
from app.documents.paper import Paper
from app.documents.typeset import Blank, Part, Tick, Words

FACES = {
    Style.TITLE: ("Noto Serif SC", 700),
    Style.HEI: ("Noto Sans SC", 400),
    Style.SONG: ("Noto Serif SC", 400),
    Style.KAI: ("LXGW WenKai", 400),
}
TYPST_HEAD = """#set page(paper: "a4", margin: (x: 10mm, top: 15mm, bottom: 23mm),
  footer: [#set text(8pt)
    F16 第1版 编号 459901-07-2026-000123 #h(1fr) 第 #context counter(page).display() 页])
#set text(font: ("Noto Serif SC", "HanaMinA"), size: 10.5pt, lang: "zh")
"""
HTML_HEAD = """<meta charset="utf-8"><style>
@page { size: A4; margin: 15mm 10mm 23mm 10mm;
        @bottom-left { content: "F16 第1版 编号 459901-07-2026-000123"; font-size: 8pt }
        @bottom-right { content: "第 " counter(page) " 页"; font-size: 8pt } }
body { font: 10.5pt "Noto Serif SC", "HanaMinA" } h1 { text-align: center; font-size: 22pt }
table { width: 100%; border-collapse: collapse; table-layout: fixed } td { border: 0.5pt solid }
.form { break-before: page }
</style>"""


def typst_of(paper: Paper) -> str:
    """One form, beginning a page of its own."""
    return "#pagebreak(weak: true)\n" + "\n".join(map(_typst_block, paper.blocks))


def html_of(paper: Paper) -> str:
    """One form, beginning a page of its own."""
    return f'<div class="form">{"".join(map(_html_block, paper.blocks))}</div>'


def _typst_block(block: Block) -> str:
    match block:
        case Title():
            sides = f"{_typst_parts(block.left)} #h(1fr) {_typst_parts(block.right)}"
            name = _quoted(block.text)
            return f"#align(center, text(22pt, weight: 700, {name}))\n{sides}\n"
        case Prose():
            return _typst_parts(block.parts)
        case Grid():
            columns = ", ".join(f"{width:g}fr" for width in block.columns)
            rows = (*block.heads, *block.rows)
            heights = ", ".join("auto" for _ in rows)
            cells = "\n".join(_typst_cell(row, cell) for row in rows for cell in row.cells)
            body = (
                f"#table(columns: ({columns},), rows: ({heights},), stroke: 0.5pt,"
                f" inset: 1.5mm, align: horizon,\n{cells})"
            )
            return f'#text(font: "Noto Sans SC", {_quoted(block.side)})\n{body}'
        case _:
            raise TypeError(f"no peer knows {type(block).__name__}")


def _typst_cell(row: Row, cell: Cell) -> str:
    tall = max(row.height, cell.free[1] if cell.free else 0) / MM - 3
    words = _typst_parts((*cell.parts, *cell.foot))
    return (
        f"table.cell(colspan: {cell.span})"
        f"[#block(height: {max(tall, 4):.1f}mm, text({cell.size}pt)[{words}])],"
    )


def _typst_parts(parts: tuple[Part, ...]) -> str:
    said = []
    for part in parts:
        match part:
            case Words():
                face, weight = FACES[part.style]
                said.append(
                    f'#text(font: ("{face}", "HanaMinA"), weight: {weight}, {_quoted(part.text)})'
                )
            case Tick():
                said.append(f"#box(width: 8pt, height: 8pt, stroke: 0.7pt) {_text(part.label)}")
            case Blank():
                said.append(f"#box(width: {part.width:.1f}mm, stroke: (bottom: 0.5pt))")
    return " ".join(said)


def _quoted(text: str) -> str:
    """A Typst string."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'


def _text(text: str) -> str:
    return f"#text({_quoted(text)})"


def _html_block(block: Block) -> str:
    match block:
        case Title():
            sides = f"{_html_parts(block.left)} {_html_parts(block.right)}"
            return f"<h1>{escape(block.text)}</h1><p>{sides}</p>"
        case Prose():
            return f"<p>{_html_parts(block.parts)}</p>"
        case Grid():
            columns = "".join(
                f'<col style="width:{100 * width / sum(block.columns):.2f}%">'
                for width in block.columns
            )
            rows = "".join(
                f'<tr style="height:{row.height / MM:.1f}mm">{"".join(_html_cells(row))}</tr>'
                for row in (*block.heads, *block.rows)
            )
            return f"<p>{escape(block.side)}</p><table>{columns}{rows}</table>"
        case _:
            raise TypeError(f"no peer knows {type(block).__name__}")


def _html_cells(row: Row) -> Iterator[str]:
    for cell in row.cells:
        tall = f"height:{cell.free[1] / MM:.1f}mm;" if cell.free else ""
        style = f"{tall}font-size:{cell.size}pt"
        words = _html_parts((*cell.parts, *cell.foot))
        yield f'<td colspan="{cell.span}" style="{style}">{words}</td>'


def _html_parts(parts: tuple[Part, ...]) -> str:
    said = []
    for part in parts:
        match part:
            case Words():
                face, weight = FACES[part.style]
                text = escape(part.text).replace("\n", "<br>")
                said.append(
                    f"<span style=\"font-family:'{face}';font-weight:{weight}\">{text}</span>"
                )
            case Tick():
                said.append(f"{'☑' if part.on else '□'} {escape(part.label)}")
            case Blank():
                wide = part.width
                said.append(
                    f'<span style="display:inline-block;width:{wide:.1f}mm;'
                    'border-bottom:0.5pt solid"></span>'
                )
    return " ".join(said)
