"""Font set-up: checked against its pins, all or nothing for what is required, idle when done."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import subprocess
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

INSTALLER = Path(__file__).parents[2] / "installer"
FONTS = INSTALLER.parent / "resources" / "fonts"
PINS = """
[[font]]
file = "Needed.ttf"
required = true
npm = "needed@1"
member = "x"
sha256 = ["{needed}"]
[[font]]
file = "Spare.ttf"
required = false
debian = "fonts-spare"
path = "x"
sha256 = ["{spare}"]
"""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def setup(tmp_path, monkeypatch):
    """The set-up program at work in a folder of its own, with packages that hold what is given."""
    monkeypatch.syspath_prepend(INSTALLER)
    spec = importlib.util.spec_from_file_location("xieli_font_setup", INSTALLER / "fonts.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "xieli_font_setup", module)
    spec.loader.exec_module(module)
    fonts = tmp_path / "resources"
    (fonts / "licences").mkdir(parents=True)
    for text in ("needed.txt", "spare.txt"):
        (fonts / "licences" / text).write_text("Permission is hereby granted")
    for name, value in {
        "FONTS": fonts, "PINS": fonts / "pins.toml", "RECORD": fonts / "daily" / "built.json",
        "SCRATCH": tmp_path / "scratch",
        "LICENCES": {"Needed": "needed.txt", "Spare": "spare.txt"},
    }.items():  # fmt: skip
        monkeypatch.setattr(module, name, value)
    module.PINS.write_text(PINS.format(needed=sha256(b"needed"), spare=sha256(b"spare")))
    module.packages = {"Needed.ttf": b"needed", "Spare.ttf": b"spare"}

    def getter_of(pin):
        def get(pins, work):
            if module.packages[pin.file] is None:
                raise module.NotToBeHad("没有网络")
            (work / pin.file).write_bytes(module.packages[pin.file])
            return {each: work / each.file for each in pins}

        return get

    monkeypatch.setattr(module, "getter_of", getter_of)
    return module


def placed(setup) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in setup.FONTS.glob("*.ttf")}


def test_every_font_is_put_in_place_and_nothing_is_left_lying_about(setup, capsys):
    assert setup.main([]) == 0

    assert placed(setup) == {"Needed.ttf": b"needed", "Spare.ttf": b"spare"}
    assert list(setup.SCRATCH.iterdir()) == []
    assert capsys.readouterr().err == ""


def test_a_second_run_only_looks(setup, monkeypatch):
    setup.main([])
    monkeypatch.setattr(setup, "gather", None)

    assert setup.main([]) == 0


def test_a_copied_tree_with_other_times_is_still_set_up(setup):
    setup.main([])
    os.utime(setup.FONTS / "Needed.ttf", (1, 1))

    assert setup.is_current(json.loads(setup.RECORD.read_text())["recipe"])


@pytest.mark.parametrize("damage", ["gone", "cut", "changed", "record"])
def test_what_was_damaged_is_set_up_again(setup, damage):
    setup.main([])
    font = setup.FONTS / "Needed.ttf"
    if damage == "gone":
        font.unlink()
    elif damage == "record":
        setup.RECORD.write_text("{")
    else:
        font.write_bytes(b"need" if damage == "cut" else b"NEEDED")

    assert setup.main([]) == 0
    assert placed(setup)["Needed.ttf"] == b"needed"


@pytest.mark.parametrize("bad", [b"forged", None])
def test_without_a_required_font_nothing_changes_and_one_sentence_says_so(setup, bad, capsys):
    setup.main([])
    setup.packages["Needed.ttf"] = bad
    setup.packages["Spare.ttf"] = b"spare"
    before = placed(setup)
    capsys.readouterr()

    assert setup.main(["--again"]) == 2

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Needed.ttf" in said
    assert "go online" in said
    assert placed(setup) == before


@pytest.mark.parametrize("bad", [b"another release", None])
def test_an_optional_font_is_left_out_with_one_sentence(setup, bad, capsys):
    setup.packages["Spare.ttf"] = bad

    assert setup.main([]) == 0

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Spare.ttf" in said
    assert placed(setup) == {"Needed.ttf": b"needed"}
    assert setup.is_current(json.loads(setup.RECORD.read_text())["recipe"])


def test_a_font_without_the_text_of_its_licence_is_not_set_up(setup, capsys):
    (setup.FONTS / "licences" / "spare.txt").unlink()
    left_out = setup.main([])
    without_spare = placed(setup)
    (setup.FONTS / "licences" / "needed.txt").unlink()

    assert (left_out, without_spare) == (0, {"Needed.ttf": b"needed"})
    assert setup.main(["--again"]) == 2
    assert "许可全文" in capsys.readouterr().err


def test_every_font_that_is_bundled_lies_beside_the_whole_text_of_its_licence():
    """What a checkout or a package of it carries: kept in the repository, never ignored."""
    kept = _tracked("resources/fonts/licences")
    for pin in tomllib.loads((FONTS / "pins.toml").read_text("utf-8"))["font"]:
        (text,) = (text for name, text in licences().items() if pin["file"].startswith(name))
        said = (FONTS / "licences" / text).read_text("utf-8")
        assert f"resources/fonts/licences/{text}" in kept
        assert "SIL OPEN FONT LICENSE Version 1.1" in said
        assert "Permission is hereby granted, free of charge" in " ".join(said.split())
        assert 'THE FONT SOFTWARE IS PROVIDED "AS IS"' in " ".join(said.split())


def test_what_is_cut_bears_no_name_its_licence_keeps_for_the_whole():
    for path in (FONTS / "daily").glob("*.ttf"):
        with TTFont(path) as font:
            called = {str(name) for name in font["name"].names if name.nameID not in (0, 13, 14)}
        assert not any(kept in one for one in called for kept in ("Noto", "Source", "LXGW", "霞鹜"))


def licences() -> dict[str, str]:
    """Family → its text, as the set-up knows them."""
    told = (INSTALLER / "fonts.py").read_text("utf-8").partition("LICENCES = ")[2]
    return ast.literal_eval(told[: told.index("}") + 1])


def _tracked(folder: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", folder],
        cwd=INSTALLER.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.splitlines()


def test_the_real_pins_name_one_source_and_a_hash_for_each_font(setup):
    pins = tomllib.loads((INSTALLER.parent / "resources/fonts/pins.toml").read_text("utf-8"))

    for font in pins["font"]:
        assert len({"npm", "wheel", "debian"} & set(font)) == 1
        assert all(len(known) == 64 for known in font["sha256"])
    assert {font["file"] for font in pins["font"] if font["required"]} == {
        "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.ttf",
        "NotoSerifSC-Bold.ttf",
    }  # fmt: skip
