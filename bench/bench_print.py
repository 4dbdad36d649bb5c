"""Two-page forms as PDF, beside the floor and beside Typst, WeasyPrint and LibreOffice.

The form is F16 (two pages, tables) of every household of a practice village. Bars: a batch no
slower than Typst in the same run; ≤ 12 KB a form in one PDF; memory flat; the first form of a
process ≤ 0.6 s. The floor is the static part drawn once as a form XObject with the filled-in texts
shown on it at known places: no layout at all.

A peer that is not on the machine is named and left out: nothing here stands in for it.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from figures import in_turn, seconds, show  # noqa: E402
from print_peers import HTML_HEAD, TYPST_HEAD, html_of, typst_of  # noqa: E402

from app.documents.batch import Batch  # noqa: E402
from app.documents.fonts import Style  # noqa: E402
from app.documents.forms import f16  # noqa: E402
from app.documents.ink import MM, Ink  # noqa: E402
from app.documents.paper import A4, Order, Paper  # noqa: E402
from app.documents.stamp import Stamp  # noqa: E402
from app.domain.clock import china_date  # noqa: E402

FORMS = 200
FEW = 10
MORE = 4
FLAT = 5
"""KB that a form may leave behind in memory: its places in the file and in the outline."""
FONTS = ROOT / "resources" / "fonts"
AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
# the peak is read from the kernel: what getrusage tells begins with that of the parent
ALONE = """
import re, sys, time
sys.path[:0] = [{root!r}, {bench!r}]
import bench_print
forms = bench_print.papers({count}) * {times}
wanted = time.perf_counter()
bench_print.ours(forms)
took = time.perf_counter() - wanted
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(took, int(peak[1]) / 1024)
"""


def papers(count: int) -> list[Paper]:
    """F16 of the first households of a practice village."""
    from app.practice.village import practice_village

    village = practice_village(2026, max(count, 300))
    return [
        f16.paper(
            f16.content_of(household, unit=village.name, on=china_date(AT)),
            f"459901-07-2026-{number:06}",
        )
        for number, household in enumerate(village.households[:count], 1)
    ]


def ours(forms: list[Paper]) -> int:
    """One PDF of them all, one copy each, as a batch is written: its size in bytes."""
    with tempfile.TemporaryFile() as out:
        batch = Batch(out, forms[0].title)
        for number, paper in enumerate(forms, 1):
            batch.place(Order(paper, _stamp(number), f"ABCDEFG{number:05}"))
        batch.close()
        return out.tell()


def floor(texts: list[list[str]], still: Paper) -> bytes:
    """What does not change once, and what does at places known beforehand, on two pages each."""
    ink = Ink(*A4, title=still.title)
    ink.beginForm("still")
    for line in range(60):
        ink.show(12 * MM, 20 * MM + line * 4 * MM, Style.SONG, 10.5, "户主姓名　家庭住址　人口")
        ink.box(10 * MM, 16 * MM + line * 4 * MM, 190 * MM, 4 * MM)
    ink.endForm()
    for filled in texts:
        for page in range(2):
            ink.doForm("still")
            for place, text in enumerate(filled[page::2]):
                ink.show(60 * MM, 20 * MM + place * 4 * MM, Style.KAI, 10.5, text)
            ink.showPage()
    return ink.finish()


def main() -> int:
    """Print every side; 1 where a bar is missed."""
    forms = papers(FORMS)
    texts = [_filled(number) for number in range(FORMS)]
    sides: dict[str, Callable[[], object]] = {"ours (layout, code, footer)": lambda: ours(forms)}
    with tempfile.TemporaryDirectory() as folder:
        sides |= _typst(forms, Path(folder))
        sides["floor (form XObject, no layout)"] = lambda: floor(texts, forms[0])
        figures = in_turn({name: _once(side) for name, side in sides.items()}, runs=5)
        slow = {"ours": lambda: ours(forms[:FEW])} | _slow(forms[:FEW], Path(folder))
        beside = in_turn({name: _once(side) for name, side in slow.items()}, runs=5)
    show(f"{FORMS} forms of two pages as one PDF", figures, unit="ms a form", scale=1000 / FORMS)
    show(f"{FEW} forms as one PDF, beside the slow", beside, unit="ms a form", scale=1000 / FEW)
    kilobytes = ours(forms) / FORMS / 1024
    first = statistics.median(_alone(1)[0] for _ in range(5))
    before, after = (_alone(FORMS, times)[1] for times in (1, MORE))
    print(f"  one PDF: {kilobytes:.1f} KB a form (bar: ≤ 12)")
    print(f"  first form of a process: {first:.3f} s (bar: ≤ 0.6)")
    grown = (after - before) * 1024 / ((MORE - 1) * FORMS)
    print(
        f"  peak memory after {FORMS}: {before:.0f} MB, after {MORE * FORMS}: {after:.0f} MB,"
        f" {grown:.1f} KB a form (bar: ≤ {FLAT})"
    )
    typst = figures.get("Typst")
    mine = statistics.median(figures["ours (layout, code, footer)"])
    kept = kilobytes <= 12 and first <= 0.6 and grown <= FLAT
    if typst is not None:
        kept = kept and mine <= statistics.median(typst)
        print(f"  beside Typst: × {mine / statistics.median(typst):.2f} (bar: ≤ 1)")
    return 0 if kept else 1


def _typst(forms: list[Paper], folder: Path) -> dict[str, Callable[[], object]]:
    """The peer of the bar, where this machine has it."""
    found: dict[str, Callable[[], object]] = {}
    if find_spec("typst") is None:
        print("Typst is not here: pip install typst==0.15.2")
    else:
        import typst

        source = folder / "forms.typ"
        source.write_text(TYPST_HEAD + "\n".join(map(typst_of, forms)), encoding="utf-8")
        # a new compiler each time: one that is kept remembers the pages it has just laid out
        found["Typst"] = lambda: typst.Compiler(
            str(source), font_paths=[str(FONTS)], ignore_system_fonts=True
        ).compile()
    return found


def _slow(forms: list[Paper], folder: Path) -> dict[str, Callable[[], object]]:
    """Those of the other programs that this machine has; some hundred forms would take minutes."""
    found: dict[str, Callable[[], object]] = {}
    page = HTML_HEAD + "".join(map(html_of, forms))
    if find_spec("weasyprint") is None:
        print("WeasyPrint is not here: pip install weasyprint==70.0, and Pango")
    else:
        import weasyprint

        found["WeasyPrint"] = lambda: weasyprint.HTML(string=page).write_pdf()
    office = shutil.which("soffice")
    if office is None:
        print("LibreOffice is not here: apt-get install libreoffice-writer-nogui")
    else:
        letter = folder / "forms.html"
        letter.write_text(page, encoding="utf-8")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        found["LibreOffice"] = lambda: subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, letter],
            check=True,
            capture_output=True,
        )
    return found


def _once(side: Callable[[], object]) -> Callable[[], float]:
    return lambda: seconds(side)


def _alone(count: int, times: int = 1) -> tuple[float, float]:
    """A process that prints `count` forms `times` over: seconds from wanting them, and peak MB."""
    program = ALONE.format(root=str(ROOT), bench=str(ROOT / "bench"), count=count, times=times)
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    took, peak = done.stdout.split()[-2:]
    return float(took), float(peak)


def _stamp(number: int) -> Stamp:
    return Stamp(
        document_no=f"459901-07-2026-{number:06}",
        pack="练习县 2026.1 版",
        handler="练习员",
        printed_at=AT,
        holders=("乡镇存",),
    )


def _filled(number: int) -> list[str]:
    """As many filled-in texts as the form has, of its lengths."""
    return [f"练习村三组{number}号家里第{place}项写着的话" for place in range(40)]


if __name__ == "__main__":
    sys.exit(main())
