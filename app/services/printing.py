"""Papers: what can be printed for a household, making one, and the record that it was made.

Making has three steps, because drawing takes a moment and needs no database: `prepare` (store
thread) fixes content, number and code; `draw` (anywhere) makes the PDF; `record` (store thread)
logs that it left: after a printer has taken it, but before a file gets its name (`laid_pdf`), so
that no file is anywhere without the log knowing. `make` is the three in a row. `sketch` instead of
`prepare` is for looking only: it takes no number, and what it gives cannot be recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from app.documents.own_face import OwnFaces
from app.documents.registry import bind, missing_characters
from app.domain.clock import Clock
from app.domain.county_paper import printed_version
from app.domain.ids import HouseholdId, PrintId, new_id
from app.domain.problem import Refused
from app.services.county_papers import CountyPapers
from app.services.ground_rules import GroundRules
from app.services.paper_offers import Choice, PaperOffer, choice_of, offers_of
from app.services.paper_packages import Purpose, attachments_of
from app.services.paper_packs import keep_pack
from app.services.papers import (
    KINDS,
    PaperKind,
    Subject,
    content_of,
    require_of_household,
    subject_of,
)
from app.services.print_faces import face_of
from app.services.print_traces import PrintTrace, note_print, number_key, times_changed
from app.services.stamps import next_document_no, stamp_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.stamp import Stamp
    from app.domain.casework import PrintRecord
    from app.store.blobs import BlobStore
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Sketch:
    """A paper to look at: everything it will say, marked as a preview."""

    kind: PaperKind
    household: HouseholdId | None
    entity_id: str
    content: FormContent = field(repr=False)
    stamp: Stamp = field(repr=False)
    unprintable: tuple[str, ...]
    """Characters no font has; each prints as a box to write into by hand."""


@dataclass(frozen=True, slots=True)
class Prepared(Sketch):
    """A paper about to be drawn for good: number and code fixed, nothing recorded."""

    code: str
    content_sha256: str

    @property
    def trace(self) -> PrintTrace:
        """What the log keeps of it."""
        return PrintTrace(
            form=self.kind.form.code,
            form_version=printed_version(self.kind.form.version, self.stamp.county),
            document_no=self.stamp.document_no,
            household=self.household,
            entity_id=self.entity_id,
            content_sha256=self.content_sha256,
            code=self.code,
            copies=max(len(self.stamp.holders), 1),
            reprint_no=self.stamp.reprint_no,
            printed_at=self.stamp.printed_at,
            is_draft=not self.stamp.counts,
            face=self.stamp.face.reference if self.stamp.face else "",
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as drawn: the PDF, its number and its code, empty on a preview."""

    form: str
    title: str
    document_no: str
    code: str
    pages: int
    unprintable: tuple[str, ...]
    pdf: bytes = field(repr=False)
    leaves: tuple[int, ...]
    """Pages of each copy: the next one begins on a new sheet."""


@dataclass(frozen=True, slots=True)
class Printing:
    """Use cases for paper."""

    begin: Begin
    clock: Clock
    rules: GroundRules
    blobs: BlobStore | None = None
    """Where signatures are; without it papers are printed to be signed by hand."""
    county_papers: CountyPapers = field(default_factory=CountyPapers)
    faces: OwnFaces = field(default_factory=OwnFaces)
    """The machine's own 仿宋; without any, papers are printed in the program's 宋体."""

    def wrong_files(self) -> tuple[Refused, ...]:
        """What is wrong with the county's own files for forms; those forms look as usual."""
        return self.county_papers.found().problems

    def offers(self, household_id: HouseholdId) -> list[PaperOffer]:
        """Every form, those that can be made now first, the village's own after the household's;
        and what is missing for the others."""
        with self.begin() as work:
            return offers_of(work, household_id, self.rules)

    def choice(self, subject: str) -> Choice:
        """The papers of an application or a test, or of one record (a referral, an agreement, an
        investigation), or everything of a household.

        Raises Refused F-01 when the household of one is not here.
        """
        with self.begin() as work:
            return choice_of(work, subject)

    def attached(self, household_id: HouseholdId) -> dict[Purpose, tuple[str, ...]]:
        """What is handed in beside the papers of each purpose, and what has come in of it."""
        with self.begin() as work:
            return attachments_of(work, household_id)

    def make(
        self,
        form: str,
        household_id: HouseholdId | None,
        entity_id: str | None = None,
        copies: int | None = None,
    ) -> Paper:
        """Prepare, draw and record one paper. Raises Refused when it cannot be made yet."""
        prepared = self.prepare(form, household_id, entity_id, copies)
        paper = draw(prepared)
        self.record(prepared)
        return paper

    def prepare(
        self,
        form: str,
        household_id: HouseholdId | None,
        entity_id: str | None = None,
        copies: int | None = None,
        *,
        draft: bool = False,
    ) -> Prepared:
        """Fix what a paper says and its number; the newest record when `entity_id` is None.

        A number taken here is kept for this paper until it has left, so that a printer without
        paper leaves no hole in the numbers. A draft takes none.
        """
        from app.documents.stamp import PENDING_NUMBER, Mark

        kind = KINDS[form]
        entity_id = entity_id or self._newest(form, household_id)
        with self.begin() as work:
            subject = subject_of(work, kind, entity_id)
            content = content_of(work, self.rules, kind, subject, self.blobs)
            earlier = _Earlier.of(work, kind, subject, content)
            number = _known_number(work, kind, subject, earlier.same)
            if number is None and (draft or kind.is_blank):
                number = "" if kind.is_blank else PENDING_NUMBER
            if number is None:
                number = next_document_no(work, self.clock.now())
                work.local.keep_draft(
                    number_key(kind.form.code, entity_id), {"document_no": number}
                )
            stamp = self._stamp(work, kind, subject, copies, number, earlier)
            keep_pack(work, self.rules, subject.record)
            work.commit()
        if draft:
            stamp = replace(stamp, mark=stamp.mark.as_draft)
        elif kind.is_blank and stamp.mark is Mark.FINAL:
            stamp = replace(stamp, mark=Mark.BLANK)
        return _fixed(kind, subject, content, stamp)

    def sketch(
        self,
        form: str,
        household_id: HouseholdId | None,
        entity_id: str | None = None,
        copies: int | None = None,
        *,
        draft: bool = False,
    ) -> Sketch:
        """What `prepare` would give, to look at: marked so, and no number is taken for it."""
        from app.documents.stamp import PENDING_NUMBER, Mark

        kind = KINDS[form]
        entity_id = entity_id or self._newest(form, household_id)
        with self.begin() as work:
            subject = subject_of(work, kind, entity_id)
            content = content_of(work, self.rules, kind, subject, self.blobs)
            earlier = _Earlier.of(work, kind, subject, content)
            number = _known_number(work, kind, subject, earlier.same)
            number = number or ("" if kind.is_blank else PENDING_NUMBER)
            stamp = self._stamp(work, kind, subject, copies, number, earlier)
        return Sketch(
            kind=kind,
            household=subject.record.household,
            entity_id=subject.entity_id,
            content=content,
            stamp=replace(stamp, mark=stamp.mark.as_draft if draft else Mark.PREVIEW),
            unprintable=missing_characters((content, stamp.texts)),
        )

    def record(self, prepared: Prepared) -> PrintId:
        """Log that the paper was made."""
        (print_id,) = self.record_all([prepared])
        return print_id

    def record_all(self, papers: Sequence[Prepared]) -> list[PrintId]:
        """Log that the papers were made, all of them or none."""
        return self.record_traces([each.trace for each in papers])

    def record_traces(self, traces: Sequence[PrintTrace]) -> list[PrintId]:
        """`record_all` of papers whose contents nobody holds any more."""
        print_ids = [PrintId(new_id(self.clock.now())) for _ in traces]
        with self.begin() as work:
            for trace, print_id in zip(traces, print_ids, strict=True):
                note_print(work, trace, print_id)
            work.commit()
        return print_ids

    def _newest(self, form: str, household_id: HouseholdId | None) -> str:
        """What a household's paper would be about; "" for nothing. Raises Refused P-22."""
        if household_id is None:
            return ""
        require_of_household(form)
        offers = {offer.form: offer for offer in self.offers(household_id)}
        return offers[form].entity_id or ""

    def _stamp(
        self,
        work: UnitOfWork,
        kind: PaperKind,
        subject: Subject,
        copies: int | None,
        document_no: str,
        earlier: _Earlier,
    ) -> Stamp:
        """What this print adds to the content."""
        return stamp_of(
            work,
            self.rules,
            at=self.clock.now(),
            holders=kind.form.kept_by(copies),
            about=subject.record,
            document_no=document_no,
            reprint_no=max((one.reprint_no for one in earlier.same), default=-1) + 1,
            changed_no=earlier.changed(document_no),
            county=self.county_papers.of(kind.form.code),
            face=face_of(work, self.faces),
        )


def draw(sketch: Sketch) -> Paper:
    """The PDF of a prepared paper, or of one to look at. Needs no database."""
    from app.documents.counting import pages_of

    form, stamp = sketch.kind.form, sketch.stamp
    pdf = form.render(sketch.content, stamp)
    pages, copies = pages_of(pdf), max(len(stamp.holders), 1)
    return Paper(
        form=form.code,
        title=form.title,
        document_no=sketch.stamp.document_no,
        code=sketch.code if isinstance(sketch, Prepared) and sketch.stamp.counts else "",
        pages=pages,
        unprintable=sketch.unprintable,
        pdf=pdf,
        leaves=_leaves(sketch) if form.is_filed and copies > 1 else (pages // copies,) * copies,
    )


def _leaves(sketch: Sketch) -> tuple[int, ...]:
    """Pages of each copy of a form whose copies differ, laid out and not drawn again."""
    from app.documents.paper import pages_in

    return pages_in(sketch.kind.form.paper(sketch.content, sketch.stamp), sketch.stamp)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The earlier prints of a form about a record, the newest first."""

    kind: PaperKind
    content: FormContent
    prints: Sequence[PrintRecord]

    @classmethod
    def of(cls, work: UnitOfWork, kind: PaperKind, subject: Subject, content: FormContent) -> Self:
        """Look them up."""
        return cls(kind, content, work.casework.prints_of(kind.form.code, subject.entity_id))

    @property
    def same(self) -> list[PrintRecord]:
        """Those that said exactly this: only of them is the next one a reprint. The same form
        about the same record with other facts is another paper."""
        return [one for one in self.prints if self._sha256(one.document_no) == one.content_sha256]

    def changed(self, document_no: str) -> int:
        """How many other wordings left under the number of the case before this one."""
        return times_changed(self.prints, document_no, self._sha256(document_no))

    def _sha256(self, document_no: str) -> str:
        return self.kind.form.sha256_of(self.content, document_no)


def _known_number(
    work: UnitOfWork, kind: PaperKind, subject: Subject, same: Sequence[PrintRecord]
) -> str | None:
    """The number this paper has already: its record's, an earlier print's, or one kept for it."""
    kept = work.local.draft(number_key(kind.form.code, subject.entity_id)) or {}
    return subject.document_no or (same[0].document_no if same else kept.get("document_no"))


def _fixed(kind: PaperKind, subject: Subject, content: FormContent, stamp: Stamp) -> Prepared:
    """Code, hash and unprintable characters of a content."""
    return Prepared(
        kind=kind,
        household=subject.record.household,
        entity_id=subject.entity_id,
        content=content,
        stamp=stamp,
        code=kind.form.code_of(content, stamp.document_no),
        content_sha256=kind.form.sha256_of(content, stamp.document_no),
        unprintable=missing_characters((content, stamp.texts)),
    )


def bundle(prepared: Sequence[Prepared], *, duplex: bool = False) -> bytes:
    """Several prepared papers as one PDF, in order; drawn as one, so that it can be archived."""
    papers = ((each.kind.form, each.content, each.stamp) for each in prepared)
    return bind(papers, duplex=duplex)


@contextmanager
def laid_pdf(pdf: bytes, path: Path) -> Iterator[None]:
    """The PDF is at `path` once the block, which records that it leaves, has ended well.

    Raises Unavailable D-01…D-03, D-08; nothing is recorded then, and no file left.
    """
    from app.store.atomic import laid_down

    with laid_down(path, pdf):
        yield
