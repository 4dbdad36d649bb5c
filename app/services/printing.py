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
from typing import TYPE_CHECKING

from app.documents.registry import bind, missing_characters
from app.domain.clock import Clock
from app.domain.ids import ApplicationId, AssessmentId, HouseholdId, PrintId, new_id
from app.services.ground_rules import GroundRules
from app.services.missing import no_household
from app.services.papers import (
    KINDS,
    PaperKind,
    PaperNeed,
    Subject,
    content_of,
    papers_about,
    papers_along,
    papers_needed,
    papers_of_test,
    records_of,
    require_of_household,
    subject_of,
)
from app.services.stamps import next_document_no, stamp_of
from app.services.village_papers import offered_on
from app.services.work import Begin

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.stamp import Stamp
    from app.store.blobs import BlobStore
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """One paper a household can have: `entity_id` is what it would be about, the newest first."""

    form: str
    title: str
    ready: bool
    missing: tuple[str, ...]
    copies: int
    entity_id: str | None
    usual: bool = True
    """Whether it is ticked from the start."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the print centre was opened about: a household, or only the papers of one thing of it.

    `papers` None means whatever the household can have.
    """

    household: HouseholdId
    papers: tuple[PaperNeed, ...] | None
    others: tuple[PaperNeed, ...] = ()
    """What came out along the same application: not ticked, but about it and no other."""


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


@dataclass(frozen=True, slots=True)
class Printing:
    """Use cases for paper."""

    begin: Begin
    clock: Clock
    rules: GroundRules
    blobs: BlobStore | None = None
    """Where signatures are; without it papers are printed to be signed by hand."""

    def offers(self, household_id: HouseholdId) -> list[PaperOffer]:
        """Every form, those that can be made now first, the village's own after the household's;
        and what is missing for the others."""
        with self.begin() as work:
            records = records_of(work, household_id)
        newest = {kind: kind.newest(records) for kind in KINDS.values() if kind.is_of_household}
        offers = [
            PaperOffer(
                form=kind.form.code,
                title=kind.form.title,
                ready=entity_id is not None,
                missing=() if entity_id is not None else (kind.missing,),
                copies=len(kind.form.holders),
                entity_id=entity_id,
                usual=kind.usual,
            )
            for kind, entity_id in newest.items()
        ]
        offers += [_of_village(form, one) for form, one in offered_on(self.clock.today()).items()]
        return sorted(offers, key=lambda one: not one.ready)

    def choice(self, subject: str) -> Choice:
        """The papers of an application or a test, or of one record (a referral, an agreement, an
        investigation), or everything of a household.

        Raises Refused when the household of one is not here.
        """
        with self.begin() as work:
            application = work.casework.application(ApplicationId(subject))
            about = None if application is None else application.assessment
            tested = work.casework.assessment(about or AssessmentId(subject))
            record = application or tested
            if record is None:
                return _about_one(work, subject) or Choice(HouseholdId(subject), None)
            household = work.households.get(record.household)
            others = () if application is None else papers_along(work, application)
        if household is None:
            raise no_household()
        if application is not None:
            return Choice(household.id, papers_needed(application, household, tested), others)
        return Choice(household.id, papers_of_test(tested, household) if tested else ())

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
    ) -> Prepared:
        """Fix what a paper says and its number; the newest record when `entity_id` is None.

        A number taken here is kept for this paper until it has left, so that a printer without
        paper leaves no hole in the numbers.
        """
        kind = KINDS[form]
        entity_id = entity_id or self._newest(form, household_id)
        with self.begin() as work:
            subject = subject_of(work, kind, entity_id)
            content = content_of(work, self.rules, kind, subject, self.blobs)
            number = _known_number(work, kind, subject)
            if number is None:
                number = next_document_no(work, self.clock.now())
                work.local.keep_draft(_number_key(kind, entity_id), {"document_no": number})
            stamp = self._stamp(work, kind, subject, copies, number)
            work.commit()
        return _fixed(kind, subject, content, stamp)

    def sketch(
        self,
        form: str,
        household_id: HouseholdId | None,
        entity_id: str | None = None,
        copies: int | None = None,
    ) -> Sketch:
        """What `prepare` would give, to look at: marked so, and no number is taken for it."""
        from app.documents.stamp import PENDING_NUMBER, Mark

        kind = KINDS[form]
        entity_id = entity_id or self._newest(form, household_id)
        with self.begin() as work:
            subject = subject_of(work, kind, entity_id)
            content = content_of(work, self.rules, kind, subject, self.blobs)
            number = _known_number(work, kind, subject) or PENDING_NUMBER
            stamp = replace(self._stamp(work, kind, subject, copies, number), mark=Mark.PREVIEW)
        return Sketch(
            kind=kind,
            household=subject.record.household,
            entity_id=subject.entity_id,
            content=content,
            stamp=stamp,
            unprintable=missing_characters(content),
        )

    def record(self, prepared: Prepared) -> PrintId:
        """Log that the paper was made."""
        (print_id,) = self.record_all([prepared])
        return print_id

    def record_all(self, papers: Sequence[Prepared]) -> list[PrintId]:
        """Log that the papers were made, all of them or none."""
        with self.begin() as work:
            print_ids = [self._note(work, each) for each in papers]
            work.commit()
        return print_ids

    def _note(self, work: UnitOfWork, prepared: Prepared) -> PrintId:
        print_id = PrintId(new_id(self.clock.now()))
        work.change(
            kind="paper.printed",
            entity="print_record",
            entity_id=print_id,
            subject=prepared.household or prepared.entity_id,
            new=True,
            fields={
                "form": prepared.kind.form.code,
                "form_version": prepared.kind.form.version,
                "document_no": prepared.stamp.document_no,
                "household_id": prepared.household,
                "entity_id": prepared.entity_id,
                "content_sha256": prepared.content_sha256,
                "code": prepared.code,
                "copies": max(len(prepared.stamp.holders), 1),
                "reprint_no": prepared.stamp.reprint_no,
                "printed_at": prepared.stamp.printed_at,
            },
        )
        work.local.drop_draft(_number_key(prepared.kind, prepared.entity_id))
        return print_id

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
    ) -> Stamp:
        """What this print adds to the content."""
        earlier = work.casework.prints_of(kind.form.code, subject.entity_id)
        holders = kind.form.holders
        return stamp_of(
            work,
            self.rules,
            at=self.clock.now(),
            holders=holders if copies is None else holders[:copies],
            about=subject.record,
            document_no=document_no,
            reprint_no=earlier[0].reprint_no + 1 if earlier else 0,
        )


def _about_one(work: UnitOfWork, subject: str) -> Choice | None:
    """The papers about one record, by its own id; None where it is none that has any."""
    found = papers_about(work, subject)
    return Choice(found[0], found[1]) if found else None


def _of_village(form: str, entity_id: str) -> PaperOffer:
    """A paper of the whole village, had from any household's list."""
    kind = KINDS[form]
    return PaperOffer(
        form=form,
        title=f"{kind.form.title}（全村）",
        ready=True,
        missing=(),
        copies=len(kind.form.holders),
        entity_id=entity_id,
        usual=False,
    )


def draw(sketch: Sketch) -> Paper:
    """The PDF of a prepared paper, or of one to look at. Needs no database."""
    from app.documents.counting import pages_of

    form = sketch.kind.form
    pdf = form.render(sketch.content, sketch.stamp)
    return Paper(
        form=form.code,
        title=form.title,
        document_no=sketch.stamp.document_no,
        code=sketch.code if isinstance(sketch, Prepared) else "",
        pages=pages_of(pdf),
        unprintable=sketch.unprintable,
        pdf=pdf,
    )


def _known_number(work: UnitOfWork, kind: PaperKind, subject: Subject) -> str | None:
    """The number this paper has already: its record's, an earlier print's, or one kept for it."""
    earlier = work.casework.prints_of(kind.form.code, subject.entity_id)
    kept = work.local.draft(_number_key(kind, subject.entity_id)) or {}
    return subject.document_no or (earlier[0].document_no if earlier else kept.get("document_no"))


def _number_key(kind: PaperKind, entity_id: str) -> str:
    return f"number:{kind.form.code}:{entity_id}"


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
        unprintable=missing_characters(content),
    )


def bundle(prepared: Sequence[Prepared]) -> bytes:
    """Several prepared papers as one PDF, in order."""
    return bind((each.kind.form, each.content, each.stamp) for each in prepared)


@contextmanager
def laid_pdf(pdf: bytes, path: Path) -> Iterator[None]:
    """The PDF is at `path` once the block, which records that it leaves, has ended well.

    Raises Unavailable D-01…D-03, D-08; nothing is recorded then, and no file left.
    """
    from app.store.atomic import laid_down

    with laid_down(path, pdf):
        yield
