"""Font set-up: checked against its pins, all or nothing for what is required, idle when done."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from pathlib import Path

import pytest

INSTALLER = Path(__file__).parents[2] / "installer"
PINS = """
node = "none==1"
node_sha256 = []
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
    fonts.mkdir()
    for name, value in {
        "FONTS": fonts, "PINS": fonts / "pins.toml", "RECORD": fonts / "daily" / "built.json",
        "SCRATCH": tmp_path / "scratch",
    }.items():  # fmt: skip
        monkeypatch.setattr(module, name, value)
    module.PINS.write_text(PINS.format(needed=sha256(b"needed"), spare=sha256(b"spare")))
    module.packages = {"Needed.ttf": b"needed", "Spare.ttf": b"spare"}

    def getter_of(pin):
        def get(pins, work, _node):
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


def test_the_real_pins_name_one_source_and_a_hash_for_each_font(setup):
    import tomllib

    pins = tomllib.loads((INSTALLER.parent / "resources/fonts/pins.toml").read_text("utf-8"))

    for font in pins["font"]:
        assert len({"npm", "wheel", "debian"} & set(font)) == 1
        assert all(len(known) == 64 for known in font["sha256"])
    assert {font["file"] for font in pins["font"] if font["required"]} == {
        "NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.ttf",
        "NotoSerifSC-Bold.ttf",
    }  # fmt: skip
