"""The glossary and the code say the same words."""

from __future__ import annotations

import importlib
import pkgutil
import re

import app.domain
from app.domain.words import Word
from tests.architecture.source import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ENTRY = re.compile(r"^\| (?P<term>[^|]+) \| `(?P<enum>\w+)\.(?P<code>\w+)` \|", re.MULTILINE)


def _members() -> dict[tuple[str, str], str]:
    """(enum, code) → label of every word of the domain."""
    found = {}
    for info in pkgutil.iter_modules(app.domain.__path__):
        module = importlib.import_module(f"app.domain.{info.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Word) and value is not Word:
                found.update({(value.__name__, member.value): member.label for member in value})
    return found


def _entries() -> dict[tuple[str, str], str]:
    return {(m["enum"], m["code"]): m["term"].strip() for m in ENTRY.finditer(GLOSSARY)}


def test_every_word_of_the_domain_has_an_entry_with_its_label():
    entries = _entries()

    wrong = {key: label for key, label in _members().items() if entries.get(key) != label}

    assert wrong == {}


def test_no_entry_names_a_word_the_code_has_dropped():
    assert set(_entries()) - set(_members()) == set()


def test_no_word_is_without_a_label():
    assert [key for key, label in _members().items() if not label] == []
