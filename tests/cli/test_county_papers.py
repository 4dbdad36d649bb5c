"""A county's own wording from the folder beside the vault, printed and verified headless."""

from __future__ import annotations

from app.cli.verify import EXIT_DIFFERS
from tests import pdfs
from tests.cli.test_print import home, printed
from tests.cli.test_verify import verified

__all__ = ["home"]

FORM = 'form = "F03"\nsource = "甲县的表样"\n'
WORDING = '[[wording]]\nold = "社会救助诚信承诺书（家庭经济状况声明书）"\nnew = "甲县诚信承诺书"\n'


def file_beside(kept, text):
    folder = kept.directory.parent / "papers"
    folder.mkdir(exist_ok=True)
    (folder / "甲县.toml").write_text(text, encoding="utf-8")


def test_a_county_s_words_are_printed_and_verified(kept, home, tmp_path, capsys):
    file_beside(kept, FORM + WORDING)

    status, paper = printed(kept, home, tmp_path, "F03")

    assert status == 0
    assert "甲县诚信承诺书" in pdfs.text_of(paper.read_bytes())
    assert verified(kept, tmp_path, paper) == 0
    file_beside(kept, FORM + WORDING.replace("甲县诚信", "乙县诚信"))
    assert verified(kept, tmp_path, paper) == EXIT_DIFFERS
    assert "县里表样已经换了或者拿走了" in capsys.readouterr().out


def test_a_file_that_cannot_be_used_is_told_and_the_paper_comes_as_usual(
    kept, home, tmp_path, capsys
):
    file_beside(kept, FORM)

    status, paper = printed(kept, home, tmp_path, "F03")

    assert status == 0
    assert "甲县.toml" in capsys.readouterr().err
    assert "社会救助诚信承诺书（家庭经济状况声明书）" in pdfs.text_of(paper.read_bytes())
