"""Puts the pinned fonts into resources/fonts, once; a second run only looks and returns.

    .venv/bin/python installer/fonts.py [--again]

Required fonts must be had and must match their pinned SHA-256, or this ends with one sentence and
exit status 2, leaving everything as it was. An optional font that cannot be had is left out with
one sentence; `--again` tries it anew. docs/fonts.md tells why each font is here.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from font_sources import NotToBeHad, Pin, getter_of

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "resources" / "fonts"
PINS = FONTS / "pins.toml"
RECORD = FONTS / "daily" / "built.json"
BUILDER = Path(__file__).with_name("font_build.py")
SCRATCH = ROOT / ".setup"
DAILY = ("NotoSansSC", "NotoSerifSC", "LXGWWenKai")
"""Families that also get a daily subset; the others are only for rare characters."""
LICENCES = {
    "NotoSansSC": "NotoSansSC-OFL.txt",
    "NotoSerifSC": "NotoSerifSC-OFL.txt",
    "LXGWWenKai": "LXGWWenKai-copyright.txt",
    "HanaMin": "Hanazono-copyright.txt",
}
"""Family → the text it may be handed on with, in resources/fonts/licences; none goes without."""


@dataclass(frozen=True)
class Missed:
    """A font that could not be had, and why."""

    pin: Pin
    why: str


def main(arguments: list[str]) -> int:
    """Set the fonts up where they are not. Returns the exit status."""
    recipe = digest(PINS) + digest(BUILDER)
    if "--again" not in arguments and is_current(recipe):
        return 0
    print("正在准备字体，约一分钟…… (preparing fonts, about a minute)", flush=True)
    SCRATCH.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SCRATCH, prefix="fonts-") as work:
        built = Path(work) / "built"
        (built / "daily").mkdir(parents=True)
        missed = gather(Path(work), built)
        report(missed)
        if any(miss.pin.required for miss in missed):
            return 2
        put_in_place(built, recipe)
    return 0


def is_current(recipe: str) -> bool:
    """Whether the fonts in place are what `recipe` makes. Looks at sizes; hashes when in doubt."""
    try:
        record = json.loads(RECORD.read_bytes())
    except (OSError, ValueError):
        return False
    return bool(record["recipe"] == recipe) and all(
        is_unchanged(FONTS / name, *facts) for name, facts in record["files"].items()
    )


def is_unchanged(path: Path, size: int, changed_ns: int, sha256: str) -> bool:
    """Whether the file is the one recorded; a copied tree has other times but the same bytes."""
    try:
        facts = path.stat()
    except OSError:
        return False
    if facts.st_size != size:
        return False
    return facts.st_mtime_ns == changed_ns or digest(path) == sha256


def gather(work: Path, built: Path) -> list[Missed]:
    """Fetch, check and build every pinned font into `built`, packages side by side."""
    listed = tomllib.loads(PINS.read_text(encoding="utf-8"))
    packages: dict[str, list[Pin]] = {}
    for font in listed["font"]:
        pin = Pin(**{**font, "sha256": tuple(font["sha256"])})
        packages.setdefault(pin.package, []).append(pin)
    with ThreadPoolExecutor(len(packages)) as pool:
        parts = pool.map(lambda pins: obtain(pins, work, built), packages.values())
        return [miss for part in parts for miss in part]


def obtain(pins: list[Pin], work: Path, built: Path) -> Iterable[Missed]:
    """Make the files of one package. Returns those that could not be had."""
    try:
        sources = getter_of(pins[0])(pins, work)
    except NotToBeHad as error:
        return [Missed(pin, str(error)) for pin in pins]
    missed = []
    for pin in pins:
        try:
            build(pin, sources[pin], built)
        except NotToBeHad as error:
            missed.append(Missed(pin, str(error)))
    return missed


def build(pin: Pin, source: Path, built: Path) -> None:
    """Check `source` against its pin and make the font and its subset of it."""
    if not has_licence(pin.file):
        raise NotToBeHad("许可全文不在 resources/fonts/licences 里")
    if not source.is_file():
        raise NotToBeHad("安装包里没有这个文件")
    if digest(source) not in pin.sha256:
        raise NotToBeHad("文件的 SHA-256 与登记的不同")
    target = built / pin.file
    if pin.weight:
        make("instance", source, str(pin.weight), target)
    else:
        shutil.copyfile(source, target)
    if pin.file.startswith(DAILY):
        make("subset", target, built / "daily" / pin.file)


def has_licence(file: str) -> bool:
    """Whether the text of its licence lies with the fonts: without it none may be handed on."""
    return any(
        (FONTS / "licences" / text).is_file()
        for family, text in LICENCES.items()
        if file.startswith(family)
    )


def make(*step: str | Path) -> None:
    """Run one step of font_build.py in a process of its own, so that steps use both cores."""
    done = subprocess.run([sys.executable, BUILDER, *step], capture_output=True, check=False)
    if done.returncode != 0:
        raise NotToBeHad(
            f"字体处理没有成功（{done.stderr.decode(errors='replace')[-160:].strip()}）"
        )


def put_in_place(built: Path, recipe: str) -> None:
    """Move every file over the old one; the record goes last, so a cut leaves a set-up undone."""
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.unlink(missing_ok=True)
    files = {}
    for path in sorted(built.rglob("*.ttf")):
        name = path.relative_to(built).as_posix()
        os.replace(path, FONTS / name)
        facts = (FONTS / name).stat()
        files[name] = [facts.st_size, facts.st_mtime_ns, digest(FONTS / name)]
    draft = built / RECORD.name
    draft.write_text(json.dumps({"recipe": recipe, "files": files}, indent=1), encoding="utf-8")
    os.replace(draft, RECORD)


def report(missed: list[Missed]) -> None:
    """Say in one sentence a kind, in both languages, what is missing and what that means."""
    for required in (True, False):
        those = [miss for miss in missed if miss.pin.required is required]
        if not those:
            continue
        names = "、".join(miss.pin.file for miss in those)
        why = "；".join(dict.fromkeys(miss.why for miss in those))
        text = (
            f"必需的字体 {names} 没有装上（{why}），请接通网络后再运行一次。 "
            "These required fonts could not be set up; go online and run this again."
            if required
            else f"备用字体 {names} 没有装上（{why}），其他字体照常使用。 "
            "These optional fonts were left out; everything else works without them."
        )
        print(text, file=sys.stderr)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
