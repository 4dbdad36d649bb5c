"""Pictures of every page, taken in a process of their own from a vault that is then closed again.

A process of its own because Qt wants the main thread and its platform chosen before it starts, and
the verb that asks may be anywhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.domain.problem import Unavailable

PROGRAM: Final = Path(__file__).resolve().parents[2]
MOST_SECONDS: Final = 600


def take_screenshots(
    vault: Path, passphrase: str, folder: Path, shown: Mapping[str, str]
) -> list[Path]:
    """Every page of `vault` as PNG files in `folder`.

    `shown` has the ids of the "household", the "relief" and the "visit" that pages about one of
    them show. Raises Unavailable P-40.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(  # noqa: S603  # our own program
        [
            sys.executable,
            "-m",
            "app.bootstrap.pictures",
            str(vault.resolve()),
            str(folder.resolve()),
            json.dumps(dict(shown)),
        ],
        input=passphrase,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        cwd=PROGRAM,
        timeout=MOST_SECONDS,
    )
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise Unavailable("没能拍下每一页的画面。", do="请再试一次。", code="P-40")
    return sorted(folder.glob("*.png"))
