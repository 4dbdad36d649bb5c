"""`vault create | check | backup | restore | repair | accept | passphrase | recover | ask-county |
take-answer`: the encrypted file by hand.

A passphrase is never an argument, for arguments are seen by everybody on the machine: it is typed,
or read from a file or an inherited descriptor.
"""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TextIO

from app.domain.clock import CHINA, Clock
from app.domain.problem import Refused
from app.services.county_recovery import CountyRecovery
from app.services.faults import trouble_of
from app.services.vaults import ACCEPTED, CreateVault, Vaults
from app.sync.protocol.stick import TO_COUNTY

Run = Callable[[argparse.Namespace, TextIO, TextIO, Clock], int]

_MOST_PASSPHRASE_BYTES: Final = 8192
_SECRETS: Final = {"passphrase": "口令", "new-passphrase": "新口令", "recovery-code": "恢复码"}


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its deeds to the command line."""
    parser = verbs.add_parser("vault", help="建、查、备份、恢复加了密的保险箱")
    deeds = parser.add_subparsers(dest="deed", required=True, title="做什么", metavar="做什么")

    create = _deed(deeds, "create", _create, "建一个保险箱；恢复码只显示一次")
    create.add_argument("--officer", required=True, metavar="姓名", help="协理员的姓名")
    create.add_argument("--village", required=True, metavar="村名", help="村的名字")
    create.add_argument("--practice", action="store_true", help="练习用的保险箱")

    _deed(deeds, "check", _check, "每一页、每条记录、每个附件都查一遍；有毛病就退 2")

    backup = _deed(deeds, "backup", _backup, "做一份查验过的备份，放在保险箱里或别处")
    backup.add_argument("--to", type=Path, metavar="文件夹", help="U盘上的文件夹")

    restore = _deed(deeds, "restore", _restore, "恢复一份备份（不写就是最近的）")
    restore.add_argument("--from", dest="source", type=Path, metavar="备份", help="哪一份")

    _deed(deeds, "repair", _repair, "修复钥匙文件：换上以前的 vault.json（V-02）")
    _deed(deeds, "accept", _accept, "就用现在这一份：它可能不是最新的（V-09、V-10）")

    passphrase = _deed(deeds, "passphrase", _passphrase, "换口令")
    _secret_options(passphrase, "new-passphrase")

    recover = _deed(deeds, "recover", _recover, "用恢复码打开，设一个新口令")
    _secret_options(recover, "recovery-code")

    ask = _deed(deeds, "ask-county", _ask_county, "口令忘了、恢复纸也没了：写一份申请，请县里打开")
    ask.add_argument("--to", type=Path, required=True, metavar="文件夹", help="U盘")

    take = _deed(deeds, "take-answer", _take_answer, "收县里的答复：写申请时定的口令从此打得开")
    take.add_argument("--answer", type=Path, required=True, metavar="文件", help="县里给的答复")


def read_passphrase(
    args: argparse.Namespace, prompt: str = "口令：", *, name: str = "passphrase"
) -> str:
    """The secret called `name`: from its file or descriptor, else typed unseen.

    Any verb with the options of `add_passphrase_options` may call this. Raises Refused V-20 when
    the file or descriptor cannot be read.
    """
    field = name.replace("-", "_")
    file: Path | None = getattr(args, f"{field}_file", None)
    descriptor: int | None = getattr(args, f"{field}_fd", None)
    if file is None and descriptor is None:
        return getpass.getpass(prompt)
    try:
        data = _bytes_of(file, descriptor)
        return data.decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            "读不到口令。", do="请核对口令文件，须是 UTF-8 文本。", code="V-20"
        ) from error


def add_passphrase_options(parser: argparse.ArgumentParser) -> None:
    """`--passphrase-file` and `--passphrase-fd`, for any verb that opens a vault."""
    _secret_options(parser, "passphrase")


def add_vault_place(parser: argparse.ArgumentParser, *, place: bool = True) -> None:
    """`VAULT` and `--vault DIR`: one or the other, as `vault_of` reads them."""
    parser.set_defaults(place=None)
    if place:
        parser.add_argument("place", type=Path, nargs="?", metavar="保险箱", help="保险箱的文件夹")
    parser.add_argument("--vault", type=Path, metavar="文件夹", help="也可以这样写保险箱")


def vault_of(args: argparse.Namespace) -> Path:
    """The vault named on the command line. Raises Refused V-25 for none, or for two."""
    named = [place for place in (args.vault, args.place) if place is not None]
    if len(named) != 1:
        raise Refused(
            "没有说清是哪个保险箱。",
            do="请写上保险箱的文件夹，或者用 --vault，只写一个。",
            code="V-25",
        )
    directory: Path = named[0]
    return directory


def _bytes_of(file: Path | None, descriptor: int | None) -> bytes:
    """Raises OSError."""
    if file is not None:
        with file.open("rb") as source:
            return source.read(_MOST_PASSPHRASE_BYTES)
    with os.fdopen(descriptor or 0, "rb") as source:
        return source.read(_MOST_PASSPHRASE_BYTES)


def _secret_options(parser: argparse.ArgumentParser, name: str) -> None:
    ways = parser.add_mutually_exclusive_group()
    what = _SECRETS[name]
    ways.add_argument(f"--{name}-file", type=Path, metavar="文件", help=f"从文件里读{what}")
    ways.add_argument(f"--{name}-fd", type=int, metavar="号", help=f"从这个描述符里读{what}")


def _deed(
    deeds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Run, text: str
) -> argparse.ArgumentParser:
    parser = deeds.add_parser(name, help=text, description=text)
    add_vault_place(parser)
    add_passphrase_options(parser)
    parser.set_defaults(run=run)
    return parser


def _create(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    vault, groups = Vaults(clock).create(
        CreateVault(
            directory=vault_of(args),
            passphrase=_new_passphrase(args, "passphrase"),
            officer=args.officer,
            village=args.village,
            practice=args.practice,
        )
    )
    vault.close()
    _say_recovery_code(out, groups)
    return 0


def _check(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    """Raises Problem with the gravest finding."""
    vaults = Vaults(clock)
    vault = vaults.open(vault_of(args), read_passphrase(args))
    try:
        report = vaults.check(vault)
        noted = vault.circumstances.findings
    finally:
        vault.close()
    trouble = trouble_of((*report.findings, *noted))
    if trouble is not None:
        raise trouble
    if report.head is not None:
        out.write(f"保险箱完好，共 {report.head.n} 条操作记录。\n")
    return 0


def _backup(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    vaults = Vaults(clock)
    vault = vaults.open(vault_of(args), read_passphrase(args))
    try:
        backup = vaults.back_up(vault, destination=args.to)
    finally:
        vault.close()
    out.write(f"{backup.path}\n")
    return 0


def _restore(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    vaults, directory = Vaults(clock), vault_of(args)
    source: Path | None = args.source
    if source is None:
        source = vaults.newest_backup(directory).path
    passphrase = read_passphrase(args)
    restored = vaults.restore(directory, source, passphrase)
    vaults.open(directory, passphrase).close()  # the log learns of it at once
    at = clock.now().astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    out.write(f"{at} 已恢复到第 {restored.operations} 条操作记录。\n")
    if restored.kept is not None:
        out.write(f"原来的数据文件留在 {restored.kept}\n")
    return 0


def _repair(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    vaults, directory = Vaults(clock), vault_of(args)
    passphrase = read_passphrase(args)
    vaults.repair_header(directory, passphrase)
    out.write("钥匙文件已修好，资料没有动过。\n")
    vault = vaults.open(directory, passphrase)
    try:
        is_old = vault.circumstances.must_change_passphrase
    finally:
        vault.close()
    if is_old:
        out.write("用的是以前的一份，请换一个新口令（vault passphrase）。\n")
    return 0


def _accept(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    vaults = Vaults(clock)
    vault = vaults.open(vault_of(args), read_passphrase(args), accept_older=True)
    try:
        is_older = bool(vault.circumstances.findings)
    finally:
        vault.close()
    out.write(f"{ACCEPTED if is_older else '这一份就是最新的，不用选。'}\n")
    return 0


def _passphrase(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    vaults = Vaults(clock)
    current = read_passphrase(args, "现在的口令：")
    vault = vaults.open(vault_of(args), current)
    try:
        vaults.change_passphrase(vault, current, _new_passphrase(args, "new-passphrase"))
    finally:
        vault.close()
    out.write("口令已更换。\n")
    return 0


def _recover(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    code = read_passphrase(args, "恢复码（8 组数字）：", name="recovery-code")
    new = _new_passphrase(args, "passphrase")
    vault, groups = Vaults(clock).recover(vault_of(args), code, new)
    vault.close()
    out.write("口令已更换，旧的恢复纸作废。\n")
    _say_recovery_code(out, groups)
    return 0


def _ask_county(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    waiting = CountyRecovery(clock).ask(
        vault_of(args), _new_passphrase(args, "passphrase"), args.to
    )
    out.write(f"申请写在U盘的“{TO_COUNTY}”里。请打电话念给县里听：\n{waiting.fingerprint}\n")
    out.write("县里两个人放行以后，用 vault take-answer 收答复；刚才定的新口令要记住。\n")
    return 0


def _take_answer(args: argparse.Namespace, out: TextIO, _: TextIO, clock: Clock) -> int:
    directory = vault_of(args)
    passphrase = read_passphrase(args, "写申请时定的新口令：")
    vault, groups = CountyRecovery(clock).take(directory, args.answer, passphrase)
    vault.close()
    out.write("打开了，资料都在；新口令从现在起打得开，旧的口令和恢复纸作废。\n")
    _say_recovery_code(out, groups)
    return 0


def _new_passphrase(args: argparse.Namespace, name: str) -> str:
    """Typed twice at a terminal. Raises Refused V-22 when the two differ."""
    first = read_passphrase(args, "新口令：", name=name)
    field = name.replace("-", "_")
    if getattr(args, f"{field}_file") is None and getattr(args, f"{field}_fd") is None:
        again = getpass.getpass("再输一遍：")
        if again != first:
            raise Refused("两遍输入的不一样。", do="请重新来一次。", code="V-22")
    return first


def _say_recovery_code(out: TextIO, groups: tuple[str, ...]) -> None:
    out.write("恢复码只显示这一次，请抄在纸上收好：\n")
    out.write(f"{' '.join(groups)}\n")
