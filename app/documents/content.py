"""What a form says, apart from the paper it is said on, and the code that holds it to that.

A content is a frozen dataclass of texts, numbers, dates and the domain's values. Its canonical form
names the form, the form's version and the document number too, so that none of them can be changed
on the paper without the verification code telling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Final, Protocol

from app.domain import verification
from app.domain.money import Money
from app.domain.operations import instant_text

_HALVES: Final = re.compile("[\ud800-\udfff]")
"""Halves of a character without the other half, as a clipboard may hand them over: no text has
them, UTF-8 cannot say them, and on paper each is a box."""
_NO_CHARACTER: Final = "\ufffd"


class FormContent(Protocol):
    """A form's facts: a frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def canonical_content(
    form: str, version: str, document_no: str, content: FormContent
) -> dict[str, object]:
    """The facts of one paper as JSON, as `app.domain.verification` takes them."""
    return {
        "form": form,
        "version": version,
        "document_no": document_no,
        "content": _plain(content),
    }


def without_halves(text: str) -> str:
    """The text with a sign for what is no character, as a file can hold it."""
    return _HALVES.sub(_NO_CHARACTER, text)


def code_of(form: str, version: str, document_no: str, content: FormContent) -> str:
    """The verification code of one paper."""
    return verification.code_of(canonical_content(form, version, document_no, content))


def content_sha256(form: str, version: str, document_no: str, content: FormContent) -> str:
    """The whole hash of one paper's canonical content, in hexadecimal."""
    return verification.content_sha256(canonical_content(form, version, document_no, content))


def texts_of(content: object) -> Iterator[str]:
    """Every text of a content, at any depth."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from texts_of(list(content.values()))
    elif isinstance(content, list | tuple):
        for item in content:
            yield from texts_of(item)
    elif is_dataclass(content):
        for field in fields(content):
            yield from texts_of(getattr(content, field.name))


def _plain(value: object) -> object:
    """`value` as JSON: money in whole fen, dates and instants as ISO text, dataclasses as objects.

    Raises TypeError for what has no exact JSON form, floats among them.
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            return without_halves(value)
        case Money(fen):
            return fen
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no canonical form")
