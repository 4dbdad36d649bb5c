"""The verbs of the county's office: what waits, the audit, certificates, rosters."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from county_server.opening import open_county, place_of, say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Verbs = _SubParsersAction[ArgumentParser]


def add_office_verbs(verb: Verbs, common: ArgumentParser) -> None:
    """Add them to the command line."""
    conflicts = verb.add_parser("conflicts", parents=[common], help="列出两边不一样、没人定的栏目")
    conflicts.add_argument("--json", action="store_true", help="给程序读")
    conflicts.set_defaults(run=_conflicts)

    aside = verb.add_parser("quarantine", parents=[common], help="列出没有收、另存待查的资料")
    aside.add_argument("--json", action="store_true", help="给程序读")
    aside.add_argument("--save", metavar="编号", help="把这一份原样取出来")
    aside.add_argument("-o", "--output", type=Path, help="取出来写到哪里")
    aside.set_defaults(run=_quarantine)

    release = verb.add_parser("release", parents=[common], help="核对过了，恢复收一台电脑的资料")
    release.add_argument("device", help="电脑编号")
    release.add_argument("--why", required=True, help="怎么核对的（不写人名）")
    release.set_defaults(run=_release)

    renew = verb.add_parser("renew", parents=[common], help="续电脑的证书，从今天起四百天")
    which = renew.add_mutually_exclusive_group(required=True)
    which.add_argument("device", nargs="?", help="电脑编号")
    which.add_argument("--ending", type=int, metavar="天数", help="凡是这么多天内到期的都续")
    renew.set_defaults(run=_renew)

    audit = verb.add_parser("audit", parents=[common], help="从头核对操作记录，报出尾号")
    audit.add_argument("--head", metavar="尾号", help="以前抄下的尾号：它应当还在里面")
    audit.set_defaults(run=_audit)

    roster = verb.add_parser("import-roster", parents=[common], help="导入县里的花名册")
    roster.add_argument("file", type=Path, help="花名册 .xlsx")
    roster.add_argument("--village", help="县里还没登记的村：12位代码=村名")
    roster.add_argument("--skip-bad-rows", action="store_true", help="有错行的那几户不要")
    roster.set_defaults(run=_import_roster)


def _conflicts(args: Namespace, out: TextIO) -> None:
    """Every field nobody has decided yet."""
    from county_server.setaside import SetAside

    _, database, clock = open_county(args)
    found = SetAside(database, clock).differing()
    if args.json:
        say(out, json.dumps([asdict(one) for one in found], ensure_ascii=False, sort_keys=True))
        return
    say(out, f"两边不一样、还没定的 {len(found)} 处。")
    for one in found:
        say(out, f"  {one.days} 天 {one.device_no} 号电脑 {one.village} "
                 f"{one.entity} {one.entity_id} 栏目 {one.field}")  # fmt: skip


def _quarantine(args: Namespace, out: TextIO) -> None:
    """What was set aside; one of them to a file."""
    from county_server.setaside import SetAside

    _, database, clock = open_county(args)
    book = SetAside(database, clock)
    if args.save is not None:
        path = args.output or Path(f"{args.save[:16]}.sab")
        book.save(args.save, path)
        say(out, f"已原样取出到 {path}。")
        return
    found = book.aside()
    if args.json:
        say(out, json.dumps([asdict(one) for one in found], ensure_ascii=False, sort_keys=True))
        return
    say(out, f"另存待查 {len(found)} 份。")
    for one in found:
        say(out, f"  {one.received_at} {one.device_no} 号电脑 {one.reason} "
                 f"{one.size} 字节 {one.sha256}")  # fmt: skip


def _release(args: Namespace, out: TextIO) -> None:
    """Hear a device again."""
    from county_server.setaside import SetAside

    _, database, clock = open_county(args)
    SetAside(database, clock).release(args.device, args.why)
    say(out, "已恢复收这台电脑的资料；另存的那几份还留着。")


def _renew(args: Namespace, out: TextIO) -> None:
    """New certificates."""
    from county_server.certificates import Certificates

    county, database, clock = open_county(args)
    book = Certificates(county, database, clock)
    made = [book.renew(args.device)] if args.device else book.renew_ending(args.ending)
    for one in made:
        say(out, f"{one.device_no} 号电脑的证书续到 {one.not_after}。")
    say(out, f"续了 {len(made)} 台。")


def _audit(args: Namespace, out: TextIO) -> None:
    """Check the chain from its beginning."""
    from county_server.chain import check_chain, parse_head

    county, database, _ = open_county(args)
    expected = None if args.head is None else parse_head(args.head)
    checked = check_chain(database, county.root.public, expected)
    say(out, f"操作记录 {checked.lines} 行，前后接得上，签名都对。")
    if checked.older:
        say(out, f"最前面 {checked.older} 行是建链以前的，没有签名。")
    say(out, f"尾号（请抄下来，下次用 --head 核对）：{checked.head}")


def _import_roster(args: Namespace, out: TextIO) -> None:
    """A roster into the county, to its villages' laptops."""
    from county_server.roster import Rosters, read_roster

    county, database, clock = open_county(args)
    read = read_roster(args.file, skip_bad_rows=args.skip_bad_rows)
    for line in read.told:
        say(out, line)
    home = None if args.village is None else place_of(args.village)
    entered = Rosters(county, database, clock).enter(read.records, home)
    say(out, f"导入 {entered.households} 户 {entered.people} 人；"
             f"县里已有、没动的 {entered.known} 户。")  # fmt: skip
