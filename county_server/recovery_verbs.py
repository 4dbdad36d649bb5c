"""`recover-key`: two officers make the recovery key, and release a vault's key with it.

A passphrase is never an argument: it is typed at the terminal, or read from the file named for its
officer.
"""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from county_server.opening import open_county, say

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Sequence

    from county_server.recovery import Owner

    Verbs = _SubParsersAction[ArgumentParser]

_LONGEST: Final = 8 * 1024


def add_recovery_verbs(verb: Verbs, common: ArgumentParser) -> None:
    """Add `recover-key` with what it does."""
    recover = verb.add_parser("recover-key", help="恢复密钥：两个人一起，帮忘了口令的电脑开箱")
    deed = recover.add_subparsers(dest="deed", required=True, metavar="DEED")

    new = deed.add_parser("new", parents=[common], help="做县里的恢复密钥，只做一次")
    _add_officers(new)
    new.set_defaults(run=_new)

    look = deed.add_parser("show", parents=[common], help="看一份申请：是哪个保险箱、核对码")
    look.add_argument("request", type=Path, help="电脑上写出的申请文件")
    look.set_defaults(run=_show)

    release = deed.add_parser("release", parents=[common], help="放行一份申请，只放一次")
    release.add_argument("request", type=Path, help="电脑上写出的申请文件")
    release.add_argument("--fingerprint", required=True, help="协理员念的核对码，八组五位")
    release.add_argument("-o", "--output", type=Path, required=True, help="答复写到哪里")
    _add_officers(release)
    release.set_defaults(run=_release)


def _add_officers(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--officer", action="append", required=True, metavar="姓名", help="管恢复密钥的人，写两次"
    )
    parser.add_argument(
        "--passphrase-file", action="append", default=[], type=Path, metavar="文件",
        help="各人的口令，和 --officer 一一对应；不写就在屏幕上各输各的",
    )  # fmt: skip


def _new(args: Namespace, out: TextIO) -> None:
    """Make the key."""
    from county_server.recovery import Recovery

    county, database, clock = open_county(args)
    kid = Recovery(county, database, clock).create(_passphrases(args, twice=True))
    say(out, f"恢复密钥做好了（{kid}），{len(args.officer)} 位里任意两位一起可以放行。")


def _show(args: Namespace, out: TextIO) -> None:
    """Whose request it is, as far as a request can say."""
    from app.crypto.envelope import fingerprint
    from county_server.files import read_bounded
    from county_server.recovery import Recovery, read_request

    request = read_request(read_bounded(args.request, _LONGEST))
    owners = Recovery(*open_county(args)).owners(request.vault.vault_id)
    say(out, f"保险箱 {request.vault.vault_id}，{request.asked_at} 申请。")
    say(out, _whose(owners))
    say(out, f"核对码：{fingerprint(request.reply_to)}")


def _whose(owners: Sequence[Owner]) -> str:
    """Whose vault it is; the request itself cannot say."""
    if not owners:
        return "县里没有记过这是谁的保险箱，请当面看人、看电脑。"
    names = "、".join(f"{one.device_no} 号电脑 {one.officer}" for one in owners)
    if len(owners) > 1:
        return f"不止一台电脑说这是它的保险箱（{names}），请先问清楚，不要放行。"
    return f"这是 {names} 的保险箱，念核对码的应当就是这个人。"


def _release(args: Namespace, out: TextIO) -> None:
    """Answer a request."""
    from county_server.files import read_bounded, write_private
    from county_server.recovery import Recovery

    county, database, clock = open_county(args)
    data = read_bounded(args.request, _LONGEST)
    answer = Recovery(county, database, clock).release(data, args.fingerprint, _passphrases(args))
    write_private(args.output, answer)
    say(out, f"已放行，答复在 {args.output}；只有写申请的那台电脑打得开。")


def _passphrases(args: Namespace, *, twice: bool = False) -> dict[str, str]:
    """Officer → passphrase. Raises Refused K-36 when files and officers do not pair up."""
    from county_server.files import read_bounded
    from county_server.recovery import not_two

    if args.passphrase_file:
        if len(args.passphrase_file) != len(args.officer):
            raise not_two()
        texts = [read_bounded(path, _LONGEST).decode("utf-8", "replace") for path in
                 args.passphrase_file]  # fmt: skip
        return dict(zip(args.officer, (text.strip("\r\n") for text in texts), strict=True))
    return {name: _typed(name, twice=twice) for name in args.officer}


def _typed(name: str, *, twice: bool) -> str:
    """What an officer types. Raises Refused K-36 when the second time differs."""
    from county_server.recovery import not_two

    first = getpass.getpass(f"{name} 的口令：")
    if twice and getpass.getpass(f"{name} 再输一遍：") != first:
        raise not_two()
    return first
