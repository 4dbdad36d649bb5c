"""What a print adds to its content: number, who, when, for whom — and whether it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.documents.own_face import OwnFace
from app.domain.clock import CHINA
from app.domain.county_paper import CountyPaper
from app.domain.verification import printed_code
from app.domain.words import Word

PENDING_NUMBER: Final = "（打印时编号）"
"""Where the number will stand. Looking at a paper takes none (design §5: numbers are final)."""

_PENDING_CODE: Final = "打印时生成"


class Mark(Word):
    """Whether the paper is real."""

    FINAL = "final", "正式"
    DRAFT = "draft", "草稿"
    PRACTICE = "practice", "练习"
    BLANK = "blank", "空白表"
    PREVIEW = "preview", "预览　不作凭证"
    PRACTICE_DRAFT = "practice_draft", "练习　草稿"

    @property
    def as_draft(self) -> Mark:
        """The mark of a draft of such a paper: practice stays practice."""
        return Mark.PRACTICE_DRAFT if self is Mark.PRACTICE else Mark.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The facts of one print, as the footer of every page shows them.

    `pack` names the policy pack in force and its version; `holders` says who keeps each copy, in
    order, and there are as many copies as holders; `county` is the wording and the margins a county
    wants on this form; `face` is the machine's own 仿宋 that its words are set in.
    """

    document_no: str
    pack: str
    handler: str
    printed_at: datetime
    holders: tuple[str, ...] = ()
    mark: Mark = Mark.FINAL
    reprint_no: int = 0
    changed_no: int = 0
    """How many other wordings left under this number before this one."""
    county: CountyPaper | None = None
    face: OwnFace | None = None

    def __post_init__(self) -> None:
        if self.printed_at.tzinfo is None:
            raise ValueError("a naive datetime is not an instant")

    @property
    def watermark(self) -> str:
        """What is written across the page; nothing on a real one."""
        return "" if self.mark in {Mark.FINAL, Mark.BLANK} else self.mark.label

    @property
    def texts(self) -> tuple[object, ...]:
        """What of it somebody typed and every page shows, with the county's own wording."""
        return self.pack, self.handler, self.county

    @property
    def _no_code(self) -> str:
        return _PENDING_CODE if self.document_no else "没有，不编号"

    @property
    def counts(self) -> bool:
        """Whether it can be checked against a record: a preview or a draft carries no code, nor
        does what has no number."""
        return bool(self.document_no) and self.mark in {Mark.FINAL, Mark.PRACTICE}

    def first_line(self, form: str, version: str, code: str) -> str:
        """The footer's first line: what paper this is."""
        worded = f"（{self.county.mark}）" if self.county else ""
        return " · ".join(
            (
                f"{form} 第{version}版{worded}",
                f"政策包 {self.pack}",
                f"编号 {self.document_no}" if self.document_no else Mark.BLANK.label,
                f"校验码 {printed_code(code) if self.counts else self._no_code}",
            )
        )

    def second_line(self, copy: int) -> str:
        """The footer's second line: who printed it, when, and for whom. `copy` counts from 0."""
        local = self.printed_at.astimezone(CHINA)
        facts = [
            f"经办人 {self.handler}",
            f"打印时间 {local.year}年{local.month}月{local.day}日 {local:%H:%M}",
            f"第 {copy + 1} 份（{self.holders[copy]}）" if self.holders else "",
            f"第 {self.changed_no} 次改后打印" if self.changed_no else "",
            f"第 {self.reprint_no} 次补打" if self.reprint_no else "",
        ]
        return " · ".join(fact for fact in facts if fact)
