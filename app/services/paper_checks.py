"""Does a paper agree with its record? By the code read off it, or by the whole file (security R52).

A code says which print it was and whether the record still says the same. It cannot say what
stands on a paper in somebody's hand: for that the record's own paper is made again, to lay beside
it (`again`), or a file is held against it line by line and dot by dot (`of_file`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import partial
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from app.documents.own_face import OwnFaces
from app.documents.reading import Step, pages_read, untold
from app.domain.county_paper import CountyPaper, version_and_wording
from app.domain.problem import Refused
from app.domain.verification import normal_code
from app.domain.words import Word
from app.services.county_papers import CountyPapers
from app.services.ground_rules import GroundRules
from app.services.paper_packs import names_known
from app.services.papers import KINDS, content_of, subject_of
from app.services.print_traces import times_changed
from app.services.stamps import stamp_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.reading import Page
    from app.documents.registry import Form
    from app.documents.stamp import Stamp
    from app.domain.casework import PrintRecord
    from app.services.batches import InStore
    from app.store.blobs import BlobStore
    from app.store.unit_of_work import UnitOfWork

T = TypeVar("T")

_CORRECTED: Final = (".corrected", ".applicant", ".proxy", ".hidden")
"""How deeds are called that change what was said; all others say something more."""


class PaperAnswer(Word):
    """What came of holding a paper against its record."""

    AGREES = "agrees", "和记录一致"
    DIFFERS = "differs", "和记录不一样"
    MOVED_ON = "moved_on", "记录在打印以后改过，对不了"
    NEXT_STEP = (
        "next_step",
        "打印以后照记录又办了下一步，或者有了新情况，纸是当时的，对不了",
    )
    OTHER_FORM = "other_form", "打印以后这张表换了新样，纸是当时的，对不了"
    OTHER_WORDING = (
        "other_wording",
        "记录没有改，但是打印时用的县里表样已经换了或者拿走了，纸面对不了",
    )
    OTHER_FACE = (
        "other_face",
        "记录没有改，但是打印时用的是那台电脑自己的仿宋，这台电脑没有这种字，纸面对不了",
    )
    UNKNOWN = "unknown", "没有打印过这一页"


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """One paper: which print it was, and how it stands. `differing` are lines of the paper that
    the record does not have, and of the record that the paper does not have."""

    answer: PaperAnswer
    printed: PrintRecord | None
    pages: range
    """Its pages in the file, from 0; empty for a code alone."""
    differing: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def title(self) -> str:
        """The form's name; empty for a page nobody printed."""
        return KINDS[self.printed.form].form.title if self.printed else ""


@dataclass(frozen=True, slots=True)
class _Again:
    """A paper about to be made as it was."""

    form: Form
    content: FormContent = field(repr=False)
    stamp: Stamp = field(repr=False)

    @property
    def pdf(self) -> bytes:
        """Drawn."""
        return self.form.render(self.content, self.stamp)


class _Phase(IntEnum):
    """What is done to each page of a file, one after the other."""

    READING = 0
    SORTING = 1
    COMPARING = 2


class _Known(NamedTuple):
    """What the records say of one code: each print, and the paper it was or why it cannot be made;
    the packs there are, by name without white space."""

    prints: Sequence[tuple[PrintRecord, _Again | PaperAnswer]]
    packs: Mapping[str, str]


def _here(job: Callable[[], T]) -> T:
    """Where there is only one thread."""
    return job()


@dataclass(frozen=True, slots=True)
class PaperChecks:
    """Use cases for papers that come back. Nothing is written."""

    begin: Begin
    rules: GroundRules
    blobs: BlobStore | None = None
    county_papers: CountyPapers = field(default_factory=CountyPapers)
    faces: OwnFaces = field(default_factory=OwnFaces)
    """Where a paper printed in the machine's own 仿宋 finds it again."""

    def of_code(self, code: str) -> PaperCheck:
        """The print with this code, and whether the record still says what it said.

        Raises Refused P-24 for a code no paper of this vault carries.
        """
        with self.begin() as work:
            printed = _printed(work, code)
            if printed is None:
                raise _no_such_code()
            made = self._made_again(work, printed)
        answer = PaperAnswer.AGREES if isinstance(made, _Again) else made
        return PaperCheck(answer, printed, range(0))

    def again(self, code: str, in_store: InStore = _here) -> bytes:
        """The paper with this code as the record has it, as a PDF to lay beside it.

        Only what `in_store` runs needs the store thread. Raises Refused P-24 for an unknown code,
        and where the record has moved on; P-27 where the county's wording has, P-28 where its face
        is not on this machine.
        """
        made = in_store(partial(self._again, code))
        if made is PaperAnswer.OTHER_WORDING:
            raise _other_wording()
        if made is PaperAnswer.OTHER_FACE:
            raise _other_face()
        if not isinstance(made, _Again):
            raise _no_such_code()
        return made.pdf

    def of_file(
        self, pdf: bytes, in_store: InStore = _here, step: Step = untold
    ) -> list[PaperCheck]:
        """Every paper of a file, in its order.

        Reading, drawing and comparing need no database: only what `in_store` runs, a moment for
        each paper, needs the store thread. `step` is told how far it is. Raises Refused P-25 for
        what is no readable PDF, and what `step` raises.
        """
        of = len(_Phase)
        pages = pages_read(pdf, lambda done, total: step(done, total * of))
        count = len(pages)
        written = []
        for number, page in enumerate(pages):
            step(count * _Phase.SORTING + number, count * of)
            if not page.is_empty:
                written.append(number)
        checks = []
        for code, run in groupby(written, key=lambda number: pages[number].code):
            numbers = list(run)
            known = in_store(partial(self._known, code))
            told = partial(step, count * _Phase.COMPARING + numbers[0], count * of)
            span = range(numbers[0], numbers[-1] + 1)
            checks.append(_check(known, span, [pages[n] for n in numbers], told))
        return checks

    def _again(self, code: str) -> _Again | PaperAnswer | None:
        """What is printed with this code, ready to be drawn."""
        with self.begin() as work:
            printed = _printed(work, code)
            return None if printed is None else self._made_again(work, printed)

    def _known(self, code: str) -> _Known:
        """What the records say of the prints with one code."""
        if not code:
            return _Known((), {})
        with self.begin() as work:
            prints = work.casework.prints_with_code(code)
            made = tuple((one, self._made_again(work, one)) for one in prints)
            names = names_known(work, self.rules) if prints else ()
            return _Known(made, {_bare(name): name for name in names})

    def _made_again(self, work: UnitOfWork, printed: PrintRecord) -> _Again | PaperAnswer:
        """The paper as it was printed, by the rules of its day; or why it cannot be made again:
        the record has moved on, the form has, or only the county's wording."""
        kind = KINDS[printed.form]
        form = kind.form
        version, reference = version_and_wording(printed.form_version)
        if form.version != version:
            return PaperAnswer.OTHER_FORM
        rules = self.rules.as_of(printed.printed_at)
        try:
            subject = subject_of(work, kind, printed.entity_id or "")
            content = content_of(work, rules, kind, subject, self.blobs)
        except Refused:  # what it was about is gone, so nothing can be held against it
            return _since(work, printed)
        if form.code_of(content, printed.document_no) != printed.code:
            return _since(work, printed)
        county: CountyPaper | None = None
        if reference:
            county = self.county_papers.as_printed(form.code, reference)
            if county is None:
                return PaperAnswer.OTHER_WORDING
        face = self.faces.named(printed.face) if printed.face else None
        if printed.face and face is None:
            return PaperAnswer.OTHER_FACE
        stamp = stamp_of(
            work,
            rules,
            at=printed.printed_at,
            holders=form.kept_by(printed.copies),
            about=subject.record,
            document_no=printed.document_no,
            reprint_no=printed.reprint_no,
            changed_no=times_changed(
                work.casework.prints_of(printed.form, printed.entity_id or ""),
                printed.document_no,
                printed.content_sha256,
            ),
            county=county,
            face=face,
        )
        return _Again(form, content, stamp)


def _check(
    known: _Known, numbers: range, pages: Sequence[Page], told: Callable[[], None]
) -> PaperCheck:
    """Hold the pages that carry one code against the papers the record makes, copy by copy: each
    holder has a copy of their own, and in a pile lie several. What is wrong with one is said."""
    checks = [_check_copy(known, numbers, copy, told) for copy in _copies(pages)]
    wrong = [one for one in checks if one.answer is not PaperAnswer.AGREES]
    return (wrong or checks)[0]


def _copies(pages: Sequence[Page]) -> list[list[Page]]:
    """The pages copy by copy: one begins where the footer says 第 1 页."""
    copies: list[list[Page]] = []
    for page in pages:
        if page.begins or not copies:
            copies.append([])
        copies[-1].append(page)
    return copies


def _check_copy(
    known: _Known, numbers: range, pages: Sequence[Page], told: Callable[[], None]
) -> PaperCheck:
    """Hold one copy against the papers the record makes."""
    if not known.prints:
        return PaperCheck(PaperAnswer.UNKNOWN, None, numbers)
    differing: tuple[tuple[str, str], ...] = ()
    answer = PaperAnswer.MOVED_ON
    elsewhere: PrintRecord | None = None
    for printed, made in known.prints:
        if made is PaperAnswer.OTHER_FACE:
            elsewhere = elsewhere or printed
            continue
        if isinstance(made, PaperAnswer):
            answer = answer if answer is PaperAnswer.DIFFERS else made
            continue
        differing = _apart(known, made, pages, told)
        if not differing:
            return PaperCheck(PaperAnswer.AGREES, printed, numbers)
        answer = PaperAnswer.DIFFERS
    if elsewhere is not None:  # it may be that one, so nobody is told that it is false
        return PaperCheck(PaperAnswer.OTHER_FACE, elsewhere, numbers)
    return PaperCheck(answer, known.prints[0][0], numbers, differing)


def _apart(
    known: _Known, made: _Again, pages: Sequence[Page], told: Callable[[], None]
) -> tuple[tuple[str, str], ...]:
    """How the pages differ from the paper as the record makes it, if need be under the pack their
    footer names: which one was in force then cannot be told from what is in force by now."""
    differing = tuple(_differences(pages, _same_copy(pages, made), told))
    if not differing or pages[0].pack == _bare(made.stamp.pack):
        return differing
    pack = known.packs.get(pages[0].pack, made.stamp.pack)
    again = replace(made, stamp=replace(made.stamp, pack=pack))
    return tuple(_differences(pages, _same_copy(pages, again), told))


def _same_copy(pages: Sequence[Page], made: _Again) -> Sequence[Page]:
    """The copy of the holder whose it says it is; the first where it says nothing of the kind."""
    copies = _copies(pages_read(made.pdf))
    named = (copy for copy in copies if copy[0].holder == pages[0].holder)
    return next(named, copies[0])


def _bare(text: str) -> str:
    return "".join(text.split())


def _printed(work: UnitOfWork, code: str) -> PrintRecord | None:
    """The newest print with this code, as somebody read it."""
    return next(iter(work.casework.prints_with_code(normal_code(code))), None)


def _since(work: UnitOfWork, printed: PrintRecord) -> PaperAnswer:
    """Whether the record was corrected after the print, or only went on."""
    about = {printed.household, printed.entity_id} if printed.household else None
    kinds = work.casework.deeds_since(printed.id, about)
    if any(kind.endswith(_CORRECTED) for kind in kinds):
        return PaperAnswer.MOVED_ON
    return PaperAnswer.NEXT_STEP


def _differences(
    paper: Sequence[Page], record: Sequence[Page], told: Callable[[], None]
) -> Iterator[tuple[str, str]]:
    """What the paper says and what the record says instead; "" where one of them says nothing."""
    for number, (theirs, ours) in enumerate(zip_longest(paper, record), start=1):
        told()
        if theirs is None or ours is None:
            yield ("", f"第 {number} 页") if theirs is None else (f"第 {number} 页", "")
        elif theirs.lines != ours.lines:
            yield from _lines_apart(theirs.lines, ours.lines)
        elif theirs.is_laid_over or theirs.looks != ours.looks:
            # one reader draws both: any stroke tells
            yield f"第 {number} 页上有画上去的东西", ""


def _lines_apart(theirs: Sequence[str], ours: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The lines only one of them has, those at the same height side by side."""
    mine, other = (
        {line.partition(" ")[0]: line.partition(" ")[2] for line in lines if line not in against}
        for lines, against in ((theirs, set(ours)), (ours, set(theirs)))
    )
    for height in sorted({*mine, *other}, key=int):
        yield mine.get(height, ""), other.get(height, "")


def _no_such_code() -> Refused:
    return Refused(
        "这台电脑没有打印过带这个校验码的表，或者打印以后记录又办了下一步、改过。",
        do="请再看看校验码有没有抄错，或者问打印它的人。",
        code="P-24",
    )


def _other_wording() -> Refused:
    return Refused(
        "这张表打印时用的县里表样已经换了或者拿走了，做不出一样的纸；记录没有改。",
        do="请把原来的文件放回 papers 文件夹再来一次。",
        code="P-27",
    )


def _other_face() -> Refused:
    return Refused(
        "这张表打印时用的是那台电脑自己的仿宋，这台电脑没有这种字，做不出一样的纸；记录没有改。",
        do="请在打印它的电脑上核对，或者照校验码核对。",
        code="P-28",
    )
