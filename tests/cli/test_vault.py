"""The vault's verbs, run as a person at a township would."""

from __future__ import annotations

import argparse
import io
import os
import re

import pytest

from app.cli import vault as verbs
from app.domain.problem import Problem
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, flip, problem


@pytest.fixture
def secret(tmp_path):
    """Writes a secret into a file and names it."""

    def write(name, text):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{text}\n", encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def run(clock):
    """Runs one command line; answers status, stdout and stderr."""

    def go(*words):
        parser = argparse.ArgumentParser()
        verbs.add_parser(parser.add_subparsers(dest="verb"))
        args = parser.parse_args(["vault", *map(str, words)])
        out, err = io.StringIO(), io.StringIO()
        return args.run(args, out, err, clock), out.getvalue(), err.getvalue()

    return go


def test_a_vault_is_made_and_found_whole(run, secret, tmp_path):
    word = ("--passphrase-file", secret("word", PASSPHRASE))

    status, out, _ = run(
        "create", tmp_path / "v", *word, "--officer", "测试员", "--village", "测试村"
    )
    checked, found, _ = run("check", tmp_path / "v", *word)

    assert (status, checked) == (0, 0)
    assert len(out.splitlines()[1].split()) == 8
    assert "完好" in found


def test_a_backup_is_taken_and_put_back(run, secret, kept, tmp_path):
    word = ("--passphrase-file", secret("word", PASSPHRASE))
    (tmp_path / "stick").mkdir()

    _, out, _ = run("backup", kept.directory, *word, "--to", tmp_path / "stick")
    status, said, _ = run("restore", kept.directory, *word, "--from", out.strip())
    _, found, _ = run("check", kept.directory, *word)

    assert status == 0
    assert "已恢复到第 3 条" in said
    assert "共 4 条" in found  # the restore itself is an operation


def test_without_a_name_the_newest_backup_is_put_back(run, secret, kept):
    word = ("--passphrase-file", secret("word", PASSPHRASE))

    status, out, _ = run("restore", kept.directory, *word)

    assert status == 0
    assert "replaced-" in out


def test_without_any_backup_there_is_nothing_to_put_back(run, secret, tmp_path):
    with problem("V-21"):
        run("restore", tmp_path, "--passphrase-file", secret("word", PASSPHRASE))


def test_half_an_anchor_is_said_once(run, secret, kept):
    flip(kept.directory / "anchor.bin", 100)

    word = ("--passphrase-file", secret("word", PASSPHRASE))

    with problem("V-11"):
        run("check", kept.directory, *word)
    again, _, _ = run("check", kept.directory, *word)

    assert again == 0  # opening wrote the spoiled half anew


def test_a_damaged_page_is_found(run, secret, kept):
    flip(kept.directory / "xieli.db", (kept.directory / "xieli.db").stat().st_size - 3000)
    word = ("--passphrase-file", secret("word", PASSPHRASE))

    with problem("V-03"):
        run("check", kept.directory, *word)


def test_a_check_says_what_is_wrong_whether_the_data_is_safe_and_what_to_do(run, secret, kept):
    """Every page from the third on: what SQLite says about them is not for her."""
    database = kept.directory / "xieli.db"
    opened_by = 2 * 4096
    for place in range(opened_by + 100, database.stat().st_size, 4096 * 7):
        flip(database, place)
    word = ("--passphrase-file", secret("word", PASSPHRASE))

    with problem("V-03") as caught:
        run("check", kept.directory, *word)

    said = str(caught.value)
    assert "备份没有动过" in said
    assert "请用最近一次备份恢复" in said
    assert "\n" not in said
    assert len(said) < 100
    assert not re.search("page|tree|index|row|tree", said, re.IGNORECASE)


def test_a_damaged_key_file_is_repaired(run, secret, kept):
    flip(kept.directory / "vault.json", 60)
    word = ("--passphrase-file", secret("word", PASSPHRASE))
    with problem("V-02"):
        run("check", kept.directory, *word)

    status, said, _ = run("repair", kept.directory, *word)

    assert (status, "已修好" in said) == (0, True)
    assert run("check", kept.directory, *word)[0] == 0


def test_a_key_file_that_is_whole_is_left_alone_by_a_repair(run, secret, kept):
    old = ("--passphrase-file", secret("old", PASSPHRASE))
    new = secret("new", OTHER_PASSPHRASE)
    run("passphrase", kept.directory, *old, "--new-passphrase-file", new)
    before = (kept.directory / "vault.json").read_bytes()

    run("repair", kept.directory, "--passphrase-file", new)
    with problem("V-01"):
        run("repair", kept.directory, *old)  # the spare would open to it

    assert (kept.directory / "vault.json").read_bytes() == before


def test_a_vault_that_lost_its_anchor_opens_once_that_is_accepted(run, secret, kept):
    (kept.directory / "anchor.bin").unlink()
    word = ("--passphrase-file", secret("word", PASSPHRASE))
    with problem("V-10"):
        run("check", kept.directory, *word)

    status, said, _ = run("accept", kept.directory, *word)
    _, again, _ = run("accept", kept.directory, *word)

    assert status == 0
    assert "照着纸补记" in said
    assert "最新" in again
    assert run("check", kept.directory, *word)[0] == 0


def test_the_passphrase_is_changed(run, secret, kept):
    old = ("--passphrase-file", secret("old", PASSPHRASE))
    new = secret("new", OTHER_PASSPHRASE)

    status, _, _ = run("passphrase", kept.directory, *old, "--new-passphrase-file", new)

    assert status == 0
    with problem("V-01"):
        run("check", kept.directory, *old)
    assert run("check", kept.directory, "--passphrase-file", new)[0] == 0


def test_the_recovery_code_opens_and_a_new_one_is_shown(run, secret, kept):
    new = ("--passphrase-file", secret("new", OTHER_PASSPHRASE))
    code = secret("code", kept.recovery)

    status, out, _ = run("recover", kept.directory, *new, "--recovery-code-file", code)

    assert status == 0
    assert out.splitlines()[-1] != kept.recovery
    assert run("check", kept.directory, *new)[0] == 0


def test_a_passphrase_comes_through_a_descriptor(run, kept):
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE}\n".encode())
    os.close(writing)

    status, _, _ = run("check", kept.directory, "--passphrase-fd", reading)

    assert status == 0


def test_a_passphrase_is_typed_unseen_where_none_is_named(run, kept, monkeypatch):
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: (asked.append(prompt), PASSPHRASE)[1])

    assert run("check", kept.directory)[0] == 0
    assert asked == ["口令："]


def test_a_new_passphrase_is_typed_twice_the_same(run, tmp_path, monkeypatch):
    typed = iter([PASSPHRASE, OTHER_PASSPHRASE])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))

    with problem("V-22"):
        run("create", tmp_path / "v", "--officer", "甲", "--village", "乙")

    assert list(tmp_path.iterdir()) == []


def test_a_passphrase_file_that_cannot_be_read_is_that(run, kept, tmp_path):
    (tmp_path / "latin").write_bytes(b"\xff\xfe")

    for name in ("latin", "absent"):
        with problem("V-20"):
            run("check", kept.directory, "--passphrase-file", tmp_path / name)


def test_a_passphrase_is_never_an_argument(run, kept):
    with pytest.raises(SystemExit):
        run("check", kept.directory, "--passphrase", PASSPHRASE)


def test_no_refusal_says_the_passphrase(run, secret, kept):
    with pytest.raises(Problem) as caught:
        run("check", kept.directory, "--passphrase-file", secret("word", OTHER_PASSPHRASE))

    assert OTHER_PASSPHRASE not in str(caught.value)
