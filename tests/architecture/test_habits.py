"""Habits of the house, executed: each test prints the lines that break it."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, modules, nodes

BROAD_CATCHES = {"app/ui/tasks.py"}
"""Where any exception is caught, to be delivered to the one who asked."""

FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|common|helpers?|misc|manager|controller)(_|\.|$)")


def _calls(name: str) -> list[tuple[str, ast.Call]]:
    return [
        (at, node)
        for at, node in nodes(ast.Call)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    ]


def test_no_lambda_is_connected_to_a_signal():
    """A lambda outlives the widget it closes over, then touches a dead object."""
    found = [
        at for at, call in _calls("connect") if any(isinstance(a, ast.Lambda) for a in call.args)
    ]

    assert found == []


def test_no_dialog_spins_its_own_event_loop():
    found = [at for at, _ in _calls("exec") if not at.startswith("app/ui/application.py")]

    assert found == []


def test_any_exception_is_caught_only_where_the_house_says():
    found = [
        at
        for at, node in nodes(ast.ExceptHandler)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
        and not _passes_on(node)
        and at.split(":")[0] not in BROAD_CATCHES
    ]

    assert found == []


def _passes_on(handler: ast.ExceptHandler) -> bool:
    """Tidying up and raising again hides nothing."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_no_exception_is_swallowed():
    found = [
        at
        for at, node in nodes(ast.ExceptHandler)
        if isinstance(node, ast.ExceptHandler)
        and all(isinstance(line, ast.Pass) for line in node.body)
    ]

    assert found == []


def test_every_module_class_and_public_function_says_what_it_is():
    missing = []
    for path, tree in modules():
        if path.endswith("__init__.py") and not tree.body:
            continue
        if ast.get_docstring(tree) is None:
            missing.append(path)
        missing.extend(
            f"{path}:{node.lineno} {node.name}"
            for node in _defined(tree)
            if (isinstance(node, ast.ClassDef) or not node.name.startswith("_"))
            and ast.get_docstring(node) is None
            and not _is_framework_word(node.name)
        )

    assert missing == []


def _defined(scope: ast.AST) -> list[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Classes, functions and methods; not the small functions inside a function."""
    found = []
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.ClassDef):
            found += [node, *_defined(node)]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append(node)
    return found


def _is_framework_word(name: str) -> bool:
    """Qt's own camelCase overrides are documented by Qt."""
    return name != name.lower() and name[:1].islower()


def test_no_module_is_named_after_nothing():
    found = [path for path, _ in modules() if FORBIDDEN_NAMES.search(path.removesuffix(".py"))]

    assert found == []


def test_packages_start_empty():
    """`app/__init__` carries the version and `app/rules` the contract name `assess` (ADR 1)."""
    allowed = {"app/__init__.py", "app/rules/__init__.py"}
    found = [
        path
        for path, tree in modules()
        if path.endswith("__init__.py") and tree.body and path not in allowed
    ]

    assert found == []


def test_sql_is_never_built_from_text():
    found = [
        at
        for name in ("text", "exec_driver_sql")
        for at, call in [*_calls(name), *_plain_calls(name)]
        if call.args and _is_built(call.args[0])
    ]

    assert found == []


def _is_built(argument: ast.expr) -> bool:
    """Whether a statement is put together; whole numbers written with `:d` can do no harm."""
    if isinstance(argument, ast.JoinedStr):
        parts = [part for part in argument.values if isinstance(part, ast.FormattedValue)]
        return not all(
            part.format_spec is not None and ast.unparse(part.format_spec) == "f'd'"
            for part in parts
        )
    return isinstance(argument, ast.BinOp)


def _plain_calls(name: str) -> list[tuple[str, ast.Call]]:
    return [
        (at, node)
        for at, node in nodes(ast.Call)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def test_files_are_written_through_one_door():
    """`atomic_write` is the only way a vault file comes to be; exports ask for a place first."""
    writers = re.compile(r"""open\([^)]*["'][wax]b?["']|\.write_(text|bytes)\(""")
    allowed = ("app/store/atomic.py", "app/practice/", "app/cli/", "county_server/")
    found = [
        f"{path}:{number}"
        for path, _ in modules()
        if not path.startswith(allowed)
        for number, line in enumerate(
            (ROOT / path).read_text(encoding="utf-8").splitlines(), start=1
        )
        if writers.search(line)
    ]

    assert found == []
