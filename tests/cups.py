"""A print system of the test's own: the system's cupsd, a temporary folder, a private socket.

Its one queue is a PDF printer of cups-filters that writes what a printer would get into a file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

QUEUE = "cunbu"
_PPD = Path("/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")
_SETTINGS = """\
Listen {home}/socket
Browsing No
DefaultAuthType None
PreserveJobFiles No
DirtyCleanInterval 0
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_PLACES = """\
ServerRoot {home}
RequestRoot {home}/spool
CacheDir {home}/cache
StateDir {home}/state
ErrorLog {home}/error_log
AccessLog {home}/access_log
PageLog {home}/page_log
FileDevice Yes
Sandboxing Relaxed
SystemGroup root
"""


@dataclass(frozen=True, slots=True)
class PrintSystem:
    """A running cupsd. `out` is what its printer last got; `places` leads a child process to it."""

    home: Path

    @property
    def out(self) -> Path:
        return self.home / "out.pdf"

    @property
    def places(self) -> dict[str, str]:
        return {**os.environ, "CUPS_SERVER": str(self.home / "socket")}

    def ask(self, *command: str) -> str:
        """What one of the system's own programs says."""
        done = subprocess.run(
            command, env=self.places, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout

    def wait_for_paper(self) -> bytes:
        """The last paper, once no job is left in the queue."""
        _until(lambda: not self.ask("lpstat", "-o"))
        return self.out.read_bytes()

    def last_job(self) -> bytes:
        """What was asked of the print system with the last paper, as it keeps it."""
        jobs = self.ask("lpstat", "-W", "completed", "-o").split()
        last = max(int(each.rpartition("-")[2]) for each in jobs if each.startswith(f"{QUEUE}-"))
        kept = self.home / "spool" / f"c{last:05}"
        _until(kept.exists)
        return kept.read_bytes()


def _until(happened: Callable[[], bool]) -> None:
    """Look again every twentieth of a second, for a minute. Raises TimeoutError."""
    for _ in range(1_200):
        if happened():
            return
        threading.Event().wait(0.05)
    raise TimeoutError("the print system did not get that far")


@contextmanager
def running_cups() -> Iterator[PrintSystem]:
    """A print system with one PDF printer, its default, which shrinks pages into its margins
    unless it is told not to. Raises LookupError without cupsd."""
    cupsd = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin")
    if cupsd is None or not _PPD.is_file():
        raise LookupError(
            "CUPS is not installed: apt-get install cups-daemon cups-client cups-filters"
        )
    home = Path(tempfile.mkdtemp(prefix="xieli-cups-"))
    home.chmod(0o755)
    for name in ("spool", "cache", "state", "ppd", "ssl"):
        (home / name).mkdir(mode=0o755)
    (home / "cupsd.conf").write_text(_SETTINGS.format(home=home), encoding="utf-8")
    (home / "cups-files.conf").write_text(_PLACES.format(home=home), encoding="utf-8")
    server = subprocess.Popen(
        [cupsd, "-f", "-c", home / "cupsd.conf", "-s", home / "cups-files.conf"]
    )
    system = PrintSystem(home)
    lpadmin = shutil.which("lpadmin", path=f"{os.environ['PATH']}:/usr/sbin") or "lpadmin"
    try:
        _until((home / "socket").exists)
        system.ask(lpadmin, "-p", QUEUE, "-E", "-v", f"file:{system.out}", "-P", str(_PPD))
        system.ask(lpadmin, "-p", QUEUE, "-o", "print-scaling-default=fit")
        system.ask(lpadmin, "-d", QUEUE)
        yield system
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(home, ignore_errors=True)
