"""The product's own source, parsed once for the tests of its habits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@lru_cache(maxsize=1)
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """(path from the root, tree) of every module that ships."""
    files = sorted(p for top in ("app", "county_server") for p in (ROOT / top).rglob("*.py"))
    return tuple(
        (str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in files
    )


def nodes(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """("path:line", node) of every node of `kind`."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield f"{path}:{getattr(node, 'lineno', 0)}", node
