"""`sync --vault V`: send and fetch once, over the network or on a stick.

`--enrol FILE --fingerprint DIGITS` joins the county first: over the network, or, together with
`--to-usb`, by a request on the stick whose answer a later `--from-usb` brings back. Who was told a
code instead of given a file types `--county URL --code CODE`.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from app.cli.opening import add_vault_options, opened_desk
from app.domain.clock import Clock
from app.domain.problem import Refused
from app.services.revocation import Revocation
from app.sync.problems import WITHDRAWN, not_from_county, not_taken
from app.sync.road import run_here

if TYPE_CHECKING:
    from app.services.desk import Desk
    from app.services.enrolment import Enrolment
    from app.services.revocation import Parting
    from app.sync.road import Tally


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = verbs.add_parser("sync", help="和县里同步一次，走网络或者U盘")
    add_vault_options(parser)
    road = parser.add_mutually_exclusive_group()
    road.add_argument("--to-usb", type=Path, metavar="文件夹", help="把等着上传的放到U盘")
    road.add_argument("--from-usb", type=Path, metavar="文件夹", help="收县里放在U盘上的")
    parser.add_argument("--enrol", type=Path, metavar="文件", help="用这个绑定文件和县里绑定")
    parser.add_argument("--county", metavar="网址", help="没有绑定文件：县里的网址")
    parser.add_argument("--code", metavar="绑定码", help="没有绑定文件：县里给的绑定码")
    parser.add_argument("--fingerprint", metavar="数字", help="县里电话上念的核对码")
    parser.set_defaults(run=_sync)


def _sync(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    """One sync by the road asked for."""
    with opened_desk(args, clock) as desk:
        enrolment = _enrolment(desk, clock)
        if args.code is not None and args.enrol is None:
            args.enrol = _fetched(args, desk)
        if args.enrol is not None:
            _enrol(args, enrolment, out)
        if args.to_usb is not None:
            _to_usb(args.to_usb, desk, enrolment, out)
        elif args.from_usb is not None:
            _from_usb(args.from_usb, desk, enrolment, out)
        else:
            _online(desk, out)
    return 0


def _enrolment(desk: Desk, clock: Clock) -> Enrolment:
    """The enrolment of the desk's vault."""
    from app.services.enrolment import Enrolment

    return Enrolment(desk.syncing.begin, desk.syncing.vault, clock)


def _fetched(args: argparse.Namespace, desk: Desk) -> Path:
    """The enrolment file of the code that was typed. Raises as `fetch_invitation`."""
    from app.services.enrolment import fetch_invitation

    file = desk.syncing.vault.files.inbox / "ticket.json"
    fetch_invitation(args.county or "", args.code, file)
    return file


def _enrol(args: argparse.Namespace, enrolment: Enrolment, out: TextIO) -> None:
    """Join. Raises Refused S-02…S-08 and whatever the road raises."""
    if args.fingerprint is None:
        shown = enrolment.read(args.enrol)
        raise Refused(
            f"绑定前要核对：{shown.fingerprint}。",
            do="打电话给县里，念得一样再加上 --fingerprint。",
            code="S-08",
        )
    enrolment.prepare(args.enrol, fingerprint=args.fingerprint)
    if args.to_usb is None:
        member = enrolment.ask(run_in_store=run_here)
        out.write(f"已绑定：{member.village_name}，{member.device_no} 号电脑\n")


def _to_usb(folder: Path, desk: Desk, enrolment: Enrolment, out: TextIO) -> None:
    """Onto the stick: before enrolment the request, afterwards what waits."""
    if not enrolment.is_enrolled():
        enrolment.export_request(folder)
        out.write("绑定申请已放到U盘，请带到县里\n")
        return
    exported = desk.syncing.export_to_usb(folder)
    files = f"和 {exported.files} 张照片、签字" if exported.files else ""
    out.write(f"已导出到U盘 {exported.operations} 条{files}，县里尚未确认\n")


def _from_usb(folder: Path, desk: Desk, enrolment: Enrolment, out: TextIO) -> None:
    """Off the stick. Raises Refused S-21 when not all that is on it was made by the county."""
    if not enrolment.is_enrolled():
        member = enrolment.import_answer(folder)
        out.write(f"已绑定：{member.village_name}，{member.device_no} 号电脑\n")
        return
    imported = desk.syncing.import_from_usb(folder)
    if imported.order is not None:
        parting = Revocation(desk.syncing).obey(imported.order, run_in_store=run_here, stick=folder)
        _say_farewell(parting, out)
        return
    _say(imported.tally, out)
    if imported.objection is not None:
        raise not_taken(imported.not_taken, imported.objection)
    if imported.strange:
        raise not_from_county(imported.strange, taken=True)


def _online(desk: Desk, out: TextIO) -> None:
    """Over the network."""
    try:
        _say(desk.syncing.sync_now(run_in_store=run_here), out)
    except Refused as refusal:
        if refusal.code != WITHDRAWN:
            raise
        _say_farewell(Revocation(desk.syncing).ask_and_obey(run_in_store=run_here), out)


def _say(tally: Tally, out: TextIO) -> None:
    """What was done, in one line."""
    out.write(
        f"县里已收 {tally.sent} 条（退回 {tally.returned}，两边不一样 {tally.differing}），"
        f"收到县里 {tally.received} 份\n"
    )
    if tally.files or tally.files_left:
        out.write(f"照片和签字：县里已收 {tally.files} 张，没传成 {tally.files_left} 张\n")


def _say_farewell(parting: Parting, out: TextIO) -> None:
    """That the vault was erased, and where what was never sent lies."""
    out.write(
        "县里取消了这台电脑的绑定，本机资料已清除。"
        f"没传上去的 {parting.operations} 条、{parting.files} 张照片封在 {parting.folder}，"
        "请交给县里\n"
    )
