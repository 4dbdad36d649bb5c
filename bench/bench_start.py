"""Process start → first painted unlock page, beside a bare PySide6 window (bar: ≤ 1.6 ×)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import in_turn, show

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE = "青石坳 测试 口令 够长"


def first_paint(which: str, home: str) -> float:
    """Seconds from the start of the process to the end of its first paint."""
    environment = os.environ | {"XIELI_HOME": home, "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its .pyc files
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "first_paint.py"), which],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    sys.stderr.write(done.stderr)
    return float(done.stdout.split()[0]) - start


def main() -> None:
    """Make a vault so that the unlock page shows, then measure both sides in turn."""
    sys.path.insert(0, str(ROOT))
    from app.bootstrap.machine import SystemClock
    from app.services.vaults import CreateVault, Vaults

    with tempfile.TemporaryDirectory() as home:
        vaults = Vaults(SystemClock())
        vault, _ = vaults.create(
            CreateVault(
                directory=Path(home) / "vault",
                passphrase=PASSPHRASE,
                officer="练习员",
                village="练习村",
            )
        )
        vault.close()
        figures = in_turn(
            {
                "unlock page painted": lambda: first_paint("app", home),
                "bare window painted": lambda: first_paint("bare", home),
            }
        )
    show("start (bar: ≤ 1.6 × the bare window)", figures)


if __name__ == "__main__":
    main()
