"""Column layouts: how a province or county wants its tables, in files anybody can add.

TOML files under resources/layouts come with the program; a county puts its own into the folder
`layouts` beside the vault (docs/layouts.md). A file is read strictly: one that cannot be used says
where and why (C-02 … C-04, E-11), and never keeps the others from being used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from app.domain.casework import Channel, Health, Housing, IncomeChange, Met, Need, Supplies
from app.domain.column_layout import ColumnLayout, LaidColumn, LayoutUse
from app.domain.households import Category
from app.domain.problem import Refused
from app.domain.words import Word
from app.rules import strict
from app.rules.strict import Record, join, known_keys, refuse, required
from app.services.county_files import files_in, read_file, read_toml
from app.settings import RESOURCES

SHIPPED: Final = RESOURCES / "layouts"
_CODE: Final = "E-11"
_MOST_COLUMNS: Final = 120
_MOST_WORDS: Final = 200
_WIDEST: Final = 100
_SAID: Final[dict[str, type[Word]]] = {
    "met": Met,
    "channel": Channel,
    "health": Health,
    "supplies": Supplies,
    "housing": Housing,
    "income": IncomeChange,
    "need": Need,
    "category": Category,
}
"""Fields of a visit log that only say words of a list."""
_FILE: Final = frozenset({"layout", "column"})
_HEAD: Final = frozenset({"id", "title", "use", "source"})
_COLUMN: Final = frozenset({"heading", "field", "width", "fixed", "words"})


@dataclass(frozen=True, slots=True)
class FoundLayouts:
    """The layouts that can be used, and what is wrong with the others."""

    layouts: tuple[ColumnLayout, ...]
    problems: tuple[Refused, ...] = ()

    def of(self, use: LayoutUse) -> tuple[ColumnLayout, ...]:
        """Those for one table."""
        return tuple(one for one in self.layouts if one.use is use)


@dataclass(frozen=True, slots=True)
class ColumnLayouts:
    """Reads the folders anew each time: a file is added without starting the program again."""

    folders: tuple[Path, ...] = (SHIPPED,)

    def found(self) -> FoundLayouts:
        """Every layout, the shipped ones first; of two with one id the first."""
        layouts: dict[str, ColumnLayout] = {}
        problems = []
        for path in self._files():
            try:
                one = parse_layout(path.name, read_file(path, _CODE))
                if one.id in layouts:
                    refuse(f"{path.name}: layout.id", "别的文件已经用了这个 id。", code=_CODE)
            except Refused as problem:
                problems.append(problem)
            else:
                layouts[one.id] = one
        return FoundLayouts(tuple(layouts.values()), tuple(problems))

    def get(self, layout_id: str, use: LayoutUse) -> ColumnLayout:
        """The layout `layout_id`. Raises Refused E-12 where there is none for this table."""
        found = next((one for one in self.found().of(use) if one.id == layout_id), None)
        if found is None:
            raise Refused(
                f"没有叫“{layout_id[:40]}”的列样。",
                do="请换一个列样，或者看看文件还在不在。",
                code="E-12",
                field="layout",
            )
        return found

    def _files(self) -> list[Path]:
        return files_in(self.folders)


def parse_layout(file: str, data: bytes) -> ColumnLayout:
    """One layout; `file` is the name its refusals show. Raises Refused (C-02 … C-04, E-11)."""
    record = read_toml(file, data, _CODE)
    known_keys(record, f"{file}:", _FILE)
    at = f"{file}: layout"
    head = strict.as_record(required(record, "layout", f"{file}:"), at)
    known_keys(head, at, _HEAD)
    use = strict.as_word(LayoutUse)(required(head, "use", at), join(at, "use"))
    columns = strict.rows(
        required(record, "column", f"{file}:"), f"{file}: column", _column, longest=_MOST_COLUMNS
    )
    _check(file, use, columns)
    return ColumnLayout(
        id=strict.as_name(required(head, "id", at), join(at, "id")),
        title=strict.as_text(required(head, "title", at), join(at, "title"), longest=30),
        use=use,
        source=strict.as_text(required(head, "source", at), join(at, "source")),
        columns=columns,
    )


def _column(record: Record, at: str) -> LaidColumn:
    known_keys(record, at, _COLUMN)
    heading = strict.as_text(required(record, "heading", at), join(at, "heading"), longest=60)
    width = record.get("width", 12)
    words = strict.as_record(record.get("words", {}), join(at, "words"))
    if len(words) > _MOST_WORDS:
        refuse(join(at, "words"), f"最多 {_MOST_WORDS} 个词。", code=_CODE)
    return LaidColumn(
        heading="".join(heading.split()),
        field=_text(record, "field", at),
        width=strict.as_count(width, join(at, "width"), least=2, most=_WIDEST),
        fixed=_text(record, "fixed", at),
        words={theirs: _text(words, theirs, join(at, "words")) for theirs in words},
    )


def _text(record: Record, key: str, at: str) -> str:
    """The text of `key`, "" where it is absent."""
    value = strict.optional(record, key, at, strict.as_text)
    return value or ""


def _check(file: str, use: LayoutUse, columns: Sequence[LaidColumn]) -> None:
    """Every field is one of the table's, and nothing stands twice. Raises Refused E-11."""
    fields = fields_of(use)
    headings: set[str] = set()
    named: set[str] = set()
    for n, one in enumerate(columns):
        at = f"{file}: column[{n}]"
        if one.heading in headings:
            refuse(f"{at}.heading", "这个列名前面已经有了。", code=_CODE)
        if one.field and one.field not in fields:
            _no_such_field(f"{at}.field", fields)
        if one.field and one.field in named:
            refuse(f"{at}.field", "这一项前面已经放过了。", code=_CODE)
        if one.words and not one.field:
            refuse(f"{at}.words", "没有写 field，不知道换谁的词。", code=_CODE)
        _check_words(f"{at}.words", use, one)
        headings.add(one.heading)
        named.add(one.field)
    if not named - {""}:
        refuse(f"{file}: column", "没有一列写了 field。", code=_CODE)


def _check_words(at: str, use: LayoutUse, column: LaidColumn) -> None:
    """What ours are said to be, they must be able to be. Raises Refused E-11."""
    said = _SAID.get(column.field) if use is LayoutUse.VISITS else None
    if said is None:
        return
    labels = [word.label for word in said]
    for ours in column.words.values():
        if ours not in labels:
            refuse(at, f"“{ours}”不是我们的词。能填的是：{'、'.join(labels)}。", code=_CODE)


def _no_such_field(at: str, fields: Sequence[str]) -> NoReturn:
    refuse(at, f"没有这一项。能填的是：{'、'.join(fields)}。", code=_CODE)


def fields_of(use: LayoutUse) -> tuple[str, ...]:
    """What `field` may say for one table: our headings of a roster, names of ours elsewhere."""
    from app.documents import fund_ledger_file, roster_table, visit_log, watch_ledger

    return {
        LayoutUse.ROSTER: roster_table.FIELDS,
        LayoutUse.VISITS: visit_log.FIELDS,
        LayoutUse.FUND: fund_ledger_file.FIELDS,
        LayoutUse.WATCHED: watch_ledger.FIELDS,
    }[use]
