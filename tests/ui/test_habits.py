"""Habits of the window's code, each checked over every file of app/ui."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import RESOURCES

UI = Path(__file__).resolve().parents[2] / "app" / "ui"
FILES = sorted(UI.rglob("*.py"))


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a method `name` in app/ui, with its place."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr == name:
                yield f"{file.relative_to(UI)}:{node.lineno}", node


def test_there_is_no_message_box():
    """A box in the way is clicked away unread."""
    assert [file.name for file in FILES if "QMessageBox" in file.read_text("utf-8")] == []


def test_threads_are_started_in_one_place():
    words = ("ThreadPoolExecutor", "QThreadPool", "threading.Thread(", "QThread(")
    assert [
        str(file.relative_to(UI))
        for file in FILES
        if any(word in file.read_text("utf-8") for word in words)
    ] == ["tasks.py"]


def test_colours_are_spelled_in_the_tokens_only():
    spelled = [
        str(file.relative_to(UI))
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and any(
            part.startswith("#") and len(part) == 7 and part[1:].isalnum()
            for part in node.value.replace(";", " ").split()
        )
    ]
    assert set(spelled) <= {"theme/tokens.py"}


def test_a_window_does_not_watch_every_event_of_the_program():
    """A filter on the application runs Python for every event there is."""
    assert [
        at
        for at, call in calls("installEventFilter")
        if "app" in ast.unparse(call.func.value).lower().split(".")
    ] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(UI)))
def test_every_icon_named_is_there(file: Path):
    tree = ast.parse(file.read_text("utf-8"))
    named = {
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "icon" and isinstance(keyword.value, ast.Constant) and keyword.value.value
    }

    assert [name for name in named if not (RESOURCES / "icons" / f"{name}.svg").is_file()] == []
