"""The command line itself: Chinese, one sentence for what is wrong, and never a trace."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap.verbs import tell_crash
from app.cli.main import EXIT_REFUSED, build_parser, run
from tests.fakes import StoppedClock
from tests.roster_files import person, workbook
from tests.vaults import PASSPHRASE


def refused(capsys, *words: object) -> str:
    """The one sentence."""
    capsys.readouterr()
    status = run([*map(str, words)], clock=StoppedClock(), screenshots=lambda *_all: [])
    said = capsys.readouterr()
    assert status == EXIT_REFUSED
    assert said.out == ""
    assert len(said.err.splitlines()) == 1, said.err
    return said.err


WRONG = [
    ((), "还缺 命令"),
    (("nonsense",), "命令 写得不对"),
    (("vault", "create", "v"), "还缺 --officer, --village"),
    (("vault", "create", "v", "--officer"), "--officer 后面还要写上内容"),
    (("vault", "check", "v", "--passphrase-fd", "x"), "--passphrase-fd 写得不对"),
    (("sync", "--to-usb", "a", "--from-usb", "b"), "--from-usb 和 --to-usb 只能写一个"),
    (("demo", "a", "459901198603020011"), "命令里有认不出的词"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_a_command_that_is_not_right_is_refused_and_what_was_typed_is_not_repeated(
    capsys, words, said
):
    told = refused(capsys, *words)

    assert said in told
    assert "X-02" in told
    assert "459901" not in told
    assert not any(word in told for word in ("argument", "required", "invalid", "usage"))


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from parsers(each)


def is_chinese(text: str | None) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text or "")


def test_every_help_text_is_chinese():
    every = list(parsers(build_parser()))
    options = [action for parser in every for action in parser._actions]
    verbs = [
        choice
        for action in options
        if isinstance(action, argparse._SubParsersAction)
        for choice in action._choices_actions
    ]
    plain = [one for one in options if not isinstance(one, argparse._SubParsersAction)]

    assert len(every) > 15
    assert [one.option_strings or one.dest for one in plain if not is_chinese(one.help)] == []
    assert [one.dest for one in verbs if not is_chinese(one.help)] == []
    for parser in every:
        told = parser.format_help()
        assert told.startswith("用法：")
        assert not any(word in told for word in ("usage", "options:", "arguments", "show this"))


@pytest.mark.parametrize(
    ("place", "code"), [(Path("/proc/xieli"), "D-0"), (Path("x" * 300), "D-08")]
)
def test_a_place_no_folder_can_be_made_in_is_one_sentence(capsys, tmp_path, place, code):
    told = refused(capsys, "demo", tmp_path / place, "--no-pictures")

    assert code in told
    assert str(place)[:20] not in told


def test_an_officer_the_terminal_spelt_in_another_encoding_is_refused(capsys, tmp_path):
    word = tmp_path / "word"
    word.write_text(PASSPHRASE, encoding="utf-8")
    name = os.fsdecode("覃兰英".encode("gbk"))
    names = ["--officer", name, "--village", "测试村"]

    told = refused(capsys, "vault", "create", tmp_path / "v", *names, "--passphrase-file", word)

    assert "V-27" in told
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize("names", [("", "村"), ("员", " "), ("长" * 3000, "村")])
def test_a_vault_of_nobody_is_not_made(capsys, tmp_path, names):
    word = tmp_path / "word"
    word.write_text(PASSPHRASE, encoding="utf-8")
    officer, village = names
    words = ["--officer", officer, "--village", village, "--passphrase-file", word]

    assert "V-27" in refused(capsys, "vault", "create", tmp_path / "v", *words)
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize("how", ["same", "dotted", "link", "hard link"])
def test_the_error_sheet_does_not_take_the_rosters_place(capsys, kept, tmp_path, how):
    word, roster, sheet = tmp_path / "word", tmp_path / "r.xlsx", tmp_path / "r.xlsx"
    word.write_text(PASSPHRASE, encoding="utf-8")
    roster.write_bytes(workbook([person(姓名="")]))
    before = roster.read_bytes()
    if how == "dotted":
        sheet = tmp_path / "vault" / ".." / "r.xlsx"
    elif how == "link":
        sheet = tmp_path / "s.xlsx"
        sheet.symlink_to(roster)
    elif how == "hard link":
        sheet = tmp_path / "s.xlsx"
        sheet.hardlink_to(roster)
    options = ["--vault", kept.directory, "--passphrase-file", word, "--errors", sheet]

    assert "R-24" in refused(capsys, "import-roster", roster, *options)
    assert roster.read_bytes() == before


def test_what_nobody_foresaw_is_one_sentence_with_its_number(capsys):
    try:
        raise KeyError("覃兰英")
    except KeyError as error:
        tell_crash(KeyError, error, error.__traceback__)

    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert "已经存好的都在" in told
    assert "编号 X-" in told
    assert "覃兰英" not in told


def test_a_key_that_stops_a_verb_is_no_fault(capsys):
    tell_crash(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert capsys.readouterr().err == "停下了。已经存好的都在。\n"


CRASH = """
import sys
from app.cli import main
from app.bootstrap import verbs
def broken():
    raise RuntimeError("覃兰英")
main.build_parser = broken
sys.exit(verbs.run_verb(["demo", "x"]))
"""


def test_a_verb_that_crashes_shows_no_trace():
    done = subprocess.run(
        [sys.executable, "-c", CRASH], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "覃兰英" not in done.stderr
