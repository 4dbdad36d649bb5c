"""Fonts from an npm package: its archive over TLS, without Node."""

from __future__ import annotations

import importlib
import io
import ssl
import tarfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

from county_server.clock import MachineClock
from county_server.tls import CA_CERT, SERVER_CERT, SERVER_KEY, make_certificates

INSTALLER = Path(__file__).parents[2] / "installer"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and keeps its log to itself."""

    def log_message(self, *_said: object) -> None:
        """Nothing."""


@pytest.fixture
def sources(monkeypatch) -> ModuleType:
    """As the set-up imports it, on a machine without npm."""
    monkeypatch.syspath_prepend(INSTALLER)
    monkeypatch.setenv("PATH", "")
    return importlib.import_module("font_sources")


@pytest.fixture
def registry(tmp_path, monkeypatch) -> Iterator[Path]:
    """A registry on loopback under TLS: the folder of `@fonts/serif`."""
    folder = tmp_path / "registry" / "@fonts" / "serif" / "-"
    folder.mkdir(parents=True)
    make_certificates(tmp_path, "字体", ["127.0.0.1"], MachineClock().now())
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / CA_CERT))
    handler = partial(Quiet, directory=str(tmp_path / "registry"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(tmp_path / SERVER_CERT, tmp_path / SERVER_KEY)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"https://127.0.0.1:{server.server_port}/")
        yield folder
        server.shutdown()


def pin_of(sources: ModuleType) -> object:
    return sources.Pin(
        file="Serif.ttf", required=True, sha256=(), npm="@fonts/serif@1.2.3", member="package/a.ttf"
    )


def archive(*members: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as package:
        for name in members:
            info = tarfile.TarInfo(name)
            info.size = 4
            package.addfile(info, io.BytesIO(b"font"))
    return out.getvalue()


def test_an_archive_is_fetched_and_unpacked_where_there_is_no_npm(sources, registry, tmp_path):
    (registry / "serif-1.2.3.tgz").write_bytes(archive("package/b.ttf", "package/a.ttf"))
    pin = pin_of(sources)

    found = sources.from_npm([pin], tmp_path)

    assert found[pin].read_bytes() == b"font"


@pytest.mark.parametrize(
    ("lying_there", "why"),
    [
        (None, "没有连上"),
        (b"no archive", "不完整"),
        (archive("package/a.ttf")[:60], "不完整"),
        (archive("package/b.ttf"), "不完整"),
    ],
    ids=["nothing", "rubbish", "cut", "another"],
)
def test_what_cannot_be_had_is_said_in_one_clause(sources, registry, tmp_path, lying_there, why):
    if lying_there is not None:
        (registry / "serif-1.2.3.tgz").write_bytes(lying_there)

    with pytest.raises(sources.NotToBeHad, match=why):
        sources.from_npm([pin_of(sources)], tmp_path)


def test_a_registry_without_tls_is_not_asked(sources, tmp_path, monkeypatch):
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:9/")

    with pytest.raises(sources.NotToBeHad, match="https"):
        sources.from_npm([pin_of(sources)], tmp_path)


def test_the_pinned_package_stands_in_the_public_registry(sources, monkeypatch):
    monkeypatch.delenv("NPM_CONFIG_REGISTRY", raising=False)

    assert sources.archive_of("@expo-google-fonts/noto-serif-sc@0.4.3") == (
        "https://registry.npmjs.org/@expo-google-fonts/noto-serif-sc/-/noto-serif-sc-0.4.3.tgz"
    )
