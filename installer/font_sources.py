"""Where the font files come from: an installed wheel, an npm package, a Debian package.

Each through its ordinary client. Nothing here trusts what it gets: `fonts.py` compares every file
with the pinned SHA-256 before it is used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

PATIENCE_SECONDS = 300
REGISTRY = "https://registry.npmjs.org"


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


class NotToBeHad(Exception):
    """A source did not answer; the text says why, in one clause."""


def from_wheel(pins: list[Pin], _work: Path) -> dict[Pin, Path]:
    """The files of an installed wheel."""
    site = Path(sysconfig.get_paths()["purelib"])
    return {pin: site / pin.wheel for pin in pins}


def from_npm(pins: list[Pin], work: Path) -> dict[Pin, Path]:
    """The files of an npm package: its archive from the registry, no Node needed; through npm where
    the registry is reached by npm's own settings only."""
    scratch = work / "npm"
    scratch.mkdir()
    archive = scratch / "package.tgz"
    try:
        _fetch(archive_of(pins[0].npm), archive)
    except NotToBeHad:
        if not shutil.which("npm"):
            raise
        archive = _packed(pins[0].npm, work, scratch)
    try:
        _unpack(pins, archive, scratch)
    except (tarfile.TarError, EOFError, KeyError) as error:
        raise NotToBeHad("安装包不完整") from error
    return {pin: scratch / pin.file for pin in pins}


def from_debian(pins: list[Pin], work: Path) -> dict[Pin, Path]:
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


Getter = Callable[[list[Pin], Path], dict[Pin, Path]]


def getter_of(pin: Pin) -> Getter:
    """The function that gets `pin`."""
    return from_wheel if pin.wheel else from_npm if pin.npm else from_debian


def _download(package: str, scratch: Path) -> None:
    """Fetch one .deb into `scratch`."""
    _run(["apt-get", "-qq", "-o", "APT::Sandbox::User=", "download", package], cwd=scratch)


def archive_of(package: str) -> str:
    """The address of `@scope/name@version` in the registry, or in the one npm is told to use.

    Raises NotToBeHad where that is not reached under TLS.
    """
    registry = os.environ.get("NPM_CONFIG_REGISTRY", REGISTRY).rstrip("/")
    if not registry.startswith("https://"):
        raise NotToBeHad("npm 的地址不是 https")
    name, _, version = package.rpartition("@")
    return f"{registry}/{name}/-/{name.rpartition('/')[2]}-{version}.tgz"


def _fetch(address: str, target: Path) -> None:
    """Download one file. Raises NotToBeHad."""
    try:
        with urlopen(address, timeout=PATIENCE_SECONDS) as answer, target.open("wb") as file:  # noqa: S310  # https, see `archive_of`
            shutil.copyfileobj(answer, file)
    except (OSError, HTTPException) as error:
        raise NotToBeHad("没有连上存字体的地方") from error


def _unpack(pins: list[Pin], archive: Path, scratch: Path) -> None:
    """Raises tarfile.TarError, EOFError or KeyError for an archive that is not whole."""
    with tarfile.open(archive) as package:
        for pin in pins:
            member = package.extractfile(pin.member)
            if member is None:
                raise KeyError(pin.member)
            with (scratch / pin.file).open("wb") as target:
                shutil.copyfileobj(member, target)


def _packed(package: str, work: Path, scratch: Path) -> Path:
    """The archive of an npm package, by npm. Raises NotToBeHad."""
    quiet = {"npm_config_cache": str(work / "npm-cache"), "npm_config_update_notifier": "false"}
    _run(["npm", "pack", package, "--silent", "--pack-destination", str(scratch)], env=quiet)
    for archive in scratch.glob("*-*.tgz"):
        return archive
    raise NotToBeHad("npm 没有给出安装包")


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
