"""`verify`: the code read off a paper, or a file somebody brings."""

from __future__ import annotations

import pytest

from app.cli.main import EXIT_REFUSED, run
from app.cli.verify import EXIT_DIFFERS
from tests.cli.test_print import home, printed
from tests.fakes import StoppedClock
from tests.vaults import PASSPHRASE

__all__ = ["home"]


@pytest.fixture
def paper(kept, home, tmp_path, capsys):
    """A printed application as a file, and its code."""
    status, file = printed(kept, home, tmp_path, "F01", "F03")
    assert status == 0
    codes = [line.split(" ")[2] for line in capsys.readouterr().out.splitlines()]
    return file, codes


def verified(kept, tmp_path, *words):
    options = ["--vault", kept.directory, "--passphrase-file", tmp_path / "word"]
    asked = ["verify", *words, *options]
    assert (tmp_path / "word").read_text(encoding="utf-8") == PASSPHRASE
    return run([str(one) for one in asked], clock=StoppedClock(), screenshots=lambda *_all: [])


def test_a_stranger_finds_the_record_by_the_printed_code(kept, paper, tmp_path, capsys):
    _file, codes = paper

    assert verified(kept, tmp_path, f"{codes[1][:4]}-{codes[1][4:8]}-{codes[1][8:]}") == 0
    said = capsys.readouterr().out

    assert said.startswith("F03 ")
    assert "2026年3月2日打印" in said
    assert "和记录一致" in said


def test_the_record_s_own_paper_can_be_laid_beside(kept, paper, tmp_path, capsys):
    file, codes = paper
    beside = tmp_path / "beside.pdf"

    assert verified(kept, tmp_path, codes[0], "-o", beside) == 0
    assert verified(kept, tmp_path, beside) == 0
    assert "F01" in capsys.readouterr().out
    assert file.exists()


def test_a_file_as_it_was_printed_agrees(kept, paper, tmp_path, capsys):
    assert verified(kept, tmp_path, paper[0]) == 0
    assert capsys.readouterr().out.count("和记录一致") == 2


def test_a_file_with_a_page_left_out_does_not(kept, paper, tmp_path, capsys):
    import pikepdf

    changed = tmp_path / "changed.pdf"
    with pikepdf.open(paper[0]) as book:
        del book.pages[0]
        book.save(changed)

    assert verified(kept, tmp_path, changed) == EXIT_DIFFERS
    said = capsys.readouterr().out
    assert "和记录不一样" in said
    assert "  纸上：" in said


def test_a_code_nobody_printed_is_refused_in_one_sentence(kept, paper, tmp_path, capsys):
    assert verified(kept, tmp_path, "0000-0000-0000") == EXIT_REFUSED
    assert "P-24" in capsys.readouterr().err
