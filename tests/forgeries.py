"""Copies of a printed paper that somebody has changed, each in one place, with the code kept."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from io import BytesIO

import pikepdf

from app.documents.paper import Order, press
from app.domain.money import Money
from app.services.printing import Prepared
from tests import hostile, overlays

KINDS = ("amount", "name", "date", "retyped", "pages", "drawn", "laid")
"""What is changed on a copy."""
_OTHER = "甲乙丙丁戊己庚辛壬癸0123456789"


def forged(papers: list[Prepared], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many changed copies, and what was changed on each."""
    chance = random.Random(seed)  # noqa: S311  # forgeries, not secrets
    whole = [copy_of(one, one.content) for one in papers]
    said = [hostile.read(pdf) for pdf in whole]
    single = {at for at, pdf in enumerate(whole) if _size(pdf) == 1}
    while count:
        at = chance.randrange(len(papers))
        kind = chance.choice(KINDS)
        if kind == "pages" and at in single:
            continue  # a paper of one page that is there twice, or another in its place, is genuine
        if kind == "pages":
            made = _pages_changed(whole[at], whole[at - 1], chance)
        elif kind == "drawn":
            made = _drawn_on(whole[at], chance)
        elif kind == "laid":
            made = _laid_over(whole[at], chance)
        else:
            made = copy_of(papers[at], _changed(papers[at].content, kind, chance))
            if hostile.read(made) == said[at]:
                continue  # what was changed does not stand on this paper: it is no forgery
        count -= 1
        yield f"{papers[at].kind.form.code} {kind}", made


def copy_of(paper: Prepared, content: object) -> bytes:
    """The paper with another content and the code it had."""
    sheet = paper.kind.form.module.paper(content, paper.stamp.document_no)
    return press(Order(sheet, paper.stamp, paper.code))


def _changed(content: object, kind: str, chance: random.Random) -> object:
    """`content` with one sum, day or text of it changed."""
    sort = {"amount": Money, "date": date}.get(kind, str)
    chosen = -1

    def walk(value: object) -> object:
        nonlocal seen
        if isinstance(value, sort) and not isinstance(value, Enum) and value != "":
            seen += 1
            return _another(value, chance) if seen - 1 == chosen else value
        if isinstance(value, tuple) and not hasattr(value, "_replace"):
            return tuple(map(walk, value))
        if is_dataclass(value) and not isinstance(value, type | Money):
            return replace(value, **{f.name: walk(getattr(value, f.name)) for f in fields(value)})
        return value

    seen = 0
    walk(content)
    if not seen:
        return content
    chosen, seen = chance.randrange(seen), 0
    return walk(content)


def _another(value: object, chance: random.Random) -> object:
    """One fen, one day or one character apart."""
    if isinstance(value, Money):
        return Money(value.fen + chance.choice((1, 100, 10_000, 1_000_000)))
    if isinstance(value, date):
        return value + timedelta(days=chance.choice((-1, 1, 30, 365)))
    text = str(value)
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_OTHER.replace(text[at], "")) + text[at + 1 :]


def _pages_changed(pdf: bytes, other: bytes, chance: random.Random) -> bytes:
    """Pages in another order, one left out, one twice, or one of another paper put in."""
    with pikepdf.open(BytesIO(pdf)) as book, pikepdf.open(BytesIO(other)) as strange:
        size = len(book.pages)
        at = chance.randrange(size)
        kind = chance.choice(("out", "twice", "strange", "order"))
        if kind == "strange":
            book.pages.insert(at, strange.pages[chance.randrange(len(strange.pages))])
            del book.pages[at + 1]
        elif kind == "twice":
            book.pages.insert(at, book.pages[at])
        elif kind == "out":
            del book.pages[at]
        else:
            moved = book.pages[at]
            del book.pages[at]
            book.pages.insert((at + 1) % size, moved)
        return _saved(book)


def _size(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as book:
        return len(book.pages)


def _drawn_on(pdf: bytes, chance: random.Random) -> bytes:
    """A stroke through something, or a white patch over it."""
    with pikepdf.open(BytesIO(pdf)) as book:
        page = book.pages[chance.randrange(len(book.pages))]
        across, up = chance.randint(60, 300), float(page.mediabox[3]) - chance.randint(70, 110)
        stroke = f"q 2 w {across} {up} m {across + 90} {up - 9} l S Q"
        patch = f"q 1 g 30 {up - 60} 500 90 re f Q"
        shape = chance.choice((stroke, patch))
        page.contents_add(shape.encode())
        return _saved(book)


def _laid_over(pdf: bytes, chance: random.Random) -> bytes:
    """Something some readers show and others do not."""
    with pikepdf.open(BytesIO(pdf)) as book:
        chance.choice(list(overlays.LAID_OVER.values()))(book)
        return _saved(book)


def _saved(book: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
