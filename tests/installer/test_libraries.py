"""What the window's own libraries ask of the system is there once set-up has been through."""

from __future__ import annotations

import subprocess
from pathlib import Path

import PySide6
import pytest

PLATFORMS = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"


@pytest.mark.parametrize("plugin", ["libqxcb.so", "libqwayland-generic.so", "libqwayland-egl.so"])
def test_a_plugin_finds_everything_it_names(plugin):
    said = subprocess.run(["ldd", PLATFORMS / plugin], check=True, capture_output=True, text=True)

    assert "not found" not in said.stdout
