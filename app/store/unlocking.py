"""From a secret somebody holds to the vault's key, telling wrong from damaged."""

from __future__ import annotations

from datetime import datetime

from app.crypto.keys import DataKey, same
from app.crypto.recovery_code import RecoveryCode, wrong_code
from app.crypto.slots import WrongKey
from app.domain.problem import Refused, Unavailable
from app.store.header import Header
from app.store.header_parser import header_damaged
from app.store.locking import VaultLock


def key_by_passphrase(header: Header, passphrase: str) -> DataKey:
    """The data key. Raises WrongKey, Unavailable V-02 when the header was edited."""
    slot = header.pass_slot
    if slot is None:
        raise header_damaged()
    return _vouched(header, slot.open(passphrase, header.binding))


def key_by_recovery_code(header: Header, text: str) -> DataKey:
    """The data key from what was copied off the recovery sheet.

    Raises Refused V-08 naming the miscopied group, Unavailable V-02 when the header was edited.
    """
    slot = header.recovery_slot
    if slot is None:
        raise header_damaged()
    code = RecoveryCode.parse(text)
    if not same(code.check(slot.salt), slot.check):
        raise wrong_code(code, slot.salt, slot.check)
    try:
        return _vouched(header, slot.open(code, header.binding))
    except WrongKey as error:
        raise header_damaged() from error


def try_passphrase(header: Header, passphrase: str, lock: VaultLock, now: datetime) -> DataKey:
    """The data key; a wrong try is counted. Raises Refused V-01, Unavailable V-02."""
    try:
        key = key_by_passphrase(header, passphrase)
    except WrongKey as error:
        raise wrong_passphrase(lock.count_failure(now)) from error
    lock.forget_failures()
    return key


def wrong_passphrase(seconds: int) -> Refused:
    """V-01. `seconds` to wait are advice; nothing is ever locked out."""
    wait = f"请等 {seconds} 秒，" if seconds else "请"
    return Refused(
        "口令不对。",
        safe="资料没有动过。",
        do=f"{wait}看看大小写和输入法，再试一次；实在想不起来，可以用恢复纸。",
        code="V-01",
        field="passphrase",
    )


def _vouched(header: Header, key: DataKey) -> DataKey:
    if not header.is_sealed_by(key):
        raise Unavailable(
            "保险箱的钥匙文件被人改动过。",
            safe="里面的资料和备份没有动过。",
            do="请用“修复钥匙文件”，并告诉县里。",
            code="V-02",
        )
    return key
