"""One sync: everything up, then everything down, resumable after any step (security §4.12).

The engine alternates short jobs in the store with transport calls, so that a stalled link never
delays a save. It has no thread, no clock and no socket of its own: all are passed in, and so is
the patience with which a step is tried again. Only a receipt under the county's signature
acknowledges anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, TypeVar

from app.domain.operations import instant_of
from app.domain.problem import Problem, Refused, Unavailable
from app.store.enrolment import Enrolled
from app.store.outbox import BatchState, OutboxBatch
from app.store.receipts import ReceiptFacts
from app.store.uploads import Upload
from app.sync.attachments import Attachments, is_damaged
from app.sync.downlink import Applied, Downlink, Question
from app.sync.patience import IMPATIENT, Patience, delay
from app.sync.problems import (
    NOT_REACHED,
    CountyRefused,
    LinkCut,
    NotReached,
    Stopped,
    stopped,
    village_differs,
)
from app.sync.protocol.refusal import NAMELESS, NEED, NOT_IN_FORM, REPLAYED
from app.sync.road import (
    Beside,
    Phase,
    Progress,
    Stop,
    Tally,
    Transport,
    Watch,
    ignore,
    in_turn,
    never,
)
from app.sync.uplink import Uplink

T = TypeVar("T")

Ready = tuple[Enrolled, OutboxBatch, bytes]
"""A batch that can go, as whom, and its sealed bytes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on its way, and what hands its answer over."""

    question: Question
    request: bytes = field(repr=False)
    answer: Callable[[], bytes] = field(repr=False)


_MEND_AT_ONCE: Final = 600
"""Working rows compared in one job of the store: a few hundredths of a second."""


@dataclass(slots=True)
class Engine:
    """One run. Make a new one for each sync; what it did so far stands in `tally`."""

    uplink: Uplink
    downlink: Downlink
    attachments: Attachments
    transport: Transport
    watch: Watch = ignore
    stop: Stop = never
    patience: Patience = IMPATIENT
    beside: Beside = in_turn
    tally: Tally = field(default_factory=Tally)
    _total: int = 0
    _has_road: bool = False
    _is_put_back: bool = False
    _says_told: bool = True
    _moved: set[tuple[str, str]] = field(default_factory=set, repr=False)
    _ahead: Asked | None = field(default=None, repr=False)
    """The page after the one at hand, on its way."""

    def run(self) -> Tally:
        """Push, pull, then the attachments.

        Raises NotReached, LinkCut, Stopped, CountyRefused, or Refused S-16, S-25, S-28; what was
        acknowledged or applied before stays so, and the next run goes on from there.
        """
        enrolled = self.uplink.enrolled()
        self.uplink.sweep()
        try:
            self._run(enrolled)
        except Problem as problem:
            if isinstance(problem, CountyRefused):
                self.uplink.note_refusal(problem)
            if not isinstance(problem, Stopped):
                self._mend()
            raise
        self._mend()
        return self.tally

    def _run(self, enrolled: Enrolled) -> None:
        raised = self.uplink.alarm()
        if raised is not None and raised.by_county:
            self._pull(enrolled)  # stops here as long as nobody has looked
            self.uplink.rejoin(raised)
            enrolled = self.uplink.enrolled()
        self._push()
        trouble = self._pull_or_trouble(enrolled)
        if self._is_put_back or (raised is None and self.uplink.alarm() is not None):
            self._push()  # the county shall have again what it lost, or see the fork, now
        self._send_files(enrolled)
        if trouble is not None:
            raise trouble

    def _push(self) -> None:
        """Send batches in order until nothing waits."""
        self._total = self.tally.sent + self.uplink.waiting()
        self._tell(Phase.UP)
        for answered in self.uplink.answered(self.uplink.enrolled()):
            self._keep(*answered)
        has_sent_again = False
        ready: Ready | None = None
        meanwhile: list[Callable[[], None]] = []
        while ready is not None or (ready := self._next(meanwhile)) is not None:
            if self.stop():
                _do_all(meanwhile)
                raise stopped()
            enrolled, batch, data = ready
            ahead: list[Ready] = []
            meanwhile.append(partial(self._prepare, ready, ahead))
            try:
                receipt = self._patiently(partial(self._send, batch, data, meanwhile))
            except CountyRefused as refusal:
                if has_sent_again or not self._was_asked_again(refusal):
                    raise
                has_sent_again = True
                self._total = self.tally.sent + self.uplink.waiting()
                ready = None
                continue
            facts = self.uplink.read_receipt(enrolled, batch, receipt)
            if ahead:
                self.uplink.put_by(batch, receipt)
            meanwhile.append(partial(self._keep, batch, facts))
            ready = ahead.pop() if ahead else None

    def _next(self, meanwhile: list[Callable[[], None]]) -> Ready | None:
        """The oldest batch without a receipt with its bytes, once everything else is done."""
        _do_all(meanwhile)
        while (batch := self.uplink.next_batch()) is not None:
            self._check_stop()
            enrolled = self.uplink.enrolled()
            data = self.uplink.sealed(enrolled, batch)
            if data is not None:
                return enrolled, batch, data
        return None

    def _prepare(self, sent: Ready, ahead: list[Ready]) -> None:
        """Seal what follows `sent`, so that it can go the moment that is answered."""
        enrolled, batch, _ = sent
        following = self.uplink.prepare_after(enrolled, batch)
        if following is not None:
            ahead.append((enrolled, *following))

    def _keep(self, batch: OutboxBatch, facts: ReceiptFacts) -> None:
        """Store a receipt, and prove the rows it moved."""
        done = self.uplink.keep(batch, facts)
        self._moved.update(self.uplink.records_in(batch))
        self.tally.sent += done.sent
        self.tally.returned += done.returned
        self.tally.differing += done.differing
        self._tell(Phase.UP)
        self._mend()

    def _was_asked_again(self, refusal: CountyRefused) -> bool:
        """Whether the county needs what it once acknowledged, and that now waits again."""
        need = refusal.need if refusal.code == NEED else None
        return need is not None and self.uplink.send_again(need)

    def _send(self, batch: OutboxBatch, data: bytes, meanwhile: list[Callable[[], None]]) -> bytes:
        """One batch over the link. What may have arrived is 已送出 from then on.

        What is to be done meanwhile is done whatever becomes of it, and once.
        """
        answer = self.beside(partial(self.transport.send_batch, data))
        _do_all(meanwhile)
        try:
            receipt = answer()
        except (LinkCut, Stopped):
            self.uplink.mark_sent(batch, BatchState.SENT)
            raise
        self.tally.bytes += len(data) + len(receipt)
        return receipt

    def _pull_or_trouble(self, enrolled: Enrolled) -> Refused | None:
        """Pull; what of it could not be taken must not keep the photos from going up."""
        try:
            self._pull(enrolled)
        except CountyRefused:
            raise
        except Refused as trouble:
            return trouble
        return None

    def _pull(self, enrolled: Enrolled) -> None:
        """Take pages until the county has no more. Raises Refused S-28 when a village differs even
        after it was sent again."""
        while (applied := self._patiently(partial(self._page, enrolled))) is not None:
            self._moved.update(applied.records)
            self._is_put_back |= applied.is_put_back
            if applied.page.head.villages is not None:
                self._moved |= self.uplink.all_records()  # the weekly proof covers everything
            self.tally.received += applied.changed
            self.tally.sent_again += applied.again
            self._tell(Phase.DOWN)
            if applied.still_wrong:
                raise village_differs()
            if not applied.more:
                return

    def _page(self, enrolled: Enrolled) -> Applied | None:
        """One page, while the next is on its way; None when another road moved the cursor back
        meanwhile: the next sync asks anew. A request is good for one use, so each try makes its
        own."""
        self._check_stop()
        question = self.downlink.question()
        asked, self._ahead = self._ahead, None
        if asked is None or asked.question != question:
            asked = self._ask(enrolled, question, self.downlink.told())
        try:
            data = asked.answer()
        except CountyRefused as refusal:
            asked = self._ask_otherwise(enrolled, question, refusal)
            data = asked.answer()
        self.tally.bytes += len(asked.request) + len(data)
        page = self.downlink.opened(enrolled, data)
        following = question.after(page)
        if following is not None:
            self._ahead = self._ask(enrolled, following, instant_of(page.head.server_time))
        return self.downlink.apply(enrolled, page)

    def _ask(self, enrolled: Enrolled, question: Question, told: datetime | None) -> Asked:
        """Begin to fetch the page that answers `question`."""
        told = told if self._says_told else None
        request = self.downlink.request(enrolled, question, told=told)
        return Asked(question, request, self.beside(partial(self.transport.fetch_page, request)))

    def _ask_otherwise(
        self, enrolled: Enrolled, question: Question, refusal: CountyRefused
    ) -> Asked:
        """Ask as the county hears it. Raises `refusal` where it hears nothing."""
        if refusal.code == REPLAYED and refusal.at is not None:
            # it heard of the county too long ago; now it has
            return self._ask(enrolled, question, refusal.at)
        if refusal.code == NOT_IN_FORM and self._says_told:
            self._says_told = False  # a county older than this program
            return self._ask(enrolled, question, None)
        raise refusal

    def _send_files(self, enrolled: Enrolled) -> None:
        """Attachments one at a time. One that cannot go keeps no other from going."""
        waiting = self.attachments.waiting(answered_only=True)
        self._total = len(waiting)
        if waiting:
            self._tell(Phase.FILES)
        for upload in waiting:
            try:
                has_arrived = self._send_file(enrolled, upload)
            except CountyRefused as refusal:
                if refusal.code != NAMELESS:
                    raise
                has_arrived = False
            except Unavailable as problem:
                if not is_damaged(problem):
                    raise
                self.attachments.note_unreadable(upload)
                has_arrived = False
            self.tally.files += has_arrived
            self.tally.files_left += not has_arrived
            self._tell(Phase.FILES)

    def _send_file(self, enrolled: Enrolled, upload: Upload) -> bool:
        """The parts from where the county stands; whether it has the whole.

        It may stand elsewhere than was known here (another road, a restored backup on either
        side): its answer to the first part says so, and the second round begins there.
        """
        held = upload.held
        for _ in range(2):
            first = self.attachments.last_part(upload, held)
            for number, part in self.attachments.parts(enrolled, upload, first):
                self._check_stop()
                answer = self._patiently(partial(self._in_its_turn, part))
                self.tally.bytes += len(part) + len(answer)
                receipt = self.attachments.acknowledge(enrolled, upload, answer)
                self._tell(Phase.FILES)
                if receipt.complete:
                    return True
                held = receipt.held
                if held != number + 1:
                    break
        return False

    def _in_its_turn(self, part: bytes) -> bytes:
        """A part, after whatever is still on the line."""
        return self.beside(partial(self.transport.send_part, part))()

    def _mend(self) -> None:
        """The projection of what this run moved: server document + replay of what is pending."""
        records = sorted(self._moved)
        self._moved.clear()
        for start in range(0, len(records), _MEND_AT_ONCE):
            self.tally.mended += self.uplink.mend(records[start : start + _MEND_AT_ONCE])

    def _patiently(self, step: Callable[[], T]) -> T:
        """Do `step`, and again after a wait where that can help.

        A road that never opened is told at once: that there is no network here is no news.
        """
        tried = 0
        while True:
            try:
                answer = step()
            except (CountyRefused, NotReached, LinkCut) as problem:
                tried += 1
                if tried >= self.patience.tries or not self._is_passing(problem):
                    raise
                self._pause(problem, tried)
            else:
                self._has_road = True
                return answer

    def _is_passing(self, problem: Problem) -> bool:
        """Whether waiting may help."""
        if isinstance(problem, CountyRefused):
            return problem.retry_after is not None
        return isinstance(problem, LinkCut) or (self._has_road and problem.code == NOT_REACHED)

    def _pause(self, problem: Problem, tried: int) -> None:
        """Wait before the next try, and say so. Raises Stopped."""
        after = problem.retry_after if isinstance(problem, CountyRefused) else None
        seconds = delay(tried, self.patience.draw, after)
        self.watch(Progress(Phase.PAUSE, tried, self.patience.tries, self.tally.bytes, seconds))
        self.patience.wait(seconds)

    def _tell(self, phase: Phase) -> None:
        """Say how far it is."""
        done = {Phase.UP: self.tally.sent, Phase.FILES: self.tally.files}
        total = 0 if phase is Phase.DOWN else self._total
        so_far = done.get(phase, self.tally.received)
        self.watch(Progress(phase, so_far, total, self.tally.bytes))

    def _check_stop(self) -> None:
        """Raises Stopped when the coordinator said so; everything so far is kept."""
        if self.stop():
            raise stopped()


def _do_all(steps: list[Callable[[], None]]) -> None:
    """Each in its turn; one that was begun is not begun again."""
    while steps:
        steps.pop(0)()
