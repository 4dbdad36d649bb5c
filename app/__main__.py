"""Starts the program: the window, or one verb; nothing else."""

from __future__ import annotations

import gc
import sys

gc.disable()  # collecting while everything is imported only costs; the window collects by itself

LOCKED = "--locked"
"""The program replaced itself to lock: show the unlock page and where she was."""

RESTORE = "--restore"
"""After `--locked`: and begin with putting the newest backup back."""

ROSTER_CHILD = "roster-child"
"""A packaged program has no other executable to read a stranger's workbook in (ADR 9)."""


def main() -> int:
    """Open the window, or run the verb named on the command line."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] != LOCKED:
        gc.enable()  # a verb may stream for minutes
    if arguments[:1] == [ROSTER_CHILD]:
        from app.services import roster_child

        return roster_child.main(arguments[1:])
    if arguments and arguments[0] != LOCKED:
        from app.bootstrap.verbs import run_verb

        return run_verb(arguments)
    from app.bootstrap.window import run_window

    return run_window(locked=LOCKED in arguments, restore=RESTORE in arguments)


if __name__ == "__main__":
    sys.exit(main())
