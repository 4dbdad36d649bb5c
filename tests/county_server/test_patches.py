"""The one spelling a patch may have: what reads the same in other bytes is sent back."""

from __future__ import annotations

import pytest

from app.crypto.envelope import seal_body
from app.domain.operations import body_aad
from county_server.authority import Returned
from county_server.judgement import open_patch

KEY = bytes(range(32))


def opened(body: bytes):
    return open_patch("op-1", "home-1", seal_body(KEY, body, body_aad("op-1", "home-1")), KEY)


@pytest.mark.parametrize(
    "body",
    [
        b'{"door":[null,"x"]}',
        b'{"a":[null,1],"b":["x",null]}',
        b'{"a":[null,{"x":1,"y":[2]}]}',
    ],
)
def test_a_patch_in_its_own_spelling_is_read(body):
    assert opened(body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"door": [null,"x"]}',
        b'{"b":["x",null],"a":[null,1]}',
        b'{"a":[null,"\\u0041"]}',
        b'{"a":[null,"x"],"a":[null,"y"]}',
        b'{"a":[null,1e2]}',
        b'{"a":[null,{"y":[2],"x":1}]}',
        b'{"a":[null,{"x":1, "y":[2]}]}',
        b'{"Door":[null,"x"]}',
        b'{"":[null,"x"]}',
        b'{"door\\n":[null,"x"]}',
        b'{"%s":[null,"x"]}' % (b"d" * 61),
    ],
)
def test_a_patch_in_other_bytes_is_sent_back(body):
    with pytest.raises(Returned):
        opened(body)
