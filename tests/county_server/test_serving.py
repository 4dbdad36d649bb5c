"""The county as a process: how its lines behave."""

from __future__ import annotations

import socket

from county_server.serving import listen


def test_a_line_sends_at_once_what_it_is_given():
    with (
        listen("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as line,
    ):
        assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
