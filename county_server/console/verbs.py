"""What an administrator types about staff accounts: `python -m county_server staff …`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final, TextIO

from county_server.console.roles import Role

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from county_server.console.staff import Credentials, StaffBook

    Verbs = _SubParsersAction[ArgumentParser]

_ROLES: Final = tuple(role.value for role in Role)


def add_staff_verbs(verb: Verbs, common: ArgumentParser) -> None:
    """`staff add|reset|lock|list`."""
    staff = verb.add_parser("staff", help="网页办公台的工作人员账号")
    deed = staff.add_subparsers(dest="deed", required=True, metavar="DEED")

    add = deed.add_parser("add", parents=[common], help="加一个人；密码和动态码密钥只显示这一次")
    add.add_argument("login", help="登录名：小写字母开头")
    add.add_argument("--name", required=True, help="姓名，写在意见下面")
    add.add_argument("--role", choices=_ROLES, required=True, help="乡镇经办/负责人，县经办/审核人")
    add.add_argument("--township", default="", help="九位乡镇代码；县里的人不写")
    add.set_defaults(run=_add)

    reset = deed.add_parser("reset", parents=[common], help="换密码和动态码密钥，重新启用")
    reset.add_argument("login")
    reset.set_defaults(run=_reset)

    lock = deed.add_parser("lock", parents=[common], help="停用账号，马上退出")
    lock.add_argument("login")
    lock.set_defaults(run=_lock)

    everybody = deed.add_parser("list", parents=[common], help="看有哪些人")
    everybody.set_defaults(run=_list)


def _add(args: Namespace, out: TextIO) -> None:
    made = _book(args).add(args.login, args.name, Role(args.role), args.township)
    _show(out, made)


def _reset(args: Namespace, out: TextIO) -> None:
    _show(out, _book(args).reset(args.login))


def _lock(args: Namespace, out: TextIO) -> None:
    _book(args).lock(args.login)
    out.write("已停用。要重新启用请用 staff reset。\n")


def _list(args: Namespace, out: TextIO) -> None:
    found = _book(args).list()
    out.write(f"工作人员 {len(found)} 人。\n")
    for one in found:
        place = one["township"] or "县里"
        state = "（已停用）" if one["is_locked"] else ""
        out.write(f"  {one['login']}  {one['name']}  {Role(one['role']).label}  {place}{state}\n")


def _show(out: TextIO, made: Credentials) -> None:
    """What is handed over in person; it is nowhere to be read again."""
    out.write(f"登录名：{made.login}\n")
    out.write(f"临时密码：{made.password}（第一次登录要换掉）\n")
    out.write(f"动态码密钥：{made.secret}\n")
    out.write(f"或用手机验证器扫：{made.uri}\n")
    out.write("请当面交给本人，然后清掉这一屏；这里不会再显示。\n")


def _book(args: Namespace) -> StaffBook:
    # SQLAlchemy takes half a second: the other verbs and --help do without
    from county_server.clock import MachineClock
    from county_server.console.staff import StaffBook
    from county_server.county import load_county
    from county_server.database import Database
    from county_server.upgrade import upgrade

    county = load_county(args.data)
    database = Database(args.database or county.database_url, county.root.private)
    upgrade(database)
    return StaffBook(county, database, MachineClock())
