"""Between protocol shapes and canonical bytes: strict on the way in, one spelling on the way out.

Shapes are frozen msgspec structs that know every field they may have. What has an unknown field,
a wrong type or a number outside its range is refused whole, with the code B-04 and no values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import attrgetter
from typing import Annotated, Any, Final, Generic, TypeVar, get_type_hints

import msgspec

from app.domain.ids import IDENTIFIER
from app.domain.operations import canonical
from app.domain.problem import Refused


class Message(msgspec.Struct, frozen=True):
    """What every shape is: its repr names it and shows nothing, because reprs reach logs."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


Shape = TypeVar("Shape", bound=msgspec.Struct)

PROTOCOL_VERSION: Final = 1
"""The `v` of every container and document."""

Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
"""A SHA-256 in lower-case hex."""
KeyId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
"""`app.crypto.envelope.key_id` of a public key."""
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
"""A raw key, base64 on the wire."""
Id = Annotated[str, msgspec.Meta(pattern=rf"^{IDENTIFIER.pattern}\Z")]
"""An identifier: no spaces, no personal data."""
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""A whole number from zero."""
Ordinal = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
"""A whole number from one."""
Instant = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z\Z")
]
"""UTC with milliseconds and a Z."""
Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
"""A calendar date."""
Words = Annotated[str, msgspec.Meta(max_length=500)]
"""A sentence for people."""
CountyCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}\Z")]
"""Six digits: the county's area code, also the front of every document number."""
VillageCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{12}\Z")]
"""Twelve digits: county 6, town 3, village 3."""


def to_object(shape: msgspec.Struct) -> dict[str, Any]:
    """The JSON object of a shape."""
    value: dict[str, Any] = msgspec.to_builtins(shape)
    return value


def encode(shape: msgspec.Struct) -> bytes:
    """RFC 8785 bytes of a shape."""
    return canonical(to_object(shape))


def encode_line(shape: msgspec.Struct) -> bytes:
    """A shape as one line with sorted keys: the same bytes as `encode`, for the many.

    Takes values that are canonical already; `encode` is for those that still have to be checked.
    """
    return msgspec.json.encode(shape, order="sorted")


def decode(data: bytes, shape: type[Shape]) -> Shape:
    """A shape from JSON bytes. Raises Refused B-04."""
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise not_in_form() from error


class Lines(Generic[Shape]):
    """Reads many lines of one shape as strictly as `decode`, in a third of the time: texts that
    have to follow a pattern are looked at together, by one expression made of those patterns.

    None of them lets an end of line through, so the texts of a line cannot run into each other.
    """

    def __init__(self, shape: type[Shape]) -> None:
        patterns = {
            name: hint.__metadata__[0].pattern
            for name, hint in get_type_hints(shape, include_extras=True).items()
            if getattr(hint, "__origin__", None) is str
            and hint.__metadata__ == (msgspec.Meta(pattern=hint.__metadata__[0].pattern),)
        }
        whole = [one.removeprefix("^").removesuffix(r"\Z") for one in patterns.values()]
        self._form = re.compile("\n".join(whole))
        self._texts = attrgetter(*patterns)
        looser = msgspec.defstruct(
            shape.__name__, [(name, str) for name in patterns], bases=(shape,), frozen=True,
            forbid_unknown_fields=True, kw_only=True,
        )  # fmt: skip
        self._decoder: msgspec.json.Decoder[Shape] = msgspec.json.Decoder(looser)

    def decode(self, line: bytes) -> Shape:
        """The shape of a line. Raises Refused B-04."""
        try:
            found = self._decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise not_in_form() from error
        if self._form.fullmatch("\n".join(self._texts(found))) is None:
            raise not_in_form()
        return found


def convert(value: Mapping[str, object], shape: type[Shape]) -> Shape:
    """A shape from an object that is already parsed. Raises Refused B-04."""
    try:
        return msgspec.convert(value, type=shape)
    except msgspec.ValidationError as error:
        raise not_in_form() from error


def not_in_form() -> Refused:
    """The one answer to anything that is not in the agreed form."""
    return Refused(
        "资料的写法不合约定，不能用。", do="请重新导出或重新下载；还不行就联系县里。", code="B-04"
    )
