"""Opens a locked workbook the way a spreadsheet program does, written from [MS-CFB] and
[MS-OFFCRYPTO] and not from our writer: it is tried on a file another program locked."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_FREE = 0xFFFFFFFF
_END = 0xFFFFFFFE
_PASSWORD = "{http://schemas.microsoft.com/office/2006/keyEncryptor/password}encryptedKey"
_WHOLE = "{http://schemas.microsoft.com/office/2006/encryption}"


class WrongPassword(Exception):
    """The password does not open it."""


class Damaged(Exception):
    """Somebody changed it."""


def streams_of(data: bytes) -> dict[str, bytes]:
    """Every stream of a compound file of version 3, by its path."""
    assert data[:8] == bytes.fromhex("d0cf11e0a1b11ae1")
    (first_directory,) = struct.unpack_from("<I", data, 48)
    cutoff, first_mini, _, first_list, lists = struct.unpack_from("<5I", data, 56)
    tables = [n for n in struct.unpack_from("<109I", data, 76) if n != _FREE]
    sector = lambda n: data[512 * (n + 1) : 512 * (n + 2)]  # noqa: E731
    for _ in range(lists):
        *more, first_list = struct.unpack("<128I", sector(first_list))
        tables += [n for n in more if n != _FREE]
    table = [n for at in tables for n in struct.unpack("<128I", sector(at))]

    def chain(first: int, among: list[int]) -> list[int]:
        found = []
        while first < _END:
            found.append(first)
            first = among[first]
        return found

    whole = lambda first: b"".join(map(sector, chain(first, table)))  # noqa: E731
    directory = whole(first_directory)
    mini_bytes = whole(first_mini)
    mini = list(struct.unpack(f"<{len(mini_bytes) // 4}I", mini_bytes))
    lines = [directory[at : at + 128] for at in range(0, len(directory), 128)]
    short = whole(struct.unpack_from("<I", lines[0], 116)[0])
    found: dict[str, bytes] = {}

    def walk(number: int, path: str) -> None:
        if number == _FREE:
            return
        line = lines[number]
        length, kind = struct.unpack_from("<HB", line, 64)
        left, right, child = struct.unpack_from("<3I", line, 68)
        start, size = struct.unpack_from("<IQ", line, 116)
        name = line[: length - 2].decode("utf-16-le")
        walk(left, path)
        walk(right, path)
        if kind == 2 and size >= cutoff:
            found[path + name] = whole(start)[:size]
        elif kind == 2:
            pieces = (short[64 * n : 64 * n + 64] for n in chain(start, mini))
            found[path + name] = b"".join(pieces)[:size]
        else:
            walk(child, "" if number == 0 else f"{path}{name}/")

    walk(0, "")
    return found


def opened(data: bytes, password: str) -> bytes:
    """The workbook inside. Raises WrongPassword, Damaged."""
    streams = streams_of(data)
    info, package = streams["EncryptionInfo"], streams["EncryptedPackage"]
    assert struct.unpack_from("<HHI", info) == (4, 4, 0x40)
    told = ElementTree.fromstring(info[8:])  # noqa: S314  # our own writer's
    key_data, integrity = told.find(f"{_WHOLE}keyData"), told.find(f"{_WHOLE}dataIntegrity")
    own = next(told.iter(_PASSWORD))
    digest = hashlib.sha512(_b64(own, "saltValue") + password.encode("utf-16-le")).digest()
    for turn in range(int(own.get("spinCount"))):
        digest = hashlib.sha512(struct.pack("<I", turn) + digest).digest()

    def under_password(purpose: str, name: str) -> bytes:
        key = hashlib.sha512(digest + bytes.fromhex(purpose)).digest()[:32]
        return _aes(key, _b64(own, "saltValue"), _b64(own, name))

    check = under_password("fea7d2763b4b9e79", "encryptedVerifierHashInput")
    if hashlib.sha512(check).digest() != under_password(
        "d7aa0f6d3061344e", "encryptedVerifierHashValue"
    ):
        raise WrongPassword
    key = under_password("146e0be7abacd0d6", "encryptedKeyValue")
    salt = _b64(key_data, "saltValue")

    def vector(purpose: bytes) -> bytes:
        return hashlib.sha512(salt + purpose).digest()[:16]

    mac_key = _aes(
        key, vector(bytes.fromhex("5fb2ad010cb9e1f6")), _b64(integrity, "encryptedHmacKey")
    )
    mac = _aes(
        key, vector(bytes.fromhex("a0677f02b22c8433")), _b64(integrity, "encryptedHmacValue")
    )
    if hmac.digest(mac_key, package, "sha512") != mac:
        raise Damaged
    (size,) = struct.unpack_from("<Q", package)
    parts = (
        _aes(key, vector(struct.pack("<I", n)), package[at : at + 4096])
        for n, at in enumerate(range(8, len(package), 4096))
    )
    return b"".join(parts)[:size]


def _b64(element: ElementTree.Element, name: str) -> bytes:
    return base64.b64decode(element.get(name))


def _aes(key: bytes, vector: bytes, data: bytes) -> bytes:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(data) + decryptor.finalize()
