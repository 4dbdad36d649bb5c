"""The day's way to the county: over a wire that is cut twice, and once on a stick."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from app.domain.problem import Unavailable
from app.domain.reassessment import Change
from app.practice.day import PracticeDay
from app.practice.under_way import answer
from app.sync.patience import IMPATIENT

T = TypeVar("T")

MOST_TRIES: Final = 6
CUTS: Final = 2


def sync(day: PracticeDay) -> None:
    """8. Sync until everything is at the county exactly once; decision and standard come back."""
    held = _sync_through(day)
    _require_everything_once(day)
    if len(held) != CUTS or held[0] != 0 or held[1] == 0:
        raise AssertionError(f"the wire was not cut where it should be: the county held {held}")
    day.say(
        f"同步：线断了 {len(held)} 次（一次县里还没收到，一次已收 {held[1]} 条、回执断在路上），"
        "再连上接着传；县里逐条点过，一条不多一条不少"
    )
    _decide(day)
    _raise_standard(day)
    _sync_through(day)
    _require_news(day)
    _test_village_again(day)
    _by_stick(day)


def sync_what_is_left(day: PracticeDay) -> None:
    """10. What was said since goes up too: whoever ends the day has nothing that waits."""
    day.desk.syncing.sync_now(run_in_store=_here, patience=IMPATIENT)
    _require_everything_once(day)
    day.say("再同步一次：今天记的县里都收了，没有一条等着上传")


def _sync_through(day: PracticeDay) -> list[int]:
    """Try again after each cut, as she would who is told of each; how much the county held then."""
    held: list[int] = []
    for _ in range(MOST_TRIES):
        try:
            day.desk.syncing.sync_now(run_in_store=_here, patience=IMPATIENT)
        except Unavailable as problem:
            held.append(sum(day.county.status()["operations"].values()))
            day.say(f"同步断了：{problem.what}（{problem.code}）")
        else:
            return held
    raise Unavailable("同步试了几次都没成。", do="请看县平台的记录。", code="S-32")


def _require_everything_once(day: PracticeDay) -> None:
    """Count at the county: every operation of this device, each once, none in quarantine."""
    with day.begin_work() as work:
        head = work.head.n
    status = day.county.status()
    received, (device,) = sum(status["operations"].values()), status["devices"]
    waiting = day.desk.syncing.status().waiting
    if (received, device["operations"], waiting, status["quarantine"]) != (head, head, 0, 0):
        raise AssertionError(f"the county holds {received} of {head} operations")


def _decide(day: PracticeDay) -> None:
    """The county decides the application as it was worked out, in a process of its own."""
    filed = day.desk.applications.get(day.filed)
    if filed.assessment is None:
        raise AssertionError("the application comes from a means test")
    tested = day.desk.assessments.get(filed.assessment)
    day.county.ask(
        "decide",
        "--no",
        filed.document_no,
        "--category",
        Category.DIBAO.value,
        "--benefit",
        str(tested.benefit_month),
        "--note",
        "情况属实，同意",
    )
    if day.under_way is not None:
        answer(day.county, day.desk, day.under_way)


def _raise_standard(day: PracticeDay) -> None:
    """The county publishes a higher standard, in a process of its own."""
    pack = day.policies.load("practice")
    files = [
        (name, data.replace(b"value = 6300\n", b"value = 6600\n").replace(b'"2026.1"', b'"2026.2"'))
        for name, data in pack.files
    ]
    raised = day.place("county") / "pack-raised.json"
    raised.write_bytes(day.policies.bundle(day.policies.parse(files)))
    day.county.ask("publish-pack", str(raised))


def _require_news(day: PracticeDay) -> None:
    """Decision and standard are here."""
    decided = day.desk.applications.get(day.filed)
    with day.begin_work() as work:
        version = day.desk.rules.pack(work).version
    if decided.status is not ApplicationStatus.CONFIRMED or version != "2026.2":
        raise AssertionError("the county's decision or standard did not come back")
    benefit = decided.decided_benefit_month or Money(0)
    day.say(f"县里来了结果：{decided.status.label}，每月 {benefit.grouped()} 元；新标准 {version}")


def _test_village_again(day: PracticeDay) -> None:
    """政策找人: everybody's facts against the raised standard."""
    done = day.desk.reassessing.run(run_in_store=_here)
    if not done.is_finished or done.counts.get(Change.AMOUNT, 0) < 1:
        raise AssertionError("the household tested before gets no more under a higher standard")
    counted = "，".join(f"{change.label} {count} 户" for change, count in done.counts.items())
    day.say(f"政策找人：按新标准重测 {done.households} 户：{counted}")


def _by_stick(day: PracticeDay) -> None:
    """One more visit goes on a stick, the same bytes, and the receipt comes back on it."""
    stick = day.place("usb")
    household = day.desk.households.lines()[0].id
    day.visit(household, note="带U盘去镇上前，又去看了一眼")
    out = day.desk.syncing.export_to_usb(stick)
    same = _hashes(stick, "*.sab") <= _hashes(day.open_vault.files.outbox, "*.sab")
    day.county.ask("take-usb", str(stick.resolve()))
    day.county.ask("make-usb", str(stick.resolve()))
    back = day.desk.syncing.import_from_usb(stick)
    _require_everything_once(day)
    if not same or back.receipts != out.batches:
        raise AssertionError("the stick did not carry the same bytes both ways")
    day.say(f"U盘：带去 {out.batches} 份（与网上的字节相同），带回 {back.receipts} 张回执")


def _hashes(folder: Path, pattern: str) -> set[str]:
    """What lies in a folder, by content."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob(pattern)}


def _here(job: Callable[[], T]) -> T:
    """The day has one thread, and it is the store's."""
    return job()
