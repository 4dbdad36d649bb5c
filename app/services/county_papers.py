"""A county's own wording and margins of forms, in files anybody can add.

docs/papers-of-a-county.md tells a county how. One TOML file for one form, in the folder `papers`
beside the vault. A file is read strictly: one that cannot be used says where and why (C-02 … C-04,
P-26), nothing of it is used, and the form is printed in its usual words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from app.documents.registry import FORMS
from app.domain.county_paper import CountyPaper, PaperMargins, bare
from app.domain.problem import Refused
from app.rules import strict
from app.rules.strict import Record, join, known_keys, refuse, required
from app.services.county_files import files_in, read_file, read_toml
from app.settings import RESOURCES

FORM_WORDS: Final = RESOURCES / "form_words.json"
"""Every form's words that may be said otherwise; written by `tools/form_words.py`."""
FIXED: Final = frozenset({"F05"})
"""Forms whose sizes were measured to fill one page to its edges."""
_CODE: Final = "P-26"
_ENLARGED: Final = "A3"
"""How the codes of forms end that are drawn larger than laid out: a millimetre would be none."""
_MOST_WORDS: Final = 200
_LONGEST: Final = 400
_LONGEST_TITLE: Final = 20
"""Characters for which the narrowest title has room, where the usual one is not longer."""
_MORE: Final = 6
"""Characters that a short word may grow by; a longer one by half."""
_LONGEST_NAME: Final = 40

_EDGES: Final = {"left": (10, 20), "right": (10, 20), "top": (15, 25), "bottom": (10, 20)}
"""Least and most whole millimetres. The least is what a printer and the footer need; the most is
what leaves the places of fingerprints and seals as large as they must be (ux §3)."""
_FILE: Final = frozenset({"form", "source", "margins", "wording"})
_WORDING: Final = frozenset({"old", "new"})


class FormWords(NamedTuple):
    """The words of one form, without blanks: its names, and the others."""

    titles: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundPapers:
    """The files that can be used, by form, and what is wrong with the others."""

    papers: Mapping[str, CountyPaper]
    problems: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class CountyPapers:
    """Reads the folder anew each time: a file is added without starting the program again."""

    folder: Path | None = None

    def found(self) -> FoundPapers:
        """Every file; of two for one form the first by name."""
        papers: dict[str, CountyPaper] = {}
        problems = []
        for path in self._files():
            try:
                one = parse_paper(path.name, read_file(path, _CODE))
                if one.form in papers:
                    refuse(f"{path.name}: form", "别的文件已经改了这张表。", code=_CODE)
            except Refused as problem:
                problems.append(_told(problem))
            else:
                papers[one.form] = one
        return FoundPapers(papers, tuple(problems))

    def of(self, form: str) -> CountyPaper | None:
        """What the county wants on this form; None where it is printed as usual."""
        return self.found().papers.get(form)

    def as_printed(self, form: str, reference: str) -> CountyPaper | None:
        """The file a print record refers to; None when it is gone or is another by now."""
        one = self.of(form)
        return one if one is not None and one.reference == reference else None

    def _files(self) -> list[Path]:
        return [] if self.folder is None else files_in([self.folder])


def parse_paper(file: str, data: bytes) -> CountyPaper:
    """One file; `file` is the name its refusals show. Raises Refused (C-02 … C-04, P-26)."""
    name = file.removesuffix(".toml")
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        refuse("papers", f"文件名不能超过 {_LONGEST_NAME} 个字，也不能有看不见的字符。", code=_CODE)
    record = read_toml(file, data, _CODE)
    known_keys(record, f"{file}:", _FILE)
    form = strict.as_name(required(record, "form", f"{file}:"), f"{file}: form")
    if form not in FORMS:
        refuse(f"{file}: form", "没有这种表。", code=_CODE)
    if form in FIXED:
        refuse(f"{file}: form", "这张表排得满满的，用字和边距都不能改。", code=_CODE)
    strict.as_text(required(record, "source", f"{file}:"), f"{file}: source")
    wording = _wording(record, file, form)
    margins = strict.optional(record, "margins", f"{file}:", strict.as_record)
    if not wording and margins is None:
        refuse(f"{file}:", "没有写要改什么。", code=_CODE)
    return CountyPaper(
        form=form,
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        wording=wording,
        margins=None if margins is None else _margins(margins, f"{file}: margins", form),
    )


def _told(problem: Refused) -> Refused:
    """What to do about a file that was left out."""
    return Refused(
        problem.what,
        do="表照原来的样子打印；请改好这个文件，或者先拿走。",
        code=problem.code,
        field=problem.field,
    )


def _margins(record: Record, at: str, form: str) -> PaperMargins:
    if form.endswith(_ENLARGED):
        refuse(at, "A3 的表是放大出来的，边距不能改。", code=_CODE)
    known_keys(record, at, frozenset(_EDGES))
    edges = {
        edge: strict.as_count(required(record, edge, at), join(at, edge), least=least, most=most)
        for edge, (least, most) in _EDGES.items()
    }
    return PaperMargins(**edges)


def _wording(record: Record, file: str, form: str) -> tuple[tuple[str, str], ...]:
    pairs = strict.rows(record.get("wording", []), f"{file}: wording", _pair, longest=_MOST_WORDS)
    known = form_words()[form]
    olds: set[str] = set()
    news: set[str] = set()
    for number, (old, new) in enumerate(pairs):
        at = f"{file}: wording[{number}]"
        said, instead = bare(old), bare(new)
        if said in olds:
            refuse(f"{at}.old", "前面已经改过这几个字。", code=_CODE)
        _check_old(f"{at}.old", said, known)
        if instead in news or instead in known.words | known.titles:
            refuse(f"{at}.new", "这张表上别处就是这样写的，会分不清。", code=_CODE)
        _check_length(f"{at}.new", said, new, known)
        olds.add(said)
        news.add(instead)
    return pairs


def _pair(record: Record, at: str) -> tuple[str, str]:
    known_keys(record, at, _WORDING)
    old, new = (
        strict.as_text(required(record, key, at), join(at, key), longest=_LONGEST)
        for key in ("old", "new")
    )
    if not new.isprintable():
        refuse(join(at, "new"), "文字里有看不见的字符。", code=_CODE)
    return old, new


def _check_old(at: str, said: str, known: FormWords) -> None:
    if said not in known.titles and said not in known.words:
        refuse(at, "这张表上没有可以改的这几个字（签字、盖章的地方不能改）。", code=_CODE)


def most_for(said: str, known: FormWords) -> int:
    """Characters that may stand for one of the form's words: a title has one line; other words
    make their row taller, within reason."""
    if said in known.titles:
        return max(len(said), _LONGEST_TITLE)
    return min(max(len(said) * 3 // 2, len(said) + _MORE), _LONGEST)


def _check_length(at: str, said: str, new: str, known: FormWords) -> None:
    most = most_for(said, known)
    if len(new) > most:
        refuse(at, f"太长，这里最多 {most} 个字。", code=_CODE)


@cache
def form_words() -> Mapping[str, FormWords]:
    """The words of every form but those that are `FIXED`."""
    told = json.loads(FORM_WORDS.read_text(encoding="utf-8"))
    return {
        form: FormWords(frozenset(said["titles"]), frozenset(said["words"]))
        for form, said in told.items()
    }
