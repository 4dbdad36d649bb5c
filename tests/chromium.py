"""Debian's Chromium, driven by Playwright, with a profile of its own each time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""No sandbox: the tests may run as root; it speaks to loopback only."""


PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OURS = Path(__file__).parents[1] / ".setup" / "browsers"
"""Where set-up puts Playwright's own, on systems without a package."""


def find_chromium() -> str:
    """The program. Raises LookupError when Chromium is not installed."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    own = next(OURS.glob("*/*/*headless*shell"), None)
    if found is None and own is None:
        raise LookupError("Chromium is not installed: apt-get install chromium")
    return found or str(own)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A browser; while it runs no other event loop may in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def press_alt(page: Page, letter: str) -> None:
    """Alt and a letter, as a keyboard sends it; Playwright's own press leaves out the letter."""
    key = {
        "type": "keyDown", "modifiers": 1, "key": letter, "code": f"Key{letter.upper()}",
        "text": letter, "unmodifiedText": letter,
        "windowsVirtualKeyCode": ord(letter.upper()),
    }  # fmt: skip
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", key)
