"""Write resources/form_words.json: the words of every form that a county may say otherwise.

Run from the repository after a form's words have changed:
`PYTHONPATH=. .venv/bin/python tools/form_words.py`. The words are read off an ordinary and a
longest paper of each form. A test compares the file with the forms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from app.documents.blocks import Title
from app.documents.content import texts_of
from app.documents.county_wording import printed_words
from app.documents.paper import Paper
from app.domain.county_paper import bare
from app.services.county_papers import FIXED, FORM_WORDS
from tests import papers, records

_FIGURES: Final = re.compile(r"[0-9]{4}年|[0-9]{4}-|共[0-9]+|^[0-9]+$")
"""What stands for a value of this one paper and is no word of the form."""
_TYPED: Final = 2
"""Characters from which on a text of the content is one that somebody typed."""


def form_words() -> str:
    """The whole file."""
    codes = (code for code in papers.USUAL if code not in FIXED)
    return json.dumps({code: _of(code) for code in codes}, ensure_ascii=False, indent=1) + "\n"


def _of(code: str) -> dict[str, list[str]]:
    heads: dict[str, None] = {}
    words: dict[str, None] = {}
    for module, content in (papers.USUAL[code](), papers.longest(code)):
        form: Any = module
        sheet = form.paper(content, records.NUMBER)
        typed = [bare(text) for text in texts_of(content) if len(bare(text)) >= _TYPED]
        own = [word for word in printed_words(sheet.blocks) if _is_of_form(word, typed)]
        heads |= dict.fromkeys(map(bare, _names(form, sheet)))
        words |= dict.fromkeys(own)
    return {"titles": list(heads), "words": [word for word in words if word not in heads]}


def _names(form: Any, sheet: Paper) -> Iterator[str]:  # noqa: ANN401  # a module
    """What the form is called, on this paper and on its others."""
    yield sheet.title
    yield from (block.text for block in sheet.blocks if isinstance(block, Title))
    yield from getattr(form, "TITLES", {}).values()


def _is_of_form(word: str, typed: list[str]) -> bool:
    return not _FIGURES.search(word) and not any(text in word for text in typed)


if __name__ == "__main__":
    FORM_WORDS.write_text(form_words(), encoding="utf-8")
