"""Who this county is: its name, its keys, its addresses, in one folder only it can read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.crypto.envelope import KeyPair, key_id, new_sealing_pair, new_signing_pair
from app.domain.problem import Refused, Unavailable
from app.sync.protocol.coding import CountyCode, Key, Ordinal, encode
from county_server.files import read_bounded, write_private
from county_server.tls import CA_CERT, make_certificates, renew_certificate

_FILE: Final = "county.json"
_CAP: Final = 100_000
_CODE_LENGTH: Final = 6
LOOPBACK: Final = ("127.0.0.1", "localhost")


class CountyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file as it lies on the disk (0600). Back it up: without it no laptop is answered."""

    v: Ordinal
    id: CountyCode
    name: str
    is_practice: bool
    database: str
    hosts: list[str]
    root_private: Key
    root_public: Key
    seal_private: Key
    seal_public: Key


@dataclass(frozen=True, slots=True)
class County:
    """The county at work."""

    folder: Path
    id: str
    name: str
    is_practice: bool
    database_url: str
    hosts: tuple[str, ...]
    root: KeyPair = field(repr=False)
    seal: KeyPair = field(repr=False)

    @property
    def kid(self) -> str:
        """The name of the key batches are sealed to."""
        return key_id(self.seal.public)

    @property
    def ca_pem(self) -> str:
        """The certificate authority laptops are told to trust."""
        return read_bounded(self.folder / CA_CERT, _CAP).decode("ascii")


def create_county(
    folder: Path,
    *,
    county_id: str,
    name: str,
    is_practice: bool,
    database_url: str,
    hosts: Sequence[str],
    now: datetime,
) -> County:
    """Make keys and certificates in an empty `folder`. Raises Refused K-05 when one is there.

    K-06 names a wrong code or host.
    """
    if not (county_id.isascii() and county_id.isdigit() and len(county_id) == _CODE_LENGTH):
        raise Refused("县的代码要写六位数字。", do="请写行政区划代码，例如 459901。", code="K-06")
    if (folder / _FILE).exists():
        raise Refused(
            "这个目录里已经建过县平台了。", do="请换一个空目录，或直接 serve。", code="K-05"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.chmod(folder, 0o700)
    except OSError as error:
        raise Unavailable("建不了目录。", do="请检查路径和权限，再试一次。", code="K-03") from error
    root, seal = new_signing_pair(), new_sealing_pair()
    all_hosts = _with_loopback(hosts)
    try:
        make_certificates(folder, name, all_hosts, now)
    except ValueError as error:
        raise _no_host() from error
    content = CountyFile(
        v=1,
        id=county_id,
        name=name,
        is_practice=is_practice,
        database=database_url,
        hosts=list(all_hosts),
        root_private=root.private,
        root_public=root.public,
        seal_private=seal.private,
        seal_public=seal.public,
    )
    write_private(folder / _FILE, encode(content))
    return load_county(folder)


def renew_address(folder: Path, hosts: Sequence[str], now: datetime) -> datetime:
    """A fresh server certificate, for other `hosts` where some are named; until when it holds.

    Laptops go on: they trust the authority that signs it. Raises Refused K-04, K-06, K-07.
    """
    content = _read(folder)
    all_hosts = _with_loopback(hosts or content.hosts)
    try:
        until = renew_certificate(folder, all_hosts, now)
    except ValueError as error:
        raise _no_host() from error
    write_private(folder / _FILE, encode(msgspec.structs.replace(content, hosts=list(all_hosts))))
    return until


def _with_loopback(hosts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*hosts, *LOOPBACK]))


def _no_host() -> Refused:
    return Refused("服务器名字写法不对。", do="请写域名或 IP 地址。", code="K-06")


def _read(folder: Path) -> CountyFile:
    """Raises Refused K-04 or K-07."""
    data = read_bounded(folder / _FILE, _CAP)
    try:
        return msgspec.json.decode(data, type=CountyFile)
    except msgspec.DecodeError as error:
        raise Refused(
            "县平台的配置文件坏了。", do="请从备份里恢复 county.json。", code="K-07"
        ) from error


def load_county(folder: Path) -> County:
    """The county of `folder`. Raises Refused K-04 or K-07 when there is none or it is damaged."""
    content = _read(folder)
    return County(
        folder=folder,
        id=content.id,
        name=content.name,
        is_practice=content.is_practice,
        database_url=content.database,
        hosts=tuple(content.hosts),
        root=KeyPair(content.root_private, content.root_public),
        seal=KeyPair(content.seal_private, content.seal_public),
    )
