"""`python -m county_server VERB --data DIR`: the county's front door."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.problem import Problem
from county_server import verbs
from county_server.comparing_verbs import add_comparing_verbs
from county_server.console.verbs import add_staff_verbs
from county_server.graces import WORDS
from county_server.office_verbs import add_office_verbs
from county_server.recovery_verbs import add_recovery_verbs
from county_server.settling_verb import add_settling_verb

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Verbs = _SubParsersAction[ArgumentParser]

EXPECTED_FAILURE = 2
_GRACE_WORDS = tuple(word.value for word in WORDS)
_RESULTS = (
    ApplicationStatus.CONFIRMED.value,
    ApplicationStatus.REFUSED.value,
    ApplicationStatus.RETURNED.value,
    ApplicationStatus.PUBLISHED.value,
    ApplicationStatus.WATCHLISTED.value,
)


def build_parser() -> ArgumentParser:
    """Every verb with its arguments."""
    parser = ArgumentParser(prog="python -m county_server", description="协理县平台")
    common = ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, required=True, help="县平台的目录")
    common.add_argument("--database", help="数据库地址；默认用目录里的 SQLite")
    verb = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_running(verb, common)
    _add_devices(verb, common)
    _add_work(verb, common)
    add_office_verbs(verb, common)
    add_recovery_verbs(verb, common)
    add_settling_verb(verb, common)
    add_comparing_verbs(verb, common)
    add_staff_verbs(verb, common)
    return parser


def _add_running(verb: Verbs, common: ArgumentParser) -> None:
    """Setting up, serving, looking."""
    init = verb.add_parser("init", parents=[common], help="建县平台：密钥、证书、数据库")
    init.add_argument("--id", required=True, help="县的六位行政区划代码")
    init.add_argument("--name", default="县民政局", help="县的名字")
    init.add_argument("--host", action="append", default=[], help="服务器域名或地址，可多个")
    init.add_argument("--practice", action="store_true", help="练习用的县")
    init.set_defaults(run=verbs.init)

    serve = verb.add_parser("serve", parents=[common], help="开始服务")
    serve.add_argument("--listen", default="127.0.0.1", help="监听地址")
    serve.add_argument("--port", type=int, default=8443, help="端口；0 表示任取一个")
    serve.add_argument("--port-file", type=Path, help="把端口写进这个文件")
    serve.add_argument(
        "--without-console", action="store_true", help="不开网页办公台，只接村里的电脑"
    )
    serve.set_defaults(run=verbs.serve)

    certify = verb.add_parser(
        "certify", parents=[common], help="换服务器证书：快到期，或者换了网址"
    )
    certify.add_argument(
        "--host", action="append", default=[], help="服务器域名或地址，可多个；不写就照原来的"
    )
    certify.set_defaults(run=verbs.certify)

    status = verb.add_parser("status", parents=[common], help="看县平台的情况")
    status.add_argument("--json", action="store_true", help="给程序读")
    status.set_defaults(run=verbs.status)


def _add_devices(verb: Verbs, common: ArgumentParser) -> None:
    """Who may speak, for which village, with how much."""
    invite = verb.add_parser("invite", parents=[common], help="做绑定文件、绑定码")
    invite.add_argument("--officer", required=True, help="协理员姓名")
    invite.add_argument("--village", action="append", required=True, help="12位代码=村名")
    invite.add_argument("--url", required=True, help="县平台网址 https://…")
    invite.add_argument("--quota", default="2000.00", help="第一笔先行救助额度（元）")
    invite.add_argument("--days", type=int, default=7, help="几天内有效，最多 7")
    invite.add_argument("-o", "--output", type=Path, help="绑定文件写到哪里；不写就只给绑定码")
    invite.set_defaults(run=verbs.invite)

    assign = verb.add_parser("assign", parents=[common], help="让一台电脑多管一个村")
    assign.add_argument("device", help="电脑编号")
    assign.add_argument("--village", required=True, help="12位代码=村名")
    assign.set_defaults(run=verbs.assign)

    handover = verb.add_parser("handover", parents=[common], help="把一个村移交给另一台电脑")
    handover.add_argument("--village", required=True, help="12位村代码")
    handover.add_argument("--from", dest="giver", required=True, help="原来的电脑")
    handover.add_argument("--to", dest="taker", required=True, help="接手的电脑")
    handover.set_defaults(run=verbs.handover)

    revoke = verb.add_parser("revoke", parents=[common], help="取消一台电脑的绑定")
    revoke.add_argument("device", help="电脑编号")
    revoke.set_defaults(run=verbs.revoke)

    grant = verb.add_parser("grant", parents=[common], help="给一台电脑发先行救助额度")
    grant.add_argument("device", help="电脑编号")
    grant.add_argument("--amount", required=True, help="金额（元）")
    grant.add_argument("--days", type=int, default=90, help="几天内有效")
    grant.set_defaults(run=verbs.grant)


def _add_work(verb: Verbs, common: ArgumentParser) -> None:
    """Policy, decisions and sticks."""
    publish = verb.add_parser("publish-pack", parents=[common], help="发布政策包")
    publish.add_argument("file", type=Path, nargs="+", help="县里自己的 .toml 或目录，或一个 .json")
    publish.add_argument(
        "--calendar", type=Path, action="append", default=[], help="某一年的工作日日历 .toml"
    )
    publish.set_defaults(run=verbs.publish_pack)

    decide = verb.add_parser("decide", parents=[common], help="对一份申请作决定")
    which = decide.add_mutually_exclusive_group(required=True)
    which.add_argument("application", nargs="?", help="申请的内部编号")
    which.add_argument("--no", help="申请表上的编号")
    decide.add_argument(
        "--result", choices=_RESULTS, default=_RESULTS[0], help="同意/不同意/退回/公布/备案关注"
    )
    decide.add_argument("--category", choices=[one.value for one in Category], help="类别")
    decide.add_argument("--benefit", help="每月保障金（元）")
    decide.add_argument("--note", default="", help="意见")
    decide.add_argument(
        "--comment",
        action="append",
        default=[],
        metavar="资料.栏目=意见",
        help="退回时逐项的意见，可以写几条：household.bank_account=卡号少一位；"
        "别的资料写上它的编号：person@编号.id_number=最后一位不对",
    )
    decide.set_defaults(run=verbs.decide)

    flags = verb.add_parser("flags", parents=[common], help="列出批之前、批之后要看一看的申请")
    flags.add_argument("--json", action="store_true", help="给程序读")
    flags.set_defaults(run=verbs.flags)

    grace = verb.add_parser("grace", parents=[common], help="对一份渐退作批复")
    which = grace.add_mutually_exclusive_group(required=True)
    which.add_argument("grace", nargs="?", help="渐退的内部编号")
    which.add_argument("--no", help="渐退告知书上的编号")
    grace.add_argument("--result", choices=_GRACE_WORDS, required=True, help="批准/退出/恢复/取消")
    grace.add_argument("--by", required=True, help="谁定的")
    grace.add_argument("--paper", required=True, help="文书编号")
    grace.add_argument("--shares", default="", help="每月发几成，如 3个月100%%，3个月50%%=118")
    grace.add_argument("--note", default="", help="说明")
    grace.set_defaults(run=verbs.grace)

    benefit = verb.add_parser("benefit", parents=[common], help="改发、停发一户的待遇，或撤回")
    which = benefit.add_mutually_exclusive_group(required=True)
    which.add_argument("household", nargs="?", help="这一户的内部编号")
    which.add_argument("--no", help="这一户任何一份表上的编号")
    what = benefit.add_mutually_exclusive_group(required=True)
    what.add_argument("--sum", help="改成每月多少（元）")
    what.add_argument("--stop", action="store_true", help="不再发")
    what.add_argument("--undo", action="store_true", help="撤回上一次停发或改发")
    benefit.add_argument("--begins", default="", metavar="年-月", help="从哪个月起，如 2026-05")
    benefit.add_argument("--by", required=True, help="谁定的")
    benefit.add_argument("--paper", required=True, help="文书编号")
    benefit.add_argument("--why", required=True, help="为什么")
    benefit.set_defaults(run=verbs.benefit)

    take = verb.add_parser("take-usb", parents=[common], help="从U盘收资料")
    take.add_argument("folder", type=Path, help="U盘上的目录")
    take.set_defaults(run=verbs.take_usb)

    make = verb.add_parser("make-usb", parents=[common], help="把回执和下发资料写到U盘")
    make.add_argument("folder", type=Path, help="U盘上的目录")
    make.set_defaults(run=verbs.make_usb)


def main(arguments: list[str] | None = None) -> int:
    """Do what was typed. Expected failures are one Chinese sentence and exit status 2."""
    args = build_parser().parse_args(arguments)
    try:
        args.run(args, sys.stdout)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return EXPECTED_FAILURE
    return 0


if __name__ == "__main__":
    sys.exit(main())
