"""Where things are: nothing but ids ever stands in an address."""

from __future__ import annotations

from typing import Final

ROOT: Final = "/console"
LOGIN: Final = f"{ROOT}/login"
QUEUE: Final = f"{ROOT}/queue"
PASSWORD: Final = f"{ROOT}/password"
