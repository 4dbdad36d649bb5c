"""`demo`: what would stop it at the end is said at the start, and done is said when it is done."""

from __future__ import annotations

import io

import pytest

from app.cli import demo
from app.cli.main import EXIT_REFUSED, run
from app.documents import fonts
from app.domain.problem import Problem
from app.practice.county import PracticeCounty
from app.practice.day_folder import MARKER, clear
from tests.fakes import StoppedClock


class Terminal(io.StringIO):
    """A terminal's error stream."""

    def isatty(self) -> bool:
        return True


def test_missing_fonts_are_said_before_anything_is_done(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fonts, "font_file", lambda _: None)

    status = run(
        ["demo", str(tmp_path / "out")], clock=StoppedClock(), screenshots=lambda *_all: []
    )

    said = capsys.readouterr()
    assert status == EXIT_REFUSED
    assert said.out == ""
    assert "P-10" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["day.txt", MARKER])
def test_a_folder_with_anything_of_anybodys_is_left_alone(tmp_path, name):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_text("我的日记", encoding="utf-8")

    with pytest.raises(Problem) as caught:
        clear(folder)

    assert caught.value.code == "E-10"
    assert (folder / name).read_text(encoding="utf-8") == "我的日记"


def test_an_old_day_makes_room_for_the_next(tmp_path):
    clear(tmp_path / "out")
    (tmp_path / "out" / "old").write_bytes(b"x")

    clear(tmp_path / "out")

    assert [path.name for path in (tmp_path / "out").iterdir()] == [MARKER]


def test_done_is_said_after_the_last_step():
    err = Terminal()
    seen: list[str] = []

    demo.go_through(
        [
            ("走访", lambda: seen.append(err.getvalue())),
            ("拍画面", lambda: seen.append(err.getvalue())),
        ],
        err,
    )

    assert "0/2 走访" in seen[0]
    assert "1/2 拍画面" in seen[1]
    assert not any("做完了" in each for each in seen)
    assert "2/2 做完了" in err.getvalue()


def test_what_the_county_could_not_do_is_a_sentence(tmp_path):
    county = PracticeCounty(tmp_path / "county")
    county.found()

    with pytest.raises(Problem) as caught:
        county.ask("take-usb", str(tmp_path / "nowhere"))

    assert caught.value.code == "S-31"
    assert "县里说：这里没有" in caught.value.what
    assert "['" not in caught.value.what
    assert caught.value.what.endswith("。")


def test_what_the_county_says_in_no_chinese_is_not_shown_to_anybody(tmp_path):
    county = PracticeCounty(tmp_path / "county")

    with pytest.raises(Problem) as caught:
        county.ask("no-such-verb")

    assert caught.value.what == "练习县没有办成，县里说：没有说明。"
