"""协理 — the village assistance coordinator's desktop program."""

__version__ = "0.1.0"
