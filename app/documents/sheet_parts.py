"""The parts of a workbook that are the same whatever stands in its one sheet (ECMA-376)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Final

SHEET: Final = "xl/worksheets/sheet1.xml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN: Final = "http://schemas.openxmlformats.org"
_MAIN: Final = f"{_OPEN}/spreadsheetml/2006/main"
_LINKS: Final = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE: Final = f"{_OPEN}/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LONGEST_NAME: Final = 31
_TYPES: Final = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE_LINKS: Final = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_BOOK_LINKS: Final = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>'
)
_FONT: Final = '<sz val="11"/><name val="宋体"/><family val="2"/><charset val="134"/>'
_SIDE: Final = "".join(
    f'<{side} style="thin"><color auto="1"/></{side}>'
    for side in ("left", "right", "top", "bottom")
)
_PLAIN: Final = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f"<border>{_SIDE}<diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="4">{_PLAIN}'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" quotePrefix="1" '
    'applyNumberFormat="1" applyBorder="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="1" xfId="0" '
    'applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" quotePrefix="1" '
    'applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">'
    '<alignment horizontal="center"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
"""0 plain, 1 text that never acts, 2 a sum of yuan, 3 a head."""
_AFTER_ROWS: Final = (
    '</sheetData><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" '
    'footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)


def of_workbook(
    name: str, made_at: datetime, made_by: str, *, heads_at: int
) -> Iterator[tuple[str, str]]:
    """Every part but the sheet: name and text. The heads in row `heads_at` repeat on each page."""
    title = escape("".join(" " if one in "[]:*?/\\'" else one for one in name)[:_LONGEST_NAME])
    instant = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield "[Content_Types].xml", _TYPES
    yield "_rels/.rels", _PACKAGE_LINKS
    yield (
        "docProps/core.xml",
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{_fit(made_by)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{instant}</dcterms:created>'
        "</cp:coreProperties>",
    )
    yield (
        "xl/workbook.xml",
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        f'<sheet name="{title}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        '<definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"'{title}'!$1:${heads_at}</definedName></definedNames></workbook>",
    )
    yield "xl/_rels/workbook.xml.rels", _BOOK_LINKS
    yield "xl/styles.xml", _STYLES


def after_rows(made_by: str) -> str:
    """The sheet behind its last row; `made_by` stands at the foot of every printed page."""
    said = _fit(made_by.replace("&", "＆"))  # the plain one begins a code of the foot
    foot = f"<headerFooter><oddFooter>&amp;L{said}</oddFooter></headerFooter>" if said else ""
    return f"{_AFTER_ROWS}{foot}</worksheet>"


def _fit(text: str) -> str:
    """`text` as XML can hold it."""
    return escape("".join(one for one in text if one.isprintable()))


def before_rows(widths: Sequence[float], *, frozen: int) -> str:
    """The sheet up to its first row: the columns' widths, and the heads that stay in sight."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width + 0.7:.2f}" customWidth="1"/>'
        for n, width in enumerate(widths, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" '
        'state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )
