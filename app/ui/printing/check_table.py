"""The words of 核对一张纸. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.domain.clock import CHINA
from app.services.paper_checks import PaperAnswer
from app.services.paper_findings import PaperFound
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row

HEADS: Final = [Column("哪张表", stretch=True), Column("谁家的"), Column("怎么样", stretch=True)]
_ICONS: Final = {Tone.OK: "circle-check", Tone.BAD: "circle-x", Tone.WARN: "alert-triangle"}


class Verdict(NamedTuple):
    """One sentence, how bad it is, and the icon that says so, too."""

    text: str
    tone: Tone
    icon: str


def verdict_of_code(found: PaperFound) -> Verdict:
    """A code speaks for the record; what stands on the paper somebody has to look at."""
    if found.check.answer is PaperAnswer.AGREES:
        text = "有这张表，记录到现在没有改过。请拿纸和旁边这张对着看，一字不差才算对得上。"
        return _verdict(text, Tone.OK)
    return _verdict(f"有这张表，{found.check.answer.label}。", Tone.WARN)


def verdict_of_file(found: Sequence[PaperFound]) -> Verdict:
    """Of all papers of a file: whether every one agrees, or how many do not."""
    if not found:
        return _verdict("这个文件里一张表也没有，都是空白页。", Tone.WARN)
    differ = sum(_tone(one) is Tone.BAD for one in found)
    other = sum(_tone(one) is Tone.WARN for one in found)
    if differ:
        return _verdict(
            f"{len(found)} 张里有 {differ} 张对不上，不要当真，请问给你文件的人。", Tone.BAD
        )
    if other:
        return _verdict(f"{len(found)} 张里有 {other} 张对不了，为什么写在下面。", Tone.WARN)
    return _verdict(f"{len(found)} 张都对得上：文件和记录一致。", Tone.OK)


def rows_of(found: Sequence[PaperFound]) -> list[Row]:
    """A line for each paper, in the order of the file."""
    return [
        Row(number, (Cell(_form(one)), Cell(one.whose or _nobody(one)), _answer(one)))
        for number, one in enumerate(found)
    ]


def told(found: PaperFound) -> str:
    """Whose it is, who printed it when, how many: one sentence."""
    printed = found.check.printed
    if printed is None:
        return "这一页没有这台电脑认得的校验码：不是这里打的，或者校验码被改过、盖住了。"
    at = printed.printed_at.astimezone(CHINA)
    whose = f"{found.whose or '全村'}的{found.check.title.replace('　', '')}"
    number = f"（户主身份证 {found.number}）" if found.number else ""
    by = f"由{found.by}" if found.by else ""
    answer = found.check.answer.label
    again = f"，第 {printed.reprint_no} 次补打" if printed.reprint_no else ""
    paper = f"编号 {printed.document_no}，" if printed.document_no else ""
    return (
        f"{whose}{number}，{paper}{at.year}年{at.month}月{at.day}日"
        f"{at.hour}:{at.minute:02d} {by}打印，{printed.copies} 份{again}：{answer}。"
    )


def apart(found: PaperFound) -> str:
    """Line by line what the paper says and what the record says instead."""
    return "\n".join(
        f"纸上：{theirs or '（没有）'}\n记录：{ours or '（没有）'}"
        for theirs, ours in found.check.differing
    )


def _form(found: PaperFound) -> str:
    pages = found.check.pages
    title = found.check.title.replace("　", "") or "认不出来"
    if not pages:
        return title
    span = f"{pages.start + 1}" if len(pages) == 1 else f"{pages.start + 1}–{pages.stop}"
    return f"第 {span} 页　{title}"


def _nobody(found: PaperFound) -> str:
    return "全村" if found.check.printed else ""


def _answer(found: PaperFound) -> Cell:
    tone = _tone(found)
    return Cell(found.check.answer.label, icon=_ICONS[tone], tone=tone)


def _tone(found: PaperFound) -> Tone:
    if found.check.answer is PaperAnswer.AGREES:
        return Tone.OK
    wrong = found.check.answer in {PaperAnswer.DIFFERS, PaperAnswer.UNKNOWN}
    return Tone.BAD if wrong else Tone.WARN


def _verdict(text: str, tone: Tone) -> Verdict:
    return Verdict(text, tone, _ICONS[tone])
